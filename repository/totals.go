package repository

import (
	"context"
	"time"

	"gorm.io/gorm"

	"skillstracker/domain"
)

// totalsScope is as narrow as the question: the organisations that it names, or
// else every organisation's rows, of which nothing but aggregates leaves here.
func totalsScope(filter domain.TotalsFilter) scope {
	if len(filter.Organisations) > 0 {
		return scope{read: filter.Organisations}
	}
	return scope{aggregate: true}
}

type groupRow struct {
	Region           *string
	RegionName       *string
	ICB              *string `gorm:"column:icb"`
	ICBName          *string `gorm:"column:icb_name"`
	Organisation     *string
	OrganisationName *string
	StaffGroup       *string
	Band             *string
}

func (r groupRow) toDomain() domain.Group {
	return domain.Group{
		Region: textOf(r.Region), RegionName: textOf(r.RegionName), ICB: textOf(r.ICB), ICBName: textOf(r.ICBName),
		Organisation: textOf(r.Organisation), Name: textOf(r.OrganisationName),
		StaffGroup: textOf(r.StaffGroup), Band: textOf(r.Band),
	}
}

// groupArgs are the arguments that both kinds of totals share.
func groupArgs(filter domain.TotalsFilter) args {
	return args{
		"regions": listOrNull(filter.Regions), "icbs": listOrNull(filter.ICBs), "organisations": listOrNull(filter.Organisations),
		"staff_groups": listOrNull(filter.StaffGroups), "bands": listOrNull(filter.Bands),
		"by_region": filter.Has(domain.ByRegion), "by_icb": filter.Has(domain.ByICB),
		"by_organisation": filter.Has(domain.ByOrganisation), "by_staff_group": filter.Has(domain.ByStaffGroup),
		"by_band": filter.Has(domain.ByBand),
	}
}

type vacancyTotalRow struct {
	Group         groupRow `gorm:"embedded"`
	Digital       *string
	Month         time.Time
	Cells         int
	Incomplete    int
	Budgeted      *domain.FTE
	Contracted    *domain.FTE
	Vacancy       *domain.FTE
	VacancyGross  *domain.FTE
	RateBudgeted  *domain.FTE
	Bank          *domain.FTE
	Agency        *domain.FTE
	Reported      *int
	Advertised    *int
	Headcount     *int
	RateReported  *int
	RateHeadcount *int
	Reporting     int
	Expected      int
}

// VacancyTotals returns one row for each group and each month of filter.Months,
// in one statement.
func (s *Store) VacancyTotals(ctx context.Context, _ domain.Actor, filter domain.TotalsFilter) ([]domain.VacancyTotal, error) {
	months := make([]string, 0, len(filter.Months))
	for _, month := range filter.Months {
		months = append(months, month.String())
	}
	named := groupArgs(filter)
	named["months"], named["digital"], named["by_digital"] = textArray(months), listOrNull(filter.Digital), filter.Has(domain.ByDigital)
	var totals []domain.VacancyTotal
	err := s.inScope(ctx, totalsScope(filter), true, func(t tx) error {
		rows, err := gorm.G[vacancyTotalRow](t.DB).Raw(query("vacancy_totals"), named).Find(ctx)
		if err != nil {
			return err
		}
		totals = make([]domain.VacancyTotal, 0, len(rows))
		for _, r := range rows {
			total := domain.VacancyTotal{
				Group: r.Group.toDomain(), Cells: r.Cells, Incomplete: r.Incomplete, Budgeted: r.Budgeted, Contracted: r.Contracted,
				Vacancy: r.Vacancy, VacancyGross: r.VacancyGross, RateBudgeted: r.RateBudgeted, Bank: r.Bank, Agency: r.Agency,
				Reported: r.Reported, Advertised: r.Advertised, Headcount: r.Headcount,
				RateReported: r.RateReported, RateHeadcount: r.RateHeadcount, Reporting: r.Reporting, Expected: r.Expected,
			}
			total.Digital, total.Month = textOf(r.Digital), dateOrNil(&r.Month)
			totals = append(totals, total)
		}
		return nil
	})
	return totals, err
}

type skillsTotalRow struct {
	Group       groupRow `gorm:"embedded"`
	Competence  *string
	StaffInPost *int
	Assessed    int
	Newest      *time.Time
	Oldest      *time.Time
	Level       *int
	People      int
	Reporting   int
	Expected    int
}

// SkillsTotals returns one row for each group at filter.AsAt, in one statement,
// with true counts of people: the caller applies disclosure control.
func (s *Store) SkillsTotals(ctx context.Context, _ domain.Actor, filter domain.TotalsFilter) ([]domain.SkillsTotal, error) {
	named := groupArgs(filter)
	named["as_at"], named["framework"], named["validity"] = day(filter.AsAt), filter.Framework.ID, filter.Framework.ValidityMonths
	named["by_competence"], named["competences"] = filter.Has(domain.ByCompetence), listOrNull(filter.Competences)
	var totals []domain.SkillsTotal
	err := s.inScope(ctx, totalsScope(filter), true, func(t tx) error {
		rows, err := gorm.G[skillsTotalRow](t.DB).Raw(query("skills_totals"), named).Find(ctx)
		if err != nil {
			return err
		}
		for _, r := range rows {
			group := r.Group.toDomain()
			group.Competence = textOf(r.Competence)
			if len(totals) == 0 || totals[len(totals)-1].Group != group {
				totals = append(totals, domain.SkillsTotal{
					Group: group, StaffInPost: r.StaffInPost, Assessed: r.Assessed, Levels: emptyLevels(filter.Framework, group.Competence),
					Newest: dateOrNil(r.Newest), Oldest: dateOrNil(r.Oldest), Reporting: r.Reporting, Expected: r.Expected,
				})
			}
			count(&totals[len(totals)-1], r.Level, r.People)
		}
		return nil
	})
	return totals, err
}

// emptyLevels makes room for the levels of a competence's own scale.
func emptyLevels(framework domain.FrameworkVersion, competence string) []int {
	place, ok := framework.CompetenceIndex(competence)
	if !ok {
		return nil
	}
	return make([]int, framework.Competences[place].MaxLevel+1)
}

// count adds the people of one level to a row.
func count(total *domain.SkillsTotal, level *int, people int) {
	switch {
	case level == nil:
	case domain.Level(*level) == domain.NotApplicable:
		total.NotApplied += people
	default:
		total.Levels[*level] += people
		total.Answered += people
	}
}
