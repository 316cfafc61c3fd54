package api_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"skillstracker/api"
	"skillstracker/domain"
)

// A preview is answered with 200, whatever it says.
func TestPreview(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.uploads.store = func(_ context.Context, _ domain.Actor, file domain.UploadFile) (domain.Upload, error) {
		would := file.Upload
		would.State = domain.UploadRejected
		would.Errors, would.Warnings, would.Findings = file.Faults.Errors(), file.Faults.Warnings(), file.Faults.List()
		would.Counts = domain.UploadCounts{RowsRead: 1, Rejected: 1}
		would.Changes = []domain.RecordChange{
			{Outcome: domain.OutcomeEnded, Record: []domain.ColumnValue{{Column: "employee_number", Value: "1003"}}},
			{Row: 2, Outcome: domain.OutcomeChanged, Record: []domain.ColumnValue{{Column: "employee_number", Value: "1001"}}, Fields: []domain.FieldChange{{Column: "band", Before: "", After: "8a"}}},
		}
		return would, nil
	}
	got := s.ask(domain.RoleHR, http.MethodPost, staffPath+"&check_only=true&complete=true", strings.NewReader(badStaffCSV)).ok(http.StatusOK)
	got.has(`"check_only":true`, `"would_be":"rejected"`, `"complete":true`, `"mode":"all"`, `"number_invalid"`, `"findings_listed":1`,
		`"row":null`, `"outcome":"ended"`, `"record":{"employee_number":"1003"}`, `{"after":"8a","before":"","column":"band"}`)
	got.lacks(`"id"`, `"links"`)
	if got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("a preview may be stored: %v", got.header)
	}
}

// A file that was stored before is answered as before, and said to be.
func TestRepeatedUploads(t *testing.T) {
	t.Parallel()
	s := newService(t)
	answer := func(state domain.UploadState) answer {
		s.uploads.store = func(context.Context, domain.Actor, domain.UploadFile) (domain.Upload, error) {
			upload := sampleUpload(uploadID)
			upload.State, upload.Repeated = state, true
			if state == domain.UploadVoided {
				upload.Voided = &domain.Void{At: now, Actor: "0000000000000001"}
			}
			return upload, nil
		}
		return s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(staffCSV), "Idempotency-Key", "key-1")
	}
	stored := answer(domain.UploadApplied).ok(http.StatusCreated).has(uploadID)
	voided := answer(domain.UploadVoided).ok(http.StatusCreated).has(`"state":"voided"`, `"voided_by":"0000000000000001"`, `"voided_at":"2026-11-22T09:30:00Z"`)
	rejected := answer(domain.UploadRejected)
	if p := rejected.problem(http.StatusUnprocessableEntity, "upload_rejected"); p.Upload == nil || p.Upload.ID != uploadID {
		t.Errorf("a repeated rejection has %+v", p.Upload)
	}
	for _, got := range []string{stored.header.Get("Idempotency-Replayed"), voided.header.Get("Idempotency-Replayed"), rejected.header.Get("Idempotency-Replayed")} {
		if got != "true" {
			t.Errorf("Idempotency-Replayed is %q", got)
		}
	}
	s.uploads.store = nil
	first := s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(staffCSV)).ok(http.StatusCreated)
	if first.header.Get("Idempotency-Replayed") != "" {
		t.Error("a first answer says that it is a repeated one")
	}
}

