package report

import (
	"fmt"
	"strings"
)

// note is an explanation to which titles, headers and row labels refer. Two notes
// with the same text are the same note.
type note string

// numbering gives every note its number, by first appearance from the first data
// sheet on.
type numbering struct {
	numbers map[note]int
	inOrder []note
}

func numberNotes(sheets []*sheet) numbering {
	n := numbering{numbers: map[note]int{}}
	for _, s := range sheets {
		s.eachNote(func(text note) {
			if _, known := n.numbers[text]; !known {
				n.inOrder = append(n.inOrder, text)
				n.numbers[text] = len(n.inOrder)
			}
		})
	}
	return n
}

func (n numbering) marker(text note) string { return fmt.Sprintf("[note %d]", n.numbers[text]) }

// mark returns a text with the markers of its notes: "Vacancy FTE [note 2][note 3]".
func (n numbering) mark(text string, notes []note) string {
	if len(notes) == 0 {
		return text
	}
	var b strings.Builder
	b.WriteString(text + " ")
	for _, each := range notes {
		b.WriteString(n.marker(each))
	}
	return b.String()
}

// sheet returns the sheet that lists the notes.
func (n numbering) sheet() *sheet {
	s := &sheet{
		name:    "Notes",
		about:   "Notes to which the tables refer",
		title:   "Notes to the tables of this workbook",
		table:   "notes",
		columns: []column{{header: "Note number", kind: kindText}, {header: "Note text", kind: kindText}},
	}
	for _, text := range n.inOrder {
		s.rows = append(s.rows, []value{textValue(n.marker(text)), textValue(string(text))})
	}
	return s
}
