package recount_test

import (
	"slices"

	"skillstracker/domain"
)

// counting returns the assessment that counts for a person on a day.
func (b *base) counting(f domain.TotalsFilter, p *person, day domain.Date) *assessment {
	strength := []string{"self", "manager", "assessor"}
	var best *assessment
	for i := range p.assessments {
		a := &p.assessments[i]
		if a.on > day || !contains(f.AssessorKinds, a.kind) {
			continue
		}
		if a.version != int(f.Framework.ID) {
			if f.Crosswalk.Code == "" || a.version != int(f.Crosswalk.From.ID) {
				continue
			}
		}
		switch {
		case best == nil, a.on > best.on,
			a.on == best.on && slices.Index(strength, a.kind) > slices.Index(strength, best.kind),
			a.on == best.on && a.kind == best.kind && a.version == int(f.Framework.ID):
			best = a
		}
	}
	if best != nil && best.version != int(f.Framework.ID) {
		return b.translated(f, best)
	}
	return best
}

// translated is an assessment by another framework version as the crosswalk reads it.
func (b *base) translated(f domain.TotalsFilter, a *assessment) *assessment {
	into := *a
	into.levels, into.needs = b.translate(f, a.levels), nil
	if a.needs != nil {
		into.needs = b.translate(f, a.needs)
	}
	return &into
}

func (b *base) translate(f domain.TotalsFilter, answers []int) []int {
	from := b.place[int(f.Crosswalk.From.ID)]
	found := make([]int, len(f.Framework.Competences))
	for i, c := range f.Framework.Competences {
		found[i] = -2
		notApplicable, answered := 0, map[string]bool{}
		for _, l := range f.Crosswalk.Levels {
			if l.ToCompetence != c.Code {
				continue
			}
			answer := answers[from[l.FromCompetence]]
			if answer == int(l.FromLevel) && (found[i] < 0 || int(l.ToLevel) < found[i]) {
				found[i] = int(l.ToLevel)
			}
			if answer != -2 && !answered[l.FromCompetence] {
				answered[l.FromCompetence] = true
				if answer == -1 {
					notApplicable++
				}
			}
		}
		if found[i] == -2 && len(answered) > 0 && notApplicable == len(answered) {
			found[i] = -1
		}
	}
	return found
}

