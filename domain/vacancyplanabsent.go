package domain

import (
	"fmt"
	"strings"
)

// absentListed is the number of absent cells that one finding writes out.
const absentListed = 10

// reportAbsent adds one finding for each month and staff group with absent
// cells, which are in the order of their keys.
func reportAbsent(absent []*VacancyKey, faults *Findings) {
	for first := 0; first < len(absent); {
		next := first + 1
		for next < len(absent) && sectionOf(absent[next]) == sectionOf(absent[first]) {
			next++
		}
		faults.Add(FindingCellsAbsent, Cell{}, absentText(absent[first:next], faults.BadRows() > 0))
		first = next
	}
}

// absentText names the absent cells of one month and staff group by their codes.
func absentText(keys []*VacancyKey, badRows bool) string {
	var text strings.Builder
	if len(keys) == 1 {
		text.WriteString("1 cell held")
	} else {
		fmt.Fprintf(&text, "%d cells held", len(keys))
	}
	fmt.Fprintf(&text, " for %s and staff group %s", keys[0].Month.MonthLabel(), keys[0].StaffGroup)
	if len(keys) == 1 {
		text.WriteString(" is absent from the file: ")
	} else {
		text.WriteString(" are absent from the file: ")
	}
	for i, key := range keys[:min(len(keys), absentListed)] {
		if i > 0 {
			text.WriteString("; ")
		}
		text.WriteString(breakdownText(key))
	}
	if len(keys) > absentListed {
		fmt.Fprintf(&text, "; and %d more", len(keys)-absentListed)
	}
	text.WriteString(".")
	if badRows {
		text.WriteString(" Some of them may be rows of the file that have an error.")
	}
	return text.String()
}

func breakdownText(key *VacancyKey) string {
	var parts []string
	for _, part := range []struct{ name, code string }{
		{"job role ", key.JobRole}, {"band ", key.Band}, {"area of work ", key.AreaOfWork},
	} {
		if part.code != NotGiven {
			parts = append(parts, part.name+part.code)
		}
	}
	if len(parts) == 0 {
		return "the part that is not broken down"
	}
	return strings.Join(parts, ", ")
}
