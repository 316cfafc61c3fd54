package api

import (
	"context"
	"fmt"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// asNation returns the caller narrowed to the nation. Only administrators get so far;
// the nation is in the scope of nobody otherwise.
func asNation(ctx context.Context) (domain.Actor, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return domain.Actor{}, err
	}
	actor.Organisations = []string{domain.NationCode}
	return actor, nil
}

// CreateNationalUpload receives, reads, checks and stores one file of the nation's
// targets, as CreateUpload does those of an organisation.
func (h *handlers) CreateNationalUpload(ctx context.Context, request spec.CreateNationalUploadRequestObject) (spec.CreateNationalUploadResponseObject, error) {
	actor, err := asNation(ctx)
	if err != nil {
		return nil, err
	}
	params := request.Params
	stored, err := h.takeUpload(ctx, actor, spec.CreateUploadRequestObject{
		Organisation: domain.NationCode, ContentType: request.ContentType, Body: request.Body, MultipartBody: request.MultipartBody,
		Params: spec.CreateUploadParams{
			Kind: spec.UploadKind(domain.UploadTargets), Mode: (*spec.CreateUploadParamsMode)(params.Mode), CheckOnly: params.CheckOnly,
			Complete: params.Complete, IdempotencyKey: params.IdempotencyKey,
		},
	})
	if err != nil {
		return nil, err
	}
	if orDefault(params.CheckOnly, false) {
		return spec.CreateNationalUpload200JSONResponse(specPreview(stored)), nil
	}
	shown, err := h.uploadAnswer(stored)
	if err != nil {
		return nil, err
	}
	answer := spec.CreateNationalUpload201JSONResponse{Body: shown}
	if stored.Repeated {
		answer.Headers.IdempotencyReplayed = &stored.Repeated
	}
	return answer, nil
}

// ListNationalUploads lists the uploads of the nation's targets.
func (h *handlers) ListNationalUploads(ctx context.Context, request spec.ListNationalUploadsRequestObject) (spec.ListNationalUploadsResponseObject, error) {
	actor, err := asNation(ctx)
	if err != nil {
		return nil, err
	}
	list, err := h.uploadPage(ctx, actor, domain.NationCode, domain.UploadFilter{}, pageOf(request.Params.Limit, request.Params.Offset))
	return spec.ListNationalUploads200JSONResponse(list), err
}

// nationalUpload returns an upload of the nation with its first findings. One of an
// organisation is not found, whoever asks.
func (h *handlers) nationalUpload(ctx context.Context, id openapi_types.UUID, findings int) (domain.Actor, domain.Upload, error) {
	actor, err := asNation(ctx)
	if err != nil {
		return actor, domain.Upload{}, err
	}
	upload, err := h.uploadOf(ctx, actor, id, findings)
	return actor, upload, err
}

// GetNationalUpload shows one upload of the nation's targets as it now stands.
func (h *handlers) GetNationalUpload(ctx context.Context, request spec.GetNationalUploadRequestObject) (spec.GetNationalUploadResponseObject, error) {
	_, upload, err := h.nationalUpload(ctx, request.Id, findingsShown)
	if err != nil {
		return nil, err
	}
	answer, err := h.specUpload(upload)
	return spec.GetNationalUpload200JSONResponse(answer), err
}

// VoidNationalUpload withdraws an upload of the nation's targets.
func (h *handlers) VoidNationalUpload(ctx context.Context, request spec.VoidNationalUploadRequestObject) (spec.VoidNationalUploadResponseObject, error) {
	actor, err := asNation(ctx)
	if err != nil {
		return nil, err
	}
	answer, err := h.voidUpload(ctx, actor, request.Id)
	return spec.VoidNationalUpload200JSONResponse(answer), err
}

// ListNationalUploadFindings lists the findings of an upload of the nation's targets.
func (h *handlers) ListNationalUploadFindings(ctx context.Context, request spec.ListNationalUploadFindingsRequestObject) (spec.ListNationalUploadFindingsResponseObject, error) {
	actor, err := asNation(ctx)
	if err != nil {
		return nil, err
	}
	list, err := h.findingPage(ctx, actor, request.Id, pageOf(request.Params.Limit, request.Params.Offset))
	return spec.ListNationalUploadFindings200JSONResponse(list), err
}

// GetNationalUploadFile answers with the file of an upload of the nation's targets as
// it was sent.
func (h *handlers) GetNationalUploadFile(ctx context.Context, request spec.GetNationalUploadFileRequestObject) (spec.GetNationalUploadFileResponseObject, error) {
	actor, upload, err := h.nationalUpload(ctx, request.Id, 0)
	if err != nil {
		return nil, err
	}
	return h.sentFile(ctx, actor, upload, "getNationalUploadFile")
}

// GetNationalUploadFindingsCsv answers with the stored findings of an upload of the
// nation's targets.
func (h *handlers) GetNationalUploadFindingsCsv(ctx context.Context, request spec.GetNationalUploadFindingsCsvRequestObject) (spec.GetNationalUploadFindingsCsvResponseObject, error) {
	actor, upload, err := h.nationalUpload(ctx, request.Id, domain.FindingLimit)
	if err != nil {
		return nil, err
	}
	return h.findingsCSV(ctx, actor, upload, "getNationalUploadFindingsCsv")
}

// GetNationalUploadFindingsXlsx answers with the sent rows of the nation's targets and
// what is wrong with each.
func (h *handlers) GetNationalUploadFindingsXlsx(ctx context.Context, request spec.GetNationalUploadFindingsXlsxRequestObject) (spec.GetNationalUploadFindingsXlsxResponseObject, error) {
	actor, upload, err := h.nationalUpload(ctx, request.Id, domain.FindingLimit)
	if err != nil {
		return nil, err
	}
	return h.findingsXLSX(ctx, actor, upload, "getNationalUploadFindingsXlsx")
}

// uploadPath is the path of an upload: those of the nation have one of their own,
// because the others are HR's alone.
func uploadPath(upload domain.Upload, id fmt.Stringer) string {
	if upload.Organisation == domain.NationCode {
		return "/api/v1/targets/uploads/" + id.String()
	}
	return "/api/v1/uploads/" + id.String()
}
