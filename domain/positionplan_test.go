package domain_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// opened is a row of one open nursing post in band 5; edits change it.
func opened(row int, reference string, edits ...func(*domain.PositionRow)) domain.PositionRow {
	r := domain.PositionRow{
		Row: row, Reference: reference, StaffGroup: "10", JobRole: domain.NotGiven, Band: "5", AreaOfWork: domain.NotGiven,
		Posts: 1, FTE: domain.FTEUnit, OpenedOn: domain.NewDate(2026, time.March, 2), Status: "01",
	}
	for _, edit := range edits {
		edit(&r)
	}
	return r
}

func filled(r *domain.PositionRow) {
	r.Status, r.ClosedOn = "09", datePointer(domain.NewDate(2026, time.May, 4))
}

func datePointer(d domain.Date) *domain.Date { return &d }

func taken(r *domain.PositionRow) { r.Action = domain.ActionRemove }

func openedOn(d domain.Date) func(*domain.PositionRow) {
	return func(r *domain.PositionRow) { r.OpenedOn = d }
}

func TestPlanPositions(t *testing.T) {
	april := domain.NewDate(2026, time.April, 1)
	for name, c := range map[string]struct {
		rows      []domain.PositionRow
		held      []domain.PositionRow
		complete  bool
		validRows bool
		bad       []int // rows with an error already
		add       []string
		end       []string
		unchanged []string
		counts    domain.UploadCounts
		codes     []string
		first     *domain.Date
	}{
		"a new one": {
			rows: []domain.PositionRow{opened(2, "A")}, add: []string{"A"},
			counts: domain.UploadCounts{RowsRead: 1, New: 1}, first: datePointer(opened(0, "").OpenedOn),
		},
		"as it is held": {
			rows: []domain.PositionRow{opened(2, "A", filled)}, held: []domain.PositionRow{opened(0, "A", filled)}, unchanged: []string{"A"},
			counts: domain.UploadCounts{RowsRead: 1, Unchanged: 1}, first: datePointer(opened(0, "").OpenedOn),
		},
		"filled": {
			rows: []domain.PositionRow{opened(2, "A", filled)}, held: []domain.PositionRow{opened(0, "A")}, add: []string{"A"}, end: []string{"A"},
			counts: domain.UploadCounts{RowsRead: 1, Changed: 1}, first: datePointer(opened(0, "").OpenedOn),
		},
		"opened again": {
			rows: []domain.PositionRow{opened(2, "A", openedOn(april))}, held: []domain.PositionRow{opened(0, "A", filled)}, add: []string{"A"}, end: []string{"A"},
			counts: domain.UploadCounts{RowsRead: 1, Changed: 1}, codes: []string{"position_reopened@2", "position_opening_changed@2"}, first: &april,
		},
		"opened again after an unsuccessful attempt": {
			rows: []domain.PositionRow{opened(2, "A", func(r *domain.PositionRow) { r.Status = "11" })}, held: []domain.PositionRow{opened(0, "A", filled)},
			add: []string{"A"}, end: []string{"A"},
			counts: domain.UploadCounts{RowsRead: 1, Changed: 1}, first: datePointer(opened(0, "").OpenedOn),
		},
		"removed": {
			rows: []domain.PositionRow{opened(2, "A", taken)}, held: []domain.PositionRow{opened(0, "A"), opened(0, "B")}, end: []string{"A"},
			counts: domain.UploadCounts{RowsRead: 1, Removed: 1},
		},
		"removed and not held": {
			rows: []domain.PositionRow{opened(2, "A", taken)}, codes: []string{"action_remove_not_held@2"},
		},
		"twice the same": {
			rows: []domain.PositionRow{opened(2, "A"), opened(3, "A")}, add: []string{"A"},
			counts: domain.UploadCounts{RowsRead: 2, New: 1, Duplicate: 1}, codes: []string{"row_duplicate@3"}, first: datePointer(opened(0, "").OpenedOn),
		},
		"twice, and the rows differ": {
			rows: []domain.PositionRow{opened(2, "A"), opened(3, "A", filled), opened(4, "B")}, held: []domain.PositionRow{opened(0, "A")}, add: []string{"B"},
			counts: domain.UploadCounts{RowsRead: 1, New: 1}, codes: []string{"rows_conflict@2", "rows_conflict@3"}, first: datePointer(opened(0, "").OpenedOn),
		},
		"stored and removed": {
			rows: []domain.PositionRow{opened(2, "A"), opened(3, "A", taken)}, held: []domain.PositionRow{opened(0, "A")},
			codes: []string{"rows_conflict@2", "rows_conflict@3"},
		},
		"beside a row of the same reference that has an error": {
			rows: []domain.PositionRow{opened(2, "A"), opened(3, "A"), opened(4, "B")}, bad: []int{3}, validRows: true, add: []string{"B"},
			counts: domain.UploadCounts{RowsRead: 2, New: 1, Skipped: 1}, codes: []string{"row_left_aside@2", "band_unknown@3"}, first: datePointer(opened(0, "").OpenedOn),
		},
		"a reference that could not be read": {
			rows: []domain.PositionRow{opened(2, ""), opened(3, "B")}, bad: []int{2}, validRows: true, add: []string{"B"}, codes: []string{"band_unknown@2"},
			counts: domain.UploadCounts{RowsRead: 1, New: 1}, first: datePointer(opened(0, "").OpenedOn),
		},
		"absent from a file": {
			rows: []domain.PositionRow{opened(2, "A")}, held: []domain.PositionRow{opened(0, "A"), opened(0, "B")}, unchanged: []string{"A"},
			counts: domain.UploadCounts{RowsRead: 1, Unchanged: 1}, first: datePointer(opened(0, "").OpenedOn),
		},
		"absent from a complete file": {
			rows: []domain.PositionRow{opened(2, "B")}, held: []domain.PositionRow{opened(0, "C"), opened(0, "A"), opened(0, "B")}, complete: true,
			end: []string{"A", "C"}, unchanged: []string{"B"}, counts: domain.UploadCounts{RowsRead: 1, Unchanged: 1, Ended: 2},
			codes: []string{"complete_ends_many@0"}, first: datePointer(opened(0, "").OpenedOn),
		},
		"a complete file with a row that has an error": {
			rows: []domain.PositionRow{opened(2, "B"), opened(3, "A")}, held: []domain.PositionRow{opened(0, "A"), opened(0, "B")}, complete: true, bad: []int{3}, codes: []string{"band_unknown@3"},
			unchanged: []string{"B"}, counts: domain.UploadCounts{RowsRead: 1, Unchanged: 1}, first: datePointer(opened(0, "").OpenedOn),
		},
	} {
		t.Run(name, func(t *testing.T) {
			faults := domain.NewFindings()
			faults.ValidRows = c.validRows
			for _, row := range c.bad {
				faults.Add(domain.FindingBandUnknown, domain.Cell{Row: row}, "")
			}
			plan := domain.PlanPositions(c.rows, c.complete, c.held, faults)
			var added []string
			for _, r := range plan.Add {
				added = append(added, r.Reference)
			}
			if !slices.Equal(added, c.add) || !slices.Equal(plan.End, c.end) || !slices.Equal(plan.Unchanged, c.unchanged) {
				t.Errorf("adds %v, ends %v, unchanged %v", added, plan.End, plan.Unchanged)
			}
			if plan.Counts != c.counts || !plan.Counts.AddsUp() {
				t.Errorf("counts %+v, want %+v", plan.Counts, c.counts)
			}
			wantCodes(t, faults, c.codes...)
			if diff := cmp.Diff(c.first, plan.FirstOpened); diff != "" {
				t.Errorf("first opened:\n%s", diff)
			}
		})
	}
}

