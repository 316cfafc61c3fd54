package repository_test

import (
	"slices"
	"strings"

	"skillstracker/domain"
)

// standing returns the version of an organisation that holds on a day, the first
// one before it began.
func (o *modelOrganisation) standing(on domain.Date) domain.OrganisationVersion {
	held := o.versions[0]
	for _, v := range o.versions {
		if v.ValidFrom <= on {
			held = v
		}
	}
	return held
}

func (o *modelOrganisation) isOpen(on domain.Date) bool {
	return (o.opened == nil || *o.opened <= on) && (o.closed == nil || on <= *o.closed)
}

func (o *modelOrganisation) expected(kind string, on domain.Date) bool {
	from, reports := o.reportsFrom[kind]
	return reports && from <= on && o.isOpen(on)
}

func (m *model) organisation(code string) *modelOrganisation {
	for i := range m.organisations {
		if m.organisations[i].code == code {
			return &m.organisations[i]
		}
	}
	return nil
}

func (m *model) nameOf(code string, on domain.Date) string {
	if o := m.organisation(code); o != nil {
		return o.standing(on).Name
	}
	return ""
}

// standIns are the organisations that stand today for one that is closed, itself when
// nothing took over from it.
func (m *model) standIns(o *modelOrganisation, today domain.Date) []string {
	var found []string
	if !o.isOpen(today) {
		for _, next := range o.successors {
			if next.from <= today {
				found = append(found, m.standIns(m.organisation(next.code), today)...)
			}
		}
	}
	if len(found) == 0 {
		return []string{o.code}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func asked(list []string, value string) bool { return len(list) == 0 || slices.Contains(list, value) }

// groupOf is the group of an organisation's figures on a day, false when the
// filter leaves the organisation out.
func (m *model) groupOf(o *modelOrganisation, on domain.Date, f domain.TotalsFilter) (domain.Group, bool) {
	g, _, in := m.placed(o, on, f)
	return g, in
}

// placed is groupOf, and whether the membership is that of a later edition.
func (m *model) placed(o *modelOrganisation, on domain.Date, f domain.TotalsFilter) (g domain.Group, estimated, in bool) {
	if o.kind == "region" || o.kind == "icb" || o.kind == "nation" || !o.isOpen(on) {
		return domain.Group{}, false, false
	}
	if f.Basis == domain.BasisAsNow {
		on = f.Today
		standIns := m.standIns(o, on)
		if len(standIns) > 1 {
			const split = domain.UnassignedSplit
			g = domain.Group{Region: split, RegionName: split, ICB: split, ICBName: split, Organisation: split, Name: split, Sector: o.sector, Kind: o.kind}
			return onlyAsked(g, f), false, passes(g, f)
		}
		o = m.organisation(standIns[0])
	}
	v := o.standing(on)
	g = domain.Group{
		Region: v.Region, RegionName: m.nameOf(v.Region, on), ICB: v.ICB, ICBName: m.nameOf(v.ICB, on),
		Organisation: o.code, Name: v.Name, Sector: o.sector, Kind: o.kind,
	}
	return onlyAsked(g, f), on < o.versions[0].ValidFrom, passes(g, f)
}

// passes says whether a place is one of those asked for.
func passes(g domain.Group, f domain.TotalsFilter) bool {
	return asked(f.Regions, g.Region) && asked(f.ICBs, g.ICB) && asked(f.Organisations, g.Organisation) &&
		asked(f.Sectors, g.Sector) && asked(f.Kinds, g.Kind)
}

// everyDimension lists what a group can be broken down by, the chain of places first.
func everyDimension() []domain.Dimension {
	return []domain.Dimension{
		domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector, domain.ByKind, domain.ByStaffGroup, domain.ByJobRole,
		domain.ByBand, domain.ByAreaOfWork, domain.ByDigital, domain.ByTeam, domain.ByAssessorKind, domain.ByCompetence, domain.ByDomain,
	}
}

// without empties what a group says of a dimension.
func without(g domain.Group, d domain.Dimension) domain.Group {
	switch d {
	case domain.ByRegion:
		g.Region, g.RegionName = "", ""
	case domain.ByICB:
		g.ICB, g.ICBName = "", ""
	case domain.ByOrganisation:
		g.Organisation, g.Name = "", ""
	case domain.BySector:
		g.Sector = ""
	case domain.ByKind:
		g.Kind = ""
	case domain.ByStaffGroup:
		g.StaffGroup = ""
	case domain.ByJobRole:
		g.JobRole = ""
	case domain.ByBand:
		g.Band = ""
	case domain.ByAreaOfWork:
		g.AreaOfWork = ""
	case domain.ByDigital:
		g.Digital = ""
	case domain.ByTeam:
		g.Team = ""
	case domain.ByAssessorKind:
		g.AssessorKind = ""
	case domain.ByCompetence:
		g.Competence = ""
	case domain.ByDomain:
		g.Domain = ""
	case domain.ByNation, domain.ByMonth, domain.ByQuarter:
	}
	return g
}

// onlyAsked empties what a group says of dimensions that it is not broken down by.
func onlyAsked(g domain.Group, f domain.TotalsFilter) domain.Group {
	for _, d := range everyDimension() {
		if !f.Has(d) {
			g = without(g, d)
		}
	}
	return g
}

// rowsOf are the groups of all rows in which a figure counts, by the dimensions over
// which they are subtotals: of all choices of dimensions those that leave no place
// coarser than one that they add up over.
func rowsOf(full domain.Group, f domain.TotalsFilter) map[string]domain.Group {
	chain := []domain.Dimension{domain.ByRegion, domain.ByICB, domain.ByOrganisation}
	rows := make(map[string]domain.Group)
	for choice := range 1 << len(f.GroupBy) {
		g, chosen, names := full, make(map[domain.Dimension]bool), []string(nil)
		for i, d := range f.GroupBy {
			if choice&(1<<i) != 0 {
				g, chosen[d], names = without(g, d), true, append(names, string(d))
			}
		}
		for i, d := range chain {
			for _, finer := range chain[i+1:] {
				if chosen[d] && f.Has(finer) && !chosen[finer] {
					choice = -1
				}
			}
		}
		for _, never := range []domain.Dimension{domain.ByNation, domain.ByMonth, domain.ByQuarter, domain.ByCompetence, domain.ByDomain} {
			if chosen[never] {
				choice = -1
			}
		}
		if choice < 0 || len(names) > 0 && !f.Subtotals {
			continue
		}
		g.Over = strings.Join(names, ",")
		rows[g.Over] = g
	}
	return rows
}

// isOver says whether a row is a subtotal over a dimension.
func isOver(g domain.Group, d domain.Dimension) bool {
	return slices.Contains(strings.Split(g.Over, ","), string(d))
}

// placeOf is the part of a row's group that is about organisations.
func placeOf(g domain.Group) domain.Group {
	var over []string
	for _, d := range everyDimension() {
		switch d {
		case domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector, domain.ByKind:
			if isOver(g, d) {
				over = append(over, string(d))
			}
		default:
			g = without(g, d)
		}
	}
	g.Over = strings.Join(over, ",")
	return g
}

// ofPlaces says whether a row is broken down by nothing but places and months.
func ofPlaces(g domain.Group, f domain.TotalsFilter) bool {
	for _, d := range f.GroupBy {
		switch d {
		case domain.ByNation, domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector, domain.ByKind, domain.ByMonth, domain.ByQuarter:
		default:
			if !isOver(g, d) {
				return false
			}
		}
	}
	return true
}
