package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"skillstracker/api"
	"skillstracker/domain"
)

func TestPeriods(t *testing.T) {
	t.Parallel()
	october, september := "2026-10-31", "2026-09-30"
	tests := map[string]struct {
		query  string
		months string // first to last, or all of them
		code   string
	}{
		"default is the last month end": {"", october, ""},
		"as_at":                         {"as_at=2026-09-30", september, ""},
		"by month is a year":            {"group_by=month", "2025-11-30 .. 2026-10-31 (12)", ""},
		"by month up to as_at":          {"group_by=month&as_at=2026-02-28", "2025-03-31 .. 2026-02-28 (12)", ""},
		"months":                        {"month=2026-10-31&month=2026-09-30&month=2026-10-31", "2026-09-30 .. 2026-10-31 (2)", ""},
		"from and to":                   {"from=2024-01-31&to=2024-03-31", "2024-01-31 .. 2024-03-31 (3)", ""},
		"from":                          {"from=2026-08-31", "2026-08-31 .. 2026-10-31 (3)", ""},
		"to":                            {"to=2024-02-29", "2023-03-31 .. 2024-02-29 (12)", ""},
		"months within a period":        {"from=2026-08-31&month=2026-07-31&month=2026-09-30", september, ""},
		"as_at inside a month":          {"as_at=2026-10-30", "", "date_not_month_end"},
		"as_at of the month that runs":  {"as_at=2026-11-30", "", "date_not_month_end"},
		"month inside a month":          {"month=2026-10-01", "", "date_not_month_end"},
		"from in the future":            {"from=2026-12-31", "", "date_not_month_end"},
		"to inside a month":             {"to=2026-10-15", "", "date_not_month_end"},
		"from after to":                 {"from=2026-10-31&to=2026-09-30", "", "period_empty"},
		"more than ten years":           {"from=2016-10-31&to=2026-10-31", "", "period_too_long"},
		"ten years":                     {"from=2016-11-30&to=2026-10-31", "2016-11-30 .. 2026-10-31 (120)", ""},
	}
	s := newService(t)
	for name, test := range tests {
		s.totals.asked = nil
		got := s.get(domain.RolePlanner, vacanciesPath+"?"+test.query)
		if test.code != "" {
			got.problem(http.StatusUnprocessableEntity, test.code)
			continue
		}
		got.ok(http.StatusOK)
		filter := s.totals.asked[0]
		months := filter.Months[0].String()
		if n := len(filter.Months); n > 1 {
			months = fmt.Sprintf("%s .. %s (%d)", months, filter.Months[n-1], n)
		}
		if months != test.months || !slices.IsSorted(filter.Months) {
			t.Errorf("%s: asked about %s", name, months)
		}
		if len(filter.Months) > 1 && !filter.Has(domain.ByMonth) {
			t.Errorf("%s: several months would be added up", name)
		}
	}
	for _, query := range []string{"as_at=2026-10-30", "as_at=2026-11-30"} {
		for _, path := range []string{skillsPath, skillsPath + ".csv"} {
			s.get(domain.RoleHR, path+"?organisation=RRK&"+query).problem(http.StatusUnprocessableEntity, "date_not_month_end")
		}
	}
}

func TestCodesThatAreNot(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ target, code, field string }{
		"staff group":       {vacanciesPath + "?staff_group=11", "code_unknown", "staff_group"},
		"band":              {vacanciesPath + "?band=8e", "code_unknown", "band"},
		"region":            {vacanciesPath + "?region=Y99", "code_unknown", "region"},
		"icb":               {skillsPath + "?icb=QQQ", "code_unknown", "icb"},
		"competence":        {skillsPath + "?competence=XYZ", "code_unknown", "competence"},
		"framework":         {skillsPath + "?framework=abc", "framework_unknown", "framework"},
		"framework version": {skillsPath + ".csv?framework_version=1999", "framework_unknown", "framework"},
		"framework report":  {"/api/v1/reports/digital-literacy.xlsx?organisation=RRK&framework=abc", "framework_unknown", "framework"},
	}
	s := newService(t)
	for name, test := range tests {
		s.totals.asked = nil
		p := s.get(domain.RoleHR, test.target).problem(http.StatusUnprocessableEntity, test.code)
		if len(p.Errors) != 1 || p.Errors[0].Field != test.field || len(s.totals.asked) > 0 {
			t.Errorf("%s: got %+v", name, p.Errors)
		}
	}
	s.totals.asked = nil
	s.get(domain.RoleHR, vacanciesPath+"?band=8A").ok(http.StatusOK)
	s.get(domain.RoleHR, skillsPath+"?competence=tec&framework=HDC").ok(http.StatusOK)
	if s.totals.asked[0].Bands[0] != "8a" || s.totals.asked[1].Competences[0] != "TEC" || s.totals.asked[1].Framework.ID != 1 {
		t.Errorf("codes are matched as the lists write them: %+v", s.totals.asked)
	}
}

func TestAnswersAreNotEndless(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) {
		deps.Limits = api.DefaultLimits()
		deps.Limits.Rows = 2
	})
	s.totals.vacancies = func(domain.TotalsFilter) ([]domain.VacancyTotal, error) { return make([]domain.VacancyTotal, 3), nil }
	s.get(domain.RolePlanner, vacanciesPath).problem(http.StatusUnprocessableEntity, "too_many_rows")
}

func TestListsAreKeptForAMoment(t *testing.T) {
	t.Parallel()
	at, reads := now, 0
	s := newService(t, func(deps *api.Deps) { deps.Clock = func() time.Time { return at } })
	s.registry.lists = func() (domain.Lists, error) {
		reads++
		return sampleLists(), nil
	}
	for range 3 {
		s.get(domain.RolePlanner, vacanciesPath).ok(http.StatusOK)
	}
	at = at.Add(time.Minute)
	s.get(domain.RolePlanner, vacanciesPath).ok(http.StatusOK)
	if reads != 2 {
		t.Errorf("the lists were read %d times", reads)
	}
}
