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

// stating counts organisations by what they state of a row.
type stating struct {
	gap, reported, advertised map[string]bool
}

func (m *model) vacanciesOf(month domain.Date, f domain.TotalsFilter) map[domain.Group]domain.VacancyTotal {
	totals := make(map[domain.Group]domain.VacancyTotal)
	known := make(map[domain.Group]domain.Coverage)
	states := make(map[domain.Group]stating)
	for i := range m.organisations {
		o := &m.organisations[i]
		where, estimated, in := m.placed(o, month, f)
		if !in {
			continue
		}
		returned := false
		for _, c := range m.cells {
			if c.organisation != o.code || c.month != month {
				continue
			}
			returned = true
			if !c.wanted(f) {
				continue
			}
			for _, g := range rowsOf(onlyAsked(c.of(where), f), f) {
				totals[g] = c.addTo(totals[g])
				if _, begun := states[g]; !begun {
					states[g] = stating{make(map[string]bool), make(map[string]bool), make(map[string]bool)}
				}
				c.state(states[g])
			}
		}
		places := make(map[domain.Group]bool)
		for _, g := range rowsOf(where, f) {
			if _, held := totals[g]; !held && ofPlaces(g, f) && o.expected("vacancies", month) {
				totals[g] = domain.VacancyTotal{}
			}
			places[placeOf(g)] = true
		}
		for p := range places {
			covers := known[p]
			covers.Expected += oneIf(o.expected("vacancies", month))
			covers.Reporting += oneIf(returned)
			covers.Estimated += oneIf(estimated)
			known[p] = covers
		}
	}
	for g, total := range totals {
		covers := known[placeOf(g)]
		total.Group, total.Month = g, &month
		total.Reporting, total.Expected, total.Estimated = covers.Reporting, covers.Expected, covers.Estimated
		total.WithGap, total.WithReported, total.WithAdvertised = len(states[g].gap), len(states[g].reported), len(states[g].advertised)
		totals[g] = total
	}
	return totals
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (c modelCell) wanted(f domain.TotalsFilter) bool {
	return asked(f.StaffGroups, c.group) && asked(f.JobRoles, c.role) && asked(f.Bands, c.band) &&
		asked(f.AreasOfWork, c.area) && asked(f.Digital, c.digital)
}

// of completes the group of a place by all that the cell is about.
func (c modelCell) of(g domain.Group) domain.Group {
	g.StaffGroup, g.JobRole, g.Band, g.AreaOfWork, g.Digital = c.group, c.role, c.band, c.area, c.digital
	return g
}

func (c modelCell) state(s stating) {
	if c.measures[0].Valid && c.measures[1].Valid {
		s.gap[c.organisation] = true
	}
	if c.measures[4].Valid {
		s.reported[c.organisation] = true
	}
	if c.measures[5].Valid {
		s.advertised[c.organisation] = true
	}
}

// addTo adds a cell's figures to a row.
func (c modelCell) addTo(total domain.VacancyTotal) domain.VacancyTotal {
	total.Cells++
	if total.OldestReceived == nil || c.received < *total.OldestReceived {
		total.OldestReceived = &c.received
	}
	if total.NewestReceived == nil || c.received > *total.NewestReceived {
		total.NewestReceived = &c.received
	}
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
