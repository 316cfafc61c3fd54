package sheet

import (
	"fmt"
	"strings"

	"skillstracker/domain"
)

// personalWatch looks through a whole file for personal data that the register
// refuses. It keeps the place and the class of what it finds, never the value
// nor a heading.
type personalWatch struct {
	infos  []SheetInfo
	format Format
	sheet  string // what findings call the sheet that is read
	rules  []personalRule
	table  *table // nil until the header row was found
	today  domain.Date

	employees employeeWatch

	found []personalFind
	known map[personalFind]struct{} // found, without the rows
}

// personalFind is one column of a sheet with one class of personal data, or a
// cell outside the table, or the name of a sheet.
type personalFind struct {
	class   personalClass
	sheet   string // empty for CSV and JSON
	place   int    // of the column, or of none: see noColumn
	row     int
	heading bool   // found by a heading, not by a value
	numbers string // the column whose identifiers, taken together, are NHS numbers
	outside bool   // in a title row or on another sheet
}

// noColumn is the place of something that is in no column.
const noColumn = -1

func newPersonalWatch(reader Reader, today domain.Date) *personalWatch {
	w := &personalWatch{
		infos:     reader.Sheets(),
		format:    reader.Format(),
		rules:     personalRules(),
		today:     today,
		employees: newEmployeeWatch(),
		known:     make(map[personalFind]struct{}),
	}
	w.sheet = w.label(reader.SheetName())
	return w
}

// refused says whether anything was found so far.
func (w *personalWatch) refused() bool { return len(w.found) > 0 }

func (w *personalWatch) add(find personalFind) {
	place := find
	place.row = 0
	if _, known := w.known[place]; !known {
		w.known[place] = struct{}{}
		w.found = append(w.found, find)
	}
}

// label is the name of a sheet, or its number where the name itself holds
// personal data.
func (w *personalWatch) label(name string) string {
	if personalContent(name)&^signTenDigits == 0 {
		return name
	}
	for i := range w.infos {
		if w.infos[i].Name == name {
			return fmt.Sprintf("Sheet %d", i+1)
		}
	}
	return ""
}

// sheetNames looks at the names of the sheets.
func (w *personalWatch) sheetNames() {
	for i := range w.infos {
		name := w.infos[i].Name
		for _, class := range classesOf(personalContent(name), false) {
			w.add(personalFind{class: class, sheet: w.label(name), place: noColumn, outside: true})
		}
	}
}

func isTemplateSheet(name string) bool {
	switch strings.ToLower(trim(name)) {
	case "instructions", "examples", "lists", "cover", "notes", "contents", "about", "findings":
		return true
	}
	return false
}

// isHeadingRow tells rows that may be the headings of a table from lines of text.
func isHeadingRow(cells []Cell) bool {
	const fewest = 3
	filled := 0
	for i := range cells {
		if cells[i].Kind != Empty {
			filled++
		}
	}
	return filled >= fewest
}

func (w *personalWatch) heading(find personalFind, text string) {
	if class, personal := personalHeading(w.rules, text); personal {
		find.class, find.heading = class, true
		w.add(find)
	}
}

// values looks at the value of a cell outside the table.
func (w *personalWatch) values(find personalFind, cell *Cell, telephones bool) {
	for _, class := range classesOf(contentOf(cell), telephones) {
		find.class = class
		w.add(find)
	}
}

// titleRow looks at a row above the header row, or at one of the first rows of a
// file that has none.
func (w *personalWatch) titleRow(row Row) {
	for place := range row.Cells {
		cell := &row.Cells[place]
		find := personalFind{sheet: w.sheet, place: place, row: row.Number, outside: true}
		if text := cell.String(); !weakHeading(text) || w.table == nil && isHeadingRow(row.Cells) {
			w.heading(find, text)
		}
		w.values(find, cell, false)
	}
}

// headerRow looks at the headings that are no column of the register, and at what
// may be values of a person that were taken for headings.
func (w *personalWatch) headerRow(row Row, t *table) {
	w.table = t
	for _, field := range identifierFields() {
		if c := t.column(field); c.present() {
			w.employees.field, w.employees.place = field, c.place
		}
	}
	for place := range row.Cells {
		find := personalFind{sheet: w.sheet, place: place, row: row.Number, outside: true}
		if !t.used(place) {
			w.heading(find, row.Cells[place].String())
			w.birthDate(find, &row.Cells[place])
		}
		w.values(find, &row.Cells[place], !t.used(place))
	}
}

