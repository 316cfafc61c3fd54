package api

import (
	"context"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/api/spec"
	"skillstracker/api/web"
	"skillstracker/domain"
)

// handlers carries out the operations of the contract.
type handlers struct {
	deps Deps
	// turns holds one entry for each file of rows that is being read or written.
	turns chan struct{}
	// exports holds one entry for each export that is being sent. They have turns of
	// their own, because a slow receiver must not keep files from being read.
	exports chan struct{}
	lists   *listCache
	pages   web.Pages
	// meters count what is sent in; nil where nothing is served.
	meters *meters
	// again says that reports are made again from receipts, which ask about times
	// that have passed.
	again bool
}

var _ spec.StrictServerInterface = (*handlers)(nil)

func newHandlers(deps Deps, pages web.Pages) *handlers {
	return &handlers{
		deps:  deps,
		pages: pages,
		turns: make(chan struct{}, deps.Limits.Parses), exports: make(chan struct{}, deps.Limits.Parses),
		lists: newListCache(deps.Registry, deps.Clock),
	}
}

// today is the day by the server's clock, in UTC.
func (h *handlers) today() domain.Date { return domain.DateOf(h.deps.Clock()) }

// actorCovering returns the caller when the organisation is in their scope. An
// organisation of somebody else and one that does not exist are the same answer.
func actorCovering(ctx context.Context, organisation string) (domain.Actor, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return domain.Actor{}, err
	}
	if !actor.Covers(organisation) {
		return domain.Actor{}, organisationNotFound()
	}
	return actor, nil
}

func organisationNotFound() error {
	return domain.NotFound("organisation_not_found", "There is no such organisation in your scope. Check the ODS code; GET /api/v1/organisations lists all codes.")
}

// The page of a list when the caller names none.
const defaultPageLength = 100

func pageOf(limit, offset *int) domain.Page {
	return domain.Page{Limit: orDefault(limit, defaultPageLength), Offset: orDefault(offset, 0)}
}

// orDefault returns what a parameter says, or the default when it is not given.
func orDefault[T any](given *T, otherwise T) T {
	if given == nil {
		return otherwise
	}
	return *given
}

// textOf returns nil for an empty text, which the contract writes as null or
// leaves out.
func textOf(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// dateFrom reads a day of the contract.
func dateFrom(day *openapi_types.Date) *domain.Date {
	if day == nil {
		return nil
	}
	date := domain.DateOf(day.Time)
	return &date
}

// specDate writes a day as the contract has it.
func specDate(day domain.Date) openapi_types.Date { return openapi_types.Date{Time: day.Time()} }

// specDateOf writes a day that may be absent.
func specDateOf(day *domain.Date) *openapi_types.Date {
	if day == nil {
		return nil
	}
	date := specDate(*day)
	return &date
}
