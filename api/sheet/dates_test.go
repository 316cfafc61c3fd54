package sheet_test

import (
	"testing"
	"time"

	"skillstracker/api/sheet"
)

func days(year int, month time.Month, day int) int {
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func TestParseDate(t *testing.T) {
	october := days(2026, time.October, 31)
	iso := sheet.DateResult{Days: october, Form: sheet.DateISO}
	slashed := sheet.DateResult{Days: october, Form: sheet.DateSlashed}
	fault := func(form sheet.DateForm, fault sheet.DateFault) sheet.DateResult {
		return sheet.DateResult{Form: form, Fault: fault}
	}
	timed := func(r sheet.DateResult) sheet.DateResult {
		r.Fault = sheet.DateHasTime
		return r
	}
	tests := map[string]sheet.DateResult{
		"2026-10-31":                iso,
		" 2026-10-31\u00a0":         iso,
		"2026-10-31T00:00:00":       iso,
		"2026-10-31T00:00:00Z":      iso,
		"2026-10-31T00:00:00+00:00": iso,
		"2026-10-31 00:00":          iso,
		"2026-10-31 00:00:00.000":   iso,
		"2026-10-31T14:30":          timed(iso),
		"2026-10-31 00:00:00.001":   timed(iso),
		"31/10/2026":                slashed,
		"31-10-2026":                slashed,
		"31.10.2026":                slashed,
		"31/10/2026 00:00":          slashed,
		"31/10/2026 23:59:59":       timed(slashed),
		"1/2/2026":                  {Days: days(2026, time.February, 1), Form: sheet.DateSlashed, Ambiguous: true},
		"03/04/2026":                {Days: days(2026, time.April, 3), Form: sheet.DateSlashed, Ambiguous: true},
		"04/04/2026":                {Days: days(2026, time.April, 4), Form: sheet.DateSlashed},
		"29/02/2024":                {Days: days(2024, time.February, 29), Form: sheet.DateSlashed},
		"46326":                     {Days: october, Form: sheet.DateSerial},
		"03/25/2026":                fault(sheet.DateSlashed, sheet.MonthDayOnly),
		"2/13/2026":                 fault(sheet.DateSlashed, sheet.MonthDayOnly),
		"29/02/2026":                fault(sheet.DateSlashed, sheet.NoSuchDay),
		"02/30/2026":                fault(sheet.DateSlashed, sheet.NoSuchDay),
		"32/13/2026":                fault(sheet.DateSlashed, sheet.NoSuchDay),
		"00/00/2026":                fault(sheet.DateSlashed, sheet.NoSuchDay),
		"2026-02-30":                fault(sheet.DateISO, sheet.NoSuchDay),
		"2026-13-01":                fault(sheet.DateISO, sheet.NoSuchDay),
		"31/10/26":                  fault(sheet.DateSlashed, sheet.TwoDigitYear),
		"1-2-26":                    fault(sheet.DateSlashed, sheet.TwoDigitYear),
		"31/12/1900":                {Days: days(1900, time.December, 31), Form: sheet.DateSlashed, Fault: sheet.YearOutside},
		"2201-01-01":                {Days: days(2201, time.January, 1), Form: sheet.DateISO, Fault: sheet.YearOutside},
		"01/01/1901":                {Days: days(1901, time.January, 1), Form: sheet.DateSlashed},
		"2200-12-31":                {Days: days(2200, time.December, 31), Form: sheet.DateISO},
		"":                          fault(0, sheet.NotADate),
		"2026":                      fault(0, sheet.NotADate),
		"20261031":                  fault(0, sheet.NotADate),
		"01234":                     fault(0, sheet.NotADate),
		"2026-1-5":                  fault(0, sheet.NotADate),
		"2026/10/31":                fault(0, sheet.NotADate),
		"31/10-2026":                fault(0, sheet.NotADate),
		"31/10/202":                 fault(0, sheet.NotADate),
		"031/10/2026":               fault(0, sheet.NotADate),
		"31/10/2026/1":              fault(0, sheet.NotADate),
		"31 October 2026":           fault(0, sheet.NotADate),
		"Oct-26":                    fault(0, sheet.NotADate),
		"-1/2/2026":                 fault(0, sheet.NotADate),
		"2026-10-31T":               fault(0, sheet.NotADate),
		"2026-10-31 25:00":          fault(0, sheet.NotADate),
		"2026-10-31 00":             fault(0, sheet.NotADate),
		"2026-10-31 00:00.5":        fault(0, sheet.NotADate),
		"2026-10-31 noon":           fault(0, sheet.NotADate),
	}
	for text, want := range tests {
		got := sheet.ParseDate(text)
		if got != want {
			t.Errorf("ParseDate(%q) = %+v, want %+v", text, got, want)
		}
		if got.OK() != (want.Fault == sheet.DateOK) {
			t.Errorf("ParseDate(%q).OK() = %v", text, got.OK())
		}
	}
}

func TestSerialDays(t *testing.T) {
	tests := []struct {
		serial   int
		date1904 bool
		want     int
		ok       bool
	}{
		{1, false, days(1900, time.January, 1), true},
		{59, false, days(1900, time.February, 28), true},
		{60, false, 0, false}, // 29 February 1900 never was
		{61, false, days(1900, time.March, 1), true},
		{25569, false, 0, true},
		{45000, false, days(2023, time.March, 15), true},
		{45000, true, days(2027, time.March, 16), true},
		{0, true, days(1904, time.January, 1), true},
		{0, false, 0, false},
		{-1, true, 0, false},
		{2958465, false, days(9999, time.December, 31), true},
		{2958466, false, 0, false},
		{2957003, true, days(9999, time.December, 31), true},
		{2957004, true, 0, false},
	}
	for _, test := range tests {
		got, ok := sheet.SerialDays(test.serial, test.date1904)
		if got != test.want || ok != test.ok {
			t.Errorf("SerialDays(%d, %v) = %d, %v, want %d, %v", test.serial, test.date1904, got, ok, test.want, test.ok)
		}
	}
}

func TestCellDate(t *testing.T) {
	today := days(2026, time.October, 31)
	tests := []struct {
		name string
		cell sheet.Cell
		want sheet.DateResult
	}{
		{"date", sheet.Cell{Kind: sheet.Date, Days: today}, sheet.DateResult{Days: today, Form: sheet.DateSerial}},
		{"date with time", sheet.Cell{Kind: sheet.Date, Days: today, TimeOfDay: true}, sheet.DateResult{Days: today, Form: sheet.DateSerial, Fault: sheet.DateHasTime}},
		{"early date", sheet.Cell{Kind: sheet.Date, Days: days(1900, time.May, 1)}, sheet.DateResult{Days: days(1900, time.May, 1), Form: sheet.DateSerial, Fault: sheet.YearOutside}},
		{"text", sheet.Cell{Kind: sheet.Text, Text: "31/10/2026"}, sheet.DateResult{Days: today, Form: sheet.DateSlashed}},
		{"serial without a format", sheet.Cell{Kind: sheet.Number, Text: "46326"}, sheet.DateResult{Days: today, Form: sheet.DateSerial}},
		{"serial as some write it", sheet.Cell{Kind: sheet.Number, Text: "46326.0"}, sheet.DateResult{Days: today, Form: sheet.DateSerial}},
		{"serial of the 1904 system", sheet.Cell{Kind: sheet.Number, Text: "44864", Date1904: true}, sheet.DateResult{Days: today, Form: sheet.DateSerial}},
		{"a year is no serial", sheet.Cell{Kind: sheet.Number, Text: "2026"}, sheet.DateResult{Fault: sheet.NotADate}},
		{"a fraction is no serial", sheet.Cell{Kind: sheet.Number, Text: "46326.5"}, sheet.DateResult{Fault: sheet.NotADate}},
		{"empty", sheet.Cell{}, sheet.DateResult{Fault: sheet.NotADate}},
		{"error", sheet.Cell{Kind: sheet.ErrorValue, Text: "#N/A"}, sheet.DateResult{Fault: sheet.NotADate}},
	}
	for _, test := range tests {
		if got := test.cell.Date(); got != test.want {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
}
