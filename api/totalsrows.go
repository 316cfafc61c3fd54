package api

import (
	"fmt"

	"skillstracker/domain"
)

// monthOf is the reference date of a row.
func monthOf(group domain.Group, shape shape) domain.Date {
	if group.Month == nil {
		return shape.filter.AsAt
	}
	return *group.Month
}

// definitions explains every column of the rows.
func (t totalsTable[Row]) definitions() map[string]string {
	all := map[string]string{
		"month":         monthMeans,
		"quarter":       quarterMeans,
		"subtotal_over": overMeans,
		"status":        statusMeans,
	}
	for _, d := range t.dimensions {
		for _, column := range dimensionColumns(d) {
			all[column.name] = column.means
		}
	}
	for _, figure := range t.figures {
		if !figure.tableOnly {
			all[figure.name] = figure.means
		}
	}
	return all
}

// units says in what each figure is given.
func (t totalsTable[Row]) units() map[string]string {
	all := map[string]string{}
	for _, figure := range t.figures {
		if figure.unit != "" && !figure.tableOnly {
			all[figure.name] = figure.unit
		}
	}
	return all
}

const (
	monthMeans   = "The reference date of the row, a month end. Figures of a date are never added up over months."
	quarterMeans = "Financial quarter whose last month end is the reference date, such as 2025/26 Q4, which ends in March; in rows by quarter only."
	overMeans    = "The dimensions of the question over which the row is a subtotal; empty for a row that is broken down by all of them. Do not add subtotals to other rows."
	statusMeans  = "Why a figure is absent: c confidential, x not available, z not applicable."
	basisMeans   = "as_was: an organisation counts for the region and ICB that it belonged to at the reference date. as_now: for those that it, or its successor, belongs to today."
	ruleMeans    = "The rule that figures about people have passed."
	madeUpMeans  = "Whether the figures were made up for demonstration."
)

// String writes a value as a cell of a CSV, before any protection.
func (v value) String() string {
	switch is := v.is.(type) {
	case nil:
		return ""
	case float64:
		return numberCell(is)
	case string:
		return is
	default:
		return fmt.Sprint(is)
	}
}
