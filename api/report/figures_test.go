package report_test

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

func literacy(in report.DigitalLiteracyInput) func(io.Writer) error {
	return func(w io.Writer) error { return made(report.DigitalLiteracy(in))(w) }
}

func vacancies(in report.VacanciesInput) func(io.Writer) error {
	return func(w io.Writer) error { return made(report.Vacancies(in))(w) }
}

func (b rawBook) sheet(t *testing.T, name string) rawSheet {
	t.Helper()
	for _, s := range b.sheets {
		if s.name == name {
			return s
		}
	}
	t.Fatalf("no sheet %s", name)
	return rawSheet{}
}

// row returns the cells of the first row of a table that has a text in a column.
func (s rawSheet) row(t *testing.T, column int, text string) []rawCell {
	t.Helper()
	for _, key := range s.cellsOf(column) {
		if key.value != text {
			continue
		}
		var row []rawCell
		for _, c := range s.cells {
			if c.row == key.row {
				row = append(row, c)
			}
		}
		return row
	}
	t.Fatalf("sheet %s has no row %q", s.name, text)
	return nil
}

// wantCells checks cells against numbers and markers.
func wantCells(t *testing.T, what string, got []rawCell, want ...any) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %d cells, want %d", what, len(got), len(want))
	}
	for i, w := range want {
		switch w := w.(type) {
		case string:
			if got[i].number || got[i].value != w {
				t.Errorf("%s: %s is %q, want %q", what, got[i].ref, got[i].value, w)
			}
		case float64:
			value, err := strconv.ParseFloat(got[i].value, 64)
			if !got[i].number || err != nil || math.Abs(value-w) > 1e-8 {
				t.Errorf("%s: %s is %q, want the number %v", what, got[i].ref, got[i].value, w)
			}
		default:
			t.Fatalf("%s: cannot compare with %T", what, w)
		}
	}
}

func TestVacancyFigures(t *testing.T) {
	t.Parallel()
	fte := func(text string) *domain.FTE {
		f, err := domain.ParseFTE(text)
		if err != nil {
			t.Fatal(err)
		}
		return &f
	}
	count := func(n int) *int { return &n }
	now, yearBefore := domain.NewDate(2026, time.October, 31), domain.NewDate(2025, time.October, 31)
	total := domain.VacancyTotal{
		Cells: 9, Incomplete: 2, Budgeted: fte("1200.33333"), Contracted: fte("1100"), Vacancy: fte("-7.5"), VacancyGross: fte("12.25"), RateBudgeted: fte("1000"),
		Bank: fte("3"), Cover: fte("3"), Reported: count(0), Headcount: count(1203), RateReported: count(30), RateHeadcount: count(1203),
	}
	total.Month = &now
	before := domain.VacancyTotal{Cells: 9, Budgeted: fte("1200"), Contracted: fte("1100"), Vacancy: fte("100"), RateBudgeted: fte("0"), Bank: fte("25"), Agency: fte("25"), Cover: fte("50"), Headcount: count(3)}
	before.Month = &yearBefore
	group, none := total, total
	group.StaffGroup = "07"
	none.Band, none.Vacancy, none.RateBudgeted = "", fte("0"), fte("0")
	in := report.VacanciesInput{About: sampleAbout(), StaffGroups: sampleStaffGroups(), Bands: sampleBands()}
	in.ByMonth = report.NewVacancyRows(in.Rule, []domain.VacancyTotal{before, total})
	in.ByStaffGroup = report.NewVacancyRows(in.Rule, []domain.VacancyTotal{group})
	in.ByBand = report.NewVacancyRows(in.Rule, []domain.VacancyTotal{none})
	b := readBook(t, vacancies(in))

	summary := b.sheet(t, "Summary")
	for label, want := range map[string][]any{
		"Budgeted FTE (full-time equivalent) [note 1]":      {1200.33333, "[x]", 1200.0, 0.33333},
		"Vacancy FTE (full-time equivalent) [note 3]":       {-7.5, "[x]", 100.0, -107.5},
		"Establishment vacancy rate (per cent) [note 5]":    {-0.75, "[x]", "[z]", "[z]"},
		"Agency FTE (full-time equivalent) [note 6]":        {"[x]", "[x]", 25.0, "[x]"},
		"Temporary cover (per cent) [note 7]":               {"[z]", "[x]", 50.0, "[z]"},
		"Reported vacancies (number) [note 8]":              {0.0, "[x]", "[x]", "[x]"},
		"Staff headcount (people) [note 9]":                 {1200.0, "[x]", "[c]", "[c]"},
		"Reported vacancy rate (per cent) [note 10]":        {100 * 30.0 / 1230, "[x]", "[x]", "[x]"},
		"Incomplete lines of the return (number) [note 11]": {2.0, "[x]", 0.0, 2.0},
	} {
		wantCells(t, label, summary.row(t, 1, label)[1:], want...)
	}
	figures := []any{1200.33333, 1100.0, -7.5, -0.75, 3.0, "[x]", "[z]", "[x]", 0.0}
	groups := b.sheet(t, "By_staff_group")
	wantCells(t, "group", groups.row(t, 1, "07"), append([]any{"07", "Medical and Dental"}, figures...)...)
	wantCells(t, "all groups", groups.row(t, 1, "[z]"), append([]any{"[z]", "All staff groups"}, figures...)...)
	wantCells(t, "no band", b.sheet(t, "By_band").row(t, 1, "[x]"), "[x]", "Not stated", 1200.33333, 1100.0, 0.0, "[z]", 3.0, "[x]", "[z]", "[x]", 0.0)
	months := b.sheet(t, "By_month")
	serial := strconv.Itoa(int(now) + 25569)
	wantCells(t, "month", months.row(t, 1, serial), append([]any{46326.0}, figures...)...)
	if got := len(months.cellsOf(1)); got != 12 {
		t.Errorf("got %d months, want 12", got)
	}
	wantCells(t, "no return", b.sheet(t, "Trend").row(t, 1, serial), 46326.0, "[x]", "No return held", "[x]", "[x]", "[x]", "[x]")
}

// TestNothingWithheldIsInThePackage looks for true counts of people in every part.
func TestNothingWithheldIsInThePackage(t *testing.T) {
	t.Parallel()
	const headcount = 70002
	rule := disclosure.Default()
	vacancy := sampleVacancies(rule)
	heads := headcount
	month := vacancy.AsAt
	total := domain.VacancyTotal{Cells: 1, Headcount: &heads, RateHeadcount: &heads, RateReported: new(int)}
	total.Month = &month
	vacancy.ByMonth = []report.VacancyRow{report.NewVacancyRow(rule, total)}

	search := func(write func(io.Writer) error, canaries ...int) {
		for part, content := range readBook(t, write).parts {
			for _, canary := range canaries {
				if strings.Contains(content, strconv.Itoa(canary)) {
					t.Errorf("part %s holds the true count %d", part, canary)
				}
			}
		}
	}
	search(vacancies(vacancy), headcount)
	hr := sampleVacancies(disclosure.Unaltered())
	hr.ByMonth = []report.VacancyRow{report.NewVacancyRow(hr.Rule, total)}
	if !strings.Contains(fmt.Sprint(readBook(t, vacancies(hr)).parts), strconv.Itoa(headcount)) {
		t.Error("the search finds nothing even where the true count is shown")
	}
}
