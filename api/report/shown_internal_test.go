package report

import "testing"

func TestNumbersAreShownAsProgramsShowThem(t *testing.T) {
	t.Parallel()
	tests := []struct {
		kind   kind
		number float64
		want   string
	}{
		{kindWhole, 0, "0"},
		{kindWhole, 999, "999"},
		{kindWhole, 1000, "1,000"},
		{kindWhole, -1234567, "-1,234,567"},
		{kindOne, 2.25, "2.3"},
		{kindOne, -0.04, "0.0"},
		{kindOne, 999.96, "1,000.0"},
		{kindTwo, 1.005, "1.01"},
		{kindTwo, 12345.678, "12,345.68"},
		{kindChange, 0.05, "+0.1"},
		{kindChange, 0.049, "0.0"},
		{kindChange, -0.05, "-0.1"},
		{kindChange, 1200, "+1,200.0"},
		{kindMonth, 46326, "Oct 2026"},
		{kindDay, 46322, "27 Oct 2026"},
		{kindDay, 1, "31 Dec 1899"},
	}
	for _, test := range tests {
		if got := test.kind.shown(test.number); got != test.want {
			t.Errorf("%v as kind %d: got %s, want %s", test.number, test.kind, got, test.want)
		}
	}
}
