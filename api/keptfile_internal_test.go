package api

import (
	"testing"

	"skillstracker/domain"
)

// The published rules begin with those about files that cannot be read to their end.
// A rule that is added among them must be known here, or such a file would be kept.
func TestFaultsThatEndReading(t *testing.T) {
	t.Parallel()
	ends := true
	for _, rule := range domain.FindingRules() {
		ends = ends && rule.Code != domain.FindingRowsMissing
		if endsReading(rule.Code) != ends {
			t.Errorf("%s: ends reading is %t, the rules say %t", rule.Code, !ends, ends)
		}
	}
	if ends {
		t.Error("no rule is about a file that was read")
	}
}
