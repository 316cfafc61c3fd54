package repository

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"skillstracker/domain"
)

var _ domain.AuditTrail = (*Store)(nil)

// auditTime is how the database writes the time of an event, which it does in UTC.
const auditTime = "2006-01-02 15:04:05.999999-07"

// AuditEvents hands out events of the audit trail. See domain.AuditTrail. Auditors of
// all organisations see every chain, that of the system among them, also of
// organisations that the registry no longer holds.
func (s *Store) AuditEvents(ctx context.Context, actor domain.Actor, filter domain.AuditFilter, event func(domain.AuditEvent) error) error {
	sc, organisations, err := auditScope(actor, filter.Chain)
	if err != nil {
		return err
	}
	if err := s.noteAuditRead(ctx, actor, filter); err != nil {
		return err
	}
	statement, names := auditQuery(filter, organisations)
	var refused error
	err = s.inScope(ctx, sc, true, func(t tx) error {
		return t.fetchTexts(ctx, "audit_events", statement, names, func(values [][]byte) error {
			held, err := auditEventOf(values)
			if err != nil {
				return err
			}
			refused = event(held)
			return refused
		})
	})
	if refused != nil {
		return refused
	}
	return err
}

// auditScope returns what an auditor may read of the chains asked for, and which
// organisations' chains these are: nil for all that the scope shows.
func auditScope(actor domain.Actor, chain string) (sc scope, organisations []string, err error) {
	all := actor.Grant.Kind == domain.ScopeAll
	switch {
	case all && (chain == "" || chain == domain.SystemChain):
		return scope{audit: true}, nil, nil
	case all, actor.Covers(chain):
		return scope{read: []string{chain}}, []string{chain}, nil
	case chain == "":
		return readScope(actor), append([]string{}, actor.Organisations...), nil
	}
	return scope{}, nil, domain.NotFound("organisation_not_found", "No organisation with this ODS code is in your scope.")
}

// auditQuery is the statement of the events that a filter asks for.
func auditQuery(filter domain.AuditFilter, organisations []string) (string, args) {
	names := args{
		"organisations": textArray(organisations), "system": filter.Chain == domain.SystemChain, "before": filter.Before,
		"from": filter.From, "to": filter.To, "actor": textOrNull(filter.Actor), "operation": textOrNull(filter.Operation),
		"outcome": textOrNull(filter.Outcome), "request": textOrNull(filter.RequestID),
	}
	if filter.Limit == 0 {
		return query("audit_events") + " ORDER BY e.id", names
	}
	return query("audit_events") + " ORDER BY e.id DESC LIMIT " + strconv.Itoa(filter.Limit), names
}

// noteAuditRead writes that the trail is about to be read. What the events were
// narrowed by is named and not repeated: a caller may have typed anything.
func (s *Store) noteAuditRead(ctx context.Context, actor domain.Actor, filter domain.AuditFilter) error {
	entry := auditEntry{operation: "listAuditEvents", outcome: "done"}
	if filter.Limit == 0 {
		entry.operation = "exportAuditEvents"
	}
	switch {
	case actor.Covers(filter.Chain):
		entry.organisation = filter.Chain
	case filter.Chain == "" && actor.Grant.Kind != domain.ScopeAll && len(actor.Organisations) == 1:
		entry.organisation = actor.Organisations[0]
	}
	var object []string
	for _, bound := range []struct {
		name string
		at   *time.Time
	}{{"from", filter.From}, {"to", filter.To}} {
		if bound.at != nil {
			object = append(object, bound.name+"="+bound.at.UTC().Format(time.RFC3339Nano))
		}
	}
	for _, narrowed := range []struct{ name, by string }{
		{"actor", filter.Actor}, {"operation", filter.Operation}, {"outcome", filter.Outcome}, {"request_id", filter.RequestID},
	} {
		if narrowed.by != "" {
			object = append(object, "by "+narrowed.name)
		}
	}
	entry.object = strings.Join(object, " ")
	return s.noteEvent(ctx, actor, entry)
}

// noteEvent writes an event in a transaction of its own.
func (s *Store) noteEvent(ctx context.Context, actor domain.Actor, entry auditEntry) error {
	rows := entry.organisation
	if rows == "" {
		rows = systemRows
	}
	return s.inScope(ctx, scope{read: []string{rows}, write: rows}, false, func(t tx) error {
		return audit(ctx, t, actor, entry)
	})
}

// auditEventOf reads a row of audit_events.
func auditEventOf(values [][]byte) (event domain.AuditEvent, err error) {
	if event.ID, err = strconv.ParseInt(string(values[0]), 10, 64); err != nil {
		return event, fmt.Errorf("read id of event: %w", err)
	}
	event.Chain = domain.AuditChainName(string(values[1]))
	if event.Sequence, err = strconv.ParseInt(string(values[2]), 10, 64); err != nil {
		return event, fmt.Errorf("read sequence of event: %w", err)
	}
	if event.At, err = time.Parse(auditTime, string(values[3])); err != nil {
		return event, fmt.Errorf("read time of event: %w", err)
	}
	event.At = event.At.UTC()
	event.Actor, event.Role, event.Operation = string(values[4]), string(values[5]), string(values[6])
	event.Object, event.UploadID = textOfBytes(values[7]), textOfBytes(values[8])
	if values[9] != nil {
		change, err := strconv.ParseInt(string(values[9]), 10, 64)
		if err != nil {
			return event, fmt.Errorf("read change of event: %w", err)
		}
		event.ChangeID = &change
	}
	event.RequestID, event.Outcome = string(values[10]), string(values[11])
	for i, hash := range []*[32]byte{&event.Previous, &event.Hash} {
		read, ok := domain.ParseAuditHash(strings.TrimPrefix(string(values[12+i]), `\x`))
		if !ok {
			return event, fmt.Errorf("read hash of event %d: it is not one of SHA-256", event.ID)
		}
		*hash = read
	}
	return event, nil
}

func textOfBytes(value []byte) *string {
	if value == nil {
		return nil
	}
	text := string(value)
	return &text
}

// AuditHeads returns the ends of all chains, in alphabetical order, for the log.
func (s *Store) AuditHeads(ctx context.Context) ([]domain.AuditHead, error) {
	var heads []domain.AuditHead
	err := s.inScope(ctx, scope{audit: true}, true, func(t tx) error {
		type row struct {
			Organisation string
			Sequence     int64
			Hash         []byte
		}
		rows, err := readRows[row](ctx, t, `SELECT organisation, sequence, hash FROM audit_head ORDER BY organisation COLLATE "C"`)
		for _, r := range rows {
			head := domain.AuditHead{Chain: domain.AuditChainName(r.Organisation), Sequence: r.Sequence}
			copy(head.Hash[:], r.Hash)
			heads = append(heads, head)
		}
		return err
	})
	return heads, err
}
