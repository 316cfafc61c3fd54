package api

import (
	"context"
	"errors"
	"fmt"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
)

// receive spools the file of an upload, whether it came as the body or in a form,
// and notes what the sender says of it. The caller closes the file.
func (h *handlers) receive(ctx context.Context, request spec.CreateUploadRequestObject) (*spooled, sheet.Source, error) {
	file, source, err := h.arrive(request)
	if err != nil {
		return nil, source, err
	}
	if request.MultipartBody != nil {
		err = formEnds(request.MultipartBody)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, source, errors.Join(fmt.Errorf("receive file: %w", err), file.Close())
	}
	source.File, source.Size = file, file.size
	return file, source, nil
}

// arrive spools the file alone.
func (h *handlers) arrive(request spec.CreateUploadRequestObject) (*spooled, sheet.Source, error) {
	limit := h.deps.Limits.File.MaxBytes
	if request.MultipartBody == nil {
		file, err := spool(h.deps.TempDir, request.Body, limit)
		return file, sheet.Source{ContentType: request.ContentType}, err
	}
	part, err := formFile(request.MultipartBody)
	if err != nil {
		return nil, sheet.Source{}, err
	}
	file, err := spool(h.deps.TempDir, part, limit)
	return file, sheet.Source{Filename: part.FileName(), ContentType: part.Header.Get("Content-Type")}, err
}
