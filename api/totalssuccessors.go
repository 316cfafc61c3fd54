package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"skillstracker/domain"
)

// checkSuccessors refuses to guess. As_now, the facts of an organisation that others
// have taken over from are theirs, so a question by its old code would find nothing:
// the answer names the one successor, or all of them when it was split (DESIGN 3.13).
func (h *handlers) checkSuccessors(ctx context.Context, filter domain.TotalsFilter) error {
	if filter.Basis != domain.BasisAsNow {
		return nil
	}
	for _, place := range placeFilters(filter) {
		if len(place.codes) == 0 {
			continue
		}
		successors, err := h.deps.Registry.SuccessorsOf(ctx, place.codes, filter.Today)
		if err != nil {
			return fmt.Errorf("look up successors: %w", err)
		}
		for _, code := range place.codes {
			following := slices.Sorted(slices.Values(successors[code]))
			switch {
			case len(following) == 0:
			case len(following) == 1:
				return domain.Invalid("place_succeeded", fmt.Sprintf("%s has closed and %s took over from it, so as_now its figures are those of %s.", code, following[0], following[0]),
					domain.FieldFault{Field: place.field, Message: fmt.Sprintf("Ask for %s, or with basis=as_was for %s as it was.", following[0], code)})
			default:
				return domain.Invalid("place_split", fmt.Sprintf("%s was split between %s, and nobody can say which of its figures belong to which of them today.", code, inWords(following)),
					domain.FieldFault{Field: place.field, Message: fmt.Sprintf("Ask for %s, or with basis=as_was for %s as it was.", inWords(following), code)})
			}
		}
	}
	return nil
}

// inWords joins codes as a sentence does.
func inWords(codes []string) string {
	if len(codes) < 2 {
		return strings.Join(codes, "")
	}
	return strings.Join(codes[:len(codes)-1], ", ") + " and " + codes[len(codes)-1]
}
