package sheet

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"skillstracker/domain"
)

// binder turns the rows of a table into the typed rows of its kind.
type binder interface {
	// bind reads one row that is not blank.
	bind(r *rowReader)

	// finish puts the rows into the file.
	finish(file *domain.UploadFile)
}

// rowReader reads the cells of one row after the other and records their
// faults. Its methods return the zero value of what they cannot read.
type rowReader struct {
	table  *table
	faults *domain.Findings
	number int
	cells  []Cell

	// numericWarned says that the file was found to have numbers as identifiers,
	// and roundedWarned that values were rounded.
	numericWarned, roundedWarned bool
}

// fault records a fault of a cell.
func (r *rowReader) fault(code domain.FindingCode, c column, detail string) {
	r.faults.Add(code, domain.Cell{Sheet: r.table.sheet, Row: r.number, Column: c.heading}, detail)
}

// columnFault records a fault of a whole column.
func (r *rowReader) columnFault(code domain.FindingCode, c column, detail string) {
	r.faults.Add(code, domain.Cell{Sheet: r.table.sheet, Column: c.heading}, detail)
}

// cell returns a cell with its text trimmed. A text that spreadsheets show in
// place of a value that they could not work out is an error value, as it is in
// the workbook that the text was saved from.
func (r *rowReader) cell(c column) Cell {
	if c.place < 0 || c.place >= len(r.cells) {
		return Cell{}
	}
	cell := r.cells[c.place]
	if cell.Kind != Text {
		return cell
	}
	cell.Text = trim(cell.Text)
	switch {
	case cell.Text == "":
		return Cell{Formula: cell.Formula}
	case cell.Text[0] == '#' && isErrorText(cell.Text):
		cell.Kind = ErrorValue
	}
	return cell
}

func isErrorText(text string) bool {
	switch text {
	case "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!":
		return true
	}
	return false
}

// optional returns a cell that holds a value. A spreadsheet error is recorded
// and is no value.
func (r *rowReader) optional(c column) (Cell, bool) {
	cell := r.cell(c)
	switch cell.Kind {
	case Empty:
		return cell, false
	case ErrorValue:
		r.fault(domain.FindingCellError, c, "")
		return cell, false
	case Text, Number, Date, Bool:
	}
	return cell, true
}

// required is optional for a compulsory value. Where the file has no such
// column, that was recorded once and for all.
func (r *rowReader) required(c column) (Cell, bool) {
	cell, valued := r.optional(c)
	if cell.Kind != Empty || !c.present() {
		return cell, valued
	}
	if cell.Formula {
		r.fault(domain.FindingFormulaEmpty, c, "")
	} else {
		r.fault(domain.FindingValueMissing, c, "")
	}
	return cell, false
}

// code reads a value that stands for a code. An optional one that is not given
// is domain.NotGiven; one with a fault is empty.
func (r *rowReader) code(c column, book *codeBook) string {
	var cell Cell
	var valued bool
	if book.optional {
		cell, valued = r.optional(c)
	} else {
		cell, valued = r.required(c)
	}
	if !valued {
		if book.optional && cell.Kind == Empty {
			return domain.NotGiven
		}
		return ""
	}
	text := cell.Text
	switch cell.Kind {
	case Number:
		text = cell.Decimal()
	case Text:
		if book.optional && isDash(text) {
			return domain.NotGiven
		}
	case Empty, Date, Bool, ErrorValue:
	}
	code, found := "", false
	if cell.Kind != Date {
		code, found = book.find(text)
	}
	if !found {
		r.fault(book.fault(cell, text), c, "")
	}
	return code
}

// isDash tells the dash that some write for a value that is not given.
func isDash(text string) bool {
	switch text {
	case "-", "–", "—":
		return true
	}
	return false
}

// text reads free text of at most limit characters, on one line.
func (r *rowReader) text(c column, limit int) string {
	cell, valued := r.optional(c)
	if !valued {
		return ""
	}
	if cell.Kind == Date {
		r.fault(domain.FindingCodeDate, c, "")
		return ""
	}
	text := cell.String()
	if strings.IndexFunc(text, isLineBreak) >= 0 {
		text = strings.Join(strings.FieldsFunc(text, isPadding), " ")
	}
	if len(text) > limit && utf8.RuneCountInString(text) > limit {
		r.fault(domain.FindingValueTooLong, c, fmt.Sprintf("The value is longer than the %d characters that this column allows.", limit))
		return ""
	}
	return text
}

func isLineBreak(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }

// action reads what the row asks for. A row whose action is not known is read
// as one that stores, so that its other faults are found too.
func (r *rowReader) action(c column, book *codeBook) domain.Action {
	if r.code(c, book) == actionRemove {
		return domain.ActionRemove
	}
	r.table.stores(r.faults)
	return domain.ActionStore
}
