package check

import "strings"

// coverHeadings are those that the cover of a publication needs.
func coverHeadings() []string {
	return []string{"About", "Period and geography", "Source", "Status", "Published", "Next update", "Shorthand", "Notes", "Contact"}
}

// cover checks the cover sheet.
func (c *checker) cover() {
	s := c.coverSheet()
	if s == nil {
		const why = "the workbook has no cover; see WB-01"
		c.unasked["CV-01"], c.unasked["CV-02"] = why, why
		return
	}
	if s.seen.beside.row > 0 {
		c.breach("CV-01", s, s.seen.beside, "The cover has a value outside column A, where screen readers look for text.", "Move everything to column A, one paragraph in each cell.")
	}
	there := map[string]bool{}
	for _, l := range s.seen.top {
		text, _, _ := strings.Cut(l.text, " (")
		there[strings.ToLower(strings.TrimSuffix(plain(text), ":"))] = true
	}
	var missing []string
	for _, heading := range coverHeadings() {
		if !there[strings.ToLower(heading)] {
			missing = append(missing, heading)
		}
	}
	if len(missing) > 0 {
		c.breach("CV-02", s, cellRef{}, "The cover lacks the headings "+strings.Join(missing, ", ")+".", "Add each as a cell of column A in the style Heading 2, with a paragraph below it.")
	}
	for _, h := range s.seen.headings {
		c.breach("SH-02", s, cellRef{1, h.row}, "The heading "+quoted(h.text)+" does not have the cell style Heading 2.", "Give it the style: Home, Cell Styles, Heading 2.")
	}
}
