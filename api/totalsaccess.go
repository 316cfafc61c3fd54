package api

import (
	"slices"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// maxPeopleDimensions is the number of dimensions, besides competence and month,
// that figures about people may be broken down by outside the organisation's own
// HR (DESIGN 6).
const maxPeopleDimensions = 3

// reach says what of an answer its caller may see.
type reach struct {
	// nothing says that no organisation of the caller is among those asked about.
	nothing bool
	// rule is what figures about people pass.
	rule disclosure.Rule
}

// unaltered says whether figures about people stay as they are.
func (r reach) unaltered() bool { return r.rule == disclosure.Unaltered() }

// reachOf narrows a question to what the caller may ask (DESIGN 8). Rows of single
// organisations are for their own scope alone; an organisation beyond it is not
// found. Everything above is the full aggregate for everybody. HR that asks about
// its own organisations alone sees their people unaltered.
func (h *handlers) reachOf(actor domain.Actor, filter *domain.TotalsFilter) (reach, error) {
	if !actor.SeesOrganisations() {
		actor.Organisations = nil
	}
	for _, organisation := range filter.Organisations {
		if !actor.Covers(organisation) {
			return reach{}, organisationNotFound()
		}
	}
	if filter.Has(domain.ByOrganisation) && len(filter.Organisations) == 0 {
		// An empty list would not narrow, so an empty scope must end here.
		if len(actor.Organisations) == 0 {
			return reach{nothing: true, rule: h.deps.Rule}, nil
		}
		filter.Organisations = slices.Clone(actor.Organisations)
	}
	own := len(filter.Organisations) > 0
	for _, organisation := range filter.Organisations {
		own = own && actor.SeesUnaltered(organisation)
	}
	if own {
		return reach{rule: disclosure.Unaltered()}, nil
	}
	return reach{rule: h.deps.Rule}, nil
}

// postsFineEnough keeps a planner's figures of posts at organisation x staff group
// x band and organisation x digital (DESIGN 6). A filter on one value breaks an
// answer down as far as a grouping does.
func postsFineEnough(actor domain.Actor, filter domain.TotalsFilter) error {
	ofOrganisations := filter.Has(domain.ByOrganisation) || len(filter.Organisations) > 0
	byDigital := filter.Has(domain.ByDigital) || len(filter.Digital) > 0
	byStaff := filter.Has(domain.ByStaffGroup) || filter.Has(domain.ByBand) || len(filter.StaffGroups) > 0 || len(filter.Bands) > 0
	if actor.Role != domain.RolePlanner || !ofOrganisations || !byDigital || !byStaff {
		return nil
	}
	return domain.Invalid("too_fine",
		"For planners the posts of one organisation are broken down by staff group and band, or by digital, and not by both. Leave one of them out, or ask for ICBs or regions.",
		domain.FieldFault{Field: "group_by", Message: "Leave out digital, or staff_group and band, here and among the filters."})
}

// repeatedFilters returns the dimensions that are filtered to several values
// without being grouped by. Such a sum over a choice of groups could be taken from
// another one to find a small group.
func repeatedFilters(filter domain.TotalsFilter) []domain.Dimension {
	var found []domain.Dimension
	for _, given := range []struct {
		dimension domain.Dimension
		values    []string
	}{
		{domain.ByRegion, filter.Regions},
		{domain.ByICB, filter.ICBs},
		{domain.ByOrganisation, filter.Organisations},
		{domain.ByStaffGroup, filter.StaffGroups},
		{domain.ByBand, filter.Bands},
		{domain.ByDigital, filter.Digital},
	} {
		if len(given.values) > 1 && !filter.Has(given.dimension) {
			found = append(found, given.dimension)
		}
	}
	return found
}

// peopleDimensions counts what an answer is broken down by, competence, month and
// nation apart. A filter on one staff group, band or digital value counts as a
// grouping by it, and any filter on places counts as one place.
func peopleDimensions(filter domain.TotalsFilter) int {
	places, others := 0, 0
	for _, d := range []domain.Dimension{domain.ByRegion, domain.ByICB, domain.ByOrganisation} {
		if filter.Has(d) {
			places++
		}
	}
	if places == 0 && len(filter.Regions)+len(filter.ICBs)+len(filter.Organisations) > 0 {
		places = 1
	}
	for d, filtered := range map[domain.Dimension]bool{
		domain.ByStaffGroup: len(filter.StaffGroups) > 0, domain.ByBand: len(filter.Bands) > 0, domain.ByDigital: len(filter.Digital) > 0,
	} {
		if filtered || filter.Has(d) {
			others++
		}
	}
	return places + others
}

// boundPeople makes a question about people one that may be asked by everybody: a
// repeated filter becomes a grouping, and there are at most three dimensions.
func boundPeople(filter *domain.TotalsFilter) error {
	filter.GroupBy = append(filter.GroupBy, repeatedFilters(*filter)...)
	if peopleDimensions(*filter) <= maxPeopleDimensions {
		return nil
	}
	return domain.Invalid("too_many_dimensions",
		"Figures about people are broken down by at most three dimensions besides the competence; a filter counts as one, and so does a filter with several values, which becomes a grouping. Leave some out.",
		domain.FieldFault{Field: "group_by", Message: "Group by less, or filter by less. An organisation already tells its ICB and region."})
}
