package apitest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// After a merger the HR of the successor reads what the predecessor sent, from the next
// request on, and changes nothing of it. After a split nobody new does.
func TestTheSuccessorReadsWhatThePredecessorSent(t *testing.T) {
	t.Parallel()
	s, predecessor := loaded(t)
	admin := s.token(t, domain.RoleAdmin, domain.ScopeAll)
	successor := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXB")
	manager := s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXB")
	other := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXC")
	held := decode[spec.UploadPage](t, s.want(t, http.StatusOK, s.get(t, predecessor, "/api/v1/organisations/RXA/uploads?kind=vacancies"))).Uploads[0]
	reads := []string{
		"/api/v1/organisations/RXA/uploads", "/api/v1/uploads/" + held.Id.String(), "/api/v1/uploads/" + held.Id.String() + "/findings", "/api/v1/uploads/" + held.Id.String() + "/file",
		"/api/v1/organisations/RXA/staff.csv", "/api/v1/organisations/RXA/staff.xlsx", "/api/v1/organisations/RXA/assessments.csv", "/api/v1/organisations/RXA/vacancies.csv",
		"/api/v1/exports/staff.csv?organisation=RXA", "/api/v1/exports/vacancies.csv?organisation=RXA",
		"/api/v1/vacancies/totals?organisation=RXA&basis=as_was&as_at=2026-09-30", "/api/v1/workforce/totals?organisation=RXA&basis=as_was&as_at=2026-09-30",
		"/api/v1/reports/vacancies.xlsx?organisation=RXA&as_at=2026-09-30", "/api/v1/reports/digital-literacy.xlsx?organisation=RXA&as_at=2026-09-30",
		"/api/v1/reports/people.xlsx?organisation=RXA&as_at=2026-09-30",
	}
	nobody := func(token string) {
		t.Helper()
		for _, path := range reads {
			s.want(t, http.StatusNotFound, s.get(t, token, path))
		}
	}
	nobody(successor)
	s.want(t, http.StatusCreated, s.call(t, admin, http.MethodPost, "/api/v1/organisations/imports?as_of=2026-10-01", "text/csv",
		[]byte("code,name,kind,sector,region,icb,opened_on,closed_on,synthetic\nRXA,Trust A (synthetic),nhs_trust,Acute,Y60,QHL,,2026-10-31,true\n")))
	succeed := func(rows string) {
		t.Helper()
		s.want(t, http.StatusCreated, s.call(t, admin, http.MethodPost, "/api/v1/organisation-successions", "application/json", []byte(`{"successions":[`+rows+`]}`)))
	}
	succeed(`{"predecessor":"RXA","successor":"RXB","effective_on":"2026-11-01"}`)
	for _, path := range reads {
		s.want(t, http.StatusOK, s.get(t, successor, path))
	}
	nobody(other)
	caller := decode[spec.Caller](t, s.want(t, http.StatusOK, s.get(t, successor, "/api/v1/me")))
	if fmt.Sprint(caller.Codes, caller.Organisations, caller.ReadOnly, caller.OrganisationsTotal) != "[RXB] [RXA RXB] [RXA] 2" {
		t.Errorf("the caller is %+v", caller)
	}
	// Every file that the page of the successor's people lists can be had.
	for _, token := range []string{successor, manager} {
		page := string(s.want(t, http.StatusOK, s.get(t, token, "/")))
		listed := 0
		for _, link := range strings.Split(page, `href="`)[1:] {
			path, _, _ := strings.Cut(link, `"`)
			if path = strings.ReplaceAll(path, "&amp;", "&"); strings.Contains(path, "organisation=RXA") && strings.Contains(path, "as_at=2026-10-31") {
				s.want(t, http.StatusOK, s.get(t, token, path))
				listed++
			}
		}
		if listed == 0 {
			t.Error("the page lists nothing of the predecessor")
		}
	}
	before := s.rows(t, "change", "upload", "upload_finding")
	refusal := func(answer *http.Response) {
		t.Helper()
		problem := decode[spec.Problem](t, s.want(t, http.StatusForbidden, answer))
		if problem.Code != "read_only_predecessor" || !strings.Contains(problem.Detail, "RXB") {
			t.Errorf("refused with %s: %s", problem.Code, problem.Detail)
		}
	}
	refusal(s.upload(t, successor, "RXA", "staff", csvType, staffCSV(3)))
	refusal(s.send(t, successor, http.MethodPost, uploadsOf("staff", "check_only=true"), staffCSV(3)))
	refusal(s.void(t, successor, held))
	if after := s.rows(t, "change", "upload", "upload_finding"); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("there were %v rows and are %v", before, after)
	}
	s.want(t, http.StatusCreated, s.upload(t, successor, "RXB", "staff", csvType, staffCSV(3)))
	s.want(t, http.StatusOK, s.get(t, predecessor, "/api/v1/organisations/RXA/uploads"))
	// It turns out to have been a split.
	succeed(`{"predecessor":"RXA","successor":"RXC","effective_on":"2026-11-01"}`)
	nobody(successor)
	nobody(other)
}
