package repository

import (
	"cmp"
	"context"
	"slices"
	"time"

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

// LastChange returns the number of the newest finished change.
func (s *Store) LastChange(ctx context.Context) (int64, error) {
	type row struct{ LastNumber int64 }
	var newest row
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		var err error
		newest, err = readRow[row](ctx, t, `SELECT last_number FROM change_clock`)
		return err
	})
	return newest.LastNumber, err
}

// place is the part of a group that is about organisations.
type place struct {
	month                     domain.Date
	region, icb, organisation string
}

// coverage is what is said of the organisations of a place.
type coverage struct {
	regionName, icbName, organisationName string
	reporting, expected                   int
}

func (p place) group(c coverage) domain.Group {
	return domain.Group{
		Region: p.region, RegionName: c.regionName, ICB: p.icb, ICBName: c.icbName,
		Organisation: p.organisation, Name: c.organisationName,
	}
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.month, b.month), cmp.Compare(a.region, b.region), cmp.Compare(a.icb, b.icb),
		cmp.Compare(a.organisation, b.organisation))
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
	Coverage         bool
	Month            time.Time
	Region           string
	ICB              string `gorm:"column:icb"`
	Organisation     string
	RegionName       string
	ICBName          string `gorm:"column:icb_name"`
	OrganisationName string
	StaffGroup       string
	Band             string
	BandOrdinal      int
	Digital          string
	Cells            int
	Incomplete       int
	Budgeted         *domain.FTE
	Contracted       *domain.FTE
	Vacancy          *domain.FTE
	VacancyGross     *domain.FTE
	RateBudgeted     *domain.FTE
	Bank             *domain.FTE
	Agency           *domain.FTE
	Cover            *domain.FTE
	Reported         *int
	Advertised       *int
	Headcount        *int
	RateReported     *int
	RateHeadcount    *int
	Reporting        int
	Expected         int
}

func (r *vacancyTotalRow) place() place {
	return place{month: domain.DateOf(r.Month), region: r.Region, icb: r.ICB, organisation: r.Organisation}
}

// VacancyTotals returns one row for each group and each month of filter.Months,
// in one statement. A group of organisations from which a return is expected has
// a row even when none came, unless the rows are broken down further.
func (s *Store) VacancyTotals(ctx context.Context, _ domain.Actor, filter domain.TotalsFilter) ([]domain.VacancyTotal, error) {
	months := make([]string, 0, len(filter.Months))
	for _, month := range filter.Months {
		months = append(months, month.String())
	}
	named := groupArgs(filter)
	named["months"], named["digital"], named["by_digital"] = textArray(months), listOrNull(filter.Digital), filter.Has(domain.ByDigital)
	var totals []domain.VacancyTotal
	err := s.inScope(ctx, totalsScope(filter), true, func(t tx) error {
		if err := t.preferIndexes(ctx); err != nil {
			return err
		}
		rows, err := readRows[vacancyTotalRow](ctx, t, query("vacancy_totals"), named)
		if err != nil {
			return err
		}
		brokenDown := filter.Has(domain.ByStaffGroup) || filter.Has(domain.ByBand) || filter.Has(domain.ByDigital)
		totals = foldVacancies(rows, brokenDown)
		return nil
	})
	return totals, err
}

func foldVacancies(rows []vacancyTotalRow, brokenDown bool) []domain.VacancyTotal {
	covered := make(map[place]coverage)
	reported := make(map[place]bool)
	for i := range rows {
		if r := &rows[i]; r.Coverage {
			covered[r.place()] = coverage{r.RegionName, r.ICBName, r.OrganisationName, r.Reporting, r.Expected}
		} else {
			reported[r.place()] = true
		}
	}
	rows = slices.DeleteFunc(rows, func(r vacancyTotalRow) bool {
		return r.Coverage && (brokenDown || r.Expected == 0 || reported[r.place()])
	})
	slices.SortFunc(rows, func(a, b vacancyTotalRow) int {
		return cmp.Or(comparePlaces(a.place(), b.place()), cmp.Compare(a.StaffGroup, b.StaffGroup),
			cmp.Compare(a.BandOrdinal, b.BandOrdinal), cmp.Compare(b.Digital, a.Digital))
	})
	totals := make([]domain.VacancyTotal, 0, len(rows))
	for i := range rows {
		r := &rows[i]
		known := covered[r.place()]
		total := domain.VacancyTotal{
			Group: r.place().group(known), Cells: r.Cells, Incomplete: r.Incomplete, Budgeted: r.Budgeted, Contracted: r.Contracted,
			Vacancy: r.Vacancy, VacancyGross: r.VacancyGross, RateBudgeted: r.RateBudgeted, Bank: r.Bank, Agency: r.Agency, Cover: r.Cover,
			Reported: r.Reported, Advertised: r.Advertised, Headcount: r.Headcount, RateReported: r.RateReported,
			RateHeadcount: r.RateHeadcount, Reporting: known.reporting, Expected: known.expected,
		}
		total.StaffGroup, total.Band, total.Digital, total.Month = r.StaffGroup, r.Band, r.Digital, dateOrNil(&r.Month)
		totals = append(totals, total)
	}
	return totals
}
