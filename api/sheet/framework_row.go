package sheet

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"skillstracker/domain"
)

// readSheet calls each with the rows of a sheet below its headings, when the headings
// are right.
func (r *frameworkReader) readSheet(name string, needed, optional []string, each func(frameworkRow)) (err error) {
	reader, err := Open(r.src, r.lim)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	if reader.Format() != XLSX {
		r.fault("file", "The file is not a workbook. Send an .xlsx file with the sheets of the template, or JSON as application/json.")
		return errFrameworkFile
	}
	if err := reader.Select(name); err != nil {
		return err
	}
	var places map[string]int
	for {
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if places != nil {
			each(frameworkRow{frameworkReader: r, sheet: name, line: row.Number, cells: row.Cells, places: places})
			continue
		}
		before := len(r.faults)
		places = r.headings(name, row, needed, optional)
		if len(r.faults) > before {
			// What stands below wrong headings would only be misread, but the sheet is read to its
			// end, where damage shows.
			each = func(frameworkRow) {}
		}
	}
	if places == nil {
		r.fault("sheet "+name, "The sheet is empty. Its first row holds the headings "+strings.Join(needed, ", ")+".")
	}
	return nil
}

// headings returns the place of each column and reports the faults of the heading row.
func (r *frameworkReader) headings(sheet string, row Row, needed, optional []string) map[string]int {
	known := slices.Concat(needed, optional)
	places := make(map[string]int, len(known))
	for place, cell := range row.Cells {
		heading := strings.TrimFunc(cell.String(), isPadding)
		at := slices.IndexFunc(known, func(name string) bool { return keyOf(name) == keyOf(heading) })
		switch {
		case heading == "":
		case at < 0:
			r.fault(frameworkPlace(sheet, row.Number, columnLetters(place)), "This sheet has no such column. Its columns are "+strings.Join(known, ", ")+".")
		default:
			if _, twice := places[known[at]]; twice {
				r.fault(frameworkPlace(sheet, row.Number, columnLetters(place)), "Two columns are named "+known[at]+". Keep one.")
			}
			places[known[at]] = place
		}
	}
	for _, name := range needed {
		if _, present := places[name]; !present {
			r.fault("sheet "+sheet, "The column "+name+" is missing. The first row of the sheet holds the headings.")
		}
	}
	return places
}

// frameworkRow is one row of a sheet while it is read.
type frameworkRow struct {
	*frameworkReader
	sheet  string
	line   int // as a spreadsheet shows it
	cells  []Cell
	places map[string]int
}

func (r frameworkRow) fault(column, message string) {
	r.frameworkReader.fault(frameworkPlace(r.sheet, r.line, column), message)
}

// cell returns a cell without its padding; one that the row or the sheet does not
// have is empty.
func (r frameworkRow) cell(column string) Cell {
	place, present := r.places[column]
	if !present || place >= len(r.cells) {
		return Cell{}
	}
	return r.cells[place]
}

// text reads a text, or a number as it is displayed.
func (r frameworkRow) text(column string) string {
	switch cell := r.cell(column); cell.Kind {
	case Text, Number:
		return strings.Join(strings.FieldsFunc(cell.String(), isPadding), " ")
	case Date:
		r.fault(column, "The cell holds a date. Format the column as text and enter the value again: a spreadsheet takes codes such as 1.10 for days.")
	case Bool, ErrorValue:
		r.fault(column, "The cell holds true, false or an error of the spreadsheet. Enter a text.")
	case Empty:
	}
	return ""
}

// number reads a whole number from 0 to 999; an empty cell is 0.
func (r frameworkRow) number(column string) int {
	cell := r.cell(column)
	digits := strings.TrimFunc(cell.Text, isPadding)
	if cell.Kind == Number {
		digits = cell.Decimal()
	}
	if cell.Kind == Empty {
		if slices.Contains([]string{"level", "max_level"}, column) {
			r.fault(column, "The number is missing.")
		}
		return 0
	}
	number, err := strconv.ParseUint(digits, 10, 16)
	if err != nil || number > 999 || cell.Kind != Number && cell.Kind != Text {
		r.fault(column, "This is not a whole number from 0 to 999.")
		return 0
	}
	return int(number)
}

func (r frameworkRow) date(column string) domain.Date {
	cell := r.cell(column)
	if cell.Kind == Empty {
		return 0
	}
	found := cell.Date()
	if found.Fault != DateOK {
		r.fault(column, "This is not a day. Enter it as 2026-10-31, or as a date cell.")
		return 0
	}
	return domain.Date(found.Days)
}
