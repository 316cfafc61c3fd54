package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Difference is a cell that two editions of a table hold differently, or a table
// that is not in both.
type Difference struct {
	Sheet string
	// Column is the header, Row the first cells of the row that say what it is about;
	// both are empty when whole tables differ.
	Column, Row string
	File, Again string // what the file and the register hold
}

// Compare returns what is different between the tables of a file and those made again.
func Compare(file, again []Table) []Difference {
	var found []Difference
	for _, t := range file {
		i := slices.IndexFunc(again, func(other Table) bool { return other.Sheet == t.Sheet })
		if i < 0 {
			found = append(found, Difference{Sheet: t.Sheet, File: fmt.Sprintf("%d rows", len(t.Rows)), Again: "no such table"})
			continue
		}
		found = append(found, compareTables(t, again[i])...)
	}
	for _, t := range again {
		if !slices.ContainsFunc(file, func(other Table) bool { return other.Sheet == t.Sheet }) {
			found = append(found, Difference{Sheet: t.Sheet, File: "no such table", Again: fmt.Sprintf("%d rows", len(t.Rows))})
		}
	}
	return found
}

func compareTables(file, again Table) []Difference {
	if !slices.Equal(file.Header, again.Header) {
		return []Difference{{Sheet: file.Sheet, File: strings.Join(file.Header, ", "), Again: strings.Join(again.Header, ", ")}}
	}
	var found []Difference
	for i := range max(len(file.Rows), len(again.Rows)) {
		if i >= len(file.Rows) || i >= len(again.Rows) {
			found = append(found, Difference{Sheet: file.Sheet, File: fmt.Sprintf("%d rows", len(file.Rows)), Again: fmt.Sprintf("%d rows", len(again.Rows))})
			break
		}
		for column, header := range file.Header {
			if a, b := file.Rows[i][column], again.Rows[i][column]; a != b {
				found = append(found, Difference{Sheet: file.Sheet, Column: header, Row: rowName(file.Rows[i]), File: shown(a), Again: shown(b)})
			}
		}
	}
	return found
}

// rowName returns the texts at the beginning of a row, which say what it is about.
func rowName(row []any) string {
	var names []string
	for _, cell := range row {
		text, isText := cell.(string)
		if !isText {
			break
		}
		names = append(names, text)
	}
	if len(names) == 0 && len(row) > 0 {
		names = []string{shown(row[0])}
	}
	return strings.Join(names, ", ")
}

func shown(cell any) string {
	if number, isNumber := cell.(float64); isNumber {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	return fmt.Sprint(cell)
}
