package domain_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

func level(l domain.Level) *domain.Level { return &l }

func levelText(l *domain.Level) string {
	if l == nil {
		return "none"
	}
	return strconv.Itoa(int(*l))
}

// targetKey is a target of a competence of hdc 2018 from the first of a month of 2026.
func targetKey(competence, band string, month time.Month) domain.TargetKey {
	return domain.TargetKey{
		Framework: "hdc", Version: "2018", Competence: competence, Domain: domain.NotGiven, JobRole: domain.NotGiven,
		StaffGroup: domain.NotGiven, Band: band, ValidFrom: domain.NewDate(2026, month, 1),
	}
}

func targetRow(row int, key domain.TargetKey, l *domain.Level) domain.TargetRow {
	id := int16(1)
	if key.Framework != "hdc" {
		id = 2
	}
	return domain.TargetRow{Row: row, Key: key, FrameworkID: id, Level: l}
}

func TestPlanTargets(t *testing.T) {
	none := domain.NotGiven
	january, april, july := targetKey("TEC", "5", 1), targetKey("TEC", "5", 4), targetKey("TEC", "5", 7)
	other := targetKey("TEC", none, 1)
	foreign := january
	foreign.Framework = "digcomp"
	removal := func(row int, key domain.TargetKey) domain.TargetRow {
		r := targetRow(row, key, nil)
		r.Action = domain.ActionRemove
		return r
	}
	type rows = []domain.TargetRow
	for name, c := range map[string]struct {
		rows     rows
		held     rows
		complete bool
		counts   domain.UploadCounts
		end      []domain.TargetKey
		codes    []string
	}{
		"a new one":         {rows: rows{targetRow(2, january, level(2))}, counts: domain.UploadCounts{RowsRead: 1, New: 1}},
		"as it is held":     {rows: rows{targetRow(2, january, level(2))}, held: rows{targetRow(0, january, level(2))}, counts: domain.UploadCounts{RowsRead: 1, Unchanged: 1}},
		"level 0 is no end": {rows: rows{targetRow(2, january, level(0))}, held: rows{targetRow(0, january, nil)}, counts: domain.UploadCounts{RowsRead: 1, Changed: 1}, end: []domain.TargetKey{january}},
		"another level": {
			rows: rows{targetRow(2, january, level(3))}, held: rows{targetRow(0, january, level(2))},
			counts: domain.UploadCounts{RowsRead: 1, Changed: 1}, end: []domain.TargetKey{january},
		},
		"a later day is another target": {
			rows: rows{targetRow(2, april, level(3))}, held: rows{targetRow(0, january, level(2))}, counts: domain.UploadCounts{RowsRead: 1, New: 1},
		},
		"an end": {
			rows: rows{targetRow(2, april, nil)}, held: rows{targetRow(0, january, level(2))}, counts: domain.UploadCounts{RowsRead: 1, New: 1},
		},
		"an end of a target in the same file": {
			rows: rows{targetRow(2, july, nil), targetRow(3, april, level(1))}, counts: domain.UploadCounts{RowsRead: 2, New: 2},
		},
		"an end of nothing": {
			rows: rows{targetRow(2, april, nil)}, held: rows{targetRow(0, other, level(2)), targetRow(0, july, level(2))},
			counts: domain.UploadCounts{RowsRead: 1, New: 1}, codes: []string{"target_end_not_held@2"},
		},
		"an end of what has ended": {
			rows: rows{targetRow(2, july, nil)}, held: rows{targetRow(0, january, level(2)), targetRow(0, april, nil)},
			counts: domain.UploadCounts{RowsRead: 1, New: 1}, codes: []string{"target_end_not_held@2"},
		},
		"an end of what the file removes": {
			rows: rows{targetRow(2, april, nil), removal(3, january)}, held: rows{targetRow(0, january, level(2))},
			counts: domain.UploadCounts{RowsRead: 2, New: 1, Removed: 1}, end: []domain.TargetKey{january}, codes: []string{"target_end_not_held@2"},
		},
		"an end as it is held": {
			rows: rows{targetRow(2, april, nil)}, held: rows{targetRow(0, april, nil)}, counts: domain.UploadCounts{RowsRead: 1, Unchanged: 1},
		},
		"removed and not held": {rows: rows{removal(2, january)}, held: rows{targetRow(0, april, level(1))}, codes: []string{"action_remove_not_held@2"}},
		"rows that differ": {
			rows: rows{targetRow(2, january, level(1)), targetRow(3, january, nil)}, codes: []string{"rows_conflict@2", "rows_conflict@3"},
		},
		"twice the same": {
			rows:   rows{targetRow(2, january, level(1)), targetRow(3, january, level(1))},
			counts: domain.UploadCounts{RowsRead: 2, New: 1, Duplicate: 1}, codes: []string{"row_duplicate@3"},
		},
		"complete": {
			rows: rows{targetRow(2, january, level(2))}, complete: true,
			held:   rows{targetRow(0, july, level(2)), targetRow(0, april, level(2)), targetRow(0, january, level(2)), targetRow(0, foreign, level(2))},
			counts: domain.UploadCounts{RowsRead: 1, Unchanged: 1, Ended: 2}, end: []domain.TargetKey{april, july}, codes: []string{"complete_ends_many@0"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			faults := domain.NewFindings()
			plan := domain.PlanTargets(c.rows, c.complete, c.held, faults)
			if plan.Counts != c.counts {
				t.Errorf("counts %+v, want %+v", plan.Counts, c.counts)
			}
			if !slices.Equal(plan.End, c.end) {
				t.Errorf("ends %v, want %v", plan.End, c.end)
			}
			wantCodes(t, faults, c.codes...)
		})
	}
}

func TestTargetExamples(t *testing.T) {
	key := targetKey("TEC", "5", 1)
	ofDomain := domain.TargetKey{
		Framework: "digcomp", Version: "3.0", Competence: domain.NotGiven, Domain: "2", JobRole: "10001", StaffGroup: domain.NotGiven,
		Band: domain.NotGiven, ValidFrom: domain.NewDate(2026, time.April, 1),
	}
	plan := domain.PlanTargets([]domain.TargetRow{targetRow(2, ofDomain, level(5)), targetRow(3, key, level(3))}, false,
		[]domain.TargetRow{targetRow(0, key, level(2))}, domain.NewFindings())
	columns := func(values ...string) []domain.ColumnValue {
		names := []string{"framework", "framework_version", "competence_code", "domain_code", "job_role_code", "staff_group", "band", "valid_from"}
		list := make([]domain.ColumnValue, len(names))
		for i, name := range names {
			list[i] = domain.ColumnValue{Column: name, Value: values[i]}
		}
		return list
	}
	want := []domain.RecordChange{
		{Row: 3, Outcome: domain.OutcomeChanged, Record: columns("hdc", "2018", "TEC", "", "", "", "5", "2026-01-01"), Fields: []domain.FieldChange{{"level", "2", "3"}}},
		{Row: 2, Outcome: domain.OutcomeNew, Record: columns("digcomp", "3.0", "", "2", "10001", "", "", "2026-04-01"), Fields: []domain.FieldChange{{"level", "", "5"}}},
	}
	if diff := cmp.Diff(want, plan.Examples(domain.ChangeExamples)); diff != "" {
		t.Errorf("examples:\n%s", diff)
	}
}
