package repository

import (
	"context"
	"slices"
	"time"

	"skillstracker/domain"
)

type positionTotalRow struct {
	Covers           bool
	Place            placeRow `gorm:"embedded"`
	Known            coverage `gorm:"embedded"`
	StaffGroup       string
	JobRole          string
	Band             string
	AreaOfWork       string
	Digital          string
	Team             string
	OpenPosts        int
	OpenFTE          domain.FTE `gorm:"column:open_fte"`
	Opened           int
	OpenedFTE        domain.FTE `gorm:"column:opened_fte"`
	Filled           int
	FilledFTE        domain.FTE `gorm:"column:filled_fte"`
	Closed           int
	ClosedFTE        domain.FTE `gorm:"column:closed_fte"`
	MedianDaysOpen   *float64
	LongestDaysOpen  *int
	MedianDaysToFill *float64
	OldestReceived   *time.Time
	NewestReceived   *time.Time
}

// positionStatement composes the statement of totals of position vacancies.
func positionStatement(filter domain.TotalsFilter) string {
	return totalsQuery("position_totals", filter, nil)
}

// PositionTotals returns one row for each group and each month of filter.Months, in
// one statement. A group is there when it holds a position vacancy that was opened by
// then, whatever became of it, and as a place also when a return is expected from it.
func (s *Store) PositionTotals(ctx context.Context, _ domain.Actor, filter domain.TotalsFilter) ([]domain.PositionTotal, error) {
	if len(filter.Months) == 0 {
		return []domain.PositionTotal{}, nil
	}
	var totals []domain.PositionTotal
	err := s.inTotals(ctx, filter, func(t tx) error {
		if err := t.groupByHash(ctx); err != nil {
			return err
		}
		rows, err := readRows[positionTotalRow](ctx, t, positionStatement(filter), periodArgs(filter, domain.UploadPositions))
		if err != nil {
			return err
		}
		bands, err := readBands(ctx, t)
		if err != nil {
			return err
		}
		totals = foldPositions(rows, filter)
		order := groupOrder(filter, bands)
		slices.SortFunc(totals, func(a, b domain.PositionTotal) int { return order(a.Group, b.Group) })
		return nil
	})
	return totals, err
}

func foldPositions(rows []positionTotalRow, filter domain.TotalsFilter) []domain.PositionTotal {
	covered, told := make(map[place]coverage), make(map[place]bool)
	for i := range rows {
		if r := &rows[i]; r.Covers {
			covered[r.Place.place(filter)] = r.Known
		} else if onlyPlaces(filter, r.Place.Over) {
			told[r.Place.place(filter)] = true
		}
	}
	rows = slices.DeleteFunc(rows, func(r positionTotalRow) bool { return r.Covers })
	for _, empty := range emptyRows(filter, covered, told) {
		rows = append(rows, positionTotalRow{Place: empty})
	}
	totals := make([]domain.PositionTotal, 0, len(rows))
	for i := range rows {
		totals = append(totals, rows[i].toDomain(filter, covered[rows[i].Place.place(filter)]))
	}
	return totals
}

func (r *positionTotalRow) toDomain(filter domain.TotalsFilter, known coverage) domain.PositionTotal {
	total := domain.PositionTotal{
		Group: r.Place.place(filter).group(known), Coverage: known.toDomain(),
		OpenPosts: r.OpenPosts, OpenFTE: r.OpenFTE, Opened: r.Opened, OpenedFTE: r.OpenedFTE,
		Filled: r.Filled, FilledFTE: r.FilledFTE, Closed: r.Closed, ClosedFTE: r.ClosedFTE,
		MedianDaysOpen: r.MedianDaysOpen, LongestDaysOpen: r.LongestDaysOpen, MedianDaysToFill: r.MedianDaysToFill,
		OldestReceived: dateOrNil(inUTC(r.OldestReceived)), NewestReceived: dateOrNil(inUTC(r.NewestReceived)),
	}
	total.StaffGroup, total.JobRole, total.Band, total.AreaOfWork, total.Digital = r.StaffGroup, r.JobRole, r.Band, r.AreaOfWork, r.Digital
	total.Team, total.Over = r.Team, overOf(filter, r.Place.Over)
	return total
}
