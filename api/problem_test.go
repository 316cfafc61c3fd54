package api_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"skillstracker/api"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// Every kind of error has its status, and an internal error says nothing of its
// cause to anybody but the log.
func TestKindsOfErrors(t *testing.T) {
	t.Parallel()
	tests := map[domain.ErrorKind]int{
		domain.KindInvalid: 422, domain.KindUnauthenticated: 401, domain.KindForbidden: 403, domain.KindNotFound: 404,
		domain.KindConflict: 409, domain.KindTooLarge: 413, domain.KindUnsupported: 415, domain.KindRateLimited: 429, domain.KindUnavailable: 503,
	}
	s := newService(t)
	for kind := domain.KindInternal; ; kind++ {
		if kind != domain.KindInternal && kind.String() == domain.KindInternal.String() {
			break // past the last kind
		}
		s.registry.lists = func() (domain.Lists, error) {
			return domain.Lists{}, fmt.Errorf("read lists: %w", &domain.Error{
				Kind: kind, Code: "test_code", Message: "Told to the caller.", Cause: errors.New("canary-cause"),
				Fields: []domain.FieldFault{{Field: "field", Message: "Mend it."}}, RetryAfter: 7,
			})
		}
		got := s.get(domain.RoleAdmin, "/api/v1/reference-lists").lacks("canary-cause")
		if kind == domain.KindInternal {
			got.lacks("Told to the caller", "test_code").problem(http.StatusInternalServerError, "internal")
			if !strings.Contains(s.logs.String(), "canary-cause") {
				t.Error("the cause of an internal error must be logged")
			}
			continue
		}
		status, listed := tests[kind]
		if !listed {
			t.Errorf("kind %s is not in this table", kind)
		}
		p := got.problem(status, "test_code")
		if p.Detail != "Told to the caller." || len(p.Errors) != 1 || got.header.Get("Retry-After") != "7" {
			t.Errorf("%s: got %+v, Retry-After %q", kind, p, got.header.Get("Retry-After"))
		}
	}
}

func TestErrorsWithoutAKind(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err    error
		status int
		code   string
	}{
		"unknown":        {errors.New("canary-secret"), 500, "internal"},
		"took too long":  {fmt.Errorf("query: %w", context.DeadlineExceeded), 503, "deadline_exceeded"},
		"given up":       {fmt.Errorf("query: %w", context.Canceled), 499, "request_cancelled"},
		"body too large": {fmt.Errorf("read: %w", &http.MaxBytesError{Limit: 32 << 20}), 413, "body_too_large"},
	}
	for name, test := range tests {
		s := newService(t)
		s.registry.lists = func() (domain.Lists, error) { return domain.Lists{}, test.err }
		got := s.get(domain.RoleHR, "/api/v1/reference-lists").lacks("canary-secret")
		p := got.problem(test.status, test.code)
		if test.code == "body_too_large" && !strings.Contains(p.Detail, "32 MiB") {
			t.Errorf("%s: the limit is not told: %s", name, p.Detail)
		}
		if test.code == "deadline_exceeded" && got.header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", name)
		}
		if alarm := strings.Contains(s.logs.String(), `"level":"ERROR"`); alarm != (test.status >= 500) {
			t.Errorf("%s: alarm is %v: %s", name, alarm, s.logs)
		}
	}
}

// A client that hangs up is no alarm, whatever broke on the way.
func TestClientGone(t *testing.T) {
	t.Parallel()
	s := newService(t)
	ctx, hangUp := context.WithCancel(t.Context())
	s.registry.lists = func() (domain.Lists, error) {
		hangUp()
		return domain.Lists{}, errors.New("the connection was used by nobody")
	}
	request := httptest.NewRequestWithContext(ctx, http.MethodGet, "/api/v1/reference-lists", http.NoBody)
	request.Header.Set("Authorization", "Bearer "+s.tokens[domain.RoleHR])
	s.send(request).problem(499, "request_cancelled")
	if strings.Contains(s.logs.String(), `"level":"ERROR"`) {
		t.Errorf("logged as an alarm: %s", s.logs)
	}
}