func TestRejectionSaysHowManyFindingsThereAre(t *testing.T) {
	t.Parallel()
	s := newService(t)
	tests := []struct {
		errors, warnings, listed int
		says                     []string
	}{
		{1, 0, 1, []string{"has 1 error,", "Mend it and", "All findings are listed"}},
		{2, 0, 2, []string{"has 2 errors,", "Mend them and"}},
		{100, 1, 100, []string{"has 100 errors,", "first 100 of its 101 findings", "/findings all of them"}},
		{domain.FindingLimit, 345, 100, []string{"has 10000 errors,", "Of its 10345 findings the first 10000 are stored"}},
	}
	for _, test := range tests {
		s.uploads.store = func(context.Context, domain.Actor, domain.UploadFile) (domain.Upload, error) {
			upload := sampleUpload(uploadID)
			upload.State, upload.Errors, upload.Warnings = domain.UploadRejected, test.errors, test.warnings
			upload.Findings = make([]domain.Finding, test.listed)
			for i := range upload.Findings {
				upload.Findings[i] = domain.Finding{Code: domain.FindingValueMissing, Severity: domain.SeverityError, Row: i + 2, Message: "Empty.", Mend: "Fill it in."}
			}
			return upload, nil
		}
		p := s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(staffCSV)).problem(http.StatusUnprocessableEntity, "upload_rejected")
		for _, says := range test.says {
			if !strings.Contains(p.Detail, says) {
				t.Errorf("%d errors: the detail does not say %q: %s", test.errors, says, p.Detail)
			}
		}
	}
}

// The file that is to be kept is the file that was sent, and only when somebody can
// say what it holds.
func TestFilesThatAreKept(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		body string
		kept bool
	}{
		"stored":               {staffCSV, true},
		"rejected":             {badStaffCSV, true},
		"column missing":       {"employee_number,fte\n1001,1\n", true},
		"personal data column": {"employee_number,staff_group,fte,NI number\n1001,01,1,QQ123456C\n", false},
		"personal data value":  {"employee_number,staff_group,fte,remark\n1001,01,1,somebody@example.org\n", false},
		"quote not closed":     {"employee_number,staff_group,fte\n1001,01,\"1\n", false},
		"NUL":                  {"employee_number,staff_group,fte\n1001,01,1\x00\n", false},
		"no header":            {"a,b\nc,d\n", false},
	}
	for name, test := range tests {
		s := newService(t)
		s.storedFile(staffPath, test.body, "Content-Type", "text/csv")
		got := s.uploads.contents[0]
		if test.kept != (got != nil) || test.kept && string(got) != test.body {
			t.Errorf("%s: kept %q", name, got)
		}
		none := newService(t, func(deps *api.Deps) { deps.KeepFiles = 0 })
		if none.storedFile(staffPath, test.body, "Content-Type", "text/csv").Content != nil {
			t.Errorf("%s: a service that keeps no files kept one", name)
		}
	}
}

func TestListOfUploadsIsFiltered(t *testing.T) {
	t.Parallel()
	s := newService(t)
	const list = "/api/v1/organisations/RRK/uploads"
	s.get(domain.RoleHR, list+"?kind=staff&kind=vacancies&state=voided&received_from=2026-10-01&received_to=2026-10-31").ok(http.StatusOK)
	s.get(domain.RoleHR, list+"?received_from=2026-10-31&received_to=2026-10-31").ok(http.StatusOK)
	s.get(domain.RoleHR, list).ok(http.StatusOK)
	day := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	full, one, none := s.uploads.filters[0], s.uploads.filters[1], s.uploads.filters[2]
	if fmt.Sprint(full.Kinds, full.States) != "[staff vacancies] [voided]" || !full.From.Equal(day(2026, 10, 1)) || !full.Before.Equal(day(2026, 11, 1)) {
		t.Errorf("got %+v", full)
	}
	if !one.From.Equal(day(2026, 10, 31)) || !one.Before.Equal(day(2026, 11, 1)) {
		t.Errorf("one day: %+v", one)
	}
	if none.Kinds != nil || none.States != nil || none.From != nil || none.Before != nil {
		t.Errorf("without filters: %+v", none)
	}
	if p := s.get(domain.RoleHR, list+"?received_from=2026-11-01&received_to=2026-10-31").problem(http.StatusUnprocessableEntity, "dates_reversed"); p.Errors[0].Field != "received_from" {
		t.Errorf("got %+v", p)
	}
	for _, query := range []string{"?kind=payslips", "?state=lost", "?received_from=yesterday"} {
		s.get(domain.RoleHR, list+query).problem(http.StatusBadRequest, "invalid_parameters")
	}
}
