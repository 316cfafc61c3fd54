package api

import (
	"context"
	"fmt"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// ListOrganisations lists the registry as it stood at a date. It is the same for
// every role: who is in the registry is public.
func (h *handlers) ListOrganisations(ctx context.Context, request spec.ListOrganisationsRequestObject) (spec.ListOrganisationsResponseObject, error) {
	params := request.Params
	filter := domain.OrganisationFilter{
		Kinds:   textsAs[domain.OrganisationKind](params.Kind),
		Regions: textsAs[string](params.Region), ICBs: textsAs[string](params.Icb), Sectors: textsAs[string](params.Sector),
		CQCIDs: textsAs[string](params.CqcId), Parents: textsAs[string](params.Parent),
		OpenOn: dateFrom(params.OpenOn), AsAt: orDefault(dateFrom(params.AsAt), h.today()),
		Query: orDefault(params.Q, ""), Page: pageOf(params.Limit, params.Offset),
	}
	organisations, total, err := h.deps.Registry.Organisations(ctx, filter)
	if err != nil {
		return nil, fmt.Errorf("list organisations: %w", err)
	}
	answer := spec.ListOrganisations200JSONResponse{
		AsAt: specDate(filter.AsAt), Total: total, Limit: filter.Page.Limit, Offset: filter.Page.Offset,
		Organisations: make([]spec.Organisation, len(organisations)),
	}
	for i, organisation := range organisations {
		answer.Organisations[i] = specOrganisation(organisation)
	}
	return answer, nil
}

// GetOrganisation shows one organisation as at a date, with its history, what followed
// what, and to those in whose scope it is from when its returns are expected.
func (h *handlers) GetOrganisation(ctx context.Context, request spec.GetOrganisationRequestObject) (spec.GetOrganisationResponseObject, error) {
	asAt := orDefault(dateFrom(request.Params.AsAt), h.today())
	organisation, err := h.deps.Registry.Organisation(ctx, request.Organisation, asAt)
	if err != nil {
		return nil, fmt.Errorf("read organisation: %w", err)
	}
	answer := specOrganisation(organisation)
	versions := make([]spec.OrganisationVersion, len(organisation.Versions))
	for i, version := range organisation.Versions {
		versions[i] = spec.OrganisationVersion{
			ValidFrom: specDate(version.ValidFrom), Name: version.Name, Region: textOf(version.Region), Icb: textOf(version.ICB),
		}
	}
	answer.Versions = &versions
	predecessors, successors := listed(organisation.Predecessors, specSuccession), listed(organisation.Successors, specSuccession)
	answer.Predecessors, answer.Successors = &predecessors, &successors
	if answer.ReportsFrom, err = h.reportingStarts(ctx, organisation.Code); err != nil {
		return nil, err
	}
	return spec.GetOrganisation200JSONResponse(answer), nil
}

func specOrganisation(o domain.Organisation) spec.Organisation {
	return spec.Organisation{
		Code: o.Code, Name: o.Name, Kind: spec.OrganisationKind(o.Kind), Sector: textOf(o.Sector),
		Region: textOf(o.Region), RegionName: textOf(o.RegionName), Icb: textOf(o.ICB), IcbName: textOf(o.ICBName),
		OpenedOn: specDateOf(o.OpenedOn), ClosedOn: specDateOf(o.ClosedOn),
		Open: o.Open, Estimated: o.Estimated, Synthetic: o.Synthetic, CqcId: textOf(o.CQCID), Parent: textOf(o.Parent),
	}
}

// textsAs returns the values of a repeated parameter as texts of another type,
// empty when it is not given.
func textsAs[To, From ~string](given *[]From) []To {
	if given == nil {
		return nil
	}
	texts := make([]To, len(*given))
	for i, text := range *given {
		texts[i] = To(text)
	}
	return texts
}
