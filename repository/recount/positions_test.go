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
		rows := map[key]*domain.PositionTotal{}
		open, filled := map[key][]int{}, map[key][]int{}
		for k := range empty {
			rows[k] = &domain.PositionTotal{}
		}
		for _, where := range places {
			for i := range where.of.positions {
				p := &where.of.positions[i]
				x := figureOf{group: p.group, role: p.role, band: p.band, area: p.area, digital: b.digital(p.role, p.area)}
				if p.opened > day || !wanted(f, x) {
					continue
				}
				for _, k := range groups(f, day, where, x) {
					if rows[k] == nil {
						rows[k] = &domain.PositionTotal{}
					}
					b.countPosition(rows[k], p, day, since, func(days int) {
						for range p.posts {
							open[k] = append(open[k], days)
						}
					}, func(days int) {
						for range p.posts {
							filled[k] = append(filled[k], days)
						}
					})
				}
			}
		}
		for k, row := range rows {
			c := covered[k.ofPlace()]
			row.Coverage = domain.Coverage{Reporting: c.reporting, Expected: c.expected, Estimated: c.estimated}
			row.MedianDaysOpen, row.MedianDaysToFill = median(open[k]), median(filled[k])
			if len(open[k]) > 0 {
				longest := slices.Max(open[k])
				row.LongestDaysOpen = &longest
			}
			totals[k] = *row
		}
	}
	return totals
}

func (b *base) countPosition(row *domain.PositionTotal, p *positionVacancy, day, since domain.Date, open, filled func(days int)) {
	earliest(&row.OldestReceived, p.received)
	latest(&row.NewestReceived, p.received)
	outcome := b.outcome[p.status]
	if outcome == "not_recruited" {
		return
	}
	if p.closed == nil || *p.closed > day {
		row.OpenPosts += p.posts
		row.OpenFTE += p.fte
		open(int(day - p.opened))
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
		filled(int(*p.closed - p.opened))
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
