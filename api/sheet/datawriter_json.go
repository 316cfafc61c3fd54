package sheet

import (
	"encoding/json"
	"fmt"
	"io"
)

// jsonWriter writes {"rows":[...]}, a record on each line. Every record has every
// column, null where there is no value.
type jsonWriter struct {
	out   *limitedWriter
	names []string // of the columns with what stands before their values; nil until the header was met
	line  []byte
	rows  int
}

func newJSONWriter(w io.Writer, maxBytes int64) *jsonWriter {
	return &jsonWriter{out: &limitedWriter{to: w, limit: maxBytes}}
}

func (j *jsonWriter) row(cells []Cell) error {
	if j.names == nil {
		return j.header(cells)
	}
	j.line = j.line[:0]
	if j.rows > 0 {
		j.line = append(j.line, ',')
	}
	j.line = append(j.line, '\n')
	j.rows++
	for i := range cells {
		j.line = append(j.line, j.names[i]...)
		switch cell := &cells[i]; cell.Kind {
		case Number:
			j.line = append(j.line, cell.Text...)
		case Text:
			text, err := json.Marshal(cell.Text)
			if err != nil {
				return fmt.Errorf("write JSON: %w", err)
			}
			j.line = append(j.line, text...)
		case Date:
			j.line = append(j.line, '"')
			j.line = append(j.line, isoDate(cell.Days)...)
			j.line = append(j.line, '"')
		case Empty, Bool, ErrorValue:
			j.line = append(j.line, "null"...)
		}
	}
	j.line = append(j.line, '}')
	return j.put(j.line)
}

func (j *jsonWriter) header(cells []Cell) error {
	for i := range cells {
		name, err := json.Marshal(cells[i].Text)
		if err != nil {
			return fmt.Errorf("write JSON: %w", err)
		}
		before := ","
		if i == 0 {
			before = "{"
		}
		j.names = append(j.names, before+string(name)+":")
	}
	return j.put([]byte(`{"rows":[`))
}

func (j *jsonWriter) put(text []byte) error {
	if _, err := j.out.Write(text); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

func (j *jsonWriter) close() error { return j.put([]byte("\n]}\n")) }
