package domain_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"
	"time"

	"skillstracker/domain"
)

// A text is written out once, so that nobody changes the form by mistake: every hash of
// every register is made of it.
func TestTextOfAnEvent(t *testing.T) {
	t.Parallel()
	object, change := "staff.csv", int64(42)
	for want, event := range map[string]domain.AuditEvent{
		"3:RXA,2:17,16:1794562200000001,2:t1,2:hr,12:createUpload,9:staff.csv,-,2:42,0:,7:applied,": {
			Chain: "RXA", Sequence: 17, At: time.Date(2026, time.November, 13, 9, 30, 0, 1999, time.UTC), Actor: "t1", Role: "hr", Operation: "createUpload",
			Object: &object, ChangeID: &change, Outcome: "applied",
		},
		"1:-,1:1,2:-1,1:-,1:-,3:a,b,-,-,-,2:é,1:4,": {
			Chain: domain.SystemChain, Sequence: 1, At: time.UnixMicro(-1), Actor: "-", Role: "-", Operation: "a,b", RequestID: "é", Outcome: "4",
		},
	} {
		if got := string(event.AppendText(nil)); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// chainOf makes a whole chain of n events, and its head.
func chainOf(n int) ([]domain.AuditEvent, domain.AuditHead) {
	events := make([]domain.AuditEvent, n)
	var last [sha256.Size]byte
	for i := range events {
		events[i] = domain.AuditEvent{
			ID: int64(100 + i), Chain: "RXA", Sequence: int64(i + 1), At: time.UnixMicro(int64(i)), Actor: "t", Role: "hr", Operation: "op", Outcome: "done", Previous: last,
		}
		last = sealed(&events[i])
	}
	return events, domain.AuditHead{Chain: "RXA", Sequence: int64(n), Hash: last}
}

// sealed gives an event the hash of what it says.
func sealed(event *domain.AuditEvent) [sha256.Size]byte {
	event.Hash = sha256.Sum256(event.AppendText(event.Previous[:]))
	return event.Hash
}

func verify(events []domain.AuditEvent, head *domain.AuditHead, noted ...domain.AuditHead) string {
	verifier := domain.NewAuditVerifier("RXA", noted)
	for i := range events {
		verifier.Next(&events[i])
	}
	broken := verifier.End(head)
	if broken == nil {
		return "whole"
	}
	return fmt.Sprintf("%d %d %s", broken.Sequence, broken.ID, broken.Fault)
}

// Whatever is done to a chain, its first broken link is named.
func TestBrokenChainsAreNamed(t *testing.T) {
	t.Parallel()
	const n = 9
	for name, test := range map[string]struct {
		spoil func([]domain.AuditEvent, *domain.AuditHead) []domain.AuditEvent
		want  string
	}{
		"nothing": {func(events []domain.AuditEvent, _ *domain.AuditHead) []domain.AuditEvent { return events }, "whole"},
		"changed text": {func(events []domain.AuditEvent, _ *domain.AuditHead) []domain.AuditEvent {
			events[4].Outcome = "dona"
			return events
		}, "5 104 changed"},
		"empty for none": {func(events []domain.AuditEvent, _ *domain.AuditHead) []domain.AuditEvent {
			events[4].Object = new(string)
			return events
		}, "5 104 changed"},
		"changed and hashed again": {func(events []domain.AuditEvent, _ *domain.AuditHead) []domain.AuditEvent {
			events[4].Outcome = "dona"
			sealed(&events[4])
			return events
		}, "6 105 out of order"},
		"changed hash": {func(events []domain.AuditEvent, _ *domain.AuditHead) []domain.AuditEvent {
			events[4].Hash[31] ^= 1
			return events
		}, "5 104 changed"},
		"deleted": {func(events []domain.AuditEvent, _ *domain.AuditHead) []domain.AuditEvent {
			return slices.Delete(events, 4, 5)
		}, "5 105 missing"},
		"deleted first": {func(events []domain.AuditEvent, _ *domain.AuditHead) []domain.AuditEvent { return events[1:] }, "1 101 missing"},
		"deleted end":   {func(events []domain.AuditEvent, _ *domain.AuditHead) []domain.AuditEvent { return events[:7] }, "8 0 end missing"},
		"deleted all":   {func([]domain.AuditEvent, *domain.AuditHead) []domain.AuditEvent { return nil }, "1 0 end missing"},
		"deleted end and head put back": {func(events []domain.AuditEvent, head *domain.AuditHead) []domain.AuditEvent {
			head.Sequence, head.Hash = 7, events[6].Hash
			return events[:7]
		}, "whole"},
		"swapped": {func(events []domain.AuditEvent, _ *domain.AuditHead) []domain.AuditEvent {
			events[4].Sequence, events[5].Sequence = 6, 5
			events[4], events[5] = events[5], events[4]
			return events
		}, "5 105 changed"},
		"swapped and hashed again": {func(events []domain.AuditEvent, _ *domain.AuditHead) []domain.AuditEvent {
			events[4], events[5] = events[5], events[4]
			events[4].Sequence, events[5].Sequence = 5, 6
			events[4].Previous = events[3].Hash
			events[5].Previous = sealed(&events[4])
			sealed(&events[5])
			return events
		}, "7 106 out of order"},
		"inserted": {func(events []domain.AuditEvent, _ *domain.AuditHead) []domain.AuditEvent {
			return slices.Insert(events, 5, events[4])
		}, "5 104 out of order"},
		"head behind": {func(events []domain.AuditEvent, head *domain.AuditHead) []domain.AuditEvent {
			head.Sequence--
			return events
		}, "9 0 beyond head"},
		"head changed": {func(events []domain.AuditEvent, head *domain.AuditHead) []domain.AuditEvent {
			head.Hash[0] ^= 1
			return events
		}, "9 0 head changed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			events, head := chainOf(n)
			events = test.spoil(events, &head)
			if got := verify(events, &head); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
	events, _ := chainOf(n)
	if got := verify(events, nil); got != "1 0 beyond head" {
		t.Errorf("without a head: %s", got)
	}
	if got := verify(nil, nil); got != "whole" {
		t.Errorf("without anything: %s", got)
	}
}

// What is missing is named, and what stands in its place.
func TestMissingEventsAreNamed(t *testing.T) {
	t.Parallel()
	for want, gone := range map[string][2]int{
		"chain RXA, sequence 5: missing; sequence 6, event 105, follows":       {4, 5},
		"chain RXA, sequences 1 to 3: missing; sequence 4, event 103, follows": {0, 3},
	} {
		events, head := chainOf(9)
		verifier := domain.NewAuditVerifier("RXA", nil)
		for _, event := range slices.Delete(events, gone[0], gone[1]) {
			verifier.Next(&event)
		}
		if got := verifier.End(&head); got == nil || got.String() != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
}

// Every byte of what an event says counts.
func TestEveryChangedByteOfAnEventIsFound(t *testing.T) {
	t.Parallel()
	whole, head := chainOf(3)
	object, upload, change := "object", "3f2a1c5e-0b6d-4c8e-9f10-2a7b8c9d0e1f", int64(7)
	whole[1].Object, whole[1].UploadID, whole[1].ChangeID, whole[1].RequestID = &object, &upload, &change, "request"
	whole[2].Previous = sealed(&whole[1])
	head.Hash = sealed(&whole[2])
	if got := verify(whole, &head); got != "whole" {
		t.Fatal(got)
	}
	for name, spoil := range map[string]func(*domain.AuditEvent){
		"time":      func(e *domain.AuditEvent) { e.At = e.At.Add(time.Microsecond) },
		"actor":     func(e *domain.AuditEvent) { e.Actor = "u" },
		"role":      func(e *domain.AuditEvent) { e.Role = "hs" },
		"operation": func(e *domain.AuditEvent) { e.Operation = "oq" },
		"object":    func(e *domain.AuditEvent) { e.Object = new(string) },
		"no object": func(e *domain.AuditEvent) { e.Object = nil },
		"upload":    func(e *domain.AuditEvent) { e.UploadID = nil },
		"change":    func(e *domain.AuditEvent) { e.ChangeID = new(int64) },
		"no change": func(e *domain.AuditEvent) { e.ChangeID = nil },
		"request":   func(e *domain.AuditEvent) { e.RequestID = "requesu" },
		"outcome":   func(e *domain.AuditEvent) { e.Outcome = "donf" },
		"previous":  func(e *domain.AuditEvent) { e.Previous[7] ^= 4 },
		"moved":     func(e *domain.AuditEvent) { e.Actor, e.Role = "th", "r" },
		"chain":     func(e *domain.AuditEvent) { e.Chain = "RXB" },
	} {
		events := slices.Clone(whole)
		spoil(&events[1])
		if got := verify(events, &head); got != "2 101 changed" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// A chain that somebody wrote anew from a place on is whole by itself, but not what was
// noted; and so is one that lost its end with its head.
func TestNotedHeadsTellAChainThatWasWrittenAnew(t *testing.T) {
	t.Parallel()
	events, head := chainOf(9)
	noted := func(places ...int) (heads []domain.AuditHead) {
		for _, place := range places {
			heads = append(heads, domain.AuditHead{Chain: "RXA", Sequence: int64(place), Hash: events[place-1].Hash})
		}
		return heads
	}
	before := noted(1, 3, 3, 7, 9)
	if got := verify(events, &head, before...); got != "whole" {
		t.Errorf("as it was: %s", got)
	}
	short := domain.AuditHead{Chain: "RXA", Sequence: 8, Hash: events[7].Hash}
	if got := verify(events[:8], &short, before...); got != "9 0 end missing" {
		t.Errorf("cut off with its head: %s", got)
	}
	if got := verify(nil, nil, before...); got != "1 0 end missing" {
		t.Errorf("gone with its head: %s", got)
	}
	anew := slices.Clone(events)
	anew[4].Outcome = "another"
	for i := 4; i < len(anew); i++ {
		anew[i].Previous = anew[i-1].Hash
		head.Hash = sealed(&anew[i])
	}
	if got := verify(anew, &head); got != "whole" {
		t.Errorf("written anew: %s", got)
	}
	if got := verify(anew, &head, before...); got != "7 106 not as noted" {
		t.Errorf("written anew, compared: %s", got)
	}
}
