package disclosure

import (
	"slices"

	"skillstracker/domain"
)

// Distribution is how many people are at each level of one competence, or in each
// of other classes, together with its base, the people who have a level. The two
// are one object: what may be shown of one depends on the other.
type Distribution struct {
	Base   Count
	Levels []Count // by level, from 0
	Shares []Share // of the base, by level
	Mean   Average
	Median Average
	// Withheld says that nothing of the distribution is shown, its base included.
	Withheld bool
}

// Average is a mean or a median level as it may be shown, on the scale of the
// levels. Value is 0 and has no meaning when Status is not empty.
type Average struct {
	Value  float64
	Status domain.Status // empty when the average is shown
}

// Distribution returns the people at each level, levels[i] being those at level
// i, as they may be shown. The slice must hold the competence's own levels and no
// others: a level that nobody can have would be taken for one that hides somebody.
// People for whom the competence is not applicable are not in it. Dimensions is
// the number of dimensions that the group is broken down by or narrowed to.
func (r Rule) Distribution(levels []int, dimensions int) Distribution {
	people := 0
	d := Distribution{Levels: make([]Count, len(levels)), Shares: make([]Share, len(levels))}
	for i, n := range levels {
		people += n
		d.Levels[i] = r.levelCount(n)
	}
	d.Base = r.Count(people)
	least := 0
	if dimensions >= fineDimensions {
		least = r.FineBase
	}
	if !r.off && (d.Base.Value < least || r.withholdsWhole(d.Base, d.Levels)) {
		d.withhold()
	}
	for i, level := range d.Levels {
		d.Shares[i] = r.Share(level, d.Base)
	}
	d.Mean, d.Median = averages(r.weights(d))
	return d
}

func (d *Distribution) withhold() {
	d.Withheld = true
	d.Base = Count{Status: domain.StatusConfidential}
	for i := range d.Levels {
		d.Levels[i] = Count{Status: domain.StatusConfidential}
	}
}

// levelCount is Count for the people at one level: here nobody is withheld too.
func (r Rule) levelCount(people int) Count {
	if people == 0 && !r.off {
		return Count{Status: domain.StatusConfidential}
	}
	return r.Count(people)
}

// withholdsWhole says whether nothing of a distribution may be shown, going by
// the figures that would be shown. It is so when
//
//   - the base is below the threshold, none included (a row that is broken down
//     by two dimensions or more has a higher one, FineBase);
//   - no level would be shown: the base alone says little, and if it were shown,
//     a withheld one would say that some level holds the threshold or more;
//   - only one level would be shown of a group that may be smaller than
//     UniformBelow, so that it could hold everybody. It is not asked whether it
//     does, nor whether it could by the figures shown: either would tell people who
//     know their own level, or how many they are, the level of all the others as
//     soon as the answer is to withhold;
//   - a withheld level could only be one of fewer than Feasible numbers, because
//     the levels add up to the base.
func (r Rule) withholdsWhole(base Count, levels []Count) bool {
	if base.Status != "" || base.Value == 0 || noneShown(levels) {
		return true
	}
	group, parts, shown := r.possible(base), make([]interval, len(levels)), 0
	for i, level := range levels {
		parts[i] = r.possible(level)
		if level.Status == "" {
			shown++
		}
	}
	if shown == 1 && group.low < r.UniformBelow {
		return true
	}
	narrow(group, parts)
	for i, level := range levels {
		if level.Status != "" && parts[i].size() < r.Feasible {
			return true
		}
	}
	return false
}

func noneShown(levels []Count) bool {
	return !slices.ContainsFunc(levels, func(level Count) bool { return level.Status == "" })
}

// weighted is what a distribution is taken for when something is worked out from
// it: so many people in each class, in parts of a person.
type weighted struct {
	people []int // by class
	unit   int   // so many parts are a person
	absent domain.Status
}

// weights returns a distribution as it is taken from the figures shown. The classes
// withheld count as a fixed number of people each, or share evenly what the base
// leaves when that is less.
func (r Rule) weights(d Distribution) weighted {
	w := weighted{people: make([]int, len(d.Levels)), unit: 1}
	shown, hidden := 0, 0
	for _, level := range d.Levels {
		if level.Status != "" {
			hidden++
		}
		shown += level.Value
	}
	each := 0
	if hidden > 0 {
		w.unit = hidden
		each = min(r.WithheldLevelCountsAs*hidden, max(d.Base.Value-shown, 0))
	}
	for i, level := range d.Levels {
		w.people[i] = level.Value * w.unit
		if level.Status != "" {
			w.people[i] = each
		}
	}
	switch {
	case d.Withheld || !r.off && noneShown(d.Levels):
		w.absent = domain.StatusConfidential
	case w.sum(0, len(w.people)) == 0:
		w.absent = domain.StatusNotApplicable
	}
	return w
}

// sum returns the people in the classes from one up to before another, in parts.
func (w weighted) sum(from, before int) int {
	total := 0
	for _, people := range w.people[from:before] {
		total += people
	}
	return total
}

// steps returns the numbers of the classes, added up over the people, in parts.
func (w weighted) steps() int {
	total := 0
	for class, people := range w.people {
		total += class * people
	}
	return total
}

// averages returns the mean and the median class. Both are withheld when no class
// is shown, and not applicable when the classes are known to hold nobody.
func averages(w weighted) (mean, median Average) {
	if w.absent != "" {
		return Average{Status: w.absent}, Average{Status: w.absent}
	}
	total := w.sum(0, len(w.people))
	mean.Value = float64(w.steps()) / float64(total)
	// With parts of people there are two places in the middle only where a person is
	// a whole number of parts; else both are in the same class.
	median.Value = float64(levelOf(w.people, (total-1)/2)+levelOf(w.people, total/2)) / 2
	return mean, median
}

// levelOf returns the class of the part of a person at a place, counted from 0, when
// they stand in the order of their classes.
func levelOf(people []int, place int) int {
	for level, n := range people {
		if place < n {
			return level
		}
		place -= n
	}
	return len(people) - 1
}