// birthDate looks for a date of birth among the headings: a day that is longer ago
// than the youngest worker's birth, and that no table of staff or posts has a
// reason to name in a heading.
func (w *personalWatch) birthDate(find personalFind, cell *Cell) {
	const youngest = 14 * 12 // months
	date := cell.Date()
	if cell.Kind == Text && date.Fault == NotADate {
		date = namedDay(trim(cell.Text))
	}
	named := date.Form != DateSerial || cell.Kind == Date
	if date.Fault == DateOK && named && domain.Date(date.Days) < w.today.AddMonths(-youngest) {
		find.class = personalBirth
		w.add(find)
	}
}

// dataRow looks at the values of a row of the table.
func (w *personalWatch) dataRow(row Row) {
	for place := range row.Cells {
		cell := &row.Cells[place]
		if len(cell.Text) < fewestDigits {
			continue
		}
		signs := contentOf(cell)
		if signs == 0 {
			continue
		}
		if place == w.employees.place && isDigits(trim(cell.String())) {
			signs = w.employees.see(signs, trim(cell.String()), row.Number)
		}
		for _, class := range classesOf(signs, w.table != nil && !w.table.used(place)) {
			w.add(personalFind{class: class, sheet: w.sheet, place: place, row: row.Number})
		}
	}
}

// contentOf returns the signs of personal data in a cell. Dates, truth values
// and spreadsheet errors have none.
func contentOf(cell *Cell) personalSigns {
	switch cell.Kind {
	case Text:
		return personalContent(cell.Text)
	case Number:
		return personalContent(cell.Decimal()) & (signNHSPlain | signTenDigits)
	case Empty, Date, Bool, ErrorValue:
	}
	return 0
}

// identifierFields are the columns of the employer's own identifiers, of which some
// look like NHS numbers by chance. No kind of file has two of them.
func identifierFields() []string { return []string{fieldEmployeeNumber, fieldVacancyReference} }

// finish decides on the identifiers.
func (w *personalWatch) finish() {
	if w.employees.areNHSNumbers() {
		w.add(personalFind{class: personalNHSNumber, sheet: w.sheet, place: w.employees.place, row: w.employees.firstLike, numbers: w.employees.field})
	}
}

// classesOf names what signs show. A telephone number counts only where the
// column is not used: codes and numbers of the register look alike.
func classesOf(signs personalSigns, telephones bool) []personalClass {
	if signs&^signTenDigits == 0 {
		return nil
	}
	var classes []personalClass
	if signs&signNINumber != 0 {
		classes = append(classes, personalNINumber)
	}
	if signs&(signNHSGrouped|signNHSPlain) != 0 {
		classes = append(classes, personalNHSNumber)
	}
	if signs&signEmail != 0 {
		classes = append(classes, personalEmail)
	}
	if telephones && signs&signTelephone != 0 {
		classes = append(classes, personalTelephone)
	}
	return classes
}

// findings writes what was found. A row of the table is the finding's own;
// rows outside it are named in the text.
func (w *personalWatch) findings() *domain.Findings {
	faults := domain.NewFindings()
	for _, find := range w.found {
		where := domain.Cell{Sheet: find.sheet}
		code, what := domain.FindingPersonalDataSheet, "The name of a sheet holds"
		if find.place != noColumn {
			where.Column = placeLabel(w.format, find.place)
			code, what = domain.FindingPersonalDataValue, "A cell of "+lowerFirst(where.Column)+" holds"
		}
		switch {
		case find.heading:
			code, what = domain.FindingPersonalDataColumn, where.Column+" is headed as"
		case find.numbers == fieldVacancyReference:
			code, what = domain.FindingPersonalDataReference, where.Column+" has vacancy references that are"
		case find.numbers != "":
			code, what = domain.FindingPersonalDataEmployee, where.Column+" has employee numbers that are"
		}
		if find.outside && find.row > 0 {
			what = fmt.Sprintf("Row %d: %s", find.row, lowerFirst(what))
		}
		if !find.outside {
			where.Row = find.row
		}
		faults.Add(code, where, fmt.Sprintf(
			"%s personal data that the register refuses: %s. The whole file was refused and nothing of it was kept.", what, find.class,
		))
	}
	return faults
}
