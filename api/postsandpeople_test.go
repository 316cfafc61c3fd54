package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
)

func TestQuartersAreTheirLastMonths(t *testing.T) {
	t.Parallel()
	s := newService(t)
	tests := map[string]string{ // what the query asks, the month ends that are read
		"group_by=quarter":                               "2024-12-31 2025-03-31 2025-06-30 2025-09-30 2025-12-31 2026-03-31 2026-06-30 2026-09-30",
		"group_by=quarter&as_at=2026-03-31":              "2024-06-30 2024-09-30 2024-12-31 2025-03-31 2025-06-30 2025-09-30 2025-12-31 2026-03-31",
		"group_by=quarter&from=2026-03-31&to=2026-08-31": "2026-03-31 2026-06-30",
		"group_by=quarter&from=2026-04-30":               "2026-06-30 2026-09-30",
	}
	for query, want := range tests {
		for _, path := range []string{vacanciesPath, skillsPath, workforcePath, positionsPath, digitalPath} {
			s.totals.asked = nil
			s.get(domain.RolePlanner, path+"?"+query).ok(http.StatusOK).lacks(`"group_by":["quarter","month"]`)
			var months []string
			for _, month := range s.totals.asked[0].Months {
				months = append(months, month.String())
			}
			if got := strings.Join(months, " "); got != want {
				t.Errorf("%s %s: asked about %s", path, query, got)
			}
		}
	}
	for month, want := range map[string]string{"2026-03-31": "2025/26 Q4", "2026-06-30": "2026/27 Q1", "2026-09-30": "2026/27 Q2", "2025-12-31": "2025/26 Q3", "2000-03-31": "1999/00 Q4"} {
		at, err := domain.ParseDate(month)
		if err != nil {
			t.Fatal(err)
		}
		s.totals.vacancies = func(domain.TotalsFilter) ([]domain.VacancyTotal, error) {
			return []domain.VacancyTotal{{Group: domain.Group{Month: &at}}}, nil
		}
		_, rows := s.get(domain.RolePlanner, vacanciesPath+".csv?group_by=quarter").ok(http.StatusOK).table()
		if rows[0]["quarter"] != want || rows[0]["month"] != month {
			t.Errorf("%s is in %s", rows[0]["month"], rows[0]["quarter"])
		}
		_, rows = s.get(domain.RolePlanner, vacanciesPath+".csv?group_by=month").ok(http.StatusOK).table()
		if rows[0]["quarter"] != "" {
			t.Errorf("by month: got quarter %s", rows[0]["quarter"])
		}
	}
}

// A missing return is never a zero, and what cannot be divided is not applicable.
func TestAbsentFiguresOfPosts(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		total domain.VacancyTotal
		want  map[string]string // column to value, or to its status in brackets
	}{
		"no return":      {domain.VacancyTotal{Expected: 1}, map[string]string{"cells": "0", "budgeted_fte": "[x]", "vacancy_fte": "[x]", "establishment_vacancy_rate": "[x]", "reported_vacancies": "[x]", "staff_headcount": "[x]", "oldest_received": "[x]", "organisations_expected": "1"}},
		"all unknown":    {domain.VacancyTotal{Cells: 4, Incomplete: 4, Reporting: 1}, map[string]string{"cells": "4", "incomplete": "4", "budgeted_fte": "[x]", "establishment_vacancy_rate": "[x]", "temporary_cover": "[x]"}},
		"zero budget":    {domain.VacancyTotal{Cells: 1, Budgeted: fte(0), Contracted: fte(2), Vacancy: fte(-2), VacancyGross: fte(0), RateBudgeted: fte(0)}, map[string]string{"budgeted_fte": "0", "vacancy_fte": "-2", "vacancy_fte_gross": "0", "establishment_vacancy_rate": "[z]"}},
		"negative gap":   {domain.VacancyTotal{Cells: 1, Budgeted: fte(40), Contracted: fte(41.2), Vacancy: fte(-1.2), RateBudgeted: fte(40), Bank: fte(3), Cover: fte(3)}, map[string]string{"vacancy_fte": "-1.2", "establishment_vacancy_rate": "-0.03", "temporary_cover": "[z]", "cover_fte": "3"}},
		"nobody counted": {domain.VacancyTotal{Cells: 1, Reported: count(0), Headcount: count(0), RateReported: count(0), RateHeadcount: count(0)}, map[string]string{"reported_vacancies": "0", "staff_headcount": "0", "reported_vacancy_rate": "[z]"}},
		"few people":     {domain.VacancyTotal{Cells: 1, Reported: count(2), Headcount: count(5), RateReported: count(2), RateHeadcount: count(5)}, map[string]string{"reported_vacancies": "2", "staff_headcount": "[c]", "reported_vacancy_rate": "[c]"}},
	}
	s := newService(t)
	for name, test := range tests {
		s.totals.vacancies = func(domain.TotalsFilter) ([]domain.VacancyTotal, error) {
			return []domain.VacancyTotal{test.total}, nil
		}
		_, rows := s.get(domain.RolePlanner, vacanciesPath+".csv").ok(http.StatusOK).table()
		compareCells(t, name, rows[0], test.want)
	}
}

