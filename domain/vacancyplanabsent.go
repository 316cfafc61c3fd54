package domain

import (
	"fmt"
	"strings"
)

// absentListed is the number of absent cells that one finding writes out.
const absentListed = 10

// stray notes a row with an error whose key could not be read, so that it may be
// about any cell: such a part of the key is empty, unlike one that is not given. A
// row whose whole key could be read stands for its own cell, held or not.
func (p *vacancyPlanner) stray(key *VacancyKey) {
	if key.Month == 0 || key.StaffGroup == "" || key.JobRole == "" || key.Band == "" || key.AreaOfWork == "" {
		p.strays[sectionOf(key)]++
	}
}

// straysOf counts the rows with unread keys that may be about cells of a section: its own
// and those whose month or staff group could not be read.
func (p *vacancyPlanner) straysOf(section vacancySection) int {
	count := 0
	for stray, rows := range p.strays {
		sameMonth := stray.Month == section.Month || stray.Month == 0
		sameGroup := stray.StaffGroup == section.StaffGroup || stray.StaffGroup == ""
		if sameMonth && sameGroup {
			count += rows
		}
	}
	return count
}

// reportAbsent adds one finding for each month and staff group with absent cells.
// Where rows with errors are left out, as many absent cells as such rows may be about
// are no finding: they stay as they are held.
func (p *vacancyPlanner) reportAbsent(faults *Findings) {
	absent := p.absent // in the order of their keys
	for first := 0; first < len(absent); {
		next := first + 1
		for next < len(absent) && sectionOf(absent[next]) == sectionOf(absent[first]) {
			next++
		}
		if !p.validRows || next-first > p.straysOf(sectionOf(absent[first])) {
			faults.Add(FindingCellsAbsent, Cell{}, absentText(absent[first:next], faults.BadRows() > 0))
		}
		first = next
	}
}

// warnEnded warns of a complete file that ends many of the cells held for its months
// and staff groups.
func (p *vacancyPlanner) warnEnded(faults *Findings) {
	if ended := p.plan.Counts.Ended; endsMany(ended, p.reported) && !faults.OfFile() {
		faults.Add(FindingCompleteEnds, Cell{}, fmt.Sprintf(
			"The complete return ends %d of the %d cells held for its months and staff groups.", ended, p.reported,
		))
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
