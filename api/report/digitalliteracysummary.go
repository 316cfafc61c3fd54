package report

import (
	"fmt"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// skillsMeasure is a figure of a row of totals of everybody.
type skillsMeasure struct {
	label  string
	notes  []note
	figure func(disclosure.Skills) value
}

// shares are the measures about all competences together.
func (in DigitalLiteracyInput) shares() []skillsMeasure {
	list := []skillsMeasure{
		{"Completion rate (per cent)", []note{noteCompletion}, func(s disclosure.Skills) value { return shareValue(s.CompletionRate) }},
		{"Share at or above target in every competence (per cent)", []note{noteReached}, reachedTargets},
	}
	if in.checklist() {
		list = append(list, skillsMeasure{"Share who reached every threshold (per cent)", []note{noteThresholds}, reachedThresholds})
	}
	return list
}

func (in DigitalLiteracyInput) summaryMeasures() []skillsMeasure {
	shares := in.shares()
	list := []skillsMeasure{
		{"Staff in post (people)", []note{noteStaffInPost}, func(s disclosure.Skills) value { return countValue(s.StaffInPost) }},
		{"Staff assessed (people)", []note{in.noteAssessed()}, func(s disclosure.Skills) value { return countValue(s.Assessed) }},
		shares[0],
		{"Due in 90 days (people)", []note{in.noteDue()}, func(s disclosure.Skills) value { return countValue(s.Due) }},
		{"Overdue (people)", []note{in.noteDue()}, func(s disclosure.Skills) value { return countValue(s.Overdue) }},
		{"Never assessed (people)", []note{in.noteDue()}, func(s disclosure.Skills) value { return countValue(s.NeverAssessed) }},
	}
	return append(list, shares[1:]...)
}

func (in DigitalLiteracyInput) summary(this, before skillsPeriod) *sheet {
	s := &sheet{
		name:  "Summary",
		about: "Main figures with those of the month before and the targets",
		title: in.sheetTitle("Digital literacy summary"),
		table: "digital_literacy_summary",
		lines: append(in.scope(),
			fmt.Sprintf("This period is %s and the previous period is %s.", in.AsAt.LongLabel(), in.PreviousAsAt().LongLabel()),
			"All figures are shown to one decimal place. Change is this period less the previous one; for rates, percentage points.",
		),
		columns: []column{
			{header: "Measure", kind: kindText},
			{header: "This period (unit varies)", kind: kindOne},
			{header: "Previous period (unit varies)", kind: kindOne},
			{header: "Change (unit varies)", kind: kindChange},
			{header: "Target (unit varies)", kind: kindOne, notes: []note{noteTarget}},
		},
	}
	add := func(label, now, then, target value) {
		s.rows = append(s.rows, []value{label, now, then, change(now, then), target})
	}
	none := absent(domain.StatusNotApplicable)
	for _, m := range in.summaryMeasures() {
		add(textValue(m.label, m.notes...), this.figure(m.figure), before.figure(m.figure), none)
	}
	name, gap, at := this.largestGap()
	_, then, _ := before.largestGap()
	label := "Largest mean gap to target"
	if at >= 0 {
		then = before.competences[at].gaps(meanGap)
		if this.withholdsGap() {
			label += " of those shown"
		}
		label += ": " + name.text
	}
	add(textValue(label+" (levels)", noteGap, noteLargest), gap, then, none)
	for i, c := range this.competences {
		add(textValue(c.Name+" (mean level)", in.noteAverages()), averageValue(c.distribution.Mean), averageValue(before.competences[i].distribution.Mean), c.target())
	}
	return s
}
