package api_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/api"
	"skillstracker/domain"
)

const (
	exportedPosts = "/api/v1/exports/vacancies.csv"
	exportedStaff = "/api/v1/exports/staff.csv"
)

func exportedRow(values ...string) [][]byte {
	row := make([][]byte, len(values))
	for i, value := range values {
		row[i] = []byte(value)
	}
	return row
}

// Each role gets vacancies as fine as it may see them.
func TestExportsByRole(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for role, want := range map[domain.Role]domain.ExportKind{
		domain.RoleHR: domain.ExportCells, domain.RoleManager: domain.ExportPosts, domain.RolePlanner: domain.ExportSums,
	} {
		s.exports.asked = nil
		got := s.get(role, exportedPosts+"?organisation=RRK&from=2026-01-31&to=2026-10-31").ok(http.StatusOK)
		if len(s.exports.asked) != 1 || s.exports.asked[0].Kind != want || !slices.Equal(s.exports.asked[0].Organisations, []string{"RRK"}) ||
			s.exports.asked[0].From.String() != "2026-01-31" || s.exports.asked[0].To.String() != "2026-10-31" {
			t.Errorf("%s: asked %+v", role, s.exports.asked)
		}
		if strings.Contains(got.body, "staff_headcount") != (role == domain.RoleHR) || strings.Contains(got.body, "job_role_code") != (role != domain.RolePlanner) {
			t.Errorf("%s: header %q", role, got.body)
		}
		if got.header.Get("Content-Disposition") != "attachment; filename=vacancies-rrk-2026-11-22.csv" || got.header.Get("Cache-Control") != "private, no-store" {
			t.Errorf("%s: %v", role, got.header)
		}
	}
	// Without organisations it is the whole scope.
	s.exports.asked = nil
	s.get(domain.RoleHR, exportedPosts).ok(http.StatusOK)
	if got := s.exports.asked[0].Organisations; !slices.Equal(got, []string{"RRK", "RYG"}) {
		t.Errorf("asked about %v", got)
	}
}

// Rows about people are noted for each organisation before they are read, and are
// for its HR alone.
func TestExportsOfPeople(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.exports.rows = [][][]byte{exportedRow("RRK", "0012", "08", "", "5", "", "Ward 1", "0.8", "", "", "")}
	got := s.get(domain.RoleHR, exportedStaff+"?as_at=2026-10-31").ok(http.StatusOK)
	if !strings.HasSuffix(got.body, "RRK,0012,08,,5,,Ward 1,0.8,,,\r\n") {
		t.Errorf("got %q", got.body)
	}
	want := []string{"note RRK,RYG exportPeople  staff.csv: Position on 31 Oct 2026."}
	if !slices.Equal(s.data.steps, want) {
		t.Errorf("noted %q", s.data.steps)
	}
	s.data.noting = errors.New("canary: audit")
	s.exports.asked = nil
	s.get(domain.RoleHR, exportedStaff).problem(http.StatusInternalServerError, "internal")
	if len(s.exports.asked) > 0 {
		t.Error("people were read although the read could not be noted")
	}
	for _, role := range []domain.Role{domain.RoleManager, domain.RolePlanner, domain.RoleAdmin, domain.RoleAuditor} {
		s.get(role, exportedStaff).problem(http.StatusForbidden, "role_not_allowed")
	}
}

func TestExportsRefused(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for target, code := range map[string]string{
		exportedPosts + "?organisation=RX9":                             "organisation_not_found",
		exportedStaff + "?organisation=RX9":                             "organisation_not_found",
		exportedStaff + "?from=2026-01-31":                              "export_question",
		exportedStaff + "?as_at=2026-12-31":                             "export_question",
		exportedStaff + "?framework=hdc":                                "export_question",
		"/api/v1/exports/assessments.csv?as_at=2026-01-31":              "export_question",
		"/api/v1/exports/assessments.csv?framework=shoes":               "framework_unknown",
		exportedPosts + "?from=2026-10-31&to=2026-09-30":                "dates_reversed",
		"/api/v1/exports/assessments.xlsx?from=2026-02-01&to=2026-01-0": "",
	} {
		got := s.get(domain.RoleHR, target)
		if code == "" {
			if got.status != http.StatusUnprocessableEntity && got.status != http.StatusBadRequest {
				t.Errorf("%s: %d", target, got.status)
			}
			continue
		}
		if !strings.Contains(got.body, `"code":"`+code+`"`) {
			t.Errorf("%s: %d %s", target, got.status, got.body)
		}
	}
}

