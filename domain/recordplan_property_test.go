package domain_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"skillstracker/domain"
)

// drawTargetRows draws rows of targets of two framework versions with few possible
// keys and levels; each key is drawn once.
func drawTargetRows(t *rapid.T, held map[domain.TargetKey]domain.TargetRow) []domain.TargetRow {
	keys := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) domain.TargetKey {
		key := targetKey(rapid.SampledFrom([]string{"TEC", "DIW"}).Draw(t, "competence"), rapid.SampledFrom([]string{domain.NotGiven, "5"}).Draw(t, "band"), 1)
		key.Framework = rapid.SampledFrom([]string{"hdc", "digcomp"}).Draw(t, "framework")
		return key
	}), 1, 6, rapid.ID[domain.TargetKey]).Draw(t, "keys")
	rows := make([]domain.TargetRow, 0, len(keys))
	for i, key := range keys {
		row := targetRow(i+2, key, rapid.SampledFrom([]*domain.Level{nil, level(1), level(2)}).Draw(t, "level"))
		if _, known := held[key]; known && rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
			row.Action = domain.ActionRemove
		}
		rows = append(rows, row)
	}
	return rows
}

// A plan carried out leaves exactly what the file says, and of what it does not name
// everything, unless it is complete: then only what is of framework versions that it
// does not name.
func TestTargetPlanLeavesWhatTheFileSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		held := make(map[domain.TargetKey]domain.TargetRow)
		for range rapid.IntRange(1, 6).Draw(t, "files") {
			rows, complete := drawTargetRows(t, held), rapid.Bool().Draw(t, "complete")
			want := maps.Clone(held)
			if complete {
				maps.DeleteFunc(want, func(_ domain.TargetKey, r domain.TargetRow) bool {
					return slices.ContainsFunc(rows, func(other domain.TargetRow) bool { return other.FrameworkID == r.FrameworkID })
				})
			}
			for _, r := range rows {
				want[r.Key] = r
				if r.Action == domain.ActionRemove {
					delete(want, r.Key)
				}
			}
			faults := domain.NewFindings()
			plan := domain.PlanTargets(rows, complete, slices.Collect(maps.Values(held)), faults)
			if !plan.Counts.AddsUp() || plan.Counts.RowsRead != len(rows) || faults.Errors() > 0 {
				t.Fatalf("counts %+v, findings %v", plan.Counts, codes(faults))
			}
			for _, key := range plan.End {
				if _, known := held[key]; !known {
					t.Fatalf("ends %v, which is not held", key)
				}
				delete(held, key)
			}
			for _, r := range plan.Add {
				if _, known := held[r.Key]; known {
					t.Fatalf("adds %v beside what is held", r.Key)
				}
				held[r.Key] = r
			}
			if !maps.EqualFunc(held, want, func(a, b domain.TargetRow) bool { return levelText(a.Level) == levelText(b.Level) }) {
				t.Fatalf("holds %v, want %v", held, want)
			}
			stores := slices.DeleteFunc(rows, func(r domain.TargetRow) bool { return r.Action == domain.ActionRemove })
			again := domain.PlanTargets(stores, false, slices.Collect(maps.Values(held)), domain.NewFindings())
			if len(again.Add)+len(again.End) > 0 || again.Counts.Unchanged != len(stores) {
				t.Fatalf("the same file again adds %v and ends %v", again.Add, again.End)
			}
		}
	})
}
