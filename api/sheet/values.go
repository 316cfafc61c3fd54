package sheet

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"skillstracker/domain"
)

// The bounds of an employee number (DESIGN 2 and 3.3).
const (
	employeeNumberChars  = 32
	employeeNumberDigits = 15
)

// employeeNumber reads the employer's own identifier: text of 1 to 32
// characters with its zeros, or a whole number below 10^15, of which a number
// format's leading zeros are taken as shown.
func (r *rowReader) employeeNumber(c column) string {
	cell, valued := r.required(c)
	if !valued {
		return ""
	}
	switch cell.Kind {
	case Text:
		if isEmployeeNumber(cell.Text) {
			if !isExponentForm(cell.Text) {
				return strings.Clone(cell.Text)
			}
			r.fault(domain.FindingEmployeeNumberBad, c, "A spreadsheet has turned the employee number into a number with an exponent and lost digits of it.")
			return ""
		}
	case Number:
		if digits := cell.Decimal(); isDigits(digits) && len(digits) <= employeeNumberDigits {
			r.warnNumeric(c)
			if shown := cell.Displayed; isDigits(shown) && len(shown) <= employeeNumberChars && strings.HasSuffix(shown, digits) {
				digits = shown
			}
			return strings.Clone(digits)
		}
	case Empty, Date, Bool, ErrorValue:
	}
	r.fault(domain.FindingEmployeeNumberBad, c, "")
	return ""
}

// isEmployeeNumber tells an employer's identifier from what cannot be one: too long
// a text, one with invisible characters, or words without any digit, which are
// most likely somebody's name.
func isEmployeeNumber(text string) bool {
	invisible := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
	return utf8.RuneCountInString(text) <= employeeNumberChars && strings.IndexFunc(text, invisible) < 0 &&
		(strings.IndexFunc(text, unicode.IsDigit) >= 0 || strings.IndexFunc(text, unicode.IsSpace) < 0)
}

// warnNumeric warns once of employee numbers that are stored as numbers.
func (r *rowReader) warnNumeric(c column) {
	if !r.numericWarned {
		r.numericWarned = true
		r.columnFault(domain.FindingEmployeeNumberNumber, c, "")
	}
}

// isExponentForm tells what a spreadsheet writes in place of a long number:
// 1.23457E+11.
func isExponentForm(text string) bool {
	mantissa, exponent, found := strings.Cut(strings.ToUpper(text), "E+")
	if !found || !isDigits(exponent) || len(exponent) > 3 {
		return false
	}
	whole, fraction, pointed := strings.Cut(mantissa, ".")
	return len(whole) == 1 && isDigits(whole) && (!pointed || isDigits(fraction))
}

// quantity reads a decimal number that must not be negative, in
// hundred-thousandths.
func (r *rowReader) quantity(c column, cell Cell) (domain.FTE, bool) {
	text, numeric := numberText(cell)
	if !numeric {
		r.fault(domain.FindingNumberInvalid, c, numberDetail(cell))
		return 0, false
	}
	value, err := domain.ParseFTE(text)
	if err != nil {
		value, err = r.rounded(c, text)
	}
	switch {
	case err != nil && isPlainDecimal(text):
		r.fault(domain.FindingNumberTooLarge, c, "")
	case err != nil:
		r.fault(domain.FindingNumberInvalid, c, "")
	case value < 0:
		r.fault(domain.FindingNumberNegative, c, "")
	default:
		return value, true
	}
	return 0, false
}

// rounded reads a number of more than five decimals, as a spreadsheet writes the
// result of a division into a CSV file (0.533333333), and warns once that such
// numbers were rounded.
func (r *rowReader) rounded(c column, text string) (domain.FTE, error) {
	// ParseFTE rounds what has so many digits that it can only be noise.
	const noise = "000000000000000"
	if _, fraction, pointed := strings.Cut(text, "."); !pointed || len(fraction) <= 5 || !isPlainDecimal(text) {
		return domain.ParseFTE(text)
	}
	value, err := domain.ParseFTE(text + noise)
	if err == nil && !r.roundedWarned {
		r.roundedWarned = true
		r.columnFault(domain.FindingFileNote, c, "Numbers with more than five decimals were rounded to five.")
	}
	return value, err
}

// count reads a whole number that must not be negative.
func (r *rowReader) count(c column, cell Cell) (int64, bool) {
	text, numeric := numberText(cell)
	if !numeric || !isPlainDecimal(text) {
		r.fault(domain.FindingNumberInvalid, c, numberDetail(cell))
		return 0, false
	}
	whole, fraction, _ := strings.Cut(text, ".")
	if strings.Trim(fraction, "0") != "" {
		r.fault(domain.FindingNumberInvalid, c, "This column takes whole numbers.")
		return 0, false
	}
	if strings.Trim(whole, "+-") == "" {
		whole = "0"
	}
	value, err := strconv.ParseInt(whole, 10, 64)
	switch {
	case err != nil || value > math.MaxInt32:
		r.fault(domain.FindingNumberTooLarge, c, "")
	case value < 0:
		r.fault(domain.FindingNumberNegative, c, "")
	default:
		return value, true
	}
	return 0, false
}

// numberText returns the decimal of a cell that may hold a number. What a
// formula leaves of zero in binary arithmetic (5.55E-17) is zero.
func numberText(cell Cell) (string, bool) {
	switch cell.Kind {
	case Number:
		text := cell.Decimal()
		if strings.Contains(text, "E-") {
			return "0", true
		}
		return text, true
	case Text:
		return cell.Text, true
	case Empty, Date, Bool, ErrorValue:
	}
	return "", false
}

// numberDetail explains what a cell holds in place of a number, where more can
// be said than that it is none.
func numberDetail(cell Cell) string {
	if cell.Kind == Date {
		return "The cell holds a date in place of a number; a spreadsheet may have turned the number into one."
	}
	return ""
}

// isPlainDecimal tells an optional sign, digits and at most one point.
func isPlainDecimal(text string) bool {
	if text != "" && (text[0] == '+' || text[0] == '-') {
		text = text[1:]
	}
	whole, fraction, pointed := strings.Cut(text, ".")
	if !pointed {
		return isDigits(whole)
	}
	return (whole == "" || isDigits(whole)) && isDigits(fraction)
}
