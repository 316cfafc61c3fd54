package api

import (
	"context"
	"fmt"

	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// vacancyAnswer is an answer with vacancy totals. Filter is the question as it was
// understood. The totals hold true counts of people: nothing of them leaves
// without the rule.
type vacancyAnswer struct {
	filter domain.TotalsFilter
	reach  reach
	// rule is what the figures about people pass: the caller's, or one that
	// withholds all of them.
	rule   disclosure.Rule
	totals []domain.VacancyTotal
}

// peopleLeftOut says that figures about people are withheld throughout, because
// the question is not one that they may be asked with.
func (a vacancyAnswer) peopleLeftOut() bool { return a.rule == (disclosure.Rule{}) }

// GetVacancyTotals answers with vacancy totals as JSON.
func (h *handlers) GetVacancyTotals(ctx context.Context, request spec.GetVacancyTotalsRequestObject) (spec.GetVacancyTotalsResponseObject, error) {
	filter, period := vacancyFilter(request.Params)
	totals, err := h.vacancyTotals(ctx, filter, period)
	if err != nil {
		return nil, err
	}
	return spec.GetVacancyTotals200JSONResponse(totals), nil
}

// GetVacancyTotalsCsv answers with the same rows as CSV.
func (h *handlers) GetVacancyTotalsCsv(ctx context.Context, request spec.GetVacancyTotalsCsvRequestObject) (spec.GetVacancyTotalsCsvResponseObject, error) {
	filter, period := vacancyCSVFilter(request.Params)
	totals, err := h.vacancyTotals(ctx, filter, period)
	if err != nil {
		return nil, err
	}
	sent, err := csvResponse(csvName("vacancy-totals", totals.Meta), vacancyColumns(totals.Meta), totals.Rows)
	return spec.GetVacancyTotalsCsv200TextcsvResponse{CSVTextcsvResponse: sent}, err
}

// vacancyTotals answers one question of the totals endpoints.
func (h *handlers) vacancyTotals(ctx context.Context, filter domain.TotalsFilter, period totalsPeriod) (spec.VacancyTotals, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return spec.VacancyTotals{}, err
	}
	lists, err := h.lists.get(ctx)
	if err != nil {
		return spec.VacancyTotals{}, err
	}
	if err := period.settle(&filter, h.today()); err != nil {
		return spec.VacancyTotals{}, err
	}
	if err := h.checkCodes(ctx, lists, &filter); err != nil {
		return spec.VacancyTotals{}, err
	}
	answer, err := h.answerVacancies(ctx, actor, filter)
	if err != nil {
		return spec.VacancyTotals{}, err
	}
	return h.specVacancyTotals(answer, namesOf(lists, domain.FrameworkVersion{})), nil
}

// answerVacancies reads vacancy totals within the caller's reach and decides by
// which rule figures about people may be shown. Every output of vacancies,
// workbooks included, comes from here.
func (h *handlers) answerVacancies(ctx context.Context, actor domain.Actor, filter domain.TotalsFilter) (vacancyAnswer, error) {
	reach, err := h.reachOf(actor, &filter)
	if err != nil {
		return vacancyAnswer{}, err
	}
	if err := postsFineEnough(actor, filter); err != nil {
		return vacancyAnswer{}, err
	}
	answer := vacancyAnswer{filter: filter, reach: reach, rule: reach.rule}
	if !reach.unaltered() && (len(repeatedFilters(filter)) > 0 || peopleDimensions(filter) > maxPeopleDimensions) {
		// A rule without thresholds withholds all people; the posts stay.
		answer.rule = disclosure.Rule{}
	}
	if reach.nothing {
		return answer, nil
	}
	answer.totals, err = h.deps.Totals.VacancyTotals(ctx, actor, filter)
	if err != nil {
		return vacancyAnswer{}, fmt.Errorf("read vacancy totals: %w", err)
	}
	for i := range answer.totals {
		total := &answer.totals[i]
		total.StaffGroup, total.Band = shownCode(total.StaffGroup), shownCode(total.Band)
		if total.Month == nil {
			total.Month = &answer.filter.AsAt
		}
	}
	return answer, h.rowsWithinLimit(len(answer.totals))
}

// shownCode is a code as it is shown: empty when it was not given.
func shownCode(code string) string {
	if code == domain.NotGiven {
		return ""
	}
	return code
}

// rowsWithinLimit refuses answers that would be longer than what is promised.
func (h *handlers) rowsWithinLimit(rows int) error {
	if rows <= h.deps.Limits.Rows {
		return nil
	}
	return domain.Invalid("too_many_rows", fmt.Sprintf("The answer would have more than %d rows. Group by less, or ask for fewer organisations or months at a time.", h.deps.Limits.Rows))
}
