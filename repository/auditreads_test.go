package repository_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
)

// trail reads events and writes each as its chain, operation and outcome.
func (r register) trail(t *testing.T, actor domain.Actor, filter domain.AuditFilter) []string {
	t.Helper()
	events := []string{}
	err := r.AuditEvents(t.Context(), actor, filter, func(event domain.AuditEvent) error {
		events = append(events, fmt.Sprintf("%s %s %s", event.Chain, event.Operation, event.Outcome))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// An auditor of organisations reads their chains, an auditor of all every chain.
func TestAuditorsReadTheChainsOfTheirScope(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, staffList("RXA", date(2026, 9, 30), 3))
	r.store(t, staffList("RXB", date(2026, 9, 30), 3))
	imported, ofA, ofB := "system importOrganisations done", "RXA createUpload applied", "RXB createUpload applied"
	for name, test := range map[string]struct {
		actor domain.Actor
		chain string
		want  []string
	}{
		"one organisation":  {auditor("RXA"), "", []string{ofA}},
		"its chain":         {auditor("RXA"), "RXA", []string{ofA}},
		"two organisations": {auditor("RXA", "RXB"), "", []string{ofA, ofB}},
		"one of two":        {auditor("RXA", "RXB"), "RXB", []string{ofB}},
		"none":              {auditor(), "", []string{}},
		"all":               {auditorOfAll(), "", []string{imported, ofA, ofB}},
		"one of all":        {auditorOfAll(), "RXB", []string{ofB}},
		"the system":        {auditorOfAll(), domain.SystemChain, []string{imported}},
		"nobody's":          {auditorOfAll(), "RZZ", []string{}},
	} {
		got := r.trail(t, test.actor, domain.AuditFilter{Chain: test.chain})
		got = slices.DeleteFunc(got, func(event string) bool { return strings.Contains(event, "AuditEvents") })
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
	for _, chain := range []string{"RXB", "RZZ", domain.SystemChain} {
		err := r.AuditEvents(t.Context(), auditor("RXA"), domain.AuditFilter{Chain: chain}, func(domain.AuditEvent) error { return nil })
		if domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("the chain %s for an auditor of RXA: %v", chain, err)
		}
	}
}

// Every filter narrows, and pages of any length join up to the whole.
func TestAuditEventsAreFilteredAndPaged(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	upload := r.store(t, staffList("RXA", date(2026, 9, 30), 3))
	r.void(t, upload)
	other := domain.Actor{ID: "other", Role: domain.RoleHR, Organisations: []string{"RXA"}, RequestID: "another"}
	if err := r.NoteRead(t.Context(), other, domain.DataRead{Organisations: []string{"RXA"}, Operation: "exportPeople", Object: "staff.csv"}); err != nil {
		t.Fatal(err)
	}
	var whole []domain.AuditEvent
	read := func(filter domain.AuditFilter) (events []domain.AuditEvent) {
		filter.Chain = "RXA"
		if err := r.AuditEvents(t.Context(), auditorOfAll(), filter, func(event domain.AuditEvent) error {
			events = append(events, event)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return events
	}
	whole = read(domain.AuditFilter{})
	if len(whole) != 4 || *whole[0].UploadID != upload.ID || whole[0].ChangeID == nil || *whole[2].Object != "staff.csv" || whole[2].UploadID != nil ||
		whole[1].Previous != whole[0].Hash || whole[1].Sequence != 2 || whole[0].At != inMicroseconds(whole[0].At) {
		t.Fatalf("%+v", whole)
	}
	for name, test := range map[string]struct {
		filter domain.AuditFilter
		want   []int64 // sequences
	}{
		"actor":     {domain.AuditFilter{Actor: "other"}, []int64{3}},
		"operation": {domain.AuditFilter{Operation: "voidUpload"}, []int64{2}},
		"outcome":   {domain.AuditFilter{Outcome: "voided"}, []int64{2}},
		"request":   {domain.AuditFilter{RequestID: "another"}, []int64{3}},
		"from":      {domain.AuditFilter{From: &whole[1].At, To: &whole[3].At}, []int64{2, 3}},
		"to":        {domain.AuditFilter{To: &whole[1].At}, []int64{1}},
		"newest":    {domain.AuditFilter{Before: whole[2].ID + 1, Limit: 2}, []int64{3, 2}},
		"before":    {domain.AuditFilter{Before: whole[1].ID, Limit: 2}, []int64{1}},
	} {
		var got []int64
		for _, event := range read(test.filter) {
			got = append(got, event.Sequence)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
	var pages []int64
	for before := whole[3].ID + 1; ; {
		page := read(domain.AuditFilter{Before: before, Limit: 1})
		if len(page) == 0 {
			break
		}
		pages, before = append(pages, page[0].Sequence), page[0].ID
	}
	if !slices.Equal(pages, []int64{4, 3, 2, 1}) {
		t.Errorf("the pages hold %v", pages)
	}
	refused := errors.New("refused")
	if err := r.AuditEvents(t.Context(), auditorOfAll(), domain.AuditFilter{}, func(domain.AuditEvent) error { return refused }); !errors.Is(err, refused) {
		t.Errorf("an event that is not taken: %v", err)
	}
}

// That the trail was read stands in it, with the times asked for and without what a
// caller typed.
func TestReadingTheTrailIsAnEvent(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	const canary = "zqcanaryqz"
	from := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
	r.trail(t, auditor("RXA"), domain.AuditFilter{From: &from, Actor: canary, Operation: canary, Outcome: canary, RequestID: canary, Limit: 10})
	r.trail(t, auditor("RXA", "RXB"), domain.AuditFilter{Chain: "RXB"})
	r.trail(t, auditor("RXA", "RXB"), domain.AuditFilter{})
	r.trail(t, auditorOfAll(), domain.AuditFilter{Chain: domain.SystemChain, Limit: 1})
	got := column(t, r.admin, `SELECT concat_ws('|', coalesce(organisation, 'system'), actor, operation, object, outcome) FROM audit_event WHERE operation LIKE '%AuditEvents' ORDER BY id`)
	want := []string{
		"RXA|auditor|listAuditEvents|from=2026-11-01T00:00:00Z by actor by operation by outcome by request_id|done",
		"RXB|auditor|exportAuditEvents|done", "system|auditor|exportAuditEvents|done", "system|auditor|listAuditEvents|done",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A refusal stands in the chain of the caller's organisation, or in that of the system.
func TestRefusalsAreNoted(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	grant := func(kind domain.ScopeKind, codes ...string) domain.Actor {
		return domain.Actor{ID: "t", Role: domain.RoleHR, RequestID: "r", Grant: domain.Grant{Kind: kind, Codes: codes}}
	}
	for i, actor := range []domain.Actor{
		grant(domain.ScopeOrganisation, "RXA"), grant(domain.ScopeOrganisation, "RXA", "RXB"), grant(domain.ScopeOrganisation, "RZZ"),
		grant(domain.ScopeICB, "QHL"), grant(domain.ScopeAll),
		{ID: "unknown", RequestID: "r"},
		{RequestID: "r"},
	} {
		if err := r.NoteRefusal(t.Context(), domain.Refusal{Actor: actor, Operation: "getUpload", Code: fmt.Sprint("code", i)}); err != nil {
			t.Fatal(err)
		}
	}
	got := column(t, r.admin, `SELECT concat_ws(' ', coalesce(organisation, 'system'), actor, role, operation, outcome, request_id) FROM audit_event WHERE outcome LIKE 'code%' ORDER BY id`)
	want := []string{
		"RXA t hr getUpload code0 r", "system t hr getUpload code1 r", "system t hr getUpload code2 r", "system t hr getUpload code3 r",
		"system t hr getUpload code4 r", "system unknown - getUpload code5 r", "system - - getUpload code6 r",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A refusal names the organisations and the token that the request named, when there are
// such, and none of what is only typed.
func TestRefusalsNameWhatIsHeld(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	held := newToken(t, domain.RoleHR, grantOf(domain.ScopeOrganisation, "RXA"))
	if err := r.CreateToken(t.Context(), admin(), held); err != nil {
		t.Fatal(err)
	}
	const upload = "3f2a1c5e-0b6d-4c8e-9f10-2a7b8c9d0e1f"
	for i, refusal := range []domain.Refusal{
		{Organisations: []string{"RXB", "JANE", "RXA"}},
		{Organisations: []string{"JANE"}},
		{Organisations: []string{domain.SystemChain}},
		{ID: upload},
		{Organisations: []string{"RXB"}, ID: upload},
		{Token: held.ID},
		{Token: "janesmith1"},
	} {
		refusal.Actor, refusal.Operation, refusal.Code = domain.Actor{RequestID: "r"}, "getUpload", fmt.Sprint("code", i)
		if err := r.NoteRefusal(t.Context(), refusal); err != nil {
			t.Fatal(err)
		}
	}
	got := column(t, r.admin, `SELECT outcome || ' ' || coalesce(object, '-') FROM audit_event WHERE outcome LIKE 'code%' ORDER BY id`)
	want := []string{"code0 RXB RXA", "code1 -", "code2 system", "code3 " + upload, "code4 RXB " + upload, "code5 " + held.ID, "code6 -"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
