package repository_test

import (
	"slices"

	"skillstracker/domain"
)

// current is the assessment that counts on a day: the latest that is not older than
// the validity; of one day the assessor's before the manager's before the person's.
func (p *modelPerson) current(f domain.TotalsFilter) *modelAssessment {
	order := []string{"self", "manager", "assessor"}
	var best *modelAssessment
	for i := range p.assessments {
		a := &p.assessments[i]
		if a.framework != int(f.Framework.ID) || a.on > f.AsAt || a.on < f.AsAt.AddMonths(-f.Framework.ValidityMonths) {
			continue
		}
		if best == nil || a.on > best.on || a.on == best.on && slices.Index(order, a.kind) > slices.Index(order, best.kind) {
			best = a
		}
	}
	return best
}

// counted says whether a person is in the population on a day, in which staff
// group and band, and with which current assessment.
func (p *modelPerson) counted(f domain.TotalsFilter, listed bool) (in bool, group, band string, assessment *modelAssessment) {
	covered := slices.ContainsFunc(p.spells, func(s domain.Spell) bool { return s.Covers(f.AsAt) })
	assessment = p.current(f)
	if listed && (!covered || len(p.versions) == 0) || !listed && (assessment == nil || !covered && len(p.spells) > 0) {
		return false, "", "", nil
	}
	if len(p.versions) == 0 {
		return true, assessment.group, assessment.band, assessment
	}
	held := p.versions[0]
	for _, v := range p.versions {
		if v.from <= f.AsAt {
			held = v
		}
	}
	return held.inPost, held.group, held.band, assessment
}

// skills works out the totals of digital literacy.
func (m *model) skills(f domain.TotalsFilter) map[domain.Group]domain.SkillsTotal {
	people := make(map[domain.Group]*domain.SkillsTotal)
	levels := make(map[domain.Group]map[string][]domain.Level)
	lists := make(map[domain.Group]int)
	reporting, expected := make(map[domain.Group]int), make(map[domain.Group]int)
	for i := range m.organisations {
		o := &m.organisations[i]
		where, in := m.groupOf(o, f.AsAt, f)
		if !in || !o.isOpen(f.AsAt) {
			continue
		}
		if o.expected("assessments", f.AsAt) {
			expected[where]++
			if !f.Has(domain.ByStaffGroup) && !f.Has(domain.ByBand) && people[where] == nil {
				people[where] = &domain.SkillsTotal{Group: where}
			}
		}
		listed := slices.ContainsFunc(o.lists, func(on domain.Date) bool { return on <= f.AsAt })
		if listed {
			lists[where]++
		}
		reports := false
		for j := range m.people {
			p := &m.people[j]
			if p.organisation != o.code {
				continue
			}
			reports = reports || p.current(f) != nil
			counted, staffGroup, band, a := p.counted(f, listed)
			g, wanted := brokenDown(where, f, staffGroup, band, "")
			if !counted || !wanted {
				continue
			}
			if people[g] == nil {
				people[g] = &domain.SkillsTotal{Group: g}
			}
			countPerson(people[g], a, listed)
			if a != nil {
				if levels[g] == nil {
					levels[g] = make(map[string][]domain.Level)
				}
				for place, level := range a.levels {
					code := f.Framework.Competences[place].Code
					levels[g][code] = append(levels[g][code], level)
				}
			}
		}
		if reports {
			reporting[where]++
		}
	}
	totals := make(map[domain.Group]domain.SkillsTotal)
	for g, total := range people {
		where := g
		where.StaffGroup, where.Band = "", ""
		total.Reporting, total.Expected, total.Listed = reporting[where], expected[where], lists[where]
		if total.Listed == 0 {
			total.StaffInPost = nil
		} else if total.StaffInPost == nil {
			total.StaffInPost = new(int)
		}
		if !f.Has(domain.ByCompetence) {
			totals[g] = *total
			continue
		}
		for _, c := range f.Framework.Competences {
			if asked(f.Competences, c.Code) {
				row := withLevels(*total, c, levels[g][c.Code])
				totals[row.Group] = row
			}
		}
	}
	return totals
}

func countPerson(total *domain.SkillsTotal, a *modelAssessment, listed bool) {
	if listed {
		if total.StaffInPost == nil {
			total.StaffInPost = new(int)
		}
		*total.StaffInPost++
	}
	if a == nil {
		return
	}
	total.Assessed++
	if listed {
		total.AssessedListed++
	}
	switch a.kind {
	case "self":
		total.BySelf++
	case "manager":
		total.ByManager++
	case "assessor":
		total.ByAssessor++
	}
	if total.Newest == nil || a.on > *total.Newest {
		total.Newest = &a.on
	}
	if total.Oldest == nil || a.on < *total.Oldest {
		total.Oldest = &a.on
	}
}

func withLevels(total domain.SkillsTotal, c domain.Competence, answers []domain.Level) domain.SkillsTotal {
	total.Competence = c.Code
	total.Levels = make([]int, c.MaxLevel+1)
	for _, level := range answers {
		switch level {
		case domain.NotAssessed:
		case domain.NotApplicable:
			total.NotApplied++
		default:
			total.Levels[level]++
			total.Answered++
		}
	}
	return total
}

// brokenDown completes a group; false when the filter leaves the figure out.
func brokenDown(g domain.Group, f domain.TotalsFilter, group, band, digital string) (domain.Group, bool) {
	if f.Has(domain.ByStaffGroup) {
		g.StaffGroup = group
	}
	if f.Has(domain.ByBand) {
		g.Band = band
	}
	if f.Has(domain.ByDigital) {
		g.Digital = digital
	}
	return g, asked(f.StaffGroups, group) && asked(f.Bands, band) && asked(f.Digital, digital)
}
