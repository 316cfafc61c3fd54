package main

import (
	"strings"
	"unicode/utf8"
)

// textColumn is a column of a table on the terminal.
type textColumn struct {
	heading string
	// width is the greatest number of characters; longer text goes on below.
	width int
	// right sets numbers to the right.
	right bool
}

// textTable lays out rows under headings, with words wrapped inside the columns
// and two spaces between them.
func textTable(columns []textColumn, rows [][]string) string {
	headings := make([]string, len(columns))
	rules := make([]string, len(columns))
	widths := make([]int, len(columns))
	for i, column := range columns {
		headings[i] = column.heading
		widths[i] = utf8.RuneCountInString(column.heading)
		for _, row := range rows {
			for _, line := range wrap(row[i], column.width) {
				widths[i] = max(widths[i], utf8.RuneCountInString(line))
			}
		}
		rules[i] = strings.Repeat("-", widths[i])
	}
	var out strings.Builder
	for _, row := range append([][]string{headings, rules}, rows...) {
		writeTextRow(&out, columns, widths, row)
	}
	return out.String()
}

func writeTextRow(out *strings.Builder, columns []textColumn, widths []int, row []string) {
	cells := make([][]string, len(columns))
	height := 1
	for i, column := range columns {
		cells[i] = wrap(row[i], max(column.width, widths[i]))
		height = max(height, len(cells[i]))
	}
	for line := range height {
		var text strings.Builder
		for i, column := range columns {
			part := ""
			if line < len(cells[i]) {
				part = cells[i][line]
			}
			gap := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(part))
			if column.right {
				part = gap + part
			} else {
				part += gap
			}
			text.WriteString(part + "  ")
		}
		out.WriteString("   " + strings.TrimRight(text.String(), " ") + "\n")
	}
}

// wrap breaks text between words into lines of at most width characters. A word
// that is longer stays whole.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}