func compareCells(t *testing.T, name string, row, want map[string]string) {
	t.Helper()
	for column, value := range want {
		got := row[column]
		if status := row[column+"_status"]; status != "" {
			got += "[" + status + "]"
		}
		if got != value {
			t.Errorf("%s: %s is %q, want %q", name, column, got, value)
		}
	}
}

// Social care counts people being recruited to, trusts FTE: in one answer each keeps its
// own columns, and nothing is added over them (DESIGN 3.7).
func TestUnlikeMeasuresStandBesideEachOther(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.vacancies = func(domain.TotalsFilter) ([]domain.VacancyTotal, error) {
		return []domain.VacancyTotal{{
			Cells: 5, Budgeted: fte(100), Contracted: fte(90), Vacancy: fte(10), RateBudgeted: fte(100),
			Reported: count(30), Headcount: count(270), RateReported: count(30), RateHeadcount: count(270), WithGap: 2, WithReported: 3, Reporting: 5, Expected: 5,
		}}, nil
	}
	_, rows := s.get(domain.RolePlanner, vacanciesPath+".csv").ok(http.StatusOK).table()
	compareCells(t, "both", rows[0], map[string]string{
		"vacancy_fte": "10", "establishment_vacancy_rate": "0.1", "reported_vacancies": "30", "reported_vacancy_rate": "0.1",
		"organisations_with_gap": "2", "organisations_with_reported": "3", "organisations_with_advertised": "0", "organisations_reporting": "5",
	})
}

func TestPositionFigures(t *testing.T) {
	t.Parallel()
	s := newService(t)
	tests := map[string]struct {
		total domain.PositionTotal
		want  map[string]string
	}{
		"reported": {positionRow(domain.Group{}, 1), map[string]string{
			"open_posts": "4", "open_fte": "3.6", "opened_posts": "6", "filled_fte": "2", "closed_fte": "0.4", "median_days_open": "41.5",
			"longest_days_open": "120", "median_days_to_fill": "[z]", "oldest_received": "2026-05-03", "newest_received": "2026-10-30", "organisations_estimated": "1", "period_months": "3",
		}},
		"no return": {domain.PositionTotal{Coverage: domain.Coverage{Expected: 1}}, map[string]string{"open_posts": "[x]", "open_fte": "[x]", "median_days_open": "[x]", "oldest_received": "[x]"}},
		"none open": {domain.PositionTotal{Coverage: domain.Coverage{Reporting: 1}}, map[string]string{"open_posts": "0", "open_fte": "0", "median_days_open": "[z]", "longest_days_open": "[z]"}},
	}
	for name, test := range tests {
		s.totals.positions = func(filter domain.TotalsFilter) ([]domain.PositionTotal, error) {
			if filter.PeriodMonths != 3 {
				t.Errorf("period of %d months", filter.PeriodMonths)
			}
			return []domain.PositionTotal{test.total}, nil
		}
		got := s.get(domain.RolePlanner, positionsPath+".csv?period_months=3").ok(http.StatusOK)
		_, rows := got.table()
		compareCells(t, name, rows[0], test.want)
	}
	s.get(domain.RolePlanner, positionsPath+"?period_months=3").ok(http.StatusOK).has(`"period_months":3`)
}

