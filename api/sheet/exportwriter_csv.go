package sheet

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"skillstracker/domain"
)

// exportCSV writes CSV for machines: UTF-8 without a mark, commas, CRLF, texts that a
// spreadsheet program would run as a formula behind an apostrophe, nothing for what is
// not held, and N/A for a level that does not apply.
type exportCSV struct {
	out  *bufio.Writer
	rows exportRows
	line []byte
}

func newExportCSV(w io.Writer, columns []exportColumn) (*exportCSV, error) {
	e := &exportCSV{out: bufio.NewWriterSize(w, 64<<10), rows: newExportRows(columns)}
	for i, c := range columns {
		if i > 0 {
			e.line = append(e.line, ',')
		}
		e.line = appendCSV(e.line, []byte(c.Name))
	}
	return e, e.put()
}

// Row writes a row.
func (e *exportCSV) Row(values [][]byte) error {
	if err := e.rows.begin(values); err != nil {
		return err
	}
	e.line = e.line[:0]
	for i := range e.rows.columns {
		c := &e.rows.columns[i]
		if i > 0 {
			e.line = append(e.line, ',')
		}
		value := e.rows.cell(values, c)
		switch c.Type {
		case domain.ExportText, domain.ExportCode:
			e.line = appendCSV(e.line, value)
		case domain.ExportLevels:
			if string(value) == notApplicableLevel {
				value = []byte(wordNotApplicable)
			}
			e.line = append(e.line, value...)
		case domain.ExportDay, domain.ExportNumber:
			e.line = append(e.line, value...)
		}
	}
	return e.put()
}

func (e *exportCSV) put() error {
	e.line = append(e.line, "\r\n"...)
	if _, err := e.out.Write(e.line); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// Close completes the file.
func (e *exportCSV) Close() error {
	if err := e.out.Flush(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// appendCSV appends a text as a field (RFC 4180).
func appendCSV(line, text []byte) []byte {
	if len(text) == 0 {
		return line
	}
	formula := bytes.IndexByte([]byte("=+-@\t\r\n'"), text[0]) >= 0
	quoted := bytes.ContainsAny(text, ",\"\r\n") || text[0] == ' '
	if quoted {
		line = append(line, '"')
	}
	if formula {
		line = append(line, '\'')
	}
	for _, c := range text {
		if c == '"' {
			line = append(line, '"')
		}
		line = append(line, c)
	}
	if quoted {
		line = append(line, '"')
	}
	return line
}
