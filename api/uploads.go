package api

import (
	"context"
	"errors"
	"fmt"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// CreateUpload receives, reads, checks and stores one file. The file has arrived
// whole before the register is asked anything, so that a slow sender holds no
// connection to the database.
func (h *handlers) CreateUpload(ctx context.Context, request spec.CreateUploadRequestObject) (_ spec.CreateUploadResponseObject, err error) {
	actor, err := actorCovering(ctx, request.Organisation)
	if err != nil {
		return nil, err
	}
	options, err := h.uploadOptions(request.Organisation, request.Params)
	if err != nil {
		return nil, err
	}
	file, source, err := h.receive(ctx, request)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if options.SocialCare, err = h.isSocialCare(ctx, request.Organisation); err != nil {
		return nil, err
	}
	read, err := h.readUpload(ctx, file, source, options)
	if err != nil {
		return nil, err
	}
	options.state(&read)
	read.Organisation, read.SHA256, read.Bytes = request.Organisation, file.sha256, file.size
	read.ReceivedAt, read.Actor, read.RequestID = h.deps.Clock().UTC(), actor.ID, actor.RequestID
	stored, err := h.deps.Uploads.StoreUpload(ctx, actor, read)
	if err != nil {
		return nil, fmt.Errorf("store upload: %w", err)
	}
	if read.CheckOnly {
		return spec.CreateUpload200JSONResponse(specPreview(stored)), nil
	}
	return h.uploadAnswer(stored)
}

// uploadAnswer says what became of a file.
func (h *handlers) uploadAnswer(stored domain.Upload) (spec.CreateUploadResponseObject, error) {
	shown, err := h.specUpload(stored)
	if err != nil {
		return nil, err
	}
	if stored.State == domain.UploadRejected {
		return nil, &rejectedError{upload: shown, replayed: stored.Repeated}
	}
	answer := spec.CreateUpload201JSONResponse{Body: shown}
	if stored.Repeated {
		answer.Headers.IdempotencyReplayed = &stored.Repeated
	}
	return answer, nil
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
	return organisation.Kind == domain.KindSocialCare, nil
}
