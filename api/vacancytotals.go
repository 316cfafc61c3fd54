package api

import (
	"context"
	"fmt"

	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// vacancyAnswer is what was found for a question about vacancies. Filter is the
// question as it was understood. The totals hold true counts of people: nothing of them
// leaves without a rule.
type vacancyAnswer struct {
	filter domain.TotalsFilter
	reach  reach
	// rule is what the figures about people pass: the caller's, or one that
	// withholds all of them.
	rule   disclosure.Rule
	totals []domain.VacancyTotal
	// chosen are the dimensions over which no people are added up, because the question
	// filters to several of their values.
	chosen []domain.Dimension
}

// ruleFor is the rule that the figures about people of one row pass.
func (a vacancyAnswer) ruleFor(group domain.Group) disclosure.Rule {
	if addsUpAChoice(group, a.chosen) {
		return disclosure.Rule{}
	}
	return a.rule
}

// GetVacancyTotals answers with vacancy totals as JSON.
func (h *handlers) GetVacancyTotals(ctx context.Context, request spec.GetVacancyTotalsRequestObject) (spec.GetVacancyTotalsResponseObject, error) {
	answer, _, err := h.vacancyTotals(ctx, request.Params)
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// GetVacancyTotalsCsv answers with the same rows as CSV.
func (h *handlers) GetVacancyTotalsCsv(ctx context.Context, request spec.GetVacancyTotalsCsvRequestObject) (spec.GetVacancyTotalsCsvResponseObject, error) {
	answer, q, err := h.vacancyTotals(ctx, request.Params)
	if err != nil {
		return nil, err
	}
	sent, err := answer.csv(q.params.ByteOrderMark)
	return spec.GetVacancyTotalsCsv200TextcsvResponse{CSVTextcsvResponse: sent}, err
}

// GetVacancyTotalsCsvMetadata describes the columns of the CSV.
func (h *handlers) GetVacancyTotalsCsvMetadata(context.Context, spec.GetVacancyTotalsCsvMetadataRequestObject) (spec.GetVacancyTotalsCsvMetadataResponseObject, error) {
	return spec.GetVacancyTotalsCsvMetadata200ApplicationCsvmPlusJSONResponse{
		CSVMetadataApplicationCsvmPlusJSONResponse: spec.CSVMetadataApplicationCsvmPlusJSONResponse(vacancyTable().metadata()),
	}, nil
}

// vacancyTotals answers one question of the totals endpoints.
func (h *handlers) vacancyTotals(ctx context.Context, params any) (totalsAnswer[vacancyRow], totalsQuestion, error) {
	q, err := h.understood(ctx, params)
	if err != nil {
		return totalsAnswer[vacancyRow]{}, q, err
	}
	found, err := h.answerVacancies(ctx, q.actor, q.filter)
	if err != nil {
		return totalsAnswer[vacancyRow]{}, q, err
	}
	rows := make([]vacancyRow, len(found.totals))
	var withheld []string
	for i, total := range found.totals {
		rule := found.ruleFor(total.Group)
		rows[i].VacancyTotal = total
		rows[i].headcount, rows[i].reportedRate = rule.VacancyPeople(total)
		if rule == (disclosure.Rule{}) {
			withheld = []string{peopleWithheldNote}
		}
	}
	if found.rule == (disclosure.Rule{}) {
		withheld = []string{peopleWithheldThroughoutNote}
	}
	answer, err := answered(ctx, h, q, vacancyTable(), found.filter, found.reach, rows, withheld...)
	return answer, q, err
}

const (
	peopleWithheldThroughoutNote = "Figures about people are withheld throughout: the question filters to several values without grouping by them, or breaks down by more than three dimensions. Group by the filter, or ask for less, to see them."
	peopleWithheldNote           = "Figures about people are withheld in subtotals over a dimension of which the question chooses several values. Ask for the whole of it to see them."
)

// answerVacancies reads vacancy totals within the caller's reach and decides by
// which rule figures about people may be shown. Every output of vacancies,
// workbooks included, comes from here.
func (h *handlers) answerVacancies(ctx context.Context, actor domain.Actor, filter domain.TotalsFilter) (vacancyAnswer, error) {
	chosen := severalValues(filter)
	reach, err := h.postsReach(actor, &filter)
	if err != nil {
		return vacancyAnswer{}, err
	}
	answer := vacancyAnswer{filter: filter, reach: reach, rule: reach.rule}
	if !reach.unaltered() {
		answer.chosen = chosen
		if peopleLeftOut(filter, chosen) {
			// A rule without thresholds withholds all people; the posts stay.
			answer.rule = disclosure.Rule{}
		}
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

// postsReach is reachOf for a question about posts, which is to be fine enough and to
// have subtotals when it asks for them.
func (h *handlers) postsReach(actor domain.Actor, filter *domain.TotalsFilter) (reach, error) {
	found, err := h.reachOf(actor, filter)
	if err != nil {
		return reach{}, err
	}
	if err := postsFineEnough(actor, *filter); err != nil {
		return reach{}, err
	}
	return found, checkSubtotals(*filter)
}

// peopleLeftOut says whether a question about posts is not one that figures about
// people may be asked with; chosen are the dimensions filtered to several values.
func peopleLeftOut(filter domain.TotalsFilter, chosen []domain.Dimension) bool {
	for _, d := range chosen {
		if !filter.Has(d) {
			return true
		}
	}
	return peopleDimensions(filter) > maxPeopleDimensions
}
