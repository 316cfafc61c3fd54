package sheet

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"skillstracker/domain"
)

// headingLimit is the greatest number of characters of a heading that findings
// and the mapping repeat.
const headingLimit = 100

// columnMatcher knows the headings that a kind of file may have.
type columnMatcher struct {
	columns []Column
	names   map[string]string // canonical name by key
}

// newColumnMatcher takes the columns of the kind and those of the competences of
// a framework, or of several where only their headings are to be recognised.
func newColumnMatcher(kind domain.UploadKind, frameworks ...domain.FrameworkVersion) *columnMatcher {
	m := &columnMatcher{columns: Columns(kind), names: make(map[string]string)}
	m.add(m.columns)
	for i := range frameworks {
		m.add(CompetenceColumns(frameworks[i]))
	}
	return m
}

func (m *columnMatcher) add(columns []Column) {
	for i := range columns {
		m.names[keyOf(columns[i].Name)] = columns[i].Name
		for _, synonym := range columns[i].Synonyms {
			m.names[keyOf(synonym)] = columns[i].Name
		}
	}
}

// field returns the canonical name of a heading, or nothing. What stands in
// brackets is left aside where the whole heading means nothing.
func (m *columnMatcher) field(heading string) string {
	if name, known := m.names[keyOf(heading)]; known {
		return name
	}
	before, rest, bracketed := strings.Cut(heading, "(")
	_, after, closed := strings.Cut(rest, ")")
	if !bracketed || !closed {
		return ""
	}
	return m.names[keyOf(before+" "+after)]
}

// recognised counts the different columns that a row of headings names.
func (m *columnMatcher) recognised(cells []Cell) int {
	fields := make(map[string]struct{}, len(cells))
	for i := range cells {
		if name := m.field(cells[i].String()); name != "" {
			fields[name] = struct{}{}
		}
	}
	return len(fields)
}

// column is a column that is read: its place in the row and the file's own
// heading. A column that the file does not have has the place -1.
type column struct {
	place   int
	heading string
}

func (c column) present() bool { return c.place >= 0 }

// heading is one column of the file.
type heading struct {
	text  string // the file's own, shortened; empty when it has none
	field string // canonical name, empty when the column is not used
}

// table is how the header row of a file was understood.
type table struct {
	sheet    string
	headings []heading      // by place
	places   map[string]int // by canonical name, the first of several
	columns  []Column

	// late lists the compulsory columns that are missing but are needed only
	// by rows that store a record, until the first such row was met.
	late []string
}

// newTable matches a header row.
func newTable(sheet string, cells []Cell, matcher *columnMatcher) *table {
	t := &table{
		sheet:    sheet,
		headings: make([]heading, len(cells)),
		places:   make(map[string]int, len(cells)),
		columns:  matcher.columns,
	}
	for place := range cells {
		text := shortHeading(cells[place].String())
		if text == "" {
			continue
		}
		field := matcher.field(cells[place].String())
		t.headings[place] = heading{text: text, field: field}
		if _, twice := t.places[field]; field != "" && !twice {
			t.places[field] = place
		}
	}
	return t
}

// shortHeading writes a heading on one line and at most headingLimit characters.
func shortHeading(text string) string {
	text = strings.Join(strings.FieldsFunc(text, isPadding), " ")
	if utf8.RuneCountInString(text) <= headingLimit {
		return text
	}
	return string([]rune(text)[:headingLimit]) + "…"
}

// column returns the place and heading of a canonical column.
func (t *table) column(field string) column {
	place, present := t.places[field]
	if !present {
		return column{place: -1}
	}
	return column{place: place, heading: t.headings[place].text}
}

// used says whether the values of a column are read.
func (t *table) used(place int) bool {
	return place < len(t.headings) && t.headings[place].field != ""
}

// label is what a finding calls a column: its heading or else its letter.
func (t *table) label(place int) string {
	if place < len(t.headings) && t.headings[place].text != "" {
		return t.headings[place].text
	}
	return "Column " + columnLetters(place)
}

// mapping says how each column that has a heading was understood.
func (t *table) mapping() []domain.MappedColumn {
	mapped := make([]domain.MappedColumn, 0, len(t.headings))
	for _, h := range t.headings {
		if h.text != "" {
			mapped = append(mapped, domain.MappedColumn{Header: h.text, Field: h.field})
		}
	}
	return mapped
}

// check records what is wrong with the header row.
func (t *table) check(faults *domain.Findings) {
	for place, h := range t.headings {
		where := domain.Cell{Sheet: t.sheet, Column: h.text}
		switch first := t.places[h.field]; {
		case h.text == "":
		case h.field == "":
			faults.Add(domain.FindingColumnUnknown, where, "")
		case first != place:
			faults.Add(domain.FindingColumnTwice, where, fmt.Sprintf("The columns %s and %s both mean %s.",
				columnLetters(first), columnLetters(place), h.field))
		}
	}
	_, removes := t.places[fieldAction]
	for i := range t.columns {
		c := &t.columns[i]
		if _, present := t.places[c.Name]; present || !c.Compulsory {
			continue
		}
		if removes && !c.Key {
			t.late = append(t.late, c.Name)
			continue
		}
		t.missing(c.Name, faults)
	}
}

func (t *table) missing(field string, faults *domain.Findings) {
	faults.Add(domain.FindingColumnMissing, domain.Cell{Sheet: t.sheet, Column: field}, fmt.Sprintf("The compulsory column %s is missing.", field))
}

// stores notes that a row stores a record and so needs every compulsory column.
func (t *table) stores(faults *domain.Findings) {
	for _, field := range t.late {
		t.missing(field, faults)
	}
	t.late = nil
}

// columnLetters writes the place of a column as a spreadsheet does: A, B, ... AA.
func columnLetters(place int) string {
	letters := ""
	for n := place + 1; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters
}
