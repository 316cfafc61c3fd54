package sheet

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxLine is the greatest length of one line of a CSV file, in bytes of UTF-8.
const maxLine = 64 << 10

// csvReader is the Reader of a CSV file. All its cells are Text or Empty.
type csvReader struct {
	lim     Limits
	notes   []Note
	records *csvRecords
	rows    int
	cells   []Cell
	fail    error
}

func openCSV(src Source, lim Limits) (Reader, error) {
	kind, from, err := detectEncoding(src)
	if err != nil {
		return nil, err
	}
	start, err := readStart(textReader(src, kind, from))
	if err != nil {
		return nil, err
	}
	r := &csvReader{lim: lim, records: newCSVRecords(textReader(src, kind, from), lim)}
	if note, is := kind.note(); is {
		r.notes = append(r.notes, note)
	}
	delimiter, named := sepLine(start)
	if !named {
		delimiter = findDelimiter(start)
	}
	r.records.delimiter = delimiter
	r.records.passSepLine = named
	if delimiter != ',' {
		r.notes = append(r.notes, Note{
			Code:    NoteDelimiter,
			Message: fmt.Sprintf("The columns are separated by %s.", delimiterName(delimiter)),
		})
	}
	return r, nil
}

// readStart returns the region that holds the header: the first 64 KiB of
// text. A fault of the encoding in it is left to the reading of the rows.
func readStart(text io.Reader) ([]byte, error) {
	start := make([]byte, maxLine)
	n, err := io.ReadFull(text, start)
	_, faulty := errors.AsType[*FileError](err)
	switch {
	case err == nil, faulty, errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return withoutMarks(start[:n]), nil
	}
	return nil, fmt.Errorf("read start of file: %w", err)
}

func (r *csvReader) Format() Format      { return CSV }
func (r *csvReader) Notes() []Note       { return r.notes }
func (r *csvReader) Sheets() []SheetInfo { return []SheetInfo{{Visible: true}} }
func (r *csvReader) SheetName() string   { return "" }

func (r *csvReader) Select(name string) error {
	if name == "" {
		return nil
	}
	return sheetNotFound("A CSV file has no named sheets.", "Leave the sheet's name out, or send a workbook.")
}

func (r *csvReader) Next() (Row, error) {
	if r.fail != nil {
		return Row{}, r.fail
	}
	row, err := r.next()
	if err != nil {
		r.fail = err
		return Row{}, err
	}
	return row, nil
}

func (r *csvReader) next() (Row, error) {
	for {
		if err := r.records.next(); err != nil {
			return Row{}, err
		}
		if !r.fill() {
			continue
		}
		number := r.records.record
		if len(r.cells) > r.lim.MaxColumns {
			return Row{}, inColumn(inSheet(tooManyColumns(r.lim.MaxColumns), "", number), len(r.cells))
		}
		if r.rows++; r.rows > r.lim.MaxRows+1 { // the first holds the headings
			return Row{}, inSheet(tooManyRows(r.lim.MaxRows), "", number)
		}
		return Row{Number: number, Cells: r.cells}, nil
	}
}

// fill makes cells of the record and tells whether one has a value. The texts
// of a row share one string.
func (r *csvReader) fill() bool {
	r.cells = r.cells[:0]
	text := string(r.records.text)
	start := 0
	valued := 0
	for i, end := range r.records.ends {
		cell := Cell{Text: text[start:end]}
		if end-start > 1 && text[start] == '\'' && isProtected(text[start+1]) {
			cell.Text = text[start+1 : end]
		}
		if end > start {
			cell.Kind = Text
			valued = i + 1
		}
		r.cells = append(r.cells, cell)
		start = end
	}
	r.cells = r.cells[:valued]
	return valued > 0
}

// isProtected tells the signs before which CSV exports put an apostrophe, so
// that no spreadsheet takes the value for a formula. A carriage return has
// become LF by then.
func isProtected(first byte) bool {
	return strings.IndexByte("=+-@\t\n'", first) >= 0
}

func (r *csvReader) Close() error {
	r.fail = errClosed
	r.records, r.cells = nil, nil
	return nil
}
