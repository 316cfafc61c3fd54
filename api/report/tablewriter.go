package report

import (
	"fmt"
	"math"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/workbook"
)

// pageWidth is the width, in digits, up to which a table is printed on one page
// across: about half the size of its letters on the screen.
const pageWidth = 240

// tableLayout is a table as it will stand on its sheet: texts with the markers of
// their notes, and the widths of the columns. The zero value is no table.
type tableLayout struct {
	*sheet
	headers []string
	texts   [][]string // empty where the cell holds a number
	widths  []float64
}

func (w *writer) layOut(s *sheet) tableLayout {
	t := tableLayout{sheet: s, texts: make([][]string, len(s.rows))}
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
		t.widths = append(t.widths, workbook.ColumnWidth(t.headers[i], shown[i]))
	}
	return t
}

func (t tableLayout) columns() []workbook.Column {
	columns := make([]workbook.Column, len(t.headers))
	for i, c := range t.sheet.columns {
		columns[i] = workbook.Column{Header: t.headers[i], Width: t.widths[i], Style: c.kind.style(), Code: c.kind == kindCode}
	}
	return columns
}

// write writes the rows, as high as their texts need.
func (t tableLayout) write(rows *workbook.Rows) error {
	if t.sheet == nil {
		return nil
	}
	for i, row := range t.rows {
		rows.Height(t.height(i))
		for j, v := range row {
			if v.isNumber {
				rows.Number(v.number)
			} else {
				rows.Text(t.texts[i][j])
			}
		}
		if err := rows.End(); err != nil {
			return err
		}
	}
	return nil
}

// height returns the height that the texts of a row need, in points.
func (t tableLayout) height(row int) float64 {
	texts := make([]workbook.RowText, len(t.texts[row]))
	for i, text := range t.texts[row] {
		texts[i] = workbook.RowText{Text: text, Column: t.widths[i]}
	}
	return workbook.RowHeight(texts...)
}

// links has the cells of columns of links lead to the sheets that they name; first is
// the row of the first of them.
func (t tableLayout) links(first int) func(*excelize.File, string) error {
	return func(file *excelize.File, name string) error {
		for i, c := range t.sheet.columns {
			if c.kind != kindLink {
				continue
			}
			for j, row := range t.rows {
				cell := workbook.CellName(i+1, first+j)
				if err := file.SetCellHyperLink(name, cell, "'"+row[i].text+"'!A1", "Location"); err != nil {
					return fmt.Errorf("link %s: %w", cell, err)
				}
			}
		}
		return nil
	}
}

// page returns how the sheet is printed. A table is one page wide, but for one so wide
// that nobody could read it then: it goes over several, with its first row labels again
// on each.
func (t tableLayout) page() workbook.Page {
	width := 0.0
	for _, each := range t.widths {
		width += each
	}
	if width <= pageWidth {
		return workbook.Page{Wide: 1}
	}
	labels, again := t.pageLabels()
	return workbook.Page{Wide: int(math.Ceil((width - again) / (pageWidth - again))), Labels: labels}
}

// pageLabels returns how many row labels stand on every page, and how wide they are: a
// code and a name, when they leave two thirds of the page to other columns.
func (t tableLayout) pageLabels() (labels int, width float64) {
	const most = 2
	for i, c := range t.sheet.columns[:min(most, len(t.sheet.columns))] {
		if c.kind.numeric() || width+t.widths[i] > pageWidth/3 {
			break
		}
		labels, width = i+1, width+t.widths[i]
	}
	return labels, width
}

// inParts returns the sheets in which a table stands: one, or several where it has
// more rows than one may have. The further ones are numbered from 2.
func (s *sheet) inParts(most int) []*sheet {
	if len(s.rows) <= most {
		return []*sheet{s}
	}
	var parts []*sheet
	for from := 0; from < len(s.rows); from += most {
		part, number := *s, len(parts)+1
		part.rows = s.rows[from:min(from+most, len(s.rows))]
		if number > 1 {
			part.name, part.table = fmt.Sprintf("%s_%d", s.name, number), fmt.Sprintf("%s_%d", s.table, number)
			part.title, part.about = fmt.Sprintf("%s (part %d)", s.title, number), fmt.Sprintf("%s (part %d)", s.about, number)
		}
		parts = append(parts, &part)
	}
	return parts
}
