package domain

import (
	"cmp"
	"slices"
	"strings"
)

// sortCells returns the cells in the order of their keys.
func sortCells(cells []VacancyCell) []*VacancyCell {
	sorted := make([]*VacancyCell, len(cells))
	for i := range cells {
		sorted[i] = &cells[i]
	}
	slices.SortFunc(sorted, func(a, b *VacancyCell) int { return compareVacancyKeys(&a.Key, &b.Key) })
	return sorted
}

// compareVacancyKeys orders cells by month and then by what they are broken down by.
func compareVacancyKeys(a, b *VacancyKey) int {
	if c := cmp.Compare(a.Month, b.Month); c != 0 {
		return c
	}
	return compareBreakdowns(a, b)
}

// compareBreakdowns orders cells of whatever months by what they are broken down by.
func compareBreakdowns(a, b *VacancyKey) int {
	if c := strings.Compare(a.StaffGroup, b.StaffGroup); c != 0 {
		return c
	}
	if c := strings.Compare(a.JobRole, b.JobRole); c != 0 {
		return c
	}
	if c := strings.Compare(a.Band, b.Band); c != 0 {
		return c
	}
	return strings.Compare(a.AreaOfWork, b.AreaOfWork)
}
