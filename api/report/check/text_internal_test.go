package check

import "testing"

func TestFactsOfTexts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text string
		want facts
	}{
		{"Nursing and midwifery", 0},
		{"A & E", 0},
		{"Vitamins B C D", 0},
		{"Area of 12 m²", 0},
		{"Levels 0 1 2 3 4", 0},
		{"2026-10", 0},
		{"2009-10", 0},
		{"31 Oct 2026", 0},
		{"Jan to Mar 2026", 0},
		{"2025 to 2026", 0},
		{"Open 24/7, COVID-19 and 9/10", 0},
		{"Women's health, 18 beds", 0},
		{"Dental Act (1984)", 0},
		{"All other staff", 0},
		{"Total Care Limited", 0},
		{"Allied health professionals", 0},
		{"Band 8a", 0},
		{"08", 0},
		{"Été", 0},
		{"Quarter [note 1]", factBracket | factNote},
		{"Group [note 1][note 12]", factBracket | factNote},
		{"[c]", factBracket | factMarker},
		{"[u1]", factBracket | factMarker},
		{"12 [c]", factBracket | factNumberMarker},
		{"1,234.5", factNumber},
		{"-12 %", factNumber},
		{"0.5", factNumber},
		{" Ward", factEdge},
		{"Ward  1", factDouble},
		{"T o t a l", factSpaced},
		{"..", factNoWord},
		{"*", factNoWord},
		{"n/a", factNA},
		{"\t ", factBlank | factNoWord},
		{"Staff (1)", factBadNote},
		{"Staff [2]", factBracket | factBadNote},
		{"Staff [Note 1]", factBracket | factBadNote},
		{"Staff¹", factBadNote},
		{"01/02/10", factDate},
		{"2025/26", factDate},
		{"2025–26", factDate},
		{"Mar-26", factDate},
		{"Jan – Mar 2026", factDate},
		{"Q1 2026", factQuarter},
		{"a.b@example.org", factPersonal},
		{"AB123456C", factPersonal},
		{"Total", factTotal},
		{"Grand total [note 1]", factTotal | factBracket | factNote},
		{"All staff groups", factTotal},
	} {
		if got := analyse(test.text); got != test.want {
			t.Errorf("%q: %b, want %b", test.text, got, test.want)
		}
	}
}

func TestContrast(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b     string
		from, to float64
	}{
		{"000000", "FFFFFF", 20.99, 21.01},
		{"12436D", "FFFFFF", 10.2, 10.3},
		{"6BACE6", "000000", 8.6, 8.7},
		{"777777", "FFFFFF", 4.47, 4.49}, // the well-known grey that just fails
	} {
		a, _ := parseRGB(test.a)
		b, _ := parseRGB(test.b)
		if got := contrast(a, b); got < test.from || got > test.to {
			t.Errorf("%s on %s: %g", test.a, test.b, got)
		}
	}
	blue, _ := parseRGB("4472C4")
	if got := blue.tinted(0.8); got != (rgb{218, 227, 243}) {
		t.Errorf("lighter by 80 per cent: %v", got)
	}
}
