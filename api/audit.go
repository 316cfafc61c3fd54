package api

import (
	"context"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// ListAuditEvents answers with a page of the audit trail, newest first. Where it ends is
// told by one event more than the page holds.
func (h *handlers) ListAuditEvents(ctx context.Context, request spec.ListAuditEventsRequestObject) (spec.ListAuditEventsResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	params := request.Params
	filter, err := auditFilter(spec.ExportAuditEventsParams{
		Organisation: params.Organisation, From: params.From, To: params.To, Actor: params.Actor,
		Operation: params.Operation, Outcome: params.Outcome, RequestId: params.RequestId,
	})
	if err != nil {
		return nil, err
	}
	length := orDefault(params.Limit, defaultPageLength)
	filter.Before, filter.Limit = orDefault(params.Before, 0), length+1
	page := spec.ListAuditEvents200JSONResponse{Events: []spec.AuditEvent{}}
	err = h.deps.Audit.AuditEvents(ctx, actor, filter, func(event domain.AuditEvent) error {
		if len(page.Events) == length {
			page.Next = &page.Events[length-1].Id
			return nil
		}
		shown, err := specAuditEvent(event)
		page.Events = append(page.Events, shown)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read audit trail: %w", err)
	}
	return page, nil
}

// auditFilter reads what a caller asks for.
func auditFilter(params spec.ExportAuditEventsParams) (domain.AuditFilter, error) {
	filter := domain.AuditFilter{
		Chain: orDefault(params.Organisation, ""), From: params.From, To: params.To, Actor: orDefault(params.Actor, ""),
		Operation: orDefault(params.Operation, ""), Outcome: orDefault(params.Outcome, ""), RequestID: orDefault(params.RequestId, ""),
	}
	if filter.From != nil && filter.To != nil && filter.From.After(*filter.To) {
		return filter, datesReversed("from", "to")
	}
	return filter, nil
}

func specAuditEvent(event domain.AuditEvent) (spec.AuditEvent, error) {
	shown := spec.AuditEvent{
		Id: event.ID, Chain: event.Chain, Sequence: event.Sequence, At: event.At.UTC(), Actor: event.Actor, Role: event.Role,
		Operation: event.Operation, Object: event.Object, ChangeId: event.ChangeID, RequestId: event.RequestID, Outcome: event.Outcome,
		Hash: hex.EncodeToString(event.Hash[:]),
	}
	if event.UploadID != nil {
		shown.UploadId = new(openapi_types.UUID)
		if err := shown.UploadId.UnmarshalText([]byte(*event.UploadID)); err != nil {
			return shown, fmt.Errorf("read upload of event %d: %w", event.ID, err)
		}
	}
	return shown, nil
}

// ExportAuditEvents sends events of the audit trail as CSV, oldest first.
func (h *handlers) ExportAuditEvents(ctx context.Context, request spec.ExportAuditEventsRequestObject) (spec.ExportAuditEventsResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	filter, err := auditFilter(request.Params)
	if err != nil {
		return nil, err
	}
	return &auditExport{handlers: h, ctx: ctx, actor: actor, filter: filter}, nil
}

// auditExport is an export of the audit trail that may be sent.
type auditExport struct {
	handlers *handlers
	ctx      context.Context //nolint:containedctx // the generated code gives none to what sends an answer
	actor    domain.Actor
	filter   domain.AuditFilter
}

// auditColumns are the columns of the CSV, as the contract names them.
func auditColumns() []string {
	return []string{
		"id", "chain", "sequence", "at", "actor", "role", "operation", "object", "upload_id", "change_id", "request_id", "outcome", "previous_hash", "hash",
	}
}

// auditTime is how times are written in the CSV: to the microsecond, of which the hash
// is made.
const auditTime = "2006-01-02T15:04:05.000000Z"

// VisitExportAuditEventsResponse streams the rows. Nothing is sent before the first has
// been read, so that what fails until then is a problem document; what fails later cuts
// the connection off, which the middleware sees to.
func (e *auditExport) VisitExportAuditEventsResponse(w http.ResponseWriter) error {
	select {
	case e.handlers.exports <- struct{}{}:
		defer func() { <-e.handlers.exports }()
	case <-e.ctx.Done():
		return fmt.Errorf("wait for another export: %w", e.ctx.Err())
	}
	var rows *csv.Writer
	begin := func() error {
		if rows != nil {
			return nil
		}
		header := w.Header()
		header.Set("Content-Type", "text/csv")
		header.Set("Content-Disposition", attachment(e.handlers.fileName("audit-"+e.handlers.deps.Clock().UTC().Format("2006-01-02"), sheet.CSV)))
		header.Set("Cache-Control", "private, no-store")
		w.WriteHeader(http.StatusOK)
		rows = csv.NewWriter(newPatientWriter(e.ctx, w, e.handlers.deps.Limits.ReaderPatience))
		rows.UseCRLF = true
		return rows.Write(auditColumns())
	}
	err := e.handlers.deps.Audit.AuditEvents(e.ctx, e.actor, e.filter, func(event domain.AuditEvent) error {
		if err := begin(); err != nil {
			return err
		}
		return rows.Write(auditRow(event))
	})
	if err != nil {
		return fmt.Errorf("export audit trail: %w", err)
	}
	if err := begin(); err != nil {
		return fmt.Errorf("export audit trail: %w", err)
	}
	rows.Flush()
	if err := rows.Error(); err != nil {
		return fmt.Errorf("export audit trail: %w", err)
	}
	return nil
}

func auditRow(event domain.AuditEvent) []string {
	change := ""
	if event.ChangeID != nil {
		change = strconv.FormatInt(*event.ChangeID, 10)
	}
	row := []string{
		strconv.FormatInt(event.ID, 10), event.Chain, strconv.FormatInt(event.Sequence, 10), event.At.UTC().Format(auditTime),
		event.Actor, event.Role, event.Operation, orDefault(event.Object, ""), orDefault(event.UploadID, ""), change,
		event.RequestID, event.Outcome, hex.EncodeToString(event.Previous[:]), hex.EncodeToString(event.Hash[:]),
	}
	for i, cell := range row {
		if cell != "-" { // which stands for nobody, and alone is no formula
			row[i] = protectedText(cell)
		}
	}
	return row
}
