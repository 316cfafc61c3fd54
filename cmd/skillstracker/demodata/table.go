package demodata

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"skillstracker/domain"
)

// The two forms in which a file is made.
const (
	formatCSV  = "csv"
	formatXLSX = "xlsx"
)

// table is a file before it has a form: a header and rows of string, domain.Date,
// domain.FTE, int, or nil for an empty cell.
type table struct {
	header []string
	rows   [][]any
}

// file writes the table in a form and wraps it up.
func (t table) file(organisation string, kind domain.UploadKind, name, format string) (File, error) {
	write := t.csv
	if format == formatXLSX {
		write = t.xlsx
	}
	content, err := write()
	if err != nil {
		return File{}, fmt.Errorf("write %s: %w", name, err)
	}
	return File{
		Organisation: organisation, Kind: kind, Name: name + "." + format, Rows: len(t.rows), Content: content,
	}, nil
}

func (t table) csv() ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := w.Write(t.header); err != nil {
		return nil, fmt.Errorf("write header: %w", err)
	}
	record := make([]string, len(t.header))
	for _, row := range t.rows {
		for i, cell := range row {
			record[i] = cellText(cell)
		}
		if err := w.Write(record); err != nil {
			return nil, fmt.Errorf("write row: %w", err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, fmt.Errorf("write rows: %w", err)
	}
	return out.Bytes(), nil
}

func cellText(cell any) string {
	switch value := cell.(type) {
	case string:
		return value
	case int:
		return strconv.Itoa(value)
	case fmt.Stringer: // dates and FTE
		return value.String()
	}
	return ""
}

// xlsx writes one sheet with codes as text and with true dates and numbers, as
// an HR system would export it.
func (t table) xlsx() (content []byte, err error) {
	const sheet = "Data"
	book := excelize.NewFile()
	defer func() {
		if closing := book.Close(); err == nil && closing != nil {
			err = fmt.Errorf("close workbook: %w", closing)
		}
	}()
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return nil, fmt.Errorf("name sheet: %w", err)
	}
	format := "dd/mm/yyyy"
	dates, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return nil, fmt.Errorf("make date style: %w", err)
	}
	w, err := book.NewStreamWriter(sheet)
	if err != nil {
		return nil, fmt.Errorf("open sheet: %w", err)
	}
	if err := w.SetColWidth(1, len(t.header), 16); err != nil {
		return nil, fmt.Errorf("set column widths: %w", err)
	}
	header := make([]any, len(t.header))
	for i, name := range t.header {
		header[i] = name
	}
	if err := w.SetRow("A1", header); err != nil {
		return nil, fmt.Errorf("write header: %w", err)
	}
	cells := make([]any, len(t.header))
	for number, row := range t.rows {
		for i, cell := range row {
			cells[i] = workbookCell(cell, dates)
		}
		if err := w.SetRow("A"+strconv.Itoa(number+2), cells); err != nil {
			return nil, fmt.Errorf("write row: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return nil, fmt.Errorf("finish sheet: %w", err)
	}
	out, err := book.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return out.Bytes(), nil
}

func workbookCell(cell any, dates int) any {
	switch value := cell.(type) {
	case domain.Date:
		return excelize.Cell{StyleID: dates, Value: value.Time()}
	case domain.FTE:
		return value.Float()
	case string:
		if value == "" {
			return nil
		}
	}
	return cell
}
