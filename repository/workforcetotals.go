package repository

import (
	"context"
	"slices"
	"time"

	"skillstracker/domain"
)

// workforceCoverage says on which organisations the figures of a place rest: those
// reporting have a staff list, those moving had one, and were open, before the period.
type workforceCoverage struct {
	Known      coverage `gorm:"embedded"`
	Moving     int
	OldestList *time.Time
	NewestList *time.Time
}

type workforceTotalRow struct {
	Covers           bool
	Place            placeRow          `gorm:"embedded"`
	Staffed          workforceCoverage `gorm:"embedded"`
	StaffGroup       string
	JobRole          string
	Band             string
	AreaOfWork       string
	Digital          string
	Team             string
	Headcount        int
	FTE              domain.FTE `gorm:"column:fte"`
	Opening          int
	OpeningFTE       domain.FTE `gorm:"column:opening_fte"`
	Closing          int
	ClosingFTE       domain.FTE `gorm:"column:closing_fte"`
	Starters         int
	StarterFTE       domain.FTE `gorm:"column:starter_fte"`
	Leavers          int
	LeaverFTE        domain.FTE `gorm:"column:leaver_fte"`
	EstimatedLeavers int
	Stayers          int
	StayerFTE        domain.FTE `gorm:"column:stayer_fte"`
}

// workforceStatement composes the statement of workforce totals, from the positions
// that are kept, or for what was known from spells and versions.
func workforceStatement(filter domain.TotalsFilter) string {
	from := map[string]string{"in_post": "in_post_kept"}
	if filter.KnownAt != nil {
		from = map[string]string{"in_post": "in_post_known", "held": "held_when_listed"}
	}
	return totalsQuery("workforce_totals", filter, from)
}

// periodArgs are the arguments of statements about periods. The first and last days of
// all of them, at least one, are in order and each there once.
func periodArgs(filter domain.TotalsFilter, kind domain.UploadKind) args {
	named := groupArgs(filter, kind)
	days := make([]domain.Date, 0, 2*len(filter.Months))
	for _, month := range filter.Months {
		days = append(days, month.AddMonths(-filter.PeriodMonths).MonthEnd(), month)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	texts := make([]string, 0, len(days))
	for _, d := range days {
		texts = append(texts, d.String())
	}
	named["period"], named["days"] = filter.PeriodMonths, textArray(texts)
	named["first_day"], named["last_day"] = day(days[0]), day(days[len(days)-1])
	return named
}

// WorkforceTotals returns one row for each group and each month of filter.Months, in
// one statement, with true counts of people: the caller applies disclosure control. A
// group is there when it holds anybody, and as a place also when a staff list is
// expected from it.
func (s *Store) WorkforceTotals(ctx context.Context, _ domain.Actor, filter domain.TotalsFilter) ([]domain.WorkforceTotal, error) {
	if len(filter.Months) == 0 {
		return []domain.WorkforceTotal{}, nil
	}
	var totals []domain.WorkforceTotal
	err := s.inTotals(ctx, filter, func(t tx) error {
		if err := t.groupByHash(ctx); err != nil {
			return err
		}
		if filter.KnownAt != nil {
			// A merge join would be one by organisation alone, over every pair of its people.
			if _, err := t.exec(ctx, `SET LOCAL enable_mergejoin = off`); err != nil {
				return err
			}
			if err := t.joinByHash(ctx); err != nil {
				return err
			}
		}
		rows, err := readRows[workforceTotalRow](ctx, t, workforceStatement(filter), periodArgs(filter, domain.UploadStaff))
		if err != nil {
			return err
		}
		bands, err := readBands(ctx, t)
		if err != nil {
			return err
		}
		totals = foldWorkforce(rows, filter)
		order := groupOrder(filter, bands)
		slices.SortFunc(totals, func(a, b domain.WorkforceTotal) int { return order(a.Group, b.Group) })
		return nil
	})
	return totals, err
}

// groupByHash has the planner of this transaction add up by hash where it can: how few
// groups millions of rows come down to is not known beforehand, and sorting them takes
// longer than everything else.
func (t tx) groupByHash(ctx context.Context) error {
	_, err := t.exec(ctx, `SET LOCAL enable_sort = off`)
	return err
}

func foldWorkforce(rows []workforceTotalRow, filter domain.TotalsFilter) []domain.WorkforceTotal {
	known, covered, told := make(map[place]workforceCoverage), make(map[place]coverage), make(map[place]bool)
	for i := range rows {
		if r := &rows[i]; r.Covers {
			known[r.Place.place(filter)], covered[r.Place.place(filter)] = r.Staffed, r.Staffed.Known
		} else if onlyPlaces(filter, r.Place.Over) {
			told[r.Place.place(filter)] = true
		}
	}
	rows = slices.DeleteFunc(rows, func(r workforceTotalRow) bool { return r.Covers })
	for _, empty := range emptyRows(filter, covered, told) {
		rows = append(rows, workforceTotalRow{Place: empty})
	}
	totals := make([]domain.WorkforceTotal, 0, len(rows))
	for i := range rows {
		totals = append(totals, rows[i].toDomain(filter, known[rows[i].Place.place(filter)]))
	}
	return totals
}

func (r *workforceTotalRow) toDomain(filter domain.TotalsFilter, known workforceCoverage) domain.WorkforceTotal {
	total := domain.WorkforceTotal{
		Group: r.Place.place(filter).group(known.Known), Coverage: known.Known.toDomain(), Moving: known.Moving,
		OldestList: dateOrNil(known.OldestList), NewestList: dateOrNil(known.NewestList),
	}
	total.StaffGroup, total.JobRole, total.Band, total.AreaOfWork, total.Digital = r.StaffGroup, r.JobRole, r.Band, r.AreaOfWork, r.Digital
	total.Team, total.Over = r.Team, overOf(filter, r.Place.Over)
	if known.Known.Reporting > 0 {
		total.Headcount, total.FTE = &r.Headcount, &r.FTE
	}
	if known.Moving > 0 {
		total.Opening, total.OpeningFTE, total.Closing, total.ClosingFTE = &r.Opening, &r.OpeningFTE, &r.Closing, &r.ClosingFTE
		total.Starters, total.StarterFTE, total.Leavers, total.LeaverFTE = &r.Starters, &r.StarterFTE, &r.Leavers, &r.LeaverFTE
		total.EstimatedLeavers, total.Stayers, total.StayerFTE = &r.EstimatedLeavers, &r.Stayers, &r.StayerFTE
	}
	return total
}
