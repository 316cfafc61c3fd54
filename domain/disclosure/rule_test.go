package disclosure_test

import (
	"strings"
	"testing"

	"skillstracker/domain/disclosure"
)

func TestNameSaysWhichRule(t *testing.T) {
	t.Parallel()
	if got := disclosure.Default().Name(); got != "skillstracker-people-2" {
		t.Errorf("default: got %q", got)
	}
	if got := disclosure.Unaltered().Name(); got != "none (management information, not for publication)" {
		t.Errorf("unaltered: got %q", got)
	}
	stricter := disclosure.Default()
	stricter.Threshold = 11
	got := stricter.Name()
	if got == disclosure.Default().Name() || !strings.Contains(got, "threshold 11") {
		t.Errorf("other thresholds must show in the name, got %q", got)
	}
}

func TestDescribeNamesTheThresholds(t *testing.T) {
	t.Parallel()
	rule := disclosure.Rule{Threshold: 15, RoundTo: 10, UniformBelow: 30, FineBase: 60, WithheldLevelCountsAs: 6, Feasible: 4}
	text := strings.Join(rule.Describe(), "\n")
	for _, want := range []string{
		rule.Name(), "1 to 14 people are withheld", "nearest 10", "a class of 0 to 14 people", "fewer than 15 people",
		"fewer than 4 numbers", "fewer than 30", "less than 60", "counting as 6 people", "month ends",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the description lacks %q:\n%s", want, text)
		}
	}
	unaltered := strings.Join(disclosure.Unaltered().Describe(), "\n")
	if !strings.Contains(unaltered, "not for publication") || strings.Contains(unaltered, "withheld") {
		t.Errorf("unaltered: got %s", unaltered)
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	with := func(change func(*disclosure.Rule)) disclosure.Rule {
		rule := disclosure.Default()
		change(&rule)
		return rule
	}
	tests := map[string]struct {
		rule disclosure.Rule
		says string // empty when the rule is sound
	}{
		"default":                  {disclosure.Default(), ""},
		"unaltered":                {disclosure.Unaltered(), ""},
		"stricter":                 {disclosure.Rule{Threshold: 15, RoundTo: 10, UniformBelow: 30, FineBase: 60, WithheldLevelCountsAs: 6, Feasible: 4}, ""},
		"empty":                    {disclosure.Rule{}, "at least 2 counts"},
		"one count is enough":      {with(func(r *disclosure.Rule) { r.Feasible = 1 }), "at least 2 counts"},
		"threshold too low":        {with(func(r *disclosure.Rule) { r.Threshold = 2 }), "threshold is 2"},
		"no rounding":              {with(func(r *disclosure.Rule) { r.RoundTo = 0 }), "nearest 0"},
		"rounds to nothing":        {with(func(r *disclosure.Rule) { r.RoundTo = 20 }), "below the threshold"},
		"small fine base":          {with(func(r *disclosure.Rule) { r.FineBase = 7 }), "broken down twice"},
		"rounds below itself":      {with(func(r *disclosure.Rule) { r.RoundTo = 7 }), "below the threshold"},
		"small uniform groups":     {with(func(r *disclosure.Rule) { r.UniformBelow = 5 }), "all at one level"},
		"withheld counts too much": {with(func(r *disclosure.Rule) { r.WithheldLevelCountsAs = 8 }), "0 to 7"},
		"withheld counts below 0":  {with(func(r *disclosure.Rule) { r.WithheldLevelCountsAs = -1 }), "0 to 7"},
	}
	for name, test := range tests {
		err := test.rule.Validate()
		switch {
		case test.says == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says)):
			t.Errorf("%s: got %v, want an error that says %q", name, err, test.says)
		}
	}
}
