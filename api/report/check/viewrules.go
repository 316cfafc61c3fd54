package check

import "fmt"

func (c *checker) view(s *sheet) {
	l := &s.layout
	if s.seen.hiddenRows > 0 && !c.says(s, "hidden") {
		c.breach("SH-10", s, cellRef{0, s.seen.hiddenRow}, fmt.Sprintf("The row is hidden, as are %d of the sheet.", s.seen.hiddenRows), hiddenAdvice)
	}
	if l.hideRows && !c.says(s, "hidden") {
		c.breach("SH-10", s, cellRef{}, "All rows that are not named are hidden.", hiddenAdvice)
	}
	for _, span := range l.columns {
		if (span.hidden || span.width == 0) && !c.says(s, "hidden") {
			c.breach("SH-10", s, cellRef{span.from, 0}, "The column is hidden.", hiddenAdvice)
		}
	}
	if l.frozen {
		c.frozen(s)
	}
	start := l.activeCell == "" || l.activeCell == "A1" || (l.frozen && l.activeCell == l.paneCell)
	switch {
	case !start:
		c.breach("SH-16", s, cellRef{}, "The cursor is in cell "+l.activeCell+".", "Select A1 on every sheet, then the first sheet, and save.")
	case l.topLeft != "" && l.topLeft != "A1":
		c.breach("SH-16", s, cellRef{}, "The sheet opens scrolled to cell "+l.topLeft+".", "Scroll to A1 on every sheet, and save.")
	case l.zoom != 0 && l.zoom != 100:
		c.breach("SH-16", s, cellRef{}, fmt.Sprintf("The zoom is %d per cent.", l.zoom), "Set it to 100 per cent.")
	}
	if l.headers {
		c.breach("SH-13", s, cellRef{}, "The sheet has text in a page header or footer, which screen readers do not read.", "Take it out: Page Layout, Print Titles, Header/Footer; say it in column A.")
	}
	if l.comments {
		c.breach("SH-13", s, cellRef{}, "The sheet has comments or notes of cells.", "Delete them: Review, Delete; say what they say in column A or on the sheet Notes.")
	} else if l.vml {
		c.breach("SH-13", s, cellRef{}, "The sheet has a drawing of the older kind (VML), such as a picture in a header.", "Delete it.")
	}
}

const hiddenAdvice = "Show it, delete it, or say in column A above the table what is hidden and how to show it."

// frozen judges frozen panes: by the text in column A, and then by the profile.
func (c *checker) frozen(s *sheet) {
	says := c.says(s, "freeze panes") || c.says(s, "frozen panes")
	const message, advice = "Panes are frozen, which takes room from readers who zoom in and hides the top left from screen readers.",
		"Unfreeze them: View, Freeze Panes; or say in column A above the table that freeze panes are used and how to turn them off."
	switch {
	case !says:
		c.breach("SH-11", s, cellRef{}, message, advice)
	case c.opts.Profile == Management:
		before := len(c.breaches)
		c.breach("SH-11", s, cellRef{}, "Panes are frozen, and the sheet says how to turn that off.", "Nothing needs doing in this profile.")
		for i := before; i < len(c.breaches); i++ {
			c.breaches[i].Waived = true
		}
	}
}
