package repository

import (
	"context"
	"slices"
	"strings"

	"skillstracker/domain"
)

// NoteRefusal writes an event about a refused attempt. See domain.AuditTrail. It
// belongs to the chain of the caller's organisation when there is exactly one and the
// registry holds it, so that its own auditor learns of it, else to that of the system.
// Its object is what the request named, as far as that is held here.
func (s *Store) NoteRefusal(ctx context.Context, refusal domain.Refusal) error {
	entry := auditEntry{operation: refusal.Operation, outcome: refusal.Code}
	own := ""
	if grant := refusal.Actor.Grant; grant.Kind == domain.ScopeOrganisation && len(grant.Codes) == 1 {
		own = grant.Codes[0]
	}
	held, err := s.heldCodes(ctx, append(slices.Clone(refusal.Organisations), own))
	if err != nil {
		return err
	}
	if held[own] {
		entry.organisation = own
	}
	var object []string
	for _, code := range refusal.Organisations {
		if held[code] || code == domain.SystemChain {
			object = append(object, code)
		}
	}
	if refusal.Token != "" {
		stored, err := s.Token(ctx, refusal.Token)
		switch {
		case err == nil:
			object = append(object, stored.ID)
		case domain.KindOf(err) != domain.KindNotFound:
			return err
		}
	}
	entry.object = strings.TrimSpace(strings.Join(append(object, refusal.ID), " "))
	return s.noteEvent(ctx, refusal.Actor, entry)
}

// heldCodes says which of some codes are organisations of the registry.
func (s *Store) heldCodes(ctx context.Context, codes []string) (map[string]bool, error) {
	codes = slices.DeleteFunc(codes, func(code string) bool { return code == "" || code == domain.SystemChain })
	held := make(map[string]bool, len(codes))
	if len(codes) == 0 {
		return held, nil
	}
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		type row struct{ Code string }
		rows, err := readRows[row](ctx, t, `SELECT code FROM organisation WHERE code = ANY (CAST(? AS text[]))`, textArray(codes))
		for _, r := range rows {
			held[r.Code] = true
		}
		return err
	})
	return held, err
}
