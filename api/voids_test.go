package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"skillstracker/domain"
)

func TestUploadIsVoided(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.ask(domain.RoleHR, http.MethodDelete, "/api/v1/uploads/"+uploadID, http.NoBody).ok(http.StatusOK).
		has(`"state":"voided"`, `"voided_at":"2026-11-22T09:30:00Z"`, uploadID)
	s.uploads.void = func(string) (domain.Upload, error) {
		return domain.Upload{}, fmt.Errorf("void: %w", domain.NotFound("not_found", "The text of the store."))
	}
	s.ask(domain.RoleHR, http.MethodDelete, "/api/v1/uploads/"+uploadID, http.NoBody).problem(http.StatusNotFound, "upload_not_found")
	s.ask(domain.RoleHR, http.MethodDelete, "/api/v1/uploads/3", http.NoBody).problem(http.StatusBadRequest, "invalid_parameters")
	s.ask(domain.RoleHR, http.MethodDelete, "/api/v1/uploads/"+uploadID, http.NoBody, "Sec-Fetch-Site", "cross-site").problem(http.StatusForbidden, "cross_origin")
}

// When later uploads stand in the way, the answer lists the records and says what to
// do first.
func TestVoidThatLaterUploadsForbid(t *testing.T) {
	t.Parallel()
	s := newService(t)
	conflict := &domain.VoidConflictError{Total: 250}
	for i := range domain.VoidConflicts {
		conflict.Conflicts = append(conflict.Conflicts, domain.VoidConflict{
			Record: []domain.ColumnValue{{Column: "employee_number", Value: fmt.Sprint("E", i)}}, UploadID: uploadID, Kind: domain.UploadAssessments,
		})
	}
	s.uploads.void = func(string) (domain.Upload, error) {
		return domain.Upload{}, fmt.Errorf("void: %w", conflict)
	}
	void := func() problem {
		return s.ask(domain.RoleHR, http.MethodDelete, "/api/v1/uploads/"+uploadID, http.NoBody).problem(http.StatusConflict, "upload_built_upon")
	}
	p := void()
	if len(p.Conflicts) != domain.VoidConflicts || *p.ConflictsTotal != 250 || p.Conflicts[3].Record["employee_number"] != "E3" ||
		p.Conflicts[3].Upload != uploadID || p.Conflicts[3].Kind != "assessments" {
		t.Errorf("got %+v", p)
	}
	for _, says := range []string{"250 records", "nothing was changed", "newest first", "first 100 are listed"} {
		if !strings.Contains(p.Detail, says) {
			t.Errorf("the detail does not say %q: %s", says, p.Detail)
		}
	}
	conflict.Total, conflict.Conflicts = 1, conflict.Conflicts[:1]
	if p := void(); !strings.Contains(p.Detail, "1 record of this upload") || strings.Contains(p.Detail, "listed") {
		t.Errorf("one record: %s", p.Detail)
	}
	if strings.Contains(s.logs.String(), `"E0"`) || strings.Contains(s.logs.String(), `"level":"ERROR"`) {
		t.Errorf("logged: %s", s.logs)
	}
}
