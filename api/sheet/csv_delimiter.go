package sheet

import (
	"bytes"
	"fmt"
	"strings"
)

// headerRecords is how many records from the start decide the delimiter: a
// title or two, the header and enough rows to see a regular table.
const headerRecords = 20

// withoutMarks removes byte-order marks; some programs write two.
func withoutMarks(text []byte) []byte {
	for {
		rest := withoutBOM(text)
		if len(rest) == len(text) {
			return text
		}
		text = rest
	}
}

// sepLine understands the first line `sep=;`, by which a spreadsheet program
// is told the delimiter.
func sepLine(start []byte) (delimiter byte, named bool) {
	line := start
	if end := bytes.IndexAny(start, "\r\n"); end >= 0 {
		line = start[:end]
	}
	text := strings.Trim(string(line), `"`)
	if len(text) != 5 || !strings.EqualFold(text[:4], "sep=") {
		return 0, false
	}
	switch b := text[4]; {
	case b == '\t', b > ' ' && b < 0x7F && !strings.ContainsRune(`"=`, rune(b)) && !isASCIIAlnum(b):
		return b, true
	}
	return 0, false
}

func isASCIIAlnum(b byte) bool {
	return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z')
}

// findDelimiter chooses comma, semicolon or tab. For each it finds the first
// record with several fields and counts the records from there on that have as
// many: the most regular table wins, then the one with more columns. A file
// with one column has no delimiter and is read with the comma.
func findDelimiter(start []byte) byte {
	best, bestSame, bestFields := byte(','), 0, 1
	for _, delimiter := range []byte{',', ';', '\t'} {
		same, fields := 0, 1
		for _, count := range countFields(start, delimiter) {
			if fields == 1 {
				fields = count
			}
			if count == fields && fields > 1 {
				same++
			}
		}
		if same > bestSame || (same == bestSame && fields > bestFields) {
			best, bestSame, bestFields = delimiter, same, fields
		}
	}
	return best
}

// countFields counts the fields of each of the first records that are not
// blank, with quotation marks respected. It is lenient: faults are reported
// when the rows are read.
func countFields(start []byte, delimiter byte) []int {
	var counts []int
	fields, length, quoted := 1, 0, false
	finish := func() {
		if length > 0 {
			counts = append(counts, fields)
		}
		fields, length = 1, 0
	}
	for _, b := range start {
		switch {
		case b == '"':
			quoted = !quoted
			length++
		case quoted:
			length++
		case b == delimiter:
			fields++
			length++
		case b == '\n' || b == '\r':
			finish()
			if len(counts) == headerRecords {
				return counts
			}
		default:
			length++
		}
	}
	// The last record of a full region is cut, so it does not count.
	if len(start) < maxLine || len(counts) == 0 {
		finish()
	}
	return counts
}

func delimiterName(delimiter byte) string {
	switch delimiter {
	case ',':
		return "commas"
	case ';':
		return "semicolons"
	case '\t':
		return "tabs"
	}
	return fmt.Sprintf("the sign %q", string(delimiter))
}
