package repository

import (
	"context"
	"fmt"
	"time"

	"skillstracker/domain"
)

// ReportingStarts returns from when each kind of return is expected of an organisation
// in the actor's scope. Another one is not found.
func (s *Store) ReportingStarts(ctx context.Context, actor domain.Actor, organisation string) (map[domain.UploadKind]domain.Date, error) {
	if !actor.Covers(organisation) {
		return nil, domain.NotFound("organisation_not_found", "No organisation with this ODS code is in your scope.")
	}
	starts := make(map[domain.UploadKind]domain.Date)
	err := s.inScope(ctx, readScope(actor), true, func(t tx) error {
		type row struct {
			Kind        string
			ReportsFrom time.Time
		}
		rows, err := readRows[row](ctx, t, `SELECT kind, reports_from FROM reporting_start WHERE organisation = ? AND ended_by IS NULL`, organisation)
		for _, r := range rows {
			starts[domain.UploadKind(r.Kind)] = domain.DateOf(r.ReportsFrom)
		}
		return err
	})
	return starts, err
}

// SetReportingStart sets the day from which a kind of return is expected of an
// organisation, or withdraws the expectation. Setting what is set makes no change.
func (s *Store) SetReportingStart(ctx context.Context, actor domain.Actor, organisation string, kind domain.UploadKind, from *domain.Date) error {
	return s.writeAlone(ctx, organisation, func(t tx) error {
		if err := requireReturns(ctx, t, organisation); err != nil {
			return err
		}
		entry := auditEntry{organisation: organisation, operation: "setReportingStart", object: string(kind), outcome: "done"}
		type row struct{ Same bool }
		held, err := readRow[row](ctx, t, `SELECT (SELECT reports_from FROM reporting_start WHERE organisation = @organisation AND kind = @kind AND ended_by IS NULL)
			IS NOT DISTINCT FROM CAST(@day AS date) AS same`, args{"organisation": organisation, "kind": string(kind), "day": dayOrNull(from)})
		if err != nil {
			return err
		}
		if held.Same {
			return audit(ctx, t, actor, entry)
		}
		change, err := beginChange(ctx, t, "reporting_start", organisation, actor.ID, nil)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, `UPDATE reporting_start SET ended_by = ? WHERE organisation = ? AND kind = ? AND ended_by IS NULL`,
			change, organisation, string(kind)); err != nil {
			return err
		}
		if from != nil {
			if _, err := t.exec(ctx, `INSERT INTO reporting_start (organisation, kind, reports_from, added_by) VALUES (?, ?, ?, ?)`,
				organisation, string(kind), day(*from), change); err != nil {
				return err
			}
		}
		entry.changeID = &change
		if err := audit(ctx, t, actor, entry); err != nil {
			return err
		}
		return finishChange(ctx, t, change)
	})
}

// requireReturns refuses an organisation that the registry does not hold or that is a
// level, which sends no returns.
func requireReturns(ctx context.Context, t tx, organisation string) error {
	type row struct{ Kind string }
	rows, err := readRows[row](ctx, t, `SELECT kind FROM organisation WHERE code = ?`, organisation)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return domain.NotFound("organisation_not_found", "No organisation with this ODS code is in the registry.")
	}
	if kind := domain.OrganisationKind(rows[0].Kind); kind.IsLevel() {
		return domain.Invalid("organisation_sends_none", fmt.Sprintf("An organisation of kind %s sends no returns, so none can be expected of it. Name a trust, a provider or another organisation that does.", kind))
	}
	return nil
}
