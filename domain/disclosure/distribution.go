package disclosure

import (
	"slices"

	"skillstracker/domain"
)

// Distribution is how many people are at each level of one competence, together
// with its base, the people who have a level. The two are one object: what may be
// shown of one depends on the other.
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
// People for whom the competence is not applicable are not in it.
func (r Rule) Distribution(levels []int) Distribution {
	people := 0
	d := Distribution{Levels: make([]Count, len(levels)), Shares: make([]Share, len(levels))}
	for i, n := range levels {
		people += n
		d.Levels[i] = r.levelCount(n)
	}
	d.Base = r.Count(people)
	if !r.off && r.withholdsWhole(d.Base, d.Levels) {
		d.Withheld = true
		d.Base = Count{Status: domain.StatusConfidential}
		for i := range d.Levels {
			d.Levels[i] = Count{Status: domain.StatusConfidential}
		}
	}
	for i, level := range d.Levels {
		d.Shares[i] = r.Share(level, d.Base)
	}
	d.Mean, d.Median = r.averages(d.Levels)
	return d
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
//   - the base is below the threshold, none included;
//   - no level would be shown: the base alone says little, and if it were shown,
//     a withheld one would say that some level holds the threshold or more;
//   - a withheld level could only be one of fewer than Feasible numbers, because
//     the levels add up to the base;
//   - one level could hold everybody in a group below UniformBelow. To ask
//     whether it does would tell everybody in the group, who knows their own
//     level, the level of all the others as soon as the answer is to withhold.
func (r Rule) withholdsWhole(base Count, levels []Count) bool {
	if base.Status != "" || base.Value == 0 || noneShown(levels) {
		return true
	}
	group, parts := r.possible(base), make([]interval, len(levels))
	for i, level := range levels {
		parts[i] = r.possible(level)
	}
	if r.couldBeUniform(group, parts) {
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

// averages returns the mean and the median level of a distribution, from the
// counts as they are shown, a withheld level counting as a fixed number of
// people. Both are withheld when no level is shown, and not applicable when the
// levels are known to hold nobody.
func (r Rule) averages(levels []Count) (mean, median Average) {
	people := make([]int, len(levels))
	total, sum := 0, 0
	for i, level := range levels {
		people[i] = level.Value
		if level.Status != "" {
			people[i] = r.WithheldLevelCountsAs
		}
		total += people[i]
		sum += i * people[i]
	}
	status := domain.Status("")
	switch {
	case !r.off && noneShown(levels):
		status = domain.StatusConfidential
	case total == 0:
		status = domain.StatusNotApplicable
	}
	if status != "" {
		return Average{Status: status}, Average{Status: status}
	}
	mean.Value = float64(sum) / float64(total)
	median.Value = float64(levelOf(people, (total-1)/2)+levelOf(people, total/2)) / 2
	return mean, median
}

// levelOf returns the level of the person at a place, counted from 0, when people
// stand in the order of their levels.
func levelOf(people []int, place int) int {
	for level, n := range people {
		if place < n {
			return level
		}
		place -= n
	}
	return len(people) - 1
}
