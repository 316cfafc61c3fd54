package domain_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"skillstracker/domain"
)

// drawReturn draws a return over two months, two staff groups and four
// breakdowns, with distinct cells of few possible figures.
func drawReturn(t *rapid.T, held map[domain.VacancyKey]domain.VacancyMeasures) []domain.VacancyRow {
	keys := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) domain.VacancyKey {
		key := cellKey(rapid.SampledFrom([]string{"02", "10"}).Draw(t, "group"), domain.NotGiven,
			rapid.SampledFrom([]string{domain.NotGiven, "5", "6", "7"}).Draw(t, "band"))
		if rapid.Bool().Draw(t, "september") {
			key.Month = september()
		}
		return key
	}), 0, 8, rapid.ID[domain.VacancyKey]).Draw(t, "keys")
	rows := make([]domain.VacancyRow, 0, len(keys))
	for i, key := range keys {
		row := domain.VacancyRow{Row: i + 2, Key: key, Measures: domain.VacancyMeasures{
			Budgeted: domain.Measure{State: rapid.SampledFrom([]domain.MeasureState{domain.NotStated, domain.DontKnow, domain.Known}).Draw(t, "state")},
			Reported: known(rapid.Int64Range(0, 1).Draw(t, "reported")),
		}}
		if _, stored := held[key]; stored && rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
			row = domain.VacancyRow{Row: i + 2, Key: key, Action: domain.ActionRemove}
		}
		rows = append(rows, row)
	}
	return rows
}

// A plan carried out leaves exactly what the return says of its months and staff
// groups and what was held of the others; an absent cell is ended by a complete
// return and an error of any other.
func TestVacancyPlanLeavesWhatTheReturnSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		held := make(map[domain.VacancyKey]domain.VacancyMeasures)
		for range rapid.IntRange(1, 6).Draw(t, "returns") {
			rows, complete := drawReturn(t, held), rapid.Bool().Draw(t, "complete")
			want, absent := expectedCells(rows, held)
			faults := domain.NewFindings()
			plan := domain.PlanVacancies(rows, complete, cellsOf(held), nil, faults)
			if !plan.Counts.AddsUp() || plan.Counts.RowsRead != len(rows) {
				t.Fatalf("counts are %+v", plan.Counts)
			}
			if complete && plan.Counts.Ended != absent || !complete && (absent > 0) != (faults.Errors() > 0) {
				t.Fatalf("%d cells are absent, counts %+v, findings %v", absent, plan.Counts, codes(faults))
			}
			if faults.Errors() > 0 {
				continue
			}
			carryOutCells(t, plan, held)
			if !maps.Equal(held, want) {
				t.Fatalf("holds %v, want %v", held, want)
			}
			stores := slices.DeleteFunc(rows, func(r domain.VacancyRow) bool { return r.Action == domain.ActionRemove })
			again := domain.PlanVacancies(stores, complete, cellsOf(held), nil, domain.NewFindings())
			if len(again.Add)+len(again.End) > 0 {
				t.Fatalf("the same return again adds %v and ends %v", again.Add, again.End)
			}
		}
	})
}

func cellsOf(held map[domain.VacancyKey]domain.VacancyMeasures) []domain.VacancyCell {
	cells := make([]domain.VacancyCell, 0, len(held))
	for key, figures := range held {
		cells = append(cells, cell(key, figures))
	}
	return cells
}

// expectedCells returns what should be held after a complete return, and how
// many held cells are absent from it.
func expectedCells(rows []domain.VacancyRow, held map[domain.VacancyKey]domain.VacancyMeasures) (map[domain.VacancyKey]domain.VacancyMeasures, int) {
	want, absent := maps.Clone(held), 0
	section := func(key domain.VacancyKey) string { return fmt.Sprint(key.Month, key.StaffGroup) }
	for key := range held {
		reported := slices.ContainsFunc(rows, func(r domain.VacancyRow) bool {
			return r.Action == domain.ActionStore && section(r.Key) == section(key)
		})
		sent := slices.ContainsFunc(rows, func(r domain.VacancyRow) bool { return r.Key == key })
		if reported && !sent {
			absent++
			delete(want, key)
		}
	}
	for _, row := range rows {
		delete(want, row.Key)
		if row.Action == domain.ActionStore {
			want[row.Key] = row.Measures
		}
	}
	return want, absent
}

func carryOutCells(t *rapid.T, plan domain.VacancyPlan, held map[domain.VacancyKey]domain.VacancyMeasures) {
	t.Helper()
	for _, key := range plan.End {
		if _, known := held[key]; !known {
			t.Fatalf("ends %v, which is not held", key)
		}
		delete(held, key)
	}
	for _, c := range plan.Add {
		if _, known := held[c.Key]; known {
			t.Fatalf("adds %v, which is held", c.Key)
		}
		held[c.Key] = c.Measures
	}
}

func BenchmarkPlanVacancies(b *testing.B) {
	rows := make([]domain.VacancyRow, 250_000)
	held := make([]domain.VacancyCell, len(rows))
	for i := range rows {
		key := cellKey(fmt.Sprintf("%02d", i/25_000+1), fmt.Sprintf("%05d", i/7%25_000), fmt.Sprint(i%7))
		held[i] = cell(key, measures(5, 4))
		place := (i * 7919) % len(rows)
		rows[place] = domain.VacancyRow{Row: place + 2, Key: key, Measures: measures(5, int64(4+i%10/9))}
	}
	previous := inMonth(september(), held...)
	for b.Loop() {
		domain.PlanVacancies(rows, true, held, previous, domain.NewFindings())
	}
}
