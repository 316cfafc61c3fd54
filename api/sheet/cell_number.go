package sheet

import (
	"math"
	"strconv"
	"strings"
)

// significantDigits is what a spreadsheet keeps and shows of a number.
const significantDigits = 15

// isPlainNumber tells whether a stored number is already in the form that
// General shows: digits with at most one point, at most 15 of them
// significant, and no zero, sign or exponent that would not be shown.
func isPlainNumber[T string | []byte](text T) bool {
	i := 0
	if len(text) > 0 && text[0] == '-' {
		i = 1
	}
	digits, point := 0, -1
	for j := i; j < len(text); j++ {
		switch b := text[j]; {
		case b >= '0' && b <= '9':
			digits++
		case b == '.' && point < 0 && j > i:
			point = j
		default:
			return false
		}
	}
	switch {
	case digits == 0 || digits > significantDigits:
		return false
	case point < 0:
		return text[i] != '0' || (digits == 1 && i == 0)
	case point == len(text)-1 || text[len(text)-1] == '0':
		return false
	}
	return text[i] != '0' || point == i+1
}

// isNumber tells whether the text has the grammar of a stored number: an
// optional sign, digits with at most one point, an optional exponent. It is
// narrower than strconv, which also takes hexadecimal, underscores and Inf.
func isNumber(text []byte) bool {
	i := skipSign(text, 0)
	start := i
	i = skipDigits(text, i)
	digits := i - start
	if i < len(text) && text[i] == '.' {
		start = i + 1
		i = skipDigits(text, start)
		digits += i - start
	}
	if digits == 0 {
		return false
	}
	if i < len(text) && (text[i] == 'e' || text[i] == 'E') {
		start = skipSign(text, i+1)
		i = skipDigits(text, start)
		if i == start {
			return false
		}
	}
	return i == len(text)
}

func skipSign(text []byte, i int) int {
	if i < len(text) && (text[i] == '-' || text[i] == '+') {
		return i + 1
	}
	return i
}

func skipDigits(text []byte, i int) int {
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	return i
}

// generalForm rounds a stored number to 15 significant digits and writes it in
// its shortest form. Text that is no finite number comes back as it is.
func generalForm(text string) string {
	rounded, ok := roundSignificant(text)
	if !ok {
		return text
	}
	if size := math.Abs(rounded); size != 0 && (size < 1e-10 || size >= 1e21) {
		return strconv.FormatFloat(rounded, 'E', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

func roundSignificant(text string) (float64, bool) {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, false
	}
	digits := strconv.FormatFloat(value, 'e', significantDigits-1, 64)
	rounded, err := strconv.ParseFloat(digits, 64)
	// Rounding can carry the greatest numbers over the edge of the type.
	if err != nil {
		return value, true
	}
	if rounded == 0 {
		return 0, true // drops the sign of a negative zero
	}
	return rounded, true
}

// zerosForm shows a stored number as a format of zeros does: 00.0 has two
// whole digits at least and one decimal. Halves are rounded away from zero, on
// the number's 15 significant decimal digits as spreadsheets do.
func zerosForm(text string, whole, decimals int) string {
	rounded, ok := roundSignificant(text)
	if !ok || math.Abs(rounded) >= 1e15 {
		return generalForm(text)
	}
	exact := strconv.FormatFloat(math.Abs(rounded), 'f', -1, 64)
	head, tail, _ := strings.Cut(exact, ".")
	up := len(tail) > decimals && tail[decimals] >= '5'
	if len(tail) > decimals {
		tail = tail[:decimals]
	}
	digits := []byte(head + tail + strings.Repeat("0", decimals-len(tail)))
	if up {
		digits = addOne(digits)
	}
	for len(digits) < whole+decimals {
		digits = append([]byte{'0'}, digits...)
	}
	shown := string(digits[:len(digits)-decimals])
	if decimals > 0 {
		shown += "." + string(digits[len(digits)-decimals:])
	}
	if rounded < 0 && strings.Trim(shown, "0.") != "" {
		return "-" + shown
	}
	return shown
}

func addOne(digits []byte) []byte {
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] != '9' {
			digits[i]++
			return digits
		}
		digits[i] = '0'
	}
	return append([]byte{'1'}, digits...)
}
