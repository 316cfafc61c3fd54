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
		8: shown(15), 9: shown(15), 22: shown(15), 23: shown(30), 37: shown(30), 38: shown(45),
		112: shown(105), 113: shown(120), 1_499_998: shown(1_500_000),
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
		if fte := rule.FTE(domain.FTEUnit, people); fte != (disclosure.FTE{Status: domain.StatusConfidential}) {
			t.Errorf("FTE of %d people: got %+v", people, fte)
		}
	}
	if d := rule.Distribution([]int{100, 200, 300}, 0); !d.Withheld {
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
	const unit = domain.FTEUnit
	tests := []struct {
		fte    domain.FTE
		people int
		want   disclosure.FTE
	}{
		{5*unit + 60_000, 1, disclosure.FTE{Status: "c"}},
		{5*unit + 60_000, 7, disclosure.FTE{Status: "c"}},
		{8 * unit, 8, disclosure.FTE{Value: 15 * unit}},
		{22*unit + 49_999, 23, disclosure.FTE{Value: 15 * unit}},
		{22*unit + 50_000, 23, disclosure.FTE{Value: 30 * unit}},
		{7*unit + 49_999, 12, disclosure.FTE{Status: "c"}},
		{8*unit + 1, 500, disclosure.FTE{Value: 15 * unit}},
		{0, 0, disclosure.FTE{}},
	}
	for _, test := range tests {
		if got := disclosure.Default().FTE(test.fte, test.people); got != test.want {
			t.Errorf("%v of %d people: got %+v, want %+v", test.fte, test.people, got, test.want)
		}
		if got := disclosure.Unaltered().FTE(test.fte, test.people); got != (disclosure.FTE{Value: test.fte}) {
			t.Errorf("%v of %d people unaltered: got %+v", test.fte, test.people, got)
		}
	}
}

// Eight people who all work whole time would be told exactly by exact FTE.
func TestFTETellsNoMoreThanItsPeople(t *testing.T) {
	t.Parallel()
	rule := disclosure.Default()
	for people := rule.Threshold; people < 200; people++ {
		count, fte := rule.Count(people), rule.FTE(domain.FTE(people)*domain.FTEUnit, people)
		if fte.Status != "" || fte.Value != domain.FTE(count.Value)*domain.FTEUnit {
			t.Errorf("%d whole-timers: shown as %d people of %v FTE", people, count.Value, fte.Value)
		}
	}
}
