package recount_test

import "skillstracker/domain"

// add adds a figure to a sum that is nil until something is added.
func add[T ~int | ~int64](sum **T, value int64) {
	if *sum == nil {
		*sum = new(T)
	}
	**sum += T(value)
}

func earliest(held **domain.Date, day domain.Date) {
	if *held == nil || day < **held {
		*held = &day
	}
}

func latest(held **domain.Date, day domain.Date) {
	if *held == nil || day > **held {
		*held = &day
	}
}

// vacancies recounts vacancy totals.
func (b *base) vacancies(f domain.TotalsFilter) map[key]domain.VacancyTotal {
	totals := map[key]domain.VacancyTotal{}
	for _, day := range f.Months {
		places := b.places(f, day, "vacancies")
		reports := func(o *organisation) bool {
			for i := range o.cells {
				if o.cells[i].month == day {
					return true
				}
			}
			return false
		}
		covered, empty := covers(f, day, places, reports, never, never)
		rows := newTally[vacancyRow](f, day, empty)
		for i := range places {
			where := &places[i]
			for j := range where.of.cells {
				c := &where.of.cells[j]
				x := figureOf{group: c.group, role: c.role, band: c.band, area: c.area, digital: b.digital(c.role, c.area)}
				if c.month != day || !wanted(f, x) {
					continue
				}
				for _, row := range rows.of(where, x) {
					countCell(&row.VacancyTotal, c)
					note(&row.gaps, where.of.code, c.budgeted != nil && c.contracted != nil)
					note(&row.reported, where.of.code, c.reported != nil)
					note(&row.advertised, where.of.code, c.advertised != nil)
				}
			}
		}
		for k, row := range rows.rows {
			c := covered[k.ofPlace()]
			row.Reporting, row.Expected, row.Estimated = c.reporting, c.expected, c.estimated
			row.WithGap, row.WithReported, row.WithAdvertised = len(row.gaps), len(row.reported), len(row.advertised)
			totals[k] = row.VacancyTotal
		}
	}
	return totals
}

// vacancyRow is a row and the organisations of which it holds each kind of figure.
type vacancyRow struct {
	domain.VacancyTotal
	gaps, reported, advertised map[string]bool
}

// note remembers an organisation of a row.
func note(held *map[string]bool, organisation string, yes bool) {
	if !yes {
		return
	}
	if *held == nil {
		*held = map[string]bool{}
	}
	(*held)[organisation] = true
}

func countCell(row *domain.VacancyTotal, c *cell) {
	row.Cells++
	for _, part := range []struct {
		sum   **domain.FTE
		value *int64
	}{{&row.Budgeted, c.budgeted}, {&row.Contracted, c.contracted}, {&row.Bank, c.bank}, {&row.Agency, c.agency}} {
		if part.value != nil {
			add(part.sum, *part.value)
		}
	}
	for _, part := range []struct {
		sum   **int
		value *int64
	}{{&row.Reported, c.reported}, {&row.Advertised, c.advertised}, {&row.Headcount, c.persons}} {
		if part.value != nil {
			add(part.sum, *part.value)
		}
	}
	if c.budgeted == nil || c.contracted == nil {
		row.Incomplete++
	} else {
		gap := *c.budgeted - *c.contracted
		add(&row.Vacancy, gap)
		add(&row.VacancyGross, max(gap, 0))
		add(&row.RateBudgeted, *c.budgeted)
		if c.bank != nil {
			add(&row.Cover, *c.bank)
		}
		if c.agency != nil {
			add(&row.Cover, *c.agency)
		}
	}
	if c.reported != nil && c.persons != nil {
		add(&row.RateReported, *c.reported)
		add(&row.RateHeadcount, *c.persons)
	}
	earliest(&row.OldestReceived, c.received)
	latest(&row.NewestReceived, c.received)
}
