package disclosure

import "skillstracker/domain"

// Skills is one row of digital-literacy totals as it may be shown.
type Skills struct {
	domain.Group
	StaffInPost    Count // not available when some organisation has no staff list
	Assessed       Count // people in post with a current assessment
	CompletionRate Share // Assessed of StaffInPost
	// Distribution is nil when the row is not about one competence.
	Distribution *Distribution
	Reporting    int // organisations, not people: unaltered
	Expected     int
	// Newest and Oldest are the dates of the current assessments. They are
	// nil, for the reason that DatesStatus gives, when they may not be shown.
	Newest, Oldest *domain.Date
	DatesStatus    domain.Status
}

// Skills returns a row of digital-literacy totals as it may be shown. The row has
// a distribution when byCompetence says that it is about one competence. The
// dates of assessments are dates of people: fewer than the threshold have none.
func (r Rule) Skills(t domain.SkillsTotal, byCompetence bool) Skills {
	s := Skills{
		Group:       t.Group,
		StaffInPost: r.countOf(t.StaffInPost),
		Assessed:    r.Count(t.Assessed),
		Reporting:   t.Reporting,
		Expected:    t.Expected,
	}
	s.CompletionRate = r.Share(s.Assessed, s.StaffInPost)
	if byCompetence {
		d := r.Distribution(t.Levels)
		s.Distribution = &d
	}
	switch {
	case s.Assessed.Status != "":
		s.DatesStatus = s.Assessed.Status
	case t.Newest == nil || t.Oldest == nil:
		s.DatesStatus = domain.StatusNotApplicable
	default:
		s.Newest, s.Oldest = t.Newest, t.Oldest
	}
	return s
}

// VacancyPeople returns the two figures about people of a row of vacancy totals as
// they may be shown: the staff headcount, and the reported vacancy rate V / (P + V)
// over the cells that have both (domain.md 2.5). V counts posts and is not
// altered; P counts people, and the rate is withheld when P is.
func (r Rule) VacancyPeople(t domain.VacancyTotal) (headcount Count, reportedRate Share) {
	headcount = r.countOf(t.Headcount)
	people := r.countOf(t.RateHeadcount)
	if t.RateReported == nil {
		return headcount, Share{Status: domain.StatusNotAvailable}
	}
	vacancies := Count{Value: *t.RateReported}
	posts := Count{Value: people.Value + vacancies.Value, Status: people.Status}
	return headcount, r.Share(vacancies, posts)
}
