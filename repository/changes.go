package repository

import (
	"context"
	"errors"
	"time"

	"skillstracker/domain"
)

// beginChange opens a numbered change and returns the key that its rows carry.
// The organisation is empty for the registry. The change must be finished by
// finishChange as the last statement, or the commit fails.
func beginChange(ctx context.Context, t tx, kind, organisation, actor string, uploadID *string) (int64, error) {
	type row struct{ ID int64 }
	made, err := readRow[row](ctx, t, `INSERT INTO change (kind, organisation, actor, upload_id) VALUES (?, ?, ?, ?) RETURNING id`,
		kind, textOrNull(organisation), actor, uploadID)
	if err != nil {
		return 0, err
	}
	return made.ID, nil
}

// finishChange numbers a change. The lock that it takes orders the commits.
func finishChange(ctx context.Context, t tx, id int64) error {
	type row struct {
		ChangeNumber int64
		ChangedAt    time.Time
	}
	numbered, err := readRows[row](ctx, t, `SELECT change_number, changed_at FROM finish_change(?)`, id)
	if err != nil {
		return err
	}
	if len(numbered) != 1 {
		return errors.New("the change was not numbered")
	}
	return nil
}

// auditEntry is one event of the audit trail: who did what, never values.
type auditEntry struct {
	organisation string // whose chain it belongs to; empty for the system's
	operation    string // id of the operation in the contract, where there is one
	object       string // what it was done to, when that is no upload
	uploadID     *string
	changeID     *int64
	outcome      string
}

// audit writes an event of the audit trail in the transaction of what it is about, so
// that neither is there without the other. It locks the end of the chain until the
// commit, and so belongs as late as can be, before finishChange.
func audit(ctx context.Context, t tx, actor domain.Actor, entry auditEntry) error {
	_, err := t.exec(ctx, `INSERT INTO audit_event (organisation, actor, role, operation, object, upload_id, change_id, request_id, outcome)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		textOrNull(entry.organisation), orNobody(actor.ID), orNobody(string(actor.Role)), entry.operation, textOrNull(entry.object),
		entry.uploadID, entry.changeID, actor.RequestID, entry.outcome)
	return err
}

// nobody stands in an event for a caller, or a role, of whom nothing is known.
const nobody = "-"

func orNobody(text string) string {
	if text == "" {
		return nobody
	}
	return text
}

// ofNation returns the id of the operation by which an organisation's uploads are sent
// or withdrawn, or that for the uploads of the nation.
func ofNation(organisation, own, national string) string {
	if organisation == domain.NationCode {
		return national
	}
	return own
}
