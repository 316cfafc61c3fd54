// Package disclosure is the one rule by which figures about people leave the
// service. Everything that anybody but HR of the organisation itself gets, be it
// JSON, CSV, a workbook or a page, passes through it after adding up and before
// anything is written. It is pure: it decides on counts alone and keeps nothing.
//
// The rule, with the thresholds of Default (DESIGN 6, after the published rule
// of NHS England's hospital statistics, domain.md 6.1):
//
//  1. A count of 1 to 7 people is withheld, 0 stays 0, every other count is
//     rounded to the nearest 15. Shares are worked out from such counts.
//  2. FTE of 1 to 7 people is withheld, and other FTE rounded like people.
//  3. A distribution over levels, gaps or the two classes of a checklist and its
//     base are one object. Inside it a class of 0 to 7 people is withheld, so that
//     nobody learns that a class is empty. Sometimes the whole object is withheld;
//     see Rule.Distribution. In rows broken down by two dimensions or more, and
//     for gaps that do not follow from the levels, it is so below a base of 50.
//  4. Mean, median and everything about gaps are worked out from what is
//     published, never from the true counts.
//  5. Who joined, left and stayed are one object too; see Rule.Workforce.
//  6. Dates of assessments are month ends.
//
// Whether an object is withheld whole is decided from the figures that would be
// shown, never from the true counts behind them. So two groups that would look
// alike are treated alike, and the decision tells an onlooker nothing that the
// figures would not have told.
//
// What holds: from one row, even somebody who knows the rule and the level of one
// member never learns that all others are at one level, and every withheld level
// could be one of at least three numbers. The package attack puts all answers
// together, and its tests hold nobody's level found. What does not hold: whoever
// adds up and takes away many rows works out the exact size of some groups.
package disclosure

import (
	"errors"
	"fmt"
)

// Rule is the disclosure rule with its thresholds. Name and Describe are printed
// with the figures. A Rule without thresholds withholds every figure but 0.
type Rule struct {
	// Threshold is the smallest number of people that is shown.
	Threshold int
	// RoundTo is the number of people to whose multiples counts are rounded.
	RoundTo int
	// UniformBelow is the size from which on a group may be shown to be all at
	// one level.
	UniformBelow int
	// FineBase is the smallest base, as shown, of a distribution in a row that is
	// broken down by two dimensions or more.
	FineBase int
	// WithheldLevelCountsAs is the number of people that a withheld class counts
	// as in means, medians and gaps, or less where the base leaves less.
	WithheldLevelCountsAs int
	// Feasible is the number of different counts that must remain possible for
	// every withheld class of a published distribution.
	Feasible int

	off bool
}

const (
	ruleName      = "skillstracker-people-2"
	unalteredName = "none (management information, not for publication)"
)

// fineDimensions is the number of dimensions from which on a row is a fine one.
const fineDimensions = 2

// Default returns the thresholds of DESIGN 6 as the attack on many rows mended
// them: with counts rounded to the nearest 5, or without a least base of
// distributions in fine rows, people's levels are worked out by adding up.
func Default() Rule {
	return Rule{Threshold: 8, RoundTo: 15, UniformBelow: 20, FineBase: 50, WithheldLevelCountsAs: 4, Feasible: 3}
}

// Unaltered returns the rule that changes nothing. It is for HR of the
// organisation itself and for nobody else.
func Unaltered() Rule { return Rule{off: true} }

// Name returns the rule's name and version, with its thresholds when they are
// not the default ones, so that a receipt says by which rule figures were made.
func (r Rule) Name() string {
	switch {
	case r.off:
		return unalteredName
	case r == Default():
		return ruleName
	}
	return fmt.Sprintf("%s (threshold %d, rounded to %d, uniform below %d, fine base %d, withheld level counts as %d, feasible %d)",
		ruleName, r.Threshold, r.RoundTo, r.UniformBelow, r.FineBase, r.WithheldLevelCountsAs, r.Feasible)
}

// Validate returns an error that says what to mend when the thresholds do not
// protect anybody or contradict one another.
func (r Rule) Validate() error {
	switch {
	case r.off:
		return nil
	case r.Feasible < 2:
		return errors.New("disclosure rule: at least 2 counts must remain possible for a withheld level")
	case r.Threshold < r.Feasible:
		return fmt.Errorf("disclosure rule: the threshold is %d people; it must be at least %d, the number of counts that must remain possible", r.Threshold, r.Feasible)
	case r.RoundTo < 1:
		return fmt.Errorf("disclosure rule: counts cannot be rounded to the nearest %d; give 1 or more", r.RoundTo)
	case r.round(r.Threshold) < r.Threshold:
		return fmt.Errorf("disclosure rule: rounded to the nearest %d, a count of %d would be shown below the threshold; change one of the two", r.RoundTo, r.Threshold)
	case r.UniformBelow < r.Threshold:
		return fmt.Errorf("disclosure rule: groups all at one level are shown from %d people on; that must be at least the threshold of %d", r.UniformBelow, r.Threshold)
	case r.FineBase < r.Threshold:
		return fmt.Errorf("disclosure rule: distributions of groups broken down twice are shown from a base of %d on; that must be at least the threshold of %d", r.FineBase, r.Threshold)
	case r.WithheldLevelCountsAs < 0 || r.WithheldLevelCountsAs >= r.Threshold:
		return fmt.Errorf("disclosure rule: a withheld level counts as %d people; it must be 0 to %d", r.WithheldLevelCountsAs, r.Threshold-1)
	}
	return nil
}
