package sheet

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	xlsx "skillstracker/api/workbook"
)

// The names of the sheets of the workbooks that are written here. All but the
// first are passed over when such a workbook is sent in.
const (
	sheetData         = "Data"
	sheetAbout        = "About"
	sheetFindings     = "Findings"
	sheetInstructions = "Instructions"
	sheetExamples     = "Examples"
	sheetLists        = "Lists"
)

// program is named as the creator of workbooks that no organisation answers for.
const program = "skillstracker"

// book is a workbook that is being written and must not go beyond the limits of an
// upload.
type book struct {
	*xlsx.Book
	limits Limits
}

func newBook(w io.Writer, lim Limits, opts xlsx.Options, tabs ...string) (book, error) {
	made, err := xlsx.New(&limitedWriter{to: w, limit: lim.MaxBytes}, opts, tabs...)
	return book{Book: made, limits: lim}, err
}

// within fails once the workbook is too large to be sent in.
func (b book) within() error {
	if b.Unzipped() > b.limits.MaxUnzipped {
		return tooMuchData("bytes", b.limits.MaxUnzipped)
	}
	return nil
}

// Close completes the workbook.
func (b book) Close() error {
	if err := b.Book.Close(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return b.within()
}

// lines are the cells of column A above a table, the first as the sheet's title.
func lines(texts ...string) []xlsx.Line {
	list := make([]xlsx.Line, len(texts))
	for i, text := range texts {
		list[i] = xlsx.Line{Text: text, Style: xlsx.Style{OneLine: true}}
	}
	list[0].Style.Role = xlsx.Title
	return list
}

// bookTable is a sheet whose rows are at hand.
type bookTable struct {
	xlsx.Sheet
	rows [][]Cell
}

// newBookTable lays out rows, of which the first is the header, as a marked-up table.
func newBookTable(sheet xlsx.Sheet, rows [][]Cell, widths ...float64) bookTable {
	for i := range rows[0] {
		isText := slices.ContainsFunc(rows[1:], func(row []Cell) bool { return row[i].Kind == Text })
		sheet.Columns = append(sheet.Columns, xlsx.Column{
			Header: rows[0][i].Text, Width: widths[i], Style: xlsx.Style{Right: !isText}, Code: isText,
		})
	}
	sheet.Rows = len(rows) - 1
	return bookTable{Sheet: sheet, rows: rows[1:]}
}

// write writes tables that have been added to the workbook, and completes it.
func (b book) write(tables ...bookTable) error {
	for _, t := range tables {
		if err := b.Add(t.Sheet); err != nil {
			return err
		}
	}
	for _, t := range tables {
		rows, err := b.Begin(t.Name)
		if err != nil {
			return err
		}
		for _, row := range t.rows {
			rows.Height(t.height(row))
			if err := putCells(rows, row); err != nil {
				return err
			}
		}
	}
	return b.Close()
}

func (t *bookTable) height(row []Cell) float64 {
	texts := make([]xlsx.RowText, 0, len(row))
	for i := range row {
		if row[i].Kind == Text {
			texts = append(texts, xlsx.RowText{Text: row[i].Text, Column: t.Columns[i].Width, Style: t.Columns[i].Style})
		}
	}
	return xlsx.RowHeight(texts...)
}

// putCells writes a row of cells in the styles of their columns.
func putCells(rows *xlsx.Rows, cells []Cell) error {
	for i := range cells {
		switch cell := &cells[i]; cell.Kind {
		case Text, ErrorValue:
			rows.Text(cell.Text)
		case Number:
			number, err := strconv.ParseFloat(cell.Text, 64)
			if err != nil {
				return fmt.Errorf("read number: %w", err)
			}
			rows.Number(number)
		case Date:
			rows.Date(cell.Days)
		case Bool:
			rows.Bool(cell.Text == "TRUE")
		case Empty:
			rows.Empty()
		}
	}
	return rows.End()
}

// formStyle is the style of the cells of a form.
func formStyle(form valueForm) xlsx.Style {
	switch form {
	case formText:
		return xlsx.Style{Format: xlsx.FormatText}
	case formDate:
		return xlsx.Style{Format: xlsx.FormatISODay}
	case formNumber:
	}
	return xlsx.Style{Right: true}
}

// formColumn is the column of a file that is filled in, as wide as its values and its
// heading.
func formColumn(name string) xlsx.Column {
	least := 12.0
	switch name {
	case fieldTeam:
		least = 32
	case fieldEmployeeNumber:
		least = 20
	case fieldVacancyReference:
		least = 28
	}
	form := formOf(name)
	return xlsx.Column{
		Header: name, Width: max(least, xlsx.ColumnWidth(name, []string{name})), Style: formStyle(form), Code: form == formText, Below: true,
	}
}

// cellName is the reference of a cell by its column and row, from 1.
func cellName(column, row int) string { return xlsx.CellName(column, row) }

// areaName is the reference of the cells from one corner to the other.
func areaName(column, row, lastColumn, lastRow int) string {
	return cellName(column, row) + ":" + cellName(lastColumn, lastRow)
}
