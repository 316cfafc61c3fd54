package check

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// seenCells is what is kept of the cells of a sheet once they have been read.
type seenCells struct {
	cells       int // with a value
	top         []topLine
	formula     cellRef
	formulas    int
	firstColumn []topLine // the body of the first column, of contents and notes
	headings    []topLine // cells of the cover that look like headings and are none
	beside      cellRef   // the first cell outside column A
	titleLook   *look
	usesNotes   bool
	bodies      []*body
	hiddenRow   int
	hiddenRows  int
	used        int // the last column with a value
	shorthand   map[string]cellRef
}

// topLine is a text of column A.
type topLine struct {
	row   int
	text  string
	facts facts
}

// title returns the text of cell A1.
func (s *seenCells) title() string { return s.line(1) }

// line returns the text of a cell of column A above the table.
func (s *seenCells) line(row int) string {
	for _, l := range s.top {
		if l.row == row {
			return l.text
		}
	}
	return ""
}

type cellType uint8

const (
	blank cellType = iota
	figure
	text
	truth
	fault // such as #DIV/0!
)

// cell is a cell with its value.
type cell struct {
	cellRef
	kind  cellType
	value float64
	text  string
	facts facts
	style int
	look  *look
}

// maxTop is how many lines of column A above a table are kept, and loneTop how many
// of a sheet without a table.
const (
	maxTop  = 3000
	loneTop = 400
)

// scan reads the cells of a sheet, row by row.
type scan struct {
	*checker
	s       *sheet
	row     int
	height  float64 // of the row, in points; 0 when the program decides
	col     int
	header  int // the first row of headings; beyond all rows without a table
	nextA   int // the first row without a value in column A so far
	colours map[[2]int]float64
}

func (c *checker) readCells(ctx context.Context, s *sheet) error {
	seen := &s.seen
	seen.shorthand = map[string]cellRef{}
	if s.chart {
		return nil
	}
	r := &scan{checker: c, s: s, header: maxRows + 1, nextA: 1, colours: map[[2]int]float64{}}
	for _, t := range s.tables {
		if !t.ref.valid() {
			continue
		}
		b, err := newBody(c, s, t)
		if err != nil {
			return err
		}
		seen.bodies = append(seen.bodies, b)
		r.header = min(r.header, t.ref.top)
	}
	err := c.read(s.part, 0, func(p *puller) error {
		return p.each(func(string) error {
			return p.each(func(name string) error {
				if name != "sheetData" {
					return nil
				}
				return p.each(func(string) error {
					if err := ctx.Err(); err != nil && r.row%1024 == 0 {
						return fmt.Errorf("check sheet: %w", err)
					}
					return r.readRow(p)
				})
			})
		})
	})
	if err != nil {
		return err
	}
	r.finish()
	return nil
}

func (r *scan) readRow(p *puller) error {
	row := p.number("r", r.row+1)
	if row <= r.row || row > maxRows {
		return errHostile
	}
	r.row, r.col, r.height = row, 0, 0
	if p.on("customHeight", false) {
		r.height = p.decimal("ht", 0)
	}
	if p.on("hidden", false) {
		if r.s.seen.hiddenRows++; r.s.seen.hiddenRow == 0 {
			r.s.seen.hiddenRow = row
		}
	}
	for _, b := range r.s.seen.bodies {
		b.startRow(row)
	}
	err := p.each(func(string) error { return r.readCell(p) })
	for _, b := range r.s.seen.bodies {
		b.endRow(r)
	}
	return err
}

func (r *scan) readCell(p *puller) error {
	c := cell{cellRef: cellRef{r.col + 1, r.row}}
	kind := ""
	for _, a := range p.attrs {
		switch string(a.name) {
		case "r":
			at, ok := parseCell(string(a.value))
			if !ok || at.row != r.row {
				return errHostile
			}
			c.col = at.col
		case "s":
			c.style = atoi(string(a.value))
		case "t":
			kind = typeOf(a.value)
		}
	}
	if c.col <= r.col || c.col > maxColumns {
		return errHostile
	}
	r.col = c.col
	value, formula := "", false
	err := p.each(func(name string) (err error) {
		switch name {
		case "v":
			value, err = p.text()
		case "is":
			c.text, c.facts, err = readRichText(p, r.styles)
			c.facts |= analyse(c.text)
		case "f":
			formula = true
		}
		return err
	})
	if err != nil {
		return err
	}
	if formula {
		if r.s.seen.formulas++; r.s.seen.formulas == 1 {
			r.s.seen.formula = c.cellRef
		}
	}
	if err := r.setValue(&c, kind, value); err != nil {
		return err
	}
	c.look = r.styles.look(c.style)
	r.visit(&c)
	return nil
}

