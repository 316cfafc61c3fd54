package api

import (
	"context"
	"fmt"
	"slices"

	"skillstracker/domain"
)

// addGrowth compares the baseline with each date of the question, organisation by
// organisation, so that an organisation that begins or ceases to report is no growth.
// Only sums over organisations leave here.
func (h *handlers) addGrowth(ctx context.Context, asked digitalQuestion, joined digitalJoin) error {
	filter := asked.filter
	filter.GroupBy = slices.DeleteFunc(slices.Clone(filter.GroupBy), func(d domain.Dimension) bool {
		return d == domain.ByMonth || d == domain.ByQuarter || d == domain.ByOrganisation
	})
	filter.GroupBy = append(filter.GroupBy, domain.ByOrganisation, domain.ByMonth)
	filter.Months = append([]domain.Date{*asked.baseline}, filter.Months...)
	posts, err := h.deps.Totals.VacancyTotals(ctx, asked.actor, filter)
	if err != nil {
		return fmt.Errorf("read digital vacancies since the baseline: %w", err)
	}
	budgeted := sinceBaseline(joined, posts, func(t domain.VacancyTotal) (domain.Group, *domain.FTE) { return t.Group, t.Budgeted })
	staff, err := h.deps.Totals.WorkforceTotals(ctx, asked.actor, filter)
	if err != nil {
		return fmt.Errorf("read digital staff since the baseline: %w", err)
	}
	people := sinceBaseline(joined, staff, func(t domain.WorkforceTotal) (domain.Group, *int) { return t.Group, t.Headcount })
	for key, row := range joined.rows {
		if both, found := budgeted[key]; found {
			row.growth.why, row.growth.baseline, row.growth.current = "", both.before, both.now
		}
		if both, found := people[key]; found {
			row.growth.baselineStaff, row.growth.comparableStaff = asked.rule.Count(both.before), asked.rule.Count(both.now)
		}
	}
	return nil
}

// beforeAndNow is a figure at the baseline and at a date, of the same organisations.
type beforeAndNow[N int | domain.FTE] struct{ before, now N }

// sinceBaseline adds up a figure over the organisations that state it at the baseline
// and at a date, by the place of the date. What stands under several successors is left
// out, because who is in it may differ from date to date.
func sinceBaseline[Total any, N int | domain.FTE](joined digitalJoin, totals []Total, of func(Total) (domain.Group, *N)) map[placeKey]beforeAndNow[N] {
	baseline, before := *joined.asked.baseline, map[string]N{}
	for _, total := range totals {
		if group, figure := of(total); figure != nil && *group.Month == baseline && group.Organisation != domain.UnassignedSplit {
			before[group.Organisation] += *figure
		}
	}
	sums := map[placeKey]beforeAndNow[N]{}
	for _, total := range totals {
		group, figure := of(total)
		first, stated := before[group.Organisation]
		if figure == nil || !stated || *group.Month == baseline {
			continue
		}
		sum := sums[joined.key(group)]
		sum.before, sum.now = sum.before+first, sum.now+*figure
		sums[joined.key(group)] = sum
	}
	return sums
}
