package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	lineHeight = 15.5 // points of a line of the body font
	maxHeight  = 409  // points, the most that a row can have
)

// rowText is a text of a row as its height depends on it.
type rowText struct {
	text   string
	column float64 // width of its column; 0 when it is not wrapped
	size   float64 // of the font, in points
	bold   bool
}

// height makes a row high enough for its texts. Rows of one line of body text are
// left alone.
func (w *writer) height(sheet string, row int, texts ...rowText) error {
	points := 0.0
	for _, t := range texts {
		count, scale := 1, t.size/bodySize
		if t.column > 0 {
			if t.bold {
				scale *= boldFactor
			}
			count = lines(t.text, t.column, scale)
		}
		points = max(points, float64(count)*lineHeight*t.size/bodySize)
	}
	if points <= lineHeight {
		return nil
	}
	if err := w.file.SetRowHeight(sheet, row, min(points, maxHeight)); err != nil {
		return fmt.Errorf("set height of row %d: %w", row, err)
	}
	return nil
}

// fittedRows makes a zip writer that takes the mark "set by hand" off row heights.
// The heights are estimates for programs that take them as they are; a row without
// the mark grows when a reader chooses a larger font or a narrower column. The
// library has no call that leaves it out.
func fittedRows(out io.Writer) excelize.ZipWriter { return partWriter{zip.NewWriter(out)} }

type partWriter struct{ *zip.Writer }

// Create adds a part to the package.
func (p partWriter) Create(name string) (io.Writer, error) {
	part, err := p.Writer.Create(name)
	if err != nil {
		return nil, fmt.Errorf("create part %s: %w", name, err)
	}
	if strings.HasPrefix(name, "xl/worksheets/sheet") {
		return sheetWriter{part}, nil
	}
	return part, nil
}

// sheetWriter relies on the library writing the part of a sheet in one call.
type sheetWriter struct{ io.Writer }

func (s sheetWriter) Write(part []byte) (int, error) {
	if _, err := s.Writer.Write(bytes.ReplaceAll(part, []byte(` customHeight="true"`), nil)); err != nil {
		return 0, err
	}
	return len(part), nil
}
