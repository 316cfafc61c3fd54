package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// ExportPeople sends staff or assessments of HR's own organisations. The read is noted
// for each of them before it happens.
func (h *handlers) ExportPeople(ctx context.Context, request spec.ExportPeopleRequestObject) (spec.ExportPeopleResponseObject, error) {
	name, format, _ := strings.Cut(string(request.Data), ".")
	params := request.Params
	asked := exportQuestion{
		organisations: params.Organisation, from: dateFrom(params.From), to: dateFrom(params.To), asAt: dateFrom(params.AsAt),
		framework: params.Framework, version: params.FrameworkVersion,
	}
	export, err := h.export(ctx, domain.ExportKind(name), sheet.Format(format), asked)
	if err != nil {
		return nil, err
	}
	for _, organisation := range export.query.Organisations {
		if !export.actor.SeesUnaltered(organisation) {
			return nil, organisationNotFound()
		}
	}
	read := domain.DataRead{Organisations: export.query.Organisations, Operation: "exportPeople", Object: string(request.Data) + ": " + export.options.Period}
	return export, h.noteRead(ctx, export.actor, read)
}

// ExportVacanciesCsv sends the vacancies of the caller's organisations as CSV.
func (h *handlers) ExportVacanciesCsv(ctx context.Context, request spec.ExportVacanciesCsvRequestObject) (spec.ExportVacanciesCsvResponseObject, error) {
	params := request.Params
	return h.exportVacancies(ctx, sheet.CSV, exportQuestion{organisations: params.Organisation, from: dateFrom(params.From), to: dateFrom(params.To)})
}

// ExportVacanciesXlsx sends the vacancies of the caller's organisations as a workbook.
func (h *handlers) ExportVacanciesXlsx(ctx context.Context, request spec.ExportVacanciesXlsxRequestObject) (spec.ExportVacanciesXlsxResponseObject, error) {
	params := request.Params
	return h.exportVacancies(ctx, sheet.XLSX, exportQuestion{organisations: params.Organisation, from: dateFrom(params.From), to: dateFrom(params.To)})
}

// exportVacancies exports as fine as the caller's role may see the posts of single
// organisations (DESIGN 6): HR with the people in post, planners without job roles and
// areas of work.
func (h *handlers) exportVacancies(ctx context.Context, format sheet.Format, asked exportQuestion) (*export, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	kind := domain.ExportSums
	switch actor.Role {
	case domain.RoleHR:
		kind = domain.ExportCells
	case domain.RoleManager:
		kind = domain.ExportPosts
	case domain.RolePlanner, domain.RoleAdmin, domain.RoleAuditor:
	}
	export, err := h.export(ctx, kind, format, asked)
	if err != nil {
		return nil, err
	}
	operation := map[sheet.Format]string{sheet.CSV: "exportVacanciesCsv", sheet.XLSX: "exportVacanciesXlsx"}[format]
	read := domain.DataRead{Organisations: export.query.Organisations, Operation: operation, Object: string(kind) + ": " + export.options.Period}
	return export, h.noteRead(ctx, actor, read)
}

// exportQuestion is what a caller asks to be exported.
type exportQuestion struct {
	organisations      *[]string
	from, to, asAt     *domain.Date
	framework, version *string
}

// export is an export that may be sent.
type export struct {
	handlers *handlers
	ctx      context.Context //nolint:containedctx // the generated code gives none to what sends an answer
	actor    domain.Actor
	query    domain.ExportQuery
	format   sheet.Format
	options  sheet.ExportOptions
	name     string
}

// export checks what is asked against the caller's scope and the kind of rows.
func (h *handlers) export(ctx context.Context, kind domain.ExportKind, format sheet.Format, asked exportQuestion) (*export, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	e := &export{handlers: h, ctx: ctx, actor: actor, format: format}
	e.query = domain.ExportQuery{Kind: kind, Organisations: actor.Organisations, AsAt: orDefault(asked.asAt, h.today()), From: asked.from, To: asked.to}
	if asked.organisations != nil {
		e.query.Organisations = once(*asked.organisations)
	}
	for _, organisation := range e.query.Organisations {
		if !actor.Covers(organisation) {
			return nil, organisationNotFound()
		}
	}
	if err := e.checkDays(asked, h.today()); err != nil {
		return nil, err
	}
	if kind == domain.ExportAssessments {
		lists, err := h.lists.get(ctx)
		if err != nil {
			return nil, err
		}
		if e.query.Framework, err = frameworkOf(asked.framework, asked.version).in(lists); err != nil {
			return nil, err
		}
	}
	e.options = sheet.ExportOptions{
		Kind: kind, Framework: e.query.Framework, Organisations: e.query.Organisations, Period: e.period(),
		Publisher: "the Digital Workforce Skills Tracker", Made: h.deps.Clock(), Synthetic: h.deps.Synthetic,
	}
	e.name = h.fileName(e.fileSubject(), format)
	return e, nil
}

