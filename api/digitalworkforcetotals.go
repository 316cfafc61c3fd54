package api

import (
	"context"
	"fmt"

	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// GetDigitalWorkforceTotals answers with the digital workforce as JSON.
func (h *handlers) GetDigitalWorkforceTotals(ctx context.Context, request spec.GetDigitalWorkforceTotalsRequestObject) (spec.GetDigitalWorkforceTotalsResponseObject, error) {
	answer, _, err := h.digitalTotals(ctx, request.Params)
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// GetDigitalWorkforceTotalsCsv answers with the same rows as CSV.
func (h *handlers) GetDigitalWorkforceTotalsCsv(ctx context.Context, request spec.GetDigitalWorkforceTotalsCsvRequestObject) (spec.GetDigitalWorkforceTotalsCsvResponseObject, error) {
	answer, q, err := h.digitalTotals(ctx, request.Params)
	if err != nil {
		return nil, err
	}
	sent, err := answer.csv(q.params.ByteOrderMark)
	return spec.GetDigitalWorkforceTotalsCsv200TextcsvResponse{CSVTextcsvResponse: sent}, err
}

// GetDigitalWorkforceTotalsCsvMetadata describes the columns of the CSV.
func (h *handlers) GetDigitalWorkforceTotalsCsvMetadata(context.Context, spec.GetDigitalWorkforceTotalsCsvMetadataRequestObject) (spec.GetDigitalWorkforceTotalsCsvMetadataResponseObject, error) {
	return spec.GetDigitalWorkforceTotalsCsvMetadata200ApplicationCsvmPlusJSONResponse{
		CSVMetadataApplicationCsvmPlusJSONResponse: spec.CSVMetadataApplicationCsvmPlusJSONResponse(digitalTable(defaultPeriod, nil).metadata()),
	}, nil
}

// digitalQuestion is a question about the digital workforce within the caller's reach.
type digitalQuestion struct {
	actor domain.Actor
	// filter is narrowed to digital posts and people.
	filter   domain.TotalsFilter
	baseline *domain.Date
	target   *int
	// rule is what the figures about people pass: the caller's, or one that withholds
	// all of them.
	rule disclosure.Rule
}

// digitalTotals answers one question about the digital workforce. It is composed of the
// totals of vacancies, position vacancies and people in post, each narrowed to digital.
func (h *handlers) digitalTotals(ctx context.Context, params any) (totalsAnswer[digitalRow], totalsQuestion, error) {
	q, err := h.understood(ctx, params)
	if err != nil {
		return totalsAnswer[digitalRow]{}, q, err
	}
	baseline, err := q.baseline(h.today())
	if err != nil {
		return totalsAnswer[digitalRow]{}, q, err
	}
	filter := q.filter
	chosen := severalValues(filter)
	found, err := h.reachOf(q.actor, &filter)
	if err != nil {
		return totalsAnswer[digitalRow]{}, q, err
	}
	asked := digitalQuestion{actor: q.actor, filter: filter, baseline: baseline, target: q.params.TargetPosts, rule: found.rule}
	asked.filter.Digital = []string{domain.DigitalYes}
	var notes []string
	if !found.unaltered() && peopleLeftOut(asked.filter, chosen) {
		asked.rule = disclosure.Rule{}
		notes = append(notes, peopleWithheldThroughoutNote)
	}
	var rows []digitalRow
	if !found.nothing {
		if rows, err = h.digitalRows(ctx, asked); err != nil {
			return totalsAnswer[digitalRow]{}, q, err
		}
	}
	answer, err := answered(ctx, h, q, digitalTable(filter.PeriodMonths, baseline), filter, found, rows, notes...)
	answer.meta.PeriodMonths = &filter.PeriodMonths
	return answer, q, err
}

// baseline is the month end from which growth is measured; nil when none is asked for.
func (q totalsQuestion) baseline(today domain.Date) (*domain.Date, error) {
	day := dateFrom(q.params.Baseline)
	if day == nil {
		if q.params.TargetPosts != nil {
			return nil, domain.Invalid("target_without_baseline", "Growth towards a target has to begin somewhere.",
				domain.FieldFault{Field: "baseline", Message: "Name the month end from which growth counts, or leave out target_posts."})
		}
		return nil, nil
	}
	last := today.LastMonthEnd()
	if !day.IsMonthEnd() || *day > last {
		return nil, domain.Invalid("date_not_month_end", "Totals are given for month ends that have passed.",
			domain.FieldFault{Field: "baseline", Message: "Use the last day of a month, such as " + last.String() + "."})
	}
	if *day >= q.filter.Months[0] {
		return nil, domain.Invalid("baseline_too_late", "Growth is measured from the baseline to each date of the question, so it lies before all of them.",
			domain.FieldFault{Field: "baseline", Message: "Use a month end before " + q.filter.Months[0].String() + "."})
	}
	return day, nil
}

// digitalRows reads the parts and puts them together, one row for each place and month
// of which any part knows.
func (h *handlers) digitalRows(ctx context.Context, asked digitalQuestion) ([]digitalRow, error) {
	joined := newDigitalJoin(asked)
	posts, err := h.deps.Totals.VacancyTotals(ctx, asked.actor, asked.filter)
	if err != nil {
		return nil, fmt.Errorf("read digital vacancies: %w", err)
	}
	for _, total := range posts {
		joined.row(total.Group).posts = total
	}
	unstated := asked.filter
	unstated.Digital = []string{domain.DigitalNotStated}
	if posts, err = h.deps.Totals.VacancyTotals(ctx, asked.actor, unstated); err != nil {
		return nil, fmt.Errorf("read vacancies that may be digital: %w", err)
	}
	for _, total := range posts {
		joined.row(total.Group).notStated = total.Budgeted
	}
	positions, err := h.deps.Totals.PositionTotals(ctx, asked.actor, asked.filter)
	if err != nil {
		return nil, fmt.Errorf("read digital position vacancies: %w", err)
	}
	for _, total := range positions {
		if total.Reporting > 0 {
			joined.row(total.Group).openPosts = &total.OpenPosts
		}
	}
	staff, err := h.deps.Totals.WorkforceTotals(ctx, asked.actor, asked.filter)
	if err != nil {
		return nil, fmt.Errorf("read digital staff: %w", err)
	}
	for _, total := range staff {
		joined.row(total.Group).staff = asked.rule.Workforce(total)
	}
	if asked.baseline != nil {
		if err := h.addGrowth(ctx, asked, joined); err != nil {
			return nil, err
		}
	}
	return joined.sorted(), nil
}
