package sheet

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/xuri/excelize/v2"

	xlsx "skillstracker/api/workbook"
	"skillstracker/domain"
)

// findingsWidth is the width of the column findings, in digits.
const findingsWidth = xlsx.MaxWidth

// sentData writes the rows of a sent file again.
type sentData struct {
	sent    *sentFile
	out     *xlsx.Rows
	byRow   map[int][]*domain.Finding // by row of the file; errors first
	headers map[int][]*domain.Finding // about a column as a whole, by its place
	cells   []sentCell                // of a row, by place on Data
}

// sentCell is a cell of the sheet Data. Its value is a string, a float64, a bool or
// nil for none; one with a mark is written even then.
type sentCell struct {
	value any
	style xlsx.Style
}

// writeSent writes the sheet Data.
func writeSent(ctx context.Context, b book, sent *sentFile, src Source, findings []domain.Finding, lim Limits) error {
	d := &sentData{sent: sent, byRow: make(map[int][]*domain.Finding), headers: make(map[int][]*domain.Finding)}
	d.sort(findings)
	d.cells = make([]sentCell, max(sent.placeOnData(sent.width-1), sent.findings)+1)
	if err := b.Add(d.sheet()); err != nil {
		return err
	}
	var err error
	if d.out, err = b.Begin(sheetData); err != nil {
		return err
	}
	reader, err := Open(src, lim)
	if err != nil {
		return err
	}
	return eachRow(ctx, reader, d.row)
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

// sheet is the sheet Data before its rows. They are marked up as a table if the
// headings can be those of one.
func (d *sentData) sheet() xlsx.Sheet {
	data := xlsx.Sheet{
		Name: sheetData, Rows: d.sent.last, Columns: make([]xlsx.Column, len(d.cells)),
		Skeleton: d.explainHeadings,
	}
	for place, heading := range d.sent.headings {
		if place == d.sent.findings && d.sent.held {
			continue
		}
		column := &data.Columns[d.sent.placeOnData(place)]
		column.Header, column.Width = heading, max(xlsx.ColumnWidth(heading, nil), 14)
		if field := d.sent.fields[place]; field != "" {
			form := formOf(field)
			column.Style, column.Below, column.Code = formStyle(form), true, form == formText
		}
	}
	if d.sent.findings >= 0 {
		data.Columns[d.sent.findings] = xlsx.Column{Header: headingFindings, Width: findingsWidth}
	}
	headings := make([]string, 0, len(data.Columns))
	for i := range data.Columns {
		headings = append(headings, data.Columns[i].Header)
	}
	if d.sent.header > 0 && xlsx.CheckHeaders(headings) == nil {
		data.Table, data.HeaderAt = "upload_data", d.sent.header
	}
	return data
}

// row writes one row.
func (d *sentData) row(row Row) error {
	number := row.Number + d.sent.shift
	clear(d.cells)
	isHeader := number == d.sent.header
	found := d.byRow[row.Number]
	if isHeader {
		for place, about := range d.headers {
			d.mark(place, about[0].Severity)
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
		d.put(place, &cell, isHeader)
	}
	d.out.At(number)
	d.reasons(found, isHeader)
	return d.end()
}

// end writes the cells of a row.
func (d *sentData) end() error {
	for i := range d.cells {
		cell := &d.cells[i]
		if cell.value == nil && cell.style.Mark == xlsx.Unmarked {
			d.out.Empty()
			continue
		}
		switch value := cell.value.(type) {
		case string:
			d.out.With(cell.style).Text(value)
		case float64:
			d.out.With(cell.style).Number(value)
		case bool:
			d.out.With(cell.style).Bool(value)
		default:
			d.out.With(cell.style).Empty()
		}
	}
	return d.out.End()
}

func (d *sentData) mark(place int, severity domain.Severity) {
	marked := xlsx.Warning
	if severity == domain.SeverityError {
		marked = xlsx.Error
	}
	if place = d.sent.placeOnData(place); place < len(d.cells) {
		d.cells[place].style.Mark = max(d.cells[place].style.Mark, marked)
	}
}

// explainHeadings says in an input message what is found about a column as a whole.
func (d *sentData) explainHeadings(file *excelize.File, name string) error {
	if d.sent.header == 0 {
		return nil
	}
	for _, place := range slices.Sorted(maps.Keys(d.headers)) {
		found := d.headers[place]
		message := excelize.NewDataValidation(true)
		message.SetSqref(cellName(d.sent.placeOnData(place)+1, d.sent.header))
		message.SetInput(severityWord(found[0].Severity), cutTo(joinReasons(found), promptChars, " … See Findings."))
		if err := file.AddDataValidation(name, message); err != nil {
			return fmt.Errorf("explain heading: %w", err)
		}
	}
	return nil
}
