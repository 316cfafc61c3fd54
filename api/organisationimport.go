package api

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// ImportOrganisations reads an edition of organisations and stores all of it or,
// when any row has a fault, none.
func (h *handlers) ImportOrganisations(ctx context.Context, request spec.ImportOrganisationsRequestObject) (spec.ImportOrganisationsResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	edition := domain.DateOf(request.Params.AsOf.Time)
	if edition > h.today() {
		return nil, domain.Invalid("as_of_future", "An edition shows the state of a day that has been; as_of must not lie in the future.",
			domain.FieldFault{Field: "as_of", Message: "Use a day up to " + h.today().String() + "."})
	}
	entries, findings, err := sheet.ReadOrganisations(ctx, bodyReader{request.Body})
	if err != nil {
		return nil, fmt.Errorf("read organisations: %w", err)
	}
	if findings.Errors() > 0 {
		return nil, importRejected(findings)
	}
	summary, err := h.deps.Registry.ImportOrganisations(ctx, actor, domain.OrganisationImport{Edition: edition, Entries: entries})
	if err != nil {
		return nil, fmt.Errorf("import organisations: %w", err)
	}
	answer := spec.ImportOrganisations201JSONResponse{
		AsOf: specDate(edition), Read: summary.Read, New: summary.New, Changed: summary.Changed, Unchanged: summary.Unchanged,
		UnknownParents: summary.UnknownParents,
	}
	if answer.UnknownParents == nil {
		answer.UnknownParents = []string{}
	}
	return answer, nil
}

// bodyReader says of each error that it is about the body.
type bodyReader struct{ from io.Reader }

func (b bodyReader) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	if err != nil && err != io.EOF {
		return n, bodyError(err)
	}
	return n, err
}

// importRejected lists the faults of a file of organisations.
func importRejected(findings *domain.Findings) error {
	faults := make([]domain.FieldFault, len(findings.List()))
	for i, finding := range findings.List() {
		place := "file"
		if finding.Row > 0 {
			place = "row " + strconv.Itoa(finding.Row)
		}
		if finding.Column != "" {
			place += ", column " + finding.Column
		}
		faults[i] = domain.FieldFault{Field: place, Message: finding.Message + " " + finding.Mend}
	}
	return domain.Invalid("import_rejected", fmt.Sprintf("The file has %d faults, so nothing of it was stored. Mend them and send the file again.", findings.Errors()), faults...)
}
