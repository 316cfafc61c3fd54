package domain

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// compareReturns warns of months that repeat the month before and of totals that
// differ much from it (DESIGN 4). previous is what is held for the months before
// those of the file that the file does not report on.
func (p *vacancyPlanner) compareReturns(previous []*VacancyCell, faults *Findings) {
	reported := make(map[Date]struct{})
	for section := range p.sections {
		reported[section.Month] = struct{}{}
	}
	for _, month := range slices.Sorted(maps.Keys(reported)) {
		lastMonth := month.AddMonths(-1).MonthEnd()
		last := cellsOfMonth(previous, lastMonth)
		if _, both := reported[lastMonth]; both {
			last = cellsOfMonth(p.after, lastMonth)
		}
		if len(last) > 0 {
			compareMonths(cellsOfMonth(p.after, month), last, month, faults)
		}
	}
}

// compareMonths warns when a month is the same as, or very unlike, the one before.
func compareMonths(now, last []*VacancyCell, month Date, faults *Findings) {
	if sameReturn(now, last) {
		faults.Add(FindingReturnUnchanged, Cell{},
			fmt.Sprintf("Every figure of %s is the same as the month before.", month.MonthLabel()))
		return
	}
	for _, total := range []struct {
		name string
		of   func(*VacancyMeasures) Measure
	}{
		{"budgeted", func(m *VacancyMeasures) Measure { return m.Budgeted }},
		{"contracted", func(m *VacancyMeasures) Measure { return m.Contracted }},
	} {
		if jumps(now, last, total.of) {
			faults.Add(FindingReturnJump, Cell{}, fmt.Sprintf(
				"The total %s FTE of %s differs by more than 20 per cent from the month before.", total.name, month.MonthLabel(),
			))
		}
	}
}

// cellsOfMonth returns the part of ordered cells that belongs to a month.
func cellsOfMonth(cells []*VacancyCell, month Date) []*VacancyCell {
	byMonth := func(cell *VacancyCell, month Date) int { return cmp.Compare(cell.Key.Month, month) }
	first, _ := slices.BinarySearchFunc(cells, month, byMonth)
	next, _ := slices.BinarySearchFunc(cells, month+1, byMonth)
	return cells[first:next]
}

// sameReturn says whether two months have the same cells with the same figures.
func sameReturn(a, b []*VacancyCell) bool {
	return slices.EqualFunc(a, b, func(x, y *VacancyCell) bool {
		return compareBreakdowns(&x.Key, &y.Key) == 0 && x.Measures == y.Measures
	})
}

// jumps says whether the sums of a measure differ by more than 20 per cent of
// the second. A month in which nobody knows the measure has no sum to compare.
func jumps(cells, last []*VacancyCell, of func(*VacancyMeasures) Measure) bool {
	now, stated := sumKnown(cells, of)
	then, statedThen := sumKnown(last, of)
	if !stated || !statedThen {
		return false
	}
	difference := now - then
	if difference < 0 {
		difference = -difference
	}
	return 5*difference > max(then, -then)
}

func sumKnown(cells []*VacancyCell, of func(*VacancyMeasures) Measure) (sum int64, known bool) {
	for _, cell := range cells {
		if measure := of(&cell.Measures); measure.State == Known {
			sum += measure.Value
			known = true
		}
	}
	return sum, known
}
