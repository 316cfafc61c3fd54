package domain_test

import (
	"slices"
	"testing"
	"time"

	"skillstracker/domain"
)

func october() domain.Date { return domain.NewDate(2026, time.October, 31) }

func september() domain.Date { return domain.NewDate(2026, time.September, 30) }

func known(value int64) domain.Measure { return domain.Measure{State: domain.Known, Value: value} }

// measures returns budgeted and contracted FTE in whole FTE.
func measures(budgeted, contracted int64) domain.VacancyMeasures {
	unit := int64(domain.FTEUnit)
	return domain.VacancyMeasures{Budgeted: known(budgeted * unit), Contracted: known(contracted * unit)}
}

// cellKey returns a cell of October 2026 by staff group, job role and band.
func cellKey(group, role, band string) domain.VacancyKey {
	return domain.VacancyKey{Month: october(), StaffGroup: group, JobRole: role, Band: band, AreaOfWork: domain.NotGiven}
}

func cell(key domain.VacancyKey, figures domain.VacancyMeasures) domain.VacancyCell {
	return domain.VacancyCell{Key: key, Measures: figures}
}

func inMonth(month domain.Date, cells ...domain.VacancyCell) []domain.VacancyCell {
	moved := slices.Clone(cells)
	for i := range moved {
		moved[i].Key.Month = month
	}
	return moved
}

// rowsOf makes store rows of cells, from row 2 on.
func rowsOf(cells ...domain.VacancyCell) []domain.VacancyRow {
	rows := make([]domain.VacancyRow, len(cells))
	for i, c := range cells {
		rows[i] = domain.VacancyRow{Row: i + 2, Key: c.Key, Measures: c.Measures}
	}
	return rows
}

func removing(row int, key domain.VacancyKey) domain.VacancyRow {
	return domain.VacancyRow{Row: row, Key: key, Action: domain.ActionRemove}
}

