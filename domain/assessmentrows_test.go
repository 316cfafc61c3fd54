package domain_test

import (
	"fmt"
	"slices"
	"testing"

	"skillstracker/domain"
)

// assessed returns a synthetic self-assessment dated 5 October 2026.
func assessed(row int, number string, levels ...domain.Level) domain.AssessmentRow {
	return domain.AssessmentRow{
		Row: row, EmployeeNumber: number, AssessedOn: day(5), AssessorKind: domain.AssessorSelf, Levels: levels,
		StaffGroup: domain.NotGiven, JobRole: domain.NotGiven, Band: domain.NotGiven,
	}
}

func TestCheckAssessments(t *testing.T) {
	with := func(row domain.AssessmentRow, change func(*domain.AssessmentRow)) domain.AssessmentRow {
		change(&row)
		return row
	}
	byManager := func(r *domain.AssessmentRow) { r.AssessorKind = domain.AssessorManager }
	later := func(r *domain.AssessmentRow) { r.AssessedOn = day(6) }
	needs := func(r *domain.AssessmentRow) { r.Needs = []domain.Level{3} }
	inTeam := func(r *domain.AssessmentRow) { r.Team = "Synthetic team" }
	remove := func(r *domain.AssessmentRow) { r.Action = domain.ActionRemove }
	cases := map[string]struct {
		rows       []domain.AssessmentRow
		kept       []int // row numbers, in order
		duplicates int
		codes      []string
	}{
		"nothing": {},
		"in the order of number, date and kind": {
			rows: []domain.AssessmentRow{
				with(assessed(2, "20", 1), later), assessed(3, "20", 1), with(assessed(4, "20", 1), byManager), assessed(5, "100", 1), assessed(6, "020", 1),
			},
			kept: []int{6, 5, 4, 3, 2},
		},
		"the same answers twice": {
			rows: []domain.AssessmentRow{assessed(2, "20", 1, 2), assessed(3, "10", 1, 2), assessed(4, "20", 1, 2), assessed(5, "20", 1, 2)},
			kept: []int{3, 2}, duplicates: 2, codes: []string{"row_duplicate@4", "row_duplicate@5"},
		},
		"other answers": {
			rows: []domain.AssessmentRow{assessed(2, "20", 1, 2), assessed(3, "10", 1, 2), assessed(4, "20", 1, 3)},
			kept: []int{3}, codes: []string{"rows_conflict@2", "rows_conflict@4"},
		},
		"findings are in the order of the rows": {
			rows: []domain.AssessmentRow{
				assessed(2, "30", 1), assessed(3, "20", 1), assessed(4, "30", 2), assessed(5, "10", domain.NotAssessed), assessed(6, "20", 1),
			},
			kept: []int{3}, duplicates: 1, codes: []string{"rows_conflict@2", "rows_conflict@4", "levels_missing@5", "row_duplicate@6"},
		},
		"not assessed and not applicable differ": {
			rows:  []domain.AssessmentRow{assessed(2, "20", 1, domain.NotAssessed), assessed(3, "20", 1, domain.NotApplicable)},
			codes: []string{"rows_conflict@2", "rows_conflict@3"},
		},
		"other needs": {
			rows:  []domain.AssessmentRow{with(assessed(2, "20", 1), needs), assessed(3, "20", 1)},
			codes: []string{"rows_conflict@2", "rows_conflict@3"},
		},
		"another team": {
			rows:  []domain.AssessmentRow{assessed(2, "20", 1), with(assessed(3, "20", 1), inTeam)},
			codes: []string{"rows_conflict@2", "rows_conflict@3"},
		},
		"store and remove": {
			rows:  []domain.AssessmentRow{assessed(2, "20", 1), with(assessed(3, "20", 1), remove)},
			codes: []string{"rows_conflict@2", "rows_conflict@3"},
		},
		"removes are the same whatever else they say": {
			rows: []domain.AssessmentRow{with(assessed(2, "20", 1), remove), with(assessed(3, "20", domain.NotAssessed), remove)},
			kept: []int{2}, duplicates: 1, codes: []string{"row_duplicate@3"},
		},
		"no answer": {
			rows: []domain.AssessmentRow{
				assessed(2, "20", domain.NotAssessed, domain.NotAssessed), assessed(3, "10", domain.NotApplicable, domain.NotAssessed),
				with(assessed(4, "30", domain.NotAssessed), needs), assessed(5, "40", 0), assessed(6, "20", domain.NotAssessed, domain.NotAssessed),
			},
			kept: []int{3, 5}, codes: []string{"levels_missing@2", "levels_missing@4", "levels_missing@6"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			faults := domain.NewFindings()
			rows, duplicates := domain.CheckAssessments(domain.AssessmentFile{Rows: c.rows}, faults)
			wantCodes(t, faults, c.codes...)
			var kept []int
			for _, row := range rows {
				kept = append(kept, row.Row)
			}
			if !slices.Equal(kept, c.kept) || duplicates != c.duplicates {
				t.Errorf("keeps the rows %v with %d duplicates, want %v with %d", kept, duplicates, c.kept, c.duplicates)
			}
			if len(rows)+duplicates+faults.BadRows() != len(c.rows) {
				t.Errorf("%d + %d + %d rows of %d", len(rows), duplicates, faults.BadRows(), len(c.rows))
			}
		})
	}
}

func TestCheckAssessmentsLeavesRowsWithErrorsOut(t *testing.T) {
	faults := domain.NewFindings()
	faults.Add(domain.FindingLevelInvalid, domain.Cell{Row: 3}, "")
	file := domain.AssessmentFile{Rows: []domain.AssessmentRow{assessed(2, "20", 1), assessed(3, "20", domain.NotAssessed)}}
	rows, duplicates := domain.CheckAssessments(file, faults)
	wantCodes(t, faults, "level_invalid@3")
	if len(rows) != 1 || rows[0].Row != 2 || duplicates != 0 {
		t.Errorf("keeps %+v with %d duplicates", rows, duplicates)
	}
}

func BenchmarkCheckAssessments(b *testing.B) {
	file := domain.AssessmentFile{Rows: make([]domain.AssessmentRow, 250_000)}
	for i := range file.Rows {
		file.Rows[i] = assessed(i+2, fmt.Sprintf("%08d", (i*7919)%len(file.Rows)), 1, 2, 3, 4, 0, domain.NotAssessed)
	}
	for b.Loop() {
		domain.CheckAssessments(file, domain.NewFindings())
	}
}

// In long form a record is made from several rows of the file, and each of them
// counts.
func TestCheckAssessmentsCountsTheRowsOfTheFile(t *testing.T) {
	of := func(row domain.AssessmentRow, rows int) domain.AssessmentRow {
		row.FileRows = rows
		return row
	}
	file := domain.AssessmentFile{
		Duplicates: 2,
		Rows:       []domain.AssessmentRow{of(assessed(2, "20", 1), 3), of(assessed(9, "20", 1), 4), assessed(15, "30", 2)},
	}
	faults := domain.NewFindings()
	rows, duplicates := domain.CheckAssessments(file, faults)
	wantCodes(t, faults, "row_duplicate@9")
	if len(rows) != 2 || rows[0].FileRows != 3 || rows[1].FileRows != 1 || duplicates != 6 {
		t.Errorf("keeps %+v with %d duplicates", rows, duplicates)
	}
}
