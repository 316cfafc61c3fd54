package report

import "testing"

func TestOwnName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Ward 7":                  "Ward 7",
		" Ward \t 7 ":             "Ward 7",
		"A/B team":                "A/B team",
		"Allergy clinic":          "Allergy clinic",
		"Maternity (day)":         "Maternity (day)",
		"n/a":                     `Team named "n/a"`,
		"N.A.":                    `Team named "N.A."`,
		"---":                     `Team named "---"`,
		"[c]":                     `Team named "(c)"`,
		"01/02/24":                `Team named "01.02.24"`,
		"Intake 2024/25":          `Team named "Intake 2024.25"`,
		"Ward 7(2)":               `Team named "Ward 7 (2)"`,
		"Total":                   `Team named "Total"`,
		"All wards":               `Team named "All wards"`,
		"Ward\u0085\u007F\u009B9": "Ward 9",
		"\x80":                    `Team named ""`,
	} {
		if got := teamLabel(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
