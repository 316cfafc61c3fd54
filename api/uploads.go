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
	options, err := h.uploadOptions(request.Params)
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
	read, err := h.readUpload(ctx, source, options)
	if err != nil {
		return nil, err
	}
	read.Organisation, read.Kind, read.Complete = request.Organisation, options.Kind, options.Complete
	read.SHA256, read.Bytes = file.sha256, file.size
	read.ReceivedAt, read.Actor, read.RequestID = h.deps.Clock().UTC(), actor.ID, actor.RequestID
	stored, err := h.deps.Uploads.StoreUpload(ctx, actor, read)
	if err != nil {
		return nil, fmt.Errorf("store upload: %w", err)
	}
	answer, err := specUpload(stored)
	if err != nil {
		return nil, err
	}
	if stored.State == domain.UploadRejected {
		return nil, &rejectedError{upload: answer}
	}
	return spec.CreateUpload201JSONResponse(answer), nil
}

// readUpload turns the file into typed rows. Only a few files are read at a time,
// because reading takes a processor and memory for all rows.
func (h *handlers) readUpload(ctx context.Context, source sheet.Source, options sheet.Options) (domain.UploadFile, error) {
	lists, err := h.lists.read(ctx)
	if err != nil {
		return domain.UploadFile{}, err
	}
	select {
	case h.parsing <- struct{}{}:
		defer func() { <-h.parsing }()
	case <-ctx.Done():
		return domain.UploadFile{}, fmt.Errorf("wait for another file to be read: %w", ctx.Err())
	}
	read, err := sheet.Parse(ctx, source, options, lists)
	if err != nil {
		return domain.UploadFile{}, fmt.Errorf("read uploaded file: %w", err)
	}
	return read, nil
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

// uploadOptions checks that the options fit the kind of file. One that would have
// no effect is refused, so that nobody believes it had.
func (h *handlers) uploadOptions(params spec.CreateUploadParams) (sheet.Options, error) {
	options := sheet.Options{
		Kind: domain.UploadKind(params.Kind), AsAt: dateFrom(params.AsAt), Today: h.today(),
		Framework: orDefault(params.Framework, domain.DefaultFramework), FrameworkVersion: orDefault(params.FrameworkVersion, domain.DefaultFrameworkVersion),
		Complete: orDefault(params.Complete, false), Limits: h.deps.Limits.File,
	}
	var faults []domain.FieldFault
	if options.Complete && options.Kind == domain.UploadAssessments {
		faults = append(faults, domain.FieldFault{Field: "complete", Message: "Assessments are never complete: an assessment that is absent from a file stays. Leave the option out."})
	}
	if options.AsAt != nil && options.Kind != domain.UploadStaff {
		faults = append(faults, domain.FieldFault{Field: "as_at", Message: "Only a staff list states one position. The other kinds of file carry their dates in their rows; leave the option out."})
	}
	if options.Kind != domain.UploadAssessments {
		for _, option := range []struct {
			name  string
			given bool
		}{{"framework", params.Framework != nil}, {"framework_version", params.FrameworkVersion != nil}} {
			if option.given {
				faults = append(faults, domain.FieldFault{Field: option.name, Message: "Only assessments have a framework. Leave the option out."})
			}
		}
	}
	if len(faults) > 0 {
		return sheet.Options{}, domain.Invalid("option_not_for_kind", fmt.Sprintf("An option does not go with a file of kind %s.", options.Kind), faults...)
	}
	if options.AsAt != nil && *options.AsAt > options.Today {
		return sheet.Options{}, domain.Invalid("as_at_future", "A staff list states a position that was; its date must not lie in the future.",
			domain.FieldFault{Field: "as_at", Message: "Use a day up to " + options.Today.String() + "."})
	}
	return options, nil
}
