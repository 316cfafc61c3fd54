package domain

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// CompareWithStaffList warns of months in which the contracted FTE of a staff group
// is far from the FTE of staff in post that the staff list has for the group at the
// month end: by more than 20 per cent of the staff list's and by more than 1 FTE.
//
// The thresholds are ours, no source sets one. 20 per cent is what DESIGN 4 has for
// the jump from month to month: a return and a staff list are taken some days apart
// and by different rules, so that smaller differences are usual. Below 1 FTE the
// share says nothing, because one part-timer is more than 20 per cent of a small
// group.
//
// inPost holds the FTE by staff group of the months whose end a staff list covers; a
// group that is not in it has nobody in post. A staff group with a cell whose
// contracted FTE is not known or not stated is not compared, nor one that the return
// does not break out: its sum would be a part of the whole.
func (p *VacancyPlan) CompareWithStaffList(inPost map[Date]map[string]FTE, faults *Findings) {
	for _, month := range slices.Sorted(maps.Keys(inPost)) {
		contracted := make(map[string]FTE)
		partly := make(map[string]bool)
		for i := range p.After {
			cell := &p.After[i]
			switch {
			case cell.Key.Month != month:
			case cell.Measures.Contracted.State == Known:
				contracted[cell.Key.StaffGroup] += FTE(cell.Measures.Contracted.Value)
			default:
				partly[cell.Key.StaffGroup] = true
			}
		}
		var far []string
		for _, group := range slices.Sorted(maps.Keys(contracted)) {
			listed := inPost[month][group]
			if !partly[group] && farApart(contracted[group], listed) {
				far = append(far, fmt.Sprintf("staff group %s has %s in the return and %s on the staff list", group, contracted[group], listed))
			}
		}
		if len(far) > 0 {
			faults.Add(FindingReturnStaffList, Cell{}, fmt.Sprintf(
				"The contracted FTE of %s is far from the FTE of the staff list: %s.", month.MonthLabel(), strings.Join(far, "; "),
			))
		}
	}
}

// farApart says whether two FTE differ by more than 20 per cent of the second and by
// more than one.
func farApart(returned, listed FTE) bool {
	difference := returned - listed
	if difference < 0 {
		difference = -difference
	}
	return difference > FTEUnit && 5*difference > listed
}
