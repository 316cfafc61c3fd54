package apitest_test

import (
	"net/http"
	"strings"
	"testing"

	"skillstracker/domain"
)

const skillsQuestion = "/api/v1/digital-literacy/totals?as_at=2026-09-30"

// rollupAgrees compares the sheets of a roll-up with the totals endpoints, asked with the
// same basis and filter.
func (s service) rollupAgrees(t *testing.T, what, token, report, asked string) workbookTables {
	t.Helper()
	book := s.report(t, token, report)
	compare := func(sheet string, labels map[string]string, fields map[string]field, question string) {
		t.Helper()
		if _, there := book[sheet]; there {
			rows, _ := s.totalsRows(t, token, question+asked)
			book.agree(t, what, sheet, labels, fields, rows)
		}
	}
	for sheet, by := range map[string]struct{ label, dimensions string }{
		"By_region": {"Region code", "region"}, "By_ICB": {"ICB code", "region,icb"}, "By_organisation": {"ODS code", "organisation"},
		"By_staff_group": {"Staff group code", "staff_group"},
	} {
		dimensions := strings.Split(by.dimensions, ",")
		labels := map[string]string{by.label: dimensions[len(dimensions)-1]}
		compare(sheet, labels, postFields(), vacancyQuestion+"&group_by="+by.dimensions)
		compare(sheet, labels, digitalFields(), vacancyQuestion+"&digital=yes&group_by="+by.dimensions)
		compare(sheet, labels, skillFields(), skillsQuestion+"&group_by="+by.dimensions)
	}
	compare("By_month", map[string]string{"Month": "month"}, postFields(), "/api/v1/vacancies/totals?to=2026-09-30&group_by=month")
	if strings.Contains(what, "nation") {
		compare("Trend", map[string]string{"Month": "month", "Region code": "region"}, postFields(), "/api/v1/vacancies/totals?to=2026-09-30&group_by=month,region")
	}
	compare("Digital_roles", map[string]string{"Region code": "region", "Area of work code": "area_of_work", "Job role code": "job_role"}, postFields(),
		vacancyQuestion+"&digital=yes&group_by=region,area_of_work,job_role")
	return book
}

func TestRollupIsTheTotals(t *testing.T) {
	t.Parallel()
	s := withPeople(t)
	admin := s.token(t, domain.RoleAdmin, domain.ScopeAll)
	s.want(t, http.StatusCreated, s.call(t, admin, http.MethodPost, "/api/v1/organisation-successions", csvType, []byte("predecessor,successor,effective_on\nRXD,RXC,2026-04-01\n")))
	planner, manager := s.token(t, domain.RolePlanner, domain.ScopeAll), s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXA")
	for _, basis := range []string{"as_was", "as_now"} {
		s.rollupAgrees(t, "the nation "+basis, planner, "rollup.xlsx?as_at=2026-09-30&basis="+basis, "&basis="+basis)
		s.rollupAgrees(t, "the nation to a manager "+basis, manager, "rollup.xlsx?as_at=2026-09-30&basis="+basis, "&basis="+basis)
		s.rollupAgrees(t, "a region "+basis, manager, "rollup.xlsx?as_at=2026-09-30&region=Y60&basis="+basis, "&region=Y60&basis="+basis)
		s.rollupAgrees(t, "an ICB "+basis, planner, "rollup.xlsx?as_at=2026-09-30&icb=QHL&basis="+basis, "&icb=QHL&basis="+basis)
	}
	summary := map[string]string{}
	for _, row := range s.report(t, planner, "rollup.xlsx?as_at=2026-09-30")["Summary"] {
		summary[plainHeader(row["Measure"])] = row["This period"] + " " + row["Previous period"]
	}
	for measure, want := range map[string]string{
		"Organisations reporting": "4 1", "Organisations expected": "4 1", "Coverage": "100 100", "Budgeted FTE": "252 124", "Staff in post": "90 [x]",
	} {
		if summary[measure] != want {
			t.Errorf("%s: %s, want %s", measure, summary[measure], want)
		}
	}
}

