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
		rows := map[key]*domain.VacancyTotal{}
		for k := range empty {
			rows[k] = &domain.VacancyTotal{}
		}
		gaps, reported, advertised := map[key]map[string]bool{}, map[key]map[string]bool{}, map[key]map[string]bool{}
		for _, p := range places {
			for i := range p.of.cells {
				c := &p.of.cells[i]
				x := figureOf{group: c.group, role: c.role, band: c.band, area: c.area, digital: b.digital(c.role, c.area)}
				if c.month != day || !wanted(f, x) {
					continue
				}
				for _, k := range groups(f, day, p, x) {
					if rows[k] == nil {
						rows[k] = &domain.VacancyTotal{}
					}
					countCell(rows[k], c)
					note(gaps, k, p.of.code, c.budgeted != nil && c.contracted != nil)
					note(reported, k, p.of.code, c.reported != nil)
					note(advertised, k, p.of.code, c.advertised != nil)
				}
			}
		}
		for k, row := range rows {
			c := covered[k.ofPlace()]
			row.Reporting, row.Expected, row.Estimated = c.reporting, c.expected, c.estimated
			row.WithGap, row.WithReported, row.WithAdvertised = len(gaps[k]), len(reported[k]), len(advertised[k])
			totals[k] = *row
		}
	}
	return totals
}

// note remembers an organisation of a row.
func note(held map[key]map[string]bool, k key, organisation string, yes bool) {
	if !yes {
		return
	}
	if held[k] == nil {
		held[k] = map[string]bool{}
	}
	held[k][organisation] = true
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