func TestWorkforceFigures(t *testing.T) {
	t.Parallel()
	s := newService(t)
	few := workforceRowOf(domain.Group{}, 100)
	few.Starters, few.StarterFTE = count(4), fte(3.2)
	tests := map[string]struct {
		role  domain.Role
		total domain.WorkforceTotal
		want  map[string]string
	}{
		"HR sees all": {domain.RoleHR, few, map[string]string{
			"staff_in_post": "100", "staff_in_post_fte": "90", "opening_staff": "103", "starters": "4", "starters_fte": "3.2", "leavers": "15", "estimated_leavers": "3",
			"stayers": "88", "organisations_with_movement": "1", "oldest_list": "2026-09-30", "newest_list": "2026-10-31",
		}},
		"few starters": {domain.RolePlanner, few, map[string]string{
			"staff_in_post": "105", "starters": "[c]", "starters_fte": "[c]", "joiner_rate": "[c]", "estimated_leavers": "[c]",
		}},
		"no list": {domain.RolePlanner, domain.WorkforceTotal{Coverage: domain.Coverage{Expected: 2}}, map[string]string{
			"staff_in_post": "[x]", "staff_in_post_fte": "[x]", "opening_staff": "[x]", "turnover_rate": "[x]", "turnover_rate_fte": "[x]", "stability_rate": "[x]",
			"organisations_reporting": "0", "organisations_expected": "2", "oldest_list": "[x]",
		}},
	}
	for name, test := range tests {
		s.totals.workforce = func(domain.TotalsFilter) ([]domain.WorkforceTotal, error) {
			return []domain.WorkforceTotal{test.total}, nil
		}
		_, rows := s.get(test.role, workforcePath+".csv?organisation=RRK").ok(http.StatusOK).table()
		compareCells(t, name, rows[0], test.want)
	}
	s.totals.workforce = func(domain.TotalsFilter) ([]domain.WorkforceTotal, error) {
		return []domain.WorkforceTotal{workforceRowOf(domain.Group{}, 100)}, nil
	}
	_, rows := s.get(domain.RoleHR, workforcePath+".csv?organisation=RRK").ok(http.StatusOK).table()
	compareCells(t, "rates", rows[0], map[string]string{
		"turnover_rate": numberText(15 / 101.5), "joiner_rate": numberText(12 / 101.5), "stability_rate": numberText(88.0 / 103), "turnover_rate_fte": numberText(13.0 / 90),
	})
}

func numberText(number float64) string { return cellOf(number) }

// By month nothing is added up over months, whatever is asked.
func TestSeriesCarryTheirMonth(t *testing.T) {
	t.Parallel()
	s := newService(t)
	september, october := monthEnd(time.September), monthEnd(time.October)
	s.totals.positions = func(domain.TotalsFilter) ([]domain.PositionTotal, error) {
		one, other := positionRow(domain.Group{}, 1), positionRow(domain.Group{}, 1)
		one.Month, other.Month = &september, &october
		return []domain.PositionTotal{one, other}, nil
	}
	s.get(domain.RolePlanner, positionsPath+"?from=2026-09-30").ok(http.StatusOK).has(`"group_by":["month"]`, `"month":"2026-09-30"`, `"month":"2026-10-31"`, `"as_at":"2026-10-31"`)
}
