package api

import (
	"context"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// ListUploadColumns publishes how the columns of each kind of file may be headed, and
// the limits of files.
func (h *handlers) ListUploadColumns(ctx context.Context, request spec.ListUploadColumnsRequestObject) (spec.ListUploadColumnsResponseObject, error) {
	lists, err := h.lists.get(ctx)
	if err != nil {
		return nil, err
	}
	framework, err := frameworkOf(request.Params.Framework, request.Params.FrameworkVersion).in(lists)
	if err != nil {
		return nil, err
	}
	answer := spec.ListUploadColumns200JSONResponse{Limits: h.uploadLimits()}
	for _, kind := range uploadKinds() {
		columns := listed(sheet.Columns(kind), specColumn)
		if kind == domain.UploadAssessments {
			columns = append(columns, ofForm(spec.Wide, sheet.CompetenceColumns(framework))...)
			columns = append(columns, ofForm(spec.Long, sheet.LongColumns())...)
		}
		answer.Kinds = append(answer.Kinds, struct {
			Columns []spec.UploadColumn `json:"columns"`
			Kind    spec.UploadKind     `json:"kind"`
		}{columns, spec.UploadKind(kind)})
	}
	return answer, nil
}

// uploadKinds lists the kinds of file that HR sends.
func uploadKinds() []domain.UploadKind {
	return []domain.UploadKind{
		domain.UploadStaff, domain.UploadAssessments, domain.UploadVacancies, domain.UploadPositions, domain.UploadTargets,
	}
}

// ofForm writes columns that only one form of assessments has.
func ofForm(form spec.UploadColumnForm, columns []sheet.Column) []spec.UploadColumn {
	answer := listed(columns, specColumn)
	for i := range answer {
		answer[i].Form = &form
	}
	return answer
}

func specColumn(column sheet.Column) spec.UploadColumn {
	return spec.UploadColumn{
		Name: column.Name, Compulsory: column.Compulsory, Key: column.Key, Description: column.Description, Example: column.Example,
		Synonyms: append([]string{}, column.Synonyms...),
	}
}

// uploadLimits are the limits of a file as they are set.
func (h *handlers) uploadLimits() spec.UploadLimits {
	file := h.deps.Limits.File
	return spec.UploadLimits{
		Bytes: file.MaxBytes, Rows: file.MaxRows, Columns: file.MaxColumns, UnzippedBytes: file.MaxUnzipped, CellCharacters: file.MaxCellChars,
		FindingsStored: domain.FindingLimit, FileKeptDays: h.keptDays(),
	}
}
