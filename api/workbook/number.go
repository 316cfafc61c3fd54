package workbook

import (
	"errors"
	"fmt"
	"math"
	"strconv"
)

// The serial numbers of days in the 1900 date system, in which 29 February 1900 is
// counted although there was no such day (ECMA-376 part 1, 18.17.4.1).
const (
	serial1970  = 25_569
	leapDay1900 = 60
	lastDay     = 2_958_465 // 31 December 9999
)

// Serial returns the number of a day in the 1900 date system from the days since
// 1 January 1970. It fails for a day before 1900 or after 9999, which no cell shows.
func Serial(days int) (int, error) {
	serial := days + serial1970
	if serial <= leapDay1900 {
		serial--
	}
	if serial < 1 || serial > lastDay {
		return 0, fmt.Errorf("day %d from 1 January 1970 is not from 1900 to 9999", days)
	}
	return serial, nil
}

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
