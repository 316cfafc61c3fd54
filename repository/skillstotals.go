package repository

import (
	"cmp"
	"context"
	"slices"
	"time"

	"skillstracker/domain"
)

type skillsTotalRow struct {
	Part             string
	Region           string
	ICB              string `gorm:"column:icb"`
	Organisation     string
	RegionName       string
	ICBName          string `gorm:"column:icb_name"`
	OrganisationName string
	StaffGroup       string
	Band             string
	Competence       string
	Level            int
	People           int
	Listed           bool
	Assessed         int
	Newest           *time.Time
	Oldest           *time.Time
	Reporting        int
	Expected         int
}

func (r *skillsTotalRow) place() place {
	return place{region: r.Region, icb: r.ICB, organisation: r.Organisation}
}

// cohort is the group of people that a row is about.
type cohort struct {
	place      place
	staffGroup string
	band       string
}

func (r *skillsTotalRow) cohort() cohort {
	return cohort{place: r.place(), staffGroup: r.StaffGroup, band: r.Band}
}

// SkillsTotals returns one row for each group at filter.AsAt, in one statement,
// with true counts of people: the caller applies disclosure control. A group of
// organisations from which assessments are expected has a row even when it holds
// nobody, unless the rows are broken down further.
func (s *Store) SkillsTotals(ctx context.Context, _ domain.Actor, filter domain.TotalsFilter) ([]domain.SkillsTotal, error) {
	named := groupArgs(filter)
	named["as_at"], named["framework"], named["validity"] = day(filter.AsAt), filter.Framework.ID, filter.Framework.ValidityMonths
	named["by_competence"] = filter.Has(domain.ByCompetence)
	var totals []domain.SkillsTotal
	err := s.inScope(ctx, totalsScope(filter), true, func(t tx) error {
		if err := t.preferIndexes(ctx); err != nil {
			return err
		}
		rows, err := readRows[skillsTotalRow](ctx, t, query("skills_totals"), named)
		if err != nil {
			return err
		}
		bands, err := readRows[domain.Band](ctx, t, `SELECT code, ordinal FROM band`)
		if err != nil {
			return err
		}
		totals = foldSkills(rows, filter, bands)
		return nil
	})
	return totals, err
}

func foldSkills(rows []skillsTotalRow, filter domain.TotalsFilter, bands []domain.Band) []domain.SkillsTotal {
	covered := make(map[place]coverage)
	people := make(map[cohort]skillsTotalRow)
	answers := make(map[cohort]map[string][]skillsTotalRow)
	for _, r := range rows {
		switch r.Part {
		case "organisations":
			covered[r.place()] = coverage{r.RegionName, r.ICBName, r.OrganisationName, r.Reporting, r.Expected}
		case "people":
			people[r.cohort()] = r
		case "levels":
			if answers[r.cohort()] == nil {
				answers[r.cohort()] = make(map[string][]skillsTotalRow)
			}
			answers[r.cohort()][r.Competence] = append(answers[r.cohort()][r.Competence], r)
		}
	}
	if !filter.Has(domain.ByStaffGroup) && !filter.Has(domain.ByBand) {
		for where, known := range covered {
			if _, held := people[cohort{place: where}]; !held && known.expected > 0 {
				people[cohort{place: where}] = skillsTotalRow{}
			}
		}
	}
	var totals []domain.SkillsTotal
	for _, c := range sortedCohorts(people, bands) {
		for _, competence := range askedCompetences(filter) {
			totals = append(totals, skillsTotal(c, people[c], covered[c.place], answers[c][competence], filter, competence))
		}
	}
	return totals
}

func sortedCohorts(people map[cohort]skillsTotalRow, bands []domain.Band) []cohort {
	ordinal := make(map[string]int, len(bands))
	for _, b := range bands {
		ordinal[b.Code] = b.Ordinal
	}
	cohorts := make([]cohort, 0, len(people))
	for c := range people {
		cohorts = append(cohorts, c)
	}
	slices.SortFunc(cohorts, func(a, b cohort) int {
		return cmp.Or(comparePlaces(a.place, b.place), cmp.Compare(a.staffGroup, b.staffGroup), cmp.Compare(ordinal[a.band], ordinal[b.band]))
	})
	return cohorts
}

// askedCompetences are the competences with a row of their own, in the framework's
// order; one empty name when the rows are not by competence.
func askedCompetences(filter domain.TotalsFilter) []string {
	if !filter.Has(domain.ByCompetence) {
		return []string{""}
	}
	var asked []string
	for _, c := range filter.Framework.Competences {
		if len(filter.Competences) == 0 || slices.Contains(filter.Competences, c.Code) {
			asked = append(asked, c.Code)
		}
	}
	return asked
}

func skillsTotal(c cohort, people skillsTotalRow, known coverage, answers []skillsTotalRow, filter domain.TotalsFilter, competence string) domain.SkillsTotal {
	total := domain.SkillsTotal{
		Group: c.place.group(known), Assessed: people.Assessed, Newest: dateOrNil(people.Newest), Oldest: dateOrNil(people.Oldest),
		Reporting: known.reporting, Expected: known.expected,
	}
	total.StaffGroup, total.Band, total.Competence = c.staffGroup, c.band, competence
	if people.Listed {
		total.StaffInPost = &people.People
	}
	if place, ok := filter.Framework.CompetenceIndex(competence); ok {
		total.Levels = make([]int, filter.Framework.Competences[place].MaxLevel+1)
	}
	for _, answer := range answers {
		if domain.Level(answer.Level) == domain.NotApplicable {
			total.NotApplied += answer.People
			continue
		}
		total.Levels[answer.Level] += answer.People
		total.Answered += answer.People
	}
	return total
}
