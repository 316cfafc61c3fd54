package api

import (
	"context"
	"fmt"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// SetReportingStart sets from when a kind of return is expected of an organisation.
func (h *handlers) SetReportingStart(ctx context.Context, request spec.SetReportingStartRequestObject) (spec.SetReportingStartResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	err = h.deps.Registry.SetReportingStart(ctx, actor, request.Organisation, domain.UploadKind(request.Kind), dateFrom(request.Body.ReportsFrom))
	if err != nil {
		return nil, fmt.Errorf("set reporting start: %w", err)
	}
	return spec.SetReportingStart204Response{}, nil
}

// reportingStarts returns from when each kind of return is expected of an organisation
// for callers in whose scope it is, and nothing for others.
func (h *handlers) reportingStarts(ctx context.Context, organisation string) (*map[string]openapi_types.Date, error) {
	actor, err := actorFrom(ctx)
	if err != nil || !actor.Covers(organisation) {
		return nil, err
	}
	starts, err := h.deps.Registry.ReportingStarts(ctx, actor, organisation)
	if err != nil {
		return nil, fmt.Errorf("read reporting starts: %w", err)
	}
	written := make(map[string]openapi_types.Date, len(starts))
	for kind, from := range starts {
		written[string(kind)] = specDate(from)
	}
	return &written, nil
}
