package repository

import (
	"bytes"
	"context"
	"strings"
	"time"

	"skillstracker/domain"
)

// repeatedFindings is the number of findings in an answer that is given again.
const repeatedFindings = 100

func keyInUse() *domain.Error {
	busy := domain.Conflict("idempotency_key_in_use", "A request with this Idempotency-Key is under way. Wait for its answer, or send the same request again in a few seconds.")
	busy.RetryAfter = 2
	return busy
}

var errKeyReused = domain.Invalid("idempotency_key_reused",
	"This Idempotency-Key was used for another file or with other options. Send the first request again as it was, or use a new key for this one.")

// answeredUnderKey takes the lock of the request's key, which a request that is under
// way holds until its transaction ends, and returns the id of the upload that was the
// answer under the key, or nothing. A key whose time has run out counts no longer.
func answeredUnderKey(ctx context.Context, t tx, actor domain.Actor, file *domain.UploadFile) (string, error) {
	// No part of the name can hold the separator: a key is printable, as the
	// contract says.
	name := strings.Join([]string{file.Organisation, actor.ID, file.IdempotencyKey}, "\x1f")
	free, err := tryLock(ctx, t, name, keyLocks)
	if err != nil {
		return "", err
	}
	if !free {
		return "", keyInUse()
	}
	type keyRow struct {
		UploadID      string
		Kind          string
		ContentSHA256 []byte `gorm:"column:content_sha256"`
		OptionsSHA256 []byte `gorm:"column:options_sha256"`
	}
	rows, err := readRows[keyRow](ctx, t, `SELECT CAST(k.upload_id AS text) AS upload_id, u.kind, k.content_sha256, k.options_sha256
		FROM idempotency_key k JOIN upload u ON u.organisation = k.organisation AND u.id = k.upload_id
		WHERE k.organisation = ? AND k.actor = ? AND k.key = ? AND k.kept_until > now()`,
		file.Organisation, actor.ID, file.IdempotencyKey)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	k := rows[0]
	if !bytes.Equal(k.ContentSHA256, file.SHA256[:]) || !bytes.Equal(k.OptionsSHA256, file.Options[:]) || k.Kind != string(file.Kind) {
		return "", errKeyReused
	}
	return k.UploadID, nil
}

// storeKey notes the answer under the request's key, in place of one that has run out.
func (s *Store) storeKey(ctx context.Context, t tx, actor domain.Actor, file *domain.UploadFile, upload domain.Upload) error {
	if _, err := t.exec(ctx, `DELETE FROM idempotency_key WHERE organisation = ? AND actor = ? AND key = ? AND kept_until <= now()`,
		file.Organisation, actor.ID, file.IdempotencyKey); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO idempotency_key (organisation, actor, key, content_sha256, options_sha256, upload_id, kept_until)
		VALUES (?, ?, ?, ?, ?, CAST(? AS uuid), ?)`,
		file.Organisation, actor.ID, file.IdempotencyKey, file.SHA256[:], file.Options[:], upload.ID, upload.ReceivedAt.Add(s.keepKeys))
	return err
}

// newestTwin returns the id of the upload that stored the same file with the same
// options, when it was applied whole and nothing of the organisation has changed
// since; otherwise nothing. The writes of an organisation are one after the other,
// so the newest change is the one with the greatest id.
func newestTwin(ctx context.Context, t tx, file *domain.UploadFile) (string, error) {
	type idRow struct{ ID string }
	rows, err := readRows[idRow](ctx, t, `SELECT CAST(u.id AS text) AS id FROM upload u
		WHERE u.organisation = @organisation AND u.content_sha256 = @content AND u.content_bytes = @bytes AND u.kind = @kind
		  AND u.options_sha256 = @options AND u.as_at IS NOT DISTINCT FROM CAST(@as_at AS date) AND u.state = 'applied'
		  AND u.change_id = (SELECT max(c.id) FROM change c WHERE c.organisation = @organisation)`,
		args{
			"organisation": file.Organisation, "content": file.SHA256[:], "bytes": file.Bytes, "kind": string(file.Kind),
			"options": file.Options[:], "as_at": dayOrNull(file.AsAt),
		})
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].ID, nil
}

// repeat gives the answer of an earlier upload again, as it now stands: it may have
// been voided since. Nothing is written but an audit row.
func repeat(ctx context.Context, t tx, actor domain.Actor, id string) (domain.Upload, error) {
	upload, err := findUpload(ctx, t, actor, id)
	if err != nil {
		return domain.Upload{}, err
	}
	if upload.Findings, err = readFindings(ctx, t, upload, domain.Page{Limit: repeatedFindings}); err != nil {
		return domain.Upload{}, err
	}
	upload.Repeated = true
	return upload, audit(ctx, t, actor, auditEntry{
		organisation: upload.Organisation, operation: "repeatUpload", uploadID: &upload.ID, outcome: string(upload.State),
	})
}

// keepUntil is the end of a time that begins when a file is received.
func keepUntil(received time.Time, keep time.Duration) *time.Time {
	until := received.Add(keep)
	return &until
}
