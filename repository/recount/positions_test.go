package recount_test

import (
	"slices"

	"skillstracker/domain"
)

// positions recounts position-vacancy totals.
func (b *base) positions(f domain.TotalsFilter) map[key]domain.PositionTotal {
	totals := map[key]domain.PositionTotal{}
	for _, day := range f.Months {
		since := day.AddMonths(-f.PeriodMonths).MonthEnd()
		places := b.places(f, day, "position_vacancies")
		reports := func(o *organisation) bool {
			return slices.ContainsFunc(o.positions, func(p positionVacancy) bool { return p.opened <= day })
		}
		covered, empty := covers(f, day, places, reports, never, never)
		rows := newTally[positionRow](f, day, empty)
		for i := range places {
			where := &places[i]
			for j := range where.of.positions {
				p := &where.of.positions[j]
				x := figureOf{group: p.group, role: p.role, band: p.band, area: p.area, digital: b.digital(p.role, p.area)}
				if p.opened > day || !wanted(f, x) {
					continue
				}
				for _, row := range rows.of(where, x) {
					b.countPosition(row, p, day, since)
				}
			}
		}
		for k, row := range rows.rows {
			c := covered[k.ofPlace()]
			row.Coverage = domain.Coverage{Reporting: c.reporting, Expected: c.expected, Estimated: c.estimated}
			row.MedianDaysOpen, row.MedianDaysToFill = median(row.open), median(row.filled)
			if len(row.open) > 0 {
				longest := slices.Max(row.open)
				row.LongestDaysOpen = &longest
			}
			totals[k] = row.PositionTotal
		}
	}
	return totals
}

// positionRow is a row and the days of each of its posts, open and filled.
type positionRow struct {
	domain.PositionTotal
	open, filled []int
}

func (b *base) countPosition(row *positionRow, p *positionVacancy, day, since domain.Date) {
	earliest(&row.OldestReceived, p.received)
	latest(&row.NewestReceived, p.received)
	outcome := b.outcome[p.status]
	if outcome == "not_recruited" {
		return
	}
	if p.closed == nil || *p.closed > day {
		row.OpenPosts += p.posts
		row.OpenFTE += p.fte
		row.open = append(row.open, slices.Repeat([]int{int(day - p.opened)}, p.posts)...)
	}
	if p.opened > since {
		row.Opened += p.posts
		row.OpenedFTE += p.fte
	}
	if p.closed == nil || *p.closed > day || *p.closed <= since {
		return
	}
	if outcome == "filled" {
		row.Filled += p.posts
		row.FilledFTE += p.fte
		row.filled = append(row.filled, slices.Repeat([]int{int(*p.closed - p.opened)}, p.posts)...)
		return
	}
	row.Closed += p.posts
	row.ClosedFTE += p.fte
}

func median(values []int) *float64 {
	if len(values) == 0 {
		return nil
	}
	slices.Sort(values)
	n := len(values)
	m := float64(values[(n-1)/2]+values[n/2]) / 2
	return &m
}
