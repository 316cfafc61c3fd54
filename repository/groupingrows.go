package repository

import (
	"cmp"
	"context"
	"strings"
	"time"

	"skillstracker/domain"
)

// place is the part of a row that is about organisations. Over says of which of its
// columns it is a subtotal; they are empty.
type place struct {
	over                                    int
	month                                   domain.Date
	region, icb, organisation, sector, kind string
}

// placeRow holds the columns of the same names.
type placeRow struct {
	Over         int
	Month        time.Time
	Region       string
	ICB          string `gorm:"column:icb"`
	Organisation string
	Sector       string
	Kind         string
}

// place returns the place that a row of any over number is about.
func (r *placeRow) place(filter domain.TotalsFilter) place {
	return place{
		over: placeBits(filter, r.Over), month: domain.DateOf(r.Month),
		region: r.Region, icb: r.ICB, organisation: r.Organisation, sector: r.Sector, kind: r.Kind,
	}
}

// coverage is what is said of the organisations of a place, in columns of these names.
type coverage struct {
	RegionName       string
	ICBName          string `gorm:"column:icb_name"`
	OrganisationName string
	Reporting        int
	Expected         int
	Estimated        int
}

func (c coverage) toDomain() domain.Coverage {
	return domain.Coverage{Reporting: c.Reporting, Expected: c.Expected, Estimated: c.Estimated}
}

// group returns the place's part of a group. A subtotal has no name of what it adds up.
func (p place) group(c coverage) domain.Group {
	g := domain.Group{Region: p.region, ICB: p.icb, Organisation: p.organisation, Sector: p.sector, Kind: p.kind, Month: &p.month}
	if g.Region != "" {
		g.RegionName = c.RegionName
	}
	if g.ICB != "" {
		g.ICBName = c.ICBName
	}
	if g.Organisation != "" {
		g.Name = c.OrganisationName
	}
	return g
}

// groupOrder puts groups in the order of answers: by month, rows broken down by
// everything before the subtotals of each kind, then by the dimensions in the order in
// which lists of them are printed.
func groupOrder(filter domain.TotalsFilter, bands []domain.Band) func(a, b domain.Group) int {
	sets := make(map[string]int)
	for i, over := range filter.GroupingSets() {
		names := make([]string, 0, len(over))
		for _, d := range over {
			names = append(names, string(d))
		}
		sets[strings.Join(names, ",")] = i
	}
	ordinals := make(map[string]int, len(bands))
	for _, b := range bands {
		ordinals[b.Code] = b.Ordinal
	}
	competences, domains := map[string]int{"": -1}, map[string]int{"": -1}
	for i, c := range filter.Framework.Competences {
		competences[c.Code] = i
	}
	for i, d := range filter.Framework.Domains {
		domains[d.Code] = i
	}
	month := func(g domain.Group) domain.Date {
		if g.Month == nil {
			return 0
		}
		return *g.Month
	}
	return func(a, b domain.Group) int {
		return cmp.Or(
			cmp.Compare(month(a), month(b)), cmp.Compare(sets[a.Over], sets[b.Over]),
			cmp.Compare(a.Region, b.Region), cmp.Compare(a.ICB, b.ICB), cmp.Compare(a.Organisation, b.Organisation),
			cmp.Compare(a.Sector, b.Sector), cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.StaffGroup, b.StaffGroup), cmp.Compare(a.JobRole, b.JobRole), cmp.Compare(ordinals[a.Band], ordinals[b.Band]),
			cmp.Compare(a.AreaOfWork, b.AreaOfWork), cmp.Compare(b.Digital, a.Digital), cmp.Compare(a.Team, b.Team),
			cmp.Compare(a.AssessorKind, b.AssessorKind),
			cmp.Compare(domains[a.Domain], domains[b.Domain]), cmp.Compare(competences[a.Competence], competences[b.Competence]),
		)
	}
}

// readBands reads the bands in their order, for groupOrder.
func readBands(ctx context.Context, t tx) ([]domain.Band, error) {
	return readRows[domain.Band](ctx, t, `SELECT code, name, ordinal FROM band`)
}
