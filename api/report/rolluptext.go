package report

import (
	"fmt"

	"skillstracker/domain"
)

const (
	noteReporting      note = "Organisations reporting are those with a vacancy return for the month, organisations expected those from which one is due. Coverage is the one divided by the other. Figures of posts rest on the organisations that report; nothing is estimated for the others."
	noteListed         note = "Staff in post are the people who, by the staff lists of the organisations that have sent one, are employed on the date, each counted once in each organisation. Bank, honorary and non-executive contracts are left out. Organisations without a staff list are in none of the figures about people."
	noteAreaCompletion note = "Completion rate is the staff in post with a current assessment against the framework divided by all staff in post, both as they are shown."
	noteAreaTarget     note = "Share at or above target is of the people with a current assessment and a target: those who are at or above their target in every competence, or, for a checklist of tasks, who reached every threshold. It is not applicable when nobody has a target."
	noteICB            note = "ICB is short for integrated care board. An organisation without one, or of which it is not known, is not recorded."
	noteReturn         note = "Reported: a vacancy return is held for the month. Late: one is due and not held. Never: no vacancy return has ever been received. Not expected: returns were received for other months only, and none is due for this one."
	noteLastReceived   note = "The day on which the organisation last sent a file of this kind that was stored and has not been withdrawn, whatever month it was about. It is not applicable when none was received."
)

// scope returns the line that says what a sheet is about.
func (in RollupInput) scope() []string {
	return []string{fmt.Sprintf("Area: %s. Source: vacancy returns, staff lists and assessments of its organisations.", in.name())}
}

// ofScope says which organisations have a row of their own.
func (in RollupInput) ofScope() string {
	if in.WholeScope {
		return "Every organisation of the area from which a return is due, or that has sent something, has a row."
	}
	return "Only the organisations of the reader's own scope have a row. All others are in the figures of the area alone."
}

func (in RollupInput) coverParts() coverParts {
	f := in.Framework
	return coverParts{
		about: []string{
			fmt.Sprintf("How many posts of %s stand empty, how many of them are digital, and how digitally able its staff are.", in.name()),
			"For planners and boards: figures by region, integrated care board, organisation, staff group and sector, as far as the area has them, and how they have changed over a year.",
			in.ofScope(),
		},
		coverage: in.coverage(),
		source:   "Monthly vacancy returns, staff lists and digital-literacy assessments that organisations have sent to the Digital Workforce Skills Tracker.",
		made: []section{
			{"How figures are made", []string{
				string(noteVacancy),
				string(noteRate),
				string(noteUnlike),
				string(noteListed),
				string(noteAreaTarget),
				"Figures of an area are sums over its organisations, and rates are worked out from sums. No average of averages is taken. An organisation that has not reported is not counted as having none.",
				stockLine + " Nothing is carried forward from an earlier month.",
			}},
			{"Membership", []string{in.membership()}},
			{"Framework", []string{fmt.Sprintf("%s: code %s, version %s.", plain(f.Name), f.Framework, f.Version)}},
		},
		next: in.nextMonth(),
	}
}

func (in RollupInput) membership() string {
	if in.Receipt.Basis == domain.BasisAsNow {
		return "As now: an organisation counts in the integrated care board and the region to which it, or its successor, belongs on the day on which this workbook was made."
	}
	return "As was: an organisation counts in the integrated care board and the region to which it belonged on the date of each figure."
}

func (in RollupInput) coverage() []string {
	all := in.overall()
	posts := all.posts.posts
	lines := []string{fmt.Sprintf("Vacancy return for %s: sent by %s of %s from which it was due.", in.AsAt.MonthLabel(), grouped(posts.Reporting), organisations(posts.Expected))}
	if all.skills != nil {
		lines = append(lines, fmt.Sprintf("Staff list: sent by %s.", organisations(all.skills.Listed)))
	} else {
		lines = append(lines, "No staff list or assessment is held.")
	}
	if posts.Estimated > 0 {
		lines = append(lines, fmt.Sprintf("The membership of %s is that of the first known edition of the register, which is later than the date.", organisations(posts.Estimated)))
	}
	return lines
}

func organisations(n int) string {
	if n == 1 {
		return "1 organisation"
	}
	return grouped(n) + " organisations"
}

// areaGeography says what a report about an area is about.
func (a About) areaGeography() []string {
	kind := "the nation"
	switch a.Receipt.Area.Kind { //nolint:exhaustive // the other dimensions are no areas
	case domain.ByICB:
		kind = "integrated care board"
	case domain.ByRegion:
		kind = "region"
	}
	return []string{
		fmt.Sprintf("Figures are as at %s.", a.AsAt.LongLabel()),
		fmt.Sprintf("Area: %s.", a.name()),
		fmt.Sprintf("Kind of area: %s.", kind),
	}
}
