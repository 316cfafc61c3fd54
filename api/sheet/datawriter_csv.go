package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// byteOrderMark tells spreadsheet programs that a CSV file is UTF-8.
const byteOrderMark = "\uFEFF"

// csvWriter writes CSV as spreadsheet programs take it: UTF-8 with a byte-order
// mark, commas, CRLF, and texts that would be run as a formula behind an apostrophe.
type csvWriter struct {
	out    *limitedWriter
	csv    *csv.Writer
	record []string
	begun  bool
}

func newCSVWriter(w io.Writer, maxBytes int64) *csvWriter {
	out := &limitedWriter{to: w, limit: maxBytes}
	c := &csvWriter{out: out, csv: csv.NewWriter(out)}
	c.csv.UseCRLF = true
	return c
}

func (c *csvWriter) row(cells []Cell) error {
	if !c.begun {
		c.begun = true
		if _, err := io.WriteString(c.out, byteOrderMark); err != nil {
			return fmt.Errorf("write CSV: %w", err)
		}
	}
	c.record = c.record[:0]
	for i := range cells {
		text := cells[i].Text
		switch cells[i].Kind {
		case Text:
			text = protected(text)
		case Date:
			text = isoDate(cells[i].Days)
		case Empty, Number, Bool, ErrorValue:
		}
		c.record = append(c.record, text)
	}
	if err := c.csv.Write(c.record); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func (c *csvWriter) close() error {
	c.csv.Flush()
	if err := c.csv.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// protected puts an apostrophe before a text that a spreadsheet program would take
// for a formula, and before one that begins with an apostrophe, so that the reader
// can take it away again.
func protected(text string) string {
	if text != "" && strings.IndexByte("=+-@\t\r\n'", text[0]) >= 0 {
		return "'" + text
	}
	return text
}

// limitedWriter refuses to write more bytes than an upload may have.
type limitedWriter struct {
	to      io.Writer
	limit   int64
	written int64

	// shared counts the bytes of several writers together; nil for one alone.
	shared *limitedWriter
}

func (l *limitedWriter) Write(p []byte) (int, error) {
	count := l
	if l.shared != nil {
		count = l.shared
	}
	if count.written += int64(len(p)); count.written > count.limit {
		return 0, tooMuchData("bytes", count.limit)
	}
	return l.to.Write(p)
}
