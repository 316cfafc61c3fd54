package report

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// File is what a workbook of this package says: its receipt and its tables.
type File struct {
	Receipt Receipt
	Tables  []Table
	// Untouched says that the tables are those that the receipt is about.
	Untouched bool
}

// maxUnzipped is the greatest size, in bytes, to which a workbook may unpack.
const maxUnzipped = 1 << 30

// ReadFile reads a workbook that was made by this package, also one that another
// program has saved since. The error says what to do when it is no such workbook.
func ReadFile(r io.Reader) (file File, err error) {
	book, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: maxUnzipped, RawCellValue: true})
	if err != nil {
		return file, fmt.Errorf("read workbook: it is not an Excel workbook (xlsx) or is damaged: %w", err)
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	lines, err := receiptLines(book)
	if err != nil {
		return file, err
	}
	if file.Receipt, err = ParseReceipt(lines); err != nil {
		return file, fmt.Errorf("read receipt on the sheet %s: %w", coverName, err)
	}
	for _, sheet := range file.Receipt.Sheets {
		table, err := readTable(book, sheet)
		if err != nil {
			return file, fmt.Errorf("read sheet %s: %w", sheet, err)
		}
		file.Tables = append(file.Tables, table)
	}
	sum, err := digest(file.Tables)
	file.Untouched = sum == file.Receipt.Figures
	return file, err
}

// receiptLines returns the cells of the cover below the heading of the receipt.
func receiptLines(book *excelize.File) (lines []string, err error) {
	rows, err := book.Rows(coverName)
	if err != nil {
		return nil, fmt.Errorf("read workbook: it has no sheet %s, so it is not a report of this program: %w", coverName, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	found := false
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return nil, fmt.Errorf("read sheet %s: %w", coverName, err)
		}
		if len(cells) == 0 {
			continue
		}
		if found {
			lines = append(lines, cells[0])
		}
		found = found || cells[0] == receiptHeading
	}
	if err := rows.Error(); err != nil {
		return nil, fmt.Errorf("read sheet %s: %w", coverName, err)
	}
	if !found {
		return nil, fmt.Errorf("read workbook: its sheet %s has no heading %q, so it is not a report of this program, or of one too old", coverName, receiptHeading)
	}
	return lines, nil
}

// readTable reads the one table of a sheet.
func readTable(book *excelize.File, sheet string) (Table, error) {
	t := Table{Sheet: sheet}
	marked, err := book.GetTables(sheet)
	if err != nil {
		return t, fmt.Errorf("find table: %w", err)
	}
	if len(marked) != 1 {
		return t, fmt.Errorf("it has %d tables where one was written", len(marked))
	}
	corners := strings.Split(strings.ReplaceAll(marked[0].Range, "$", ""), ":")
	firstColumn, firstRow, err := excelize.CellNameToCoordinates(corners[0])
	if err != nil {
		return t, fmt.Errorf("find table: %w", err)
	}
	lastColumn, lastRow, err := excelize.CellNameToCoordinates(corners[len(corners)-1])
	if err != nil {
		return t, fmt.Errorf("find table: %w", err)
	}
	for row := firstRow; row <= lastRow; row++ {
		var cells []any
		for column := firstColumn; column <= lastColumn; column++ {
			cell, err := readCell(book, sheet, column, row)
			if err != nil {
				return t, err
			}
			if row == firstRow {
				t.Header = append(t.Header, fmt.Sprint(cell))
				continue
			}
			cells = append(cells, cell)
		}
		if row > firstRow {
			t.Rows = append(t.Rows, cells)
		}
	}
	return t, nil
}

// readCell returns a cell as a string or a number.
func readCell(book *excelize.File, sheet string, column, row int) (any, error) {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return nil, fmt.Errorf("name cell: %w", err)
	}
	text, err := book.GetCellValue(sheet, name)
	if err != nil {
		return nil, fmt.Errorf("read cell %s: %w", name, err)
	}
	kind, err := book.GetCellType(sheet, name)
	if err != nil {
		return nil, fmt.Errorf("read cell %s: %w", name, err)
	}
	if kind != excelize.CellTypeNumber && kind != excelize.CellTypeUnset {
		return text, nil
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text, nil //nolint:nilerr // what is not a number is a text, such as an empty cell
	}
	return number, nil
}

// Difference is a cell that two editions of a table hold differently, or a table
// that is not in both.
type Difference struct {
	Sheet string
	// Column is the header, Row the first cells of the row that say what it is about;
	// both are empty when whole tables differ.
	Column, Row string
	File, Again string // what the file and the register hold
}

// Compare returns what is different between the tables of a file and those made again.
func Compare(file, again []Table) []Difference {
	var found []Difference
	for _, t := range file {
		i := slices.IndexFunc(again, func(other Table) bool { return other.Sheet == t.Sheet })
		if i < 0 {
			found = append(found, Difference{Sheet: t.Sheet, File: fmt.Sprintf("%d rows", len(t.Rows)), Again: "no such table"})
			continue
		}
		found = append(found, compareTables(t, again[i])...)
	}
	for _, t := range again {
		if !slices.ContainsFunc(file, func(other Table) bool { return other.Sheet == t.Sheet }) {
			found = append(found, Difference{Sheet: t.Sheet, File: "no such table", Again: fmt.Sprintf("%d rows", len(t.Rows))})
		}
	}
	return found
}

func compareTables(file, again Table) []Difference {
	if !slices.Equal(file.Header, again.Header) {
		return []Difference{{Sheet: file.Sheet, File: strings.Join(file.Header, ", "), Again: strings.Join(again.Header, ", ")}}
	}
	var found []Difference
	for i := range max(len(file.Rows), len(again.Rows)) {
		if i >= len(file.Rows) || i >= len(again.Rows) {
			found = append(found, Difference{Sheet: file.Sheet, File: fmt.Sprintf("%d rows", len(file.Rows)), Again: fmt.Sprintf("%d rows", len(again.Rows))})
			break
		}
		for column, header := range file.Header {
			if a, b := file.Rows[i][column], again.Rows[i][column]; a != b {
				found = append(found, Difference{Sheet: file.Sheet, Column: header, Row: rowName(again.Rows[i]), File: shown(a), Again: shown(b)})
			}
		}
	}
	return found
}

// rowName returns the texts at the beginning of a row, which say what it is about.
func rowName(row []any) string {
	var names []string
	for _, cell := range row {
		text, isText := cell.(string)
		if !isText {
			break
		}
		names = append(names, text)
	}
	if len(names) == 0 && len(row) > 0 {
		names = []string{shown(row[0])}
	}
	return strings.Join(names, ", ")
}

func shown(cell any) string {
	if number, isNumber := cell.(float64); isNumber {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	return fmt.Sprint(cell)
}
