package api

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"mime"
	"strconv"
	"strings"

	"skillstracker/api/spec"
)

// csvColumn is a column of a CSV answer: how it is named and how a row fills it.
type csvColumn[Row any] struct {
	name string
	cell func(Row) string
}

// csvResponse writes rows as the CSV that the contract promises: a header row
// always, CRLF, and columns that do not depend on the rows. The answer is complete
// before its first byte is sent, so that a failure is still a problem document.
func csvResponse[Row any](name string, columns []csvColumn[Row], rows []Row) (spec.CSVTextcsvResponse, error) {
	var body bytes.Buffer
	writer := csv.NewWriter(&body)
	writer.UseCRLF = true
	record := make([]string, len(columns))
	for i, column := range columns {
		record[i] = column.name
	}
	if err := writer.Write(record); err != nil {
		return spec.CSVTextcsvResponse{}, fmt.Errorf("write csv header: %w", err)
	}
	for _, row := range rows {
		for i, column := range columns {
			record[i] = column.cell(row)
		}
		if err := writer.Write(record); err != nil {
			return spec.CSVTextcsvResponse{}, fmt.Errorf("write csv row: %w", err)
		}
	}
	writer.Flush()
	if err := writer.Error(); err != nil {
		return spec.CSVTextcsvResponse{}, fmt.Errorf("write csv: %w", err)
	}
	disposition := attachment(name)
	return spec.CSVTextcsvResponse{
		Body: &body, ContentLength: int64(body.Len()), Headers: spec.CSVResponseHeaders{ContentDisposition: &disposition},
	}, nil
}

// attachment names a file to be saved (RFC 6266).
func attachment(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}

// csvName names the file of an answer, and says in it when the figures were made up.
func csvName(subject string, meta spec.TotalsMeta) string {
	name := subject + "-" + meta.AsAt.Format("2006-01")
	if meta.Synthetic {
		name += "-synthetic"
	}
	return name + ".csv"
}

// textCell writes text so that no spreadsheet program takes it for a formula.
func textCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\x00", rune(text[0])) {
		return "'" + text
	}
	return text
}

// textColumn is a column of text that is empty when the row is not grouped by it.
func textColumn[Row any](name string, of func(Row) *string) csvColumn[Row] {
	return csvColumn[Row]{name, func(row Row) string { return textCell(orDefault(of(row), "")) }}
}

// constant is a column that says the same of every row.
func constant[Row any](name, text string) csvColumn[Row] {
	return csvColumn[Row]{name, func(Row) string { return textCell(text) }}
}

// whole is a column of whole numbers that are never absent.
func whole[Row any](name string, of func(Row) int) csvColumn[Row] {
	return csvColumn[Row]{name, func(row Row) string { return strconv.Itoa(of(row)) }}
}

// figures are the two columns of a figure that may be absent: the number or
// nothing, and the reason.
func figures[Row any, T int | float64](name string, of func(Row) *T, status func(Row) spec.Status) []csvColumn[Row] {
	return []csvColumn[Row]{
		{name, func(row Row) string { return numberCell(of(row)) }},
		{name + "_status", func(row Row) string { return status(row)[name] }},
	}
}

func numberCell[T int | float64](number *T) string {
	if number == nil {
		return ""
	}
	return strconv.FormatFloat(float64(*number), 'f', -1, 64)
}

// closing are the columns at the end of every table: by which rule the figures
// about people were made, and whether they were made up.
func closing[Row any](meta spec.TotalsMeta) []csvColumn[Row] {
	return []csvColumn[Row]{
		constant[Row]("disclosure_rule", meta.DisclosureRule),
		constant[Row]("synthetic", strconv.FormatBool(meta.Synthetic)),
	}
}
