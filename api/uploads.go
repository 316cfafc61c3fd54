package api

import (
	"context"
	"errors"
	"fmt"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// CreateUpload receives, reads, checks and stores one file of an organisation.
func (h *handlers) CreateUpload(ctx context.Context, request spec.CreateUploadRequestObject) (spec.CreateUploadResponseObject, error) {
	actor, err := actorCovering(ctx, request.Organisation)
	if err != nil {
		return nil, err
	}
	// Before the file is read: it could not be stored whatever is in it.
	if err := actor.RefuseReadOnly(request.Organisation); err != nil {
		return nil, err
	}
	stored, err := h.takeUpload(ctx, actor, request)
	if err != nil {
		return nil, err
	}
	if orDefault(request.Params.CheckOnly, false) {
		return spec.CreateUpload200JSONResponse(specPreview(stored)), nil
	}
	shown, err := h.uploadAnswer(stored)
	if err != nil {
		return nil, err
	}
	answer := spec.CreateUpload201JSONResponse{Body: shown}
	if stored.Repeated {
		answer.Headers.IdempotencyReplayed = &stored.Repeated
	}
	return answer, nil
}

// takeUpload receives, reads, checks and stores one file of an organisation in the
// actor's scope. The file has arrived whole before the register is asked anything, so
// that a slow sender holds no connection to the database.
func (h *handlers) takeUpload(ctx context.Context, actor domain.Actor, request spec.CreateUploadRequestObject) (stored domain.Upload, err error) {
	options, err := h.uploadOptions(request.Organisation, request.Params)
	if err != nil {
		return domain.Upload{}, err
	}
	file, source, err := h.receive(ctx, request)
	if err != nil {
		return domain.Upload{}, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if options.SocialCare, err = h.isSocialCare(ctx, request.Organisation); err != nil {
		return domain.Upload{}, err
	}
	read, err := h.readUpload(ctx, file, source, options)
	if err != nil {
		return domain.Upload{}, err
	}
	options.state(&read)
	read.Organisation, read.SHA256, read.Bytes = request.Organisation, file.sha256, file.size
	read.ReceivedAt, read.Actor, read.RequestID = h.deps.Clock().UTC(), actor.ID, actor.RequestID
	if stored, err = h.deps.Uploads.StoreUpload(ctx, actor, read); err != nil {
		return domain.Upload{}, fmt.Errorf("store upload: %w", err)
	}
	if !options.checkOnly {
		h.meters.upload(stored)
	}
	return stored, nil
}

// uploadAnswer says what became of a file; that it was rejected is an error.
func (h *handlers) uploadAnswer(stored domain.Upload) (spec.Upload, error) {
	shown, err := h.specUpload(stored)
	if err != nil {
		return spec.Upload{}, err
	}
	if stored.State == domain.UploadRejected {
		return spec.Upload{}, &rejectedError{upload: shown, replayed: stored.Repeated}
	}
	return shown, nil
}

// readUpload turns the file into typed rows and compresses it if it is to be kept.
func (h *handlers) readUpload(ctx context.Context, file *spooled, source sheet.Source, options uploadOptions) (domain.UploadFile, error) {
	lists, err := h.lists.read(ctx)
	if err != nil {
		return domain.UploadFile{}, err
	}
	var read domain.UploadFile
	err = h.inTurn(ctx, func() error {
		if read, err = sheet.Parse(ctx, source, options.Options, lists); err != nil {
			return fmt.Errorf("read uploaded file: %w", err)
		}
		if h.deps.KeepFiles > 0 && !options.checkOnly && mayBeKept(read) {
			return h.keep(file, source, &read)
		}
		return nil
	})
	return read, err
}

// inTurn does work that takes a processor and memory for many rows: reading a file or
// writing a workbook of rows. Only a few such works are done at a time. Waiting for
// one's turn ends with the request.
func (h *handlers) inTurn(ctx context.Context, work func() error) error {
	select {
	case h.turns <- struct{}{}:
		defer func() { <-h.turns }()
		return work()
	case <-ctx.Done():
		return fmt.Errorf("wait for another file to be read or written: %w", ctx.Err())
	}
}

// isSocialCare says whether the organisation is a social care provider, whose
// files write some things in ways of their own.
func (h *handlers) isSocialCare(ctx context.Context, code string) (bool, error) {
	organisation, err := h.deps.Registry.Organisation(ctx, code, h.today())
	if domain.KindOf(err) == domain.KindNotFound {
		return false, organisationNotFound()
	}
	if err != nil {
		return false, fmt.Errorf("read organisation: %w", err)
	}
	return organisation.Kind.IsSocialCare(), nil
}
