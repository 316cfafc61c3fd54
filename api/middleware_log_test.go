package api_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"skillstracker/domain"
)

// Tokens, queries, file contents and names never reach the log, whatever happens.
func TestLogHoldsNothingOfWhatWasSent(t *testing.T) {
	t.Parallel()
	s := newService(t)
	canary := "canary1234"
	s.get(domain.RoleHR, "/api/v1/organisations?q="+canary).ok(http.StatusOK)
	s.get(domain.RoleHR, "/api/v1/organisations?"+canary+"=1").problem(http.StatusBadRequest, "invalid_parameters")
	s.get(domain.RoleHR, "/api/v1/"+canary).problem(http.StatusNotFound, "path_not_found")
	s.get(domain.RoleHR, "/api/v1/vacancies/totals?organisation=CANARY12").problem(http.StatusNotFound, "organisation_not_found")
	s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader("employee_number,staff_group,fte\n"+canary+",01,bad\n")).problem(http.StatusUnprocessableEntity, "upload_rejected")
	s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(staffCSV), "Content-Type", "text/csv; name="+canary).ok(http.StatusCreated)
	s.registry.lists = func() (domain.Lists, error) { return domain.Lists{}, errors.New("out of order") }
	s.get(domain.RoleHR, "/api/v1/reference-lists").problem(http.StatusInternalServerError, "internal")
	s.ask(domain.RoleHR, http.MethodGet, "/healthz", http.NoBody, "X-Request-ID", s.tokens[domain.RoleHR]).ok(http.StatusOK)
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/reports/people.xlsx?organisation=RRK", http.NoBody)
	request.SetBasicAuth(canary, s.tokens[domain.RoleAdmin])
	s.send(request).problem(http.StatusForbidden, "role_not_allowed")
	request.SetBasicAuth(canary, s.tokens[domain.RoleAdmin]+"x")
	s.send(request).problem(http.StatusUnauthorized, "token_mistyped")
	s.ask(domain.RoleHR, "CANARY12", "/api/v1/organisations", http.NoBody).problem(http.StatusMethodNotAllowed, "method_not_allowed")

	logged := s.logs.String()
	forbidden := []string{canary, "CANARY12", "?"}
	for _, token := range s.tokens {
		id, secret := token[len("skt_live_"):len("skt_live_")+10], token[len("skt_live_")+11:]
		forbidden = append(forbidden, token, secret)
		if strings.Contains(logged, "skt_live") {
			t.Errorf("a token was logged, of id %s", id)
		}
	}
	for _, text := range forbidden {
		if strings.Contains(logged, text) {
			t.Errorf("the log holds %q:\n%s", text, logged)
		}
	}
	if !strings.Contains(logged, "out of order") {
		t.Error("the cause of an internal error must be logged")
	}
}

func TestOneLineForEachRequest(t *testing.T) {
	t.Parallel()
	s := newService(t)
	got := s.get(domain.RoleHR, "/api/v1/uploads/"+uploadID).ok(http.StatusOK)
	lines := strings.Split(strings.TrimSpace(s.logs.String()), "\n")
	if len(lines) != 1 {
		t.Fatalf("%d lines", len(lines))
	}
	var line struct {
		Msg, Method, Route, Actor, Role, Level string
		Status, Bytes                          int
		RequestID                              string `json:"request_id"`
	}
	if err := json.Unmarshal([]byte(lines[0]), &line); err != nil {
		t.Fatal(err)
	}
	if line.Msg != "request" || line.Method != http.MethodGet || line.Route != "/api/v1/uploads/:id" || line.Status != 200 || line.Bytes != len(got.body) ||
		line.Role != "hr" || s.stored[line.Actor].Role != domain.RoleHR || line.RequestID != got.header.Get("X-Request-ID") || line.Level != "INFO" {
		t.Errorf("got %+v", line)
	}
}
