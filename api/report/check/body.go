package check

import (
	"fmt"
	"regexp"
	"strings"
)

// body is a table of a sheet while its cells go by, and what is kept of them.
type body struct {
	t       *table
	s       *sheet
	columns []column
	first   int // its first row below the headings
	last    int
	rows    int // that hold a value
	next    int // the row that should come next
	bolds   int // headings that are bold
	plainAt cellRef
	noRows  bool // its only row says that there are no records

	// Of the current row, which is the last one with a value.
	row       int
	filled    int
	lastCol   int
	labelled  facts // of its label
	withheld  bool  // the last number of people was withheld
	peopleRow bool  // the label of the row says that its figures are people

	labelCol  int // the column of row labels
	ordinary  int // rows that are no totals, so far
	totalAt   cellRef
	totalLeft bool // a row that is no total came behind one that is, and others before
}

// column is what is kept of a column of a table.
type column struct {
	heading string
	facts   facts
	isText  bool
	look    *look
	unit    bool // it has a unit in round brackets
	role    columnRole
	code    bool // it holds codes
	valid   func(code string) bool

	figures, texts, markers, dates, truths, numberTexts, notes, filled int
	firstText, firstFigure, firstNumberText, firstNote, firstBlank     int // rows
	firstTruth, firstMarked                                            int
	blanks                                                             int
	formats                                                            []string
	formatRow                                                          int // the first row with a second number format
	badDate                                                            int // the first row with a date format that is not wanted
	most                                                               float64
	mostFormat                                                         string
	years                                                              int // figures that can be years
	offRight, offLeft, offMarker                                       int // the first row that stands on the wrong side
	widest                                                             float64
}

// columnRole is what a heading says of a column, for the rules about people.
type columnRole uint8

const (
	anyColumn    columnRole = iota
	peopleColumn            // a number of people
	baseColumn              // a number of people on which figures to its right rest
	derivedColumn
)

var (
	unitForm     = regexp.MustCompile(`\([^()]+\)`)
	codeHeading  = regexp.MustCompile(`(?i)(^|[\s_])code$`)
	labelHeading = regexp.MustCompile(`(?i)\b(codes?|ref|refs|reference|references|number|numbers|no|id|ids|identifier|band|grade|year|years|month|postcode|level|version|telephone|phone|row|rank|uprn|urn)\b`)
	yearHeading  = regexp.MustCompile(`(?i)\b(years?|period)\b`)
	timeHeading  = regexp.MustCompile(`(?i)\b(years?|period|month|quarter|date)\b`)
	baseWords    = regexp.MustCompile(`(?i)\b(assessed|in post|in scope|headcount|base|respond|responded|respondents|answered|listed)\b`)
	figureWords  = regexp.MustCompile(`(?i)\b(share|completion|mean|median|average|gap|level|levels|target|change|reported vacancy rate)\b`)
	targetWords  = regexp.MustCompile(`(?i)^(target|expected)\b`)
	figureUnits  = regexp.MustCompile(`(?i)\((per cent|percentage points?|%|level|levels|mean level|mean)\)`)
)

// maxTableColumns is how many columns the tables of a sheet may have together.
const maxTableColumns = 40_000

func newBody(c *checker, s *sheet, t *table) (*body, error) {
	b := &body{t: t, s: s, labelCol: t.ref.left}
	b.first, b.last = t.rows()
	b.next = b.first
	width := t.ref.right - t.ref.left + 1
	if c.tableColumns += width; c.tableColumns > maxTableColumns {
		return nil, tooLarge(fmt.Sprintf("its tables have more than %d columns", maxTableColumns))
	}
	b.columns = make([]column, width)
	return b, nil
}

func (b *body) inBody(row int) bool { return row >= b.first && row <= b.last }

func (b *body) startRow(row int) {
	b.row, b.filled, b.lastCol, b.labelled, b.withheld, b.peopleRow = row, 0, b.t.ref.left-1, 0, false, false
	if b.inBody(row) && row > b.next {
		b.blankRows(b.next, row-1)
	}
}

