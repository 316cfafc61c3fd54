package report

import "io"

// book is a workbook before anything is written.
type book struct {
	About
	subject  string   // such as "Vacancies"
	keywords []string // for the document's properties
	cover    []section
	sheets   []*sheet // the data sheets, in their order
}

// section is a heading of the cover with its paragraphs, one cell each.
type section struct {
	heading    string
	paragraphs []string
}

// book returns the workbook of data sheets with its cover.
func (a About) book(subject string, keywords []string, parts coverParts, sheets []*sheet) book {
	if a.synthetic() {
		keywords = append(keywords, "synthetic data")
	}
	return book{About: a, subject: subject, keywords: keywords, cover: a.coverOf(parts, sheets), sheets: sheets}
}

// write lays out the workbook, with cover, contents and notes before the data
// sheets, and writes it.
func (b book) write(w io.Writer) error {
	for _, s := range b.sheets {
		if err := s.finish(); err != nil {
			return err
		}
	}
	notes := numberNotes(b.sheets)
	sheets := b.sheets
	if len(notes.inOrder) > 0 {
		sheets = append([]*sheet{notes.sheet()}, sheets...)
	}
	sheets = append([]*sheet{contents(sheets)}, sheets...)

	out, err := newWriter(notes)
	if err != nil {
		return err
	}
	return out.write(w, b, sheets)
}

// contents returns the sheet that lists the sheets after it and leads to them.
func contents(sheets []*sheet) *sheet {
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
	return s
}
