package localpg

import "testing"

func TestParseMajor(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		want int
		ok   bool
	}{
		"15": {15, true}, "18\n": {18, true},
		"": {}, "\n": {}, "9.6\n": {}, "15\n\n": {}, " 15": {}, "-15": {}, "+15": {}, "15x": {}, "１５": {}, "99999": {},
	}
	for text, test := range tests {
		got, ok := parseMajor(text)
		if ok != test.ok || got != test.want {
			t.Errorf("parseMajor(%q) = %d, %v; want %d, %v", text, got, ok, test.want, test.ok)
		}
	}
}

func TestIsOff(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{
		"off": true, "OFF": true, "of": true, "false": true, "f": true, "no": true, "n": true, "0": true,
		"on": false, "o": false, "true": false, "yes": false, "1": false, "": false, "local": false, "remote_write": false,
	} {
		if got := isOff(value); got != want {
			t.Errorf("isOff(%q) = %v, want %v", value, got, want)
		}
	}
}
