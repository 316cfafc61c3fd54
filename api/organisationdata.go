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

// GetOrganisationData answers with what the register holds of one of the caller's
// organisations, in the form of an upload. The read is noted before it happens.
func (h *handlers) GetOrganisationData(ctx context.Context, request spec.GetOrganisationDataRequestObject) (spec.GetOrganisationDataResponseObject, error) {
	actor, err := actorCovering(ctx, request.Organisation)
	if err != nil {
		return nil, err
	}
	kind, format := kindAndFormat(string(request.Data))
	query, err := h.dataQuery(kind, request)
	if err != nil {
		return nil, err
	}
	lists, err := h.lists.read(ctx)
	if err != nil {
		return nil, err
	}
	if query.Framework, err = frameworkForKind(kind, request.Params.Framework, request.Params.FrameworkVersion, lists); err != nil {
		return nil, err
	}
	if err := h.noteRead(ctx, actor, query.Organisation, "getOrganisationData"); err != nil {
		return nil, err
	}
	options := sheet.DataOptions{
		Kind: kind, Lists: lists, Framework: query.Framework, Synthetic: h.deps.Synthetic, Organisation: query.Organisation,
		Version: h.deps.Version, KnownAt: query.KnownAt, Limits: h.deps.Limits.File,
	}
	name := fmt.Sprintf("%s-%s-%s", query.Organisation, kind, query.AsAt)
	return h.fileAnswer(h.fileName(name, format), format, func(to io.Writer) error {
		return h.writeData(ctx, to, format, actor, query, options)
	})
}

// dataQuery checks what is asked against the kind of rows.
func (h *handlers) dataQuery(kind domain.UploadKind, request spec.GetOrganisationDataRequestObject) (domain.DataQuery, error) {
	params := request.Params
	query := domain.DataQuery{
		Organisation: request.Organisation, AsAt: orDefault(dateFrom(params.AsAt), h.today()),
		From: dateFrom(params.From), To: dateFrom(params.To), KnownAt: params.KnownAt,
	}
	var faults []domain.FieldFault
	if kind != domain.UploadStaff && params.AsAt != nil {
		faults = append(faults, domain.FieldFault{Field: "as_at", Message: "Only a staff list states one position. Use from and to."})
	}
	if kind == domain.UploadStaff && query.From != nil {
		faults = append(faults, domain.FieldFault{Field: "from", Message: "A staff list states one position. Use as_at."})
	}
	if kind == domain.UploadStaff && query.To != nil {
		faults = append(faults, domain.FieldFault{Field: "to", Message: "A staff list states one position. Use as_at."})
	}
	now := h.deps.Clock()
	switch err := notForKind(kind, faults); {
	case err != nil:
		return query, err
	case query.AsAt > h.today():
		return query, asAtFuture(h.today())
	case query.From != nil && query.To != nil && *query.From > *query.To:
		return query, datesReversed("from", "to")
	case query.KnownAt != nil && query.KnownAt.After(now):
		return query, domain.Invalid("known_at_future", "What the register will hold is not known; known_at must not lie in the future.",
			domain.FieldFault{Field: "known_at", Message: "Use a time up to " + now.UTC().Format("2006-01-02T15:04:05Z") + "."})
	}
	return query, nil
}

// writeData writes the rows of a kind in the order of their keys.
func (h *handlers) writeData(ctx context.Context, to io.Writer, format sheet.Format, actor domain.Actor, query domain.DataQuery, options sheet.DataOptions) error {
	writer, err := sheet.NewDataWriter(to, format, options)
	if err != nil {
		return fmt.Errorf("write data: %w", err)
	}
	switch options.Kind {
	case domain.UploadStaff:
		err = h.deps.Data.StaffRows(ctx, actor, query, writer.Staff)
	case domain.UploadAssessments:
		err = h.deps.Data.AssessmentRows(ctx, actor, query, writer.Assessment)
	case domain.UploadVacancies:
		err = h.deps.Data.VacancyRows(ctx, actor, query, writer.Vacancy)
	}
	if err := errors.Join(err, writer.Close()); err != nil {
		return fmt.Errorf("write data: %w", err)
	}
	return nil
}