// What fails before the first row is a problem document, and what fails after it cuts
// the connection off: half a file never looks like a whole one.
func TestExportsThatFail(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.exports.err = domain.Unavailable("statement_timeout", "The database took too long.", 30, errors.New("canary: cause"))
	s.get(domain.RoleManager, exportedPosts).lacks("canary").problem(http.StatusServiceUnavailable, "statement_timeout")

	s.exports.rows = slices.Repeat([][][]byte{exportedRow("RRK", "2026-10-31", "08", "", "5", "", "1", "1", "", "", "", "")}, 20_000)
	for _, format := range []string{"csv", "xlsx"} {
		server := httptest.NewServer(s.handler)
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/api/v1/exports/vacancies."+format, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+s.tokens[domain.RoleManager])
		response, err := server.Client().Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", format, response.StatusCode)
		}
		if _, err := io.Copy(io.Discard, response.Body); err == nil {
			t.Errorf("%s: half a file came to its end like a whole one", format)
		}
		if err := response.Body.Close(); err != nil {
			t.Error(err)
		}
		server.Close()
	}
	if logged := s.logs.String(); !strings.Contains(logged, "canary: cause") {
		t.Error("the log does not say why")
	}
}

// A receiver that stops to take the rows is given up, and the next export goes on.
func TestExportsGiveUpOnWhoStopsReading(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) {
		deps.Limits = api.DefaultLimits()
		deps.Limits.Parses, deps.Limits.ReaderPatience = 1, 50*time.Millisecond
	})
	s.exports.rows = slices.Repeat([][][]byte{exportedRow("RRK", "2026-10-31", "08", rand.Text(), "5", "", "1", "1", "", "", "", "")}, 400_000)
	server := httptest.NewServer(s.handler)
	defer server.Close()
	for range 2 {
		stalled, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = stalled.Close() }()
		if _, err := fmt.Fprintf(stalled, "GET %s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n", exportedPosts, s.tokens[domain.RoleManager]); err != nil {
			t.Fatal(err)
		}
		// The answer has begun; nothing more of it is taken.
		if _, err := stalled.Read(make([]byte, 100)); err != nil {
			t.Fatal(err)
		}
	}
}

// Over HTTP/1.0 half a file would look like a whole one.
func TestExportsAreRefusedOverHTTP10(t *testing.T) {
	t.Parallel()
	s := newService(t)
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, exportedPosts, http.NoBody)
	request.Proto, request.ProtoMajor, request.ProtoMinor = "HTTP/1.0", 1, 0
	request.Header.Set("Authorization", "Bearer "+s.tokens[domain.RoleManager])
	s.send(request).problem(http.StatusUnprocessableEntity, "http_version_too_old")
	if len(s.exports.asked) > 0 {
		t.Error("the rows were read")
	}
}

// Every export is in the audit trail before its first row is read.
func TestExportsOfPostsAreNoted(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.get(domain.RolePlanner, exportedPosts+"?organisation=RRK").ok(http.StatusOK)
	s.get(domain.RoleHR, exportedPosts+"?to=2026-10-31").ok(http.StatusOK)
	want := []string{
		"note RRK exportVacanciesCsv  vacancy_sums: Month ends of all dates.",
		"note RRK,RYG exportVacanciesCsv  vacancies: Month ends to 31 Oct 2026.",
	}
	if !slices.Equal(s.data.steps, want) {
		t.Errorf("noted %q", s.data.steps)
	}
}

// The first bytes leave before the last row is there.
func TestExportsLeaveEarly(t *testing.T) {
	t.Parallel()
	first := make(chan struct{})
	exports := &waitingExports{row: exportedRow("RRK", "2026-10-31", "08", "", "5", "", "1", "1", "", "", "", ""), first: first}
	s := newService(t, func(deps *api.Deps) { deps.Exports = exports })
	server := httptest.NewServer(s.handler)
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+exportedPosts, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.tokens[domain.RoleManager])
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(response.Body, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	close(first)
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		t.Error(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Error(err)
	}
}

// waitingExports hands out some rows, and the rest when it is told to.
type waitingExports struct {
	row   [][]byte
	first chan struct{}
}

func (w *waitingExports) Export(ctx context.Context, _ domain.Actor, _ domain.ExportQuery, row func([][]byte) error) error {
	for range 5000 {
		if err := row(w.row); err != nil {
			return err
		}
	}
	select {
	case <-w.first:
	case <-ctx.Done():
		return ctx.Err()
	}
	return row(w.row)
}
