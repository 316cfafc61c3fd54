package report

import (
	"math"
	"strconv"
	"strings"
)

// shown returns a number as spreadsheet programs show it in a column of a kind: with
// commas between thousands, and halves rounded away from zero.
func (k kind) shown(number float64) string {
	switch k {
	case kindWhole:
		return withCommas(number, 0)
	case kindOne:
		return withCommas(number, 1)
	case kindTwo:
		return withCommas(number, 2)
	case kindChange:
		text := withCommas(number, 1)
		switch {
		case number >= 0.05:
			return "+" + text
		case number > -0.05:
			return "0.0"
		}
		return text
	case kindMonth:
		return dayOf(number).Time().Format("Jan 2006")
	case kindDay:
		return dayOf(number).Time().Format("2 Jan 2006")
	case kindText, kindCode, kindLink:
	}
	return strconv.FormatFloat(number, 'f', -1, 64)
}

// withCommas writes a number with so many decimals and commas between thousands.
func withCommas(number float64, decimals int) string {
	scale := math.Pow10(decimals)
	text := strconv.FormatFloat(math.Round(tidy(math.Abs(number)*scale))/scale, 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	var parts []string
	for ; len(whole) > 3; whole = whole[:len(whole)-3] {
		parts = append([]string{whole[len(whole)-3:]}, parts...)
	}
	text = strings.Join(append([]string{whole}, parts...), ",")
	if fraction != "" {
		text += "." + fraction
	}
	if number < 0 && strings.Trim(text, "0.,") != "" {
		return "-" + text
	}
	return text
}
