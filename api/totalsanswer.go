package api

import (
	"context"
	"fmt"
	"slices"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// totalsAnswer is an answer of a totals endpoint: rows that have passed the access and
// the disclosure rules, and what is to be said of them.
type totalsAnswer[Row any] struct {
	table totalsTable[Row]
	rows  []Row
	shape shape
	meta  spec.TotalsMeta
}

func (a totalsAnswer[Row]) csv(mark bool) (spec.CSVTextcsvResponse, error) {
	return a.table.writeCSV(a.rows, a.shape, a.meta, mark)
}

// answered makes an answer of rows. Filter is the question as it was understood, which
// the notes and the meta are about.
func answered[Row any](ctx context.Context, h *handlers, q totalsQuestion, table totalsTable[Row], filter domain.TotalsFilter, found reach, rows []Row, notes ...string) (totalsAnswer[Row], error) {
	if err := h.rowsWithinLimit(len(rows)); err != nil {
		return totalsAnswer[Row]{}, err
	}
	groups := make([]domain.Group, len(rows))
	estimated := 0
	for i, row := range rows {
		groups[i] = table.group(row)
		estimated = max(estimated, table.coverage(row).Estimated)
	}
	// A scope of thousands of organisations is not what the question names.
	named := filter
	named.Organisations = q.filter.Organisations
	said, err := h.notes(ctx, named, found, groups, estimated)
	if err != nil {
		return totalsAnswer[Row]{}, err
	}
	purged, err := h.purgeNotes(ctx, table.subject, named)
	if err != nil {
		return totalsAnswer[Row]{}, err
	}
	answer := totalsAnswer[Row]{
		table: table, rows: rows, shape: shape{filter: filter, names: namesOf(q.lists, filter.Framework)},
		meta: h.meta(q, filter, found, table.definitions(), table.units()),
	}
	answer.meta.Notes = append(answer.meta.Notes, slices.Concat(said, purged, notes)...)
	return answer, nil
}

// meta says of an answer what it is about and by which rules it was made.
func (h *handlers) meta(q totalsQuestion, filter domain.TotalsFilter, found reach, definitions, units map[string]string) spec.TotalsMeta {
	groupBy := make([]string, len(filter.GroupBy))
	for i, d := range filter.GroupBy {
		groupBy[i] = string(d)
	}
	definitions["basis"] = basisMeans
	return spec.TotalsMeta{
		GroupBy: groupBy, AsAt: specDate(filter.AsAt), Basis: spec.Basis(filter.Basis), Subtotals: filter.Subtotals,
		KnownAt: filter.KnownAt, DataAsAt: q.dataAsAt, DisclosureRule: found.rule.Name(), Synthetic: h.deps.Synthetic,
		Notes: []string{}, Definitions: definitions, Units: units,
	}
}

// rowsWithinLimit refuses answers that would be longer than what is promised.
func (h *handlers) rowsWithinLimit(rows int) error {
	if rows <= h.deps.Limits.Rows {
		return nil
	}
	return domain.Invalid("too_many_rows", fmt.Sprintf("The answer would have more than %d rows. Group by less, or ask for fewer organisations or months at a time.", h.deps.Limits.Rows))
}