// checkDays refuses days that the kind of rows does not have.
func (e *export) checkDays(asked exportQuestion, today domain.Date) error {
	var faults []domain.FieldFault
	staff, assessments := e.query.Kind == domain.ExportStaff, e.query.Kind == domain.ExportAssessments
	for _, part := range []struct {
		field string
		wrong bool
		mend  string
	}{
		{"from", staff && asked.from != nil, "Staff are exported as on one day. Use as_at."},
		{"to", staff && asked.to != nil, "Staff are exported as on one day. Use as_at."},
		{"as_at", !staff && asked.asAt != nil, "Only staff are exported as on one day. Use from and to."},
		{"as_at", staff && e.query.AsAt > today, "Use a day that has come."},
		{"framework", !assessments && asked.framework != nil, "Only assessments have a framework."},
		{"framework_version", !assessments && asked.version != nil, "Only assessments have a framework."},
	} {
		if part.wrong {
			faults = append(faults, domain.FieldFault{Field: part.field, Message: part.mend})
		}
	}
	if len(faults) > 0 {
		return domain.Invalid("export_question", "The rows cannot be exported as they were asked for.", faults...)
	}
	if asked.from != nil && asked.to != nil && *asked.from > *asked.to {
		return datesReversed("from", "to")
	}
	return nil
}

// period says in words of which days the rows are.
func (e *export) period() string {
	what := "Month ends"
	switch e.query.Kind {
	case domain.ExportStaff:
		return "Position on " + e.query.AsAt.LongLabel() + "."
	case domain.ExportAssessments:
		what = "Assessments by " + e.query.Framework.Framework + " " + e.query.Framework.Version
	case domain.ExportCells, domain.ExportPosts, domain.ExportSums:
	}
	if e.query.From != nil {
		what += " from " + e.query.From.LongLabel()
	}
	if e.query.To != nil {
		what += " to " + e.query.To.LongLabel()
	}
	if e.query.From == nil && e.query.To == nil {
		what += " of all dates"
	}
	return what + "."
}

// fileSubject names the file: what its rows are, whose, and of which day.
func (e *export) fileSubject() string {
	whose := fmt.Sprintf("%d-organisations", len(e.query.Organisations))
	if len(e.query.Organisations) == 1 {
		whose = strings.ToLower(e.query.Organisations[0])
	}
	name, _, _ := strings.Cut(string(e.query.Kind), "_")
	switch {
	case e.query.Kind == domain.ExportStaff:
		name = "staff"
	case e.query.Kind != domain.ExportAssessments:
		name = "vacancies"
	}
	return fmt.Sprintf("%s-%s-%s", name, whose, e.options.Made.UTC().Format("2006-01-02"))
}

// send streams the rows. Nothing is sent before the first row has been read, so that
// what fails until then is a problem document; what fails later cuts the connection
// off, which the middleware sees to.
func (e *export) send(w http.ResponseWriter) error {
	select {
	case e.handlers.exports <- struct{}{}:
		defer func() { <-e.handlers.exports }()
	case <-e.ctx.Done():
		return fmt.Errorf("wait for another export: %w", e.ctx.Err())
	}
	var writer sheet.ExportWriter
	begin := func() (err error) {
		if writer != nil {
			return nil
		}
		header := w.Header()
		header.Set("Content-Type", contentTypeOf(e.format))
		header.Set("Content-Disposition", attachment(e.name))
		header.Set("Cache-Control", "private, no-store")
		w.WriteHeader(http.StatusOK)
		out := newPatientWriter(e.ctx, w, e.handlers.deps.Limits.ReaderPatience)
		if writer, err = sheet.NewExportWriter(out, e.format, e.options); err != nil {
			return err
		}
		return out.flush()
	}
	err := e.handlers.deps.Exports.Export(e.ctx, e.actor, e.query, func(values [][]byte) error {
		if err := begin(); err != nil {
			return err
		}
		return writer.Row(values)
	})
	if err != nil {
		return fmt.Errorf("export rows: %w", err)
	}
	if err := begin(); err != nil {
		return err
	}
	if err := writer.Close(); err != nil {
		return fmt.Errorf("complete export: %w", err)
	}
	return nil
}

// VisitExportPeopleResponse implements spec.ExportPeopleResponseObject.
func (e *export) VisitExportPeopleResponse(w http.ResponseWriter) error { return e.send(w) }

// VisitExportVacanciesCsvResponse implements spec.ExportVacanciesCsvResponseObject.
func (e *export) VisitExportVacanciesCsvResponse(w http.ResponseWriter) error { return e.send(w) }

// VisitExportVacanciesXlsxResponse implements spec.ExportVacanciesXlsxResponseObject.
func (e *export) VisitExportVacanciesXlsxResponse(w http.ResponseWriter) error { return e.send(w) }
