package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"skillstracker/domain"
)

// checkCodes refuses codes that no list holds, because a mistyped filter would
// seem to say that there is nothing, and writes those it finds as the list does.
func (h *handlers) checkCodes(ctx context.Context, lists domain.Lists, filter *domain.TotalsFilter) error {
	var faults []domain.FieldFault
	match := func(field, list string, asked, known []string) {
		for i, code := range asked {
			place := slices.IndexFunc(known, func(k string) bool { return strings.EqualFold(k, code) })
			if place < 0 {
				faults = append(faults, domain.FieldFault{Field: field, Message: "One of the codes is not in the list " + list + " of GET /api/v1/reference-lists."})
				return
			}
			asked[i] = known[place]
		}
	}
	match("staff_group", "staff_groups", filter.StaffGroups, listed(lists.StaffGroups, func(g domain.StaffGroup) string { return g.Code }))
	match("band", "bands", filter.Bands, listed(lists.Bands, func(b domain.Band) string { return b.Code }))
	match("competence", "frameworks", filter.Competences, listed(filter.Framework.Competences, func(c domain.Competence) string { return c.Code }))
	for _, place := range []struct {
		field string
		codes []string
		under func(*domain.OrganisationFilter, string)
	}{
		{"region", filter.Regions, func(f *domain.OrganisationFilter, code string) { f.Regions = []string{code} }},
		{"icb", filter.ICBs, func(f *domain.OrganisationFilter, code string) { f.ICBs = []string{code} }},
	} {
		known, err := h.placesKnown(ctx, place.codes, filter.AsAt, place.under)
		if err != nil {
			return err
		}
		if !known {
			faults = append(faults, domain.FieldFault{Field: place.field, Message: "One of the codes is not in the registry. GET /api/v1/organisations lists all codes."})
		}
	}
	if len(faults) > 0 {
		return domain.Invalid("code_unknown", "A filter names a code that does not exist.", faults...)
	}
	return nil
}

// placesKnown says whether the registry holds each code, as an organisation or as
// what some organisation belongs to.
func (h *handlers) placesKnown(ctx context.Context, codes []string, asAt domain.Date, under func(*domain.OrganisationFilter, string)) (bool, error) {
	if len(codes) == 0 {
		return true, nil
	}
	held, _, err := h.deps.Registry.Organisations(ctx, domain.OrganisationFilter{Codes: codes, AsAt: asAt, Page: domain.Page{Limit: len(codes)}})
	if err != nil {
		return false, fmt.Errorf("look up codes: %w", err)
	}
	for _, code := range codes {
		if slices.ContainsFunc(held, func(o domain.Organisation) bool { return o.Code == code }) {
			continue
		}
		member := domain.OrganisationFilter{AsAt: asAt, Page: domain.Page{Limit: 1}}
		under(&member, code)
		_, total, err := h.deps.Registry.Organisations(ctx, member)
		if err != nil {
			return false, fmt.Errorf("look up members: %w", err)
		}
		if total == 0 {
			return false, nil
		}
	}
	return true, nil
}

// framework returns the framework version that a question names.
func (n frameworkNamed) in(lists domain.Lists) (domain.FrameworkVersion, error) {
	framework, found := lists.Framework(n.code, n.version)
	if !found {
		return domain.FrameworkVersion{}, domain.Invalid("framework_unknown", "There is no such framework version.",
			domain.FieldFault{Field: "framework", Message: "Use a framework and framework_version of the list frameworks of GET /api/v1/reference-lists."})
	}
	return framework, nil
}

// notGivenName is the name of a code that was not given.
const notGivenName = "Not given"

// codeNames names the codes of rows.
type codeNames struct{ staffGroups, bands, competences map[string]string }

func namesOf(lists domain.Lists, framework domain.FrameworkVersion) codeNames {
	names := codeNames{staffGroups: map[string]string{}, bands: map[string]string{}, competences: map[string]string{}}
	for _, g := range lists.StaffGroups {
		names.staffGroups[g.Code] = g.Name
	}
	for _, b := range lists.Bands {
		names.bands[b.Code] = b.Name
	}
	names.staffGroups[""], names.bands[""] = notGivenName, notGivenName
	for _, c := range framework.Competences {
		names.competences[c.Code] = c.Name
	}
	return names
}
