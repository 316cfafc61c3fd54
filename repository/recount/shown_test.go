package recount_test

import (
	"fmt"
	"math"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// The words of docs/disclosure.md once more, in numbers of their own.
const (
	fewest      = 8  // people of whom a count is shown
	unit        = 15 // to whose multiples counts are rounded
	fineFewest  = 50 // base of a distribution that is broken down by two dimensions
	fineFromTwo = 2
)

// shownAs is a count of people as it must be shown: -1 is withheld, -2 not known.
func shownAs(people *int) int {
	switch {
	case people == nil:
		return -2
	case *people > 0 && *people < fewest:
		return -1
	}
	return int(math.Floor(float64(*people)/unit+0.5)) * unit
}

func countIs(name string, got disclosure.Count, people *int) string {
	value := got.Value
	switch got.Status {
	case domain.StatusConfidential:
		value = -1
	case domain.StatusNotAvailable:
		value = -2
	case domain.StatusNotApplicable:
		value = -3
	}
	if want := shownAs(people); value != want {
		return fmt.Sprintf("%s is shown as %+v, want %d; ", name, got, want)
	}
	return ""
}

func shareIs(name string, got disclosure.Share, part, whole *int) string {
	p, w := shownAs(part), shownAs(whole)
	if p == -2 || w == -2 || p == -1 || w == -1 || w == 0 {
		if got.Status == "" {
			return fmt.Sprintf("%s is shown as %v though a part of it is not; ", name, got.Value)
		}
		return ""
	}
	if got.Status != "" || math.Abs(got.Value-float64(p)/float64(w)) > 1e-12 {
		return fmt.Sprintf("%s is %+v, want %d / %d; ", name, got, p, w)
	}
	return ""
}

func vacanciesShown(got, want domain.VacancyTotal) string {
	headcount, _ := disclosure.Default().VacancyPeople(got)
	return countIs("staff_headcount", headcount, want.Headcount)
}

func workforceShown(got, want domain.WorkforceTotal) string {
	shown := disclosure.Default().Workforce(got)
	fault := countIs("staff_in_post", shown.Headcount, want.Headcount)
	if shownAs(want.Headcount) == -1 && shown.FTE.Status != domain.StatusConfidential {
		fault += fmt.Sprintf("FTE is %+v of %d people; ", shown.FTE, *want.Headcount)
	}
	if shown.Withheld || want.Opening == nil {
		return fault
	}
	return fault + countIs("opening_staff", shown.Opening, want.Opening) + countIs("closing_staff", shown.Closing, want.Closing)
}

// skillsShown checks a row of skills as it is shown: every count by itself, and of a
// distribution that nothing is shown that must not be.
func skillsShown(f domain.TotalsFilter) func(got, want domain.SkillsTotal) string {
	row := disclosure.SkillsRow{BySubject: f.Has(domain.ByCompetence) || f.Has(domain.ByDomain), Dimensions: fineFromTwo}
	return func(got, want domain.SkillsTotal) string {
		shown := disclosure.Default().Skills(got, row)
		fault := countIs("staff_in_post", shown.StaffInPost, want.StaffInPost) + countIs("assessed", shown.Assessed, &want.Assessed)
		if want.StaffInPost != nil {
			fault += countIs("assessed_on_list", shown.AssessedListed, &want.AssessedListed) + countIs("due", shown.Due, &want.Due) +
				countIs("overdue", shown.Overdue, &want.Overdue) + countIs("never_assessed", shown.NeverAssessed, &want.NeverAssessed) +
				shareIs("completion_rate", shown.CompletionRate, &want.AssessedListed, want.StaffInPost)
		}
		fault += shareIs("share_self", shown.BySelf, &want.BySelf, &want.Assessed)
		if shown.Distribution == nil || shown.Distribution.Withheld {
			return fault
		}
		if want.Answered < fineFewest-unit/2 {
			fault += fmt.Sprintf("a distribution of %d people is shown; ", want.Answered)
		}
		for level, people := range want.Levels {
			got := shown.Distribution.Levels[level]
			switch {
			case people < fewest && got.Status == "":
				fault += fmt.Sprintf("level %d is shown for %d people; ", level, people)
			case people >= fewest && (got.Status != "" || got.Value != shownAs(&people)):
				fault += fmt.Sprintf("level %d of %d people is %+v; ", level, people, got)
			}
		}
		return fault
	}
}