// typeOf returns the type of a cell without making a new text of it.
func typeOf(value []byte) string {
	for _, known := range []string{"s", "n", "inlineStr", "str", "b", "e", "d"} {
		if string(value) == known {
			return known
		}
	}
	return ""
}

func (r *scan) setValue(c *cell, kind, value string) error {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(r.strings.texts) {
			if value == "" {
				return nil
			}
			return errHostile
		}
		c.text, c.facts = r.strings.texts[i], r.strings.facts[i]
	case "inlineStr":
	case "str", "d":
		c.text, c.facts = value, analyse(value)
	case "b":
		if value != "" {
			c.kind = truth
		}
		return nil
	case "e":
		c.kind, c.text = fault, value
		return nil
	default:
		if value == "" {
			return nil
		}
		number, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return errHostile
		}
		c.kind, c.value = figure, number
		return nil
	}
	if c.text != "" {
		c.kind = text
	}
	return nil
}

// visit notes and checks a cell.
func (r *scan) visit(c *cell) {
	r.checkColour(c)
	if points := r.s.asked[c.cellRef]; len(points) > 0 {
		r.compare(c, points)
	}
	if c.kind == blank {
		return
	}
	seen := &r.s.seen
	seen.cells++
	seen.used = max(seen.used, c.col)
	if c.col > 1 && seen.beside.row == 0 {
		seen.beside = c.cellRef
	}
	r.checkText(c)
	r.noteTop(c)
	inside := false
	for _, b := range seen.bodies {
		if b.t.ref.holds(c.col, c.row) {
			inside = true
			b.visit(r, c)
		}
	}
	if !inside && len(seen.bodies) > 0 {
		r.checkOutside(c)
	}
}

// noteTop keeps what stands in column A above the table, and the order of notes.
func (r *scan) noteTop(c *cell) {
	seen := &r.s.seen
	if c.col == 1 {
		if c.row == r.nextA && c.facts&factBlank == 0 {
			r.nextA++
		}
		lone := r.header > maxRows
		if c.row < r.header && len(seen.top) < maxTop && (!lone || len(seen.top) < loneTop) {
			seen.top = append(seen.top, topLine{c.row, c.text, c.facts})
			r.unpublic = r.unpublic || strings.Contains(strings.ToLower(c.text), "not for publication")
		}
		if c.row == 1 {
			seen.titleLook = c.look
		} else if r.s.role == roleCover && c.look.font.bold && c.look.builtIn != heading2 && len(seen.headings) < maxTop {
			seen.headings = append(seen.headings, topLine{c.row, c.text, c.facts})
		}
	}
	if c.kind == text && c.facts&factNote != 0 && r.s.role != roleCover && r.s.role != roleContents && r.s.role != roleNotes {
		seen.usesNotes = true
		for _, found := range noteMarker.FindAllStringSubmatch(c.text, -1) {
			if !r.noteSeen[found[1]] && len(r.noteSeen) < maxRows {
				r.noteSeen[found[1]] = true
				r.noteOrder = append(r.noteOrder, found[1])
			}
		}
	}
}

// finish says what is known once all cells have been read.
func (r *scan) finish() {
	if r.header <= maxRows && r.nextA <= r.header {
		r.breach("SH-07", r.s, cellRef{1, r.nextA}, "The cell is empty, though column A must be filled down to the headings of the table: screen readers stop here.",
			"Move the lines up, or write what belongs there.")
	}
	for _, b := range r.s.seen.bodies {
		b.finish(r)
	}
	for at, points := range r.s.asked {
		if len(points) > 0 && !points[0].seen {
			r.compare(&cell{cellRef: at}, points)
		}
	}
}
