package workbook

import (
	"math"
	"strconv"
	"strings"
)

const (
	// MinWidth is the least width of a column of a table, in digits.
	MinWidth = 8
	// MaxWidth is the greatest width of a column of a table, in digits.
	MaxWidth = 60
	// headerLines is the number of lines over which a header may be broken before
	// its column is made wider.
	headerLines = 4
	// padding is the room, in digits, that keeps neighbouring columns apart.
	padding = 3
	// headerSlack is how much wider a column may become so that its header breaks
	// at good places.
	headerSlack = 16
	// headerGap is the room, in digits, that every line of a header leaves free: headers
	// over figures stand on the right, so that nothing else keeps them apart.
	headerGap = 2
	// cellMargin is the part of a column, in digits, that programs leave empty.
	cellMargin = 1
	// boldFactor is how much wider bold letters are, at the most.
	boldFactor = 1.1
	// fullness is the part of a column that is taken to hold text, so that an
	// estimate that is a little short cuts nothing off.
	fullness = 0.96

	digitWidth = 556
	// letterWidths are the advance widths of the printable ASCII characters of
	// Arial from the space on, in thousandths of the font size, three digits each;
	// those of four are cut to 999. They are the widths of Helvetica's published
	// metrics, which Arial shares.
	letterWidths = "278278355556556889667191333333389584278333278278" +
		"556556556556556556556556556556278278584584584556" +
		"999667667722722667611778722278500667556833722778667778722667611722667944667667611278278278469556" +
		"333556556500556556278556556222222500222833556556556556333500278556500722500500500334260334584"
)

// TextWidth returns how wide a text is in the body font, in widths of a digit,
// which is the unit of column widths. Letters beyond ASCII count as capitals.
func TextWidth(text string) float64 {
	const other = 722
	thousandths := 0
	for _, r := range text {
		width := other
		if place := int(r-' ') * 3; r >= ' ' && place+3 <= len(letterWidths) {
			if n, err := strconv.Atoi(letterWidths[place : place+3]); err == nil {
				width = n
			}
		}
		thousandths += width
	}
	return float64(thousandths) / digitWidth
}

// ColumnWidth returns the width of a column in which neither a number nor a word
// is cut off and a header needs few lines, within the limits of the rules.
func ColumnWidth(header string, cells []string) float64 {
	longestWord := 0.0
	for word := range strings.FieldsSeq(header) {
		longestWord = max(longestWord, TextWidth(word))
	}
	width := max(longestWord, TextWidth(header)/headerLines) * boldFactor
	for _, text := range cells {
		width = max(width, TextWidth(text))
	}
	least := math.Ceil(width/fullness) + padding
	width, free := least, math.Inf(-1)
	for wider := range headerSlack {
		try := least + float64(wider)
		if left := leftFree(header, try); left > free {
			width, free = try, left
		}
		if free >= headerGap {
			break
		}
	}
	return min(max(width, MinWidth), MaxWidth)
}

// leftFree returns the room, in digits, that every line of a header leaves free in a
// column of a width or of one a little off, as estimates are; less than any when the
// header would be broken inside a marker such as [note 1].
func leftFree(header string, column float64) float64 {
	free := math.Inf(1)
	for _, part := range []float64{0.96, 1, 1.04, 1.08} {
		room := (column - cellMargin) * part
		for _, line := range broken(header, room, boldFactor) {
			if strings.HasSuffix(line, "[note") {
				return math.Inf(-1)
			}
			free = min(free, room-TextWidth(line)*boldFactor)
		}
	}
	return free
}

// lines returns the number of lines that a text needs in a column; scale is the
// size of its letters as a multiple of the body font's.
func lines(text string, column, scale float64) int {
	count := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		count += len(broken(paragraph, (column-cellMargin)*fullness, scale))
	}
	return count
}

// broken returns the lines of a text, broken between words and after hyphens as
// spreadsheet programs break it. A word wider than the room is given as many lines
// as it needs, and no room is narrower than a digit.
func broken(text string, room, scale float64) []string {
	room = max(room, 1)
	var done []string
	line, used := "", 0.0
	for word := range strings.FieldsSeq(text) {
		gap := " "
		for piece := range strings.SplitAfterSeq(word, "-") {
			width := TextWidth(piece) * scale
			joined := TextWidth(gap)*scale + width
			if line != "" && used+joined <= room {
				line, used = line+gap+piece, used+joined
			} else {
				if line != "" {
					done = append(done, line)
				}
				line, used = piece, width
				for ; used > room; used -= room {
					done = append(done, "")
				}
			}
			gap = ""
		}
	}
	return append(done, line)
}
