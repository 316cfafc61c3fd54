package report

import (
	"fmt"
	"io"

	"skillstracker/api/workbook"
)

// Format is a file format of a report.
type Format string

// The formats: an Excel workbook, its twin in the OpenDocument format, and a zip
// archive with a CSV file and its CSVW metadata for each table, for machines.
const (
	XLSX Format = "xlsx"
	ODS  Format = "ods"
	ZIP  Format = "zip"
)

// Profile says for whom a workbook is laid out.
type Profile string

// The profiles. Accessible passes every essential and desirable rule for accessible
// spreadsheets; Management has the same tables, and charts on sheets of their own and
// colour scales, and passes every essential rule. Only XLSX has both.
const (
	Accessible Profile = "accessible"
	Management Profile = "management"
)

// Book is a report before anything is written: the same cover, tables and figures
// for every format and profile. It is not changed once it is made.
type Book struct {
	About
	subject  string   // such as "Vacancies"
	keywords []string // for the document's properties
	cover    []section
	undated  []section // the cover without the time at which it was made
	receipt  Receipt
	notes    numbering
	sheets   []*sheet // the data sheets, in their order
	charts   []*chart // of the management profile, after the data sheets
}

// section is a heading of the cover with its paragraphs, one cell each.
type section struct {
	heading    string
	paragraphs []string
}

// bookParts is what a report is put together from.
type bookParts struct {
	subject  string
	keywords []string
	cover    coverParts
	sheets   []*sheet
	charts   []*chart
}

// book puts a report together: it completes the sheets, numbers the notes, makes the
// receipt and writes the cover's sections.
func (a About) book(parts bookParts) (*Book, error) {
	if a.synthetic() {
		parts.keywords = append(parts.keywords, "synthetic data")
	}
	for _, s := range parts.sheets {
		if err := s.finish(); err != nil {
			return nil, err
		}
	}
	charts, err := finishCharts(parts.charts)
	if err != nil {
		return nil, err
	}
	b := &Book{About: a, subject: parts.subject, keywords: parts.keywords, notes: numberNotes(parts.sheets), sheets: parts.sheets, charts: charts}
	tables := b.Tables()
	figures, err := digest(tables)
	if err != nil {
		return nil, err
	}
	b.receipt = a.Receipt
	for _, t := range tables {
		b.receipt.Sheets = append(b.receipt.Sheets, t.Sheet)
	}
	b.receipt.MadeAt, b.receipt.Rule, b.receipt.Figures = a.MadeAt.UTC(), a.rules(), figures
	b.cover = a.coverOf(parts.cover, b.receipt, parts.sheets)
	timeless, receipt := withoutTime(a, b.receipt)
	b.undated = timeless.coverOf(parts.cover, receipt, parts.sheets)
	return b, nil
}

// Receipt says how the report can be made again, with the digest of its figures.
func (b *Book) Receipt() Receipt { return b.receipt }

// Write writes the report. Nothing is written when there is no such format or
// profile of it.
func (b *Book) Write(w io.Writer, format Format, profile Profile) error {
	switch {
	case profile != Accessible && profile != Management:
		return fmt.Errorf("write report: there is no profile %q", profile)
	case format == XLSX:
		return b.writeXLSX(w, profile)
	case profile != Accessible:
		return fmt.Errorf("write report: profile %s is for workbooks in the format xlsx only", profile)
	case format == ODS:
		return b.writeODS(w)
	case format == ZIP:
		return b.writeZIP(w)
	}
	return fmt.Errorf("write report: there is no format %q", format)
}

// writeXLSX writes the workbook, with cover, contents and notes before the data
// sheets.
func (b *Book) writeXLSX(w io.Writer, profile Profile) error {
	out := &writer{notes: b.notes, profile: profile}
	return out.write(w, b)
}

// tableSheets returns the sheets with a table in the order of the workbook: contents,
// notes when there are any, and the data sheets.
func (b *Book) tableSheets(profile Profile) []*sheet {
	const mostRows = workbook.MaxRows - 100 // room for what stands above a table
	var sheets []*sheet
	for _, s := range b.sheets {
		sheets = append(sheets, s.inParts(mostRows)...)
	}
	if len(b.notes.inOrder) > 0 {
		sheets = append([]*sheet{b.notes.sheet()}, sheets...)
	}
	return append([]*sheet{b.contents(sheets, profile)}, sheets...)
}

// contents returns the sheet that lists the sheets after it and leads to them.
func (b *Book) contents(sheets []*sheet, profile Profile) *sheet {
	s := &sheet{
		name:  "Contents",
		title: "Contents of this workbook",
		table: "contents",
		columns: []column{
			{header: "Worksheet", kind: kindLink},
			{header: "What it holds", kind: kindText},
			{header: "Rows (number)", kind: kindWhole},
		},
	}
	for _, each := range sheets {
		s.rows = append(s.rows, []value{textValue(each.name), textValue(each.about), numberValue(float64(len(each.rows)))})
	}
	if profile == Management {
		for _, each := range b.charts {
			s.rows = append(s.rows, []value{textValue(each.name), textValue(each.about), absent("z")})
		}
	}
	return s
}
