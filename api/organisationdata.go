package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

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
	if err := h.noteRead(ctx, actor, dataRead(string(request.Data), kind, query)); err != nil {
		return nil, err
	}
	options := sheet.DataOptions{
		Kind: kind, Lists: lists, Framework: query.Framework, Synthetic: h.deps.Synthetic, Organisation: query.Organisation,
		Version: h.deps.Version, KnownAt: query.KnownAt, Limits: h.deps.Limits.File, MadeAt: h.deps.Clock(),
	}
	name := fmt.Sprintf("%s-%s-%s", query.Organisation, kindInPath(kind), query.AsAt)
	return h.fileAnswer(h.fileName(name, format), format, func(to io.Writer) error {
		return h.writeData(ctx, to, format, actor, query, options)
	})
}

// dataRead says which file of an organisation's data is about to be read, and with
// which options.
func dataRead(file string, kind domain.UploadKind, query domain.DataQuery) domain.DataRead {
	object := []string{file}
	if kind == domain.UploadStaff {
		object = append(object, "as_at="+query.AsAt.String())
	}
	if query.From != nil {
		object = append(object, "from="+query.From.String())
	}
	if query.To != nil {
		object = append(object, "to="+query.To.String())
	}
	if kind == domain.UploadAssessments {
		object = append(object, "framework="+query.Framework.Framework, "framework_version="+query.Framework.Version)
	}
	if query.KnownAt != nil {
		object = append(object, "known_at="+query.KnownAt.UTC().Format(time.RFC3339Nano))
	}
	return domain.DataRead{Organisations: []string{query.Organisation}, Operation: "getOrganisationData", Object: strings.Join(object, " ")}
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

// writeData writes the rows of a kind in the order of their keys. A workbook waits for
// its turn before the register is asked.
func (h *handlers) writeData(ctx context.Context, to io.Writer, format sheet.Format, actor domain.Actor, query domain.DataQuery, options sheet.DataOptions) error {
	write := func() error {
		writer, err := sheet.NewDataWriter(to, format, options)
		if err != nil {
			return err
		}
		return errors.Join(h.eachRow(ctx, actor, query, options.Kind, writer), writer.Close())
	}
	var err error
	if format == sheet.XLSX {
		err = h.inTurn(ctx, write)
	} else {
		err = write()
	}
	if err != nil {
		return fmt.Errorf("write data: %w", err)
	}
	return nil
}

// eachRow reads the rows of a kind into a file.
func (h *handlers) eachRow(ctx context.Context, actor domain.Actor, query domain.DataQuery, kind domain.UploadKind, writer *sheet.DataWriter) error {
	switch kind {
	case domain.UploadStaff:
		return h.deps.Data.StaffRows(ctx, actor, query, writer.Staff)
	case domain.UploadAssessments:
		return h.deps.Data.AssessmentRows(ctx, actor, query, writer.Assessment)
	case domain.UploadVacancies:
		return h.deps.Data.VacancyRows(ctx, actor, query, writer.Vacancy)
	case domain.UploadPositions:
		return h.deps.Data.PositionRows(ctx, actor, query, writer.Position)
	case domain.UploadTargets:
		return h.deps.Data.TargetRows(ctx, actor, query, writer.Target)
	}
	return nil
}
