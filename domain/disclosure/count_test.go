package disclosure_test

import (
	"testing"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

func shown(n int) disclosure.Count { return disclosure.Count{Value: n} }

func withheld() disclosure.Count { return disclosure.Count{Status: domain.StatusConfidential} }

func notAvailable() disclosure.Count { return disclosure.Count{Status: domain.StatusNotAvailable} }

func TestCount(t *testing.T) {
	t.Parallel()
	rule := disclosure.Default()
	want := map[int]disclosure.Count{
		0: shown(0), 1: withheld(), 2: withheld(), 6: withheld(), 7: withheld(),
		8: shown(10), 9: shown(10), 12: shown(10), 13: shown(15), 17: shown(15), 18: shown(20),
		102: shown(100), 103: shown(105), 1_499_998: shown(1_500_000),
	}
	for people, count := range want {
		if got := rule.Count(people); got != count {
			t.Errorf("%d people: got %+v, want %+v", people, got, count)
		}
		if got := disclosure.Unaltered().Count(people); got != shown(people) {
			t.Errorf("%d people unaltered: got %+v", people, got)
		}
	}
	if got := rule.Count(-1); got != withheld() {
		t.Errorf("an impossible count must be withheld(), got %+v", got)
	}
}

// A Rule that somebody forgot to fill in must fail closed.
func TestRuleWithoutThresholdsWithholdsEverything(t *testing.T) {
	t.Parallel()
	var rule disclosure.Rule
	for _, people := range []int{1, 8, 1000} {
		if got := rule.Count(people); got != withheld() {
			t.Errorf("%d people: got %+v", people, got)
		}
		if fte, status := rule.FTE(domain.FTEUnit, people); fte != 0 || status != domain.StatusConfidential {
			t.Errorf("FTE of %d people: got %v %q", people, fte, status)
		}
	}
	if d := rule.Distribution([]int{100, 200, 300}); !d.Withheld {
		t.Errorf("distribution: got %+v", d)
	}
}

func TestShare(t *testing.T) {
	t.Parallel()
	notApplicable := disclosure.Count{Status: domain.StatusNotApplicable}
	tests := map[string]struct {
		part, whole disclosure.Count
		want        disclosure.Share
	}{
		"both shown":            {shown(15), shown(60), disclosure.Share{Value: 0.25}},
		"nobody of some":        {shown(0), shown(10), disclosure.Share{Value: 0}},
		"part withheld":         {withheld(), shown(10), disclosure.Share{Status: "c"}},
		"whole withheld":        {shown(0), withheld(), disclosure.Share{Status: "c"}},
		"both withheld":         {withheld(), withheld(), disclosure.Share{Status: "c"}},
		"of nobody":             {shown(0), shown(0), disclosure.Share{Status: "z"}},
		"whole not available":   {shown(10), notAvailable(), disclosure.Share{Status: "x"}},
		"withheld of unknown":   {withheld(), notAvailable(), disclosure.Share{Status: "x"}},
		"part not applicable":   {notApplicable, shown(10), disclosure.Share{Status: "z"}},
		"withheld of no figure": {withheld(), notApplicable, disclosure.Share{Status: "c"}},
	}
	for name, test := range tests {
		if got := disclosure.Default().Share(test.part, test.whole); got != test.want {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}

// Rounding keeps order, so a share of a whole is never above 1.
func TestShareOfAWholeIsAtMostOne(t *testing.T) {
	t.Parallel()
	rule := disclosure.Default()
	for whole := range 300 {
		for part := range whole + 1 {
			p, w := rule.Count(part), rule.Count(whole)
			if p.Status == "" && w.Status == "" && p.Value > w.Value {
				t.Fatalf("%d of %d is shown as %d of %d", part, whole, p.Value, w.Value)
			}
			if share := rule.Share(p, w); share.Value < 0 || share.Value > 1 {
				t.Fatalf("%d of %d is shown as a share of %v", part, whole, share.Value)
			}
		}
	}
}

func TestFTE(t *testing.T) {
	t.Parallel()
	const fte = 5*domain.FTEUnit + 60_000
	tests := []struct {
		people int
		want   domain.FTE
		status domain.Status
	}{
		{people: 1, status: "c"},
		{people: 7, status: "c"},
		{people: 8, want: fte},
		{people: 500, want: fte},
	}
	for _, test := range tests {
		got, status := disclosure.Default().FTE(fte, test.people)
		if got != test.want || status != test.status {
			t.Errorf("%d people: got %v %q, want %v %q", test.people, got, status, test.want, test.status)
		}
		if got, status := disclosure.Unaltered().FTE(fte, test.people); got != fte || status != "" {
			t.Errorf("%d people unaltered: got %v %q", test.people, got, status)
		}
	}
	if got, status := disclosure.Default().FTE(0, 0); got != 0 || status != "" {
		t.Errorf("nobody: got %v %q, want 0 shown", got, status)
	}
}