func TestPositionExamples(t *testing.T) {
	faults := domain.NewFindings()
	plan := domain.PlanPositions([]domain.PositionRow{
		opened(2, "NEW", func(r *domain.PositionRow) {
			r.JobRole, r.Band, r.Team, r.Posts, r.FTE = "10001", domain.NotGiven, "Team 1", 3, 2*domain.FTEUnit+domain.FTEUnit/2
		}),
		opened(3, "CHANGED", filled), opened(4, "REMOVED", taken), opened(5, "SAME"),
	}, true, []domain.PositionRow{opened(0, "CHANGED"), opened(0, "SAME"), opened(0, "REMOVED"), opened(0, "ENDED")}, faults)
	value := func(reference string) []domain.ColumnValue {
		return []domain.ColumnValue{{Column: "vacancy_reference", Value: reference}}
	}
	want := []domain.RecordChange{
		{Row: 4, Outcome: domain.OutcomeRemoved, Record: value("REMOVED"), Fields: []domain.FieldChange{
			{"staff_group", "10", ""}, {"band", "5", ""}, {"posts", "1", ""}, {"fte", "1", ""}, {"opened_on", "2026-03-02", ""}, {"status", "01", ""},
		}},
		{Row: 0, Outcome: domain.OutcomeEnded, Record: value("ENDED"), Fields: []domain.FieldChange{
			{"staff_group", "10", ""}, {"band", "5", ""}, {"posts", "1", ""}, {"fte", "1", ""}, {"opened_on", "2026-03-02", ""}, {"status", "01", ""},
		}},
		{Row: 3, Outcome: domain.OutcomeChanged, Record: value("CHANGED"), Fields: []domain.FieldChange{
			{"closed_on", "", "2026-05-04"}, {"status", "01", "09"},
		}},
		{Row: 2, Outcome: domain.OutcomeNew, Record: value("NEW"), Fields: []domain.FieldChange{
			{"staff_group", "", "10"},
			{"job_role_code", "", "10001"},
			{"team", "", "Team 1"},
			{"posts", "", "3"},
			{"fte", "", "2.5"},
			{"opened_on", "", "2026-03-02"},
			{"status", "", "01"},
		}},
	}
	if diff := cmp.Diff(want, plan.Examples(10)); diff != "" {
		t.Errorf("examples:\n%s", diff)
	}
	if got := plan.Examples(2); len(got) != 2 || got[1].Outcome != domain.OutcomeEnded {
		t.Errorf("two examples: %+v", got)
	}
}

func TestCheckLostReferenceZeros(t *testing.T) {
	held := []domain.PositionRow{opened(0, "0042"), opened(0, "007"), opened(0, "7"), opened(0, "0A1")}
	faults := domain.NewFindings()
	domain.CheckLostReferenceZeros([]domain.PositionRow{
		opened(2, "42"), opened(3, "0042"), opened(4, "7"), opened(5, "A1"), opened(6, "43"), opened(7, ""),
	}, held, "Vacancy ref", faults)
	got := faults.List()
	if len(got) != 1 || got[0].Row != 2 || got[0].Column != "Vacancy ref" || got[0].Code != domain.FindingReferenceZeros {
		t.Errorf("findings are %+v", got)
	}
}
