package report

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	files "skillstracker/api/sheet"
)

// File is what a workbook of this package says: its receipt and its tables.
type File struct {
	Receipt Receipt
	Tables  []Table
	// Untouched says that the tables are those that the receipt is about.
	Untouched bool
	// Uncompared names the sheets of the report that the receipt is not about, Foreign
	// those that no report has, and Beside those of the receipt with something below or
	// beside their table.
	Uncompared, Foreign, Beside []string
}

// maxCells is how many cells of a workbook are read: the greatest report is of 250,000
// people in some 30 columns.
const maxCells = 10_000_000

// ReadFile reads a workbook of a size in bytes that was made by this package, also one
// that another program has saved since. The error says what to do when it is no such
// workbook.
func ReadFile(from io.ReaderAt, size int64) (File, error) {
	book, err := files.Open(files.Source{File: from, Size: size}, files.Limits{
		MaxBytes: 256 << 20, MaxRows: math.MaxInt32, MaxColumns: math.MaxInt32, MaxUnzipped: 1 << 30, MaxCellChars: math.MaxInt32,
	})
	if err != nil {
		return File{}, notAReport(err)
	}
	read := fileReader{tables: map[string]*fileTable{}}
	err = errors.Join(read.all(book), book.Close())
	if err != nil {
		return File{}, err
	}
	return read.file()
}

// notAReport says of a fault of a file that verifying it ends there.
func notAReport(err error) error {
	fault, is := errors.AsType[*files.FileError](err)
	switch {
	case !is:
		return fmt.Errorf("read workbook: %w", err)
	case fault.Code == files.CodeTypeUnsupported:
		return errNoWorkbook
	}
	return fmt.Errorf("it is no Excel workbook (xlsx), or it is not as it was made: %s", fault.Message)
}

// errNoWorkbook says what to do with a file of another kind, such as another format of a
// report.
var errNoWorkbook = errors.New("it is not an Excel workbook (xlsx). Only the xlsx of a report can be verified: when it is an ods or a zip, get the same report as xlsx and verify that")

// fileReader gathers what the sheets of a workbook hold.
type fileReader struct {
	receipt []string // the cells of the cover below the heading of the receipt
	found   bool     // of that heading
	tables  map[string]*fileTable
	cells   int
}

// all reads the cover, and then every other sheet, each once and to its end.
func (r *fileReader) all(book files.Reader) error {
	others, whole := book.(files.OthersReader)
	if !whole {
		return errNoWorkbook
	}
	if err := book.Select(coverName); err != nil {
		return fmt.Errorf("it has no sheet %s, so it is not a report of this program", coverName)
	}
	for {
		row, err := book.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return notAReport(err)
		}
		if err := r.count(row); err != nil {
			return err
		}
		if r.found {
			r.receipt = append(r.receipt, row.Cells[0].Text)
		}
		r.found = r.found || row.Cells[0].Text == receiptHeading
	}
	if !r.found {
		return fmt.Errorf("its sheet %s has no heading %q, so it is not a report of this program, or of one too old", coverName, receiptHeading)
	}
	err := others.EachOther(func(sheet string, row files.Row) error {
		if err := r.count(row); err != nil {
			return err
		}
		if r.tables[sheet] == nil {
			r.tables[sheet] = &fileTable{Table: Table{Sheet: sheet}}
		}
		return r.tables[sheet].add(row)
	})
	if _, is := errors.AsType[*files.FileError](err); is {
		return notAReport(err)
	}
	return err
}

// count refuses a workbook that is too large for a report. Cells that are passed over
// count, because they take time.
func (r *fileReader) count(row files.Row) error {
	if r.cells += len(row.Cells); r.cells > maxCells {
		return fmt.Errorf("it has more than %d cells, which no report of this program has", maxCells)
	}
	return nil
}

// file puts the receipt and the tables that it names together.
func (r *fileReader) file() (file File, err error) {
	if file.Receipt, err = ParseReceipt(r.receipt); err != nil {
		return file, fmt.Errorf("read receipt on the sheet %s: %w", coverName, err)
	}
	for i, name := range file.Receipt.Sheets {
		if slices.Contains(file.Receipt.Sheets[:i], name) {
			return file, fmt.Errorf("read receipt on the sheet %s: it names the sheet %s twice", coverName, name)
		}
		table, found := r.tables[name]
		if !found || len(table.Header) == 0 {
			return file, fmt.Errorf("its receipt names the sheet %s, and it has none with a table", name)
		}
		file.Tables = append(file.Tables, table.Table)
	}
	for _, name := range slices.Sorted(maps.Keys(r.tables)) {
		switch {
		case slices.Contains(file.Receipt.Sheets, name):
			if r.tables[name].beside {
				file.Beside = append(file.Beside, name)
			}
		case slices.Contains([]string{contentsName, notesName, dataQualityName, coverageName}, name), strings.HasPrefix(name, chartPrefix):
			file.Uncompared = append(file.Uncompared, name)
		default:
			file.Foreign = append(file.Foreign, name)
		}
	}
	sum, err := digest(file.Tables)
	file.Untouched = sum == file.Receipt.Figures
	return file, err
}

// The sheets of reports that are not part of a receipt.
const (
	contentsName    = "Contents"
	notesName       = "Notes"
	dataQualityName = "Data_quality"
	coverageName    = "Coverage"
	chartPrefix     = "Chart_"
)

// fileTable is the table of a sheet while its rows are read: the headers are in the
// first row that has more than one cell, and it ends where a row is left out.
type fileTable struct {
	Table
	last  int // number of the last row
	ended bool
	// beside says that something stands below or beside the table.
	beside bool
}

// add adds a row of the sheet.
func (t *fileTable) add(row files.Row) error {
	if t.Header == nil {
		t.last = row.Number
		if len(row.Cells) < 2 || row.Cells[0].Kind == files.Empty || row.Cells[1].Kind == files.Empty {
			return nil
		}
		for _, cell := range row.Cells {
			t.Header = append(t.Header, cell.Text)
		}
		return nil
	}
	if t.ended = t.ended || row.Number != t.last+1; t.ended {
		t.beside = t.beside || holds(row.Cells)
		return nil
	}
	t.last = row.Number
	if len(row.Cells) > len(t.Header) {
		t.beside = t.beside || holds(row.Cells[len(t.Header):])
	}
	cells := make([]any, len(t.Header))
	for i := range cells {
		cells[i] = ""
		if i >= len(row.Cells) {
			continue
		}
		cell := row.Cells[i]
		cells[i] = cell.Text
		if cell.Kind != files.Number && cell.Kind != files.Date {
			continue
		}
		// A date that is stored as text is no number.
		if number, err := strconv.ParseFloat(cell.Text, 64); err == nil {
			cells[i] = number
		}
	}
	t.Rows = append(t.Rows, cells)
	return nil
}

// holds says whether one of the cells is not empty.
func holds(cells []files.Cell) bool {
	return slices.ContainsFunc(cells, func(c files.Cell) bool { return c.Kind != files.Empty })
}
