package api

import (
	"slices"
	"strings"

	"skillstracker/domain"
)

// maxPeopleDimensions is the number of dimensions, besides competence, domain, month,
// quarter and nation, that figures about people may be broken down by outside the
// organisation's own HR (DESIGN 6).
const maxPeopleDimensions = 3

// boundedDimensions are the dimensions that questions about people are bounded by.
func boundedDimensions() []domain.Dimension {
	return []domain.Dimension{
		domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector, domain.ByKind, domain.ByStaffGroup, domain.ByJobRole,
		domain.ByBand, domain.ByAreaOfWork, domain.ByDigital, domain.ByTeam, domain.ByAssessorKind,
	}
}

// repeatedFilters returns the dimensions that are filtered to several values without
// being grouped by. Such a sum over a choice of groups could be taken from another one
// to find a small group.
func repeatedFilters(filter domain.TotalsFilter) []domain.Dimension {
	return slices.DeleteFunc(severalValues(filter), filter.Has)
}

// severalValues returns the dimensions that are filtered to several values.
func severalValues(filter domain.TotalsFilter) []domain.Dimension {
	var found []domain.Dimension
	for _, d := range boundedDimensions() {
		if len(filter.Values(d)) > 1 {
			found = append(found, d)
		}
	}
	return found
}

// peopleDimensions counts what an answer about people is broken down by. A filter
// counts as a grouping does; filters on places alone count as one place, because they
// tell one place.
func peopleDimensions(filter domain.TotalsFilter) int {
	places, others, narrowed := 0, 0, false
	for _, d := range boundedDimensions() {
		switch d {
		case domain.ByRegion, domain.ByICB, domain.ByOrganisation:
			if filter.Has(d) {
				places++
			}
			narrowed = narrowed || len(filter.Values(d)) > 0
		default:
			if concerns(filter, d) {
				others++
			}
		}
	}
	if places == 0 && narrowed {
		places = 1
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
		"Figures about people are broken down by at most three dimensions besides the competence and its domain; a filter counts as one, and so does a filter with several values, which becomes a grouping. Leave some out.",
		domain.FieldFault{Field: "group_by", Message: "Group by less, or filter by less. An organisation already tells its ICB and region."})
}

// peopleReach is reachOf for a question about people. It returns the dimensions over
// which nothing is added up because the question chooses several of their values; HR of
// the organisations is free of that.
func (h *handlers) peopleReach(actor domain.Actor, filter *domain.TotalsFilter) ([]domain.Dimension, reach, error) {
	chosen := severalValues(*filter)
	found, err := h.reachOf(actor, filter)
	if err != nil {
		return nil, reach{}, err
	}
	if found.unaltered() {
		return nil, found, checkSubtotals(*filter)
	}
	if err := boundPeople(filter); err != nil {
		return nil, reach{}, err
	}
	return chosen, found, checkSubtotals(*filter)
}

// addsUpAChoice says whether a row is a subtotal over a dimension of which the question
// chose several values: the very sum that a repeated filter would give.
func addsUpAChoice(group domain.Group, chosen []domain.Dimension) bool {
	if group.Over == "" {
		return false
	}
	for over := range strings.SplitSeq(group.Over, ",") {
		if slices.Contains(chosen, domain.Dimension(over)) {
			return true
		}
	}
	return false
}

// maxGroupingSets is the number of ways in which the rows of one answer may be grouped.
const maxGroupingSets = 64

// checkSubtotals refuses subtotals that there are none of, or too many.
func checkSubtotals(filter domain.TotalsFilter) error {
	if !filter.Subtotals {
		return nil
	}
	tails, subsets := 1, 1
	for _, d := range filter.GroupBy {
		switch d {
		case domain.ByNation, domain.ByMonth, domain.ByQuarter, domain.ByCompetence, domain.ByDomain:
		case domain.ByRegion, domain.ByICB, domain.ByOrganisation:
			tails++
		case domain.BySector, domain.ByKind, domain.ByStaffGroup, domain.ByJobRole, domain.ByBand, domain.ByAreaOfWork, domain.ByDigital, domain.ByTeam, domain.ByAssessorKind:
			subsets *= 2
		}
	}
	switch sets := tails * subsets; {
	case sets == 1:
		return domain.Invalid("nothing_to_add_up", "There is nothing to add up: months, quarters, competences and domains are never added up, and the nation is the whole.",
			domain.FieldFault{Field: "subtotals", Message: "Group by region, icb, organisation, staff_group or the like, or leave out subtotals."})
	case sets > maxGroupingSets:
		return domain.Invalid("too_many_subtotals", "The question has more than 64 kinds of subtotals.",
			domain.FieldFault{Field: "group_by", Message: "Group by fewer dimensions, or leave out subtotals and ask for some of the totals by themselves."})
	}
	return nil
}
