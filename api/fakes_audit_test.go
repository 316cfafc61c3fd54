package api_test

import (
	"context"
	"strings"
	"sync"

	"skillstracker/domain"
)

// fakeAudit remembers refusals and hands out the events that it was given.
type fakeAudit struct {
	mutex   sync.Mutex
	refused []string
	// attempted has what each of them was at.
	attempted []string
	noting    error
	// left says whether the request was still wanted when a refusal was noted.
	left    []error
	events  []domain.AuditEvent
	reading error
	filters []domain.AuditFilter
}

// NoteRefusal implements domain.AuditTrail.
func (f *fakeAudit) NoteRefusal(ctx context.Context, refusal domain.Refusal) error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	request := "named"
	if refusal.Actor.RequestID == "" {
		request = "unnamed"
	}
	f.refused = append(f.refused, strings.Join([]string{request, refusal.Actor.ID, string(refusal.Actor.Role), refusal.Operation, refusal.Code}, " "))
	f.attempted = append(f.attempted, strings.Join(refusal.Organisations, " ")+"|"+refusal.Token+"|"+refusal.ID)
	f.left = append(f.left, ctx.Err())
	return f.noting
}

// AuditEvents implements domain.AuditTrail.
func (f *fakeAudit) AuditEvents(_ context.Context, _ domain.Actor, filter domain.AuditFilter, event func(domain.AuditEvent) error) error {
	f.filters = append(f.filters, filter)
	for i, held := range f.events {
		if filter.Limit > 0 && i == filter.Limit {
			break
		}
		if err := event(held); err != nil {
			return err
		}
	}
	return f.reading
}
