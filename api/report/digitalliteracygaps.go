package report

import (
	"fmt"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// levelByGroup returns a sheet of the mean level of each competence by staff group.
func (in DigitalLiteracyInput) levelByGroup(groups []skillsGroup, this skillsPeriod) *sheet {
	s := in.matrix(groups, this, "mean level", "level", func(c competenceFigures) value { return averageValue(c.distribution.Mean) })
	s.name, s.table = "Level_by_group", "digital_literacy_level_by_group"
	s.about, s.title = "Mean level of each competence by staff group", in.sheetTitle("Mean level of each competence by staff group")
	s.titleNotes = []note{in.noteAverages()}
	return s
}

// gapByGroup returns a sheet of the mean gap of each competence by staff group: the heat
// map of the management profile.
func (in DigitalLiteracyInput) gapByGroup(groups []skillsGroup, this skillsPeriod) *sheet {
	s := in.matrix(groups, this, "mean gap", "levels", func(c competenceFigures) value { return c.gaps(meanGap) })
	s.name, s.table = "Domain_by_group", "digital_literacy_domain_by_group"
	s.about, s.title = "Mean gap to target of each competence by staff group", in.sheetTitle("Mean gap to target by staff group")
	s.titleNotes = []note{noteGap}
	for i := range in.Framework.Competences {
		s.scale = append(s.scale, 2+i)
	}
	return s
}

// matrix returns a sheet with a row for each staff group, everybody as the last, and a
// column for each competence.
func (in DigitalLiteracyInput) matrix(groups []skillsGroup, this skillsPeriod, what, unit string, figure func(competenceFigures) value) *sheet {
	s := &sheet{
		lines:   in.scope(),
		columns: []column{{header: "Staff group code", kind: kindCode}, {header: "Staff group", kind: kindText}},
	}
	for _, c := range in.Framework.Competences {
		s.columns = append(s.columns, column{header: fmt.Sprintf("%s: %s, %s (%s)", c.Code, c.Name, what, unit), kind: kindTwo})
	}
	add := func(cells []value, p skillsPeriod) {
		for _, c := range p.competences {
			cells = append(cells, figure(c))
		}
		s.rows = append(s.rows, cells)
	}
	for _, g := range groups {
		add(g.cells(), g.skillsPeriod)
	}
	if len(groups) > 0 && this.everybody != nil {
		add(allOf("staff group"), this)
	}
	return s
}

// priorityGaps returns a sheet of the competences of staff groups in which most is to be
// done, first. Those of which nobody has a target are left out.
func (in DigitalLiteracyInput) priorityGaps() (*sheet, error) {
	s := &sheet{
		name:       "Priority_gaps",
		about:      "Competences and staff groups in the order of what is most to be done",
		title:      in.sheetTitle("Priority gaps by competence and staff group"),
		titleNotes: []note{notePriorities},
		table:      "digital_literacy_priority_gaps",
		lines:      append(in.scope(), "Competences and staff groups in which nobody has a target are left out."),
		columns: []column{
			{header: "Competence code", kind: kindCode},
			{header: "Competence", kind: kindText},
			{header: "Staff group code", kind: kindCode},
			{header: "Staff group", kind: kindText},
			{header: "Rank (number)", kind: kindWhole},
			{header: "Staff below target (people)", kind: kindWhole},
			{header: "Mean gap (levels)", kind: kindTwo, notes: []note{noteGap}},
			{header: "Person levels to close (levels)", kind: kindWhole},
			{header: "Target level (level)", kind: kindWhole, notes: []note{noteTarget}},
		},
	}
	names := staffGroupNames(in.StaffGroups)
	for _, p := range in.Priorities {
		i, known := in.Framework.CompetenceIndex(p.Competence)
		if !known {
			return nil, fmt.Errorf("report: competence %q of a priority is not in framework %s %s", p.Competence, in.Framework.Framework, in.Framework.Version)
		}
		if p.Gaps == nil {
			continue
		}
		group, err := inOrder([]disclosure.Skills{p.Skills}, names, func(s disclosure.Skills) string { return s.StaffGroup })
		if err != nil {
			return nil, err
		}
		rank := numberValue(float64(p.Rank))
		if p.Rank == 0 {
			rank = absent(p.Gaps.ToClose.Status)
		}
		target := absent(domain.StatusNotApplicable)
		if p.Target != nil {
			target = numberValue(float64(*p.Target))
		}
		c := in.Framework.Competences[i]
		row := append([]value{textValue(c.Code), textValue(c.Name)}, group[0].cells()...)
		s.rows = append(s.rows, append(row, rank, countValue(p.Gaps.Below), averageValue(p.Gaps.Mean), countValue(p.Gaps.ToClose), target))
	}
	return s, nil
}
