package sheet

import (
	"math"
	"strconv"
	"strings"

	"skillstracker/domain"
)

// quantity reads a decimal number that must not be negative, in
// hundred-thousandths.
func (r *rowReader) quantity(c column, cell Cell) (domain.FTE, bool) {
	text, numeric := numberText(cell)
	if !numeric {
		r.fault(noNumber(cell), c, "")
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
		r.fault(noNumber(cell), c, "")
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
		r.columnFault(domain.FindingNumbersRounded, c, "")
	}
	return value, err
}

// count reads a whole number that must not be negative.
func (r *rowReader) count(c column, cell Cell) (int64, bool) {
	text, numeric := numberText(cell)
	if !numeric || !isPlainDecimal(text) {
		r.fault(noNumber(cell), c, "")
		return 0, false
	}
	whole, fraction, _ := strings.Cut(text, ".")
	if strings.Trim(fraction, "0") != "" {
		r.fault(domain.FindingNumberNotWhole, c, "")
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

// noNumber is the finding for a cell that holds no number: what spreadsheets make
// of one that they took for a date is told apart.
func noNumber(cell Cell) domain.FindingCode {
	if cell.Kind == Date || cell.Kind == Text && looksLikeDate(cell.Text) {
		return domain.FindingNumberDate
	}
	return domain.FindingNumberInvalid
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
