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
	unpublic    bool // a line above the table says that it is not for publication
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
	at      []*body // by column, the table that holds it in the current row or held it last
	begun   int     // the tables whose first row has been reached
	touched []*body // the tables with a value in the current row
}

func (c *checker) readCells(ctx context.Context, s *sheet) error {
	seen := &s.seen
	seen.shorthand = map[string]cellRef{}
	if s.chart {
		return nil
	}
	r := &scan{checker: c, s: s, header: maxRows + 1, nextA: 1, colours: map[[2]int]float64{}}
	if err := r.placeTables(); err != nil {
		return err
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
	r.reach(row)
	err := p.each(func(string) error { return r.readCell(p) })
	for _, b := range r.touched {
		b.endRow(r)
	}
	r.touched = r.touched[:0]
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
