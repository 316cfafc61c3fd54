package attack

import "math"

// RelateAll adds everything that must hold between the figures: totals are the sums of
// their parts, figures of one group are bound to one another by what they mean, and
// gaps to levels by the targets, which everybody knows.
func (p *Panel) RelateAll() {
	for figure := range p.months * p.monthly() {
		p.AddUp(figure, ofAssessed(figure%p.monthly()))
	}
	for _, g := range p.Groups {
		for month := range p.months {
			p.relateCounts(g, month)
			p.relateChecklist(g, month)
			p.total(g, month, -1, gaps)
			for subject := range p.Subjects {
				for of := range distributions {
					p.total(g, month, subject, of)
				}
				p.relateBase(g, month, subject)
				p.relateGaps(g, month, subject)
				p.relateNeeds(g, month, subject)
			}
			if p.Whole {
				p.relateDomains(g, month)
				p.relateGreatestGaps(g, month)
			}
		}
	}
}

// ofAssessed says whether a figure of a month is about people with a current assessment.
func ofAssessed(figure int) bool {
	switch figure {
	case staff, listed, due, overdue, never, opening, starters, leavers, stayers:
		return false
	}
	return true
}

// total adds that the classes of a distribution add up to its base.
func (p *Panel) total(g Group, month, subject, of int) {
	p.Sum(p.class(g, month, subject, of, -1), p.classNumbers(g, month, subject, of, 0))
}

// relateCounts adds what follows from the words: of staff in post those assessed, those
// overdue and those never assessed are all; closing staff are opening staff and
// starters less leavers, and whoever of opening staff did not stay is a leaver.
func (p *Panel) relateCounts(g Group, month int) {
	n := func(figure int) int32 { return p.figure(g, month, figure) }
	p.Sum(n(staff), []int32{n(listed), n(overdue), n(never)})
	p.Sum(n(assessed), []int32{n(bySelf), n(byManager), n(byAssessor)})
	p.AtMost([]int32{n(due)}, []int32{n(listed)})
	p.AtMost([]int32{n(listed)}, []int32{n(assessed)})
	p.Relate([]int32{n(opening), n(starters)}, []int32{n(leavers), n(staff)}, 0, 0)
	p.AtMost([]int32{n(stayers)}, []int32{n(opening)})
	p.AtMost([]int32{n(opening)}, []int32{n(stayers), n(leavers)})
	p.AtMost([]int32{n(leavers), n(stayers)}, []int32{n(opening), n(starters)})
}

// relateBase adds that whoever has a level is assessed, and the other way round where
// that is known.
func (p *Panel) relateBase(g Group, month, subject int) {
	base, all := p.Level(g, month, subject, -1), p.figure(g, month, assessed)
	if p.Whole {
		p.Sum(all, []int32{base})
		return
	}
	p.AtMost([]int32{base}, []int32{all})
	p.AtMost([]int32{p.class(g, month, subject, needs, -1)}, []int32{base})
	p.AtMost([]int32{p.class(g, month, subject, gaps, -1)}, []int32{base})
}

// relateGaps adds that each gap is so many levels below the target of a group whose
// target is known. By adding up, the gaps of groups in which targets vary follow.
func (p *Panel) relateGaps(g Group, month, subject int) {
	if target, known := p.Subjects[subject].Target(g); known {
		p.relateTarget(g, month, subject, target)
	}
}

// relateTarget adds that each gap of a group is so many levels below one target; below
// 0 there is none.
func (p *Panel) relateTarget(g Group, month, subject, target int) {
	for gap := range p.Subjects[subject].Classes {
		var of []int32
		switch level := target - gap; {
		case target < 0:
		case gap == 0:
			of = p.classNumbers(g, month, subject, levels, level)
		case level >= 0:
			of = []int32{p.Level(g, month, subject, level)}
		}
		p.Sum(p.class(g, month, subject, gaps, gap), of)
	}
}

// relateNeeds adds that whoever is so many levels below any need is so many levels
// below the highest level.
func (p *Panel) relateNeeds(g Group, month, subject int) {
	classes := p.Subjects[subject].Classes
	for gap := 1; gap < classes; gap++ {
		low := make([]int32, classes-gap)
		for level := range low {
			low[level] = p.Level(g, month, subject, level)
		}
		p.AtMost(p.classNumbers(g, month, subject, needs, gap), low)
	}
}

