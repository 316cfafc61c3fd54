package api

import (
	"context"
	"fmt"

	"skillstracker/api/report"
	"skillstracker/domain"
)

// youngestPurge is the least number of days for which anything is kept before it may
// be purged: a year, the shortest that the settings allow.
const youngestPurge = 365

// purgeNotes says of figures about people on days of which something was purged that
// they are not whole. Questions about the last year, which are nearly all, need not ask.
func (h *handlers) purgeNotes(ctx context.Context, subject string, filter domain.TotalsFilter) ([]string, error) {
	if subject == "vacancy-totals" || subject == "position-vacancy-totals" {
		return nil, nil // figures of posts
	}
	validity := filter.Framework.ValidityMonths
	first := filter.AsAt
	for _, month := range filter.Months {
		first = min(first, month)
	}
	if validity == 0 {
		first = domain.DateOf(first.Time().AddDate(0, -filter.PeriodMonths, 0)) // movement since then
	}
	if domain.DateOf(first.Time().AddDate(0, -validity, 0)) > h.today()-youngestPurge {
		return nil, nil
	}
	horizon, err := h.deps.Totals.PurgedBefore(ctx, filter.Organisations)
	if err != nil {
		return nil, fmt.Errorf("look up purges: %w", err)
	}
	if horizon == nil || first >= horizon.Complete(validity) {
		return nil, nil
	}
	return []string{fmt.Sprintf("Figures about days before %s leave out what was purged because the time for which it is kept had passed.", horizon.Complete(validity))}, nil
}

// reportPurgeNotes says the same of a report, whose figures go back by some months, and
// stand beside those of areas unless it is about single people.
func (h *handlers) reportPurgeNotes(ctx context.Context, q reportQuestion) ([]string, error) {
	filter := q.anywhere(q.asAt)
	filter.Framework = q.framework
	switch q.request.name {
	case report.NameVacancies:
		return nil, nil // figures of posts
	case report.NamePeople:
		filter.Organisations = []string{q.organisation.Code}
	default:
		filter.Months = report.Months(q.asAt)
	}
	return h.purgeNotes(ctx, "report", filter)
}
