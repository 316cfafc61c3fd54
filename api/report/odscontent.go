package report

import (
	"fmt"
	"strconv"

	"skillstracker/api/workbook"
	"skillstracker/domain"
)

// odsLayout is a report as it is laid out for a workbook, with the widths of columns,
// heights of rows and pages that occur, each of which is a style of its own.
type odsLayout struct {
	sheets  []laidSheet
	columns odsSizes
	rows    odsSizes
	pages   []odsPage
}

// odsPage is a way to print sheets: so many pages across.
type odsPage struct {
	portrait bool
	wide     int
}

func pageOf(page workbook.Page) odsPage { return odsPage{page.Portrait, max(page.Wide, 1)} }

func (p odsPage) name() string {
	if p.portrait {
		return fmt.Sprintf("Portrait%d", p.wide)
	}
	return fmt.Sprintf("Landscape%d", p.wide)
}

// odsSizes gives every size that occurs the name of a style.
type odsSizes struct {
	prefix  string
	numbers map[string]int
	inOrder []string
}

// add returns the name of the style of a size.
func (s *odsSizes) add(size string) string {
	if _, known := s.numbers[size]; !known {
		s.inOrder = append(s.inOrder, size)
		s.numbers[size] = len(s.inOrder)
	}
	return s.prefix + strconv.Itoa(s.numbers[size])
}

// odsWidth returns the width of a column, given in digits of the body font, as a
// length: its letters are 12 points high, and a digit is 0.556 of that wide.
func odsWidth(digits float64) string {
	return strconv.FormatFloat(digits*workbook.BodySize*0.556, 'f', 2, 64) + "pt"
}

// odsHeight returns the height of a row, given in points with 0 for the usual one.
func odsHeight(points float64) string {
	const usual = 15.5
	return strconv.FormatFloat(max(points, usual), 'f', 1, 64) + "pt"
}

// odsLayout lays the sheets out and lists the styles that they need.
func (b *Book) odsLayout() (*odsLayout, error) {
	w := &writer{notes: b.notes, profile: Accessible}
	if err := w.lay(b); err != nil {
		return nil, err
	}
	l := &odsLayout{
		sheets:  w.sheets,
		columns: odsSizes{prefix: "Column", numbers: map[string]int{}},
		rows:    odsSizes{prefix: "Row", numbers: map[string]int{}},
	}
	seen := map[odsPage]bool{}
	for i := range l.sheets {
		s := &l.sheets[i]
		if page := pageOf(s.Page); !seen[page] {
			seen[page] = true
			l.pages = append(l.pages, page)
		}
		for _, c := range s.Columns {
			l.columns.add(odsWidth(c.Width))
		}
		for _, line := range s.Lines {
			l.rows.add(odsHeight(s.lineHeight(line)))
		}
		l.rows.add(odsHeight(s.headerHeight()))
		for row := range s.rows.texts {
			l.rows.add(odsHeight(s.rows.height(row)))
		}
	}
	return l, nil
}

// lineHeight returns the height that a cell above a table needs, in points.
func (l *laidSheet) lineHeight(line workbook.Line) float64 {
	text := workbook.RowText{Text: line.Text, Style: line.Style}
	if !line.Style.OneLine {
		text.Column = l.Columns[0].Width
	}
	return workbook.RowHeight(text)
}

func (l *laidSheet) headerHeight() float64 {
	texts := make([]workbook.RowText, len(l.Columns))
	for i, c := range l.Columns {
		texts[i] = workbook.RowText{Text: c.Header, Column: c.Width, Style: workbook.Style{Role: workbook.Header}}
	}
	return workbook.RowHeight(texts...)
}

// content writes the sheets, then says which of their cells are tables with headers.
func (l *odsLayout) content(p *odsPart) {
	p.put(`<office:document-content`, odfNamespaces, `>`, odsFontFace)
	l.automaticStyles(p)
	p.put(`<office:body><office:spreadsheet>`)
	for i := range l.sheets {
		l.sheet(p, &l.sheets[i])
		if p.err != nil {
			p.err = fmt.Errorf("sheet %s: %w", l.sheets[i].Name, p.err)
			return
		}
	}
	p.put(`<table:database-ranges>`)
	for i := range l.sheets {
		s := &l.sheets[i]
		if s.Table == "" {
			continue
		}
		header := len(s.Lines) + 1
		p.put(`<table:database-range table:name="`, s.Table, `" table:target-range-address="`,
			s.Name, ".", workbook.CellName(1, header), ":", s.Name, ".", workbook.CellName(len(s.Columns), header+s.Rows),
			`" table:contains-header="true" table:display-filter-buttons="false"/>`)
	}
	p.put(`</table:database-ranges></office:spreadsheet></office:body></office:document-content>`)
}

