package recount_test

import (
	"slices"

	"skillstracker/domain"
)

// subject is the competence or the domain, or both, that a row is about; neither is
// the whole framework.
type subject struct{ competence, domain string }

func (s subject) holds(c domain.Competence) bool {
	return (s.competence == "" || c.Code == s.competence) && (s.domain == "" || c.Domain == s.domain)
}

// subjects are what the rows of each group of people are about.
func subjects(f domain.TotalsFilter) []subject {
	byCompetence, byDomain := f.Has(domain.ByCompetence), f.Has(domain.ByDomain)
	if !byCompetence && !byDomain {
		return []subject{{}}
	}
	var found []subject
	for _, c := range f.Framework.Competences {
		var s subject
		if byDomain {
			s.domain = c.Domain
		}
		if byCompetence {
			s.competence = c.Code
		}
		if contains(f.Domains, c.Domain) && (!byCompetence || contains(f.Competences, c.Code)) && !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	return found
}

// answer is what a person answered about a subject; -1 is none.
type answer struct {
	lowest, gap, need int
	notApplicable     bool
	target            *int
}

// answers are what a person answered about every subject.
func answers(f domain.TotalsFilter, about []subject, a *assessment, targets []*int) []answer {
	found := make([]answer, 0, len(about))
	for _, of := range about {
		one := answer{lowest: -1, gap: -1, need: -1}
		for i, c := range f.Framework.Competences {
			if !of.holds(c) {
				continue
			}
			level := a.levels[i]
			if level == -1 {
				one.notApplicable = true
			}
			if level < 0 {
				continue
			}
			if one.lowest < 0 || level < one.lowest {
				one.lowest = level
			}
			if targets[i] != nil {
				one.target = targets[i]
				one.gap = max(one.gap, *targets[i]-level, 0)
			}
			if a.needs != nil && a.needs[i] >= 0 {
				one.need = max(one.need, a.needs[i]-level, 0)
			}
		}
		found = append(found, one)
	}
	return found
}

// answersRow gathers the answers of a group of people about a subject.
type answersRow struct {
	levels, gaps, needs       []int // people by level, and by distance
	notApplied                int   // with no level and a competence that does not apply
	withTarget, withoutTarget int   // of those with a level
	target                    *int  // the first
	vary                      bool
}

// count adds a person's answers to a row, one for each subject.
func (r *skillsRow) count(f domain.TotalsFilter, answered []answer) {
	if answered == nil {
		return
	}
	if r.answers == nil {
		r.answers = make([]answersRow, len(answered))
	}
	highest := f.Framework.MaxLevel()
	for i := range answered {
		r.answers[i].count(int(highest), &answered[i])
	}
}

func (r *answersRow) count(highest int, one *answer) {
	switch {
	case one.lowest >= 0:
		tick(&r.levels, highest, one.lowest)
		switch {
		case one.target == nil:
			r.withoutTarget++
		case r.target == nil:
			r.target = one.target
			r.withTarget++
		default:
			r.vary = r.vary || *one.target != *r.target
			r.withTarget++
		}
	case one.notApplicable:
		r.notApplied++
	}
	if one.gap >= 0 {
		tick(&r.gaps, highest, one.gap)
	}
	if one.need >= 0 {
		tick(&r.needs, highest, one.need)
	}
}

// tick counts one person in a distribution.
func tick(counts *[]int, highest, at int) {
	if *counts == nil {
		*counts = make([]int, highest+1)
	}
	(*counts)[at]++
}

// into writes the answers about a subject to a row of totals.
func (r *answersRow) into(total *domain.SkillsTotal, f domain.TotalsFilter, of subject) {
	total.Gaps, total.NeedGaps = r.gaps, r.needs
	if of != (subject{}) {
		for _, people := range r.levels {
			total.Answered += people
		}
		total.NotApplied = r.notApplied
		highest := 0
		for _, c := range f.Framework.Competences {
			if of.holds(c) {
				highest = max(highest, int(c.MaxLevel))
			}
		}
		total.Levels = make([]int, highest+1)
		copy(total.Levels, r.levels)
	}
	switch {
	case of.competence == "":
		total.TargetsVary = r.withTarget > 0
	case r.withTarget == 0:
	case r.withoutTarget == 0 && !r.vary:
		level := domain.Level(*r.target)
		total.Target = &level
	default:
		total.TargetsVary = true
	}
}
