package api

import (
	"context"
	"errors"
	"fmt"
	"io"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// GetUploadFile answers with the file of an upload as it was sent.
func (h *handlers) GetUploadFile(ctx context.Context, request spec.GetUploadFileRequestObject) (spec.GetUploadFileResponseObject, error) {
	actor, upload, err := h.ownUpload(ctx, request.Id, 0)
	if err != nil {
		return nil, err
	}
	return h.sentFile(ctx, actor, upload, "getUploadFile")
}

// sentFile answers with the file of an upload for an operation that is noted.
func (h *handlers) sentFile(ctx context.Context, actor domain.Actor, upload domain.Upload, operation string) (fileAnswer, error) {
	if !h.isKept(upload) {
		return fileAnswer{}, h.fileNotKept()
	}
	if err := h.noteRead(ctx, actor, uploadRead(upload, operation, "file."+upload.Format)); err != nil {
		return fileAnswer{}, err
	}
	file, err := h.keptFile(ctx, actor, upload)
	if err != nil {
		return fileAnswer{}, err
	}
	format := sheet.Format(upload.Format)
	name := h.fileName(fmt.Sprintf("%s-%s-%s", upload.Organisation, upload.Kind, shortID(upload)), format)
	return fileAnswer{body: file, size: upload.Bytes, kind: contentTypeOf(format), name: name}, nil
}

// GetUploadFindingsCsv answers with the stored findings of an upload.
func (h *handlers) GetUploadFindingsCsv(ctx context.Context, request spec.GetUploadFindingsCsvRequestObject) (spec.GetUploadFindingsCsvResponseObject, error) {
	actor, upload, err := h.ownUpload(ctx, request.Id, domain.FindingLimit)
	if err != nil {
		return nil, err
	}
	return h.findingsCSV(ctx, actor, upload, "getUploadFindingsCsv")
}

// findingsCSV writes the stored findings of an upload, for an operation that is noted.
func (h *handlers) findingsCSV(ctx context.Context, actor domain.Actor, upload domain.Upload, operation string) (fileAnswer, error) {
	if err := h.noteRead(ctx, actor, uploadRead(upload, operation, "findings.csv")); err != nil {
		return fileAnswer{}, err
	}
	return h.fileAnswer(h.findingsName(upload, sheet.CSV), sheet.CSV, func(to io.Writer) error {
		return sheet.WriteFindingsCSV(to, upload, upload.Findings)
	})
}

// GetUploadFindingsXlsx answers with the sent rows and what is wrong with each, or
// with the findings alone when the sent file is not kept.
func (h *handlers) GetUploadFindingsXlsx(ctx context.Context, request spec.GetUploadFindingsXlsxRequestObject) (spec.GetUploadFindingsXlsxResponseObject, error) {
	actor, upload, err := h.ownUpload(ctx, request.Id, domain.FindingLimit)
	if err != nil {
		return nil, err
	}
	return h.findingsXLSX(ctx, actor, upload, "getUploadFindingsXlsx")
}

// findingsXLSX writes the findings of an upload into the sent rows, for an operation
// that is noted, or into a list when the sent file is not kept.
func (h *handlers) findingsXLSX(ctx context.Context, actor domain.Actor, upload domain.Upload, operation string) (_ fileAnswer, err error) {
	if err := h.noteRead(ctx, actor, uploadRead(upload, operation, "findings.xlsx")); err != nil {
		return fileAnswer{}, err
	}
	if !h.isKept(upload) {
		return h.findingsWorkbook(ctx, nil, upload)
	}
	file, err := h.keptFile(ctx, actor, upload)
	if domain.KindOf(err) == domain.KindNotFound {
		return h.findingsWorkbook(ctx, nil, upload)
	}
	if err != nil {
		return fileAnswer{}, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return h.findingsWorkbook(ctx, sourceOf(file, upload), upload)
}

// findingsWorkbook writes the findings into the rows of a file, or without a file
// into a list.
func (h *handlers) findingsWorkbook(ctx context.Context, source *sheet.Source, upload domain.Upload) (fileAnswer, error) {
	options := sheet.FindingsOptions{Limits: h.deps.Limits.File, MadeAt: h.deps.Clock()}
	return h.fileAnswer(h.findingsName(upload, sheet.XLSX), sheet.XLSX, func(to io.Writer) error {
		return h.inTurn(ctx, func() error {
			return sheet.WriteFindings(ctx, to, source, upload, upload.Findings, options)
		})
	})
}

func (h *handlers) findingsName(upload domain.Upload, format sheet.Format) string {
	return h.fileName("findings-"+shortID(upload), format)
}

// shortID is enough of an id for the name of a file.
func shortID(upload domain.Upload) string { return upload.ID[:min(len(upload.ID), 8)] }

// uploadRead says that a file of an upload is about to be read.
func uploadRead(upload domain.Upload, operation, file string) domain.DataRead {
	return domain.DataRead{Organisations: []string{upload.Organisation}, Operation: operation, UploadID: upload.ID, Object: file}
}

// noteRead writes into the audit log that data about persons is about to be read.
func (h *handlers) noteRead(ctx context.Context, actor domain.Actor, read domain.DataRead) error {
	if err := h.deps.Reads.NoteRead(ctx, actor, read); err != nil {
		return fmt.Errorf("note read: %w", err)
	}
	return nil
}
