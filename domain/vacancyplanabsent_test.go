package domain_test

import (
	"slices"
	"testing"

	"skillstracker/domain"
)

// Where rows with errors are left out, only one whose key could not be read excuses
// an absent cell. A part that could not be read is empty, one not given is a dash.
func TestRowsWithErrorsExcuseAbsentCellsOnlyWithAnUnreadKey(t *testing.T) {
	none := domain.NotGiven
	five, six, seven := cellKey("10", none, "5"), cellKey("10", none, "6"), cellKey("10", none, "7")
	held := []domain.VacancyCell{cell(five, measures(5, 5)), cell(six, measures(6, 5)), cell(seven, measures(7, 5))}
	change := func(key domain.VacancyKey, change func(*domain.VacancyKey)) domain.VacancyKey {
		change(&key)
		return key
	}
	const absent = "cells_absent@0"
	for name, c := range map[string]struct {
		bad  []domain.VacancyKey
		want []string
	}{
		"its own cell is held":        {[]domain.VacancyKey{six}, []string{absent}},
		"its own cell is not held":    {[]domain.VacancyKey{cellKey("10", none, "8a")}, []string{absent}},
		"a whole key in every part":   {[]domain.VacancyKey{six, cellKey("10", "10001", "8a")}, []string{absent}},
		"both held cells have errors": {[]domain.VacancyKey{six, seven}, nil},
		"an unread band":              {[]domain.VacancyKey{six, cellKey("10", none, "")}, nil},
		"an unread job role":          {[]domain.VacancyKey{six, cellKey("10", "", "7")}, nil},
		"an unread area of work":      {[]domain.VacancyKey{six, change(seven, func(k *domain.VacancyKey) { k.AreaOfWork = "" })}, nil},
		"an unread month":             {[]domain.VacancyKey{six, change(seven, func(k *domain.VacancyKey) { k.Month = 0 })}, nil},
		"an unread staff group":       {[]domain.VacancyKey{six, cellKey("", none, "7")}, nil},
		"an unread row of another":    {[]domain.VacancyKey{six, cellKey("02", none, "")}, []string{absent}},
		"fewer unread than absent":    {[]domain.VacancyKey{cellKey("10", none, "")}, []string{absent}},
	} {
		t.Run(name, func(t *testing.T) {
			faults := domain.NewFindings()
			faults.ValidRows = true
			rows := rowsOf(cell(five, measures(5, 4)))
			want := slices.Clone(c.want)
			for i, key := range c.bad {
				rows = append(rows, domain.VacancyRow{Row: i + 3, Key: key})
				faults.Add(domain.FindingNumberInvalid, domain.Cell{Row: i + 3}, "")
				want = append(want, []string{"number_invalid@3", "number_invalid@4"}[i])
			}
			domain.PlanVacancies(rows, false, held, nil, faults)
			wantCodes(t, faults, want...)
		})
	}
}

func TestACompleteReturnThatEndsManyIsWarnedOf(t *testing.T) {
	bands := []string{"2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d"}
	var held []domain.VacancyCell
	for _, band := range bands {
		held = append(held, cell(cellKey("10", domain.NotGiven, band), measures(5, 5)))
	}
	other := cell(cellKey("02", domain.NotGiven, domain.NotGiven), measures(1, 1))
	for name, c := range map[string]struct {
		sent     int
		complete bool
		want     []string
	}{
		"most of the cells":   {1, true, []string{"The complete return ends 9 of the 10 cells held for its months and staff groups."}},
		"more than 20 in 100": {7, true, []string{"The complete return ends 3 of the 10 cells held for its months and staff groups."}},
		"just 20 in 100":      {8, true, nil},
		"a part":              {1, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			faults := domain.NewFindings()
			domain.PlanVacancies(rowsOf(held[:c.sent]...), c.complete, append(slices.Clone(held), other), nil, faults)
			if got := findingsOf(faults, domain.FindingCompleteEnds); !slices.Equal(got, c.want) {
				t.Errorf("findings are %q, want %q", got, c.want)
			}
		})
	}
}
