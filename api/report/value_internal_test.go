package report

import (
	"testing"

	"skillstracker/api/workbook"
)

func TestTidy(t *testing.T) {
	t.Parallel()
	for number, want := range map[float64]float64{0.07 * 100: 7, -0.07 * 100: -7, 0.1 + 0.2: 0.3, 1e-12: 0, 1200.33333: 1200.33333, 9_999_999.99999: 9_999_999.99999} {
		if got := tidy(number); got != want {
			t.Errorf("%v: got %v, want %v", number, got, want)
		}
	}
}

func TestColumnsAreWideEnoughForNumbers(t *testing.T) {
	t.Parallel()
	for k, shown := range map[kind]string{kindWhole: "-123,456,789", kindTwo: "-123,456,789.00", kindDay: "31 Mar 2026", kindMonth: "Mar 2026"} {
		width := workbook.ColumnWidth("N", []string{k.display(-123_456_789)})
		if least := workbook.TextWidth(shown); width < least {
			t.Errorf("%s: got %g, want at least %g", shown, width, least)
		}
	}
}

func TestLongTablesStandInParts(t *testing.T) {
	t.Parallel()
	s := &sheet{name: "By_team", about: "Teams", title: "Staff by team", table: "by_team", rows: make([][]value, 7)}
	if parts := s.inParts(7); len(parts) != 1 || parts[0] != s {
		t.Errorf("a table that fits stands in %d parts", len(parts))
	}
	parts, rows := s.inParts(3), 0
	for _, part := range parts {
		rows += len(part.rows)
	}
	if len(parts) != 3 || rows != 7 || len(parts[2].rows) != 1 {
		t.Fatalf("%d parts with %d rows", len(parts), rows)
	}
	if first, third := parts[0], parts[2]; first.name != "By_team" || first.title != "Staff by team" ||
		third.name != "By_team_3" || third.table != "by_team_3" || third.title != "Staff by team (part 3)" || third.about != "Teams (part 3)" {
		t.Errorf("parts are named %+v and %+v", first, third)
	}
}
