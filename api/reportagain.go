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

// everyOrganisation returns the codes of every organisation of the registry.
func (r *Remaker) everyOrganisation(ctx context.Context) ([]string, error) {
	const page = 1000
	var codes []string
	for {
		found, total, err := r.handlers.deps.Registry.Organisations(ctx, domain.OrganisationFilter{
			AsAt: r.handlers.today(), Page: domain.Page{Limit: page, Offset: len(codes)},
		})
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
