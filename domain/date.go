package domain

import (
	"fmt"
	"time"
)

// Date is a calendar day, counted in days since 1 January 1970. It has no time
// and no zone, so that a day never moves.
type Date int32

// Forever is later than every date that can be stored: the end of a spell or a
// membership that has none.
const Forever Date = 1 << 30

// NewDate returns the day of a year, month and day of the month.
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf returns the UTC calendar day of t.
func DateOf(t time.Time) Date {
	u := t.UTC()
	midnight := time.Date(u.Year(), u.Month(), u.Day(), 0, 0, 0, 0, time.UTC)
	return Date(midnight.Unix() / 86400)
}

// ParseDate reads an ISO 8601 day such as 2026-10-31.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("parse date: not a day written as YYYY-MM-DD")
	}
	return DateOf(t), nil
}

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String writes the day as YYYY-MM-DD.
func (d Date) String() string { return d.Time().Format(time.DateOnly) }

// MonthEnd returns the last day of the month that holds d.
func (d Date) MonthEnd() Date {
	t := d.Time()
	return NewDate(t.Year(), t.Month()+1, 0)
}

// IsMonthEnd says whether d is the last day of its month.
func (d Date) IsMonthEnd() bool { return d == d.MonthEnd() }

// AddMonths returns the day n months later (or earlier for a negative n); a day
// that the target month does not have becomes its last day.
func (d Date) AddMonths(n int) Date {
	t := d.Time()
	last := NewDate(t.Year(), t.Month()+time.Month(n)+1, 0)
	return min(NewDate(t.Year(), t.Month()+time.Month(n), 1)+Date(t.Day()-1), last)
}

// LastMonthEnd returns the newest month end that is not after d.
func (d Date) LastMonthEnd() Date {
	if d.IsMonthEnd() {
		return d
	}
	t := d.Time()
	return NewDate(t.Year(), t.Month(), 0)
}

// MonthLabel writes the month as managers read it: "Oct 2026".
func (d Date) MonthLabel() string { return d.Time().Format("Jan 2006") }

// LongLabel writes the day as managers read it: "31 Oct 2026".
func (d Date) LongLabel() string { return d.Time().Format("2 Jan 2006") }

// MarshalText writes the day as YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
