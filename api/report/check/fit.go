package check

import "fmt"

// checkFit looks whether a cell of a table is cut off. Estimates allow for the fonts
// of other programs, so that nothing is held against a workbook that looks right.
func (r *scan) checkFit(c *cell, col *column) {
	width := r.s.layout.width(c.col)
	switch c.kind {
	case figure:
		size := max(c.value, -c.value)
		if size <= col.widest {
			return
		}
		col.widest = size
		if need := float64(shownLength(c.value, c.look)) * 0.9 * c.look.font.scale; need > width+0.7 {
			r.breach("SH-23", r.s, c.cellRef, fmt.Sprintf("The number needs about %.0f characters, and the column is %.0f wide, so signs such as ### are shown.", need, width),
				"Make the column wider.")
		}
	case text:
		if !c.look.wrap {
			if need := widestLine(c.text, c.look.font); need*tolerance > width {
				r.breach("SH-23", r.s, c.cellRef, fmt.Sprintf("The text needs about %.0f characters, the column is %.0f wide, and the text is not wrapped, so it is cut off.", need, width),
					"Wrap the text, or make the column wider.")
				return
			}
		}
		if r.height <= 0 {
			return
		}
		lines := 1
		if c.look.wrap {
			lines = linesNeeded(c.text, c.look.font, width)
		}
		if need := float64(lines) * c.look.font.size * lineFactor; need*tolerance > r.height {
			r.breach("SH-23", r.s, c.cellRef, fmt.Sprintf("The row is fixed at %.0f points, and its text needs about %.0f, so it is cut off.", r.height, need),
				"Let the program choose the height: Format, AutoFit Row Height.")
		}
	case blank, truth, fault:
	}
}
