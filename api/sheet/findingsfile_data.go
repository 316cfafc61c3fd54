package sheet

import (
	"context"
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"

	"skillstracker/domain"
)

// findingsWidth is the width of the column findings, in digits.
const findingsWidth = 90

// sentData writes the rows of a sent file again.
type sentData struct {
	*book
	sent    *sentFile
	stream  *excelize.StreamWriter
	byRow   map[int][]*domain.Finding // by row of the file; errors first
	headers map[int][]*domain.Finding // about a column as a whole, by its place
	values  []any
	marks   []mark // by place
}

// writeSent writes the sheet Data.
func writeSent(ctx context.Context, b *book, sent *sentFile, src Source, findings []domain.Finding, lim Limits) error {
	d := &sentData{book: b, sent: sent, byRow: make(map[int][]*domain.Finding), headers: make(map[int][]*domain.Finding)}
	d.sort(findings)
	if err := d.begin(); err != nil {
		return err
	}
	reader, err := Open(src, lim)
	if err != nil {
		return err
	}
	if err := eachRow(ctx, reader, d.row); err != nil {
		return err
	}
	if sent.header > 0 && sent.last > sent.header {
		columns := len(d.values)
		if err := d.file.AutoFilter(sheetData, areaName(1, sent.header, columns, sent.last), nil); err != nil {
			return fmt.Errorf("set filter: %w", err)
		}
	}
	return d.stream.Flush()
}

// sort finds the place of each finding on the sheet, errors before warnings.
func (d *sentData) sort(findings []domain.Finding) {
	for _, severity := range []domain.Severity{domain.SeverityError, domain.SeverityWarning} {
		for i := range findings {
			f := &findings[i]
			switch {
			case f.Severity != severity || f.Sheet != "" && f.Sheet != d.sent.sheet:
			case f.Row > 0:
				d.byRow[f.Row] = append(d.byRow[f.Row], f)
			default:
				if place := d.sent.columnOf(f.Column); place >= 0 {
					d.headers[place] = append(d.headers[place], f)
				}
			}
		}
	}
}

// begin writes what the library wants to know before the first row.
func (d *sentData) begin() error {
	if err := errors.Join(d.newSheet(sheetData), d.landscape(sheetData)); err != nil {
		return err
	}
	if d.sent.date1904 {
		yes := true
		if err := d.file.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			return err
		}
	}
	d.streamed = sheetData
	err := d.noDimension(sheetData)
	if err != nil {
		return err
	}
	if d.stream, err = d.file.NewStreamWriter(sheetData); err != nil {
		return err
	}
	if d.sent.header > 0 {
		if err := d.stream.SetPanes(frozen(d.sent.header)); err != nil {
			return err
		}
	}
	columns := max(d.sent.placeOnData(d.sent.width-1), d.sent.findings) + 1
	d.values, d.marks = make([]any, columns), make([]mark, columns)
	for place := range d.sent.labels {
		if place == d.sent.findings {
			continue
		}
		width := max(min(float64(len(d.sent.labels[place]))*1.15+6, 40), 14)
		if err := d.stream.SetColWidth(place+1, place+1, width); err != nil {
			return err
		}
		if field := d.sent.fields[place]; field != "" {
			if err := d.stream.SetColStyle(place+1, place+1, d.formStyle(formOf(field))); err != nil {
				return err
			}
		}
	}
	if d.sent.findings >= 0 {
		return d.stream.SetColWidth(d.sent.findings+1, d.sent.findings+1, findingsWidth)
	}
	return nil
}

// row writes one row.
func (d *sentData) row(row Row) error {
	number := row.Number + d.sent.shift
	clear(d.values)
	clear(d.marks)
	isHeader := number == d.sent.header
	found := d.byRow[row.Number]
	if isHeader {
		if err := d.markHeader(row.Cells); err != nil {
			return err
		}
	}
	for _, f := range found {
		if place := d.sent.columnOf(f.Column); place >= 0 {
			d.mark(place, f.Severity)
		}
	}
	for place := range max(len(row.Cells), len(d.sent.labels)) {
		var cell Cell
		if place < len(row.Cells) {
			cell = row.Cells[place]
		}
		if place == d.sent.findings && d.sent.held {
			continue
		}
		if err := d.put(place, &cell, isHeader); err != nil {
			return fmt.Errorf("write row %d: %w", number, err)
		}
	}
	height, err := d.reasons(found, isHeader)
	if err != nil {
		return err
	}
	if err := d.stream.SetRow(cellName(1, number), d.values, excelize.RowOpts{Height: height}); err != nil {
		return fmt.Errorf("write row %d: %w", number, err)
	}
	return nil
}

func (d *sentData) mark(place int, severity domain.Severity) {
	marked := markedWarning
	if severity == domain.SeverityError {
		marked = markedError
	}
	if place = d.sent.placeOnData(place); place < len(d.marks) {
		d.marks[place] = max(d.marks[place], marked)
	}
}

// markHeader marks the headings of columns that have findings as a whole, and says
// in an input message which.
func (d *sentData) markHeader(cells []Cell) error {
	for place := range cells {
		found := d.headers[place]
		if len(found) == 0 {
			continue
		}
		d.mark(place, found[0].Severity)
		message := excelize.NewDataValidation(true)
		message.SetSqref(cellName(d.sent.placeOnData(place)+1, d.sent.header))
		message.SetInput(severityWord(found[0].Severity), cutTo(joinReasons(found), promptChars, " … See Findings."))
		if err := d.file.AddDataValidation(sheetData, message); err != nil {
			return fmt.Errorf("explain heading: %w", err)
		}
	}
	return nil
}