// expectedLevel is the target for a person in a competence: of those of the person's
// organisation, or else of the nation's.
func expectedLevel(own, national []target, x figureOf, competence domain.Competence) *int {
	for _, effective := range [][]target{own, national} {
		best, bestRank := (*int)(nil), 99
		for _, g := range effective {
			if g.competence != competence.Code && g.domain != competence.Domain {
				continue
			}
			if !fits(g.role, x.role) || !fits(g.group, x.group) || !fits(g.band, x.band) {
				continue
			}
			rank := 2 * rankOf(g)
			if g.competence == domain.NotGiven {
				rank++
			}
			if rank < bestRank {
				best, bestRank = g.level, rank
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

func fits(of, held string) bool { return of == domain.NotGiven || of == held }

func rankOf(g target) int {
	role, group, band := g.role != domain.NotGiven, g.group != domain.NotGiven, g.band != domain.NotGiven
	switch {
	case role && band:
		return 1
	case role:
		return 2
	case group && band:
		return 3
	case group:
		return 4
	case band:
		return 5
	}
	return 6
}

// effective are the targets of an owner that hold on a day.
func (b *base) effective(f domain.TotalsFilter, day domain.Date, owner string) []target {
	type name struct{ competence, domain, role, group, band string }
	newest := map[name]target{}
	for _, g := range b.targets {
		if g.owner != owner || g.version != int(f.Framework.ID) || g.from > day {
			continue
		}
		n := name{g.competence, g.domain, g.role, g.group, g.band}
		if held, is := newest[n]; !is || g.from > held.from {
			newest[n] = g
		}
	}
	var found []target
	for _, g := range newest {
		if g.level != nil {
			found = append(found, g)
		}
	}
	return found
}

// skillsRow gathers one group of people, and what they answered about each subject.
type skillsRow struct {
	domain.SkillsTotal
	staff   int
	answers []answersRow
}

// skills recounts digital-literacy totals.
func (b *base) skills(f domain.TotalsFilter) map[key]domain.SkillsTotal {
	totals := map[key]domain.SkillsTotal{}
	about := subjects(f)
	for _, day := range f.Months {
		places := b.places(f, day, "assessments")
		current := day.AddMonths(-f.Framework.ValidityMonths)
		reports := func(o *organisation) bool {
			for _, p := range o.people {
				for i := range p.assessments {
					if a := &p.assessments[i]; a.version == int(f.Framework.ID) && a.on <= day && a.on >= current {
						return true
					}
				}
			}
			return false
		}
		listed := func(o *organisation) bool { return o.listedOn(day) }
		covered, empty := covers(f, day, places, reports, listed, never)
		rows := newTally[skillsRow](f, day, empty) // without competence and domain
		national := b.effective(f, day, domain.NationCode)
		for i := range places {
			where := &places[i]
			count := counter{
				base: b, f: f, day: day, current: current, where: where, listed: listed(where.of), about: about,
				own: b.effective(f, day, where.of.code), national: national, targets: map[figureOf][]*int{},
			}
			for _, p := range where.of.people {
				count.person(p, rows)
			}
		}
		for cohort, row := range rows.rows {
			c := covered[cohort.ofPlace()]
			for i, of := range about {
				k := cohort
				k.Competence, k.Domain = of.competence, of.domain
				var answers answersRow
				if row.answers != nil {
					answers = row.answers[i]
				}
				totals[k] = row.total(f, of, &answers, c)
			}
		}
	}
	return totals
}

// counter counts the people of an organisation at a reference date.
type counter struct {
	*base
	f             domain.TotalsFilter
	day, current  domain.Date
	where         *place
	listed        bool
	about         []subject
	own, national []target
	targets       map[figureOf][]*int // met before, by group, role and band
}

func (c *counter) person(p *person, rows *tally[skillsRow]) {
	a := c.counting(c.f, p, c.day)
	isCurrent := a != nil && a.on >= c.current
	v, inPost := p.held(c.day)
	var x figureOf
	switch {
	case inPost:
		x = c.figureOfStaff(v)
	case len(p.spells) == 0 && !c.listed && isCurrent:
		x = figureOf{group: a.group, role: a.role, band: a.band, team: a.team, area: domain.NotGiven, digital: c.digital(a.role, domain.NotGiven)}
	default:
		return
	}
	if !c.listed && !isCurrent || !wanted(c.f, x) {
		return
	}
	if c.f.Has(domain.ByAssessorKind) {
		if !isCurrent {
			return
		}
		x.assessor = a.kind
	}
	var answered []answer
	if isCurrent {
		answered = answers(c.f, c.about, a, c.targetsFor(x))
	}
	for _, row := range rows.of(c.where, x) {
		countCurrency(row, c.f, c.day, a, isCurrent, c.listed)
		row.count(c.f, answered)
	}
}

// targetsFor are the targets of a person in every competence, nil for none.
func (c *counter) targetsFor(x figureOf) []*int {
	of := figureOf{group: x.group, role: x.role, band: x.band}
	found, known := c.targets[of]
	if !known {
		for _, competence := range c.f.Framework.Competences {
			found = append(found, expectedLevel(c.own, c.national, x, competence))
		}
		c.targets[of] = found
	}
	return found
}

func countCurrency(row *skillsRow, f domain.TotalsFilter, day domain.Date, a *assessment, isCurrent, listed bool) {
	if listed {
		row.staff++
		switch {
		case a == nil:
			row.NeverAssessed++
		case !isCurrent:
			row.Overdue++
		case a.on < (day + 90).AddMonths(-f.Framework.ValidityMonths):
			row.Due++
		}
	}
	if !isCurrent {
		return
	}
	row.Assessed++
	if listed {
		row.AssessedListed++
	}
	switch a.kind {
	case "self":
		row.BySelf++
	case "manager":
		row.ByManager++
	case "assessor":
		row.ByAssessor++
	}
	earliest(&row.Oldest, a.on)
	latest(&row.Newest, a.on)
	if f.Framework.Scoring == domain.ScoringTasks && !f.Has(domain.ByCompetence) && !f.Has(domain.ByDomain) {
		all, reached := true, true
		for i, c := range f.Framework.Competences {
			all = all && a.levels[i] >= 0
			reached = reached && a.levels[i] >= int(c.Threshold)
		}
		if all {
			row.ReachedBase++
			if reached {
				row.Reached++
			}
		}
	}
}

func (r *skillsRow) total(f domain.TotalsFilter, of subject, answers *answersRow, c cover) domain.SkillsTotal {
	total := r.SkillsTotal
	total.Reporting, total.Expected, total.Estimated, total.Listed = c.reporting, c.expected, c.estimated, c.listed
	if c.listed > 0 && !f.Has(domain.ByAssessorKind) {
		total.StaffInPost = &r.staff
	}
	if f.Has(domain.ByAssessorKind) {
		total.Due, total.Overdue, total.NeverAssessed = 0, 0, 0
	}
	answers.into(&total, f, of)
	return total
}
