package api

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"mime"
	"strconv"
	"strings"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// csvColumn is a column of a CSV: what its metadata says and how a row fills it.
type csvColumn[Row any] struct {
	name, means, unit string
	titles            []string
	datatype          valueType
	format            string // of the values, a regular expression for texts
	required          bool   // never empty
	key               bool   // tells rows apart
	cell              func(Row) string
}

// columns returns the columns of the CSV, which depend on neither the question nor
// the rows: an empty answer has them all.
func (t totalsTable[Row]) columns(shape shape, meta spec.TotalsMeta) []csvColumn[Row] {
	columns := []csvColumn[Row]{
		{
			name: "month", means: monthMeans, titles: []string{"Date", "DATA_MONTH"}, datatype: dayType, format: dayFormat(dayType), required: true, key: true,
			cell: func(row Row) string { return monthOf(t.group(row), shape).String() },
		},
		{name: "quarter", means: quarterMeans, titles: []string{"Quarter"}, datatype: textType, cell: func(row Row) string {
			if !shape.filter.Has(domain.ByQuarter) {
				return ""
			}
			return quarterOf(monthOf(t.group(row), shape))
		}},
	}
	for _, d := range t.dimensions {
		for _, column := range dimensionColumns(d) {
			columns = append(columns, csvColumn[Row]{
				name: column.name, means: column.means, titles: column.titles, datatype: textType, key: column.key,
				cell: func(row Row) string {
					group := t.group(row)
					if !shape.shows(d, group) {
						return ""
					}
					return protectedText(column.of(group, shape.names))
				},
			})
		}
	}
	columns = append(columns, csvColumn[Row]{
		name: "subtotal_over", means: overMeans, datatype: textType, key: true, cell: func(row Row) string { return t.group(row).Over },
	})
	for _, fixed := range t.fixed {
		column := constant[Row](fixed.name, fixed.datatype, fixed.means, fixed.text)
		column.required = !fixed.optional
		columns = append(columns, column)
	}
	for _, figure := range t.figures {
		columns = append(columns, figureCells(figure)...)
	}
	return append(columns,
		constant[Row]("basis", textType, basisMeans, string(meta.Basis)),
		constant[Row]("disclosure_rule", textType, ruleMeans, meta.DisclosureRule),
		constant[Row]("synthetic", flagType, madeUpMeans, strconv.FormatBool(meta.Synthetic)),
	)
}

// figureCells are the columns of a figure: its number or nothing and, for one that
// can be absent, the reason beside it.
func figureCells[Row any](figure figureColumn[Row]) []csvColumn[Row] {
	if figure.list != nil {
		return nil
	}
	number := csvColumn[Row]{
		name: figure.name, means: figure.means, unit: figure.unit, datatype: figure.datatype, format: dayFormat(figure.datatype), required: !figure.optional,
		cell: func(row Row) string { return figure.of(row).String() },
	}
	if !figure.optional {
		return []csvColumn[Row]{number}
	}
	return []csvColumn[Row]{number, {
		name: figure.name + "_status", means: "Why " + figure.name + " is empty: c confidential, x not available, z not applicable.",
		datatype: textType, format: "[cxz]", cell: func(row Row) string { return string(figure.of(row).status) },
	}}
}

// constant is a column that says the same of every row.
func constant[Row any](name string, datatype valueType, means, text string) csvColumn[Row] {
	return csvColumn[Row]{
		name: name, means: means, datatype: datatype, format: dayFormat(datatype), required: true,
		cell: func(Row) string { return protectedText(text) },
	}
}

// byteOrderMark tells Excel that a file is UTF-8.
const byteOrderMark = "\uFEFF"

// writeCSV writes rows as the contract promises: a header row always, CRLF, and
// columns that do not depend on the rows. The answer is complete before its first byte
// is sent, so that a failure is still a problem document.
func (t totalsTable[Row]) writeCSV(rows []Row, shape shape, meta spec.TotalsMeta, mark bool) (spec.CSVTextcsvResponse, error) {
	var body bytes.Buffer
	if mark {
		body.WriteString(byteOrderMark)
	}
	writer := csv.NewWriter(&body)
	writer.UseCRLF = true
	columns := t.columns(shape, meta)
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
	disposition, link := attachment(t.fileName(meta)), t.describedBy()
	return spec.CSVTextcsvResponse{
		Body: &body, ContentLength: int64(body.Len()), Headers: spec.CSVResponseHeaders{ContentDisposition: &disposition, Link: &link},
	}, nil
}

// attachment names a file to be saved (RFC 6266).
func attachment(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}

// fileName names the file of an answer, and says in it when the figures were made up.
func (t totalsTable[Row]) fileName(meta spec.TotalsMeta) string {
	name := t.subject + "-" + meta.AsAt.Format("2006-01")
	if meta.Synthetic {
		name += "-synthetic"
	}
	return name + ".csv"
}

// protectedText writes a text so that no spreadsheet program takes it for a formula,
// as sheet's CSV writer does: an apostrophe goes before what one would run, and before
// an apostrophe, so that it can be taken away again.
func protectedText(text string) string {
	if text != "" && strings.IndexByte("=+-@\t\r\n'", text[0]) >= 0 {
		return "'" + text
	}
	return text
}

// numberCell writes a number without an exponent and without superfluous digits.
func numberCell(number float64) string { return strconv.FormatFloat(number, 'f', -1, 64) }

// dayFormat is how days are written, for a column of days.
func dayFormat(datatype valueType) string {
	if datatype == dayType {
		return "yyyy-MM-dd"
	}
	return ""
}
