package api

import (
	"context"
	"fmt"
	"slices"

	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// GetWorkforceTotals answers with workforce totals as JSON.
func (h *handlers) GetWorkforceTotals(ctx context.Context, request spec.GetWorkforceTotalsRequestObject) (spec.GetWorkforceTotalsResponseObject, error) {
	answer, _, err := h.workforceTotals(ctx, request.Params)
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// GetWorkforceTotalsCsv answers with the same rows as CSV.
func (h *handlers) GetWorkforceTotalsCsv(ctx context.Context, request spec.GetWorkforceTotalsCsvRequestObject) (spec.GetWorkforceTotalsCsvResponseObject, error) {
	answer, q, err := h.workforceTotals(ctx, request.Params)
	if err != nil {
		return nil, err
	}
	sent, err := answer.csv(q.params.ByteOrderMark)
	return spec.GetWorkforceTotalsCsv200TextcsvResponse{CSVTextcsvResponse: sent}, err
}

// GetWorkforceTotalsCsvMetadata describes the columns of the CSV.
func (h *handlers) GetWorkforceTotalsCsvMetadata(context.Context, spec.GetWorkforceTotalsCsvMetadataRequestObject) (spec.GetWorkforceTotalsCsvMetadataResponseObject, error) {
	return spec.GetWorkforceTotalsCsvMetadata200ApplicationCsvmPlusJSONResponse{
		CSVMetadataApplicationCsvmPlusJSONResponse: spec.CSVMetadataApplicationCsvmPlusJSONResponse(workforceTable(defaultPeriod).metadata()),
	}, nil
}

// workforceTotals answers one question about people in post and their movement. Every
// row passes the disclosure rule.
func (h *handlers) workforceTotals(ctx context.Context, params any) (totalsAnswer[disclosure.Workforce], totalsQuestion, error) {
	q, err := h.understood(ctx, params)
	if err != nil {
		return totalsAnswer[disclosure.Workforce]{}, q, err
	}
	filter := q.filter
	chosen, found, err := h.peopleReach(q.actor, &filter)
	if err != nil {
		return totalsAnswer[disclosure.Workforce]{}, q, err
	}
	var rows []disclosure.Workforce
	if !found.nothing {
		totals, err := h.deps.Totals.WorkforceTotals(ctx, q.actor, filter)
		if err != nil {
			return totalsAnswer[disclosure.Workforce]{}, q, fmt.Errorf("read workforce totals: %w", err)
		}
		totals = slices.DeleteFunc(totals, func(t domain.WorkforceTotal) bool { return addsUpAChoice(t.Group, chosen) })
		rows = make([]disclosure.Workforce, len(totals))
		for i, total := range totals {
			rows[i] = found.rule.Workforce(total)
		}
	}
	answer, err := answered(ctx, h, q, workforceTable(filter.PeriodMonths), filter, found, rows)
	answer.meta.PeriodMonths = &filter.PeriodMonths
	return answer, q, err
}
