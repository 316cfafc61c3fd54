package report

import (
	"fmt"
	"strconv"
	"strings"
)

// csvColumn is a column of a CSV file: what the metadata says of it, and how a cell of
// the table fills it.
type csvColumn struct {
	Name        string      `json:"name"`
	Titles      []string    `json:"titles"`
	Datatype    csvDatatype `json:"datatype"`
	Null        string      `json:"null"`
	Required    bool        `json:"required"`
	Description string      `json:"dc:description"`
	Unit        string      `json:"schema:unitText,omitempty"`

	of   int // column of the table
	cell func(value) string
}

type csvDatatype struct {
	Base   string `json:"base"`
	Format string `json:"format,omitempty"`
}

// csvColumns returns the columns of a table's file, which do not depend on its rows.
// Every column is followed by one that says why its cells are empty, but for months
// and for the texts before the first figure, which are the labels of the rows.
func (b *Book) csvColumns(s *sheet) ([]csvColumn, error) {
	names, err := csvNames(s.columns)
	if err != nil {
		return nil, err
	}
	var columns []csvColumn
	labels := true
	for i, c := range s.columns {
		labels = labels && !c.kind.numeric() && c.kind != kindDay
		_, unit := c.headerAndUnit()
		columns = append(columns, csvColumn{
			Name: names[i], Titles: []string{names[i], c.header}, Datatype: c.kind.csvDatatype(), Description: b.csvMeans(s, i), Unit: unit,
			of: i, cell: c.kind.csvCell,
		})
		if c.kind == kindMonth || labels && c.kind == kindText {
			continue
		}
		columns = append(columns, csvColumn{
			Name: names[i] + csvStatus, Titles: []string{names[i] + csvStatus}, Datatype: csvDatatype{Base: "string", Format: "[cxz]"},
			Description: "Why " + names[i] + " is empty: c confidential, x not available, z not applicable.",
			of:          i, cell: func(v value) string { return string(statusOf(v)) },
		})
	}
	seen := map[string]bool{}
	for _, c := range columns {
		if seen[c.Name] {
			return nil, fmt.Errorf("two columns of the CSV would be named %s", c.Name)
		}
		seen[c.Name] = true
	}
	return columns, nil
}

const csvStatus = "_status"

// csvMeans returns what a column is: its header and the notes to it and to its cells.
func (b *Book) csvMeans(s *sheet, column int) string {
	c := s.columns[column]
	means := []string{c.header + "."}
	if c.kind == kindMonth {
		means = append(means, "The last day of the month.")
	}
	for _, n := range c.notes {
		means = append(means, b.noteText(n))
	}
	for _, row := range s.rows {
		if v := row[column]; len(v.notes) > 0 {
			means = append(means, b.notes.mark(v.text, v.notes)+".")
		}
	}
	return strings.Join(means, " ")
}

// headerAndUnit returns the header of a column of figures without its unit, and the
// unit. Other columns have none.
func (c column) headerAndUnit() (header, unit string) {
	start := strings.LastIndex(c.header, " (")
	if !c.kind.numeric() || start < 0 || !strings.HasSuffix(c.header, ")") {
		return c.header, ""
	}
	return c.header[:start], c.header[start+2 : len(c.header)-1]
}

// csvNames returns the names of columns: headers in small letters with underscores,
// without units but where two would be the same.
func csvNames(columns []column) ([]string, error) {
	names, count := make([]string, len(columns)), map[string]int{}
	for i, c := range columns {
		header, _ := c.headerAndUnit()
		if names[i] = snake(header); names[i] == "" {
			return nil, fmt.Errorf("no name of a CSV column can be made from %q", c.header)
		}
		count[names[i]]++
	}
	for i, c := range columns {
		if count[names[i]] > 1 {
			names[i] = snake(c.header)
		}
	}
	return names, nil
}

// snake returns a text in small letters with an underscore for all else between them.
func snake(text string) string {
	text = strings.ReplaceAll(strings.ToLower(text), "'", "")
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "_")
}

// csvDatatype returns the type of the values of a kind.
func (k kind) csvDatatype() csvDatatype {
	switch k {
	case kindWhole:
		return csvDatatype{Base: "integer"}
	case kindOne, kindTwo, kindChange:
		return csvDatatype{Base: "double"}
	case kindMonth, kindDay:
		return csvDatatype{Base: "date", Format: "yyyy-MM-dd"}
	case kindText, kindCode, kindLink:
	}
	return csvDatatype{Base: "string"}
}

// csvCell returns a cell as the file has it: a month is its last day, and a marker is
// nothing.
func (k kind) csvCell(v value) string {
	switch {
	case statusOf(v) != "":
		return ""
	case v.isNumber && (k == kindMonth || k == kindDay):
		return dayOf(v.number).String()
	case v.isNumber:
		return strconv.FormatFloat(v.number, 'f', -1, 64)
	}
	return protectedText(v.text)
}

// protectedText puts an apostrophe before a text that a spreadsheet program would take
// for a formula, and before one that begins with an apostrophe, as the CSV of totals
// does.
func protectedText(text string) string {
	if text != "" && strings.IndexByte("=+-@\t\r\n'", text[0]) >= 0 {
		return "'" + text
	}
	return text
}