// relateDomains adds that nobody is higher in a domain than in any of its competences,
// and that whoever is low in the domain is low in one of them.
func (p *Panel) relateDomains(g Group, month int) {
	for subject, s := range p.Subjects {
		for level := 1; level < s.Classes && s.Of != nil; level++ {
			var below []int32
			for _, competence := range s.Of {
				p.AtMost(p.classNumbers(g, month, subject, levels, level), p.classNumbers(g, month, competence, levels, level))
				for lower := range level {
					below = append(below, p.Level(g, month, competence, lower))
				}
			}
			lower := make([]int32, level)
			for i := range lower {
				lower[i] = p.Level(g, month, subject, i)
			}
			p.AtMost(lower, below)
		}
	}
}

// relateGreatestGaps adds that the greatest gap of a person is at least that in every
// competence, and is that in one of them.
func (p *Panel) relateGreatestGaps(g Group, month int) {
	for gap := 1; gap < p.classes; gap++ {
		greatest := p.classNumbers(g, month, -1, gaps, gap)
		var any []int32
		for subject, s := range p.Subjects {
			if s.Of == nil {
				own := p.classNumbers(g, month, subject, gaps, gap)
				p.AtMost(own, greatest)
				any = append(any, own...)
			}
		}
		p.AtMost(greatest, any)
	}
}

// relateChecklist adds that whoever has reached every threshold has reached each, and
// whoever has not has missed one.
func (p *Panel) relateChecklist(g Group, month int) {
	n := func(figure int) int32 { return p.figure(g, month, figure) }
	p.Sum(n(checkBase), []int32{n(missed), n(reached)})
	p.AtMost([]int32{n(checkBase)}, []int32{n(assessed)})
	if p.Checklist == nil {
		return
	}
	var below []int32
	for subject, threshold := range p.Checklist {
		p.AtMost([]int32{n(reached)}, p.classNumbers(g, month, subject, levels, threshold))
		for level := range threshold {
			below = append(below, p.Level(g, month, subject, level))
		}
	}
	if p.Whole {
		p.AtMost([]int32{n(missed)}, below)
	}
}

// OnlyMore adds that between two months people were assessed who had not been, and that
// nothing else happened: an onlooker may know that much of a small organisation.
func (p *Panel) OnlyMore(before, after int) {
	for _, g := range p.Groups {
		p.AtMost([]int32{p.figure(g, before, assessed)}, []int32{p.figure(g, after, assessed)})
		p.Relate([]int32{p.figure(g, after, staff)}, []int32{p.figure(g, before, staff)}, 0, 0)
		for subject, s := range p.Subjects {
			for class := range s.Classes {
				for of := range distributions {
					p.Relate([]int32{p.class(g, after, subject, of, class)}, []int32{p.class(g, before, subject, of, class)}, 0, math.MaxInt32)
				}
			}
		}
	}
}

// Possible returns the levels that somebody of a group can have by what is known, as
// bits.
func (p *Panel) Possible(n *Network, g Group, month, subject int) uint64 {
	found := uint64(0)
	for level := range p.Subjects[subject].Classes {
		if n.Known(p.Level(g, month, subject, level)).High > 0 {
			found |= 1 << level
		}
	}
	return found
}

// EverybodyLeft says whether it is certain that a group had people at the beginning of
// the period, at most so many, and that none of them stayed. Emptied says that nobody is
// in the group at its end, which is shown as it is.
func (p *Panel) EverybodyLeft(g Group, month int) (people int32, certain, emptied bool) {
	b := p.Known(p.figure(g, month, opening))
	certain = b.Low > 0 && p.Known(p.figure(g, month, stayers)).High == 0
	return b.High, certain, p.Known(p.figure(g, month, staff)).High == 0
}

// Size returns what is known of the number of people of a group who are assessed.
func (p *Panel) Size(n *Network, g Group, month int) Bounds {
	return n.Known(p.figure(g, month, assessed))
}
