package check

import "strings"

// value notes the type, the format and the side of a cell's value.
func (b *body) value(r *scan, c *cell, col *column) {
	row := c.row
	first := func(at *int) {
		if *at == 0 {
			*at = row
		}
	}
	switch c.kind {
	case figure:
		b.figure(r, c, col, first)
		return
	case truth:
		col.truths++
		first(&col.firstTruth)
		return
	case fault:
		r.breach("TB-07", b.s, c.cellRef, "The cell holds an error value of the spreadsheet program.", "Write the figure, or shorthand such as [x], explained above the table.")
		return
	case blank, text:
	}
	if c.facts&(factNoWord|factNA) != 0 {
		r.breach("TB-07", b.s, c.cellRef, "The cell holds symbols alone, or NA, which screen readers pass over or readers take in different ways.",
			"Write shorthand such as [x] for not available or [z] for not applicable, explained above the table.")
		return
	}
	b.useMarkers(c, col.heading)
	if col.code {
		b.codeRule(r, c, col)
	}
	switch {
	case c.facts&factMarker != 0:
		col.markers++
		if c.look.horizontal != "right" {
			first(&col.offMarker)
		}
		return
	case c.facts&factNumberMarker != 0:
		col.markers++
		if c.facts&factNote != 0 {
			col.notes++
			first(&col.firstNote)
		} else {
			first(&col.firstMarked)
		}
		return
	case c.facts&factNote != 0 && strings.TrimSpace(noteMarker.ReplaceAllString(c.text, "")) == "":
		col.notes++
		first(&col.firstNote)
		return
	case c.facts&factNumber != 0:
		col.numberTexts++
		first(&col.firstNumberText)
		return
	}
	if strings.EqualFold(c.text, "No records") {
		b.noRows = true
	}
	col.texts++
	first(&col.firstText)
	if side := c.look.horizontal; side != "" && side != "general" && side != "left" {
		first(&col.offLeft)
	}
}

func (b *body) figure(r *scan, c *cell, col *column, first func(*int)) {
	if c.look.date {
		col.dates++
		bare := bareFormat(c.look.format)
		if strings.Contains(bare, "/") || (strings.Contains(bare, "yy") && !strings.Contains(bare, "yyyy")) {
			first(&col.badDate)
		}
		return
	}
	if col.code {
		r.breach("TB-15", b.s, c.cellRef, "The cell holds a code as a number, which loses zeros at its front.", "Store codes as text.")
	}
	col.figures++
	first(&col.firstFigure)
	if side := c.look.horizontal; side != "" && side != "general" && side != "right" {
		first(&col.offRight)
	}
	if c.value >= 1900 && c.value <= 2100 && c.value == float64(int(c.value)) {
		col.years++
	}
	if size := max(c.value, -c.value); size > col.most {
		col.most, col.mostFormat = size, c.look.format
	}
	for _, known := range col.formats {
		if known == c.look.format {
			return
		}
	}
	if len(col.formats) == 1 {
		col.formatRow = c.row
	}
	if len(col.formats) < 4 {
		col.formats = append(col.formats, c.look.format)
	}
}

// codeRule holds a code to its form and to the list of valid ones.
func (b *body) codeRule(r *scan, c *cell, col *column) {
	switch {
	case c.facts&factMarker != 0:
	case c.facts&factEdge != 0:
		r.breach("TB-15", b.s, c.cellRef, "The code has a space at an end, so programs do not find it.", "Take the space out.")
	case col.valid != nil && !col.valid(c.text):
		r.breach("TB-15", b.s, c.cellRef, "The code is not in the list of reference.", "Use the nationally recognised code.")
	}
}

// isYears says whether the figures of a column are years, which are labels.
func (c *column) isYears() bool {
	return c.figures > 0 && c.years == c.figures && yearHeading.MatchString(c.heading)
}