// blankRows notes rows without any cell.
func (b *body) blankRows(from, to int) {
	for i := range b.columns {
		b.columns[i].blankAt(from, to-from+1)
	}
}

func (c *column) blankAt(row, count int) {
	if c.blanks += count; c.firstBlank == 0 {
		c.firstBlank = row
	}
}

func (b *body) endRow(r *scan) {
	if !b.inBody(r.row) {
		return
	}
	for col := b.lastCol + 1; col <= b.t.ref.right; col++ {
		b.columns[col-b.t.ref.left].blankAt(r.row, 1)
	}
	if b.filled == 0 {
		r.breach("TB-05", b.s, cellRef{b.t.ref.left, r.row}, "The row of the table is blank.", blankRowAdvice)
	} else {
		b.rows++
	}
	if r.row > b.next {
		r.breach("TB-05", b.s, cellRef{b.t.ref.left, b.next}, "The row of the table is blank.", blankRowAdvice)
	}
	b.next = r.row + 1
	b.noteTotal(r.row)
}

const blankRowAdvice = "Delete the row, or end the table above it."

// visit notes a cell of the table that has a value.
func (b *body) visit(r *scan, c *cell) {
	place := c.col - b.t.ref.left
	col := &b.columns[place]
	if b.t.header && c.row == b.t.ref.top {
		b.heading(r, c, col)
		return
	}
	if !b.inBody(c.row) {
		return
	}
	if c.kind == text && c.facts&factBlank != 0 {
		return
	}
	for at := b.lastCol + 1; at < c.col; at++ {
		b.columns[at-b.t.ref.left].blankAt(c.row, 1)
	}
	b.lastCol = c.col
	b.filled++
	col.filled++
	if c.col == 1 && (r.s.role == roleContents || r.s.role == roleNotes) && len(r.s.seen.firstColumn) < maxCellStyles {
		r.s.seen.firstColumn = append(r.s.seen.firstColumn, topLine{c.row, c.shown(), c.facts})
	}
	if c.col == b.labelCol {
		b.labelled = c.facts
	}
	if c.col == b.t.ref.left {
		b.peopleRow = strings.Contains(c.text, "(people)")
	}
	r.checkFit(c, col)
	b.value(r, c, col)
	b.people(r, c, col)
}

// shown returns a cell's value as text.
func (c *cell) shown() string {
	if c.kind == figure {
		return fmt.Sprintf("%g", c.value)
	}
	return c.text
}

// heading notes a heading.
func (b *body) heading(r *scan, c *cell, col *column) {
	col.heading, col.facts, col.isText, col.look = c.shown(), c.facts, c.kind == text, c.look
	bare := strings.TrimSpace(noteMarker.ReplaceAllString(plain(col.heading), ""))
	col.unit = unitForm.MatchString(bare)
	if c.look.font.bold {
		b.bolds++
	} else if b.plainAt.row == 0 {
		b.plainAt = c.cellRef
	}
	if col.code = codeHeading.MatchString(bare); col.code {
		col.valid = r.opts.Codes[strings.ToLower(bare)]
		if c.col == b.t.ref.left && len(b.columns) > 1 {
			b.labelCol = c.col + 1
		}
	}
	switch {
	case strings.Contains(bare, "(people)") && baseWords.MatchString(bare):
		col.role = baseColumn
	case strings.Contains(bare, "(people)"):
		col.role = peopleColumn
	case figureUnits.MatchString(bare) && figureWords.MatchString(bare) && !targetWords.MatchString(bare):
		col.role = derivedColumn
	}
	b.useMarkers(c, bare)
	r.checkFit(c, col)
}

// useMarkers notes which shorthand a cell of the table uses.
func (b *body) useMarkers(c *cell, heading string) {
	if c.facts&factBracket == 0 || strings.EqualFold(heading, "notes") {
		return
	}
	used := b.s.seen.shorthand
	for _, m := range markers(c.text) {
		whole := c.facts&factMarker != 0
		if _, known := used[m]; !known && len(used) < 200 && (whole || knownMarker(m)) {
			used[m] = c.cellRef
		}
	}
}