func TestPanicIsAnInternalError(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.registry.lists = func() (domain.Lists, error) {
		lists := sampleLists()
		lists.Bands[len(lists.Bands)].Name = "past the end"
		return lists, nil
	}
	s.get(domain.RoleHR, "/api/v1/reference-lists").lacks("out of range", "goroutine").problem(http.StatusInternalServerError, "internal")
	if logged := s.logs.String(); !strings.Contains(logged, "out of range") || !strings.Contains(logged, "fakes_test.go") {
		t.Errorf("the stack was not logged: %s", logged)
	}
	s.registry.lists = nil
	s.get(domain.RoleHR, "/api/v1/reference-lists").ok(http.StatusOK)
}

func TestPathsAndMethodsThatAreNot(t *testing.T) {
	t.Parallel()
	s := newService(t)
	tests := []struct {
		method, target string
		status         int
		code           string
	}{
		{http.MethodGet, "/api/v1/nothing", 404, "path_not_found"},
		{http.MethodGet, "/api/v1/organisations/", 404, "path_not_found"},
		{http.MethodGet, "/api/v1/reports", 404, "path_not_found"},
		{http.MethodDelete, "/api/v1/organisations", 405, "method_not_allowed"},
		{http.MethodPost, "/healthz", 405, "method_not_allowed"},
		{http.MethodTrace, "/api/v1/reference-lists", 405, "method_not_allowed"},
		{http.MethodOptions, "/api/v1/reference-lists", 405, "method_not_allowed"},
	}
	for _, test := range tests {
		got := s.ask("", test.method, test.target, http.NoBody)
		got.problem(test.status, test.code)
		if test.status == http.StatusMethodNotAllowed && got.header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s %s: Allow is %q", test.method, test.target, got.header.Get("Allow"))
		}
	}
}

