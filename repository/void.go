package repository

import (
	"context"
	"errors"
	"time"

	"skillstracker/domain"
)

// codeBuiltUpon says that later uploads touched what an upload stored.
const codeBuiltUpon = "upload_built_upon"

var errNothingStored = domain.Conflict("upload_stored_nothing", "This upload was rejected, so it stored nothing that could be withdrawn.")

// VoidUpload withdraws an upload and returns it with its first findings. See
// domain.UploadStore. The organisation of the upload is looked up first, because it is
// the scope and the lock of the write.
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
	if err := actor.RefuseReadOnly(upload.Organisation); err != nil {
		return domain.Upload{}, err
	}
	if !mayWrite(actor, upload.Organisation, upload.Kind) {
		return domain.Upload{}, errUploadNotFound
	}
	var refusal *domain.Error
	err = s.writeAlone(ctx, upload.Organisation, func(t tx) error {
		var err error
		if upload, err = findUpload(ctx, t, actor, id); err != nil {
			return err
		}
		switch upload.State {
		case domain.UploadRejected:
			refusal = errNothingStored
			return auditVoid(ctx, t, actor, upload, nil, "refused")
		case domain.UploadApplied, domain.UploadPartlyApplied:
			err := s.withdraw(ctx, t, actor, upload)
			if conflict, is := errors.AsType[*domain.Error](err); is && (conflict.Code == codeBuiltUpon || conflict.Code == errErasedSince.Code) {
				// The refusal may name people, so it leaves a row in the audit trail, and
				// nothing else has been written.
				refusal = conflict
				return auditVoid(ctx, t, actor, upload, nil, "refused")
			}
			if err != nil {
				return err
			}
			if upload, err = findUpload(ctx, t, actor, id); err != nil {
				return err
			}
		case domain.UploadVoided:
			if err := auditVoid(ctx, t, actor, upload, nil, "unchanged"); err != nil {
				return err
			}
		}
		upload.Findings, err = readFindings(ctx, t, upload, domain.Page{Limit: repeatedFindings})
		return err
	})
	if err == nil && refusal != nil {
		return domain.Upload{}, refusal
	}
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
	if err := t.joinByHash(ctx); err != nil {
		return err
	}
	if err := refuseErasedSince(ctx, t, upload.Organisation, made.ChangeID); err != nil {
		return err
	}
	conflicts, err := voidConflicts(ctx, t, upload, made.ChangeID)
	if err != nil {
		return err
	}
	if conflicts != nil {
		return &domain.Error{
			Kind: domain.KindConflict, Code: codeBuiltUpon, Cause: conflicts,
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
	if err := refreshRollups(ctx, t, upload.Organisation, void); err != nil {
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
	if err := auditVoid(ctx, t, actor, upload, &void, string(domain.UploadVoided)); err != nil {
		return err
	}
	return finishChange(ctx, t, void)
}

// auditVoid writes what came of the attempt to withdraw an upload.
func auditVoid(ctx context.Context, t tx, actor domain.Actor, upload domain.Upload, change *int64, outcome string) error {
	return audit(ctx, t, actor, auditEntry{
		organisation: upload.Organisation, operation: ofNation(upload.Organisation, "voidUpload", "voidNationalUpload"),
		uploadID: &upload.ID, changeID: change, outcome: outcome,
	})
}
