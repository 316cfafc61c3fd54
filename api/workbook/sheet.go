package workbook

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// What a worksheet can have (Excel specifications and limits).
const (
	MaxRows    = 1_048_576
	MaxColumns = 16_384

	maxTabName = 31
	maxTable   = 250 // characters of the name of a table
	maxHeader  = 255 // characters of the name of a table's column
)

// Unknown is the number of rows of a sheet whose rows are not counted beforehand.
const Unknown = -1

// Sheet is a worksheet before its rows are written.
type Sheet struct {
	// Name is that of the tab: letters, digits and underscores, at most 31.
	Name string

	// Lines are the cells of column A above the table, one below the other.
	Lines []Line

	// Columns are those of the table or, without a table, of the rows.
	Columns []Column

	// Table is the name of the table as which the rows are marked up, below a row of
	// headers; empty for rows without headers that are not marked up.
	Table string

	// HeaderAt is 0 for headers that are written below the lines. Otherwise it is the
	// number of the row, among those that the caller writes, that holds the headers of
	// the first columns, those that have one.
	HeaderAt int

	// Rows is the number of rows below the headers that are written here or, where
	// none are, below the lines; or Unknown. Where it is known, the sheet says which
	// range it has, and other than as many rows are an error.
	Rows int

	// Page is how the sheet is printed.
	Page Page

	// Skeleton, if there is one, adds what else the sheet has by the library's calls:
	// checks of input, links, colour scales, charts. It is called once for the sheet
	// and for each one in which it goes on, with its name, and must set no cell.
	Skeleton func(file *excelize.File, name string) error
}

// Line is a cell of column A above a table.
type Line struct {
	Text  string
	Style Style
}

// Column is a column of a sheet.
type Column struct {
	Header string
	Width  float64 // in digits; 0 for the usual one
	Style  Style   // of its cells below the header

	// Code says that its texts may look like numbers, such as 01. Spreadsheet
	// programs then do not flag them.
	Code bool

	// Below says that the style is also that of empty cells, so that what is typed
	// there later has it.
	Below bool
}

// Page is how a sheet is printed, on A4: on one page across unless Wide says
// otherwise. The headers of a table are printed on every page.
type Page struct {
	Portrait bool
	Wide     int // pages across; 0 counts as 1
	Labels   int // columns from the first that are printed on every page
}

// headerRow returns the row of the headers, 0 where there are none.
func (s *Sheet) headerRow() int {
	switch {
	case s.Table == "":
		return 0
	case s.HeaderAt > 0:
		return s.HeaderAt
	}
	return len(s.Lines) + 1
}

// top returns the number of rows that are written before those of the caller.
func (s *Sheet) top() int {
	if s.Table != "" && s.HeaderAt == 0 {
		return len(s.Lines) + 1
	}
	return len(s.Lines)
}

// headers returns the headers of the table: those of the columns up to the first that
// has none.
func (s *Sheet) headers() []string {
	var headers []string
	for i := range s.Columns {
		if s.Columns[i].Header == "" {
			break
		}
		headers = append(headers, s.Columns[i].Header)
	}
	return headers
}

// check says what is wrong with a sheet that no program could read.
func (s *Sheet) check() error {
	if err := checkTab(s.Name); err != nil {
		return err
	}
	if len(s.Columns) > MaxColumns {
		return fmt.Errorf("sheet %s: %d columns are more than the %d of a worksheet", s.Name, len(s.Columns), MaxColumns)
	}
	if s.Rows < Unknown {
		return fmt.Errorf("sheet %s: it cannot have %d rows", s.Name, s.Rows)
	}
	if s.Table == "" {
		return nil
	}
	if headers := s.headers(); s.HeaderAt == 0 && len(headers) < len(s.Columns) {
		return fmt.Errorf("sheet %s: column %d has no header", s.Name, len(headers)+1)
	}
	if err := CheckHeaders(s.headers()); err != nil {
		return fmt.Errorf("sheet %s: %w", s.Name, err)
	}
	if !tableName.MatchString(s.Table) || reference.MatchString(s.Table) || len(s.Table) > maxTable {
		return fmt.Errorf("sheet %s: a table cannot be named %q", s.Name, s.Table)
	}
	return nil
}

var (
	tabName   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)
	tableName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	reference = regexp.MustCompile(`^([a-z]{1,3}[0-9]+|[rc])$`) // what is read as a cell, a row or a column
)

func checkTab(name string) error {
	if len(name) > maxTabName || !tabName.MatchString(name) {
		return fmt.Errorf("a sheet cannot be named %q", name)
	}
	return nil
}

// CheckHeaders says why texts cannot be the headers of a table; nil when they can.
// Spreadsheet programs take a table for damaged whose headers are empty, alike but for
// case, longer than 255 characters or of several lines.
func CheckHeaders(headers []string) error {
	if len(headers) == 0 {
		return errors.New("the table has no column")
	}
	seen := make(map[string]bool, len(headers))
	for i, header := range headers {
		key := strings.ToLower(header)
		switch {
		case header == "":
			return fmt.Errorf("column %d has no header", i+1)
		case seen[key]:
			return fmt.Errorf("two columns have the header %q", header)
		case Units(header) > maxHeader:
			return fmt.Errorf("the header of column %d is longer than %d characters", i+1, maxHeader)
		case strings.ContainsFunc(header, unicode.IsControl):
			return fmt.Errorf("the header of column %d holds a control character", i+1)
		}
		seen[key] = true
	}
	return nil
}
