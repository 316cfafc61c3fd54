package api

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"skillstracker/domain"
)

// An answer writes itself as JSON for whichever endpoint it is of.

// VisitGetVacancyTotalsResponse writes the answer.
func (a totalsAnswer[Row]) VisitGetVacancyTotalsResponse(w http.ResponseWriter) error {
	return a.writeJSON(w)
}

// VisitGetPositionTotalsResponse writes the answer.
func (a totalsAnswer[Row]) VisitGetPositionTotalsResponse(w http.ResponseWriter) error {
	return a.writeJSON(w)
}

// VisitGetDigitalLiteracyTotalsResponse writes the answer.
func (a totalsAnswer[Row]) VisitGetDigitalLiteracyTotalsResponse(w http.ResponseWriter) error {
	return a.writeJSON(w)
}

// VisitGetWorkforceTotalsResponse writes the answer.
func (a totalsAnswer[Row]) VisitGetWorkforceTotalsResponse(w http.ResponseWriter) error {
	return a.writeJSON(w)
}

// VisitGetDigitalWorkforceTotalsResponse writes the answer.
func (a totalsAnswer[Row]) VisitGetDigitalWorkforceTotalsResponse(w http.ResponseWriter) error {
	return a.writeJSON(w)
}

// jsonBuffer is the size of the buffer in bytes through which rows are sent.
const jsonBuffer = 64 << 10

// writeJSON writes the answer row by row: a long one as a tree of values would take a
// gigabyte. Nothing but sending can fail once the meta is written.
func (a totalsAnswer[Row]) writeJSON(w http.ResponseWriter) error {
	meta, err := json.Marshal(a.meta)
	if err != nil {
		return fmt.Errorf("write meta: %w", err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	out := bufio.NewWriterSize(w, jsonBuffer)
	row := jsonRow[Row]{table: a.table, shape: a.shape, columns: map[domain.Dimension][]dimensionColumn{}}
	for _, d := range a.table.dimensions {
		row.columns[d] = dimensionColumns(d)
	}
	row.text = append(append(append(row.text, `{"meta":`...), meta...), `,"rows":[`...)
	for i, of := range a.rows {
		if i > 0 {
			row.text = append(row.text, ',')
		}
		if err := row.append(of); err != nil {
			return err
		}
		if _, err := out.Write(row.text); err != nil {
			return fmt.Errorf("send totals: %w", err)
		}
		row.text = row.text[:0]
	}
	row.text = append(row.text, "]}\n"...)
	if _, err := out.Write(row.text); err != nil {
		return fmt.Errorf("send totals: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("send totals: %w", err)
	}
	return nil
}

// jsonRow writes rows as the contract has them: the dimensions that a row is broken down
// by, every figure, null when absent, and the reasons in its status.
type jsonRow[Row any] struct {
	table   totalsTable[Row]
	shape   shape
	columns map[domain.Dimension][]dimensionColumn
	text    []byte
	// reasons collects the status of the row that is being written.
	reasons []byte
}

func (j *jsonRow[Row]) append(row Row) error {
	group := j.table.group(row)
	j.text, j.reasons = append(j.text, '{'), j.reasons[:0]
	month := monthOf(group, j.shape)
	err := j.field("month", month)
	if j.shape.filter.Has(domain.ByQuarter) && err == nil {
		err = j.field("quarter", quarterOf(month))
	}
	if j.shape.filter.Subtotals && err == nil {
		err = j.field("subtotal_over", strings.FieldsFunc(group.Over, func(r rune) bool { return r == ',' }))
	}
	for _, d := range j.table.dimensions {
		if !j.shape.shows(d, group) {
			continue
		}
		for _, column := range j.columns[d] {
			if err == nil {
				err = j.field(column.name, column.of(group, j.shape.names))
			}
		}
	}
	for _, figure := range j.table.figures {
		if err == nil {
			err = j.figure(figure, row)
		}
	}
	j.text = append(append(append(j.text, `"status":{`...), j.reasons...), "}}"...)
	return err
}

// figure writes one figure of a row and, when it is absent, remembers why.
func (j *jsonRow[Row]) figure(figure figureColumn[Row], row Row) error {
	switch {
	case figure.tableOnly:
		return nil
	case figure.list != nil:
		if list := figure.list(row); list != nil {
			return j.field(figure.name, list)
		}
		return nil
	}
	found := figure.of(row)
	if found.status != "" {
		if len(j.reasons) > 0 {
			j.reasons = append(j.reasons, ',')
		}
		j.reasons = strconv.AppendQuote(append(strconv.AppendQuote(j.reasons, figure.name), ':'), string(found.status))
	}
	return j.field(figure.name, found.is)
}

// field writes a name and a value, and the comma behind them.
func (j *jsonRow[Row]) field(name string, is any) error {
	j.text = append(strconv.AppendQuote(j.text, name), ':')
	switch is := is.(type) {
	case nil:
		j.text = append(j.text, "null"...)
	case int:
		j.text = strconv.AppendInt(j.text, int64(is), 10)
	case float64:
		j.text = strconv.AppendFloat(j.text, is, 'f', -1, 64)
	default:
		written, err := json.Marshal(is)
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		j.text = append(j.text, written...)
	}
	j.text = append(j.text, ',')
	return nil
}
