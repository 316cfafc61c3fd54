package check

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// checkText holds the text of a cell and its look to the rules for all cells.
func (r *scan) checkText(c *cell) {
	s, at := r.s, c.cellRef
	k := s.linkAt[at]
	if k != nil {
		k.text = c.text
	}
	if c.facts&factRaised != 0 || c.look.font.raised {
		r.breach("SH-19", s, at, "The cell has raised or lowered letters.", "Write them on the line; refer to notes as [note 1].")
	}
	if c.look.rotation != 0 {
		r.breach("SH-19", s, at, "The text is rotated.", "Set the orientation to 0 degrees, and wrap the text instead.")
	}
	if c.facts&factItalic != 0 || c.look.font.italic {
		r.breach("SH-20", s, at, "The text is italic.", "Take the italics off; use bold, if anything.")
	}
	if (c.facts&factUnderlined != 0 || c.look.font.underline) && k == nil {
		r.breach("SH-20", s, at, "The text is underlined and is no link.", "Take the underline off, which readers take for a link.")
	}
	if c.look.indent != 0 {
		r.breach("SH-20", s, at, "The text is indented.", "Set the indent to 0; say the level in a column of its own.")
	}
	r.checkFont(c, k != nil)
	if c.kind != text {
		return
	}
	if c.facts&(factEdge|factDouble|factSpaced|factBlank) != 0 {
		r.breach("SH-22", s, at, "The text has a space at an end, two together, or letters spaced out.", "Take the extra spaces out.")
	}
	if s.role != roleCover && c.facts&factBadNote != 0 {
		r.breach("NT-01", s, at, "The text refers to a note in another form than [note 1].", "Write each reference as [note 1], and several as [note 1][note 2].")
	}
	r.checkDates(c)
}

func (r *scan) checkFont(c *cell, isLink bool) {
	s, at, f := r.s, c.cellRef, c.look.font
	const advice = "Use Arial, or another font without serifs, of 12 points or more, in the automatic colour."
	switch {
	case f.name != "" && !sansSerif(f.name):
		r.breach("SH-21", s, at, "The font "+quoted(f.name)+" is not known to be without serifs.", advice)
	case f.size < smallestSize:
		r.breach("SH-21", s, at, fmt.Sprintf("The letters have %g points; below 10 even the shortest checklist fails them.", f.size), advice)
	case f.size < leastSize:
		r.breach("SH-21", s, at, fmt.Sprintf("The letters have %g points; the least is 12.", f.size), advice)
	case c.facts&factFont != 0 && !isLink:
		r.breach("SH-21", s, at, "Part of the text has another font, a smaller size or a colour.", advice)
	case isLink && !c.look.fill.solid && contrast(c.look.text, white()) < textContrast:
		r.breach("SH-21", s, at, fmt.Sprintf("The link's colour has a contrast of %.1f to 1 with white; the least is 4.5 to 1.", contrast(c.look.text, white())),
			"Use blue #0000FF for links.")
	case !isLink && !f.colour.automatic():
		r.breach("SH-21", s, at, "The letters have a colour of their own, which readers' settings cannot change.", "Set the font colour to Automatic.")
	}
}

// The least contrast of texts, and of what is not text (WCAG 2.2, 1.4.3 and 1.4.11).
const (
	textContrast = 4.5
	lineContrast = 3.0
)

// checkDates looks for dates in other forms than the guidance wants.
func (r *scan) checkDates(c *cell) {
	if c.facts&(factDate|factQuarter) == 0 || r.s.role == roleRows {
		return
	}
	if c.facts&factDate != 0 {
		r.breach("TB-14", r.s, c.cellRef, "A date has a year of two digits, is written with strokes, or has a dash between months.",
			"Write 1 Feb 2010, 2019 to 2020, or Jan to Mar 2020.")
	}
	if c.facts&factQuarter != 0 && !r.explainsQuarter(c) {
		r.breach("TB-14", r.s, c.cellRef, "A quarter such as Q1 is not explained.", "Write Jan to Mar 2020, or explain in column A above the table which months a quarter has.")
	}
}

// explainsQuarter says whether a line of column A, up to this cell, names the months of
// a quarter.
func (r *scan) explainsQuarter(c *cell) bool {
	explains := func(text string) bool {
		return quarter.MatchString(text) && (strings.Contains(text, " to ") || strings.Contains(text, "="))
	}
	if c.col == 1 && explains(c.text) {
		return true
	}
	for _, l := range r.s.seen.top {
		if l.facts&factQuarter != 0 && explains(l.text) {
			return true
		}
	}
	return false
}

