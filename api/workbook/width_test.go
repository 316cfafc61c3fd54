package workbook

import (
	"slices"
	"strings"
	"testing"
)

func TestBroken(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		room float64
		want []string
	}{
		{"", 10, []string{""}},
		{"0000 0000", 8.4, []string{"0000", "0000"}},
		{"0000 0000", 8.6, []string{"0000 0000"}},
		{"000-000 0", 5, []string{"000-", "000 0"}},
		{"0000000000", 4, []string{"", "", "0000000000"}},
		{"00 0000000 00", 4, []string{"00", "", "0000000", "00"}},
		{"00", 0, []string{"", "00"}},
		{"00", -3, []string{"", "00"}},
	}
	for _, test := range tests {
		if got := broken(test.text, test.room, 1); !slices.Equal(got, test.want) {
			t.Errorf("%q in %g: got %q, want %q", test.text, test.room, got, test.want)
		}
	}
}

func TestColumnWidth(t *testing.T) {
	t.Parallel()
	if got := ColumnWidth("No", []string{"01"}); got != MinWidth {
		t.Errorf("a narrow column: got %g, want %d", got, MinWidth)
	}
	if got := ColumnWidth("Note", []string{strings.Repeat("word ", 100)}); got != MaxWidth {
		t.Errorf("a wide column: got %g, want %d", got, MaxWidth)
	}
	if got, least := ColumnWidth("N", []string{"+123,456,789"}), TextWidth("+123,456,789"); got < least {
		t.Errorf("a large number: got %g, want at least %g", got, least)
	}
	header := "Establishment vacancy rate (per cent) [note 5]"
	width := ColumnWidth(header, nil)
	if width < TextWidth("Establishment") || leftFree(header, width) < 1 {
		t.Errorf("header %q is cut off or badly broken at %g", header, width)
	}
}

// Headers over figures stand on the right, so that the room before each line is all that
// keeps it from the header beside it.
func TestHeadersStandApart(t *testing.T) {
	t.Parallel()
	for _, header := range []string{
		"Budgeted FTE (full-time equivalent) [note 3]", "Contracted FTE (full-time equivalent) [note 4]", "Organisations reporting (number) [note 7]",
		"TLS: Teaching, learning and self-development, mean gap (levels)", "IDM: Information, data and media literacies, mean gap (levels)",
		"CIS: Creation, innovation and scholarship, mean gap (levels)", "TEC: Technical proficiency, mean gap (levels)", "Share at or above target in every competence (per cent) [note 12]",
	} {
		column := ColumnWidth(header, []string{"1,234.5"})
		for _, line := range broken(header, column-cellMargin, boldFactor) {
			if free := column - cellMargin - TextWidth(line)*boldFactor; free < 1.5 {
				t.Errorf("%q leaves %.1f digits free of %g", line, free, column)
			}
		}
		if column > 45 {
			t.Errorf("%q makes a column of %g digits", header, column)
		}
	}
}

func TestTextWidthFollowsTheFont(t *testing.T) {
	t.Parallel()
	for text, thousandths := range map[string]float64{"0123456789": 5560, "il": 444, "WM": 944 + 833, "~": 584, "é": 722, "": 0} {
		if got := TextWidth(text) * digitWidth; got < thousandths-0.001 || got > thousandths+0.001 {
			t.Errorf("%q: got %g, want %g", text, got, thousandths)
		}
	}
}
