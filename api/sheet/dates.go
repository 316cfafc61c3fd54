package sheet

import (
	"strings"
	"time"
)

// DateForm says how a date was written.
type DateForm uint8

// The accepted ways of writing a date.
const (
	DateUnknown DateForm = iota
	DateISO              // 2026-10-31
	DateSlashed          // 31/10/2026, 31-10-2026 or 31.10.2026: day first
	DateSerial           // a spreadsheet's day number
)

// DateFault says why a text is not an accepted date.
type DateFault uint8

// The faults of a date. DateOK is none.
const (
	DateOK       DateFault = iota
	NotADate               // no accepted form
	TwoDigitYear           // 31/10/26: the century is a guess
	MonthDayOnly           // 03/25/2026: a date only if the month comes first
	NoSuchDay              // 31/02/2026: the calendar has no such day
	YearOutside            // the year is not between 1901 and 2200
	DateHasTime            // a date with a time of day other than midnight
)

// The years that a date may have.
const (
	firstYear = 1901
	lastYear  = 2200
)

// DateResult is the outcome of reading a date. Days counts from 1 January
// 1970 and is meaningful if Fault is DateOK or DateHasTime.
type DateResult struct {
	Days  int
	Form  DateForm
	Fault DateFault

	// Ambiguous tells that a slashed date could also be month/day/year
	// (03/04/2026). It was read as day/month/year.
	Ambiguous bool
}

// OK tells whether the date was accepted.
func (r DateResult) OK() bool { return r.Fault == DateOK }

// ParseDate reads a date as people write it: ISO 8601 (2026-10-31) or day,
// month and year of four digits with slashes, dots or dashes (31/10/2026,
// 1.2.2026), either with a midnight time behind it, or five digits, which is a
// spreadsheet's serial of the 1900 system. Spaces around it are ignored.
// The order is always day/month/year: 03/25/2026 has the fault MonthDayOnly.
func ParseDate(text string) DateResult {
	text = strings.TrimSpace(text)
	day, clock, timed := cutTime(text)
	result := parseDay(day)
	if result.Fault != DateOK || !timed {
		return result
	}
	switch midnight, ok := parseClock(clock); {
	case !ok:
		return DateResult{Fault: NotADate}
	case !midnight:
		result.Fault = DateHasTime
	}
	return result
}

// cutTime separates a date from the time behind it, if there is one.
func cutTime(text string) (day, clock string, timed bool) {
	i := strings.IndexAny(text, "T ")
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], true
}

func parseDay(text string) DateResult {
	if isDigits(text) {
		return bareSerial(text, false)
	}
	i := strings.IndexAny(text, "/.-")
	if i < 0 {
		return DateResult{Fault: NotADate}
	}
	first, rest := text[:i], text[i+1:]
	second, third, found := strings.Cut(rest, text[i:i+1])
	if !found || !isDigits(first) || !isDigits(second) || !isDigits(third) {
		return DateResult{Fault: NotADate}
	}
	if len(first) == 4 && text[i] == '-' {
		if len(second) != 2 || len(third) != 2 {
			return DateResult{Fault: NotADate}
		}
		return dayOf(DateISO, number(first), number(second), number(third))
	}
	if len(first) > 2 || len(second) > 2 {
		return DateResult{Fault: NotADate}
	}
	switch len(third) {
	case 4:
		return slashedDay(number(third), number(second), number(first))
	case 2:
		return DateResult{Form: DateSlashed, Fault: TwoDigitYear}
	}
	return DateResult{Fault: NotADate}
}

// slashedDay reads day/month/year and tells a month/day/year apart from a day
// that does not exist.
func slashedDay(year, month, day int) DateResult {
	result := dayOf(DateSlashed, year, month, day)
	swapped := dayOf(DateSlashed, year, day, month)
	switch {
	case result.Fault == NoSuchDay && swapped.Fault == DateOK:
		return DateResult{Form: DateSlashed, Fault: MonthDayOnly}
	case result.Fault == DateOK && swapped.Fault == DateOK:
		result.Ambiguous = day != month
	}
	return result
}

func dayOf(form DateForm, year, month, day int) DateResult {
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if at.Year() != year || int(at.Month()) != month || at.Day() != day {
		return DateResult{Form: form, Fault: NoSuchDay}
	}
	days := int(at.Unix() / secondsPerDay)
	return DateResult{Days: days, Form: form, Fault: yearFault(days)}
}

func yearFault(days int) DateFault {
	if year := timeOf(days).Year(); year < firstYear || year > lastYear {
		return YearOutside
	}
	return DateOK
}

// parseClock reads hh:mm, hh:mm:ss or hh:mm:ss.fff, perhaps followed by Z or
// +00:00, and tells whether it is midnight.
func parseClock(text string) (midnight, ok bool) {
	text = strings.TrimSuffix(strings.TrimSuffix(text, "Z"), "+00:00")
	text, fraction, fractional := strings.Cut(text, ".")
	if fractional && !isDigits(fraction) {
		return false, false
	}
	parts := strings.Split(text, ":")
	if len(parts) < 2 || len(parts) > 3 || (fractional && len(parts) < 3) {
		return false, false
	}
	midnight = strings.Trim(fraction, "0") == ""
	for i, part := range parts {
		limit := 60
		if i == 0 {
			limit = 24
		}
		if len(part) != 2 || !isDigits(part) || number(part) >= limit {
			return false, false
		}
		midnight = midnight && part == "00"
	}
	return midnight, true
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

// number reads digits that have been checked to be few.
func number(digits string) int {
	n := 0
	for i := range len(digits) {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

func isoDate(days int) string {
	return timeOf(days).Format(time.DateOnly)
}
