package repository

import (
	"context"
	"slices"
	"time"

	"skillstracker/domain"
)

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

type vacancyTotalRow struct {
	Covers         bool
	Place          placeRow `gorm:"embedded"`
	Known          coverage `gorm:"embedded"`
	StaffGroup     string
	JobRole        string
	Band           string
	AreaOfWork     string
	Digital        string
	Cells          int
	Incomplete     int
	Budgeted       *domain.FTE
	Contracted     *domain.FTE
	Vacancy        *domain.FTE
	VacancyGross   *domain.FTE
	RateBudgeted   *domain.FTE
	Bank           *domain.FTE
	Agency         *domain.FTE
	Cover          *domain.FTE
	Reported       *int
	Advertised     *int
	Headcount      *int
	RateReported   *int
	RateHeadcount  *int
	WithGap        int
	WithReported   int
	WithAdvertised int
	OldestReceived *time.Time
	NewestReceived *time.Time
}

// vacancyStatement composes the statement of vacancy totals. The sums that are kept of
// the cells tell what is held now over all job roles and areas of work; any other
// question is answered from the cells.
func vacancyStatement(filter domain.TotalsFilter) string {
	cells := "vacancy_cells_kept"
	if filter.KnownAt != nil || filter.Has(domain.ByJobRole) || filter.Has(domain.ByAreaOfWork) || len(filter.JobRoles)+len(filter.AreasOfWork) > 0 {
		cells = "vacancy_cells_sent"
	}
	sums := "vacancy_sums_whole"
	if len(filter.AddedUp()) > 0 {
		sums = "vacancy_sums_added_up"
	}
	return totalsQuery("vacancy_totals", filter, map[string]string{"cells": cells, "organisation_sum": sums})
}

// VacancyTotals returns one row for each group and each month of filter.Months,
// in one statement. A group of organisations from which a return is expected has
// a row even when none came, unless the rows are broken down further.
func (s *Store) VacancyTotals(ctx context.Context, _ domain.Actor, filter domain.TotalsFilter) ([]domain.VacancyTotal, error) {
	var totals []domain.VacancyTotal
	err := s.inTotals(ctx, filter, func(t tx) error {
		rows, err := readRows[vacancyTotalRow](ctx, t, vacancyStatement(filter), groupArgs(filter, domain.UploadVacancies))
		if err != nil {
			return err
		}
		bands, err := readBands(ctx, t)
		if err != nil {
			return err
		}
		totals = foldVacancies(rows, filter)
		order := groupOrder(filter, bands)
		slices.SortFunc(totals, func(a, b domain.VacancyTotal) int { return order(a.Group, b.Group) })
		return nil
	})
	return totals, err
}

func foldVacancies(rows []vacancyTotalRow, filter domain.TotalsFilter) []domain.VacancyTotal {
	covered, told := make(map[place]coverage), make(map[place]bool)
	for i := range rows {
		if r := &rows[i]; r.Covers {
			covered[r.Place.place(filter)] = r.Known
		} else if onlyPlaces(filter, r.Place.Over) {
			told[r.Place.place(filter)] = true
		}
	}
	rows = slices.DeleteFunc(rows, func(r vacancyTotalRow) bool { return r.Covers })
	for _, empty := range emptyRows(filter, covered, told) {
		rows = append(rows, vacancyTotalRow{Place: empty})
	}
	totals := make([]domain.VacancyTotal, 0, len(rows))
	for i := range rows {
		totals = append(totals, rows[i].toDomain(filter, covered[rows[i].Place.place(filter)]))
	}
	return totals
}

func (r *vacancyTotalRow) toDomain(filter domain.TotalsFilter, known coverage) domain.VacancyTotal {
	total := domain.VacancyTotal{
		Group: r.Place.place(filter).group(known), Cells: r.Cells, Incomplete: r.Incomplete, Budgeted: r.Budgeted, Contracted: r.Contracted,
		Vacancy: r.Vacancy, VacancyGross: r.VacancyGross, RateBudgeted: r.RateBudgeted, Bank: r.Bank, Agency: r.Agency, Cover: r.Cover,
		Reported: r.Reported, Advertised: r.Advertised, Headcount: r.Headcount, RateReported: r.RateReported, RateHeadcount: r.RateHeadcount,
		Reporting: known.Reporting, Expected: known.Expected, Estimated: known.Estimated,
		WithGap: r.WithGap, WithReported: r.WithReported, WithAdvertised: r.WithAdvertised,
		OldestReceived: dateOrNil(inUTC(r.OldestReceived)), NewestReceived: dateOrNil(inUTC(r.NewestReceived)),
	}
	total.StaffGroup, total.JobRole, total.Band, total.AreaOfWork, total.Digital = r.StaffGroup, r.JobRole, r.Band, r.AreaOfWork, r.Digital
	total.Over = overOf(filter, r.Place.Over)
	return total
}
