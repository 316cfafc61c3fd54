package api

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// mayBeKept says whether a sent file may be kept: it was read to its end, under a
// header that was understood, and not refused. Of any other file nobody can say what
// it holds.
func mayBeKept(read domain.UploadFile) bool {
	return !read.Refused && len(read.Mapping) > 0 && !read.Faults.Unreadable()
}

// keep hands a copy of the file to the store, unless it holds text about people that
// the reader of cells did not see.
func (h *handlers) keep(file *spooled, source sheet.Source, read *domain.UploadFile) error {
	hidden, err := sheet.HoldsPersonalText(source)
	if err != nil {
		return fmt.Errorf("look through file: %w", err)
	}
	if !hidden {
		read.Content, err = file.compress(h.deps.TempDir)
	}
	return err
}

// compress writes the file once more with gzip. What it returns is gone when the
// file is closed.
func (f *spooled) compress(folder string) (*domain.KeptFile, error) {
	temp, err := newTempFile(folder, uploadTempPattern)
	if err != nil {
		return nil, err
	}
	f.compressed = temp
	writer, err := gzip.NewWriterLevel(temp, gzip.BestSpeed)
	if err != nil {
		return nil, fmt.Errorf("compress file: %w", err)
	}
	if _, err := io.Copy(writer, io.NewSectionReader(f, 0, f.size)); err != nil {
		return nil, fmt.Errorf("compress file: %w", err)
	}
	if err := writer.Close(); err != nil {
		return nil, fmt.Errorf("compress file: %w", err)
	}
	size, err := temp.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, fmt.Errorf("measure compressed file: %w", err)
	}
	return &domain.KeptFile{Bytes: temp, Size: size}, nil
}

// keptFile fetches the file of an upload as it was sent. The caller closes it. The
// error is of kind not found when the file is not kept.
func (h *handlers) keptFile(ctx context.Context, actor domain.Actor, upload domain.Upload) (_ *tempFile, err error) {
	compressed, _, err := h.writtenFile(func(to io.Writer) error {
		return h.deps.Uploads.UploadContent(ctx, actor, upload.ID, func(part []byte) error {
			_, err := to.Write(part)
			return err
		})
	})
	if domain.KindOf(err) == domain.KindNotFound {
		return nil, h.fileNotKept()
	}
	if err != nil {
		return nil, fmt.Errorf("fetch kept file: %w", err)
	}
	defer func() { err = errors.Join(err, compressed.Close()) }()
	sum := sha256.New()
	file, size, err := h.writtenFile(func(to io.Writer) error {
		reader, err := gzip.NewReader(compressed)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.MultiWriter(to, sum), io.LimitReader(reader, upload.Bytes+1))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("unpack kept file: %w", err)
	}
	if size != upload.Bytes || [32]byte(sum.Sum(nil)) != upload.SHA256 {
		return nil, errors.Join(fmt.Errorf("unpack kept file: %d bytes that are not those that were sent", size), file.Close())
	}
	return file, nil
}

// fileNotKept says why a file cannot be fetched.
func (h *handlers) fileNotKept() error {
	days := h.keptDays()
	if days == 0 {
		return domain.NotFound("file_not_kept", "The file of this upload is not kept: this service keeps no sent files.")
	}
	return domain.NotFound("file_not_kept", fmt.Sprintf(
		"The file of this upload is not kept. Files are kept for %d days; one that was refused for personal data, could not be read to its end, or holds an NI number or e-mail address outside its cells, is never kept, nor is one that names somebody who was erased.", days))
}

// keptDays is the number of days for which sent files are kept, 0 for not at all.
func (h *handlers) keptDays() int { return int(h.deps.KeepFiles.Hours() / 24) }

// sourceOf shows a kept file to the reader of files.
func sourceOf(file *tempFile, upload domain.Upload) *sheet.Source {
	return &sheet.Source{File: file, Size: upload.Bytes, ContentType: contentTypeOf(sheet.Format(upload.Format))}
}
