package api

import (
	"context"
	"fmt"

	"skillstracker/api/report"
	"skillstracker/domain"
)

// vacancyBenchmark asks for the vacancies of the places that the organisation of a
// report belongs to, and for its standing among the organisations of its region.
func (h *handlers) vacancyBenchmark(ctx context.Context, question reportQuestion) (report.VacancyBenchmark, error) {
	var benchmark report.VacancyBenchmark
	member, err := h.membership(ctx, question)
	if err != nil {
		return benchmark, err
	}
	benchmark.ICB.Code, benchmark.ICB.Name = member.ICB, member.ICBName
	benchmark.Region.Code, benchmark.Region.Name = member.Region, member.RegionName
	for _, place := range []struct {
		rows   *[]report.VacancyRow
		exists bool
		narrow func(*domain.TotalsFilter)
	}{
		{&benchmark.ICB.Rows, member.ICB != "", func(f *domain.TotalsFilter) { f.ICBs = []string{member.ICB} }},
		{&benchmark.Region.Rows, member.Region != "", func(f *domain.TotalsFilter) { f.Regions = []string{member.Region} }},
		{&benchmark.Nation, true, func(*domain.TotalsFilter) {}},
	} {
		if !place.exists {
			continue
		}
		filter := question.anywhere(question.asAt, domain.ByStaffGroup)
		filter.Subtotals = true
		place.narrow(&filter)
		answer, err := h.answerVacancies(ctx, question.actor, filter)
		if err != nil {
			return benchmark, err
		}
		*place.rows = report.NewVacancyRows(answer.rule, answer.totals)
	}
	if member.Region != "" {
		benchmark.Standings, err = h.vacancyStandings(ctx, question, member.Region)
	}
	return benchmark, err
}

// membership returns the ICB and the region of the organisation of a report on its date,
// as totals take them; by the registry when totals hold nothing of it.
func (h *handlers) membership(ctx context.Context, question reportQuestion) (domain.Group, error) {
	answer, err := h.answerVacancies(ctx, question.actor, question.filter(question.asAt, domain.ByRegion, domain.ByICB))
	if err != nil {
		return domain.Group{}, err
	}
	if len(answer.totals) == 1 {
		return answer.totals[0].Group, nil
	}
	o := question.organisation
	return domain.Group{Region: o.Region, RegionName: o.RegionName, ICB: o.ICB, ICBName: o.ICBName}, nil
}

// vacancyStandings ranks the organisation of a report among those of its region. It reads
// the rates of others, who are beyond the caller's scope: nothing but the own rank and
// the number of organisations leaves here.
func (h *handlers) vacancyStandings(ctx context.Context, question reportQuestion, region string) ([]report.VacancyStanding, error) {
	filter := question.anywhere(question.asAt, domain.ByOrganisation, domain.ByStaffGroup)
	filter.Regions, filter.Subtotals = []string{region}, true
	totals, err := h.deps.Totals.VacancyTotals(ctx, question.actor, filter)
	if err != nil {
		return nil, fmt.Errorf("read vacancies of the region: %w", err)
	}
	own, rates := map[string]float64{}, map[string][]float64{}
	for _, total := range totals {
		rate, status := total.EstablishmentRate()
		if status != "" || total.Organisation == "" {
			continue
		}
		rates[total.StaffGroup] = append(rates[total.StaffGroup], rate)
		if total.Organisation == question.organisation.Code {
			own[total.StaffGroup] = rate
		}
	}
	var standings []report.VacancyStanding
	for group, all := range rates {
		standing := report.VacancyStanding{StaffGroup: group, Compared: len(all)}
		if rate, stated := own[group]; stated {
			standing = report.Standing(group, rate, all)
		}
		standings = append(standings, standing)
	}
	return standings, nil
}
