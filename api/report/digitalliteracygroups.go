package report

import (
	"fmt"
	"strings"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// skillsList is one thing by which a sheet breaks people down.
type skillsList struct {
	SkillsGroups
	name      string // of the sheet
	by, label string // such as "staff group" and "Staff group"
	codes     []named
	coded     bool // the codes stand in a column of their own
	of        func(disclosure.Skills) string
}

// lists are the things by which the report breaks people down, staff groups first and
// teams, where they may be seen, last.
func (in DigitalLiteracyInput) lists() []skillsList {
	lists := []skillsList{
		{in.ByStaffGroup, "By_staff_group", "staff group", "Staff group", staffGroupNames(in.StaffGroups), true, func(s disclosure.Skills) string { return s.StaffGroup }},
		{in.ByBand, "By_band", "band", "Band", bandNames(in.Bands), true, func(s disclosure.Skills) string { return s.Band }},
	}
	if in.ByTeam == nil {
		return lists
	}
	return append(lists, skillsList{*in.ByTeam, "By_team", "team", "Team", teamNames(inMonth(in.ByTeam.ByMonth, in.AsAt)), false, func(s disclosure.Skills) string { return s.Team }})
}

// teamNames are the teams of rows in their order.
func teamNames(rows []disclosure.Skills) []named {
	var list []named
	seen := map[string]bool{"": true}
	for _, row := range rows {
		if !seen[row.Team] {
			seen[row.Team] = true
			list = append(list, named{row.Team, teamLabel(row.Team)})
		}
	}
	return list
}

// labels are the columns that name a group.
func (l skillsList) labels() []column {
	if !l.coded {
		return []column{{header: l.label, kind: kindText}}
	}
	return []column{{header: l.label + " code", kind: kindCode}, {header: l.label, kind: kindText}}
}

// skillsGroup is one group of a list with what the totals say of it.
type skillsGroup struct {
	labelled[disclosure.Skills]
	skillsPeriod
	previous *disclosure.Skills
	coded    bool
}

// cells name the group.
func (g skillsGroup) cells() []value {
	if !g.coded {
		return g.labelled.cells()[1:]
	}
	return g.labelled.cells()
}

// groups returns the groups of a list at the report's date, in the order of the list.
func (in DigitalLiteracyInput) groups(list skillsList) ([]skillsGroup, error) {
	rows, err := inOrder(inMonth(list.ByMonth, in.AsAt), list.codes, list.of)
	if err != nil {
		return nil, err
	}
	previous := map[string]*disclosure.Skills{}
	for _, row := range inMonth(list.ByMonth, in.PreviousAsAt()) {
		previous[list.of(row)] = &row
	}
	competences := map[string][]disclosure.Skills{}
	for _, row := range list.ByCompetence {
		competences[list.of(row)] = append(competences[list.of(row)], row)
	}
	groups := make([]skillsGroup, len(rows))
	for i, row := range rows {
		period, err := in.periodOf(&row.row, competences[row.code])
		if err != nil {
			return nil, fmt.Errorf("%s %q: %w", list.by, row.code, err)
		}
		groups[i] = skillsGroup{row, period, previous[row.code], list.coded}
		delete(competences, row.code)
	}
	for unknown := range competences {
		return nil, fmt.Errorf("report: %s %q has rows of totals by competence and none without", list.by, unknown)
	}
	return groups, nil
}

// allOf returns the cells that name a row of totals.
func (l skillsList) allOf() []value {
	all := allOf(l.by)
	if !l.coded {
		return all[1:]
	}
	return all
}

// byList returns a sheet of the main figures by a list, with everybody as the last row.
func (in DigitalLiteracyInput) byList(list skillsList, groups []skillsGroup, this, before skillsPeriod) *sheet {
	s := &sheet{
		name:  list.name,
		about: "Staff assessed, completion, share at target and largest gap by " + list.by,
		title: in.sheetTitle("Digital literacy by " + list.by),
		table: "digital_literacy_" + strings.ToLower(list.name),
		lines: in.scope(),
		// A text beside figures on its left would run into them.
		columns: append(list.labels(),
			column{header: "Largest gap competence", kind: kindText, notes: []note{noteLargest}},
			column{header: "Staff in post (people)", kind: kindWhole, notes: []note{noteStaffInPost}},
			column{header: "Staff assessed (people)", kind: kindWhole, notes: []note{in.noteAssessed()}}),
	}
	for _, m := range in.shares() {
		s.columns = append(s.columns, column{header: m.label, kind: kindOne, notes: m.notes})
	}
	s.columns = append(s.columns,
		column{header: "Largest mean gap (levels)", kind: kindTwo, notes: []note{noteGap}},
		column{header: "Change in share at or above target (percentage points)", kind: kindChange, notes: []note{noteChange}})
	figures := func(p skillsPeriod, previous *disclosure.Skills) []value {
		name, gap, _ := p.largestGap()
		cells := []value{
			name,
			p.figure(func(s disclosure.Skills) value { return countValue(s.StaffInPost) }),
			p.figure(func(s disclosure.Skills) value { return countValue(s.Assessed) }),
		}
		for _, m := range in.shares() {
			cells = append(cells, p.figure(m.figure))
		}
		return append(cells, gap, change(p.figure(reachedTargets), skillsPeriod{everybody: previous}.figure(reachedTargets)))
	}
	for _, g := range groups {
		s.rows = append(s.rows, append(g.cells(), figures(g.skillsPeriod, g.previous)...))
	}
	if s.noneShown("Largest gap competence", targetsHeader, "Largest mean gap (levels)") {
		s.lines = append(s.lines, fmt.Sprintf("Figures about targets and gaps are shown for no %s, because none has enough people for them; see Disclosure control on the Cover.", list.by))
	}
	if len(groups) > 0 && this.everybody != nil {
		s.rows = append(s.rows, append(list.allOf(), figures(this, before.everybody)...))
	}
	return s
}

// noneShown says whether no figure is shown in the columns with these headers and some of
// them are withheld.
func (s *sheet) noneShown(headers ...string) bool {
	withheld := false
	for _, header := range headers {
		column := s.columnOf(header)
		for _, row := range s.rows {
			switch row[column].text {
			case absent(domain.StatusConfidential).text:
				withheld = true
			case absent(domain.StatusNotApplicable).text, absent(domain.StatusNotAvailable).text:
			default:
				return false
			}
		}
	}
	return withheld
}

// completion returns a sheet of where people stand with assessments, by the finest list
// that the reader may see.
func (in DigitalLiteracyInput) completion(list skillsList, groups []skillsGroup, this skillsPeriod) *sheet {
	s := &sheet{
		name:  "Completion",
		about: "Assessments current, due, overdue and never made, by " + list.by,
		title: in.sheetTitle("Completion of assessments by " + list.by),
		table: "digital_literacy_completion",
		lines: in.scope(),
		columns: append(list.labels(),
			column{header: "Staff in post (people)", kind: kindWhole, notes: []note{noteStaffInPost}},
			column{header: "Assessed, current (people)", kind: kindWhole, notes: []note{in.noteAssessed()}},
			column{header: "Completion rate (per cent)", kind: kindOne, notes: []note{noteCompletion}},
			column{header: "Due in 90 days (people)", kind: kindWhole, notes: []note{in.noteDue()}},
			column{header: "Overdue (people)", kind: kindWhole, notes: []note{in.noteDue()}},
			column{header: "Never assessed (people)", kind: kindWhole, notes: []note{in.noteDue()}}),
	}
	figures := func(r disclosure.Skills) []value {
		return []value{
			countValue(r.StaffInPost), countValue(r.AssessedListed), shareValue(r.CompletionRate), countValue(r.Due), countValue(r.Overdue), countValue(r.NeverAssessed),
		}
	}
	for _, g := range groups {
		s.rows = append(s.rows, append(g.cells(), figures(g.row)...))
	}
	if len(groups) > 0 && this.everybody != nil {
		s.rows = append(s.rows, append(list.allOf(), figures(*this.everybody)...))
	}
	return s
}

// allOf returns the code and the name of a row of totals.
func allOf(by string) []value {
	return []value{absent(domain.StatusNotApplicable), textValue("All " + by + "s")}
}
