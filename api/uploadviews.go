package api

import (
	"context"
	"fmt"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// findingsShown is the number of findings that stand in an upload itself.
const findingsShown = 100

// ListUploads lists the uploads of an organisation of the caller.
func (h *handlers) ListUploads(ctx context.Context, request spec.ListUploadsRequestObject) (spec.ListUploadsResponseObject, error) {
	actor, err := actorCovering(ctx, request.Organisation)
	if err != nil {
		return nil, err
	}
	page := pageOf(request.Params.Limit, request.Params.Offset)
	uploads, total, err := h.deps.Uploads.Uploads(ctx, actor, request.Organisation, page)
	if err != nil {
		return nil, fmt.Errorf("list uploads: %w", err)
	}
	answer := spec.ListUploads200JSONResponse{Total: total, Limit: page.Limit, Offset: page.Offset, Uploads: make([]spec.Upload, len(uploads))}
	for i, upload := range uploads {
		if answer.Uploads[i], err = specUpload(upload); err != nil {
			return nil, err
		}
	}
	return answer, nil
}

// GetUpload shows one upload of the caller's organisations.
func (h *handlers) GetUpload(ctx context.Context, request spec.GetUploadRequestObject) (spec.GetUploadResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	upload, err := h.deps.Uploads.Upload(ctx, actor, request.Id.String(), findingsShown)
	if domain.KindOf(err) == domain.KindNotFound || err == nil && !actor.Covers(upload.Organisation) {
		return nil, uploadNotFound()
	}
	if err != nil {
		return nil, fmt.Errorf("read upload: %w", err)
	}
	answer, err := specUpload(upload)
	return spec.GetUpload200JSONResponse(answer), err
}

// ListUploadFindings lists the findings of an upload of the caller's organisations.
func (h *handlers) ListUploadFindings(ctx context.Context, request spec.ListUploadFindingsRequestObject) (spec.ListUploadFindingsResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	page := pageOf(request.Params.Limit, request.Params.Offset)
	findings, total, err := h.deps.Uploads.UploadFindings(ctx, actor, request.Id.String(), page)
	if domain.KindOf(err) == domain.KindNotFound {
		return nil, uploadNotFound()
	}
	if err != nil {
		return nil, fmt.Errorf("list findings: %w", err)
	}
	return spec.ListUploadFindings200JSONResponse{Total: total, Limit: page.Limit, Offset: page.Offset, Findings: specFindings(findings)}, nil
}

func uploadNotFound() error {
	return domain.NotFound("upload_not_found", "There is no such upload in your scope. List the uploads of your organisation to find its id.")
}

// specUpload writes an upload as the contract has it.
func specUpload(upload domain.Upload) (spec.Upload, error) {
	var id openapi_types.UUID
	if err := id.UnmarshalText([]byte(upload.ID)); err != nil {
		return spec.Upload{}, fmt.Errorf("read upload id: %w", err)
	}
	path := "/api/v1/uploads/" + id.String()
	answer := spec.Upload{
		Id: id, Organisation: upload.Organisation, Kind: spec.UploadKind(upload.Kind), State: spec.UploadState(upload.State),
		Format: spec.UploadFormat(upload.Format), ReceivedAt: upload.ReceivedAt.UTC(), Complete: upload.Complete, AsAt: specDateOf(upload.AsAt),
		Counts: specCounts(upload.Counts), Errors: upload.Errors, Warnings: upload.Warnings,
		Mapping: make([]spec.MappedColumn, len(upload.Mapping)), Findings: specFindings(upload.Findings[:min(len(upload.Findings), findingsShown)]),
	}
	answer.Links.Self, answer.Links.Findings = path, path+"/findings"
	for i, column := range upload.Mapping {
		answer.Mapping[i] = spec.MappedColumn{Header: clip(column.Header, 200), Field: textOf(column.Field)}
	}
	return answer, nil
}

func specCounts(c domain.UploadCounts) spec.Counts {
	return spec.Counts{
		RowsRead: c.RowsRead, New: c.New, Changed: c.Changed, Unchanged: c.Unchanged, Removed: c.Removed, Duplicate: c.Duplicate,
		Skipped: c.Skipped, Rejected: c.Rejected, Blank: c.Blank, NotStored: c.NotStored, Ended: c.Ended,
	}
}

// specFindings writes findings as the contract has them.
func specFindings(findings []domain.Finding) []spec.Finding {
	answer := make([]spec.Finding, len(findings))
	for i, finding := range findings {
		answer[i] = spec.Finding{
			Code: string(finding.Code), Severity: spec.FindingSeverity(finding.Severity),
			Sheet: textOf(clip(finding.Sheet, 100)), Column: textOf(clip(finding.Column, 200)),
			Message: clip(finding.Message, 2000), Mend: clip(finding.Mend, 1000),
		}
		if finding.Row > 0 {
			answer[i].Row = &finding.Row
		}
	}
	return answer
}
