package sheet

import (
	"errors"
	"fmt"
	"io"
)

// jsonReader is the Reader of a JSON file. It reads the file twice: once for
// the names of all members, which make the header row, and once for the
// records.
type jsonReader struct {
	records *jsonRecords
	names   []string
	cells   []Cell // of the header row
	headed  bool   // the header row was handed out
	fail    error
}

// openJSON reads the names of the members. A limit that the file passes is told
// at once. Another fault ends that early and is left to the reading of the
// records, which meets it at the same place, so that what stands before it is
// handed out as in other files.
func openJSON(src Source, lim Limits) (Reader, error) {
	head := make([]byte, min(src.Size, sniffed))
	if err := readFull(src.File, head, 0); err != nil {
		return nil, fmt.Errorf("read start of file: %w", err)
	}
	records := newJSONRecords(src, lim)
	if utf16Order(head) != notUTF16 {
		return nil, records.fault(CodeJSONEncoding, "is written in UTF-16, not in UTF-8")
	}
	for {
		err := records.next()
		if err == nil {
			continue
		}
		fault, faulty := errors.AsType[*FileError](err)
		switch {
		case errors.Is(err, io.EOF):
		case !faulty, fault.Code == CodeTooManyRows, fault.Code == CodeTooManyColumns:
			return nil, err
		}
		return &jsonReader{records: newJSONRecords(src, lim), names: records.names}, nil
	}
}

func (r *jsonReader) Format() Format      { return JSON }
func (r *jsonReader) Notes() []Note       { return nil }
func (r *jsonReader) Sheets() []SheetInfo { return []SheetInfo{{Visible: true}} }
func (r *jsonReader) SheetName() string   { return "" }

func (r *jsonReader) Select(name string) error {
	if name == "" {
		return nil
	}
	return sheetNotFound("A JSON file has no named sheets.", "Leave the sheet's name out, or send a workbook.")
}

func (r *jsonReader) Next() (Row, error) {
	if r.fail != nil {
		return Row{}, r.fail
	}
	if !r.headed && len(r.names) > 0 {
		r.headed = true
		return r.header(), nil
	}
	if err := r.records.next(); err != nil {
		r.fail = err
		return Row{}, err
	}
	return r.row(), nil
}

// header is the row of the members' names, which stands before the first
// record.
func (r *jsonReader) header() Row {
	for _, name := range r.names {
		r.cells = append(r.cells, Cell{Kind: Text, Text: name})
	}
	return Row{Cells: r.cells}
}

// row makes the row of the current record. The texts of a row share one string.
func (r *jsonReader) row() Row {
	all := string(r.records.text)
	for _, span := range r.records.spans {
		cell := &r.records.cells[span.cell]
		cell.Text = all[span.start:span.end]
		if cell.Kind != Number {
			continue
		}
		cell.Displayed = cell.Text
		if !isPlainNumber(cell.Text) {
			cell.Displayed = generalForm(cell.Text)
		}
	}
	return Row{Number: r.records.record, Cells: r.records.cells[:r.records.valued]}
}

func (r *jsonReader) Close() error {
	r.fail = errClosed
	r.records, r.names, r.cells = nil, nil, nil
	return nil
}
