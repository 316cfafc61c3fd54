package sheet

import "io"

// Bounds of a worksheet in the file format.
const (
	lastRow    = 1_048_576
	lastColumn = 16_384
)

// sheetRows reads the rows of one worksheet part.
type sheetRows struct {
	xml      *xmlScanner
	lim      Limits
	strings  *stringTable
	styles   []numberStyle
	date1904 bool

	begun  bool
	row    int // number of the current row
	rows   int // rows with a value so far
	column int // of the last cell of the current row, from 1

	cells  []Cell
	valued int    // cells up to the last that holds a value
	text   []byte // texts of the current row, one behind the other
	spans  []textSpan
	value  []byte // of the current cell
	inline []byte
}

// textSpan is where the text of a cell lies among those of its row. It is set
// when the row is complete, so that a row costs one string and not one a cell.
type textSpan struct{ cell, start, end int }

// next returns the next row that holds a value. It returns io.EOF after the
// part has been read and proven to its end.
func (s *sheetRows) next() (Row, error) {
	if !s.begun {
		s.begun = true
		if err := s.begin(); err != nil {
			return Row{}, err
		}
	}
	for {
		found, err := s.xml.next()
		if err != nil {
			return Row{}, err
		}
		switch found {
		case tokenText:
			if !isSpace(s.xml.text) {
				return Row{}, damaged("the rows have text between them")
			}
		case tokenStart:
			if s.xml.is("extLst") {
				if err := s.xml.skip(); err != nil {
					return Row{}, err
				}
				continue
			}
			if !s.xml.is("row") {
				return Row{}, damaged("there is something other than rows among the rows")
			}
			if err := s.readRow(); err != nil {
				return Row{}, err
			}
			if s.valued == 0 {
				continue
			}
			if s.rows++; s.rows > s.lim.MaxRows+1 { // the first holds the headings
				return Row{}, tooManyRows(s.lim.MaxRows)
			}
			return Row{Number: s.row, Cells: s.cells[:s.valued]}, nil
		case tokenEnd, tokenEOF:
			return Row{}, s.finish()
		}
	}
}

// begin goes to the rows, past what describes the sheet.
func (s *sheetRows) begin() error {
	found, err := s.xml.next()
	switch {
	case err != nil:
		return err
	case found != tokenStart || !s.xml.is("worksheet"):
		return damaged("%s does not begin as it should", s.xml.role)
	}
	for {
		found, err := s.xml.next()
		switch {
		case err != nil:
			return err
		case found == tokenStart && s.xml.is("sheetData"):
			return nil
		case found == tokenStart:
			if err := s.xml.skip(); err != nil {
				return err
			}
		case found == tokenText && isSpace(s.xml.text):
		default:
			return damaged("%s has no place for rows", s.xml.role)
		}
	}
}

// finish reads what follows the rows, to the end of the part. It returns
// io.EOF if all of it is as it should be.
func (s *sheetRows) finish() error {
	err := s.xml.each(func() error {
		if s.xml.is("sheetData") {
			return damaged("%s has its rows in two places", s.xml.role)
		}
		return s.xml.skip()
	})
	if err != nil {
		return err
	}
	if err := s.xml.passEnd(); err != nil {
		return err
	}
	return io.EOF
}

func (s *sheetRows) readRow() error {
	number := s.row + 1
	if value, given := s.xml.attr("r"); given {
		var ok bool
		if number, ok = smallNumber(value, lastRow); !ok {
			return damaged("a row has a number that no row can have")
		}
		if number <= s.row {
			return damaged("row %d comes after row %d", number, s.row)
		}
	}
	if number > lastRow {
		return damaged("it has more rows than a sheet can have")
	}
	s.row, s.column, s.valued = number, 0, 0
	s.cells, s.text, s.spans = s.cells[:0], s.text[:0], s.spans[:0]
	err := s.xml.each(func() error {
		switch {
		case s.xml.is("c"):
			return s.readCell()
		case s.xml.is("extLst"):
			return s.xml.skip()
		}
		return damaged("there is something other than cells in a row")
	})
	if err != nil {
		return err
	}
	all := string(s.text)
	for _, span := range s.spans {
		cell := &s.cells[span.cell]
		cell.Text = all[span.start:span.end]
		if cell.Kind == Number && cell.Displayed == "" {
			cell.Displayed = cell.Text
		}
	}
	return nil
}

// smallNumber reads digits as a number from 1 to limit.
func smallNumber(digits []byte, limit int) (int, bool) {
	n := 0
	for _, b := range digits {
		if b < '0' || b > '9' || n > limit {
			return 0, false
		}
		n = n*10 + int(b-'0')
	}
	return n, n >= 1 && n <= limit
}

// cellColumn reads the column of a cell reference such as AB12, which must be
// in the current row.
func (s *sheetRows) cellColumn(reference []byte) (int, bool) {
	column, i := 0, 0
	for ; i < len(reference) && i < 3; i++ {
		b := reference[i]
		if b < 'A' || b > 'Z' {
			break
		}
		column = column*26 + int(b-'A') + 1
	}
	row, ok := smallNumber(reference[i:], lastRow)
	return column, ok && row == s.row && column >= 1 && column <= lastColumn
}
