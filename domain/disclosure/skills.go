package disclosure

import "skillstracker/domain"

// SkillsRow says what a row of digital-literacy totals is about, on which depends
// what of it may be shown.
type SkillsRow struct {
	// BySubject says that the row is about one competence or one domain: it has a
	// distribution over levels.
	BySubject bool
	// Checklist says that the row is about all tasks of a task checklist together.
	Checklist bool
	// Dimensions is the number of dimensions that the row is broken down by or
	// narrowed to, besides competence, domain, month and nation; places count as one.
	Dimensions int
}

// Skills is one row of digital-literacy totals as it may be shown.
type Skills struct {
	domain.Group
	// StaffInPost and what is counted among them are not available when no
	// organisation of the row has a staff list.
	StaffInPost                 Count
	Assessed                    Count // people with a current assessment
	AssessedListed              Count // those of them who are in StaffInPost
	CompletionRate              Share // AssessedListed of StaffInPost
	Due, Overdue, NeverAssessed Count // of StaffInPost
	// BySelf, ByManager and ByAssessor are shares of Assessed.
	BySelf, ByManager, ByAssessor Share
	// Distribution is nil when the row is not about one competence or domain.
	Distribution *Distribution
	// Target is the level expected when it is the same for everybody in the row.
	Target *domain.Level
	// Gaps and NeedGaps are nil when nobody in the row has a target, or stated a need.
	Gaps, NeedGaps *Gaps
	// Checklist has two classes, people who have not reached every threshold and
	// people who have; nil when the row is not about a whole checklist.
	Checklist *Distribution
	// Organisations, not people: unaltered.
	Reporting, Expected, Listed, Estimated int
	// Newest and Oldest are the dates of the current assessments: for everybody but
	// HR of the organisation month ends, because a day is a fact about one person.
	// They are nil, for the reason that DatesStatus gives, when they may not be shown.
	Newest, Oldest *domain.Date
	DatesStatus    domain.Status
}

// Skills returns a row of digital-literacy totals as it may be shown.
//
// Where everybody has one target the gaps follow from the levels, and they are
// worked out from the levels as they are shown. Elsewhere they are a distribution of
// their own, and so are gaps to needs: with the levels beside them they tell as much as
// one more breakdown, by target or by need, would. So they always need the base of a
// row that is broken down, and the attack on many rows has them among what it knows.
func (r Rule) Skills(t domain.SkillsTotal, row SkillsRow) Skills {
	s := Skills{
		Group:       t.Group,
		StaffInPost: r.countOf(t.StaffInPost),
		Assessed:    r.Count(t.Assessed),
		Target:      t.Target,
		Reporting:   t.Reporting, Expected: t.Expected, Listed: t.Listed, Estimated: t.Estimated,
	}
	for _, listed := range []struct {
		count  *Count
		people int
	}{{&s.AssessedListed, t.AssessedListed}, {&s.Due, t.Due}, {&s.Overdue, t.Overdue}, {&s.NeverAssessed, t.NeverAssessed}} {
		*listed.count = Count{Status: domain.StatusNotAvailable}
		if t.StaffInPost != nil {
			*listed.count = r.Count(listed.people)
		}
	}
	s.CompletionRate = r.Share(s.AssessedListed, s.StaffInPost)
	s.BySelf, s.ByManager, s.ByAssessor = r.Share(r.Count(t.BySelf), s.Assessed), r.Share(r.Count(t.ByManager), s.Assessed), r.Share(r.Count(t.ByAssessor), s.Assessed)
	if row.BySubject {
		d := r.Distribution(t.Levels, row.Dimensions)
		s.Distribution = &d
	}
	switch {
	case len(t.Gaps) == 0:
	case s.Distribution != nil && t.Target != nil:
		s.Gaps = r.gapsOfLevels(*s.Distribution, *t.Target, len(t.Gaps))
	default:
		s.Gaps = r.gaps(r.Distribution(t.Gaps, fineDimensions))
	}
	if len(t.NeedGaps) > 0 {
		s.NeedGaps = r.gaps(r.Distribution(t.NeedGaps, fineDimensions))
	}
	if row.Checklist {
		d := r.Distribution([]int{t.ReachedBase - t.Reached, t.Reached}, row.Dimensions)
		s.Checklist = &d
	}
	r.dates(&s, t)
	return s
}

// dates sets the dates of the assessments. They are dates of people: fewer than the
// threshold have none.
func (r Rule) dates(s *Skills, t domain.SkillsTotal) {
	switch {
	case s.Assessed.Status != "":
		s.DatesStatus = s.Assessed.Status
	case t.Newest == nil || t.Oldest == nil:
		s.DatesStatus = domain.StatusNotApplicable
	case r.off:
		s.Newest, s.Oldest = t.Newest, t.Oldest
	default:
		newest, oldest := t.Newest.MonthEnd(), t.Oldest.MonthEnd()
		s.Newest, s.Oldest = &newest, &oldest
	}
}
