package main

import (
	"slices"
	"strconv"

	"skillstracker/api/spec"
)

// findingsTable lays findings out in lines of at most width characters. The sheet
// is left out when no finding names one, as in CSV.
func findingsTable(findings []spec.Finding, width int) string {
	columns := []textColumn{
		{heading: "Severity"}, {heading: "Sheet"}, {heading: "Row", right: true}, {heading: "Column"}, {heading: "What is wrong"}, {heading: "How to mend it"},
	}
	rows := make([][]string, 0, len(findings))
	for _, finding := range findings {
		place, whole := "file", "(whole file)"
		if n := rowOf(finding); n > 0 {
			place, whole = strconv.Itoa(n), "(whole row)"
		}
		rows = append(rows, []string{
			string(finding.Severity), printable(filled(finding.Sheet, "")), place, printable(filled(finding.Column, whole)),
			printable(finding.Message), printable(finding.Mend),
		})
	}
	const sheet = 1
	if !slices.ContainsFunc(rows, func(row []string) bool { return row[sheet] != "" }) {
		columns = slices.Delete(columns, sheet, sheet+1)
		for i := range rows {
			rows[i] = slices.Delete(rows[i], sheet, sheet+1)
		}
	}
	return textTable(fit(columns, rows, width), rows)
}

// filled returns a text that may be absent, or what stands for it.
func filled(text *string, instead string) string {
	if text == nil || *text == "" {
		return instead
	}
	return *text
}
