package recount_test

import (
	"slices"
	"strings"

	"skillstracker/domain"
)

// place is where the figures of an organisation count at a reference date.
type place struct {
	of                 *organisation
	region, icb, code  string
	regionName         string
	icbName, name      string
	sector, kind       string
	estimated, expects bool
}

func (o *organisation) openOn(day domain.Date) bool {
	return (o.opened == nil || *o.opened <= day) && (o.closed == nil || day <= *o.closed)
}

// versionOn is the version that holds on a day; estimated before the first.
func (o *organisation) versionOn(day domain.Date) (version, bool) {
	held := o.versions[0]
	for _, v := range o.versions {
		if v.from <= day {
			held = v
		}
	}
	return held, day < o.versions[0].from
}

// ends follows successors as at a day: to the organisations that stand there now.
func (b *base) ends(code string, today domain.Date, seen map[string]bool) []string {
	if seen[code] {
		return nil
	}
	seen[code] = true
	o := b.organisations[code]
	var next []string
	for _, s := range o.successors {
		if s.on <= today {
			next = append(next, s.to)
		}
	}
	if o.openOn(today) || len(next) == 0 {
		return []string{code}
	}
	var found []string
	for _, n := range next {
		for _, e := range b.ends(n, today, seen) {
			if !slices.Contains(found, e) {
				found = append(found, e)
			}
		}
	}
	return found
}

func (b *base) nameOn(code string, day domain.Date) string {
	if o, held := b.organisations[code]; held && len(o.versions) > 0 {
		v, _ := o.versionOn(day)
		return v.name
	}
	return ""
}

// places are the members of a question at a reference date.
func (b *base) places(f domain.TotalsFilter, day domain.Date, kind string) []place {
	var found []place
	for _, code := range b.order {
		o := b.organisations[code]
		if o.kind == "region" || o.kind == "icb" || o.kind == "nation" || !o.openOn(day) {
			continue
		}
		p := place{of: o, sector: o.sector, kind: o.kind}
		if from, held := o.reportsFrom[kind]; held && from <= day {
			p.expects = true
		}
		stands, at := o, day
		if f.Basis == domain.BasisAsNow {
			at = f.Today
			if ends := b.ends(code, f.Today, map[string]bool{}); len(ends) == 1 {
				stands = b.organisations[ends[0]]
				p.sector, p.kind = stands.sector, stands.kind
			} else {
				stands = nil
			}
		}
		if stands == nil {
			p.region, p.icb, p.code = domain.UnassignedSplit, domain.UnassignedSplit, domain.UnassignedSplit
			p.regionName, p.icbName, p.name = domain.UnassignedSplit, domain.UnassignedSplit, domain.UnassignedSplit
		} else {
			v, estimated := stands.versionOn(at)
			p.region, p.icb, p.code, p.name, p.estimated = v.region, v.icb, stands.code, v.name, estimated
			p.regionName, p.icbName = b.nameOn(v.region, at), b.nameOn(v.icb, at)
		}
		if contains(f.Regions, p.region) && contains(f.ICBs, p.icb) && contains(f.Organisations, p.code) &&
			contains(f.Sectors, p.sector) && contains(f.Kinds, p.kind) {
			found = append(found, p)
		}
	}
	return found
}

// figureOf is what a fact is about besides its place.
type figureOf struct {
	group, role, band, area, digital, team, assessor, competence, domain string
}

// wanted says whether the filters on people and posts keep a fact.
func wanted(f domain.TotalsFilter, x figureOf) bool {
	return contains(f.StaffGroups, x.group) && contains(f.JobRoles, x.role) && contains(f.Bands, x.band) &&
		contains(f.AreasOfWork, x.area) && contains(f.Digital, x.digital) && contains(f.Teams, x.team)
}

// key is a row: its group, without the pointer to the month, and its month.
type key struct {
	domain.Group
	day domain.Date
}

