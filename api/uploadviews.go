package api

import (
	"context"
	"fmt"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// ListUploads lists the uploads of an organisation of the caller.
func (h *handlers) ListUploads(ctx context.Context, request spec.ListUploadsRequestObject) (spec.ListUploadsResponseObject, error) {
	actor, err := actorCovering(ctx, request.Organisation)
	if err != nil {
		return nil, err
	}
	filter, err := uploadFilter(request.Params)
	if err != nil {
		return nil, err
	}
	list, err := h.uploadPage(ctx, actor, request.Organisation, filter, pageOf(request.Params.Limit, request.Params.Offset))
	return spec.ListUploads200JSONResponse(list), err
}

// uploadPage lists the uploads of an organisation in the actor's scope.
func (h *handlers) uploadPage(ctx context.Context, actor domain.Actor, organisation string, filter domain.UploadFilter, page domain.Page) (spec.UploadPage, error) {
	uploads, total, err := h.deps.Uploads.Uploads(ctx, actor, organisation, filter, page)
	if err != nil {
		return spec.UploadPage{}, fmt.Errorf("list uploads: %w", err)
	}
	answer := spec.UploadPage{Total: total, Limit: page.Limit, Offset: page.Offset, Uploads: make([]spec.Upload, len(uploads))}
	for i, upload := range uploads {
		if answer.Uploads[i], err = h.specUpload(upload); err != nil {
			return spec.UploadPage{}, err
		}
	}
	return answer, nil
}

// uploadFilter reads the filters of a list. Days are days in UTC, and both are
// included.
func uploadFilter(params spec.ListUploadsParams) (domain.UploadFilter, error) {
	filter := domain.UploadFilter{
		Kinds: textsAs[domain.UploadKind](params.Kind), States: textsAs[domain.UploadState](params.State),
		From: timeFrom(params.ReceivedFrom),
	}
	if to := timeFrom(params.ReceivedTo); to != nil {
		before := to.AddDate(0, 0, 1)
		filter.Before = &before
	}
	if filter.From != nil && filter.Before != nil && !filter.From.Before(*filter.Before) {
		return filter, datesReversed("received_from", "received_to")
	}
	return filter, nil
}

// timeFrom returns the first moment of a day, in UTC.
func timeFrom(day *openapi_types.Date) *time.Time {
	if day == nil {
		return nil
	}
	start := domain.DateOf(day.Time).Time()
	return &start
}

// datesReversed says that a period ends before it begins.
func datesReversed(from, to string) error {
	return domain.Invalid("dates_reversed", "The period ends before it begins.",
		domain.FieldFault{Field: from, Message: "Use a day that is not after " + to + "."})
}

// ownUpload returns an upload of the caller's organisations with its first findings.
func (h *handlers) ownUpload(ctx context.Context, id openapi_types.UUID, findings int) (domain.Actor, domain.Upload, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return actor, domain.Upload{}, err
	}
	upload, err := h.uploadOf(ctx, actor, id, findings)
	return actor, upload, err
}

// uploadOf returns an upload of the actor's organisations with its first findings.
func (h *handlers) uploadOf(ctx context.Context, actor domain.Actor, id openapi_types.UUID, findings int) (domain.Upload, error) {
	upload, err := h.deps.Uploads.Upload(ctx, actor, id.String(), findings)
	if domain.KindOf(err) == domain.KindNotFound || err == nil && !actor.Covers(upload.Organisation) {
		return domain.Upload{}, uploadNotFound()
	}
	if err != nil {
		return domain.Upload{}, fmt.Errorf("read upload: %w", err)
	}
	return upload, nil
}

// GetUpload shows one upload of the caller's organisations as it now stands.
func (h *handlers) GetUpload(ctx context.Context, request spec.GetUploadRequestObject) (spec.GetUploadResponseObject, error) {
	_, upload, err := h.ownUpload(ctx, request.Id, findingsShown)
	if err != nil {
		return nil, err
	}
	answer, err := h.specUpload(upload)
	return spec.GetUpload200JSONResponse(answer), err
}

// ListUploadFindings lists the findings of an upload of the caller's organisations.
func (h *handlers) ListUploadFindings(ctx context.Context, request spec.ListUploadFindingsRequestObject) (spec.ListUploadFindingsResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	list, err := h.findingPage(ctx, actor, request.Id, pageOf(request.Params.Limit, request.Params.Offset))
	return spec.ListUploadFindings200JSONResponse(list), err
}

// findingPage lists the findings of an upload of the actor's organisations.
func (h *handlers) findingPage(ctx context.Context, actor domain.Actor, id openapi_types.UUID, page domain.Page) (spec.FindingPage, error) {
	findings, total, err := h.deps.Uploads.UploadFindings(ctx, actor, id.String(), page)
	if domain.KindOf(err) == domain.KindNotFound {
		return spec.FindingPage{}, uploadNotFound()
	}
	if err != nil {
		return spec.FindingPage{}, fmt.Errorf("list findings: %w", err)
	}
	return spec.FindingPage{Total: total, Limit: page.Limit, Offset: page.Offset, Findings: specFindings(findings)}, nil
}

func uploadNotFound() error {
	return domain.NotFound("upload_not_found", "There is no such upload in your scope. List the uploads of your organisation to find its id.")
}
