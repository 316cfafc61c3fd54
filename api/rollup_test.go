package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"skillstracker/api"
	"skillstracker/domain"
)

// A roll-up asks about the whole area, and about single organisations of the caller's
// scope alone. Digital literacy is asked for few times, because each question counts all
// people of the area.
func TestRollupQuestions(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.skills, s.totals.vacancies = sampleSkills, sampleVacancies
	for target, name := range map[string]string{
		"rollup.xlsx?region=Y58":                    "workforce-rollup-y58-2026-10.xlsx",
		"rollup.ods?icb=QUY":                        "workforce-rollup-quy-2026-10.ods",
		"rollup.zip?as_at=2026-09-30":               "workforce-rollup-england-2026-09.zip",
		"rollup.xlsx?region=Y58&profile=management": "workforce-rollup-y58-2026-10-charts.xlsx",
		"rollup.xlsx?framework=hdc&basis=as_now":    "workforce-rollup-england-2026-10.xlsx",
	} {
		for _, role := range []domain.Role{domain.RoleHR, domain.RoleManager, domain.RolePlanner} {
			s.totals.asked = nil
			got := s.get(role, "/api/v1/reports/"+target).ok(http.StatusOK)
			if got.header.Get("Content-Disposition") != "attachment; filename="+name || got.header.Get("Cache-Control") != "private, no-store" {
				t.Errorf("%s as %s: %v", target, role, got.header)
			}
			skills := 0
			for _, filter := range s.totals.asked {
				if filter.Framework.Framework != "" {
					skills++
				}
				if own := []string{"RRK", "RYG"}; role != domain.RolePlanner && filter.Has(domain.ByOrganisation) != slices.Equal(filter.Organisations, own) {
					t.Errorf("%s as %s asked of %v by %v", target, role, filter.Organisations, filter.GroupBy)
				}
				if wholeArea := strings.Contains(target, "region=Y58"); wholeArea != slices.Equal(filter.Regions, []string{"Y58"}) {
					t.Errorf("%s as %s asked of regions %v", target, role, filter.Regions)
				}
			}
			if skills == 0 || skills > 4 || len(s.totals.asked) > 12 {
				t.Errorf("%s as %s asks %d questions, %d of them about digital literacy", target, role, len(s.totals.asked), skills)
			}
		}
	}
}

func TestRollupThatCannotBeMade(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for target, code := range map[string]string{
		"rollup.xlsx?organisation=RRK":               "report_question",
		"rollup.xlsx?region=Y58&icb=QUY":             "report_question",
		"rollup.xlsx?region=QUY":                     "code_unknown",
		"rollup.xlsx?icb=QZZ":                        "code_unknown",
		"rollup.ods?profile=management":              "report_question",
		"rollup.xlsx?as_at=2026-11-30":               "date_not_month_end",
		"rollup.xlsx?framework=made_up":              "framework_unknown",
		"vacancies.xlsx?organisation=RRK&region=Y58": "report_question",
	} {
		s.get(domain.RoleManager, "/api/v1/reports/"+target).problem(http.StatusUnprocessableEntity, code)
	}
	for _, role := range []domain.Role{domain.RoleAdmin, domain.RoleAuditor} {
		s.get(role, "/api/v1/reports/rollup.xlsx").problem(http.StatusForbidden, "role_not_allowed")
	}
}

// Figures about people in a roll-up have passed the rule even for HR, whose own
// organisation's figures stand beside those of areas.
func TestRollupForHRIsRounded(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.skills = sampleSkills
	got := s.get(domain.RoleHR, "/api/v1/reports/rollup.xlsx?region=Y58").ok(http.StatusOK)
	if strings.Contains(got.header.Get("Content-Disposition"), "-hr") {
		t.Errorf("a roll-up is marked as unaltered: %v", got.header)
	}
}

// An organisation that totals know by its people alone still has its sector.
func TestSectorOfAnOrganisationWithoutReturns(t *testing.T) {
	t.Parallel()
	written := &fakeReports{}
	s := newService(t, func(deps *api.Deps) { deps.Reports = written })
	s.totals.skills = func(filter domain.TotalsFilter) ([]domain.SkillsTotal, error) {
		if !filter.Has(domain.ByOrganisation) {
			return nil, nil
		}
		return []domain.SkillsTotal{skillsRow(domain.Group{Region: "Y58", ICB: "QUY", Organisation: "RRK", Name: "University Hospitals Birmingham"}, 43, 38)}, nil
	}
	s.registry.change = func(o *domain.Organisation) {
		// Of trusts the sector is read otherwise.
		if o.Code == "RRK" {
			o.Kind, o.Sector = domain.KindOther, "Ambulance"
		}
	}
	s.get(domain.RoleManager, "/api/v1/reports/rollup.xlsx?region=Y58").ok(http.StatusOK)
	found := 0
	for _, table := range written.book.Tables() {
		for _, row := range table.Rows {
			if row[0] == "RRK" {
				found++
				if row[2] != "Ambulance" {
					t.Errorf("%s says %q of the sector", table.Sheet, row[2])
				}
			}
		}
	}
	if found != 1 {
		t.Errorf("the organisation stands in %d tables", found)
	}
}

// A fault in one of the questions that are asked at the same time is an answer like any
// other failure, and the server goes on.
func TestRollupThatPanics(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.skills = func(domain.TotalsFilter) ([]domain.SkillsTotal, error) { panic("canary: a question of skills") }
	s.get(domain.RoleManager, "/api/v1/reports/rollup.xlsx").lacks("canary").problem(http.StatusInternalServerError, "internal")
	if logged := s.logs.String(); !strings.Contains(logged, "canary: a question of skills") || !strings.Contains(logged, "rollup_test.go") {
		t.Errorf("the log does not say where it happened: %s", logged)
	}
	s.totals.skills = nil
	s.get(domain.RoleManager, "/api/v1/reports/rollup.xlsx").ok(http.StatusOK)
}
