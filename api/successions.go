package api

import (
	"context"
	"fmt"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// ListSuccessions lists which organisation took over from which. It is the same for
// every role, as the registry is.
func (h *handlers) ListSuccessions(ctx context.Context, request spec.ListSuccessionsRequestObject) (spec.ListSuccessionsResponseObject, error) {
	successions, err := h.deps.Registry.Successions(ctx, textsAs[string](request.Params.Organisation))
	if err != nil {
		return nil, fmt.Errorf("list successions: %w", err)
	}
	return spec.ListSuccessions200JSONResponse{Successions: listed(successions, specSuccession)}, nil
}

// ImportSuccessions stores a file of successions whole or, when any row has a fault,
// nothing of it.
func (h *handlers) ImportSuccessions(ctx context.Context, request spec.ImportSuccessionsRequestObject) (spec.ImportSuccessionsResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	successions, err := sentSuccessions(ctx, request)
	if err != nil {
		return nil, err
	}
	summary, err := h.deps.Registry.ImportSuccessions(ctx, actor, successions)
	if err != nil {
		return nil, fmt.Errorf("import successions: %w", err)
	}
	return spec.ImportSuccessions201JSONResponse{
		Read: summary.Read, New: summary.New, Changed: summary.Changed, Unchanged: summary.Unchanged, Removed: summary.Removed,
	}, nil
}

// sentSuccessions reads the successions of a request. Those of JSON are numbered from
// 1, as the rows of a file are.
func sentSuccessions(ctx context.Context, request spec.ImportSuccessionsRequestObject) ([]domain.Succession, error) {
	if request.JSONBody == nil {
		successions, findings, err := sheet.ReadSuccessions(ctx, bodyReader{request.Body})
		if err != nil {
			return nil, fmt.Errorf("read successions: %w", err)
		}
		if findings.Errors() > 0 {
			return nil, importRejected(findings)
		}
		return successions, nil
	}
	successions := make([]domain.Succession, len(request.JSONBody.Successions))
	for i, sent := range request.JSONBody.Successions {
		successions[i] = domain.Succession{
			Row: i + 1, Predecessor: sent.Predecessor, Successor: sent.Successor, EffectiveOn: orDefault(dateFrom(sent.EffectiveOn), 0),
		}
		if orDefault(sent.Action, "") == spec.Remove {
			successions[i].Action = domain.ActionRemove
		}
	}
	return successions, nil
}

func specSuccession(s domain.Succession) spec.Succession {
	return spec.Succession{Predecessor: s.Predecessor, Successor: s.Successor, EffectiveOn: specDate(s.EffectiveOn)}
}
