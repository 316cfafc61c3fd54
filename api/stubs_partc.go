package api

import (
	"context"
	"errors"

	"skillstracker/api/spec"
)

// TEMPORARY: operations of part C that are being written. Each owner deletes theirs.

var errBeingWritten = errors.New("being written")

func (h *handlers) ListCrosswalks(context.Context, spec.ListCrosswalksRequestObject) (spec.ListCrosswalksResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) PublishCrosswalk(context.Context, spec.PublishCrosswalkRequestObject) (spec.PublishCrosswalkResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetCrosswalk(context.Context, spec.GetCrosswalkRequestObject) (spec.GetCrosswalkResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetDigitalLiteracyTotalsCsvMetadata(context.Context, spec.GetDigitalLiteracyTotalsCsvMetadataRequestObject) (spec.GetDigitalLiteracyTotalsCsvMetadataResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetDigitalWorkforceTotals(context.Context, spec.GetDigitalWorkforceTotalsRequestObject) (spec.GetDigitalWorkforceTotalsResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetDigitalWorkforceTotalsCsv(context.Context, spec.GetDigitalWorkforceTotalsCsvRequestObject) (spec.GetDigitalWorkforceTotalsCsvResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetDigitalWorkforceTotalsCsvMetadata(context.Context, spec.GetDigitalWorkforceTotalsCsvMetadataRequestObject) (spec.GetDigitalWorkforceTotalsCsvMetadataResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) ListFrameworks(context.Context, spec.ListFrameworksRequestObject) (spec.ListFrameworksResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) PublishFramework(context.Context, spec.PublishFrameworkRequestObject) (spec.PublishFrameworkResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetFrameworkTemplate(context.Context, spec.GetFrameworkTemplateRequestObject) (spec.GetFrameworkTemplateResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetFramework(context.Context, spec.GetFrameworkRequestObject) (spec.GetFrameworkResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) ListSuccessions(context.Context, spec.ListSuccessionsRequestObject) (spec.ListSuccessionsResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) ImportSuccessions(context.Context, spec.ImportSuccessionsRequestObject) (spec.ImportSuccessionsResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) SetReportingStart(context.Context, spec.SetReportingStartRequestObject) (spec.SetReportingStartResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetPositionTotals(context.Context, spec.GetPositionTotalsRequestObject) (spec.GetPositionTotalsResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetPositionTotalsCsv(context.Context, spec.GetPositionTotalsCsvRequestObject) (spec.GetPositionTotalsCsvResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetPositionTotalsCsvMetadata(context.Context, spec.GetPositionTotalsCsvMetadataRequestObject) (spec.GetPositionTotalsCsvMetadataResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) ListTargets(context.Context, spec.ListTargetsRequestObject) (spec.ListTargetsResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) ListNationalUploads(context.Context, spec.ListNationalUploadsRequestObject) (spec.ListNationalUploadsResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) CreateNationalUpload(context.Context, spec.CreateNationalUploadRequestObject) (spec.CreateNationalUploadResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) VoidNationalUpload(context.Context, spec.VoidNationalUploadRequestObject) (spec.VoidNationalUploadResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetNationalUpload(context.Context, spec.GetNationalUploadRequestObject) (spec.GetNationalUploadResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetVacancyTotalsCsvMetadata(context.Context, spec.GetVacancyTotalsCsvMetadataRequestObject) (spec.GetVacancyTotalsCsvMetadataResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetWorkforceTotals(context.Context, spec.GetWorkforceTotalsRequestObject) (spec.GetWorkforceTotalsResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetWorkforceTotalsCsv(context.Context, spec.GetWorkforceTotalsCsvRequestObject) (spec.GetWorkforceTotalsCsvResponseObject, error) {
	return nil, errBeingWritten
}

func (h *handlers) GetWorkforceTotalsCsvMetadata(context.Context, spec.GetWorkforceTotalsCsvMetadataRequestObject) (spec.GetWorkforceTotalsCsvMetadataResponseObject, error) {
	return nil, errBeingWritten
}
