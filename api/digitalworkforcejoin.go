package api

import (
	"cmp"
	"slices"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// digitalRow is a row about the digital workforce as it may be shown.
type digitalRow struct {
	group domain.Group
	// posts are the digital posts of vacancy returns; its figures about people are not
	// to be written.
	posts domain.VacancyTotal
	// notStated is the budgeted FTE of posts of which nobody can say.
	notStated *domain.FTE
	openPosts *int
	staff     disclosure.Workforce
	growth    digitalGrowth
	target    *int
}

// placeKey is what the rows of different kinds of totals about one place and month have
// in common.
type placeKey struct {
	month                                   domain.Date
	region, icb, organisation, sector, kind string
}

// digitalJoin puts the parts of rows together.
type digitalJoin struct {
	asked digitalQuestion
	rows  map[placeKey]*digitalRow
}

func newDigitalJoin(asked digitalQuestion) digitalJoin {
	return digitalJoin{asked: asked, rows: map[placeKey]*digitalRow{}}
}

// key is the place and month of a group, as far as the question is broken down.
func (j digitalJoin) key(g domain.Group) placeKey {
	filter := j.asked.filter
	key := placeKey{month: filter.AsAt}
	if g.Month != nil {
		key.month = *g.Month
	}
	for _, part := range []struct {
		dimension domain.Dimension
		into      *string
		from      string
	}{
		{domain.ByRegion, &key.region, g.Region},
		{domain.ByICB, &key.icb, g.ICB},
		{domain.ByOrganisation, &key.organisation, g.Organisation},
		{domain.BySector, &key.sector, g.Sector},
		{domain.ByKind, &key.kind, g.Kind},
	} {
		if filter.Has(part.dimension) {
			*part.into = part.from
		}
	}
	return key
}

// row returns the row of a group, which is made when there is none. What no part tells
// of it is not available.
func (j digitalJoin) row(g domain.Group) *digitalRow {
	key := j.key(g)
	if found, held := j.rows[key]; held {
		return found
	}
	g.Digital, g.Month = "", &key.month
	made := &digitalRow{group: g, target: j.asked.target, staff: j.asked.rule.Workforce(domain.WorkforceTotal{})}
	if j.asked.baseline == nil {
		made.growth = noGrowth(domain.StatusNotApplicable)
	} else {
		made.growth = noGrowth(domain.StatusNotAvailable)
	}
	j.rows[key] = made
	return made
}

// sorted returns the rows by month and place.
func (j digitalJoin) sorted() []digitalRow {
	rows := make([]digitalRow, 0, len(j.rows))
	for _, row := range j.rows {
		rows = append(rows, *row)
	}
	slices.SortFunc(rows, func(a, b digitalRow) int {
		one, other := j.key(a.group), j.key(b.group)
		return cmp.Or(cmp.Compare(one.month, other.month), cmp.Compare(one.region, other.region), cmp.Compare(one.icb, other.icb),
			cmp.Compare(one.organisation, other.organisation), cmp.Compare(one.sector, other.sector), cmp.Compare(one.kind, other.kind))
	})
	return rows
}

// digitalGrowth is what has grown since the baseline, over the organisations that state
// it at both dates.
type digitalGrowth struct {
	// why says why the FTE is absent.
	why               domain.Status
	baseline, current domain.FTE
	// The counts of people have passed the rule.
	baselineStaff, comparableStaff disclosure.Count
}

func noGrowth(why domain.Status) digitalGrowth {
	none := disclosure.Count{Status: why}
	return digitalGrowth{why: why, baselineStaff: none, comparableStaff: none}
}
