package repository

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"skillstracker/domain"
)

// errBusy says that another write of the organisation holds its lock.
var errBusy = errors.New("another write of the organisation is under way")

// retryBusyEvery is how long a waiting write sleeps; it holds no connection then.
const retryBusyEvery = 50 * time.Millisecond

// StoreUpload checks a file against the register and applies it. See domain.UploadStore.
func (s *Store) StoreUpload(ctx context.Context, actor domain.Actor, file domain.UploadFile) (domain.Upload, error) {
	if !actor.Covers(file.Organisation) {
		return domain.Upload{}, domain.NotFound("organisation_not_found", "No organisation with this ODS code is in your scope.")
	}
	var stored domain.Upload
	err := s.writeAlone(ctx, file.Organisation, func(t tx) error {
		var err error
		stored, err = s.applyUpload(ctx, t, actor, file)
		return err
	})
	return stored, err
}

// writeAlone runs fn as the only write of an organisation. A waiting write gives
// its connection and its place back and tries again until the store's patience ends.
func (s *Store) writeAlone(ctx context.Context, organisation string, fn func(tx) error) error {
	deadline := time.NewTimer(s.busyWait)
	defer deadline.Stop()
	for {
		// A place is held for one attempt only, so that uploads of an organisation
		// that waits for itself never keep another organisation waiting.
		select {
		case s.uploads <- struct{}{}:
		case <-deadline.C:
			busy := domain.Unavailable("uploads_busy", "Too many files are being stored at this moment. Try again in a few seconds.", 5, nil)
			return busy
		case <-ctx.Done():
			return fmt.Errorf("wait for a place to upload: %w", ctx.Err())
		}
		if err := s.attempt(ctx, organisation, fn); !errors.Is(err, errBusy) {
			return err
		}
		select {
		case <-time.After(retryBusyEvery):
		case <-deadline.C:
			busy := domain.Conflict("organisation_busy", "Another write of this organisation is under way. Try again in a few seconds.")
			busy.RetryAfter = 5
			return busy
		case <-ctx.Done():
			return fmt.Errorf("wait for the organisation: %w", ctx.Err())
		}
	}
}

// attempt runs fn when nobody else writes the organisation, and gives the place of
// the upload back however it ends.
func (s *Store) attempt(ctx context.Context, organisation string, fn func(tx) error) error {
	defer func() { <-s.uploads }()
	return s.inScope(ctx, scope{read: []string{organisation}, write: organisation}, false, func(t tx) error {
		if err := lockOrganisation(ctx, t, organisation); err != nil {
			return err
		}
		return fn(t)
	})
}

// lockOrganisation takes the lock that lasts until the end of the transaction.
func lockOrganisation(ctx context.Context, t tx, organisation string) error {
	type row struct{ Locked bool }
	got, err := gorm.G[row](t.DB).Raw(`SELECT pg_try_advisory_xact_lock(hashtextextended(?, 1)) AS locked`, organisation).Take(ctx)
	if err != nil {
		return err
	}
	if !got.Locked {
		return errBusy
	}
	return nil
}

// applyUpload decides and writes in the caller's transaction. Facts are written
// only when there is no error, so a rejection leaves its record, its findings and
// an audit row.
func (s *Store) applyUpload(ctx context.Context, t tx, actor domain.Actor, file domain.UploadFile) (domain.Upload, error) {
	upload := file.Upload
	id, err := newID(ctx, t)
	if err != nil {
		return upload, err
	}
	upload.ID, upload.Actor, upload.RequestID = id, actor.ID, actor.RequestID
	upload.ReceivedAt = s.clock().UTC().Truncate(time.Microsecond) // as the database keeps it
	// A file that has errors already is checked against the register as well, so
	// that HR learns of every fault at once.
	write, err := plan(ctx, t, &upload, file)
	if err != nil {
		return upload, err
	}
	var change *int64
	switch {
	case file.Faults.Errors() > 0:
		rejectCounts(&upload, file)
	case write == nil:
		return upload, errors.New("the file has neither rows nor errors")
	default:
		upload.State = domain.UploadApplied
		number, err := beginChange(ctx, t, "upload", upload.Organisation, actor.ID, &upload.ID)
		if err != nil {
			return upload, err
		}
		if err := write(number); err != nil {
			return upload, err
		}
		change = &number
	}
	upload.Errors, upload.Warnings = file.Faults.Errors(), file.Faults.Warnings()
	if err := storeUploadRow(ctx, t, upload, change); err != nil {
		return upload, err
	}
	if err := storeFindings(ctx, t, upload, file.Faults.List()); err != nil {
		return upload, err
	}
	upload.Findings = file.Faults.List()
	err = audit(ctx, t, actor, auditEntry{
		organisation: upload.Organisation, operation: "createUpload", uploadID: &upload.ID, changeID: change, outcome: string(upload.State),
	})
	if err != nil || change == nil {
		return upload, err
	}
	return upload, finishChange(ctx, t, *change)
}