// Above a scope everybody sees the whole, and below it only their own.
func TestRollupShowsOwnOrganisationsAlone(t *testing.T) {
	t.Parallel()
	s := withPeople(t)
	own := func(role domain.Role, kind domain.ScopeKind, codes ...string) []string {
		t.Helper()
		content := s.want(t, http.StatusOK, s.get(t, s.token(t, role, kind, codes...), "/api/v1/reports/rollup.xlsx?region=Y60&as_at=2026-09-30"))
		book := s.report(t, s.token(t, role, kind, codes...), "rollup.xlsx?region=Y60&as_at=2026-09-30")
		var listed []string
		for _, row := range book["By_organisation"] {
			listed = append(listed, row["ODS code"])
		}
		if len(book["Coverage"]) < len(listed) {
			t.Errorf("%s: %d organisations are covered, %d have figures", role, len(book["Coverage"]), len(listed))
		}
		cells := cellsOf(t, content)
		for code, name := range map[string]string{"RXA": "Trust A", "RXB": "Trust B", "A1B2C": "Care provider"} {
			shown := strings.Contains(strings.Join(listed, " "), code)
			if strings.Contains(cells, name) != shown {
				t.Errorf("%s of %v: %s is listed: %t, named: %t", role, codes, code, shown, !shown)
			}
		}
		return listed
	}
	for want, got := range map[string][]string{
		"RXA":           own(domain.RoleManager, domain.ScopeOrganisation, "RXA"),
		"RXB RXA":       own(domain.RoleHR, domain.ScopeOrganisation, "RXA", "RXB"),
		"A1B2C RXA RXB": own(domain.RolePlanner, domain.ScopeRegion, "Y60"),
		"[z]":           own(domain.RolePlanner, domain.ScopeOrganisation, "RXC"),
	} {
		if len(got) != len(strings.Fields(want)) || !strings.Contains(want, got[0]) {
			t.Errorf("got %v, want %s", got, want)
		}
	}
	for _, role := range []domain.Role{domain.RoleAuditor, domain.RoleAdmin} {
		token := s.token(t, role, domain.ScopeAll)
		s.want(t, http.StatusForbidden, s.get(t, token, "/api/v1/reports/rollup.xlsx"))
		s.want(t, http.StatusForbidden, s.get(t, token, "/api/v1/reports/vacancies.xlsx?organisation=RXA"))
	}
	manager := s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXA")
	s.want(t, http.StatusNotFound, s.get(t, manager, "/api/v1/reports/vacancies.xlsx?organisation=RXB"))
	s.want(t, http.StatusUnprocessableEntity, s.get(t, manager, "/api/v1/reports/rollup.xlsx?region=QHL"))
	s.want(t, http.StatusUnprocessableEntity, s.get(t, manager, "/api/v1/reports/rollup.xlsx?icb=QZZ"))
}

// The status of a return follows from what was sent, and when.
func TestRollupSaysWhoHasReported(t *testing.T) {
	t.Parallel()
	s := totalled(t)
	planner := s.token(t, domain.RolePlanner, domain.ScopeAll)
	status := func(asAt string) map[string]string {
		t.Helper()
		found := map[string]string{}
		for _, row := range s.report(t, planner, "rollup.xlsx?as_at="+asAt)["Coverage"] {
			found[row["ODS code"]] = row["Status"] + " " + row["Last vacancy return received on"]
		}
		return found
	}
	const day = "46348" // 22 November 2026, when everything was received
	for asAt, want := range map[string]map[string]string{
		"2026-09-30": {"RXA": "Reported " + day, "RXB": "Reported " + day, "RXC": "Reported " + day, "A1B2C": "Reported " + day},
		"2026-10-31": {"RXA": "Late " + day, "RXB": "Late " + day, "RXC": "Late " + day, "A1B2C": "Late " + day},
		"2026-02-28": {"RXD": "Reported " + day, "RXA": "Not expected " + day, "RXB": "Not expected " + day, "RXC": "Not expected " + day},
	} {
		got := status(asAt)
		for code, line := range want {
			if got[code] != line {
				t.Errorf("%s: %s is %q, want %q (all: %v)", asAt, code, got[code], line, got)
			}
		}
	}
}
