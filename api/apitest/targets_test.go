package apitest_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

const positionsCSV = `vacancy_reference,staff_group,job_role_code,band,posts,fte,opened_on,closed_on,status
0042,Nursing and Midwifery Registered,,Band 5,2,1.6,05/08/2026,,Open
201-DIG-7,08,,8a,,1,2026-09-01,2026-10-20,09
`

const ownTargetsCSV = `framework,framework_version,competence_code,level,band,valid_from
hdc,2018,TEC,3,5,2026-04-01
hdc,2018,DIW,1,,2026-04-01
`

// targetLines are the targets that a caller is shown.
func (s service) targetLines(t *testing.T, token, query string) []string {
	t.Helper()
	list := decode[spec.TargetList](t, s.want(t, http.StatusOK, s.get(t, token, "/api/v1/targets"+query)))
	lines := []string{}
	for _, target := range list.Targets {
		lines = append(lines, strings.Join([]string{target.SetBy, target.CompetenceCode, target.Band, string(rune('0' + target.Level))}, " "))
	}
	return lines
}

// HR previews, stores, changes, downloads and withdraws position vacancies.
func TestPositionVacanciesFromFileToFile(t *testing.T) {
	t.Parallel()
	s := newService(t)
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	seen := decode[spec.UploadPreview](t, s.want(t, http.StatusOK, s.send(t, hr, http.MethodPost, uploadsOf("position_vacancies", "check_only=true"), []byte(positionsCSV))))
	if seen.WouldBe != "applied" || seen.Counts.New != 2 || len(seen.Changes) != 2 || seen.Changes[0].Record["vacancy_reference"] != "0042" {
		t.Errorf("the preview: %+v", seen)
	}
	first := s.stored(t, hr, uploadsOf("position_vacancies"), []byte(positionsCSV))
	if first.Counts.New != 2 || first.Errors+first.Warnings != 0 {
		t.Errorf("stored: %+v", first)
	}
	held := s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/position-vacancies.csv"))
	if !strings.Contains(string(held), "0042") || !strings.Contains(string(held), "201-DIG-7") {
		t.Errorf("the download: %s", held)
	}
	for _, format := range []string{"csv", "xlsx", "json"} {
		answer := s.get(t, hr, "/api/v1/organisations/RXA/position-vacancies."+format)
		upload := decode[spec.Upload](t, s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", "position_vacancies", answer.Header.Get("Content-Type"), s.want(t, http.StatusOK, answer))))
		if upload.Counts.Unchanged != 2 || upload.Counts.RowsRead != 2 {
			t.Errorf("%s sent back: %+v", format, upload.Counts)
		}
		s.want(t, http.StatusOK, s.void(t, hr, upload))
	}
	filled := strings.Replace(positionsCSV, "05/08/2026,,Open", "05/08/2026,02/11/2026,Filled", 1)
	second := s.stored(t, hr, uploadsOf("position_vacancies"), []byte(filled))
	if second.Counts.Changed != 1 || second.Counts.Unchanged != 1 {
		t.Errorf("changed: %+v", second.Counts)
	}
	problem := decode[spec.Problem](t, s.want(t, http.StatusConflict, s.void(t, hr, first)))
	if problem.Code != "upload_built_upon" || problem.Conflicts == nil || *problem.ConflictsTotal != 2 || (*problem.Conflicts)[0].Record["vacancy_reference"] != "0042" {
		t.Errorf("got %+v", problem)
	}
	lost := s.rejected(t, hr, uploadsOf("position_vacancies"), []byte(strings.Replace(positionsCSV, "0042", "42", 1)))
	if found := errorsOf(lost); len(found) != 1 || found[0].Code != "vacancy_reference_zeros_lost" {
		t.Errorf("a reference without its zeros: %+v", found)
	}
	s.want(t, http.StatusOK, s.void(t, hr, second))
	s.want(t, http.StatusOK, s.void(t, hr, first))
	if rows := decode[struct{ Rows []map[string]any }](t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/position-vacancies.json"))).Rows; len(rows) > 0 {
		t.Errorf("held after all: %v", rows)
	}
}

// An administrator sets targets for the nation, HR sets its own over them, and each
// withdraws their own alone.
func TestTargetsOfTheNationAndOfAnOrganisation(t *testing.T) {
	t.Parallel()
	s := newService(t)
	hr, other := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA"), s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXB")
	admin, everywhere := s.token(t, domain.RoleAdmin, domain.ScopeAll), s.token(t, domain.RoleHR, domain.ScopeAll)
	national := []byte("framework,framework_version,competence_code,level,valid_from\nhdc,2018,TEC,2,2026-04-01\n")

	preview := decode[spec.UploadPreview](t, s.want(t, http.StatusOK, s.send(t, admin, http.MethodPost, "/api/v1/targets/uploads?check_only=true", national)))
	if preview.WouldBe != "applied" || preview.Organisation != domain.NationCode || len(preview.Changes) != 1 {
		t.Errorf("the preview: %+v", preview)
	}
	bad := decode[spec.Problem](t, s.want(t, http.StatusUnprocessableEntity, s.send(t, admin, http.MethodPost, "/api/v1/targets/uploads",
		[]byte("framework,framework_version,competence_code,level,valid_from\nhdc,2018,TEC,9,2026-04-01\n"))))
	for _, link := range []string{bad.Upload.Links.Self, bad.Upload.Links.Findings, bad.Upload.Links.FindingsCsv, bad.Upload.Links.FindingsXlsx, *bad.Upload.Links.File} {
		s.want(t, http.StatusOK, s.get(t, admin, link))
		s.want(t, http.StatusForbidden, s.get(t, hr, link))
	}
	set := s.stored(t, admin, "/api/v1/targets/uploads", national)
	if set.Organisation != domain.NationCode || set.Kind != "targets" || set.Counts.New != 1 {
		t.Errorf("stored: %+v", set)
	}
	again := s.send(t, admin, http.MethodPost, "/api/v1/targets/uploads", national)
	if repeated := decode[spec.Upload](t, s.want(t, http.StatusCreated, again)); repeated.Id != set.Id || again.Header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("sent again: %+v", repeated)
	}
	for _, token := range []string{hr, everywhere} {
		s.want(t, http.StatusNotFound, s.upload(t, token, domain.NationCode, "targets", csvType, national))
		s.want(t, http.StatusForbidden, s.send(t, token, http.MethodPost, "/api/v1/targets/uploads", national))
		s.want(t, http.StatusNotFound, s.void(t, token, set))
	}

	own := s.stored(t, hr, uploadsOf("targets"), []byte(ownTargetsCSV))
	if own.Counts.New != 2 {
		t.Errorf("stored: %+v", own)
	}
	for _, c := range []struct {
		token, query string
		want         []string
	}{
		{hr, "", []string{"E92000001 TEC  2"}},
		{hr, "?organisation=RXA", []string{"RXA DIW  1", "RXA TEC 5 3", "E92000001 TEC  2"}},
		{hr, "?organisation=RXA&as_at=2026-03-31", []string{}},
		{hr, "?organisation=RXA&staff_group=10&band=5", []string{"RXA TEC 5 3", "RXA DIW  1"}},
		{hr, "?organisation=RXA&staff_group=10&band=6", []string{"E92000001 TEC  2", "RXA DIW  1"}},
		{other, "?organisation=RXB", []string{"E92000001 TEC  2"}},
	} {
		if got := s.targetLines(t, c.token, c.query); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.query, got, c.want)
		}
	}
	s.want(t, http.StatusNotFound, s.get(t, other, "/api/v1/targets?organisation=RXA"))
	for _, format := range []string{"csv", "xlsx", "json"} {
		answer := s.get(t, hr, "/api/v1/organisations/RXA/targets."+format)
		upload := decode[spec.Upload](t, s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", "targets", answer.Header.Get("Content-Type"), s.want(t, http.StatusOK, answer))))
		if upload.Counts.Unchanged != 2 || upload.Counts.RowsRead != 2 {
			t.Errorf("%s sent back: %+v", format, upload.Counts)
		}
		s.want(t, http.StatusOK, s.void(t, hr, upload))
	}

	page := decode[spec.UploadPage](t, s.want(t, http.StatusOK, s.get(t, admin, "/api/v1/targets/uploads")))
	if page.Total != 2 || page.Uploads[0].Organisation != domain.NationCode {
		t.Errorf("listed: %+v", page)
	}
	s.want(t, http.StatusNotFound, s.send(t, admin, http.MethodDelete, "/api/v1/targets/uploads/"+own.Id.String(), nil))
	s.want(t, http.StatusOK, s.send(t, admin, http.MethodDelete, set.Links.Self, nil))
	s.want(t, http.StatusOK, s.void(t, hr, own))
	if got := s.targetLines(t, hr, "?organisation=RXA"); len(got) > 0 {
		t.Errorf("held after all: %q", got)
	}
}

