package report

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"
)

// pageWidth is the width, in digits, up to which a table is printed on one page
// across: about half the size of its letters on the screen.
const pageWidth = 240

// tableLayout is a table as it will stand on its sheet: texts with the markers of
// their notes, and the widths of the columns.
type tableLayout struct {
	*sheet
	header    int // row of the headers
	headers   []string
	texts     [][]string // empty where the cell holds a number
	colWidths []float64
}

func (w *writer) layOut(s *sheet, header int) tableLayout {
	t := tableLayout{sheet: s, header: header, texts: make([][]string, len(s.rows))}
	shown := make([][]string, len(s.columns))
	for i, row := range s.rows {
		for j, v := range row {
			text := w.notes.mark(v.text, v.notes)
			t.texts[i] = append(t.texts[i], text)
			if v.isNumber {
				text = s.columns[j].kind.display(v.number)
			}
			shown[j] = append(shown[j], text)
		}
	}
	for i, c := range s.columns {
		t.headers = append(t.headers, w.notes.mark(c.header, c.notes))
		t.colWidths = append(t.colWidths, columnWidth(t.headers[i], shown[i]))
	}
	return t
}

// lastRow returns the last row of the table.
func (t tableLayout) lastRow() int { return t.header + len(t.rows) }

func (w *writer) headers(t tableLayout) error {
	texts := make([]rowText, len(t.columns))
	for i, c := range t.columns {
		style := w.styles.header
		if c.kind.numeric() {
			style = w.styles.headerRight
		}
		if err := w.text(t.name, i+1, t.header, t.headers[i], style); err != nil {
			return err
		}
		texts[i] = rowText{text: t.headers[i], column: t.colWidths[i], size: bodySize, bold: true}
	}
	return w.height(t.name, t.header, texts...)
}

func (w *writer) cells(t tableLayout) error {
	for i, row := range t.rows {
		texts := make([]rowText, len(row))
		for j, v := range row {
			var err error
			style := w.styles.cells[t.columns[j].kind]
			if v.isNumber {
				err = w.number(t.name, j+1, t.header+1+i, v.number, style)
			} else {
				err = w.text(t.name, j+1, t.header+1+i, t.texts[i][j], style)
			}
			if err != nil {
				return err
			}
			texts[j] = rowText{text: t.texts[i][j], column: t.colWidths[j], size: bodySize}
		}
		if err := w.height(t.name, t.header+1+i, texts...); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) widths(t tableLayout) error {
	for i, width := range t.colWidths {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := w.file.SetColWidth(t.name, name, name, width); err != nil {
			return err
		}
	}
	return nil
}

// markUp makes the cells a table without style, stripes and filter buttons.
func (w *writer) markUp(t tableLayout) error {
	last, err := excelize.CoordinatesToCellName(len(t.columns), t.lastRow())
	if err != nil {
		return err
	}
	off := false
	if err := w.file.AddTable(t.name, &excelize.Table{
		Range: fmt.Sprintf("A%d:%s", t.header, last), Name: t.table, ShowRowStripes: &off,
	}); err != nil {
		return fmt.Errorf("add table %s: %w", t.table, err)
	}
	return w.withoutFilter(t.table)
}

// withoutFilter takes the filter buttons out of a table's part: the library always
// writes them, and the rules of accessible spreadsheets do not want them.
func (w *writer) withoutFilter(table string) error {
	done := false
	w.file.Pkg.Range(func(path, content any) bool {
		name, isName := path.(string)
		part, isPart := content.([]byte)
		if !isName || !isPart || !strings.HasPrefix(name, "xl/tables/") || !bytes.Contains(part, []byte(` name="`+table+`"`)) {
			return true
		}
		before, rest, found := bytes.Cut(part, []byte("<autoFilter "))
		_, after, ended := bytes.Cut(rest, []byte("</autoFilter>"))
		if found && ended {
			w.file.Pkg.Store(name, append(bytes.Clone(before), after...))
			done = true
		}
		return false
	})
	if !done {
		return fmt.Errorf("take filter buttons off table %s: its part does not look as expected", table)
	}
	return nil
}

// codes keeps spreadsheet programs from flagging codes such as 01 as numbers
// stored as text, which is what they must be.
func (w *writer) codes(t tableLayout) error {
	for i, c := range t.columns {
		if c.kind != kindCode {
			continue
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		cells := fmt.Sprintf("%s%d:%s%d", name, t.header+1, name, t.lastRow())
		if err := w.file.AddIgnoredErrors(t.name, cells, excelize.IgnoredErrorsNumberStoredAsText); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) links(t tableLayout) error {
	for i, c := range t.columns {
		if c.kind != kindLink {
			continue
		}
		for j, row := range t.rows {
			cell, err := excelize.CoordinatesToCellName(i+1, t.header+1+j)
			if err != nil {
				return err
			}
			if err := w.file.SetCellHyperLink(t.name, cell, "'"+row[i].text+"'!A1", "Location"); err != nil {
				return fmt.Errorf("link %s: %w", cell, err)
			}
		}
	}
	return nil
}

// page sets the sheet up for printing, with the headers again on each page. A
// table is one page wide, but for one so wide that nobody could read it then: it
// goes over several, with its row labels again on each.
func (w *writer) page(t tableLayout) error {
	width, labels := 0.0, 0
	for i, c := range t.columns {
		width += t.colWidths[i]
		if labels == i && !c.kind.numeric() {
			labels = i + 1
		}
	}
	titles := fmt.Sprintf("'%s'!$%d:$%d", t.name, t.header, t.header)
	pages := int(math.Ceil(width / pageWidth))
	if pages > 1 {
		name, err := excelize.ColumnNumberToName(labels)
		if err != nil {
			return err
		}
		titles = fmt.Sprintf("'%s'!$A:$%s,%s", t.name, name, titles)
	}
	return errors.Join(
		w.paper(t.name, "landscape", pages),
		w.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: t.name}),
		w.dimension(t.name, len(t.columns), t.lastRow()),
	)
}
