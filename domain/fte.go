package domain

import (
	"errors"
	"strconv"
	"strings"
)

// FTE is an exact full-time equivalent, counted in hundred-thousandths: 1.0 FTE
// is 100000. Five decimals are what the workforce minimum data set carries
// (CONTRACTED_FTE decimal(15,5)). Sums of FTE are exact.
type FTE int64

// FTEUnit is one whole full-time equivalent.
const FTEUnit FTE = 100_000

// maxFTE is the largest value of a numeric(12,5) column.
const maxFTE FTE = 9_999_999_99999

var errFTE = errors.New("not a full-time equivalent with at most five decimals")

// ParseFTE reads a decimal number with a point and at most five decimals that
// matter, with an optional sign and an optional exponent-free form only. A
// longer tail is accepted when it is a binary float's noise, that is when the
// number has 15 significant digits or more, and rounds to the nearest
// hundred-thousandth.
func ParseFTE(text string) (FTE, error) {
	s := strings.TrimSpace(text)
	if s == "" {
		return 0, errFTE
	}
	negative := false
	switch s[0] {
	case '-':
		negative, s = true, s[1:]
	case '+':
		s = s[1:]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	if whole == "" && fraction == "" || !allDigits(whole) || !allDigits(fraction) {
		return 0, errFTE
	}
	roundUp := false
	if len(fraction) > 5 {
		tail := fraction[5:]
		if strings.Trim(tail, "0") != "" && len(strings.TrimLeft(whole+fraction, "0")) < 15 {
			return 0, errFTE
		}
		roundUp = tail[0] >= '5'
		fraction = fraction[:5]
	}
	for len(fraction) < 5 {
		fraction += "0"
	}
	if len(strings.TrimLeft(whole, "0")) > 7 {
		return 0, errFTE
	}
	n, err := strconv.ParseInt(whole+fraction, 10, 64)
	if err != nil {
		return 0, errFTE
	}
	if roundUp {
		n++
	}
	if FTE(n) > maxFTE {
		return 0, errFTE
	}
	if negative {
		n = -n
	}
	return FTE(n), nil
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// String writes the value with as many decimals as it needs, at least none and
// at most five: "1", "0.6", "-2.53333".
func (f FTE) String() string {
	sign := ""
	n := int64(f)
	if n < 0 {
		sign, n = "-", -n
	}
	text := sign + strconv.FormatInt(n/int64(FTEUnit), 10)
	fraction := strconv.FormatInt(n%int64(FTEUnit)+int64(FTEUnit), 10)[1:]
	fraction = strings.TrimRight(fraction, "0")
	if fraction == "" {
		return text
	}
	return text + "." + fraction
}

// Float returns the value as a float64 in FTE, for spreadsheets and JSON. It is
// the nearest float to the exact decimal.
func (f FTE) Float() float64 { return float64(f) / float64(FTEUnit) }

// Ratio returns a divided by b, or false when b is zero: a rate without a
// denominator is absent, never zero.
func Ratio(a, b FTE) (float64, bool) {
	if b == 0 {
		return 0, false
	}
	return float64(a) / float64(b), true
}