func TestParametersAgainstTheContract(t *testing.T) {
	t.Parallel()
	s := newService(t)
	canary := "canary-" + strings.Repeat("x", 20)
	tests := map[string]struct{ target, field, says string }{
		"not a day":           {"/api/v1/organisations?as_at=" + canary, "as_at", "YYYY-MM-DD"},
		"day that is not":     {"/api/v1/organisations?as_at=2026-02-30", "as_at", "YYYY-MM-DD"},
		"kind unknown":        {"/api/v1/organisations?kind=" + canary, "kind", "nhs_trust"},
		"limit too large":     {"/api/v1/organisations?limit=1001", "limit", "from 1 to 1000"},
		"limit no number":     {"/api/v1/organisations?limit=ten", "limit", "whole number"},
		"given twice":         {"/api/v1/organisations?limit=1&limit=2", "limit", "once"},
		"no code":             {"/api/v1/organisations?region=" + canary, "region", "3 to 9 capital letters"},
		"small letters":       {"/api/v1/organisations/rrk", "organisation", "ODS code"},
		"no id":               {"/api/v1/uploads/" + canary, "id", "Give an id"},
		"grouping unknown":    {"/api/v1/vacancies/totals?group_by=region,team", "group_by", "staff_group"},
		"grouping twice":      {"/api/v1/vacancies/totals?group_by=region,region", "group_by", "each once"},
		"grouping repeated":   {"/api/v1/vacancies/totals?group_by=region&group_by=icb", "group_by", "commas"},
		"parameter mistyped":  {"/api/v1/vacancies/totals?staffgroup=10", "query", "no parameter staffgroup"},
		"parameter of others": {"/api/v1/vacancies/totals?competence=TEC", "query", "no parameter competence"},
		"basis unknown":       {"/api/v1/vacancies/totals?basis=as_will_be", "basis", "as_now"},
		"parameter unprinted": {"/api/v1/vacancies/totals?" + canary + "=1", "query", "is not known here"},
		"nul":                 {"/api/v1/organisations?q=a%00b", "q", "UTF-8"},
		"not utf-8":           {"/api/v1/organisations?q=%ff%fe", "q", "UTF-8"},
		"query malformed":     {"/api/v1/organisations?q=%zz", "query", "percent"},
		"report unknown":      {"/api/v1/reports/secrets.xlsx", "report", "vacancies.xlsx"},
		"required missing":    {"/api/v1/reports/people.xlsx", "organisation", "required"},
	}
	for name, test := range tests {
		role := domain.RoleHR
		p := s.get(role, test.target).lacks(canary).problem(http.StatusBadRequest, "invalid_parameters")
		if len(p.Errors) == 0 || p.Errors[0].Field != test.field || !strings.Contains(p.Errors[0].Message, test.says) {
			t.Errorf("%s: got %+v", name, p.Errors)
		}
	}
	if len(s.totals.asked) > 0 || len(s.registry.asked) > 0 {
		t.Error("a malformed question reached the stores")
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, target := range []string{"/", "/api/v1/reference-lists", "/api/v1/reports/vacancies.xlsx?organisation=RRK"} {
		header := s.get(domain.RoleHR, target).ok(http.StatusOK).header
		if !strings.Contains(header.Get("Cache-Control"), "no-store") || header.Get("Referrer-Policy") != "no-referrer" ||
			!strings.HasPrefix(header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %v", target, header)
		}
	}
	tests := map[string]bool{"abc-DEF_123.4": true, "short": false, "with space and more": false, strings.Repeat("a", 65): false, "skt_live_anything": false, "line\nbreak": false}
	for id, kept := range tests {
		got := s.ask("", http.MethodGet, "/healthz", http.NoBody, "X-Request-ID", id).header.Get("X-Request-ID")
		if (got == id) != kept || got == "" {
			t.Errorf("request id %q: answered %q", id, got)
		}
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	s := newService(t)
	server := httptest.NewServer(s.handler)
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodHead, server.URL+"/healthz", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	got, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := got.Body.Close(); err != nil {
			t.Error(err)
		}
	}()
	if got.StatusCode != http.StatusOK || got.ContentLength > 0 && got.Body != http.NoBody {
		t.Errorf("got %d with a body", got.StatusCode)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	var asked bool
	s := newService(t, func(deps *api.Deps) {
		deps.Ready = func(ctx context.Context) error {
			_, asked = ctx.Deadline()
			return errors.New("canary: the socket is gone")
		}
	})
	s.get("", "/healthz").ok(http.StatusOK).has(`"ok"`)
	if asked {
		t.Error("the health of the process must not depend on the database")
	}
	got := s.get("", "/readyz").lacks("canary")
	got.problem(http.StatusServiceUnavailable, "not_ready")
	if got.header.Get("Retry-After") == "" || !asked {
		t.Errorf("readiness: %v, with a time limit: %v", got.header, asked)
	}
	s.get("", "/version").ok(http.StatusOK).has("0.1.0-test")
}

func TestServerNeedsItsParts(t *testing.T) {
	t.Parallel()
	s := newService(t)
	deps := s.deps
	deps.Limits = api.Limits{Parses: 1}
	if _, err := api.New(deps); err == nil || !strings.Contains(err.Error(), "DefaultLimits") {
		t.Errorf("limits of zero: %v", err)
	}
	deps = s.deps
	deps.Rule = disclosure.Rule{Threshold: 1}
	if _, err := api.New(deps); err == nil || !strings.Contains(err.Error(), "disclosure rule") {
		t.Errorf("a rule that protects nobody: %v", err)
	}
	_, err := api.New(api.Deps{})
	if err == nil || !strings.Contains(err.Error(), "Uploads") || !strings.Contains(err.Error(), "Clock") {
		t.Errorf("got %v", err)
	}
}

// What was asked in the wrong way is answered with the right one.
func TestAdviceNamesTheRightWay(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, test := range []struct {
		role                 domain.Role
		method, target, body string
		want                 string
	}{
		{"", http.MethodGet, "/api/v1/nothing", "", "skillstracker openapi"},
		{"", http.MethodGet, "/api/v1/organisations?token=made-up", "", "A token in the address does not count"},
		{"", http.MethodGet, "/api/v1/organisations", "", "with any user name and the token as password.\","},
		{domain.RoleAdmin, http.MethodDelete, "/api/v1/tokens/zz", "", "in the form of AbCdEfGhIj"},
		{domain.RoleAdmin, http.MethodDelete, "/api/v1/users/jane", "", "in the form of u_3lpEJpGGgfjIgVMx"},
		{domain.RoleAdmin, http.MethodPost, "/api/v1/tokens", `{"role":"hr","scope":"all","label":"A <b>"}`, "letters, digits, spaces, points, underscores and hyphens"},
	} {
		got := s.ask(test.role, test.method, test.target, strings.NewReader(test.body), "Content-Type", "application/json")
		if got.status < 400 || !strings.Contains(got.body, test.want) {
			t.Errorf("%s %s: %d %s", test.method, test.target, got.status, got.body)
		}
	}
}
