package api

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"skillstracker/api/report"
	"skillstracker/api/web"
	"skillstracker/domain"
)

// Remaker makes reports again from their receipts, with what the register held then.
// It asks as the receipt's audience did, so a forged receipt could ask for anything:
// whoever runs it must be one who may read the database.
type Remaker struct{ handlers *handlers }

// NewRemaker returns what makes reports again. Of the parts it needs the Registry,
// Totals, Uploads, Data, Reads, Targets and the Clock, and the Rule, which must be that
// of the receipt.
func NewRemaker(deps Deps) (*Remaker, error) {
	if deps.Registry == nil || deps.Totals == nil || deps.Uploads == nil || deps.Data == nil || deps.Targets == nil || deps.Clock == nil {
		return nil, errors.New("make reports again: a part is not set")
	}
	if deps.Limits == (Limits{}) {
		deps.Limits = DefaultLimits()
	}
	handlers := newHandlers(deps, web.Pages{})
	handlers.again = true
	return &Remaker{handlers: handlers}, nil
}

// Remake makes the report of a receipt again. The error is a *domain.Error of kind
// invalid or not found when the register does not hold what the receipt names.
func (r *Remaker) Remake(ctx context.Context, receipt report.Receipt, requestID string) (*report.Book, error) {
	actor := domain.Actor{ID: "report verify", Role: receipt.Audience, RequestID: requestID, Organisations: slices.Clone(receipt.Scope)}
	actor.Grant = domain.Grant{Kind: domain.ScopeOrganisation, Codes: receipt.Scope}
	if slices.Equal(receipt.Scope, []string{report.ScopeAll}) {
		actor.Grant = domain.Grant{Kind: domain.ScopeAll}
		codes, err := r.everyOrganisation(ctx)
		if err != nil {
			return nil, err
		}
		actor.Organisations = codes
	}
	slices.Sort(actor.Organisations)
	asked := reportRequest{name: receipt.Report, area: receipt.Area, asAt: &receipt.AsAt, basis: receipt.Basis, receipt: &receipt}
	if receipt.Framework != "" {
		asked.framework, asked.version = &receipt.Framework, &receipt.FrameworkVersion
	}
	return r.handlers.makeReport(ctx, actor, asked)
}

// RestsOn returns a function that says whether figures on a worksheet of a report rest on
// what an organisation holds. It says yes where nobody can tell.
func (r *Remaker) RestsOn(ctx context.Context, receipt report.Receipt) (func(sheet, organisation string) bool, error) {
	anything := func(string, string) bool { return true }
	filter := domain.OrganisationFilter{}
	switch receipt.Area.Kind {
	case domain.ByOrganisation:
		return func(sheet, organisation string) bool {
			return sheet == report.SheetBenchmark || organisation == receipt.Area.Code
		}, nil
	case domain.ByICB:
		filter.ICBs = []string{receipt.Area.Code}
	case domain.ByRegion:
		filter.Regions = []string{receipt.Area.Code}
	default:
		return anything, nil
	}
	if receipt.Basis == domain.BasisAsNow {
		return anything, nil
	}
	var members []string
	// Its figures go back for two years, and by then others may have been members.
	for _, filter.AsAt = range []domain.Date{receipt.AsAt, receipt.AsAt - 366, receipt.AsAt - 2*366} {
		codes, err := r.codesOf(ctx, filter)
		if err != nil {
			return nil, err
		}
		members = append(members, codes...)
	}
	return func(_, organisation string) bool { return slices.Contains(members, organisation) }, nil
}

// everyOrganisation returns the codes of every organisation of the registry.
func (r *Remaker) everyOrganisation(ctx context.Context) ([]string, error) {
	return r.codesOf(ctx, domain.OrganisationFilter{AsAt: r.handlers.today()})
}

// codesOf returns the codes of all organisations that a filter lets through.
func (r *Remaker) codesOf(ctx context.Context, filter domain.OrganisationFilter) ([]string, error) {
	const page = 1000
	var codes []string
	for {
		filter.Page = domain.Page{Limit: page, Offset: len(codes)}
		found, total, err := r.handlers.deps.Registry.Organisations(ctx, filter)
		if err != nil {
			return nil, fmt.Errorf("read organisations: %w", err)
		}
		for _, organisation := range found {
			codes = append(codes, organisation.Code)
		}
		if len(found) == 0 || len(codes) >= total {
			return codes, nil
		}
	}
}
