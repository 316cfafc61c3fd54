package sheet

import (
	"fmt"
	"strings"

	"skillstracker/domain"
)

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

// newLongMatcher takes the columns of assessments in long form.
func newLongMatcher() *columnMatcher {
	m := newColumnMatcher(domain.UploadAssessments)
	long := LongColumns()
	m.columns = append(m.columns, long...)
	m.add(long)
	return m
}

// newHeaderMatcher takes every column that a file of the kind may have in any of
// its forms, to find its header row by.
func newHeaderMatcher(kind domain.UploadKind, published []domain.FrameworkVersion) *columnMatcher {
	if kind != domain.UploadAssessments {
		return newColumnMatcher(kind)
	}
	m := newColumnMatcher(kind, published...)
	m.add(LongColumns())
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
	text  string // what findings and the mapping call it; empty when it has none
	field string // canonical name, empty when the column is not used
}

// table is how the header row of a file was understood.
type table struct {
	sheet    string
	format   Format
	headings []heading      // by place
	places   map[string]int // by canonical name, the first of several
	columns  []Column

	// late holds what is missing but is needed only by rows that store a record,
	// until the first such row was met.
	late []func(*domain.Findings)
}

// newTable matches a header row.
func newTable(reader Reader, cells []Cell, matcher *columnMatcher) *table {
	t := &table{
		sheet:    reader.SheetName(),
		format:   reader.Format(),
		headings: make([]heading, len(cells)),
		places:   make(map[string]int, len(cells)),
		columns:  matcher.columns,
	}
	for place := range cells {
		text := shownHeading(t.format, place, cells[place].String())
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

// label is what a finding calls a column: its heading or else its place.
func (t *table) label(place int) string {
	if place < len(t.headings) && t.headings[place].text != "" {
		return t.headings[place].text
	}
	return placeLabel(t.format, place)
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

// bounded says whether nothing can stand to the right of the headings: in a CSV file,
// and in a workbook of findings, whose last column is that of the findings.
func (t *table) bounded() bool {
	last := len(t.headings) - 1
	return t.format == CSV || last >= 0 && isFindingsHeading(t.headings[last].text)
}

// check records what is wrong with the header row.
func (t *table) check(faults *domain.Findings) {
	for place, h := range t.headings {
		where := domain.Cell{Sheet: t.sheet, Column: h.text}
		switch first := t.places[h.field]; {
		case h.text == "" || isFindingsHeading(h.text):
		case h.field == "":
			faults.Add(domain.FindingColumnUnknown, where, "")
		case first != place:
			faults.Add(domain.FindingColumnTwice, where, fmt.Sprintf("%s and %s both mean %s.",
				placeLabel(t.format, first), lowerFirst(placeLabel(t.format, place)), h.field))
		}
	}
	for i := range t.columns {
		c := &t.columns[i]
		_, present := t.places[c.Name]
		switch {
		case present || !c.Compulsory:
		case c.Key:
			t.missing(c.Name, faults)
		default:
			t.needToStore(faults, func(faults *domain.Findings) { t.missing(c.Name, faults) })
		}
	}
}

// needToStore records a fault that matters only to rows that store a record: at
// once, or in a file that can remove records with the first row that does not.
func (t *table) needToStore(faults *domain.Findings, record func(*domain.Findings)) {
	if _, removes := t.places[fieldAction]; removes {
		t.late = append(t.late, record)
		return
	}
	record(faults)
}

func (t *table) missing(field string, faults *domain.Findings) {
	faults.Add(domain.FindingColumnMissing, domain.Cell{Sheet: t.sheet, Column: field}, fmt.Sprintf("The compulsory column %s is missing.", field))
}

// stores notes that a row stores a record and so needs every compulsory column.
func (t *table) stores(faults *domain.Findings) {
	for _, record := range t.late {
		record(faults)
	}
	t.late = nil
}
