package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"skillstracker/api"
	"skillstracker/domain"
)

const dataPath = "/api/v1/organisations/RRK/"

func TestOrganisationData(t *testing.T) {
	t.Parallel()
	kinds := map[string]string{"csv": "text/csv", "json": "application/json", "xlsx": workbookKind}
	for _, kind := range []string{"staff", "assessments", "vacancies", "position-vacancies", "targets"} {
		for format, contentType := range kinds {
			s := newService(t)
			s.get(domain.RoleHR, dataPath+kind+"."+format).ok(http.StatusOK).
				attachmentOf("RRK-"+kind+"-2026-11-22."+format, contentType)
			if got := strings.Join(s.data.steps, "; "); !strings.HasPrefix(got, "note RRK getOrganisationData  "+kind+"."+format) || !strings.HasSuffix(got, "; read "+kind) {
				t.Errorf("%s.%s: %s", kind, format, got)
			}
		}
	}
	s := newService(t)
	s.get(domain.RoleHR, dataPath+"position-vacancies.csv").ok(http.StatusOK).has("004711,01,,,,,2,1.6,2026-10-31,,01,")
	s.get(domain.RoleHR, dataPath+"targets.csv").ok(http.StatusOK).has("hdc,2018,TEC,,,,,8a,2026-10-31,")
	s = newService(t, func(deps *api.Deps) { deps.Synthetic = true })
	s.get(domain.RoleHR, dataPath+"staff.csv?as_at=2026-09-30").ok(http.StatusOK).attachmentOf("RRK-staff-2026-09-30-synthetic.csv", "text/csv").has("00123")
}

func TestWhatIsAskedOfOrganisationData(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var noted []string
	for _, c := range []struct{ target, object string }{
		{"staff.csv?as_at=2026-09-30&known_at=2026-10-01T12:00:00Z", "staff.csv as_at=2026-09-30 known_at=2026-10-01T12:00:00Z"},
		{"vacancies.json?from=2026-08-31&to=2026-09-30", "vacancies.json from=2026-08-31 to=2026-09-30"},
		{"assessments.csv?from=2026-08-31&framework=hdc&framework_version=2018", "assessments.csv from=2026-08-31 framework=hdc framework_version=2018"},
		{"staff.csv", "staff.csv as_at=2026-11-22"},
		{"position-vacancies.csv?from=2026-04-01&to=2027-03-31", "position-vacancies.csv from=2026-04-01 to=2027-03-31"},
		{"targets.json?from=2027-04-01", "targets.json from=2027-04-01"},
	} {
		s.get(domain.RoleHR, dataPath+c.target).ok(http.StatusOK)
		kind, _, _ := strings.Cut(c.target, ".")
		noted = append(noted, "note RRK getOrganisationData  "+c.object, "read "+kind)
	}
	if !slices.Equal(s.data.steps, noted) {
		t.Errorf("noted and read: %q, want %q", s.data.steps, noted)
	}
	q := s.data.queries
	if q[0].AsAt.String() != "2026-09-30" || q[0].KnownAt.UTC().Format("2006-01-02T15:04:05Z") != "2026-10-01T12:00:00Z" || q[0].Organisation != "RRK" {
		t.Errorf("staff: %+v", q[0])
	}
	if q[1].From.String() != "2026-08-31" || q[1].To.String() != "2026-09-30" || q[1].KnownAt != nil {
		t.Errorf("vacancies: %+v", q[1])
	}
	if q[2].Framework.Framework != "hdc" || q[2].Framework.Version != "2018" || len(q[2].Framework.Competences) != 2 || q[2].To != nil {
		t.Errorf("assessments: %+v", q[2])
	}
	if q[4].From.String() != "2026-04-01" || q[4].To.String() != "2027-03-31" || q[5].From.String() != "2027-04-01" || q[5].Framework.Framework != "" {
		t.Errorf("position vacancies and targets: %+v, %+v", q[4], q[5])
	}
	if q[3].AsAt.String() != "2026-11-22" || q[3].From != nil {
		t.Errorf("staff today: %+v", q[3])
	}
}

func TestQuestionsAboutDataThatMakeNoSense(t *testing.T) {
	t.Parallel()
	s := newService(t)
	tests := []struct {
		target string
		status int
		code   string
		field  string
	}{
		{"staff.csv?from=2026-01-01", 422, "option_not_for_kind", "from"},
		{"staff.csv?to=2026-01-01", 422, "option_not_for_kind", "to"},
		{"vacancies.csv?as_at=2026-10-31", 422, "option_not_for_kind", "as_at"},
		{"assessments.csv?as_at=2026-10-31", 422, "option_not_for_kind", "as_at"},
		{"staff.json?framework=hdc", 422, "option_not_for_kind", "framework"},
		{"vacancies.xlsx?framework_version=2018", 422, "option_not_for_kind", "framework_version"},
		{"vacancies.csv?from=2026-10-31&to=2026-09-30", 422, "dates_reversed", "from"},
		{"staff.csv?as_at=2026-11-23", 422, "as_at_future", "as_at"},
		{"staff.csv?known_at=2026-11-22T09:30:01Z", 422, "known_at_future", "known_at"},
		{"position-vacancies.csv?as_at=2026-10-31", 422, "option_not_for_kind", "as_at"},
		{"targets.csv?as_at=2026-10-31", 422, "option_not_for_kind", "as_at"},
		{"targets.csv?framework=hdc", 422, "option_not_for_kind", "framework"},
		{"position-vacancies.json?framework=hdc", 422, "option_not_for_kind", "framework"},
		{"staff.csv?known_at=yesterday", 400, "invalid_parameters", "known_at"},
		{"staff.csv?as_at=2026-02-30", 400, "invalid_parameters", "as_at"},
		{"staff.pdf", 400, "invalid_parameters", "data"},
		{"payslips.csv", 400, "invalid_parameters", "data"},
	}
	for _, test := range tests {
		p := s.get(domain.RoleHR, dataPath+test.target).problem(test.status, test.code)
		if len(p.Errors) != 1 || p.Errors[0].Field != test.field || len(p.Errors[0].Message) < 15 {
			t.Errorf("%s: %+v", test.target, p.Errors)
		}
	}
	if p := s.get(domain.RoleHR, dataPath+"assessments.csv?framework=none").problem(http.StatusUnprocessableEntity, "framework_unknown"); p.Detail == "" {
		t.Errorf("got %+v", p)
	}
	others := s.get(domain.RoleHR, "/api/v1/organisations/RA7/staff.csv").problem(http.StatusNotFound, "organisation_not_found")
	none := s.get(domain.RoleHR, "/api/v1/organisations/ZZZ/staff.csv").problem(http.StatusNotFound, "organisation_not_found")
	if fmt.Sprint(others.Title, others.Detail) != fmt.Sprint(none.Title, none.Detail) {
		t.Errorf("%+v and %+v differ", others, none)
	}
	for _, role := range []domain.Role{domain.RoleManager, domain.RolePlanner, domain.RoleAdmin, domain.RoleAuditor} {
		s.get(role, dataPath+"staff.csv").problem(http.StatusForbidden, "role_not_allowed")
	}
	if len(s.data.steps) > 0 {
		t.Errorf("noted or read: %v", s.data.steps)
	}
}