// plan runs the checks of the kind that need the register and returns the
// function that writes what they decided; nil when there is no row to write.
func plan(ctx context.Context, t tx, upload *domain.Upload, file domain.UploadFile) (func(int64) error, error) {
	switch upload.Kind {
	case domain.UploadStaff:
		if len(file.Staff) == 0 || upload.AsAt == nil {
			return nil, nil //nolint:nilnil // a file without rows has an error
		}
		return planStaff(ctx, t, upload, file)
	case domain.UploadAssessments:
		if len(file.Assessments.Rows) == 0 {
			return nil, nil //nolint:nilnil // a file without rows has an error
		}
		return planAssessments(ctx, t, upload, file)
	case domain.UploadVacancies:
		if len(file.Vacancies) == 0 {
			return nil, nil //nolint:nilnil // a file without rows has an error
		}
		return planVacancies(ctx, t, upload, file)
	}
	return nil, fmt.Errorf("uploads of kind %q are not known", upload.Kind)
}

// rejectCounts says that no row was stored.
func rejectCounts(upload *domain.Upload, file domain.UploadFile) {
	upload.State = domain.UploadRejected
	read := upload.Counts.RowsRead
	rejected := min(file.Faults.BadRows(), read-file.Blank)
	upload.Counts = domain.UploadCounts{RowsRead: read, Blank: file.Blank, Rejected: rejected, NotStored: read - file.Blank - rejected}
	if file.Refused {
		upload.Mapping = nil
	}
}

func newID(ctx context.Context, t tx) (string, error) {
	type row struct{ ID string }
	made, err := gorm.G[row](t.DB).Raw(`SELECT CAST(gen_random_uuid() AS text) AS id`).Take(ctx)
	return made.ID, err
}

func storeUploadRow(ctx context.Context, t tx, u domain.Upload, change *int64) error {
	mapping, err := json.Marshal(append([]domain.MappedColumn{}, u.Mapping...))
	if err != nil {
		return fmt.Errorf("encode mapping: %w", err)
	}
	if !u.Counts.AddsUp() {
		return fmt.Errorf("the counts of the upload do not add up: %+v", u.Counts)
	}
	c := u.Counts
	_, err = t.exec(ctx, `INSERT INTO upload (organisation, id, kind, state, format, content_sha256, content_bytes, complete, as_at,
			received_at, actor, request_id, change_id, rows_read, rows_new, rows_changed, rows_unchanged, rows_removed, rows_duplicate,
			rows_skipped, rows_rejected, rows_blank, rows_not_stored, records_ended, mapping, errors, warnings)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS jsonb), ?, ?)`,
		u.Organisation, u.ID, string(u.Kind), string(u.State), u.Format, u.SHA256[:], u.Bytes, u.Complete, dayOrNull(u.AsAt),
		u.ReceivedAt, u.Actor, u.RequestID, change, c.RowsRead, c.New, c.Changed, c.Unchanged, c.Removed, c.Duplicate,
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
// return: the earliest day that it ever reported on.
func startReporting(ctx context.Context, t tx, organisation string, kind domain.UploadKind, from domain.Date, change int64) error {
	if _, err := t.exec(ctx, `UPDATE reporting_start SET ended_by = ?
		WHERE organisation = ? AND kind = ? AND ended_by IS NULL AND reports_from > ?`, change, organisation, string(kind), day(from)); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO reporting_start (organisation, kind, reports_from, added_by)
		SELECT ?, ?, CAST(? AS date), ? WHERE NOT EXISTS (
			SELECT FROM reporting_start WHERE organisation = ? AND kind = ? AND ended_by IS NULL)`,
		organisation, string(kind), day(from), change, organisation, string(kind))
	return err
}
