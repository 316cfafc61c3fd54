package repository

import (
	"context"
	"time"

	"skillstracker/domain"
)

var errNothingStored = domain.Conflict("upload_stored_nothing", "This upload was rejected, so it stored nothing that could be withdrawn.")

// VoidUpload withdraws an upload. See domain.UploadStore. The organisation of the
// upload is looked up first, because it is the scope and the lock of the write.
func (s *Store) VoidUpload(ctx context.Context, actor domain.Actor, id string) (domain.Upload, error) {
	var upload domain.Upload
	err := s.inScope(ctx, readScope(actor), true, func(t tx) error {
		var err error
		upload, err = findUpload(ctx, t, actor, id)
		return err
	})
	if err != nil {
		return domain.Upload{}, err
	}
	err = s.writeAlone(ctx, upload.Organisation, func(t tx) error {
		var err error
		if upload, err = findUpload(ctx, t, actor, id); err != nil || upload.State == domain.UploadVoided {
			return err
		}
		if upload.State == domain.UploadRejected {
			return errNothingStored
		}
		if err := s.withdraw(ctx, t, actor, upload); err != nil {
			return err
		}
		upload, err = findUpload(ctx, t, actor, id)
		return err
	})
	if err != nil {
		return domain.Upload{}, err
	}
	return upload, nil
}

// withdraw writes the void of an applied upload.
func (s *Store) withdraw(ctx context.Context, t tx, actor domain.Actor, upload domain.Upload) error {
	type row struct{ ChangeID int64 }
	made, err := readRow[row](ctx, t, `SELECT change_id FROM upload WHERE organisation = ? AND id = CAST(? AS uuid)`,
		upload.Organisation, upload.ID)
	if err != nil {
		return err
	}
	// How many rows an upload touched is not known beforehand, and a nested loop over
	// two long lists would take hours; joins by hash take what reading them takes.
	if _, err := t.exec(ctx, `SET LOCAL enable_nestloop = off`); err != nil {
		return err
	}
	if err := t.preferIndexes(ctx); err != nil {
		return err
	}
	conflicts, err := voidConflicts(ctx, t, upload, made.ChangeID)
	if err != nil {
		return err
	}
	if conflicts != nil {
		return &domain.Error{
			Kind: domain.KindConflict, Code: "upload_built_upon", Cause: conflicts,
			Message: "Later uploads touched the same records. Withdraw those first, the newest first.",
		}
	}
	void, err := beginChange(ctx, t, "void", upload.Organisation, actor.ID, &upload.ID)
	if err != nil {
		return err
	}
	if err := takeBack(ctx, t, upload.Organisation, made.ChangeID, void); err != nil {
		return err
	}
	n, err := t.exec(ctx, `UPDATE upload SET state = 'voided', voided_at = ?, voided_by = ?, void_change_id = ?
		WHERE organisation = ? AND id = CAST(? AS uuid) AND change_id = ?`,
		s.clock().UTC().Truncate(time.Microsecond), actor.ID, void, upload.Organisation, upload.ID, made.ChangeID)
	if err := allTouched("void upload", n, 1, err); err != nil {
		return err
	}
	if err := restartReporting(ctx, t, upload.Organisation, upload.Kind, void); err != nil {
		return err
	}
	err = audit(ctx, t, actor, auditEntry{
		organisation: upload.Organisation, operation: "voidUpload", uploadID: &upload.ID, changeID: &void, outcome: string(domain.UploadVoided),
	})
	if err != nil {
		return err
	}
	return finishChange(ctx, t, void)
}
