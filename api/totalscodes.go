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
	faults := listFaults(lists, filter)
	places, err := h.placeFaults(ctx, *filter)
	if err != nil {
		return err
	}
	if faults = append(faults, places...); len(faults) > 0 {
		return domain.Invalid("code_unknown", "A filter names a code that does not exist, or not as what it is asked for.", faults...)
	}
	return h.checkSuccessors(ctx, *filter)
}

// listFaults compares the filters with the reference lists. NotGiven asks for posts and
// people without a code.
func listFaults(lists domain.Lists, filter *domain.TotalsFilter) []domain.FieldFault {
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
	orNone := func(known []string) []string { return append(known, domain.NotGiven) }
	match("staff_group", "staff_groups", filter.StaffGroups, orNone(listed(lists.StaffGroups, func(g domain.StaffGroup) string { return g.Code })))
	match("job_role", "job_roles", filter.JobRoles, orNone(listed(lists.JobRoles, func(r domain.JobRole) string { return r.Code })))
	match("band", "bands", filter.Bands, orNone(listed(lists.Bands, func(b domain.Band) string { return b.Code })))
	match("area_of_work", "areas_of_work", filter.AreasOfWork, orNone(listed(lists.AreasOfWork, func(a domain.AreaOfWork) string { return a.Code })))
	match("competence", "frameworks", filter.Competences, listed(filter.Framework.Competences, func(c domain.Competence) string { return c.Code }))
	match("domain", "frameworks", filter.Domains, listed(filter.Framework.Domains, func(d domain.CompetenceArea) string { return d.Code }))
	return faults
}

// placeFilter is a filter on places and what may stand in it.
type placeFilter struct {
	field string
	codes []string
	kind  domain.OrganisationKind // empty for organisations that have posts and people
	// members narrows the registry to what belongs to a code.
	members func(*domain.OrganisationFilter, string)
}

func placeFilters(filter domain.TotalsFilter) []placeFilter {
	return []placeFilter{
		{"region", filter.Regions, domain.KindRegion, func(f *domain.OrganisationFilter, code string) { f.Regions = []string{code} }},
		{"icb", filter.ICBs, domain.KindICB, func(f *domain.OrganisationFilter, code string) { f.ICBs = []string{code} }},
		{"organisation", filter.Organisations, "", nil},
	}
}

// placeFaults looks for places that the registry does not hold and for codes that are
// asked for as what they are not.
func (h *handlers) placeFaults(ctx context.Context, filter domain.TotalsFilter) ([]domain.FieldFault, error) {
	var faults []domain.FieldFault
	for _, place := range placeFilters(filter) {
		held, err := h.organisationsOf(ctx, place.codes, filter.AsAt)
		if err != nil {
			return nil, err
		}
		for _, code := range place.codes {
			organisation, known := held[code]
			if known && !place.takes(organisation.Kind) {
				faults = append(faults, domain.FieldFault{Field: place.field, Message: fmt.Sprintf("%s is %s; %s.", code, kindWords(organisation.Kind), insteadOf(organisation.Kind, code))})
				continue
			}
			if !known && place.members != nil {
				if known, err = h.hasMembers(ctx, place, code, filter); err != nil {
					return nil, err
				}
			}
			// An organisation that does not exist is answered like one beyond the scope.
			if !known && place.members != nil {
				faults = append(faults, domain.FieldFault{Field: place.field, Message: "One of the codes is not in the registry. GET /api/v1/organisations lists all codes."})
				break
			}
		}
	}
	for _, sector := range filter.Sectors {
		_, total, err := h.deps.Registry.Organisations(ctx, domain.OrganisationFilter{Sectors: []string{sector}, AsAt: filter.AsAt, Page: domain.Page{Limit: 1}})
		if err != nil {
			return nil, fmt.Errorf("look up sector: %w", err)
		}
		if total == 0 {
			faults = append(faults, domain.FieldFault{Field: "sector", Message: "One of the sectors is not in the registry. Write it as GET /api/v1/organisations does, such as Acute."})
			break
		}
	}
	return faults, nil
}

// takes says whether an organisation of a kind can stand in the filter.
func (p placeFilter) takes(kind domain.OrganisationKind) bool {
	if p.kind != "" {
		return kind == p.kind
	}
	return !kind.IsLevel()
}

// kindWords says what an organisation is.
func kindWords(kind domain.OrganisationKind) string {
	switch kind {
	case domain.KindTrust:
		return "an NHS trust"
	case domain.KindICB:
		return "an ICB"
	case domain.KindRegion:
		return "a region"
	case domain.KindNation:
		return "the nation"
	case domain.KindSocialCare:
		return "a social care provider"
	case domain.KindCareSite:
		return "a site of a social care provider"
	case domain.KindOther:
		return "another organisation"
	}
	return "another organisation"
}

// insteadOf says how to ask for an organisation of a kind.
func insteadOf(kind domain.OrganisationKind, code string) string {
	switch kind {
	case domain.KindRegion:
		return "ask with region=" + code
	case domain.KindICB:
		return "ask with icb=" + code
	case domain.KindNation:
		return "ask without a filter on places"
	case domain.KindTrust, domain.KindSocialCare, domain.KindCareSite, domain.KindOther:
		return "ask with organisation=" + code
	}
	return "ask with organisation=" + code
}

// organisationsOf returns what the registry holds of codes on a day.
func (h *handlers) organisationsOf(ctx context.Context, codes []string, asAt domain.Date) (map[string]domain.Organisation, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	found, _, err := h.deps.Registry.Organisations(ctx, domain.OrganisationFilter{Codes: codes, AsAt: asAt, Page: domain.Page{Limit: len(codes)}})
	if err != nil {
		return nil, fmt.Errorf("look up codes: %w", err)
	}
	held := make(map[string]domain.Organisation, len(found))
	for _, organisation := range found {
		held[organisation.Code] = organisation
	}
	return held, nil
}

// hasMembers says whether organisations belong to a code that the registry does not
// hold as an organisation of its own, on the first or last date of the question or today.
func (h *handlers) hasMembers(ctx context.Context, place placeFilter, code string, filter domain.TotalsFilter) (bool, error) {
	for _, day := range []domain.Date{filter.AsAt, filter.Months[0], filter.Today} {
		member := domain.OrganisationFilter{AsAt: day, Page: domain.Page{Limit: 1}}
		place.members(&member, code)
		_, total, err := h.deps.Registry.Organisations(ctx, member)
		if err != nil {
			return false, fmt.Errorf("look up members: %w", err)
		}
		if total > 0 {
			return true, nil
		}
	}
	return false, nil
}

// frameworkNamed is the framework version that a question is about.
type frameworkNamed struct{ code, version string }

// frameworkOf takes the default framework version where none is named, and the newest
// version of a framework that is named alone.
func frameworkOf(code, version *string) frameworkNamed {
	if code != nil && version == nil {
		return frameworkNamed{code: *code}
	}
	return frameworkNamed{
		code:    orDefault(code, domain.DefaultFramework),
		version: orDefault(version, domain.DefaultFrameworkVersion),
	}
}

// in returns the framework version that a question names.
func (n frameworkNamed) in(lists domain.Lists) (domain.FrameworkVersion, error) {
	framework, found := lists.Framework(n.code, n.version)
	if !found {
		return domain.FrameworkVersion{}, domain.Invalid("framework_unknown", "There is no such framework version.",
			domain.FieldFault{Field: "framework", Message: "Use a framework and framework_version of the list frameworks of GET /api/v1/reference-lists."})
	}
	return framework, nil
}