// sheet writes a sheet: the text above the table, the headers as a row that is printed
// on every page, and the rows.
func (l *odsLayout) sheet(p *odsPart, s *laidSheet) {
	p.put(`<table:table table:name="`, s.Name, `" table:style-name="Sheet`, pageOf(s.Page).name(), `">`)
	for i, c := range s.Columns {
		if i == 0 && s.Page.Labels > 0 {
			p.put(`<table:table-header-columns>`)
		}
		p.put(`<table:table-column table:style-name="`, l.columns.add(odsWidth(c.Width)), `" table:default-cell-style-name="Default"/>`)
		if i+1 == s.Page.Labels {
			p.put(`</table:table-header-columns>`)
		}
	}
	for _, line := range s.Lines {
		l.row(p, s.lineHeight(line), func() { p.cell(odsLineStyle(line.Style), line.Text) })
	}
	if s.Table != "" {
		p.put(`<table:table-header-rows>`)
		l.row(p, s.headerHeight(), func() {
			for _, c := range s.Columns {
				style := odsHeader
				if c.Style.Right {
					style = odsHeaderRight
				}
				p.cell(style, c.Header)
			}
		})
		p.put(`</table:table-header-rows>`)
		for i := range s.rows.rows {
			l.row(p, s.rows.height(i), func() { s.rows.odsCells(p, i) })
		}
	}
	p.put(`</table:table>`)
}

func (l *odsLayout) row(p *odsPart, points float64, cells func()) {
	p.put(`<table:table-row table:style-name="`, l.rows.add(odsHeight(points)), `">`)
	cells()
	p.put(`</table:table-row>`)
}

// odsLineStyle returns the name of the style of a cell above a table.
func odsLineStyle(style workbook.Style) string {
	switch {
	case style.Role == workbook.Title && style.OneLine:
		return odsTitle
	case style.Role == workbook.Title:
		return odsCoverTitle
	case style.Role == workbook.Heading:
		return odsHeading
	case style.OneLine:
		return odsLine
	}
	return odsParagraph
}

// odsCells writes the cells of a row.
func (t tableLayout) odsCells(p *odsPart, row int) {
	for i, v := range t.rows[row] {
		k, text := t.sheet.columns[i].kind, t.texts[row][i]
		begin := []string{`<table:table-cell table:style-name="`, k.odsCell(), `" office:value-type="`}
		switch {
		case v.isNumber && (k == kindMonth || k == kindDay):
			p.put(append(begin, `date" office:date-value="`, dayOf(v.number).String(), `">`)...)
			p.element("text:p", k.shown(v.number))
		case v.isNumber:
			p.put(append(begin, `float" office:value="`, strconv.FormatFloat(v.number, 'f', -1, 64), `">`)...)
			p.element("text:p", k.shown(v.number))
		case k == kindLink:
			p.put(append(begin, `string"><text:p><text:a xlink:type="simple" xlink:href="#`)...)
			p.text(text)
			p.put(`.A1">`)
			p.text(text)
			p.put(`</text:a></text:p>`)
		default:
			p.put(append(begin, `string">`)...)
			p.element("text:p", text)
		}
		p.put(`</table:table-cell>`)
	}
}

// cell writes a cell of text.
func (p *odsPart) cell(style, text string) {
	p.put(`<table:table-cell table:style-name="`, style, `" office:value-type="string">`)
	p.element("text:p", text)
	p.put(`</table:table-cell>`)
}

// serialOf1970 is the number of 1 January 1970 in the 1900 date system.
const serialOf1970 = 25569

// dayOf returns the day of a number that dateValue made.
func dayOf(serial float64) domain.Date { return domain.Date(int(serial) - serialOf1970) }
