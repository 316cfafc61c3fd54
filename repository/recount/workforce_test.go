package recount_test

import (
	"slices"

	"skillstracker/domain"
)

// held is what a person was on a day.
func (p *person) held(day domain.Date) (attributes, bool) {
	if len(p.versions) == 0 || !slices.ContainsFunc(p.spells, func(s spell) bool {
		return s.from <= day && (s.left == nil || day <= *s.left)
	}) {
		return attributes{}, false
	}
	found := p.versions[0]
	for _, v := range p.versions {
		if v.from <= day {
			found = v
		}
	}
	return found, found.inPost
}

// turns are the days on which being in post may begin or end.
func (p *person) turns() []domain.Date {
	var days []domain.Date
	for _, s := range p.spells {
		days = append(days, s.from)
		if s.left != nil {
			days = append(days, *s.left+1)
		}
	}
	for _, v := range p.versions {
		days = append(days, v.from)
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// estimatedLeaving says whether the spell that ended on the day before was ended by
// absence from a complete list.
func (p *person) estimatedLeaving(day domain.Date) bool {
	return slices.ContainsFunc(p.spells, func(s spell) bool { return s.left != nil && *s.left == day-1 && s.estimated })
}

func (b *base) figureOfStaff(v attributes) figureOf {
	return figureOf{group: v.group, role: v.role, band: v.band, area: v.area, team: v.team, digital: b.digital(v.role, v.area)}
}

func (o *organisation) listedOn(day domain.Date) bool {
	return slices.ContainsFunc(o.lists, func(at domain.Date) bool { return at <= day })
}

// workforce recounts workforce totals.
func (b *base) workforce(f domain.TotalsFilter) map[key]domain.WorkforceTotal {
	totals := map[key]domain.WorkforceTotal{}
	for _, day := range f.Months {
		since := day.AddMonths(-f.PeriodMonths).MonthEnd()
		places := b.places(f, day, "staff")
		listed := func(o *organisation) bool { return o.listedOn(day) }
		moving := func(o *organisation) bool { return o.openOn(since) && o.listedOn(since) }
		covered, empty := covers(f, day, places, listed, listed, moving)
		rows := newTally[workforceRow](f, day, empty)
		oldest, newest := map[key]*domain.Date{}, map[key]*domain.Date{}
		for i := range places {
			where := &places[i]
			if !listed(where.of) {
				continue
			}
			own := slices.Max(slices.DeleteFunc(slices.Clone(where.of.lists), func(at domain.Date) bool { return at > day }))
			for _, over := range rows.sets {
				k := keyOf(f, over, day, *where, figureOf{}).ofPlace()
				o, n := oldest[k], newest[k]
				earliest(&o, own)
				latest(&n, own)
				oldest[k], newest[k] = o, n
			}
			moves := moving(where.of)
			for _, p := range where.of.people {
				b.countMovement(since, where, p, moves, rows)
			}
		}
		for k, row := range rows.rows {
			c := covered[k.ofPlace()]
			totals[k] = row.total(c, oldest[k.ofPlace()], newest[k.ofPlace()])
		}
	}
	return totals
}

// workforceRow counts people and their FTE.
type workforceRow struct {
	now, opening, closing, starters, leavers, stayers, estimated count
}

type count struct {
	people int
	fte    domain.FTE
}

func (c *count) add(fte domain.FTE) { c.people++; c.fte += fte }

func (b *base) countMovement(since domain.Date, where *place, p *person, moving bool, rows *tally[workforceRow]) {
	day := rows.day
	at := func(v attributes, into func(*workforceRow)) {
		x := b.figureOfStaff(v)
		if !wanted(rows.f, x) {
			return
		}
		for _, row := range rows.of(where, x) {
			into(row)
		}
	}
	now, here := p.held(day)
	if here {
		at(now, func(r *workforceRow) { r.now.add(now.fte) })
	}
	if !moving {
		return
	}
	if here {
		at(now, func(r *workforceRow) { r.closing.add(now.fte) })
	}
	left := false
	for _, turn := range p.turns() {
		if turn <= since || turn > day {
			continue
		}
		before, was := p.held(turn - 1)
		after, is := p.held(turn)
		if !was && is {
			at(after, func(r *workforceRow) { r.starters.add(after.fte) })
		}
		if was && !is {
			left = true
			at(before, func(r *workforceRow) {
				r.leavers.add(before.fte)
				if p.estimatedLeaving(turn) {
					r.estimated.add(before.fte)
				}
			})
		}
	}
	if then, was := p.held(since); was {
		at(then, func(r *workforceRow) {
			r.opening.add(then.fte)
			if !left {
				r.stayers.add(then.fte)
			}
		})
	}
}

func (r *workforceRow) total(c cover, oldest, newest *domain.Date) domain.WorkforceTotal {
	total := domain.WorkforceTotal{
		Moving: c.moving, Coverage: domain.Coverage{Reporting: c.reporting, Expected: c.expected, Estimated: c.estimated},
		OldestList: oldest, NewestList: newest,
	}
	if c.listed > 0 {
		total.Headcount, total.FTE = &r.now.people, &r.now.fte
	}
	if c.moving > 0 {
		total.Opening, total.OpeningFTE = &r.opening.people, &r.opening.fte
		total.Closing, total.ClosingFTE = &r.closing.people, &r.closing.fte
		total.Starters, total.StarterFTE = &r.starters.people, &r.starters.fte
		total.Leavers, total.LeaverFTE = &r.leavers.people, &r.leavers.fte
		total.Stayers, total.StayerFTE = &r.stayers.people, &r.stayers.fte
		total.EstimatedLeavers = &r.estimated.people
	}
	return total
}