func keyOf(f domain.TotalsFilter, over []domain.Dimension, day domain.Date, p place, x figureOf) key {
	k := key{day: day}
	var names []string
	for _, d := range f.GroupBy {
		if slices.Contains(over, d) {
			names = append(names, string(d))
			continue
		}
		switch d {
		case domain.ByRegion:
			k.Region, k.RegionName = p.region, p.regionName
		case domain.ByICB:
			k.ICB, k.ICBName = p.icb, p.icbName
		case domain.ByOrganisation:
			k.Organisation, k.Name = p.code, p.name
		case domain.BySector:
			k.Sector = p.sector
		case domain.ByKind:
			k.Kind = p.kind
		case domain.ByStaffGroup:
			k.StaffGroup = x.group
		case domain.ByJobRole:
			k.JobRole = x.role
		case domain.ByBand:
			k.Band = x.band
		case domain.ByAreaOfWork:
			k.AreaOfWork = x.area
		case domain.ByDigital:
			k.Digital = x.digital
		case domain.ByTeam:
			k.Team = x.team
		case domain.ByAssessorKind:
			k.AssessorKind = x.assessor
		case domain.ByCompetence:
			k.Competence, k.Domain = x.competence, x.domain
		case domain.ByDomain:
			k.Domain = x.domain
		case domain.ByNation, domain.ByMonth, domain.ByQuarter:
		}
	}
	k.Over = inOrder(strings.Join(names, ","))
	return k
}

// dropped lists the sets of dimensions over which rows are added up; the first is
// none. Places are a chain of which only the tails are dropped.
func dropped(f domain.TotalsFilter) [][]domain.Dimension {
	if !f.Subtotals {
		return [][]domain.Dimension{nil}
	}
	var chain, free []domain.Dimension
	for _, d := range []domain.Dimension{domain.ByOrganisation, domain.ByICB, domain.ByRegion} {
		if f.Has(d) {
			chain = append(chain, d)
		}
	}
	for _, d := range f.GroupBy {
		switch d {
		case domain.ByNation, domain.ByMonth, domain.ByQuarter, domain.ByCompetence, domain.ByDomain,
			domain.ByRegion, domain.ByICB, domain.ByOrganisation:
		default:
			free = append(free, d)
		}
	}
	var sets [][]domain.Dimension
	for tail := range len(chain) + 1 {
		for mask := range 1 << len(free) {
			set := slices.Clone(chain[:tail])
			for i, d := range free {
				if mask&(1<<i) != 0 {
					set = append(set, d)
				}
			}
			sets = append(sets, set)
		}
	}
	return sets
}

// ofPlace keeps of a row what is about places, and over which of them it is added up:
// an organisation without a sector is not all sectors.
func (k key) ofPlace() key {
	k.StaffGroup, k.JobRole, k.Band, k.AreaOfWork, k.Digital, k.Team = "", "", "", "", "", ""
	k.AssessorKind, k.Competence, k.Domain = "", "", ""
	var over []string
	for name := range strings.SplitSeq(k.Over, ",") {
		switch domain.Dimension(name) {
		case domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector, domain.ByKind:
			over = append(over, name)
		default:
		}
	}
	k.Over = strings.Join(over, ",")
	return k
}

// brokenDown says whether rows of a set are broken down by more than places.
func brokenDown(f domain.TotalsFilter, over []domain.Dimension) bool {
	for _, d := range f.GroupBy {
		switch d {
		case domain.ByStaffGroup, domain.ByJobRole, domain.ByBand, domain.ByAreaOfWork, domain.ByDigital, domain.ByTeam, domain.ByAssessorKind:
			if !slices.Contains(over, d) {
				return true
			}
		default:
		}
	}
	return false
}

// cover is how many organisations a place rests on.
type cover struct{ reporting, expected, estimated, listed, moving int }

// covers counts the members of every place part, and gives the rows that exist though
// they hold nothing: places from which something is expected.
func covers(f domain.TotalsFilter, day domain.Date, places []place, reports, listed, moving func(*organisation) bool) (map[key]cover, map[key]bool) {
	counted, empty := map[key]cover{}, map[key]bool{}
	for _, p := range places {
		seen := map[key]bool{}
		for _, over := range dropped(f) {
			row := keyOf(f, over, day, p, figureOf{})
			if !brokenDown(f, over) && p.expects {
				empty[row] = true
			}
			where := row.ofPlace()
			if seen[where] {
				continue
			}
			seen[where] = true
			c := counted[where]
			add := func(n *int, yes bool) {
				if yes {
					*n++
				}
			}
			add(&c.expected, p.expects)
			add(&c.estimated, p.estimated)
			add(&c.reporting, reports(p.of))
			add(&c.listed, listed(p.of))
			add(&c.moving, moving(p.of))
			counted[where] = c
		}
	}
	return counted, empty
}

func never(*organisation) bool { return false }
