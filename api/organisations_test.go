package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
)

func TestOrganisations(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.get(domain.RoleAuditor, "/api/v1/organisations?kind=nhs_trust&region=Y58&icb=QUY&sector=Acute&open_on=2026-01-01&q=bris&limit=2&offset=1").ok(http.StatusOK).
		has(`"total":3`, `"limit":2`, `"offset":1`, `"as_at":"2026-11-22"`, `"code":"RRK"`, `"closed_on":null`, `"opened_on":"1995-04-01"`, `"region_name":"South West"`).
		lacks(`"versions"`, `"RA7"`)
	asked := s.registry.asked[0]
	day := domain.NewDate(2026, time.January, 1)
	if asked.Kinds[0] != domain.KindTrust || asked.Regions[0] != "Y58" || asked.ICBs[0] != "QUY" || asked.Sectors[0] != "Acute" ||
		*asked.OpenOn != day || asked.Query != "bris" || asked.Page != (domain.Page{Limit: 2, Offset: 1}) {
		t.Errorf("asked %+v", asked)
	}
	s.get(domain.RolePlanner, "/api/v1/organisations?as_at=2022-03-31").ok(http.StatusOK).has(`"as_at":"2022-03-31"`, `"limit":100`)
	s.get(domain.RolePlanner, "/api/v1/organisations/RA7").ok(http.StatusOK).has(`"versions":[{`, `"valid_from":"1995-04-01"`)
	s.get(domain.RolePlanner, "/api/v1/organisations/Y58").ok(http.StatusOK).has(`"icb":null`, `"versions":[]`)
	s.get(domain.RolePlanner, "/api/v1/organisations/ZZZ").problem(http.StatusNotFound, "organisation_not_found")
}

func TestReferenceLists(t *testing.T) {
	t.Parallel()
	newService(t).get(domain.RoleAuditor, "/api/v1/reference-lists").ok(http.StatusOK).has(
		`"code":"10","name":"Nursing and Midwifery Registered"`, `"name":"Support \u003e Informatics \u003e Data"`, `"digital":true`, `"in_post":true`,
		`"max_level":3`, `"validity_months":12`, `"valid_from":"2018-01-01"`, `"staff_group":"10"`,
	)
}

func TestImportOfOrganisations(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var editions []domain.OrganisationImport
	s.registry.importing = func(edition domain.OrganisationImport) (domain.ImportSummary, error) {
		editions = append(editions, edition)
		return domain.ImportSummary{Read: 1, New: 1, UnknownParents: []string{"QT1"}}, nil
	}
	target := "/api/v1/organisations/imports?as_of=2025-12-31"
	s.ask(domain.RoleAdmin, http.MethodPost, target, strings.NewReader(organisationsCSV), "Content-Type", "text/csv; charset=utf-8").ok(http.StatusCreated).
		has(`"as_of":"2025-12-31"`, `"read":1`, `"unknown_parents":["QT1"]`)
	if len(editions) != 1 || editions[0].Entries[0].Code != "RX1" || editions[0].Edition != domain.NewDate(2025, time.December, 31) {
		t.Fatalf("got %+v", editions)
	}
	faulty := strings.Replace(organisationsCSV, "1992-04-01", "1 April", 1)
	p := s.ask(domain.RoleAdmin, http.MethodPost, target, strings.NewReader(faulty), "Content-Type", "text/csv").problem(http.StatusUnprocessableEntity, "import_rejected")
	if len(p.Errors) == 0 || !strings.HasPrefix(p.Errors[0].Field, "row 2") {
		t.Errorf("got %+v", p.Errors)
	}
	s.ask(domain.RoleAdmin, http.MethodPost, target, strings.NewReader(""), "Content-Type", "text/csv").problem(http.StatusUnprocessableEntity, "import_rejected")
	s.ask(domain.RoleAdmin, http.MethodPost, target, strings.NewReader("{}"), "Content-Type", "application/json").problem(http.StatusUnsupportedMediaType, "content_type_unsupported")
	s.ask(domain.RoleAdmin, http.MethodPost, "/api/v1/organisations/imports?as_of=2026-11-23", strings.NewReader(organisationsCSV), "Content-Type", "text/csv").
		problem(http.StatusUnprocessableEntity, "as_of_future")
	if len(editions) != 1 {
		t.Errorf("%d editions were stored", len(editions))
	}
}
