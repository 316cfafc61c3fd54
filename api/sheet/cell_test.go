package sheet_test

import (
	"testing"

	"skillstracker/api/sheet"
)

func TestCellStrings(t *testing.T) {
	tests := []struct {
		cell                 sheet.Cell
		kind, shown, decimal string
	}{
		{sheet.Cell{}, "empty", "", ""},
		{sheet.Cell{Kind: sheet.Text, Text: " 8a "}, "text", " 8a ", ""},
		{sheet.Cell{Kind: sheet.Number, Text: "0.85000000000000009", Displayed: "0.9"}, "number", "0.9", "0.85"},
		{sheet.Cell{Kind: sheet.Number, Text: "12", Displayed: "00012"}, "number", "00012", "12"},
		{sheet.Cell{Kind: sheet.Number, Text: "1E-3", Displayed: "0.001"}, "number", "0.001", "0.001"},
		{sheet.Cell{Kind: sheet.Date, Text: "46326", Days: days(2026, 10, 31)}, "date", "2026-10-31", ""},
		{sheet.Cell{Kind: sheet.Bool, Text: "TRUE"}, "true or false", "TRUE", ""},
		{sheet.Cell{Kind: sheet.ErrorValue, Text: "#N/A"}, "spreadsheet error", "#N/A", ""},
		{sheet.Cell{Kind: 99}, "kind 99", "", ""},
	}
	for _, test := range tests {
		if got := test.cell.Kind.String(); got != test.kind {
			t.Errorf("%+v: kind %q, want %q", test.cell, got, test.kind)
		}
		if got := test.cell.String(); got != test.shown {
			t.Errorf("%+v: shown as %q, want %q", test.cell, got, test.shown)
		}
		if got := test.cell.Decimal(); got != test.decimal {
			t.Errorf("%+v: decimal %q, want %q", test.cell, got, test.decimal)
		}
	}
}
