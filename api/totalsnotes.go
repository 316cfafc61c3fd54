package api

import (
	"context"
	"fmt"
	"slices"

	"skillstracker/domain"
)

// notes says what a reader of the rows should know beside the figures.
func (h *handlers) notes(ctx context.Context, filter domain.TotalsFilter, found reach, groups []domain.Group, estimated int) ([]string, error) {
	var notes []string
	if found.nothing {
		notes = append(notes, "No organisation is in your scope, so there are no rows of organisations.")
	}
	if found.scoped {
		notes = append(notes, "The rows are of the organisations in your scope alone, and so is every subtotal over organisations.")
	}
	lives, err := h.lifespanNotes(ctx, filter)
	if err != nil {
		return nil, err
	}
	notes = append(notes, lives...)
	if len(groups) == 0 && !found.nothing {
		note, err := h.contradictionNote(ctx, filter)
		if err != nil {
			return nil, err
		}
		notes = append(notes, note...)
	}
	if slices.ContainsFunc(groups, ofSplit) {
		notes = append(notes, fmt.Sprintf("Figures of organisations that have several successors stand under %q: nobody can say which of them they belong to. With basis=as_was they count where they were.", domain.UnassignedSplit))
	}
	if estimated > 0 {
		notes = append(notes, "For some organisations the register holds no edition as old as the date: region and ICB are those of the first edition after it, and organisations_estimated counts them.")
	}
	return notes, nil
}

func ofSplit(g domain.Group) bool {
	return g.Region == domain.UnassignedSplit || g.ICB == domain.UnassignedSplit || g.Organisation == domain.UnassignedSplit
}

// maxLifespanNotes is the number of organisations whose closing is told one by one.
const maxLifespanNotes = 10

// lifespanNotes tells which of the organisations asked for were not open on the dates
// of the question: they have no figures there, and that is no missing return.
func (h *handlers) lifespanNotes(ctx context.Context, filter domain.TotalsFilter) ([]string, error) {
	held, err := h.organisationsOf(ctx, filter.Organisations, filter.AsAt)
	if err != nil {
		return nil, err
	}
	var notes []string
	for _, code := range filter.Organisations {
		organisation, known := held[code]
		switch {
		case !known || len(notes) == maxLifespanNotes:
		case organisation.ClosedOn != nil && *organisation.ClosedOn < filter.AsAt:
			notes = append(notes, fmt.Sprintf("%s closed on %s and has no figures after that day.", code, organisation.ClosedOn))
		case organisation.OpenedOn != nil && *organisation.OpenedOn > filter.Months[0]:
			notes = append(notes, fmt.Sprintf("%s opened on %s and has no figures before that day.", code, organisation.OpenedOn))
		}
	}
	return notes, nil
}

// contradictionNote says, of an answer without rows, when no organisation meets all
// filters on places together.
func (h *handlers) contradictionNote(ctx context.Context, filter domain.TotalsFilter) ([]string, error) {
	named := 0
	for _, d := range []domain.Dimension{domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector, domain.ByKind} {
		if len(filter.Values(d)) > 0 {
			named++
		}
	}
	if named < 2 {
		return nil, nil
	}
	members := domain.OrganisationFilter{
		Regions: filter.Regions, ICBs: filter.ICBs, Codes: filter.Organisations, Sectors: filter.Sectors, AsAt: filter.AsAt, Page: domain.Page{Limit: 1},
	}
	if filter.Basis == domain.BasisAsNow {
		members.AsAt = filter.Today
	}
	for _, kind := range domain.OrganisationKinds() {
		if !kind.IsLevel() && (len(filter.Kinds) == 0 || slices.Contains(filter.Kinds, string(kind))) {
			members.Kinds = append(members.Kinds, kind)
		}
	}
	total := 0
	if len(members.Kinds) > 0 {
		var err error
		if _, total, err = h.deps.Registry.Organisations(ctx, members); err != nil {
			return nil, fmt.Errorf("look up places: %w", err)
		}
	}
	if total > 0 {
		return nil, nil
	}
	return []string{"The filters on places contradict each other: no organisation belongs to all of them on the reference date, so there are no rows. Leave one of them out."}, nil
}
