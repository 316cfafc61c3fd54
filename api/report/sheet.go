package report

import (
	"fmt"
	"strings"

	"skillstracker/domain"
)

// kind says how the cells of a column look: their type, number format and
// alignment. A column has one kind.
type kind int

const (
	kindText   kind = iota
	kindCode        // text that may look like a number, such as 01
	kindLink        // text that leads to a sheet
	kindWhole       // whole numbers
	kindOne         // numbers shown to one decimal
	kindTwo         // numbers shown to two decimals
	kindChange      // numbers shown to one decimal with their sign
	kindMonth       // a day shown as its month
	kindDay         // a day
)

// numeric says whether the figures of a column stand on the right. A month is a
// row label and stands on the left.
func (k kind) numeric() bool {
	return k == kindWhole || k == kindOne || k == kindTwo || k == kindChange
}

// column is a column of a table. A numeric one has its unit in round brackets at
// the end of the header.
type column struct {
	header string
	kind   kind
	notes  []note
}

// sheet is a worksheet with its one table, before anything is written: what all
// file formats of a report have in common.
type sheet struct {
	name       string // of the tab, without spaces
	about      string // for the list of contents
	title      string
	titleNotes []note
	lines      []string // between the title and the table, one cell each
	table      string   // the table's name
	columns    []column
	rows       [][]value
	// aboutFiles says that the table is about files that were sent and not about
	// figures, so that it is not part of the receipt.
	aboutFiles bool
	// noRecords says that the table's one row only says that there are none.
	noRecords bool
	// scale lists the columns that the management profile colours from low to high, in
	// one scale over all of them.
	scale []int
}

// finish puts a row that says so into an empty table, because a table must have
// one. It fails when a row has not as many cells as the table has columns.
func (s *sheet) finish() error {
	for i, row := range s.rows {
		if len(row) != len(s.columns) {
			return fmt.Errorf("sheet %s: row %d has %d cells in %d columns", s.name, i+1, len(row), len(s.columns))
		}
	}
	if len(s.rows) > 0 {
		return nil
	}
	row, label := make([]value, len(s.columns)), 0
	for i, c := range s.columns {
		row[i] = absent(domain.StatusNotApplicable)
		if c.kind == kindText {
			label = i
		}
	}
	row[label] = textValue("No records")
	s.rows, s.noRecords = [][]value{row}, true
	return nil
}

// usesNotes says whether the title, a header or a cell refers to a note.
func (s *sheet) usesNotes() bool {
	found := false
	s.eachNote(func(note) { found = true })
	return found
}

// eachNote visits the notes in the order in which a reader comes upon them.
func (s *sheet) eachNote(visit func(note)) {
	for _, n := range s.titleNotes {
		visit(n)
	}
	for _, c := range s.columns {
		for _, n := range c.notes {
			visit(n)
		}
	}
	for _, row := range s.rows {
		for _, v := range row {
			for _, n := range v.notes {
				visit(n)
			}
		}
	}
}

// top returns the cells of column A above the table, the title first: what the
// sheet holds, what every sheet of the workbook must say, its shorthand, and its
// own lines.
func (s *sheet) top(warnings []string) []string {
	holds := "This worksheet contains one table."
	if s.usesNotes() {
		holds += " Some cells refer to notes, which can be found on the Notes worksheet."
	}
	lines := append([]string{s.title, holds}, warnings...)
	var cells []string
	for _, row := range s.rows {
		for _, v := range row {
			if !v.isNumber && strings.HasPrefix(v.text, "[") {
				cells = append(cells, v.text)
			}
		}
	}
	if used := explainShorthand(cells); used != "" {
		lines = append(lines, "Some shorthand is used in this table: "+used+".")
	}
	return append(lines, s.lines...)
}