func TestPlanVacancies(t *testing.T) {
	type cells = []domain.VacancyCell
	type keys = []domain.VacancyKey
	none := domain.NotGiven
	whole, five, six := cellKey("10", none, none), cellKey("10", none, "5"), cellKey("10", none, "6")
	nurse, other := cellKey("10", "10001", "5"), cellKey("02", none, none)
	dontKnow := domain.VacancyMeasures{Budgeted: domain.Measure{State: domain.DontKnow}, Contracted: known(5)}
	notStated := domain.VacancyMeasures{Contracted: known(5)}
	zero := domain.VacancyMeasures{Budgeted: known(0), Contracted: known(5)}
	cases := map[string]struct {
		rows     []domain.VacancyRow
		complete bool
		held     cells
		add      cells
		end      keys
		counts   domain.UploadCounts
		codes    []string
	}{
		"nothing": {},
		"new cells in the order of their keys": {
			rows:   rowsOf(cell(six, measures(6, 5)), cell(five, measures(5, 5)), cell(whole, measures(1, 1)), cell(other, measures(2, 2)), cell(nurse, measures(3, 3))),
			add:    cells{cell(other, measures(2, 2)), cell(whole, measures(1, 1)), cell(five, measures(5, 5)), cell(six, measures(6, 5)), cell(nurse, measures(3, 3))},
			counts: domain.UploadCounts{RowsRead: 5, New: 5},
		},
		"changed and unchanged": {
			rows:   rowsOf(cell(five, measures(5, 4)), cell(six, measures(6, 5))),
			held:   cells{cell(five, measures(5, 5)), cell(six, measures(6, 5))},
			add:    cells{cell(five, measures(5, 4))},
			end:    keys{five},
			counts: domain.UploadCounts{RowsRead: 2, Changed: 1, Unchanged: 1},
		},
		"none, don't know and not stated are three things": {
			rows:   rowsOf(cell(five, dontKnow), cell(six, notStated), cell(whole, zero)),
			held:   cells{cell(five, notStated), cell(six, zero), cell(whole, dontKnow)},
			add:    cells{cell(whole, zero), cell(five, dontKnow), cell(six, notStated)},
			end:    keys{whole, five, six},
			counts: domain.UploadCounts{RowsRead: 3, Changed: 3},
			codes:  []string{"budget_zero@4"},
		},
		"don't know is a measure": {
			rows:   rowsOf(cell(five, domain.VacancyMeasures{Headcount: domain.Measure{State: domain.DontKnow}})),
			add:    cells{cell(five, domain.VacancyMeasures{Headcount: domain.Measure{State: domain.DontKnow}})},
			counts: domain.UploadCounts{RowsRead: 1, New: 1},
		},
		"no measure": {
			rows: rowsOf(cell(five, domain.VacancyMeasures{}), cell(six, measures(6, 5))),
			add:  cells{cell(six, measures(6, 5))}, counts: domain.UploadCounts{RowsRead: 1, New: 1},
			codes: []string{"measures_missing@2"},
		},
		"nothing budgeted and nobody contracted is no warning": {
			rows: rowsOf(cell(five, measures(0, 0))), add: cells{cell(five, measures(0, 0))},
			counts: domain.UploadCounts{RowsRead: 1, New: 1},
		},
		"duplicates": {
			rows:   rowsOf(cell(five, measures(5, 5)), cell(six, measures(6, 5)), cell(five, measures(5, 5)), cell(five, measures(5, 5))),
			add:    cells{cell(five, measures(5, 5)), cell(six, measures(6, 5))},
			counts: domain.UploadCounts{RowsRead: 4, New: 2, Duplicate: 2},
			codes:  []string{"row_duplicate@4", "row_duplicate@5"},
		},
		"conflicts": {
			rows:   rowsOf(cell(five, measures(5, 5)), cell(six, measures(6, 5)), cell(five, measures(5, 4)), cell(five, measures(5, 5))),
			held:   cells{cell(five, measures(1, 1)), cell(six, measures(6, 5))},
			counts: domain.UploadCounts{RowsRead: 1, Unchanged: 1},
			codes:  []string{"rows_conflict@2", "rows_conflict@4", "rows_conflict@5"},
		},
		"store and remove conflict": {
			rows:  append(rowsOf(cell(five, measures(5, 5))), removing(3, five)),
			held:  cells{cell(five, measures(5, 5))},
			codes: []string{"rows_conflict@2", "rows_conflict@3"},
		},
		"remove": {
			rows:   []domain.VacancyRow{removing(2, five), {Row: 3, Key: five, Measures: measures(5, 5), Action: domain.ActionRemove}},
			held:   cells{cell(five, measures(5, 5))},
			end:    keys{five},
			counts: domain.UploadCounts{RowsRead: 2, Removed: 1, Duplicate: 1},
			codes:  []string{"row_duplicate@3"},
		},
		"remove of a cell that is not held": {
			rows: []domain.VacancyRow{removing(2, five)}, codes: []string{"action_remove_not_held@2"},
		},
		"absent cells of a staff group in the file": {
			rows:   rowsOf(cell(five, measures(5, 5))),
			held:   cells{cell(five, measures(5, 5)), cell(six, measures(6, 5)), cell(other, measures(1, 1))},
			counts: domain.UploadCounts{RowsRead: 1, Unchanged: 1},
			codes:  []string{"cells_absent@0"},
		},
		"a total over finer cells that are held": {
			rows: rowsOf(cell(whole, measures(11, 10))),
			held: cells{cell(five, measures(5, 5)), cell(six, measures(6, 5))},
			add:  cells{cell(whole, measures(11, 10))}, counts: domain.UploadCounts{RowsRead: 1, New: 1},
			codes: []string{"cells_absent@0"},
		},
		"a removed cell is not absent": {
			rows:   append(rowsOf(cell(five, measures(5, 5))), removing(3, six)),
			held:   cells{cell(five, measures(5, 5)), cell(six, measures(6, 5))},
			end:    keys{six},
			counts: domain.UploadCounts{RowsRead: 2, Unchanged: 1, Removed: 1},
		},
		"a complete file ends absent cells of its staff groups": {
			rows: rowsOf(cell(whole, measures(11, 10))), complete: true,
			held: cells{cell(five, measures(5, 5)), cell(six, measures(6, 5)), cell(other, measures(1, 1))},
			add:  cells{cell(whole, measures(11, 10))}, end: keys{five, six},
			counts: domain.UploadCounts{RowsRead: 1, New: 1, Ended: 2}, codes: []string{"complete_ends_many@0"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			faults := domain.NewFindings()
			plan := domain.PlanVacancies(c.rows, c.complete, c.held, nil, faults)
			wantCodes(t, faults, c.codes...)
			if !slices.Equal(plan.Add, c.add) {
				t.Errorf("adds %+v, want %+v", plan.Add, c.add)
			}
			if !slices.Equal(plan.End, c.end) {
				t.Errorf("ends %+v, want %+v", plan.End, c.end)
			}
			if plan.Counts != c.counts || !plan.Counts.AddsUp() {
				t.Errorf("counts are %+v, want %+v", plan.Counts, c.counts)
			}
		})
	}
}

