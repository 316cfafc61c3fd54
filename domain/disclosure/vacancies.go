package disclosure

import "skillstracker/domain"

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
