package domain

import (
	"context"
	"time"
)

// SystemChain is the name of the chain of events that belong to no organisation: the
// registry, tokens, users and what was refused.
const SystemChain = "system"

// AuditEvent is one event of the audit trail: who did what, when and with what
// outcome, never values.
type AuditEvent struct {
	ID        int64
	Chain     string // an ODS code, or SystemChain
	Sequence  int64  // place in the chain, from 1
	At        time.Time
	Actor     string // id of a token or user, or what the service calls itself
	Role      string
	Operation string
	Object    *string // nil when there is none
	UploadID  *string // nil when there is none
	ChangeID  *int64
	RequestID string
	Outcome   string
	Previous  [32]byte // hash of the event before, zero for the first
	Hash      [32]byte
}

// AuditFilter says which events are wanted. Empty fields do not narrow.
type AuditFilter struct {
	Chain     string
	From, To  *time.Time // from this time on, and before this time
	Actor     string
	Operation string
	Outcome   string
	RequestID string
	// Before and Limit give a page, newest first: events with a smaller id, and at most
	// so many. With a Limit of 0 all are given, oldest first.
	Before int64
	Limit  int
}

// Refusal is an attempt that was refused.
type Refusal struct {
	Actor     Actor  // zero for nobody known; its RequestID is always set
	Operation string // of the contract
	Code      string // of the problem
	// Organisations are the ODS codes, or SystemChain, that the request named, as they
	// were typed. Those that the registry does not hold are not written.
	Organisations []string
	// Token is the id of a token that the request named, as it was typed. It is not
	// written when there is no such token.
	Token string
	// ID is the id of an upload or a user that the request named. Its shape is one that
	// the service makes at random, so that it is no word of the caller's.
	ID string
}

// AuditTrail reads the audit trail and notes refusals in it.
type AuditTrail interface {
	// AuditEvents hands out events that the actor may read: of the organisations of
	// the scope, or of every chain when that is all. That they are read is an event too,
	// which is written first. It returns an error of event as it is, and a not-found
	// error for a chain outside of the scope.
	AuditEvents(ctx context.Context, actor Actor, filter AuditFilter, event func(AuditEvent) error) error
	// NoteRefusal writes an event about a refused attempt, in a transaction of its own.
	NoteRefusal(ctx context.Context, refusal Refusal) error
}
