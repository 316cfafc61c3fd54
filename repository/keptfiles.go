package repository

import (
	"context"
	"fmt"
	"io"

	"skillstracker/domain"
)

// keptPart is the size of a part of a kept file, in bytes.
const keptPart = 1 << 20

var errFileNotKept = domain.NotFound("file_not_kept", "The file of this upload is not kept: it was never kept, or its time has run out.")

// keeps says whether a file is to be kept.
func (s *Store) keeps(file *domain.UploadFile) bool {
	return s.keepFiles > 0 && !file.Refused && file.Content != nil && file.Content.Size > 0
}

// storeKeptFile writes the sent file in parts, for as long as the upload says.
func storeKeptFile(ctx context.Context, t tx, upload domain.Upload, content *domain.KeptFile) error {
	source := io.NewSectionReader(content.Bytes, 0, content.Size)
	buffer := make([]byte, min(keptPart, content.Size))
	for part, left := 1, content.Size; left > 0; part++ {
		piece := buffer[:min(int64(len(buffer)), left)]
		if _, err := io.ReadFull(source, piece); err != nil {
			return fmt.Errorf("read file to keep: %w", err)
		}
		if _, err := t.exec(ctx, `INSERT INTO upload_file_part (organisation, upload_id, part, content, kept_until)
			VALUES (?, CAST(? AS uuid), ?, ?, ?)`, upload.Organisation, upload.ID, part, piece, upload.KeptUntil); err != nil {
			return err
		}
		left -= int64(len(piece))
	}
	return nil
}

// UploadContent hands out the kept file part by part: gzip bytes, at most 1 MiB at a
// time. The parts are read in one transaction, which holds a connection, so part must
// not wait for a slow reader. An error of part is returned as it is.
func (s *Store) UploadContent(ctx context.Context, actor domain.Actor, id string, part func([]byte) error) error {
	var refused error
	err := s.inScope(ctx, readScope(actor), true, func(t tx) error {
		upload, err := findUpload(ctx, t, actor, id)
		if err != nil {
			return err
		}
		type partRow struct{ Content []byte }
		for number := 1; ; number++ {
			rows, err := readRows[partRow](ctx, t, `SELECT content FROM upload_file_part
				WHERE organisation = ? AND upload_id = CAST(? AS uuid) AND part = ? AND kept_until > now()`,
				upload.Organisation, upload.ID, number)
			switch {
			case err != nil:
				return err
			case len(rows) == 0 && number == 1:
				return errFileNotKept
			case len(rows) == 0:
				return nil
			}
			if refused = part(rows[0].Content); refused != nil {
				return refused
			}
		}
	})
	if refused != nil {
		return fmt.Errorf("hand out file: %w", refused)
	}
	return err
}