func TestVacancyFindingsSayWhichRowsAndCells(t *testing.T) {
	five, six := cellKey("10", domain.NotGiven, "5"), cellKey("10", "10001", "6")
	whole := cellKey("10", domain.NotGiven, domain.NotGiven)
	area := six
	area.AreaOfWork = "A012"
	faults := domain.NewFindings()
	rows := rowsOf(cell(five, measures(5, 5)), cell(five, measures(5, 4)), cell(five, measures(5, 5)))
	held := []domain.VacancyCell{cell(area, measures(1, 1)), cell(six, measures(1, 1)), cell(whole, measures(1, 1)), cell(five, measures(5, 5))}
	domain.PlanVacancies(rows, false, held, nil, faults)
	want := []string{
		"3 cells held for Oct 2026 and staff group 10 are absent from the file: the part that is not broken down; " +
			"job role 10001, band 6; job role 10001, band 6, area of work A012. Some of them may be rows of the file that have an error.",
		"Row 3 is also about the same month, staff group, job role, band and area of work and differs.",
		"Row 2 is also about the same month, staff group, job role, band and area of work and differs.",
		"Row 3 is also about the same month, staff group, job role, band and area of work and differs.",
	}
	if got := messages(faults); !slices.Equal(got, want) {
		t.Errorf("messages are %q, want %q", got, want)
	}

	held = nil
	for i := range 13 {
		held = append(held, cell(cellKey("10", domain.NotGiven, string(rune('A'+i))), measures(1, 1)))
	}
	faults = domain.NewFindings()
	domain.PlanVacancies(rowsOf(held[0], held[1]), false, held, nil, faults)
	want = []string{"11 cells held for Oct 2026 and staff group 10 are absent from the file: band C; band D; band E; " +
		"band F; band G; band H; band I; band J; band K; band L; and 1 more."}
	if got := messages(faults); !slices.Equal(got, want) {
		t.Errorf("messages are %q, want %q", got, want)
	}
}

func messages(faults *domain.Findings) []string {
	list := make([]string, 0, len(faults.List()))
	for _, f := range faults.List() {
		list = append(list, f.Message)
	}
	return list
}

// A row with an error keeps its cell from being taken as absent.
func TestVacancyRowsWithErrorsNameTheirCell(t *testing.T) {
	five, six := cellKey("10", domain.NotGiven, "5"), cellKey("10", domain.NotGiven, "6")
	faults := domain.NewFindings()
	faults.Add(domain.FindingNumberInvalid, domain.Cell{Row: 2}, "")
	held := []domain.VacancyCell{cell(five, measures(5, 5)), cell(six, measures(6, 5))}
	plan := domain.PlanVacancies(rowsOf(cell(five, domain.VacancyMeasures{}), cell(six, measures(6, 5))), true, held, nil, faults)
	wantCodes(t, faults, "number_invalid@2")
	if want := (domain.UploadCounts{RowsRead: 1, Unchanged: 1}); plan.Counts != want || plan.End != nil {
		t.Errorf("counts are %+v, ends %v", plan.Counts, plan.End)
	}
}

