package disclosure

import (
	"slices"

	"skillstracker/domain"
)

// Gaps is how far people are below the level expected of them, or below the level
// that they say their job needs, as it may be shown. Levels of the distribution are
// people by the number of levels that they are below, those at or above in the first
// class; its base are the people with a level and one to compare it with, and its
// mean is the mean gap.
type Gaps struct {
	Distribution
	AtOrAbove Count // the first class
	Below     Count // all others
	// Reached and Missed are the shares of people at or above and below, among both.
	Reached, Missed Share
	// ToClose is the number of levels that all people together are below.
	ToClose Count
}

// gaps returns a distribution of gaps that has passed the rule with all that is
// worked out from it.
func (r Rule) gaps(d Distribution) *Gaps {
	g := &Gaps{Distribution: d, AtOrAbove: d.Levels[0]}
	w := r.weights(d)
	if w.absent != "" {
		none := Count{Status: w.absent}
		g.Below, g.ToClose = none, none
		g.Reached, g.Missed = Share{Status: w.absent}, Share{Status: w.absent}
		return g
	}
	classes := len(d.Levels)
	total, below := w.sum(0, classes), w.sum(1, classes)
	g.Missed.Value = float64(below) / float64(total)
	g.Reached.Value = float64(total-below) / float64(total)
	g.Below = r.together(d.Levels[1:], below, w.unit)
	g.ToClose.Value = nearest(w.steps(), w.unit)
	if g.Below.Status != "" {
		g.ToClose = g.Below
	}
	return g
}

// together is the number of people in several classes, which weigh so much: withheld
// when all of them are, and when some are and it would be shown as nobody, because
// there may well be somebody.
func (r Rule) together(classes []Count, parts, unit int) Count {
	if len(classes) > 0 && noneShown(classes) {
		return Count{Status: domain.StatusConfidential}
	}
	if r.off {
		return Count{Value: parts / unit}
	}
	people := nearest(parts, unit*r.RoundTo) * r.RoundTo
	if people == 0 && slices.ContainsFunc(classes, func(c Count) bool { return c.Status != "" }) {
		return Count{Status: domain.StatusConfidential}
	}
	return Count{Value: people}
}

// nearest divides and rounds to the nearest whole number, a half up.
func nearest(parts, unit int) int { return (2*parts + unit) / (2 * unit) }

// gapsOfLevels returns the gaps of people who all have one target. They are worked
// out from the levels as they are shown, and so tell no more than these. Classes
// are the number of classes of gaps.
func (r Rule) gapsOfLevels(levels Distribution, target domain.Level, classes int) *Gaps {
	d := Distribution{Base: levels.Base, Withheld: levels.Withheld, Levels: make([]Count, classes), Shares: make([]Share, classes)}
	w := r.weights(levels)
	for gap := range d.Levels {
		level := int(target) - gap
		switch {
		case d.Withheld:
			d.Levels[gap].Status = domain.StatusConfidential
		case gap == 0 && level < len(levels.Levels):
			reached := levels.Levels[level:]
			d.Levels[0] = r.together(reached, w.sum(level, len(w.people)), w.unit)
			if len(reached) == 1 {
				d.Levels[0] = reached[0]
			}
		case level >= 0 && level < len(levels.Levels):
			d.Levels[gap] = levels.Levels[level]
		}
	}
	for gap, people := range d.Levels {
		d.Shares[gap] = r.Share(people, d.Base)
	}
	d.Mean, d.Median = averages(r.weights(d))
	return r.gaps(d)
}
