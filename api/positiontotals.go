package api

import (
	"context"
	"fmt"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// GetPositionTotals answers with position-vacancy totals as JSON.
func (h *handlers) GetPositionTotals(ctx context.Context, request spec.GetPositionTotalsRequestObject) (spec.GetPositionTotalsResponseObject, error) {
	answer, _, err := h.positionTotals(ctx, request.Params)
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// GetPositionTotalsCsv answers with the same rows as CSV.
func (h *handlers) GetPositionTotalsCsv(ctx context.Context, request spec.GetPositionTotalsCsvRequestObject) (spec.GetPositionTotalsCsvResponseObject, error) {
	answer, q, err := h.positionTotals(ctx, request.Params)
	if err != nil {
		return nil, err
	}
	sent, err := answer.csv(q.params.ByteOrderMark)
	return spec.GetPositionTotalsCsv200TextcsvResponse{CSVTextcsvResponse: sent}, err
}

// GetPositionTotalsCsvMetadata describes the columns of the CSV.
func (h *handlers) GetPositionTotalsCsvMetadata(context.Context, spec.GetPositionTotalsCsvMetadataRequestObject) (spec.GetPositionTotalsCsvMetadataResponseObject, error) {
	return spec.GetPositionTotalsCsvMetadata200ApplicationCsvmPlusJSONResponse{
		CSVMetadataApplicationCsvmPlusJSONResponse: spec.CSVMetadataApplicationCsvmPlusJSONResponse(positionTable(defaultPeriod).metadata()),
	}, nil
}

// positionTotals answers one question about position vacancies. They are figures of
// posts, which stay exact.
func (h *handlers) positionTotals(ctx context.Context, params any) (totalsAnswer[domain.PositionTotal], totalsQuestion, error) {
	q, err := h.understood(ctx, params)
	if err != nil {
		return totalsAnswer[domain.PositionTotal]{}, q, err
	}
	filter := q.filter
	found, err := h.postsReach(q.actor, &filter)
	if err != nil {
		return totalsAnswer[domain.PositionTotal]{}, q, err
	}
	var rows []domain.PositionTotal
	if !found.nothing {
		if rows, err = h.deps.Totals.PositionTotals(ctx, q.actor, filter); err != nil {
			return totalsAnswer[domain.PositionTotal]{}, q, fmt.Errorf("read position totals: %w", err)
		}
	}
	answer, err := answered(ctx, h, q, positionTable(filter.PeriodMonths), filter, found, rows)
	answer.meta.PeriodMonths = &filter.PeriodMonths
	return answer, q, err
}
