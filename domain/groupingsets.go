package domain

import "slices"

// addedUp says whether totals over a dimension mean something: months, quarters,
// competences and domains are never added up, and the nation is all there is.
func addedUp(d Dimension) bool {
	return !slices.Contains([]Dimension{ByNation, ByMonth, ByQuarter, ByCompetence, ByDomain}, d)
}

// AddedUp returns the dimensions over which Subtotals adds up, in the order of GroupBy;
// none without Subtotals.
func (f TotalsFilter) AddedUp() []Dimension {
	var dimensions []Dimension
	for _, d := range f.GroupBy {
		if f.Subtotals && addedUp(d) && !slices.Contains(dimensions, d) {
			dimensions = append(dimensions, d)
		}
	}
	return dimensions
}

// GroupingSets returns, for each kind of row of the answer, the dimensions over which
// it is a subtotal, in the order of GroupBy. The first is empty: the rows that are
// broken down by everything. Regions, ICBs and organisations are a chain of which only
// the finest are left out; every other dimension is left out independently.
func (f TotalsFilter) GroupingSets() [][]Dimension {
	sets := [][]Dimension{nil}
	for _, d := range []Dimension{ByOrganisation, ByICB, ByRegion} {
		if slices.Contains(f.AddedUp(), d) {
			sets = append(sets, append(slices.Clone(sets[len(sets)-1]), d))
		}
	}
	for _, d := range f.AddedUp() {
		if d == ByRegion || d == ByICB || d == ByOrganisation {
			continue
		}
		for _, set := range slices.Clone(sets) {
			sets = append(sets, append(slices.Clone(set), d))
		}
	}
	for _, set := range sets {
		slices.SortFunc(set, func(a, b Dimension) int { return slices.Index(f.GroupBy, a) - slices.Index(f.GroupBy, b) })
	}
	return sets
}
