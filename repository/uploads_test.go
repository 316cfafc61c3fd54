package repository_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

func TestUploadsOfEachKindAreStoredAndTotalled(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	october := date(2026, 10, 31)
	first := r.store(t, staffList("RXA", date(2026, 9, 30), 60))
	if want := (domain.UploadCounts{RowsRead: 60, New: 60}); first.Counts != want {
		t.Errorf("first list: %+v", first.Counts)
	}
	again := r.store(t, staffList("RXA", date(2026, 9, 30), 60))
	if want := (domain.UploadCounts{RowsRead: 60, Unchanged: 60}); again.Counts != want {
		t.Errorf("same list again: %+v", again.Counts)
	}
	assessed := r.store(t, r.assessments(t, "RXA", date(2026, 10, 1), 50, 2))
	if want := (domain.UploadCounts{RowsRead: 50, New: 50}); assessed.Counts != want {
		t.Errorf("assessments: %+v", assessed.Counts)
	}
	changed := r.store(t, r.assessments(t, "RXA", date(2026, 10, 1), 50, 3))
	if want := (domain.UploadCounts{RowsRead: 50, Changed: 50}); changed.Counts != want {
		t.Errorf("assessments with other levels: %+v", changed.Counts)
	}
	r.store(t, vacancies("RXA",
		domain.VacancyRow{Key: domain.VacancyKey{Month: october, StaffGroup: "03", Band: "5"}, Measures: domain.VacancyMeasures{Budgeted: fte(50), Contracted: fte(40), Bank: fte(4)}},
		domain.VacancyRow{Key: domain.VacancyKey{Month: october, StaffGroup: "03", Band: "6"}, Measures: domain.VacancyMeasures{Budgeted: fte(10), Contracted: fte(12)}},
		domain.VacancyRow{Key: domain.VacancyKey{Month: october, StaffGroup: "08"}, Measures: domain.VacancyMeasures{Budgeted: fte(20), Contracted: domain.Measure{State: domain.DontKnow}}},
	))
	skills, err := r.SkillsTotals(t.Context(), hr("RXA"), domain.TotalsFilter{
		GroupBy: []domain.Dimension{domain.ByOrganisation, domain.ByCompetence}, Organisations: []string{"RXA"},
		Competences: []string{"CCP"}, AsAt: october, Months: []domain.Date{october}, Framework: r.framework(t, "hdc", "2018"),
	})
	if err != nil {
		t.Fatal(err)
	}
	sixty := 60
	wantSkills := []domain.SkillsTotal{{
		Group:       domain.Group{Organisation: "RXA", Name: "Trust A (synthetic)", Competence: "CCP", Month: &october},
		StaffInPost: &sixty, Assessed: 50, AssessedListed: 50, NeverAssessed: 10, BySelf: 50, Answered: 50, Levels: []int{0, 0, 0, 50, 0},
		Reporting: 1, Expected: 1, Listed: 1,
		Newest: datePointer(date(2026, 10, 1)), Oldest: datePointer(date(2026, 10, 1)),
	}}
	if diff := cmp.Diff(wantSkills, skills); diff != "" {
		t.Error(diff)
	}
	totals, err := r.VacancyTotals(t.Context(), hr("RXA"), domain.TotalsFilter{
		GroupBy: []domain.Dimension{domain.ByICB}, ICBs: []string{"QHL"}, Months: []domain.Date{october},
	})
	if err != nil {
		t.Fatal(err)
	}
	ftes := func(whole int64) *domain.FTE { v := domain.FTE(whole) * domain.FTEUnit; return &v }
	received := domain.DateOf(r.now(t).UTC())
	wantTotals := []domain.VacancyTotal{{
		Group: domain.Group{ICB: "QHL", ICBName: totals[0].ICBName, Month: &october},
		Cells: 3, Incomplete: 1, Budgeted: ftes(80), Contracted: ftes(52), Vacancy: ftes(8), VacancyGross: ftes(10),
		RateBudgeted: ftes(60), Bank: ftes(4), Cover: ftes(4), Reporting: 1, Expected: 1,
		WithGap: 1, OldestReceived: &received, NewestReceived: &received,
	}}
	if diff := cmp.Diff(wantTotals, totals); diff != "" {
		t.Error(diff)
	}
	if totals[0].ICBName == "" {
		t.Error("the ICB has no name")
	}
}
