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

// positionTotals answers one question of the totals endpoints.
func (h *handlers) positionTotals(ctx context.Context, params any) (totalsAnswer[domain.PositionTotal], totalsQuestion, error) {
	q, err := h.understood(ctx, params)
	if err != nil {
		return totalsAnswer[domain.PositionTotal]{}, q, err
	}
	found, err := h.answerPositions(ctx, q.actor, q.filter)
	if err != nil {
		return totalsAnswer[domain.PositionTotal]{}, q, err
	}
	answer, err := answered(ctx, h, q, positionTable(found.filter.PeriodMonths), found.filter, found.reach, found.rows)
	answer.meta.PeriodMonths = &found.filter.PeriodMonths
	return answer, q, err
}

// positionAnswer is what was found for a question about position vacancies. Filter is
// the question as it was understood.
type positionAnswer struct {
	filter domain.TotalsFilter
	reach  reach
	rows   []domain.PositionTotal
}

// answerPositions reads position-vacancy totals within the caller's reach. They are
// figures of posts, which stay exact. Every output of them, workbooks included, comes
// from here.
func (h *handlers) answerPositions(ctx context.Context, actor domain.Actor, filter domain.TotalsFilter) (positionAnswer, error) {
	found, err := h.postsReach(actor, &filter)
	if err != nil {
		return positionAnswer{}, err
	}
	answer := positionAnswer{filter: filter, reach: found}
	if found.nothing {
		return answer, nil
	}
	if answer.rows, err = h.deps.Totals.PositionTotals(ctx, actor, filter); err != nil {
		return positionAnswer{}, fmt.Errorf("read position totals: %w", err)
	}
	return answer, h.rowsWithinLimit(len(answer.rows))
}
