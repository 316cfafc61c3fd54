package disclosure_test

import (
	"math/bits"

	"skillstracker/domain"
	"skillstracker/domain/disclosure/attack"
)

// monthOf is a reference date of the two.
func monthOf(i int) int { return []int{firstMonth, secondMonth}[i] }

// aggregate adds up a population at a reference date: the truth about every group that
// may be asked for. It is written apart from the totals of the register, to their
// definitions (partly shorter: validity and notice are whole months).
func aggregate(panel *attack.Panel, p population, at int) map[attack.Group]*truth {
	found := map[attack.Group]*truth{}
	of := func(g attack.Group) *truth {
		if found[g] == nil {
			found[g] = p.nobody()
		}
		return found[g]
	}
	for _, one := range p.people {
		opened := one.joined <= at-period && one.left > at-period
		closed := one.joined <= at && one.left > at
		counts, current := one.counting(at)
		values := one.values
		if !closed && !opened && (one.left <= at-period || one.joined > at) {
			continue
		}
		// Without a current assessment nobody is in a breakdown by assessor kind.
		values[byKind] = 0
		groupsOf(panel, p, values, func(g attack.Group) { of(g).move(one, at, opened, closed) })
		if !closed {
			continue
		}
		groupsOf(panel, p, values, func(g attack.Group) { of(g).status(counts, current, at) })
		if !current {
			continue
		}
		values[byKind] = counts.kind
		groupsOf(panel, p, values, func(g attack.Group) { of(g).count(p, one, counts, g) })
	}
	for _, t := range found {
		for c, seen := range t.targets {
			t.skills[c].TargetsVary = seen != 0 && seen != 1
			if bits.OnesCount(seen) == 1 && seen != 1 {
				target := domain.Level(bits.TrailingZeros(seen) - 1)
				t.skills[c].Target, t.skills[c].TargetsVary = &target, false
			}
		}
	}
	return found
}

// counting returns the assessment that counts at a month, and whether it is current.
func (one person) counting(at int) (assessment, bool) {
	best := assessment{month: -1}
	for _, a := range one.assessments {
		if a.month <= at && (a.month > best.month || a.month == best.month && a.kind > best.kind) {
			best = a
		}
	}
	return best, best.month >= 0 && best.month >= at-validity
}

func (p population) nobody() *truth {
	zero := func() *int { return new(int) }
	t := &truth{workforce: domain.WorkforceTotal{Headcount: zero(), Opening: zero(), Closing: zero(), Starters: zero(), Leavers: zero(), Stayers: zero(), EstimatedLeavers: zero()}}
	t.targets = make([]uint, p.competences)
	for range len(p.subjects()) + 1 {
		t.skills = append(t.skills, domain.SkillsTotal{StaffInPost: zero(), Levels: make([]int, p.levels)})
	}
	return t
}

func (t *truth) move(one person, at int, opened, closed bool) {
	w := &t.workforce
	left := one.left > at-period && one.left <= at
	for count, holds := range map[*int]bool{
		w.Headcount: closed, w.Closing: closed, w.Opening: opened, w.Leavers: left,
		w.Starters: one.joined > at-period && one.joined <= at, w.Stayers: opened && !left,
	} {
		if holds {
			*count++
		}
	}
}

func (t *truth) status(counts assessment, current bool, at int) {
	for i := range t.skills {
		s := &t.skills[i]
		*s.StaffInPost++
		switch {
		case counts.month < 0:
			s.NeverAssessed++
		case !current:
			s.Overdue++
		case counts.month < at+3-validity:
			s.Due++
		}
	}
}

// count adds somebody with a current assessment to the skills of a group.
func (t *truth) count(p population, one person, a assessment, g attack.Group) {
	lowest, greatest, greatestNeed, reached, whole := never, -1, -1, true, true
	for c, level := range a.levels {
		s := &t.skills[c]
		gap, need := -1, -1
		if level >= 0 {
			lowest = min(lowest, level)
			if target := p.targets[c].levels[one.values[p.targets[c].dimension]]; target >= 0 {
				gap = max(target-level, 0)
			}
			if a.needs[c] >= 0 {
				need = max(a.needs[c]-level, 0)
			}
		}
		greatest, greatestNeed = max(greatest, gap), max(greatestNeed, need)
		whole, reached = whole && level >= 0, reached && level >= p.checklist[c]
		answer(s, level, gap, need)
		if level >= 0 {
			t.targets[c] |= 1 << (p.targets[c].levels[one.values[p.targets[c].dimension]] + 1)
		}
	}
	if p.competences > 1 {
		if lowest == never {
			lowest = -1
		}
		answer(&t.skills[p.competences], lowest, greatest, greatestNeed)
	}
	neither := &t.skills[len(t.skills)-1]
	answer(neither, -1, greatest, greatestNeed)
	for i := range t.skills {
		s := &t.skills[i]
		s.Assessed++
		if g[byKind] == 0 {
			s.AssessedListed++
		} else {
			s.StaffInPost = nil
		}
		*[]*int{&s.BySelf, &s.ByManager, &s.ByAssessor}[a.kind-1]++
	}
	if whole {
		neither.ReachedBase++
		if reached {
			neither.Reached++
		}
	}
}

// answer adds a level with its gaps, -1 for none of each.
func answer(s *domain.SkillsTotal, level, gap, need int) {
	classes := len(s.Levels)
	if level >= 0 {
		s.Answered++
		s.Levels[level]++
	}
	if gap >= 0 {
		if s.Gaps == nil {
			s.Gaps = make([]int, classes)
		}
		s.Gaps[gap]++
	}
	if need >= 0 {
		if s.NeedGaps == nil {
			s.NeedGaps = make([]int, classes)
		}
		s.NeedGaps[need]++
	}
}
