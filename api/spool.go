package api

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"

	"skillstracker/domain"
)

// tempFile is a file that only this process can read and that is gone after Close.
type tempFile struct {
	*os.File
	named bool // the name is still in the folder and must be removed
}

// The names of temporary files, as os.CreateTemp takes them.
const (
	uploadTempPattern = "skillstracker-upload-*"
	reportTempPattern = "skillstracker-report-*"
)

// TempFilePatterns returns the patterns of all names that files in Deps.TempDir have,
// so that what a killed server left can be removed.
func TempFilePatterns() []string {
	return []string{uploadTempPattern, reportTempPattern}
}

// newTempFile makes a file in a folder with the permissions 0600. Where the
// system allows it the file loses its name at once, so that nothing stays even
// when the process is killed.
func newTempFile(folder, pattern string) (*tempFile, error) {
	file, err := os.CreateTemp(folder, pattern)
	if err != nil {
		return nil, fmt.Errorf("make temporary file: %w", err)
	}
	return &tempFile{File: file, named: os.Remove(file.Name()) != nil}, nil
}

// Close frees the file and what it holds.
func (f *tempFile) Close() error {
	err := f.File.Close()
	if f.named {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	if err != nil {
		return fmt.Errorf("remove temporary file: %w", err)
	}
	return nil
}

// spooled is a file that has arrived whole.
type spooled struct {
	*tempFile
	size   int64
	sha256 [32]byte
	// compressed is the same once more, nil unless it is to be kept.
	compressed *tempFile
}

// Close frees the file and its compressed form.
func (f *spooled) Close() error {
	err := f.tempFile.Close()
	if f.compressed != nil {
		err = errors.Join(err, f.compressed.Close())
	}
	return err
}

// spool copies what a client sends to a temporary file, so that a slow sender
// keeps nothing else waiting. More than the limit and nothing at all are errors.
func spool(folder string, from io.Reader, limit int64) (file *spooled, err error) {
	temp, err := newTempFile(folder, uploadTempPattern)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, temp.Close())
		}
	}()
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(&writeMarker{temp}, sum), io.LimitReader(from, limit+1))
	switch {
	case err != nil:
		return nil, bodyError(err)
	case size > limit:
		return nil, fmt.Errorf("receive file: %w", &http.MaxBytesError{Limit: limit})
	case size == 0:
		return nil, domain.Invalid("file_empty", "The file is empty: no byte of it arrived. Check that the right file was chosen and send it again.")
	}
	file = &spooled{tempFile: temp, size: size}
	sum.Sum(file.sha256[:0])
	return file, nil
}

// writeError marks an error of the temporary file, which is ours, so that it is
// not taken for one of the sender.
type writeError struct{ error }

func (e writeError) Unwrap() error { return e.error }

type writeMarker struct{ to io.Writer }

func (w *writeMarker) Write(p []byte) (int, error) {
	n, err := w.to.Write(p)
	if err != nil {
		return n, writeError{err}
	}
	return n, nil
}

// bodyError says which way a body failed to arrive. A connection that ended is
// no fault of the service.
func bodyError(err error) error {
	if ours, ok := errors.AsType[writeError](err); ok {
		return fmt.Errorf("spool body: %w", ours.error)
	}
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge || errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, errBodyForm) {
		return fmt.Errorf("receive body: %w", err)
	}
	return fmt.Errorf("receive body: %w: %w", errBodyCut, err)
}

// formFile finds the file of a multipart form. Options belong in the query, so a
// form with anything else is refused rather than half read.
func formFile(form *multipart.Reader) (*multipart.Part, error) {
	part, err := form.NextPart()
	if errors.Is(err, io.EOF) {
		return nil, domain.Invalid("multipart_file_missing", "The form has no field. Send the file as the form field named file.")
	}
	if err != nil {
		return nil, formError(err)
	}
	if part.FormName() != "file" {
		return nil, domain.Invalid("multipart_field_unknown", "The form must hold one field, named file. Options such as kind and complete belong in the query string.")
	}
	return part, nil
}

// formEnds refuses what comes after the file.
func formEnds(form *multipart.Reader) error {
	_, err := form.NextPart()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return formError(err)
	}
	return domain.Invalid("multipart_field_unknown", "The form holds more than one field. Send one file for each upload, and options in the query string.")
}

// formError tells a form that is wrong from a connection that ended.
func formError(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return bodyError(err)
	}
	return bodyError(fmt.Errorf("%w: %w", errBodyForm, err))
}
