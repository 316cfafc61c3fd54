package report

import (
	"fmt"
	"slices"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

func (in DigitalLiteracyInput) byDomain(this, before skillsPeriod) *sheet {
	s := &sheet{
		name:       "By_domain",
		about:      "Staff assessed, average, share at each level and gap to target, by competence",
		title:      in.sheetTitle("Digital literacy by competence"),
		titleNotes: []note{in.noteLevels()},
		table:      "digital_literacy_by_domain",
		lines:      in.scope(),
		columns: []column{
			{header: "Domain code", kind: kindCode},
			{header: "Domain", kind: kindText},
			{header: "Competence code", kind: kindCode},
			{header: "Competence", kind: kindText},
			{header: "Staff assessed (people)", kind: kindWhole, notes: []note{noteAnswered}},
			{header: "Mean level (level)", kind: kindTwo, notes: []note{in.noteAverages()}},
			{header: "Median level (level)", kind: kindOne, notes: []note{in.noteAverages()}},
		},
	}
	for level := range int(in.Framework.MaxLevel()) + 1 {
		s.columns = append(s.columns, column{header: fmt.Sprintf("Share at level %d (per cent)", level), kind: kindOne})
	}
	s.columns = append(s.columns,
		column{header: "Target level (level)", kind: kindWhole, notes: []note{noteTarget}},
		column{header: gapHeader, kind: kindTwo, notes: []note{noteGap}},
		column{header: "Share at or above target (per cent)", kind: kindOne, notes: []note{noteAtTarget}},
		column{header: "Change since previous period (percentage points)", kind: kindChange, notes: []note{noteChange}},
	)
	areas := map[string]string{}
	for _, area := range in.Framework.Domains {
		areas[area.Code] = area.Name
	}
	for i, c := range this.competences {
		d := c.distribution
		row := []value{textValue(c.Domain), textValue(areas[c.Domain]), textValue(c.Code), textValue(c.Name), countValue(d.Base), averageValue(d.Mean), averageValue(d.Median)}
		if areas[c.Domain] == "" {
			row[0], row[1] = absent(domain.StatusNotApplicable), textValue("None")
		}
		for level := range int(in.Framework.MaxLevel()) + 1 {
			row = append(row, shareAt(d, level))
		}
		now := c.gaps(reached)
		s.rows = append(s.rows, append(row, c.target(), c.gaps(meanGap), now, change(now, before.competences[i].gaps(reached))))
	}
	return s
}

// gapHeader is the header of mean gaps, which a chart looks for.
const gapHeader = "Gap to target (levels)"

// shareAt returns the share of people at a level, not applicable when there is no such
// level.
func shareAt(d disclosure.Distribution, level int) value {
	if level >= len(d.Shares) {
		return absent(domain.StatusNotApplicable)
	}
	return shareValue(d.Shares[level])
}

// levelGroup is a run of neighbouring levels.
type levelGroup struct{ first, last int }

// mostLevelGroups is the number of parts of a bar that can be told apart (rule CH-01).
const mostLevelGroups = 4

// levelGroups parts the levels from 0 to the highest into at most four groups of as many
// levels each, the first ones of one more where that does not come out even.
func levelGroups(highest int) []levelGroup {
	levels := highest + 1
	number := min(levels, mostLevelGroups)
	groups := make([]levelGroup, number)
	next := 0
	for i := range groups {
		size := levels / number
		if i < levels%number {
			size++
		}
		groups[i] = levelGroup{next, next + size - 1}
		next += size
	}
	return groups
}

func (g levelGroup) header() string {
	switch g.last - g.first {
	case 0:
		return fmt.Sprintf("Level %d (per cent)", g.first)
	case 1:
		return fmt.Sprintf("Level %d or %d (per cent)", g.first, g.last)
	}
	return fmt.Sprintf("Levels %d to %d (per cent)", g.first, g.last)
}

// share adds up the shares of the levels of a group as they are shown; it is absent when
// one of them is, and not applicable when the competence has none of these levels.
func (g levelGroup) share(d disclosure.Distribution) value {
	sum, some := 0.0, false
	for level := g.first; level <= min(g.last, len(d.Shares)-1); level++ {
		share := shareAt(d, level)
		if !share.isNumber {
			return share
		}
		sum, some = sum+share.number, true
	}
	if !some {
		return absent(domain.StatusNotApplicable)
	}
	return numberValue(sum)
}

// byLevelGroup returns the sheet of the chart of levels.
func (in DigitalLiteracyInput) byLevelGroup(this skillsPeriod) *sheet {
	s := &sheet{
		name:       "By_level_group",
		about:      "Share of staff in up to four groups of levels, by competence",
		title:      in.sheetTitle("Digital literacy by competence and group of levels"),
		titleNotes: []note{in.noteLevels()},
		table:      "digital_literacy_by_level_group",
		lines:      append(in.scope(), "Shares are those of the worksheet By_domain added up as they are shown there."),
		columns: []column{
			{header: "Competence code", kind: kindCode},
			{header: "Competence", kind: kindText},
			{header: "Staff assessed (people)", kind: kindWhole, notes: []note{noteAnswered}},
		},
	}
	groups := levelGroups(int(in.Framework.MaxLevel()))
	for _, g := range groups {
		s.columns = append(s.columns, column{header: g.header(), kind: kindOne})
	}
	for _, c := range this.competences {
		row := []value{textValue(c.Code), textValue(c.Name), countValue(c.distribution.Base)}
		for _, g := range groups {
			row = append(row, g.share(c.distribution))
		}
		s.rows = append(s.rows, row)
	}
	var parts []int
	for i := range groups {
		parts = append(parts, len(s.columns)-len(groups)+i)
	}
	if slices.ContainsFunc(s.rows, func(row []value) bool { return complete(row, parts) && !addsUp(s, row, parts) }) {
		s.lines = append(s.lines, "The shares of some competences do not add up to about 100 per cent, because those of so few staff are rounded far. No chart shows them.")
	}
	return s
}
