package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// skillsAnswer is what was found for a question about digital literacy. Filter is the
// question as it was understood; the rows have passed the disclosure rule.
type skillsAnswer struct {
	filter domain.TotalsFilter
	reach  reach
	rows   []disclosure.Skills
}

// GetDigitalLiteracyTotals answers with digital-literacy totals as JSON.
func (h *handlers) GetDigitalLiteracyTotals(ctx context.Context, request spec.GetDigitalLiteracyTotalsRequestObject) (spec.GetDigitalLiteracyTotalsResponseObject, error) {
	answer, _, err := h.skillsTotals(ctx, request.Params)
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// GetDigitalLiteracyTotalsCsv answers with the same rows as CSV.
func (h *handlers) GetDigitalLiteracyTotalsCsv(ctx context.Context, request spec.GetDigitalLiteracyTotalsCsvRequestObject) (spec.GetDigitalLiteracyTotalsCsvResponseObject, error) {
	answer, q, err := h.skillsTotals(ctx, request.Params)
	if err != nil {
		return nil, err
	}
	sent, err := answer.csv(q.params.ByteOrderMark)
	return spec.GetDigitalLiteracyTotalsCsv200TextcsvResponse{CSVTextcsvResponse: sent}, err
}

// GetDigitalLiteracyTotalsCsvMetadata describes the columns of the CSV, which depend on
// the framework.
func (h *handlers) GetDigitalLiteracyTotalsCsvMetadata(ctx context.Context, request spec.GetDigitalLiteracyTotalsCsvMetadataRequestObject) (spec.GetDigitalLiteracyTotalsCsvMetadataResponseObject, error) {
	lists, err := h.lists.get(ctx)
	if err != nil {
		return nil, err
	}
	framework, err := frameworkOf(request.Params.Framework, request.Params.FrameworkVersion).in(lists)
	if err != nil {
		return nil, err
	}
	return spec.GetDigitalLiteracyTotalsCsvMetadata200ApplicationCsvmPlusJSONResponse{
		CSVMetadataApplicationCsvmPlusJSONResponse: spec.CSVMetadataApplicationCsvmPlusJSONResponse(skillsTable(framework).metadata()),
	}, nil
}

// skillsTotals answers one question of the totals endpoints.
func (h *handlers) skillsTotals(ctx context.Context, params any) (totalsAnswer[rankedSkills], totalsQuestion, error) {
	q, err := h.skillsQuestion(ctx, params)
	if err != nil {
		return totalsAnswer[rankedSkills]{}, q, err
	}
	found, err := h.answerSkills(ctx, q.actor, q.filter)
	if err != nil {
		return totalsAnswer[rankedSkills]{}, q, err
	}
	framework := found.filter.Framework
	answer, err := answered(ctx, h, q, skillsTable(framework), found.filter, found.reach, inOrder(found.rows, q.params.Order == string(spec.OrderPriority)))
	answer.meta.Framework, answer.meta.FrameworkVersion, answer.meta.ValidityMonths = &framework.Framework, &framework.Version, &framework.ValidityMonths
	answer.meta.Crosswalk = textOf(found.filter.Crosswalk.Code)
	return answer, q, err
}

// skillsQuestion is understood for digital literacy: with the framework version, of
// which competences and domains are, and the crosswalk.
func (h *handlers) skillsQuestion(ctx context.Context, params any) (totalsQuestion, error) {
	q, err := h.begin(ctx, params)
	if err != nil {
		return q, err
	}
	if q.filter.Framework, err = frameworkOf(q.params.Framework, q.params.FrameworkVersion).in(q.lists); err != nil {
		return q, err
	}
	if q.filter.Crosswalk, err = crosswalkTo(q.lists, q.params.Crosswalk, q.filter.Framework); err != nil {
		return q, err
	}
	if err := h.checkCodes(ctx, q.lists, &q.filter); err != nil {
		return q, err
	}
	if err := domainsMeetCompetences(q.filter); err != nil {
		return q, err
	}
	groupBySubject(&q.filter)
	if q.params.Order == string(spec.OrderPriority) && !q.filter.Has(domain.ByCompetence) && !q.filter.Has(domain.ByDomain) {
		return q, domain.Invalid("priority_without_subject", "Priorities are an order of competences or domains.",
			domain.FieldFault{Field: "order", Message: "Group by competence or domain, or leave out order."})
	}
	return q, nil
}

// crosswalkTo returns the crosswalk of a code, which must lead to the framework version.
func crosswalkTo(lists domain.Lists, code string, framework domain.FrameworkVersion) (domain.Crosswalk, error) {
	if code == "" {
		return domain.Crosswalk{}, nil
	}
	crosswalk, found := lists.Crosswalk(code)
	if !found {
		return domain.Crosswalk{}, domain.Invalid("crosswalk_unknown", "There is no such crosswalk.",
			domain.FieldFault{Field: "crosswalk", Message: "Use one of GET /api/v1/crosswalks."})
	}
	if crosswalk.To.Framework != framework.Framework || crosswalk.To.Version != framework.Version {
		return domain.Crosswalk{}, domain.Invalid("crosswalk_elsewhere", fmt.Sprintf("The crosswalk leads to %s %s and not to the framework version asked for.", crosswalk.To.Framework, crosswalk.To.Version),
			domain.FieldFault{Field: "crosswalk", Message: fmt.Sprintf("Ask with framework=%s and framework_version=%s, or use a crosswalk that leads to the framework asked for.", crosswalk.To.Framework, crosswalk.To.Version)})
	}
	return crosswalk, nil
}

// domainsMeetCompetences refuses a question whose domains hold none of its competences.
func domainsMeetCompetences(filter domain.TotalsFilter) error {
	if len(filter.Domains) == 0 || len(filter.Competences) == 0 {
		return nil
	}
	for _, competence := range filter.Framework.Competences {
		if slices.Contains(filter.Competences, competence.Code) && slices.Contains(filter.Domains, competence.Domain) {
			return nil
		}
	}
	return domain.Invalid("domain_without_competence", "None of the competences asked for is in the domains asked for.",
		domain.FieldFault{Field: "domain", Message: "Leave out domain, or use the domain of the competence; GET /api/v1/frameworks shows it."})
}

// groupBySubject groups by what is filtered to: levels of different competences do not
// add up to anything.
func groupBySubject(filter *domain.TotalsFilter) {
	if len(filter.Competences) > 0 && !filter.Has(domain.ByCompetence) {
		filter.GroupBy = append(filter.GroupBy, domain.ByCompetence)
	}
	if len(filter.Domains) > 0 && !filter.Has(domain.ByDomain) && !filter.Has(domain.ByCompetence) {
		filter.GroupBy = append(filter.GroupBy, domain.ByDomain)
	}
}

// answerSkills reads digital-literacy totals within the caller's reach and puts
// every row through the disclosure rule. Every output of skills, workbooks
// included, comes from here.
func (h *handlers) answerSkills(ctx context.Context, actor domain.Actor, filter domain.TotalsFilter) (skillsAnswer, error) {
	chosen, found, err := h.peopleReach(actor, &filter)
	if err != nil {
		return skillsAnswer{}, err
	}
	answer := skillsAnswer{filter: filter, reach: found}
	if found.nothing {
		return answer, nil
	}
	totals, err := h.deps.Totals.SkillsTotals(ctx, actor, filter)
	if err != nil {
		return skillsAnswer{}, fmt.Errorf("read digital-literacy totals: %w", err)
	}
	totals = slices.DeleteFunc(totals, func(t domain.SkillsTotal) bool { return addsUpAChoice(t.Group, chosen) })
	if err := h.rowsWithinLimit(len(totals)); err != nil {
		return skillsAnswer{}, err
	}
	about := disclosure.SkillsRow{BySubject: filter.Has(domain.ByCompetence) || filter.Has(domain.ByDomain)}
	about.Checklist = !about.BySubject && filter.Framework.Scoring == domain.ScoringTasks
	answer.rows = make([]disclosure.Skills, len(totals))
	for i, total := range totals {
		about.Dimensions = brokenDown(filter, total.Over)
		total.StaffGroup, total.Band = shownCode(total.StaffGroup), shownCode(total.Band)
		answer.rows[i] = found.rule.Skills(total, about)
	}
	return answer, nil
}

// brokenDown counts the dimensions that a row is broken down by or narrowed to: those
// of its question but those over which it adds up. Places count as one, because they
// tell one place.
func brokenDown(filter domain.TotalsFilter, over string) int {
	dropped := strings.Split(over, ",")
	place, others := 0, 0
	for _, d := range boundedDimensions() {
		grouped := filter.Has(d) && !slices.Contains(dropped, string(d))
		switch {
		case !grouped && len(filter.Values(d)) == 0:
		case d == domain.ByRegion, d == domain.ByICB, d == domain.ByOrganisation:
			place = 1
		default:
			others++
		}
	}
	return place + others
}
