package workbook

import (
	"errors"
	"fmt"
	"strconv"
)

// Rows writes the rows of one worksheet, cell by cell from column A on. The first
// error ends the workbook; every End returns it.
type Rows struct {
	book *Book
	tab  *tab // nil when the sheet is complete
	of   string
	buf  []byte
	cols []columnCode
	row  int    // number of the row that is written, or of the next one
	name []byte // the row's number in digits
	col  int    // cells of the row so far
	open bool
	// height of the next row in points, 0 for the usual one.
	height  float64
	begun   int64  // bytes of the package where the sheet begins
	instead []byte // style of the next cell; nil for that of its column
	known   map[Style][]byte
	err     error
}

// columnCode is what the cells of a column begin with: <c r="A before the row's number
// and " s="1" behind it.
type columnCode struct{ ref, style []byte }

// flushBytes is how much of a sheet is gathered before it is compressed.
const flushBytes = 32 << 10

func (r *Rows) begin(t *tab, of string) {
	*r = Rows{book: r.book, tab: t, of: of, buf: r.buf[:0], cols: r.cols[:0], known: r.known, row: 1, begun: r.book.out.raw, err: r.err}
	if r.known == nil {
		r.known = make(map[Style][]byte)
	}
	for i := range max(len(t.Columns), 1) {
		var style Style
		if i < len(t.Columns) {
			style = t.Columns[i].Style
		}
		r.cols = append(r.cols, columnCode{ref: []byte(`<c r="` + letters(i+1)), style: r.code(style)})
	}
}

// code returns the text of a style behind a cell's reference.
func (r *Rows) code(style Style) []byte {
	if code, known := r.known[style]; known {
		return code
	}
	id, err := r.book.styles.id(style)
	if err != nil && r.err == nil {
		r.err = err
	}
	code := []byte(`" s="` + strconv.Itoa(id) + `"`)
	r.known[style] = code
	return code
}

// top writes the lines and the headers.
func (r *Rows) top() error {
	for _, line := range r.tab.Lines {
		width := 0.0
		if !line.Style.OneLine && len(r.tab.Columns) > 0 {
			width = r.tab.Columns[0].Width
		}
		r.Height(RowHeight(RowText{Text: line.Text, Column: width, Style: line.Style}))
		r.With(line.Style).Text(line.Text)
		if err := r.End(); err != nil {
			return err
		}
	}
	if r.tab.Table == "" || r.tab.HeaderAt > 0 {
		return r.err
	}
	texts := make([]RowText, len(r.tab.Columns))
	for i := range r.tab.Columns {
		column := &r.tab.Columns[i]
		texts[i] = RowText{Text: column.Header, Column: column.Width, Style: column.header()}
	}
	r.Height(RowHeight(texts...))
	for i := range texts {
		r.With(texts[i].Style).Text(texts[i].Text)
	}
	return r.End()
}

// header returns the style of a column's header, which stands where its numbers stand.
func (c *Column) header() Style { return Style{Role: Header, Right: c.Style.Right} }

// At has the next row be the one of a number, so that rows before it are left out.
func (r *Rows) At(row int) {
	if row < r.row || r.open {
		r.fail(fmt.Errorf("row %d is written already", row))
		return
	}
	r.row = row
}

// Height sets the height of the next row in points; 0 for the usual one. Programs
// take it as a hint: the row grows when a reader chooses a larger font or a narrower
// column.
func (r *Rows) Height(points float64) { r.height = points }

// With sets the style of the next cell in place of its column's.
func (r *Rows) With(style Style) *Rows {
	r.instead = r.code(style)
	return r
}

// Empty leaves a cell empty. One with a style of its own keeps that.
func (r *Rows) Empty() {
	if r.instead == nil {
		if r.openRow() {
			r.col++
		}
		return
	}
	if r.cell() {
		r.buf = append(r.buf, "/>"...)
	}
}

// cell begins a cell.
func (r *Rows) cell() bool {
	if !r.openRow() {
		return false
	}
	if r.col >= len(r.cols) {
		r.failNext(fmt.Errorf("the sheet has %d columns", len(r.cols)))
		return false
	}
	column := &r.cols[r.col]
	r.col++
	style := column.style
	if r.instead != nil {
		style, r.instead = r.instead, nil
	}
	r.buf = append(r.buf, column.ref...)
	r.buf = append(r.buf, r.name...)
	r.buf = append(r.buf, style...)
	return true
}

// openRow begins the row unless it is begun.
func (r *Rows) openRow() bool {
	if r.open {
		return true
	}
	if r.err != nil {
		return false
	}
	if r.tab == nil {
		r.err = errors.New("write row: the sheet is complete")
		return false
	}
	if r.row > r.book.most || r.book.out.raw-r.begun > r.book.mostBytes {
		if r.err = r.goOn(); r.err != nil {
			return false
		}
	}
	r.open = true
	r.name = strconv.AppendInt(r.name[:0], int64(r.row), 10)
	r.buf = append(r.buf, `<row r="`...)
	r.buf = append(r.buf, r.name...)
	if r.height > 0 {
		r.buf = append(r.buf, `" ht="`...)
		r.buf = strconv.AppendFloat(r.buf, r.height, 'f', -1, 64)
	}
	r.height = 0
	r.buf = append(r.buf, `">`...)
	return true
}

// End completes a row, which may be one without cells.
func (r *Rows) End() error {
	if !r.open && !r.openRow() {
		return r.err
	}
	r.buf = append(r.buf, "</row>"...)
	r.open, r.col = false, 0
	r.instead = nil
	r.row++
	if len(r.buf) >= flushBytes {
		r.flush()
	}
	return r.err
}

func (r *Rows) flush() {
	if r.err != nil {
		return
	}
	if _, err := r.book.out.Write(r.buf); err != nil {
		r.err = fmt.Errorf("write sheet %s: %w", r.tab.Name, err)
	}
	r.buf = r.buf[:0]
}

// failNext fails at the cell that would be next.
func (r *Rows) failNext(err error) {
	r.col++
	r.fail(err)
}

func (r *Rows) fail(err error) {
	if r.err != nil {
		return
	}
	if r.tab == nil {
		r.err = err
		return
	}
	r.err = fmt.Errorf("cell %s of sheet %s: %w", CellName(max(r.col, 1), r.row), r.tab.Name, err)
}
