package api_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"skillstracker/api"
	"skillstracker/domain"
)

// headersOfEveryAnswer are the headers that no answer is without. The first two that a
// page of ours may have otherwise are looked at by the tests below.
func headersOfEveryAnswer() map[string]string {
	return map[string]string{
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
		"Strict-Transport-Security":    "max-age=31536000",
	}
}

func checkHeaders(t *testing.T, what string, header http.Header) {
	t.Helper()
	for name, want := range headersOfEveryAnswer() {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %s is %q", what, name, got)
		}
	}
	policy := header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action "} {
		if !strings.Contains(policy, part) {
			t.Errorf("%s: the content policy %q lacks %s", what, policy, part)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "script") {
		t.Errorf("%s: the content policy is %q", what, policy)
	}
	for name := range header {
		if strings.HasPrefix(name, "Access-Control-") || name == "Server" || name == "X-Powered-By" {
			t.Errorf("%s: there is a header %s", what, name)
		}
	}
}

// Every operation of the contract, whoever asks and whatever comes of it, answers with
// all headers, and nothing of it may be stored but what the program says of itself.
func TestHeadersOfEveryOperation(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) { deps.HTTPS, deps.FormTargets = true, []string{"https://login.example"} })
	withForms := []string{"getFirstAdministrator", "getHome"}
	for _, operation := range s.contract.Operations() {
		for _, role := range append([]domain.Role{""}, domain.Roles()...) {
			request := minimal(t, operation)
			if role != "" {
				request.Header.Set("Authorization", "Bearer "+s.tokens[role])
			}
			answer := httptest.NewRecorder()
			s.handler.ServeHTTP(answer, request)
			what := fmt.Sprintf("%s as %q (%d)", operation.ID, role, answer.Code)
			checkHeaders(t, what, answer.Header())
			forms := "form-action 'none';"
			if slices.Contains(withForms, operation.ID) {
				forms = "form-action 'self' https://login.example;"
			}
			if policy := answer.Header().Get("Content-Security-Policy"); !strings.Contains(policy, forms) {
				t.Errorf("%s: the content policy is %q", what, policy)
			}
			mayBeKept := operation.ID == "getHealth" || operation.ID == "getVersion"
			if kept := !strings.Contains(answer.Header().Get("Cache-Control"), "no-store"); kept != mayBeKept {
				t.Errorf("%s: Cache-Control is %q", what, answer.Header().Get("Cache-Control"))
			}
		}
	}
}

// Without HTTPS nothing is said of it: a browser must not be sent where nobody listens.
func TestNoStrictTransportOverPlainHTTP(t *testing.T) {
	t.Parallel()
	header := newService(t).ask("", http.MethodGet, "/healthz", http.NoBody).header
	if got := header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("Strict-Transport-Security is %q", got)
	}
}

// What is no operation of the contract is refused, by the server as it listens, with the
// same headers; the request is not sent back, and no connection is made for anybody.
func TestMethodsThatAreRefused(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) { deps.HTTPS = true })
	server := httptest.NewUnstartedServer(s.handler)
	server.Config.DisableGeneralOptionsHandler = true // as cmd sets it
	server.Start()
	t.Cleanup(server.Close)
	for request, status := range map[string][]int{
		"TRACE / HTTP/1.1":                        {405},
		"TRACE /api/v1/reference-lists HTTP/1.1":  {405},
		"TRACK /api/v1/reference-lists HTTP/1.1":  {405},
		"BREW /api/v1/reference-lists HTTP/1.1":   {405},
		"PATCH /api/v1/organisations HTTP/1.1":    {405},
		"CONNECT db.example:5432 HTTP/1.1":        {404, 405},
		"CONNECT /api/v1/organisations HTTP/1.1":  {404, 405},
		"GET http://other.example/ HTTP/1.1":      {401},
		"OPTIONS * HTTP/1.1":                      {404, 405},
		"GET /debug/pprof/ HTTP/1.1":              {404},
		"GET /openapi.yaml HTTP/1.1":              {404},
		"GET /.git/config HTTP/1.1":               {404},
		"GET /api/v1/../../etc/passwd HTTP/1.1":   {404},
		"GET /api/v1/%2e%2e/%2e%2e/etc HTTP/1.1":  {404},
		"PROPFIND /api/v1/organisations HTTP/1.1": {405},
	} {
		connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Fprintf(connection, "%s\r\nHost: skills.example\r\nX-Canary: canary-echo\r\nConnection: close\r\n\r\n", request); err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(bufio.NewReader(connection), nil)
		if err != nil {
			t.Fatalf("%s: %v", request, err)
		}
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(status, answer.StatusCode) || !strings.HasPrefix(answer.Header.Get("Content-Type"), "application/problem+json") {
			t.Errorf("%s: %d %s", request, answer.StatusCode, body)
		}
		if strings.Contains(string(body), "canary-echo") {
			t.Errorf("%s: the request is sent back: %s", request, body)
		}
		checkHeaders(t, request, answer.Header)
		if err := connection.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Ids that name a request or a chain of requests come back when they are harmless.
func TestCorrelationID(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for id, repeated := range map[string]bool{"11C46F5F-CDEF-4865-94B2-0EE0EDCC26DA": true, "short": false, "skt_live_anything": false, strings.Repeat("a", 65): false, "a\"<b>&c d e f": false} {
		got := s.ask("", http.MethodGet, "/healthz", http.NoBody, "X-Correlation-ID", id).header.Get("X-Correlation-ID")
		if (got == id) != repeated || !repeated && got != "" {
			t.Errorf("correlation id %q: answered %q", id, got)
		}
	}
}