func TestReturnsAreComparedWithTheMonthBefore(t *testing.T) {
	five, six := cellKey("10", domain.NotGiven, "5"), cellKey("10", domain.NotGiven, "6")
	unknown := domain.VacancyMeasures{Budgeted: domain.Measure{State: domain.DontKnow}, Contracted: domain.Measure{State: domain.DontKnow}}
	was := func(figures ...domain.VacancyCell) []domain.VacancyCell { return inMonth(september(), figures...) }
	cases := map[string]struct {
		rows     []domain.VacancyRow
		held     []domain.VacancyCell
		previous []domain.VacancyCell
		codes    []string
		text     string
	}{
		"nothing to compare": {rows: rowsOf(cell(five, measures(5, 5)))},
		"the same": {
			rows: rowsOf(cell(six, measures(6, 5)), cell(five, measures(5, 5))), previous: was(cell(five, measures(5, 5)), cell(six, measures(6, 5))),
			codes: []string{"return_unchanged@0"}, text: "Every figure of Oct 2026 is the same as the month before.",
		},
		"the same with a cell that was held": {
			rows: append(rowsOf(cell(five, measures(5, 5))), removing(3, cellKey("10", domain.NotGiven, "7"))),
			held: []domain.VacancyCell{
				cell(cellKey("02", domain.NotGiven, domain.NotGiven), measures(6, 5)),
				cell(cellKey("10", domain.NotGiven, "7"), measures(1, 1)),
			},
			previous: was(cell(five, measures(5, 5)), cell(cellKey("02", domain.NotGiven, domain.NotGiven), measures(6, 5))),
			codes:    []string{"return_unchanged@0"}, text: "Every figure of Oct 2026 is the same as the month before.",
		},
		"one cell more": {
			rows: rowsOf(cell(five, measures(5, 5)), cell(six, measures(1, 1))), previous: was(cell(five, measures(5, 5))),
		},
		"20 per cent": {rows: rowsOf(cell(five, measures(12, 8))), previous: was(cell(five, measures(10, 10)))},
		"more than 20 per cent budgeted": {
			rows: rowsOf(cell(five, measures(13, 8))), previous: was(cell(five, measures(10, 10))),
			codes: []string{"return_jump@0"}, text: "The total budgeted FTE of Oct 2026 differs by more than 20 per cent from the month before.",
		},
		"more than 20 per cent contracted": {
			rows: rowsOf(cell(five, measures(10, 7))), previous: was(cell(five, measures(10, 10))),
			codes: []string{"return_jump@0"}, text: "The total contracted FTE of Oct 2026 differs by more than 20 per cent from the month before.",
		},
		"from nothing": {
			rows: rowsOf(cell(five, measures(1, 0))), previous: was(cell(five, measures(0, 0))),
			codes: []string{"return_jump@0"}, text: "The total budgeted FTE of Oct 2026 differs by more than 20 per cent from the month before.",
		},
		"a month that is emptied": {
			rows: []domain.VacancyRow{removing(2, five)}, held: []domain.VacancyCell{cell(five, measures(5, 5))},
			previous: was(cell(five, measures(5, 5))),
		},
		"two empty months": {
			rows: []domain.VacancyRow{removing(2, five), removing(3, inMonth(september(), cell(five, measures(5, 5)))[0].Key)},
			held: append(was(cell(five, measures(5, 5))), cell(five, measures(5, 5))),
		},
		"what nobody knows is not compared": {rows: rowsOf(cell(five, unknown)), previous: was(cell(five, measures(10, 10)))},
		"the month before in the same file": {
			rows:     rowsOf(append(was(cell(five, measures(10, 10))), cell(five, measures(10, 10)))...),
			previous: inMonth(september().AddMonths(-1).MonthEnd(), cell(five, measures(9, 9))),
			codes:    []string{"return_unchanged@0"}, text: "Every figure of Oct 2026 is the same as the month before.",
		},
		"not with errors": {
			rows: rowsOf(cell(five, measures(5, 5)), cell(six, domain.VacancyMeasures{})), previous: was(cell(five, measures(5, 5))),
			codes: []string{"measures_missing@3"}, text: "The row holds none of the measures.",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			faults := domain.NewFindings()
			domain.PlanVacancies(c.rows, false, c.held, c.previous, faults)
			wantCodes(t, faults, c.codes...)
			if got := messages(faults); len(got) > 0 && got[0] != c.text {
				t.Errorf("message is %q, want %q", got[0], c.text)
			}
		})
	}
}
