package repository_test

import "skillstracker/domain"

// vacancies works out the totals of vacancies, by the group without its month and
// the month.
func (m *model) vacancies(f domain.TotalsFilter) map[domain.Date]map[domain.Group]domain.VacancyTotal {
	all := make(map[domain.Date]map[domain.Group]domain.VacancyTotal)
	for _, month := range f.Months {
		all[month] = m.vacanciesOf(month, f)
	}
	return all
}

func (m *model) vacanciesOf(month domain.Date, f domain.TotalsFilter) map[domain.Group]domain.VacancyTotal {
	totals := make(map[domain.Group]domain.VacancyTotal)
	reporting, expected := make(map[domain.Group]int), make(map[domain.Group]int)
	finer := f.Has(domain.ByStaffGroup) || f.Has(domain.ByBand) || f.Has(domain.ByDigital)
	for i := range m.organisations {
		o := &m.organisations[i]
		where, in := m.groupOf(o, month, f)
		if !in || !o.isOpen(month) {
			continue
		}
		if o.expected("vacancies", month) {
			expected[where]++
			if _, known := totals[where]; !known && !finer {
				totals[where] = domain.VacancyTotal{Group: where}
			}
		}
		returned := false
		for _, c := range m.cells {
			if c.organisation != o.code || c.month != month {
				continue
			}
			returned = true
			if g, wanted := brokenDown(where, f, c.group, c.band, c.digital); wanted {
				totals[g] = c.addTo(totals[g])
			}
		}
		if returned {
			reporting[where]++
		}
	}
	for g, total := range totals {
		where := g
		where.StaffGroup, where.Band, where.Digital = "", "", ""
		total.Group, total.Month = g, &month
		total.Reporting, total.Expected = reporting[where], expected[where]
		totals[g] = total
	}
	return totals
}

// addTo adds a cell's figures to a row.
func (c modelCell) addTo(total domain.VacancyTotal) domain.VacancyTotal {
	total.Cells++
	addFTE := func(sum **domain.FTE, value int64) {
		next := domain.FTE(value)
		if *sum != nil {
			next += **sum
		}
		*sum = &next
	}
	addCount := func(sum **int, value int64) {
		next := int(value)
		if *sum != nil {
			next += **sum
		}
		*sum = &next
	}
	for place, sum := range []**domain.FTE{&total.Budgeted, &total.Contracted, &total.Bank, &total.Agency} {
		if c.measures[place].Valid {
			addFTE(sum, c.measures[place].Int64)
		}
	}
	for place, sum := range []**int{&total.Reported, &total.Advertised, &total.Headcount} {
		if c.measures[4+place].Valid {
			addCount(sum, c.measures[4+place].Int64)
		}
	}
	if budgeted, contracted := c.measures[0], c.measures[1]; budgeted.Valid && contracted.Valid {
		addFTE(&total.Vacancy, budgeted.Int64-contracted.Int64)
		addFTE(&total.VacancyGross, max(0, budgeted.Int64-contracted.Int64))
		addFTE(&total.RateBudgeted, budgeted.Int64)
		if bank, agency := c.measures[2], c.measures[3]; bank.Valid || agency.Valid {
			addFTE(&total.Cover, bank.Int64+agency.Int64)
		}
	} else {
		total.Incomplete++
	}
	if reported, headcount := c.measures[4], c.measures[6]; reported.Valid && headcount.Valid {
		addCount(&total.RateReported, reported.Int64)
		addCount(&total.RateHeadcount, headcount.Int64)
	}
	return total
}
