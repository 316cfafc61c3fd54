package repository

import (
	"context"
	"encoding/json"
	"fmt"

	"skillstracker/domain"
)

func newID(ctx context.Context, t tx) (string, error) {
	type row struct{ ID string }
	made, err := readRow[row](ctx, t, `SELECT CAST(gen_random_uuid() AS text) AS id`)
	return made.ID, err
}

func storeUploadRow(ctx context.Context, t tx, u domain.Upload, options [32]byte, change *int64) error {
	mapping, err := json.Marshal(append([]domain.MappedColumn{}, u.Mapping...))
	if err != nil {
		return fmt.Errorf("encode mapping: %w", err)
	}
	c := u.Counts
	_, err = t.exec(ctx, `INSERT INTO upload (organisation, id, kind, state, format, content_sha256, content_bytes, mode, complete,
			create_missing_staff, options_sha256, kept_until, as_at, received_at, actor, request_id, change_id,
			rows_read, rows_new, rows_changed, rows_unchanged, rows_removed, rows_duplicate,
			rows_skipped, rows_rejected, rows_blank, rows_not_stored, records_ended, mapping, errors, warnings)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS jsonb), ?, ?)`,
		u.Organisation, u.ID, string(u.Kind), string(u.State), u.Format, u.SHA256[:], u.Bytes, string(u.Mode), u.Complete,
		u.CreateMissingStaff, options[:], u.KeptUntil, dayOrNull(u.AsAt), u.ReceivedAt, u.Actor, u.RequestID, change,
		c.RowsRead, c.New, c.Changed, c.Unchanged, c.Removed, c.Duplicate,
		c.Skipped, c.Rejected, c.Blank, c.NotStored, c.Ended, string(mapping), u.Errors, u.Warnings)
	return err
}

func storeFindings(ctx context.Context, t tx, u domain.Upload, findings []domain.Finding) error {
	if len(findings) == 0 {
		return nil
	}
	if err := t.stage(ctx, `new_finding (ordinal integer, code text, severity text, sheet text,
		row_number integer, column_name text, message text, mend text)`, len(findings), func(i int) []any {
		f := findings[i]
		return []any{i + 1, string(f.Code), string(f.Severity), f.Sheet, f.Row, f.Column, f.Message, f.Mend}
	}); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO upload_finding (organisation, upload_id, ordinal, code, severity, sheet, row_number, column_name, message, mend)
		SELECT ?, CAST(? AS uuid), ordinal, code, severity, sheet, row_number, column_name, message, mend FROM new_finding ORDER BY ordinal`,
		u.Organisation, u.ID)
	return err
}

// startReporting notes from when the organisation is expected to send a kind of
// return: the earliest day that it ever reported on, unless an administrator has set one.
func startReporting(ctx context.Context, t tx, organisation string, kind domain.UploadKind, from domain.Date, change int64) error {
	if _, err := t.exec(ctx, `UPDATE reporting_start SET ended_by = ?
		WHERE organisation = ? AND kind = ? AND ended_by IS NULL AND reports_from > ?
		  AND NOT EXISTS (SELECT FROM change c WHERE c.id = reporting_start.added_by AND c.kind = 'reporting_start')`, change, organisation, string(kind), day(from)); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO reporting_start (organisation, kind, reports_from, added_by)
		SELECT ?, ?, CAST(? AS date), ? WHERE NOT EXISTS (
			SELECT FROM reporting_start WHERE organisation = ? AND kind = ? AND ended_by IS NULL)`,
		organisation, string(kind), day(from), change, organisation, string(kind))
	return err
}
