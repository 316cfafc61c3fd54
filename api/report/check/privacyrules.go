package check

import (
	"strings"
)

// privacy looks for figures and people where a reader does not see them.
func (c *checker) privacy() {
	if c.kind == People && !c.marked() {
		c.always("PV-01", "", c.sheets[0], cellRef{}, "The workbook names people, and its first sheet does not say "+marking+".", "Write "+marking+" into column A of the first sheet, with who may see it.")
	}
	pivots := c.partsBelow(func(name string) bool { return strings.HasPrefix(name, "xl/pivot") })
	if len(pivots) > 0 {
		c.breach("PV-03", nil, cellRef{}, "The workbook keeps a copy of the data for a pivot table (part "+pivots[0]+").", "Delete the pivot table, or paste its values and delete what it was made from.")
	}
	for _, part := range []string{"xl/persons/", "xl/comments", "xl/threadedcomments/", "xl/model/", "xl/revisions/"} {
		found := c.partsBelow(func(name string) bool { return strings.HasPrefix(name, part) })
		if len(found) > 0 {
			c.breach("PV-03", nil, cellRef{}, "The workbook keeps comments or earlier contents (part "+found[0]+").", "Remove them: File, Info, Inspect Document.")
			break
		}
	}
	for _, s := range c.sheets {
		if s.hidden != "" && s.seen.cells > 0 && !c.exempt("WB-06", s) {
			c.breach("PV-03", s, cellRef{}, "The hidden sheet holds values that readers do not see.", "Delete the sheet.")
		}
		for _, chart := range s.charts {
			c.chartCopies(s, chart)
		}
	}
	for _, n := range c.names {
		if strings.Contains(n.refersTo, "{") {
			c.breach("PV-03", nil, cellRef{}, "The name "+quoted(n.name)+" holds values of its own.", "Delete the name: Formulas, Name Manager.")
		}
	}
}

// marked says whether the first sheet carries the marking of workbooks with people.
func (c *checker) marked() bool {
	for _, l := range c.sheets[0].seen.top {
		if strings.Contains(strings.ToUpper(l.text), marking) {
			return true
		}
	}
	return false
}

// chartCopies looks for values of a chart that are not those of cells of this workbook.
func (c *checker) chartCopies(s *sheet, chart *chart) {
	for i := range chart.series {
		for _, src := range chart.series[i].sources {
			name, _, ok := splitTarget(src.refersTo)
			if src.literal || (src.refersTo != "" && len(src.values) > 0 && (!ok || c.sheetNamed(name) == nil)) {
				c.breach("PV-03", s, cellRef{}, "A chart keeps values that are not those of cells of this workbook.", "Make the chart anew from cells of a sheet that readers can see.")
				return
			}
		}
	}
}

// unpublished says whether the cover says below its heading Status that the workbook is
// not for publication.
func (c *checker) unpublished() bool {
	s := c.coverSheet()
	if s == nil {
		return false
	}
	for i, line := range s.seen.top {
		if i > 0 && notForPublication(line.text) && strings.EqualFold(strings.TrimSuffix(plain(s.seen.top[i-1].text), ":"), "Status") {
			return true
		}
	}
	return false
}

func notForPublication(text string) bool {
	return strings.Contains(strings.ToLower(text), "not for publication")
}
