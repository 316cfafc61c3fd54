package check

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	// standardWidth is the width of a column that says nothing, in digits.
	standardWidth = 8.43
	// lineFactor is the height of a line as a multiple of the size of its letters.
	lineFactor = 1.15
	// tolerance is how far an estimate may be off before it is held against a
	// workbook, because the letters are those of another program's font.
	tolerance = 0.82
)

// textWidth estimates the width of a text in digits of the workbook's body font, in
// which columns are measured.
func textWidth(text string, f font) float64 {
	units := 0.0
	for _, r := range text {
		switch {
		case strings.ContainsRune("iljtfrI.,:;'|!()[] ", r):
			units += 0.5
		case strings.ContainsRune("mwMW@%", r):
			units += 1.45
		case r >= 'A' && r <= 'Z':
			units += 1.2
		default:
			units++
		}
	}
	if f.bold {
		units *= 1.07
	}
	return units * f.scale
}

// widestLine returns the width of the widest line of a text.
func widestLine(text string, f font) float64 {
	width := 0.0
	for line := range strings.SplitSeq(text, "\n") {
		width = max(width, textWidth(line, f))
	}
	return width
}

// linesNeeded estimates the least number of lines of a text in a column.
func linesNeeded(text string, f font, column float64) int {
	lines := 0
	for line := range strings.SplitSeq(text, "\n") {
		lines += max(1, int(math.Ceil(textWidth(line, f)*tolerance/max(column, 1))))
	}
	return lines
}

// shownLength estimates the number of characters of a number as a format shows it.
func shownLength(value float64, l *look) int {
	if l.date {
		return 6
	}
	bare, _, _ := strings.Cut(bareFormat(l.format), ";")
	if bare == "general" || bare == "" {
		return 1 // the program rounds until it fits
	}
	if strings.Contains(bare, "%") {
		value *= 100
	}
	decimals := 0
	if _, after, found := strings.Cut(bare, "."); found {
		for decimals < len(after) && (after[decimals] == '0' || after[decimals] == '#') {
			decimals++
		}
	}
	if strings.Contains(bare, "e") {
		return decimals + 6
	}
	text := strconv.FormatFloat(value, 'f', decimals, 64)
	n := utf8.RuneCountInString(text)
	if strings.Contains(bare, ",") {
		n += (len(strconv.FormatFloat(math.Trunc(math.Abs(value)), 'f', 0, 64)) - 1) / 3
	}
	return n
}
