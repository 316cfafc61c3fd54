package domain_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
)

func TestDatesAndDaysAgree(t *testing.T) {
	for text, want := range map[string]domain.Date{
		"1970-01-01": 0, "1969-12-31": -1, "2026-10-31": domain.NewDate(2026, time.October, 31), "2024-02-29": domain.NewDate(2024, time.February, 29),
		"1900-02-28": domain.NewDate(1900, time.February, 28), "0001-01-01": domain.NewDate(1, time.January, 1), "9999-12-31": domain.NewDate(9999, time.December, 31),
	} {
		got, err := domain.ParseDate(text)
		if err != nil || got != want || got.String() != text || domain.DateOf(got.Time()) != got {
			t.Errorf("%s is %s (%d), %v, want %d", text, got, got, err, want)
		}
	}
	for _, text := range []string{"", "2026-10", "2026-02-29", "2026-13-01", "31/10/2026", "2026-1-1", "20261031", " 2026-10-31", "2026-10-31T00:00:00Z", "2026-10-32"} {
		if got, err := domain.ParseDate(text); err == nil {
			t.Errorf("%q is taken as %s", text, got)
		} else if text != "" && strings.Contains(err.Error(), text) {
			t.Errorf("the error %q repeats the value", err)
		}
	}
}

// A day is a day of UTC, whatever the zone of the time.
func TestDateOfIsTheDayOfUTC(t *testing.T) {
	east, west := time.FixedZone("east", 14*3600), time.FixedZone("west", -12*3600)
	for _, at := range []time.Time{
		time.Date(2026, time.October, 31, 0, 0, 0, 0, time.UTC), time.Date(2026, time.October, 31, 23, 59, 59, 999_999_999, time.UTC),
		time.Date(2026, time.November, 1, 13, 59, 0, 0, east), time.Date(2026, time.October, 30, 12, 0, 0, 0, west),
	} {
		if got := domain.DateOf(at); got.String() != "2026-10-31" {
			t.Errorf("%s is the day %s", at, got)
		}
	}
	if got := domain.DateOf(time.Date(1969, time.December, 31, 12, 0, 0, 0, time.UTC)); got != -1 {
		t.Errorf("noon of the day before day 0 is day %d", got)
	}
}

func TestMonthEnds(t *testing.T) {
	for text, want := range map[string]struct{ end, last string }{
		"2026-10-31": {"2026-10-31", "2026-10-31"}, "2026-10-30": {"2026-10-31", "2026-09-30"}, "2026-10-01": {"2026-10-31", "2026-09-30"},
		"2024-02-29": {"2024-02-29", "2024-02-29"}, "2024-02-28": {"2024-02-29", "2024-01-31"}, "2026-02-28": {"2026-02-28", "2026-02-28"},
		"2026-12-31": {"2026-12-31", "2026-12-31"}, "2026-01-15": {"2026-01-31", "2025-12-31"},
	} {
		d, err := domain.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		if d.MonthEnd().String() != want.end || d.LastMonthEnd().String() != want.last || d.IsMonthEnd() != (text == want.end) {
			t.Errorf("%s: the month ends on %s, the last month end was %s, is one: %t", text, d.MonthEnd(), d.LastMonthEnd(), d.IsMonthEnd())
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-10-31", 1, "2026-11-30"},
		{"2026-10-31", -1, "2026-09-30"},
		{"2026-10-31", 12, "2027-10-31"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", -12, "2023-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2026-01-30", 1, "2026-02-28"},
		{"2026-03-15", 0, "2026-03-15"},
		{"2026-01-31", 13, "2027-02-28"},
		{"2026-01-01", -1, "2025-12-01"},
		{"2026-12-31", 2, "2027-02-28"},
	} {
		from, err := domain.ParseDate(c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := from.AddMonths(c.months); got.String() != c.want {
			t.Errorf("%s and %d months is %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestDateLabels(t *testing.T) {
	d := domain.NewDate(2026, time.October, 5)
	text, err := json.Marshal(map[string]any{"on": d, "until": (*domain.Date)(nil)})
	if err != nil || string(text) != `{"on":"2026-10-05","until":null}` {
		t.Errorf("as JSON: %s, %v", text, err)
	}
	if d.MonthLabel() != "Oct 2026" || d.LongLabel() != "5 Oct 2026" {
		t.Errorf("labels %q and %q", d.MonthLabel(), d.LongLabel())
	}
	if domain.Forever <= domain.NewDate(9999, time.December, 31) {
		t.Error("a date lies after for ever")
	}
}
