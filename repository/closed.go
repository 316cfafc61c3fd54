package repository

import (
	"context"
	"time"

	"skillstracker/domain"
)

// warnClosed warns of each of the days on which the organisation was not open.
// What the file says is stored all the same.
func warnClosed(ctx context.Context, t tx, organisation string, days []domain.Date, faults *domain.Findings) error {
	type row struct{ OpenedOn, ClosedOn *time.Time }
	rows, err := readRows[row](ctx, t, `SELECT opened_on, closed_on FROM organisation_lifespan WHERE code = ? AND ended_by IS NULL`, organisation)
	if err != nil || len(rows) == 0 {
		return err
	}
	opened, closed := dateOrNil(rows[0].OpenedOn), dateOrNil(rows[0].ClosedOn)
	for _, d := range days {
		if !domain.OpenOn(opened, closed, d) {
			faults.Add(domain.FindingOrganisationClosed, domain.Cell{}, "The organisation was not open on "+d.LongLabel()+"; what the file says of that day is stored but not counted.")
		}
	}
	return nil
}
