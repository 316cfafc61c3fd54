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

// expectedLevel is the target for a person in a competence.
func (b *base) expectedLevel(f domain.TotalsFilter, day domain.Date, owner string, x figureOf, competence domain.Competence) *int {
	for _, by := range []string{owner, domain.NationCode} {
		best, bestRank := (*int)(nil), 99
		for _, g := range b.effective(f, day, by) {
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

// skillsRow gathers one group of people.
type skillsRow struct {
	domain.SkillsTotal
	staff             int
	wanted            []*int // targets of those with a level, nil for none
	gaps, needs       []int
	withGap, withNeed bool
}

// skills recounts digital-literacy totals.
func (b *base) skills(f domain.TotalsFilter) map[key]domain.SkillsTotal {
	totals := map[key]domain.SkillsTotal{}
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
		rows := map[key]*skillsRow{}
		people := map[key]*skillsRow{} // by cohort, without competence and domain
		for k := range empty {
			people[k] = &skillsRow{}
		}
		for _, where := range places {
			memo := map[figureOf][]*int{}
			for _, p := range where.of.people {
				b.countPerson(f, day, current, where, p, memo, people, rows)
			}
		}
		for cohort, who := range people {
			for _, k := range subjects(f, cohort) {
				row := rows[k]
				if row == nil {
					row = &skillsRow{}
				}
				c := covered[cohort.ofPlace()]
				totals[k] = row.total(f, k, who, c)
			}
		}
	}
	return totals
}

// subjects are the rows of a cohort: one for each competence or domain asked for.
func subjects(f domain.TotalsFilter, cohort key) []key {
	byCompetence, byDomain := f.Has(domain.ByCompetence), f.Has(domain.ByDomain)
	if !byCompetence && !byDomain {
		return []key{cohort}
	}
	var found []key
	for _, c := range f.Framework.Competences {
		k := cohort
		if byDomain {
			k.Domain = c.Domain
		}
		if byCompetence {
			k.Competence = c.Code
		}
		if contains(f.Domains, c.Domain) && (!byCompetence || contains(f.Competences, c.Code)) && !slices.Contains(found, k) {
			found = append(found, k)
		}
	}
	return found
}

func (b *base) countPerson(f domain.TotalsFilter, day, current domain.Date, where place, p *person, memo map[figureOf][]*int, people, rows map[key]*skillsRow) {
	listed := where.of.listedOn(day)
	a := b.counting(f, p, day)
	isCurrent := a != nil && a.on >= current
	v, inPost := p.held(day)
	var x figureOf
	switch {
	case inPost:
		x = b.figureOfStaff(v)
	case len(p.spells) == 0 && !listed && isCurrent:
		x = figureOf{group: a.group, role: a.role, band: a.band, team: a.team, area: domain.NotGiven, digital: b.digital(a.role, domain.NotGiven)}
	default:
		return
	}
	if !listed && !isCurrent || !wanted(f, x) {
		return
	}
	if f.Has(domain.ByAssessorKind) {
		if !isCurrent {
			return
		}
		x.assessor = a.kind
	}
	for _, over := range dropped(f) {
		cohort := keyOf(f, over, day, where, x)
		if people[cohort] == nil {
			people[cohort] = &skillsRow{}
		}
		countCurrency(people[cohort], f, day, a, isCurrent, listed)
		if !isCurrent {
			continue
		}
		targets, known := memo[figureOf{group: x.group, role: x.role, band: x.band}]
		if !known {
			for _, c := range f.Framework.Competences {
				targets = append(targets, b.expectedLevel(f, day, where.of.code, x, c))
			}
			memo[figureOf{group: x.group, role: x.role, band: x.band}] = targets
		}
		for _, k := range subjects(f, cohort) {
			if rows[k] == nil {
				rows[k] = &skillsRow{}
			}
			rows[k].countAnswers(f, k, a, targets)
		}
	}
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

// countAnswers counts what a person answered about the subject of a row.
func (r *skillsRow) countAnswers(f domain.TotalsFilter, k key, a *assessment, targets []*int) {
	if r.gaps == nil {
		r.gaps, r.needs = make([]int, f.Framework.MaxLevel()+1), make([]int, f.Framework.MaxLevel()+1)
	}
	lowest, notApplicable, gap, need := -1, false, -1, -1
	var one *int
	for i, c := range f.Framework.Competences {
		if k.Competence != "" && c.Code != k.Competence || k.Domain != "" && c.Domain != k.Domain {
			continue
		}
		level := a.levels[i]
		if level == -1 {
			notApplicable = true
		}
		if level < 0 {
			continue
		}
		if lowest < 0 || level < lowest {
			lowest = level
		}
		if targets[i] != nil {
			one = targets[i]
			gap = max(gap, *targets[i]-level, 0)
		}
		if a.needs != nil && a.needs[i] >= 0 {
			need = max(need, a.needs[i]-level, 0)
		}
	}
	if lowest >= 0 {
		r.wanted = append(r.wanted, one)
		if k.Competence != "" || k.Domain != "" {
			r.Answered++
			for len(r.Levels) <= lowest {
				r.Levels = append(r.Levels, 0)
			}
			r.Levels[lowest]++
		}
	} else if notApplicable && (k.Competence != "" || k.Domain != "") {
		r.NotApplied++
	}
	if gap >= 0 {
		r.gaps[gap]++
		r.withGap = true
	}
	if need >= 0 {
		r.needs[need]++
		r.withNeed = true
	}
}

func (r *skillsRow) total(f domain.TotalsFilter, k key, who *skillsRow, c cover) domain.SkillsTotal {
	total := who.SkillsTotal
	total.Reporting, total.Expected, total.Estimated, total.Listed = c.reporting, c.expected, c.estimated, c.listed
	if c.listed > 0 && !f.Has(domain.ByAssessorKind) {
		total.StaffInPost = &who.staff
	}
	if f.Has(domain.ByAssessorKind) {
		total.Due, total.Overdue, total.NeverAssessed = 0, 0, 0
	}
	total.Answered, total.NotApplied = r.Answered, r.NotApplied
	if k.Competence != "" || k.Domain != "" {
		highest := 0
		for _, of := range f.Framework.Competences {
			if of.Code == k.Competence || k.Competence == "" && of.Domain == k.Domain {
				highest = max(highest, int(of.MaxLevel))
			}
		}
		total.Levels = make([]int, highest+1)
		copy(total.Levels, r.Levels)
	}
	if r.withGap {
		total.Gaps = r.gaps
	}
	if r.withNeed {
		total.NeedGaps = r.needs
	}
	has, lacks, same := 0, 0, true
	for _, t := range r.wanted {
		if t == nil {
			lacks++
			continue
		}
		has++
		same = same && *t == *r.firstWanted()
	}
	if k.Competence == "" {
		total.TargetsVary = has > 0
		return total
	}
	switch {
	case has == 0:
	case lacks == 0 && same:
		level := domain.Level(*r.firstWanted())
		total.Target = &level
	default:
		total.TargetsVary = true
	}
	return total
}

func (r *skillsRow) firstWanted() *int {
	for _, t := range r.wanted {
		if t != nil {
			return t
		}
	}
	return nil
}
