package repository

import (
	"context"
	"fmt"
	"time"

	"skillstracker/domain"
)

// warnClosed warns of each of the days on which the organisation was not open.
// What the file says is stored all the same.
func warnClosed(ctx context.Context, t tx, organisation string, days []domain.Date, faults *domain.Findings) error {
	opened, closed, err := lifespan(ctx, t, organisation)
	if err != nil {
		return err
	}
	for _, d := range days {
		if !domain.OpenOn(opened, closed, d) {
			faults.Add(domain.FindingOrganisationClosed, domain.Cell{}, "The organisation was not open on "+d.LongLabel()+"; what the file says of that day is stored but not counted.")
		}
	}
	return nil
}

// lifespan returns the first and the last day on which an organisation is open; nil for
// no bound.
func lifespan(ctx context.Context, t tx, organisation string) (opened, closed *domain.Date, err error) {
	type row struct{ OpenedOn, ClosedOn *time.Time }
	rows, err := readRows[row](ctx, t, `SELECT opened_on, closed_on FROM organisation_lifespan WHERE code = ? AND ended_by IS NULL`, organisation)
	if err != nil || len(rows) == 0 {
		return nil, nil, err
	}
	return dateOrNil(rows[0].OpenedOn), dateOrNil(rows[0].ClosedOn), nil
}

// warnOutside warns once of so many records of days on which the organisation is not
// open; several has a place for their number.
func warnOutside(faults *domain.Findings, records int, one, several string) {
	switch records {
	case 0:
	case 1:
		faults.Add(domain.FindingOrganisationClosed, domain.Cell{}, one)
	default:
		faults.Add(domain.FindingOrganisationClosed, domain.Cell{}, fmt.Sprintf(several, records))
	}
}
