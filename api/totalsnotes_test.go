package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
)

// notesOf returns what an answer says beside its figures.
func (a answer) notesOf() string {
	a.Helper()
	var answer struct{ Meta struct{ Notes []string } }
	a.read(&answer)
	return strings.Join(answer.Meta.Notes, "\n")
}

func TestNotes(t *testing.T) {
	t.Parallel()
	closed, opened := domain.NewDate(2025, time.March, 31), domain.NewDate(2026, time.April, 1)
	tests := map[string]struct {
		role   domain.Role
		target string
		row    *domain.VacancyTotal
		says   string // empty when nothing is to be said
	}{
		"nothing to say":                 {domain.RolePlanner, "?region=Y58", &domain.VacancyTotal{}, ""},
		"no rows and one place":          {domain.RolePlanner, "?region=Y56", nil, ""},
		"region and ICB do not meet":     {domain.RolePlanner, "?region=Y56&icb=QUY", nil, "contradict each other"},
		"organisation of another region": {domain.RolePlanner, "?region=Y56&organisation=RRK", nil, "contradict each other"},
		"kind of another sector":         {domain.RolePlanner, "?sector=Acute&kind=social_care_provider", nil, "contradict each other"},
		"a kind without returns":         {domain.RolePlanner, "?region=Y58&kind=icb", nil, "contradict each other"},
		"they meet and there is nothing": {domain.RolePlanner, "?region=Y58&icb=QUY&staff_group=10", nil, ""},
		"closed organisation":            {domain.RolePlanner, "?organisation=RA7", nil, "RA7 closed on 2025-03-31"},
		"open on the earlier date":       {domain.RolePlanner, "?organisation=RA7&as_at=2025-03-31", &domain.VacancyTotal{}, ""},
		"organisation not open yet":      {domain.RolePlanner, "?organisation=RRK&as_at=2026-03-31", nil, "RRK opened on 2026-04-01"},
		"split":                          {domain.RolePlanner, "?group_by=icb&basis=as_now", &domain.VacancyTotal{Group: domain.Group{ICB: domain.UnassignedSplit}}, "several successors"},
		"estimated membership":           {domain.RolePlanner, "?group_by=icb", &domain.VacancyTotal{Estimated: 2}, "organisations_estimated"},
		"people withheld throughout":     {domain.RolePlanner, "?staff_group=01&staff_group=10", &domain.VacancyTotal{}, "withheld throughout"},
		"people withheld in subtotals":   {domain.RolePlanner, "?group_by=staff_group&staff_group=01&staff_group=10&subtotals=true", &domain.VacancyTotal{Group: domain.Group{Over: "staff_group"}}, "withheld in subtotals"},
		"narrowed to the scope":          {domain.RoleManager, "?group_by=organisation", &domain.VacancyTotal{}, "your scope alone"},
	}
	s := newService(t)
	s.registry.change = func(o *domain.Organisation) {
		switch o.Code {
		case "RA7":
			o.ClosedOn, o.Open = &closed, false
		case "RRK":
			o.OpenedOn = &opened
		}
	}
	for name, test := range tests {
		s.totals.vacancies = func(domain.TotalsFilter) ([]domain.VacancyTotal, error) {
			if test.row == nil {
				return nil, nil
			}
			return []domain.VacancyTotal{*test.row}, nil
		}
		notes := s.get(test.role, vacanciesPath+test.target).ok(http.StatusOK).notesOf()
		if test.says == "" && notes != "" || !strings.Contains(notes, test.says) {
			t.Errorf("%s: got %q", name, notes)
		}
	}
}

// A subtotal over several values that the question chose is the sum that a repeated
// filter would give: people are not shown in it.
func TestSubtotalsOverAChoiceShowNoPeople(t *testing.T) {
	t.Parallel()
	s := newService(t)
	sampleTotals(s.totals)
	for _, test := range []struct {
		role   domain.Role
		filter string
		shown  bool
	}{
		{domain.RolePlanner, "", true},
		{domain.RolePlanner, "&staff_group=10", true},
		{domain.RolePlanner, "&staff_group=10&staff_group=01", false},
		{domain.RolePlanner, "&staff_group=10&staff_group=10", true},
		{domain.RoleHR, "&staff_group=10&staff_group=01&organisation=RRK", true},
	} {
		query := "?group_by=region,staff_group&subtotals=true" + test.filter
		s.get(test.role, workforcePath+query).ok(http.StatusOK).rows().contains(test.shown, `"subtotal_over":["staff_group"]`).has(`"subtotal_over":[]`)
		_, rows := s.get(test.role, skillsPath+".csv"+query).ok(http.StatusOK).table()
		if (len(rows) == 3) != test.shown {
			t.Errorf("%s %s: %d rows", test.role, test.filter, len(rows))
		}
		_, rows = s.get(test.role, vacanciesPath+".csv"+query).ok(http.StatusOK).table()
		if last := rows[2]; last["subtotal_over"] != "staff_group" || last["vacancy_fte"] != "20.25" || (last["staff_headcount_status"] == "") != test.shown {
			t.Errorf("%s %s: got %v", test.role, test.filter, last)
		}
	}
}

// contains expects a text to be in the body or not.
func (a answer) contains(wanted bool, text string) answer {
	a.Helper()
	if wanted {
		return a.has(text)
	}
	return a.lacks(text)
}

// A subtotal is not shown as a group of its own: its code is not the empty one of posts
// without a code.
func TestSubtotalsAreNotAGroup(t *testing.T) {
	t.Parallel()
	s := newService(t)
	sampleTotals(s.totals)
	query := "?group_by=region,staff_group&subtotals=true"
	_, rows := s.get(domain.RolePlanner, vacanciesPath+".csv"+query).ok(http.StatusOK).table()
	for i, want := range []struct{ group, name, over string }{{"10", "Nursing and Midwifery Registered", ""}, {"", "Not given", ""}, {"", "", "staff_group"}} {
		if got := rows[i]; got["staff_group"] != want.group || got["staff_group_name"] != want.name || got["subtotal_over"] != want.over {
			t.Errorf("row %d: got %q %q %q", i, got["staff_group"], got["staff_group_name"], got["subtotal_over"])
		}
	}
	var answer struct{ Rows []map[string]any }
	s.get(domain.RolePlanner, vacanciesPath+query).ok(http.StatusOK).read(&answer)
	if _, shown := answer.Rows[2]["staff_group"]; shown || answer.Rows[2]["region"] != "Y58" {
		t.Errorf("subtotal: got %v", answer.Rows[2])
	}
	s.get(domain.RolePlanner, vacanciesPath+"?group_by=region").ok(http.StatusOK).rows().lacks("subtotal_over", "staff_group")
}
