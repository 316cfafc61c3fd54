package sheet

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// headingLimit is the greatest number of characters of a heading that findings
// and the mapping repeat.
const headingLimit = 60

// What a heading may have at most to be taken for one: a cell of a longer text or
// with as many digits is more likely a value, perhaps of a person, whose row was
// taken for the header row.
const (
	longestHeading = 100
	fewestOfValue  = 6 // digits
)

// shownHeading is what findings and the mapping call a column that has a heading:
// the heading on one line, shortened, or its place where the cell does not look
// like a heading.
func shownHeading(format Format, place int, text string) string {
	text = strings.Join(strings.FieldsFunc(text, isPadding), " ")
	switch {
	case text == "":
		return ""
	case !isPlausibleHeading(text):
		return placeLabel(format, place)
	case utf8.RuneCountInString(text) <= headingLimit:
		return text
	}
	return strings.TrimRight(string([]rune(text)[:headingLimit-1]), " ") + "…"
}

func isPlausibleHeading(text string) bool {
	digits := 0
	for i := range len(text) {
		switch {
		case text[i] == '@':
			return false
		case isDigitByte(text[i]):
			digits++
		}
	}
	return digits < fewestOfValue && utf8.RuneCountInString(text) <= longestHeading
}

// placeLabel names a column by its place: with the letters of a spreadsheet, or as
// the ordinal of a member of the records of a JSON file.
func placeLabel(format Format, place int) string {
	if format == JSON {
		return "Member " + strconv.Itoa(place+1)
	}
	return "Column " + columnLetters(place)
}

// columnLetters writes the place of a column as a spreadsheet does: A, B, ... AA.
func columnLetters(place int) string {
	letters := ""
	for n := place + 1; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters
}

// lowerFirst writes a label or sentence to go on in the middle of another.
func lowerFirst(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToLower(text[:1]) + text[1:]
}
