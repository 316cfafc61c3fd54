package check

import (
	"maps"
	"testing"
)

func TestUnionsAreReadRangeByRange(t *testing.T) {
	t.Parallel()
	s := source{refersTo: "('By, band'!$B$5:$B$6,'By, band'!$B$9)", numbers: true, values: map[int]string{0: "5", 1: "6", 2: "9"}}
	parts := s.parts()
	if len(parts) != 2 {
		t.Fatalf("got %+v", parts)
	}
	for i, want := range []source{
		{refersTo: "'By, band'!$B$5:$B$6", values: map[int]string{0: "5", 1: "6"}},
		{refersTo: "'By, band'!$B$9", values: map[int]string{0: "9"}},
	} {
		if parts[i].refersTo != want.refersTo || !parts[i].numbers || !maps.Equal(parts[i].values, want.values) {
			t.Errorf("got %+v, want %+v", parts[i], want)
		}
	}
	for _, whole := range []string{"Data!$B$5", "(broken", "(Data)", ""} {
		if parts := (source{refersTo: whole}).parts(); len(parts) != 1 || parts[0].refersTo != whole {
			t.Errorf("%s: got %+v", whole, parts)
		}
	}
}