// checkColour holds fills and coloured formats to their contrast.
func (r *scan) checkColour(c *cell) {
	s, l := r.s, c.look
	if l.fill.solid {
		r.breach("SH-17", s, c.cellRef, "The cell has a fill.", "Set it to No Fill; white is a fill too.")
		switch {
		case c.kind == blank:
			if r.kind != Findings {
				r.breach("SH-18", s, c.cellRef, "The cell has a fill and no value, so its colour alone says something, or nothing.", "Write a value, or take the fill off.")
			}
		case contrast(l.text, l.back) < textContrast:
			r.breach("SH-18", s, c.cellRef, fmt.Sprintf("The letters have a contrast of %.1f to 1 with the fill; the least is 4.5 to 1.", contrast(l.text, l.back)),
				"Use a lighter fill with black letters.")
		}
	}
	if c.kind == blank {
		return
	}
	for i := range s.layout.formats {
		format := &s.layout.formats[i]
		if !format.colours(r.styles) || !format.holds(c) {
			continue
		}
		least, known := r.colours[[2]int{i, c.style}]
		if !known {
			least = format.least(r.styles, l)
			r.colours[[2]int{i, c.style}] = least
		}
		if least < textContrast {
			r.breach("SH-18", s, c.cellRef, fmt.Sprintf("Where the coloured format is darkest or lightest, the letters have a contrast of %.1f to 1 with it; the least is 4.5 to 1.", least),
				"Use light colours, such as white to #6BACE6, with black letters.")
		}
	}
}

func (f *condition) holds(c *cell) bool {
	for _, a := range f.areas {
		if a.holds(c.col, c.row) {
			return true
		}
	}
	return false
}

// colours says whether a format colours the ground of cells.
func (f *condition) colours(styles *styleSheet) bool {
	return f.kind == "colorScale" || f.kind == "dataBar" || (f.dxf >= 0 && f.dxf < len(styles.dxfs) && styles.dxfs[f.dxf].hasFill)
}

// least returns the least contrast of a cell's letters with the colours of a format.
func (f *condition) least(styles *styleSheet, l *look) float64 {
	letters := l.text
	grounds := f.scale
	for i := 1; i < len(f.scale); i++ {
		grounds = append(grounds[:len(grounds):len(grounds)], between(f.scale[i-1], f.scale[i]))
	}
	if len(f.scale) == 0 && f.dxf >= 0 && f.dxf < len(styles.dxfs) {
		d := styles.dxfs[f.dxf]
		if own, known := d.font.resolve(styles); known {
			letters = own
		}
		if ground, known := d.fill.resolve(styles); known {
			grounds = []rgb{ground}
		}
	}
	least := math.Inf(1)
	for _, ground := range grounds {
		least = min(least, contrast(letters, ground))
	}
	return least
}

// checkOutside looks at a cell outside the tables of a sheet that has some.
func (r *scan) checkOutside(c *cell) {
	last := r.s.tables[len(r.s.tables)-1].ref
	switch {
	case c.col > 1 && c.row < r.header:
		r.breach("SH-08", r.s, c.cellRef, "The cell is above the table and not in column A, where screen readers look for text.", "Move the text to column A.")
	case c.col == 1 && c.row < last.top:
	case c.row > last.bottom:
		r.breach("SH-08", r.s, c.cellRef, "The cell is below the table, where readers do not look for more.", "Move it to column A above the table, or to the notes.")
	default:
		r.breach("SH-08", r.s, c.cellRef, "The cell is to the right of the table and not part of it.", "Move it to column A above the table, or make it a column of the table.")
	}
}

// compare holds the value of a cell against those that charts keep of it.
func (r *scan) compare(c *cell, points []chartPoint) {
	for i := range points {
		points[i].seen = true
		kept, err := strconv.ParseFloat(strings.TrimSpace(points[i].value), 64)
		var same bool
		switch {
		case c.kind == figure && points[i].numbers:
			same = err == nil && math.Abs(kept-c.value) <= 1e-9*max(1, math.Abs(c.value))
		case c.kind == figure:
			same = true // a label, as the number format shows it
		case points[i].numbers:
			same = strings.TrimSpace(points[i].value) == "" || kept == 0 && err == nil && c.kind == text
		default:
			same = c.kind != blank && plain(points[i].value) == plain(c.text) || c.kind == blank && points[i].value == ""
		}
		if !same {
			r.breach("PV-03", points[i].on, cellRef{}, "A chart keeps another value of cell "+cellName(c.col, c.row)+" of sheet "+quoted(r.s.name)+" than the cell shows.",
				"Make the chart anew from the cells, or delete what it keeps (the c:numCache and c:strCache of its part).")
		}
	}
}
