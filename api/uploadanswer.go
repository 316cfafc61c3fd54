package api

import (
	"encoding/hex"
	"fmt"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// findingsShown is the number of findings that stand in an upload itself.
const findingsShown = 100

// specUpload writes an upload as the contract has it.
func (h *handlers) specUpload(upload domain.Upload) (spec.Upload, error) {
	var id openapi_types.UUID
	if err := id.UnmarshalText([]byte(upload.ID)); err != nil {
		return spec.Upload{}, fmt.Errorf("read upload id: %w", err)
	}
	path := uploadPath(upload, id)
	answer := spec.Upload{
		Id: id, Organisation: upload.Organisation, Kind: spec.UploadKind(upload.Kind), State: spec.UploadState(upload.State),
		Format: spec.FileFormat(upload.Format), Sha256: hex.EncodeToString(upload.SHA256[:]), ReceivedAt: upload.ReceivedAt.UTC(), SentBy: textOf(upload.Actor),
		Mode: spec.UploadMode(upload.Mode), Complete: upload.Complete, CreateMissingStaff: upload.CreateMissingStaff, AsAt: specDateOf(upload.AsAt),
		Counts: specCounts(upload.Counts), Errors: upload.Errors, Warnings: upload.Warnings,
		Mapping: specMapping(upload.Mapping), Findings: specFindings(upload.Findings[:min(len(upload.Findings), findingsShown)]),
	}
	answer.Links.Self, answer.Links.Findings = path, path+"/findings"
	answer.Links.FindingsCsv, answer.Links.FindingsXlsx = path+"/findings.csv", path+"/findings.xlsx"
	if h.isKept(upload) {
		file, until := path+"/file", upload.KeptUntil.UTC()
		answer.Links.File, answer.FileKeptUntil = &file, &until
	}
	if upload.Voided != nil {
		at := upload.Voided.At.UTC()
		answer.VoidedAt, answer.VoidedBy = &at, textOf(upload.Voided.Actor)
	}
	return answer, nil
}

// isKept says whether the file of an upload is kept now.
func (h *handlers) isKept(upload domain.Upload) bool {
	return upload.KeptUntil != nil && h.deps.Clock().Before(*upload.KeptUntil)
}

func specMapping(columns []domain.MappedColumn) []spec.MappedColumn {
	return listed(columns, func(column domain.MappedColumn) spec.MappedColumn {
		return spec.MappedColumn{Header: clip(column.Header, 200), Field: textOf(column.Field)}
	})
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
