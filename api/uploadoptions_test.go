package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"skillstracker/domain"
)

const (
	assessmentUploads = "/api/v1/organisations/RRK/uploads?kind=assessments"
	assessmentCSV     = "employee_number,assessed_on,CCP,TEC\n1001,2026-10-31,2,3\n"
	vacancyUploads    = "/api/v1/organisations/RRK/uploads?kind=vacancies"
	vacancyCSV        = "as_at,staff_group,budgeted_fte\n2026-10-31,01,10\n"
	positionUploads   = "/api/v1/organisations/RRK/uploads?kind=position_vacancies"
	positionCSV       = "vacancy_reference,staff_group,fte,opened_on\n004711,01,1,2026-10-05\n"
	targetUploads     = "/api/v1/organisations/RRK/uploads?kind=targets"
	targetCSV         = "framework,framework_version,competence_code,level,valid_from\nhdc,2018,TEC,3,2027-04-01\n"
)

// stored sends a file and returns what reached the store.
func (s *service) storedFile(target, body string, headers ...string) domain.UploadFile {
	s.Helper()
	before := len(s.uploads.files)
	got := s.ask(domain.RoleHR, http.MethodPost, target, strings.NewReader(body), headers...)
	if len(s.uploads.files) != before+1 {
		s.Fatalf("the file did not reach the store: %d %s", got.status, got.body)
	}
	return s.uploads.files[before]
}

func TestOptionsReachTheStore(t *testing.T) {
	t.Parallel()
	s := newService(t)
	plain := s.storedFile(staffPath, staffCSV)
	if plain.Mode != domain.ModeAll || plain.CheckOnly || plain.CreateMissingStaff || plain.Complete || plain.IdempotencyKey != "" || plain.Faults.ValidRows {
		t.Errorf("without options: %+v", plain)
	}
	part := s.storedFile(staffPath+"&mode=valid_rows", badStaffCSV, "Idempotency-Key", "key-1")
	if part.Mode != domain.ModeValidRows || !part.Faults.ValidRows || part.IdempotencyKey != "key-1" {
		t.Errorf("in part: %+v", part)
	}
	made := s.storedFile(assessmentUploads+"&create_missing_staff=true", assessmentCSV)
	if !made.CreateMissingStaff || made.Kind != domain.UploadAssessments {
		t.Errorf("with staff made: %+v", made.Upload)
	}
	posts := s.storedFile(positionUploads+"&complete=true", positionCSV)
	if !posts.Complete || posts.Kind != domain.UploadPositions || len(posts.Positions) != 1 || posts.Positions[0].Reference != "004711" || posts.Faults.Errors() > 0 {
		t.Errorf("position vacancies: %+v, %+v, %v", posts.Upload, posts.Positions, posts.Faults.List())
	}
	aims := s.storedFile(targetUploads+"&complete=true", targetCSV)
	if !aims.Complete || aims.Kind != domain.UploadTargets || len(aims.Targets) != 1 || aims.Targets[0].Key.Competence != "TEC" || aims.Faults.Errors() > 0 {
		t.Errorf("targets: %+v, %+v, %v", aims.Upload, aims.Targets, aims.Faults.List())
	}
	looked := s.storedFile(staffPath+"&check_only=true", staffCSV, "Idempotency-Key", "key-2")
	if !looked.CheckOnly || looked.IdempotencyKey != "" || looked.Content != nil {
		t.Errorf("a preview takes no key and keeps nothing: %+v", looked)
	}
}

