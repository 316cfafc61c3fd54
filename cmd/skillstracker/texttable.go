package main

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The spaces before a table and between its columns.
const (
	indent = 3
	gap    = 2
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

// leastWidth is the width to which a column is cut at most.
const leastWidth = 10

// fit gives each column the width of its longest text, and where they do not fit
// beside one another in lines of a width, cuts the widest to the same length.
func fit(columns []textColumn, rows [][]string, width int) []textColumn {
	needs := make([]int, len(columns))
	for i, column := range columns {
		needs[i] = utf8.RuneCountInString(column.heading)
		for _, row := range rows {
			needs[i] = max(needs[i], utf8.RuneCountInString(row[i]))
		}
	}
	most := max(slices.Max(needs), leastWidth)
	for ; most > leastWidth; most-- {
		total := indent + gap*(len(columns)-1)
		for _, need := range needs {
			total += min(need, most)
		}
		if total <= width {
			break
		}
	}
	fitted := slices.Clone(columns)
	for i := range fitted {
		fitted[i].width = min(needs[i], most)
	}
	return fitted
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
			space := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(part))
			if column.right {
				part = space + part
			} else {
				part += space
			}
			text.WriteString(part + strings.Repeat(" ", gap))
		}
		out.WriteString(strings.Repeat(" ", indent) + strings.TrimRight(text.String(), " ") + "\n")
	}
}

// wrap breaks text between words into lines of at most width characters, and
// inside a word that is longer.
func wrap(text string, width int) []string {
	width = max(width, 1)
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; utf8.RuneCountInString(line) > width; {
			letters := []rune(line)
			lines = append(lines, string(letters[:width]))
			line = string(letters[width:])
		}
	}
	return append(lines, line)
}

// printable takes out of a text from elsewhere what is no letter, sign or space,
// because it could move a terminal's cursor.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsGraphic(r):
			return r
		}
		return unicode.ReplacementChar
	}, text)
}
