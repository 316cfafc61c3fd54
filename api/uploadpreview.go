package api

import (
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// specPreview writes what an upload would be as the contract has it.
func specPreview(upload domain.Upload) spec.UploadPreview {
	findings := specFindings(upload.Findings[:min(len(upload.Findings), domain.FindingLimit)])
	return spec.UploadPreview{
		CheckOnly: true, WouldBe: spec.UploadState(upload.State), Kind: spec.UploadKind(upload.Kind), Organisation: upload.Organisation,
		Format: spec.FileFormat(upload.Format), Mode: spec.UploadMode(upload.Mode), Complete: upload.Complete,
		CreateMissingStaff: upload.CreateMissingStaff, AsAt: specDateOf(upload.AsAt),
		Counts: specCounts(upload.Counts), Mapping: specMapping(upload.Mapping), Errors: upload.Errors, Warnings: upload.Warnings,
		Findings: findings, FindingsListed: len(findings),
		Changes: listed(upload.Changes[:min(len(upload.Changes), domain.ChangeExamples)], specChange),
	}
}

func specChange(change domain.RecordChange) spec.RecordChange {
	answer := spec.RecordChange{Outcome: spec.RecordChangeOutcome(change.Outcome), Record: specRecord(change.Record)}
	if change.Row > 0 {
		answer.Row = &change.Row
	}
	answer.Fields = listed(change.Fields, func(field domain.FieldChange) struct {
		After  string `json:"after"`
		Before string `json:"before"`
		Column string `json:"column"`
	} {
		return struct {
			After  string `json:"after"`
			Before string `json:"before"`
			Column string `json:"column"`
		}{After: clip(field.After, 1000), Before: clip(field.Before, 1000), Column: clip(field.Column, 100)}
	})
	return answer
}

// specRecord writes the key of a record.
func specRecord(key []domain.ColumnValue) spec.RecordKey {
	record := make(spec.RecordKey, len(key))
	for _, part := range key {
		record[part.Column] = clip(part.Value, 100)
	}
	return record
}
