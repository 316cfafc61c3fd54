package api_test

import (
	"encoding/csv"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

const (
	auditPath    = "/api/v1/audit"
	auditCSVPath = "/api/v1/audit.csv"
)

// auditSample is two events: one with everything and one with as little as can be, whose
// operation a spreadsheet program would run.
func auditSample() []domain.AuditEvent {
	object, upload, change := `staff.csv, "all"`, uploadID, int64(12)
	return []domain.AuditEvent{
		{
			ID: 9, Chain: "RRK", Sequence: 3, At: time.Date(2026, time.November, 22, 9, 0, 0, 1000, time.FixedZone("", 3600)), Actor: "t1", Role: "hr", Operation: "createUpload",
			Object: &object, UploadID: &upload, ChangeID: &change, RequestID: "request-1", Outcome: "applied", Previous: [32]byte{0xab}, Hash: [32]byte{0xcd},
		},
		{ID: 7, Chain: domain.SystemChain, Sequence: 1, At: now, Actor: "-", Role: "-", Operation: "=cmd", RequestID: "request-2", Outcome: "token_missing"},
	}
}

func TestAuditEventsAsPages(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.trail.events = auditSample()
	s.get(domain.RoleAuditor, auditPath+"?limit=1").ok(http.StatusOK).has(
		`"next":9`, `"id":9`, `"chain":"RRK"`, `"sequence":3`, `"at":"2026-11-22T08:00:00.000001Z"`, `"upload_id":"`+uploadID+`"`, `"change_id":12`, `"hash":"cd00`).lacks(`"id":7`)
	s.get(domain.RoleAuditor, auditPath+"?limit=2&before=10").ok(http.StatusOK).has(
		`"next":null`, `"chain":"system"`, `"object":null`, `"upload_id":null`, `"change_id":null`)
	s.trail.events = nil
	s.get(domain.RoleAuditor, auditPath+"?organisation=system&from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00%2B01:00&actor=a&operation=o&outcome=c&request_id=r").ok(http.StatusOK).has(
		`"events":[]`, `"next":null`)
	from, to := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, time.November, 1, 23, 0, 0, 0, time.UTC)
	want := []domain.AuditFilter{
		{Limit: 2},
		{Limit: 3, Before: 10},
		{Chain: domain.SystemChain, From: &from, To: &to, Actor: "a", Operation: "o", Outcome: "c", RequestID: "r", Limit: 101},
	}
	if diff := cmp.Diff(want, s.trail.filters); diff != "" {
		t.Error(diff)
	}
	for _, path := range []string{auditPath, auditCSVPath} {
		s.get(domain.RoleAuditor, path+"?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z").problem(http.StatusUnprocessableEntity, "dates_reversed")
		s.get(domain.RoleAuditor, path+"?organisation=nobody").problem(http.StatusBadRequest, "invalid_parameters")
		for _, role := range []domain.Role{domain.RoleAdmin, domain.RoleHR, domain.RoleManager, domain.RolePlanner} {
			s.get(role, path).problem(http.StatusForbidden, "role_not_allowed")
		}
	}
	if len(s.trail.filters) != len(want) {
		t.Errorf("what was refused was read: %+v", s.trail.filters)
	}
}

func TestAuditEventsAsCSV(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.trail.events = auditSample()
	got := s.get(domain.RoleAuditor, auditCSVPath).ok(http.StatusOK).attachmentOf("audit-2026-11-22.csv", "text/csv")
	zeros := strings.Repeat("0", 64)
	want := [][]string{
		{"id", "chain", "sequence", "at", "actor", "role", "operation", "object", "upload_id", "change_id", "request_id", "outcome", "previous_hash", "hash"},
		{"9", "RRK", "3", "2026-11-22T08:00:00.000001Z", "t1", "hr", "createUpload", `staff.csv, "all"`, uploadID, "12", "request-1", "applied", "ab" + zeros[2:], "cd" + zeros[2:]},
		{"7", "system", "1", "2026-11-22T09:30:00.000000Z", "-", "-", "'=cmd", "", "", "", "request-2", "token_missing", zeros, zeros},
	}
	records, err := csv.NewReader(strings.NewReader(got.body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, records); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(got.body, "\r\n") || got.header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("%q, %v", got.body, got.header)
	}
	s.trail.events = nil
	if got := s.get(domain.RoleAuditor, auditCSVPath).ok(http.StatusOK); strings.Count(got.body, "\n") != 1 {
		t.Errorf("no events: %q", got.body)
	}
	s.trail.reading = errors.New("canary: away")
	s.get(domain.RoleAuditor, auditCSVPath).problem(http.StatusInternalServerError, "internal")
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, auditCSVPath, http.NoBody)
	request.Proto, request.ProtoMajor, request.ProtoMinor = "HTTP/1.0", 1, 0
	request.Header.Set("Authorization", "Bearer "+s.tokens[domain.RoleAuditor])
	s.send(request).problem(http.StatusUnprocessableEntity, "http_version_too_old")
}