// The nation is in the registry as what it is, and in no figure as an organisation.
func TestTheNationIsNoOrganisationOfTotals(t *testing.T) {
	t.Parallel()
	s, _ := loaded(t)
	planner := s.token(t, domain.RolePlanner, domain.ScopeAll)
	s.stored(t, s.token(t, domain.RoleAdmin, domain.ScopeAll), "/api/v1/targets/uploads",
		[]byte("framework,framework_version,competence_code,level,valid_from\nhdc,2018,TEC,2,2026-04-01\n"))
	list := string(s.want(t, http.StatusOK, s.get(t, planner, "/api/v1/organisations?kind=nation")))
	if !strings.Contains(list, `"code":"E92000001"`) || !strings.Contains(list, `"kind":"nation"`) || !strings.Contains(list, `"total":1`) {
		t.Errorf("the registry: %s", list)
	}
	for _, path := range []string{
		"/api/v1/vacancies/totals", "/api/v1/position-vacancies/totals", "/api/v1/digital-literacy/totals", "/api/v1/workforce/totals",
	} {
		for _, by := range []string{"organisation", "kind", "region", "icb"} {
			answer := string(s.want(t, http.StatusOK, s.get(t, planner, path+"?as_at=2026-10-31&group_by="+by)))
			if _, rows, _ := strings.Cut(answer, `"rows":`); strings.Contains(rows, domain.NationCode) || strings.Contains(rows, `"kind":"nation"`) {
				t.Errorf("%s by %s: %s", path, by, rows)
			}
		}
	}
}
