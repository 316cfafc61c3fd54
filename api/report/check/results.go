package check

import (
	"cmp"
	"slices"
)

// result puts together what became of every rule.
func (c *checker) result() Result {
	r := Result{File: c.file, Kind: c.kind, Profile: c.opts.Profile, Breaches: []Breach{}}
	whole := c.unpublished()
	if whole {
		c.unasked["PV-02"] = "the workbook calls itself management information that is not for publication"
	}
	c.breaches = slices.DeleteFunc(c.breaches, func(b placed) bool {
		return b.Rule == "PV-02" && (whole || b.sheet >= 0 && c.sheets[b.sheet].seen.unpublic)
	})
	rules := Rules()
	places := map[string]int{}
	for i, rule := range rules {
		places[rule.ID] = i
	}
	for i := range c.breaches {
		b := &c.breaches[i]
		b.rule = places[b.Rule]
		if b.Level == "" {
			b.Level = rules[b.rule].Level
		}
		b.Waived = b.Waived || c.waives(rules[b.rule])
	}
	slices.SortStableFunc(c.breaches, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.sheet, b.sheet), cmp.Compare(a.rule, b.rule), cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col))
	})
	for _, rule := range rules {
		result := RuleResult{ID: rule.ID, Level: rule.Level, Asks: rule.Asks, Outcome: Passed}
		waived := 0
		for _, b := range c.breaches {
			if b.Rule == rule.ID {
				result.Breaches++
				if b.Waived {
					waived++
				}
			}
		}
		c.judge(&result, rule, waived)
		r.count(result.Outcome)
		r.Rules = append(r.Rules, result)
	}
	for _, b := range c.breaches {
		r.Breaches = append(r.Breaches, b.Breach)
	}
	return r
}

func (c *checker) judge(result *RuleResult, rule Rule, waived int) {
	why, unchecked := c.unchecked[rule.ID]
	absent, unasked := c.unasked[rule.ID]
	switch {
	case result.Breaches > waived:
		result.Outcome = Failed
	case waived > 0:
		result.Outcome, result.Why = Waived, rule.Waiver
	case c.exempt(rule.ID, nil):
		result.Outcome = NotApplicable
		for _, e := range rule.Exempt {
			if slices.Contains(e.Kinds, c.kind) && len(e.Sheets) == 0 {
				result.Why = e.Why
			}
		}
	case unchecked:
		result.Outcome, result.Why = NotChecked, why
	case unasked:
		result.Outcome, result.Why = NotApplicable, absent
	}
}

// waives says whether the profile allows all breaches of a rule. Those of SH-11 are
// marked where they are found, because the text on the sheet decides.
func (c *checker) waives(rule Rule) bool {
	return c.opts.Profile == Management && rule.Waiver != "" && rule.ID != "SH-11"
}

func (r *Result) count(outcome Outcome) {
	switch outcome {
	case Passed:
		r.Passed++
	case Failed:
		r.Failed++
	case Waived:
		r.Waived++
	case NotApplicable:
		r.NotApplicable++
	case NotChecked:
		r.NotChecked++
	}
}