// The digest of the options tells two requests apart exactly when they ask for
// different things.
func TestDigestOfOptions(t *testing.T) {
	t.Parallel()
	s := newService(t)
	same := [][2]string{
		{staffPath, staffPath + "&mode=all&complete=false&check_only=false"},
		{staffPath, staffPath + "&check_only=true"},
		{assessmentUploads, assessmentUploads + "&framework=hdc&framework_version=2018&create_missing_staff=false"},
	}
	bodyOf := func(target string) string {
		switch {
		case strings.HasPrefix(target, assessmentUploads):
			return assessmentCSV
		case strings.HasPrefix(target, vacancyUploads):
			return vacancyCSV
		case strings.HasPrefix(target, positionUploads):
			return positionCSV
		case strings.HasPrefix(target, targetUploads):
			return targetCSV
		}
		return staffCSV
	}
	for _, pair := range same {
		if s.storedFile(pair[0], bodyOf(pair[0])).Options != s.storedFile(pair[1], bodyOf(pair[1])).Options {
			t.Errorf("%s and %s ask for the same", pair[0], pair[1])
		}
	}
	seen := map[[32]byte]string{}
	for _, target := range []string{
		staffPath, staffPath + "&mode=valid_rows", staffPath + "&complete=true", staffPath + "&as_at=2026-11-22", staffPath + "&as_at=2026-11-21",
		assessmentUploads, assessmentUploads + "&create_missing_staff=true", vacancyUploads, vacancyUploads + "&complete=true",
		positionUploads, positionUploads + "&complete=true", targetUploads, targetUploads + "&mode=valid_rows",
	} {
		digest := s.storedFile(target, bodyOf(target)).Options
		if other, known := seen[digest]; known {
			t.Errorf("%s and %s ask for different things", target, other)
		}
		seen[digest] = target
	}
}

// Each option that makes no sense is refused in words that name it.
func TestOptionsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	s := newService(t)
	tests := []struct{ target, code, field string }{
		{staffPath + "&create_missing_staff=true", "option_not_for_kind", "create_missing_staff"},
		{vacancyUploads + "&create_missing_staff=true", "option_not_for_kind", "create_missing_staff"},
		{staffPath + "&framework=hdc", "option_not_for_kind", "framework"},
		{vacancyUploads + "&framework_version=2018", "option_not_for_kind", "framework_version"},
		{assessmentUploads + "&complete=true", "option_not_for_kind", "complete"},
		{assessmentUploads + "&as_at=2026-10-31", "option_not_for_kind", "as_at"},
		{vacancyUploads + "&as_at=2026-10-31", "option_not_for_kind", "as_at"},
		{positionUploads + "&as_at=2026-10-31", "option_not_for_kind", "as_at"},
		{positionUploads + "&create_missing_staff=true", "option_not_for_kind", "create_missing_staff"},
		{positionUploads + "&framework=hdc", "option_not_for_kind", "framework"},
		{targetUploads + "&as_at=2026-10-31", "option_not_for_kind", "as_at"},
		{targetUploads + "&framework=hdc", "option_not_for_kind", "framework"},
		{targetUploads + "&framework_version=2018", "option_not_for_kind", "framework_version"},
		{targetUploads + "&complete=true&mode=valid_rows", "options_contradict", "mode"},
		{staffPath + "&complete=true&mode=valid_rows", "options_contradict", "mode"},
		{vacancyUploads + "&complete=true&mode=valid_rows", "options_contradict", "mode"},
		{staffPath + "&as_at=2026-11-23", "as_at_future", "as_at"},
	}
	for _, test := range tests {
		p := s.ask(domain.RoleHR, http.MethodPost, test.target, strings.NewReader(staffCSV)).problem(http.StatusUnprocessableEntity, test.code)
		if len(p.Errors) != 1 || p.Errors[0].Field != test.field || len(p.Errors[0].Message) < 20 {
			t.Errorf("%s: %+v", test.target, p.Errors)
		}
	}
	if len(s.uploads.files) > 0 {
		t.Error("a file reached the store")
	}
}

func TestIdempotencyKeysThatAreNone(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, keys := range [][]string{{""}, {"two words"}, {"schlüssel"}, {strings.Repeat("k", 256)}, {"one", "two"}} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, staffPath, strings.NewReader(staffCSV))
		request.Header.Set("Authorization", "Bearer "+s.tokens[domain.RoleHR])
		request.Header["Idempotency-Key"] = keys
		p := s.send(request).problem(http.StatusBadRequest, "invalid_parameters")
		if len(p.Errors) == 0 || p.Errors[0].Field != "Idempotency-Key" || !strings.Contains(p.Errors[0].Message, "255") {
			t.Errorf("%.20q: %+v", keys, p)
		}
	}
	if len(s.uploads.files) > 0 {
		t.Error("a file reached the store")
	}
	longest := strings.Repeat("k", 255)
	if got := s.storedFile(staffPath, staffCSV, "Idempotency-Key", longest); got.IdempotencyKey != longest {
		t.Errorf("the longest key is %q", got.IdempotencyKey)
	}
}
