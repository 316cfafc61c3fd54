package api

import (
	"context"

	"skillstracker/api/spec"
)

// maxCodes is how many codes the contract lets a list have.
const maxCodes = 500

// GetCaller says who the service takes the caller for.
func (h *handlers) GetCaller(ctx context.Context, _ spec.GetCallerRequestObject) (spec.GetCallerResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	return spec.GetCaller200JSONResponse{
		Id: actor.ID, Role: spec.Role(actor.Role), Scope: spec.ScopeKind(actor.Grant.Kind), Codes: firstCodes(actor.Grant.Codes),
		Organisations: firstCodes(actor.Organisations), OrganisationsTotal: len(actor.Organisations), ReadOnly: firstCodes(actor.ReadOnly),
		ExpiresAt: actor.ExpiresAt.UTC(),
	}, nil
}

// firstCodes returns as many codes as a list may have.
func firstCodes(codes []string) spec.Codes {
	return append(spec.Codes{}, codes[:min(len(codes), maxCodes)]...)
}
