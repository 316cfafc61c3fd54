package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"
)

// The serial numbers of days in the 1900 date system, in which 29 February 1900 is
// counted although there was no such day (ECMA-376 part 1, 18.17.4.1).
const (
	serial1970  = 25_569
	leapDay1900 = 60
	lastDay     = 2_958_465 // 31 December 9999

	secondsPerDay = 24 * 60 * 60
)

// serial returns the number of a day in the 1900 date system from the days since
// 1 January 1970. It fails for a day before 1900 or after 9999, which no cell shows.
func serial(days int) (int, error) {
	number := days + serial1970
	if number <= leapDay1900 {
		number--
	}
	if number < 1 || number > lastDay {
		return 0, fmt.Errorf("day %d from 1 January 1970 is not from 1900 to 9999", days)
	}
	return number, nil
}

// daysOf returns the days since 1 January 1970 of a day such as 2026-10-31.
func daysOf(text []byte) (int, error) {
	var parts [3]int
	if len(text) != len("2026-10-31") || text[4] != '-' || text[7] != '-' {
		return 0, errNoDay
	}
	part := 0
	for i, c := range text {
		switch {
		case i == 4 || i == 7:
			part++
		case c < '0' || c > '9':
			return 0, errNoDay
		default:
			parts[part] = parts[part]*10 + int(c-'0')
		}
	}
	day := time.Date(parts[0], time.Month(parts[1]), parts[2], 0, 0, 0, 0, time.UTC)
	if day.Day() != parts[2] || int(day.Month()) != parts[1] {
		return 0, errNoDay
	}
	return int(day.Unix() / secondsPerDay), nil
}

// decimal returns the digits of a number without the zeros at the end of its fraction.
func decimal(digits []byte) ([]byte, error) {
	whole, fraction, hasPoint := bytes.Cut(bytes.TrimPrefix(digits, []byte("-")), []byte("."))
	if !allDigits(whole) || hasPoint && !allDigits(fraction) {
		return nil, errNoDecimal
	}
	if hasPoint {
		digits = bytes.TrimRight(digits, "0")
		digits = bytes.TrimSuffix(digits, []byte("."))
	}
	return digits, nil
}

func allDigits(text []byte) bool {
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(text) > 0
}

var (
	errNoDay     = errors.New("a day is written such as 2026-10-31")
	errNoDecimal = errors.New("a number is written in decimal digits, such as -12.5")
)

var errNoNumber = errors.New("a number without a value or without end is no number of a cell")

// appendNumber appends the shortest decimal that reads back as the same number.
func appendNumber(buf []byte, number float64) ([]byte, error) {
	const exact = 1e15 // below it a decimal of as many digits is the only such one
	if number == math.Trunc(number) && math.Abs(number) < exact {
		return strconv.AppendInt(buf, int64(number), 10), nil
	}
	if math.IsNaN(number) || math.IsInf(number, 0) {
		return buf, errNoNumber
	}
	// FTE has up to five decimals and percentages have few: the general way takes
	// several times as long.
	if scaled := math.Round(number * 1e5); math.Abs(scaled) < exact && scaled/1e5 == number {
		return appendScaled(buf, int64(scaled)), nil
	}
	return strconv.AppendFloat(buf, number, 'g', -1, 64), nil
}

// appendScaled appends hundred-thousandths as a decimal without trailing zeros.
func appendScaled(buf []byte, scaled int64) []byte {
	if scaled < 0 {
		buf, scaled = append(buf, '-'), -scaled
	}
	buf = append(strconv.AppendInt(buf, scaled/1e5, 10), '.')
	rest := scaled % 1e5
	for digit := int64(1e4); rest > 0; digit /= 10 {
		buf = append(buf, byte('0'+rest/digit))
		rest %= digit
	}
	return buf
}
