package api

import (
	"context"
	"fmt"

	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// skillsAnswer is an answer with digital-literacy totals. Filter is the question as
// it was understood; the rows have passed the disclosure rule.
type skillsAnswer struct {
	filter domain.TotalsFilter
	reach  reach
	rows   []disclosure.Skills
}

// GetDigitalLiteracyTotals answers with digital-literacy totals as JSON.
func (h *handlers) GetDigitalLiteracyTotals(ctx context.Context, request spec.GetDigitalLiteracyTotalsRequestObject) (spec.GetDigitalLiteracyTotalsResponseObject, error) {
	filter, period, framework := skillsFilter(request.Params)
	totals, _, err := h.skillsTotals(ctx, filter, period, framework)
	if err != nil {
		return nil, err
	}
	return spec.GetDigitalLiteracyTotals200JSONResponse(totals), nil
}

// GetDigitalLiteracyTotalsCsv answers with the same rows as CSV.
func (h *handlers) GetDigitalLiteracyTotalsCsv(ctx context.Context, request spec.GetDigitalLiteracyTotalsCsvRequestObject) (spec.GetDigitalLiteracyTotalsCsvResponseObject, error) {
	filter, period, framework := skillsCSVFilter(request.Params)
	totals, answer, err := h.skillsTotals(ctx, filter, period, framework)
	if err != nil {
		return nil, err
	}
	sent, err := csvResponse(csvName("digital-literacy-totals", totals.Meta), skillsColumns(totals.Meta, answer.filter.Framework), totals.Rows)
	return spec.GetDigitalLiteracyTotalsCsv200TextcsvResponse{CSVTextcsvResponse: sent}, err
}

// skillsTotals answers one question of the totals endpoints.
func (h *handlers) skillsTotals(ctx context.Context, filter domain.TotalsFilter, period totalsPeriod, framework frameworkNamed) (spec.SkillsTotals, skillsAnswer, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return spec.SkillsTotals{}, skillsAnswer{}, err
	}
	lists, err := h.lists.get(ctx)
	if err != nil {
		return spec.SkillsTotals{}, skillsAnswer{}, err
	}
	if filter.Framework, err = framework.in(lists); err != nil {
		return spec.SkillsTotals{}, skillsAnswer{}, err
	}
	if err := period.settle(&filter, h.today()); err != nil {
		return spec.SkillsTotals{}, skillsAnswer{}, err
	}
	if err := h.checkCodes(ctx, lists, &filter); err != nil {
		return spec.SkillsTotals{}, skillsAnswer{}, err
	}
	answer, err := h.answerSkills(ctx, actor, filter)
	if err != nil {
		return spec.SkillsTotals{}, skillsAnswer{}, err
	}
	return h.specSkillsTotals(answer, namesOf(lists, answer.filter.Framework)), answer, nil
}

// answerSkills reads digital-literacy totals within the caller's reach and puts
// every row through the disclosure rule. Every output of skills, workbooks
// included, comes from here.
func (h *handlers) answerSkills(ctx context.Context, actor domain.Actor, filter domain.TotalsFilter) (skillsAnswer, error) {
	reach, err := h.reachOf(actor, &filter)
	if err != nil {
		return skillsAnswer{}, err
	}
	if len(filter.Competences) > 0 && !filter.Has(domain.ByCompetence) {
		// Levels of different competences do not add up to anything.
		filter.GroupBy = append(filter.GroupBy, domain.ByCompetence)
	}
	if !reach.unaltered() {
		if err := boundPeople(&filter); err != nil {
			return skillsAnswer{}, err
		}
	}
	answer := skillsAnswer{filter: filter, reach: reach}
	if reach.nothing {
		return answer, nil
	}
	totals, err := h.deps.Totals.SkillsTotals(ctx, actor, filter)
	if err != nil {
		return skillsAnswer{}, fmt.Errorf("read digital-literacy totals: %w", err)
	}
	if err := h.rowsWithinLimit(len(totals)); err != nil {
		return skillsAnswer{}, err
	}
	byCompetence := filter.Has(domain.ByCompetence)
	answer.rows = make([]disclosure.Skills, len(totals))
	for i, total := range totals {
		total.StaffGroup, total.Band = shownCode(total.StaffGroup), shownCode(total.Band)
		answer.rows[i] = reach.rule.Skills(total, byCompetence)
	}
	return answer, nil
}
