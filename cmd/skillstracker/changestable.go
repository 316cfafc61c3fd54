package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"skillstracker/api/spec"
)

// changesTable lays changes out in lines of at most width characters.
func changesTable(changes []spec.RecordChange, width int) string {
	rows := make([][]string, 0, len(changes))
	for _, change := range changes {
		rows = append(rows, changeRows(change)...)
	}
	columns := []textColumn{
		{heading: "Row", right: true}, {heading: "Outcome"}, {heading: "Record"}, {heading: "Column"}, {heading: "Held now"}, {heading: "Would be"},
	}
	return textTable(fit(columns, rows, width), rows)
}

// changeRows writes a change with a line for each column; of a record that comes
// or goes as a whole the columns share one.
func changeRows(change spec.RecordChange) [][]string {
	row := ""
	if change.Row != nil {
		row = strconv.Itoa(*change.Row)
	}
	var record []string
	for _, column := range slices.Sorted(maps.Keys(change.Record)) {
		record = append(record, column+" "+change.Record[column])
	}
	first := []string{row, string(change.Outcome), printable(strings.Join(record, ", "))}
	if change.Outcome != spec.Changed {
		var before, after []string
		for _, field := range change.Fields {
			if field.Before != "" {
				before = append(before, field.Column+" "+field.Before)
			}
			if field.After != "" {
				after = append(after, field.Column+" "+field.After)
			}
		}
		return [][]string{append(first, "(whole record)", printable(strings.Join(before, ", ")), printable(strings.Join(after, ", ")))}
	}
	var rows [][]string
	for _, field := range change.Fields {
		rows = append(rows, append(first, printable(field.Column), orNone(field.Before), orNone(field.After)))
		first = []string{"", "", ""}
	}
	return rows
}

// orNone writes a value of a column.
func orNone(value string) string {
	if value == "" {
		return "(none)"
	}
	return printable(value)
}
