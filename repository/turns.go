package repository

import (
	"context"
	"errors"
	"fmt"
	"time"

	"skillstracker/domain"
)

// errBusy says that another write of the organisation holds its lock.
var errBusy = errors.New("another write of the organisation is under way")

// retryBusyEvery is how long a waiting write sleeps; it holds no connection then.
const retryBusyEvery = 50 * time.Millisecond

// writeTimeout is how long one statement of a write may take: a file of as many rows
// as one may have takes longer than a question may.
const writeTimeout = "300s"

// turn is one write of an organisation. first, when it is set, runs before the
// organisation's lock is asked for and may end the turn; it may run more than once,
// each time in a new transaction. then runs once, as the only write of the
// organisation.
type turn struct {
	organisation string
	first        func(tx) (done bool, err error)
	then         func(tx) error
}

// writeAlone runs fn as the only write of an organisation.
func (s *Store) writeAlone(ctx context.Context, organisation string, fn func(tx) error) error {
	return s.takeTurn(ctx, turn{organisation: organisation, then: fn})
}

// takeTurn runs a turn. A waiting one gives its connection and its place back and
// tries again until the store's patience ends.
func (s *Store) takeTurn(ctx context.Context, work turn) error {
	deadline := time.NewTimer(s.busyWait)
	defer deadline.Stop()
	for {
		// A place is held for one attempt only, so that uploads of an organisation
		// that waits for itself never keep another organisation waiting.
		select {
		case s.uploads <- struct{}{}:
		case <-deadline.C:
			busy := domain.Unavailable("uploads_busy", "Too many files are being stored at this moment. Try again in a few seconds.", 5, nil)
			return busy
		case <-ctx.Done():
			return fmt.Errorf("wait for a place to upload: %w", ctx.Err())
		}
		if err := s.attempt(ctx, work); !errors.Is(err, errBusy) {
			return err
		}
		select {
		case <-time.After(retryBusyEvery):
		case <-deadline.C:
			busy := domain.Conflict("organisation_busy", "Another write of this organisation is under way. Try again in a few seconds.")
			busy.RetryAfter = 5
			return busy
		case <-ctx.Done():
			return fmt.Errorf("wait for the organisation: %w", ctx.Err())
		}
	}
}

// attempt runs a turn when nobody else writes the organisation, and gives the place
// of the upload back however it ends.
func (s *Store) attempt(ctx context.Context, work turn) error {
	defer func() { <-s.uploads }()
	return s.inScope(ctx, scope{read: []string{work.organisation}, write: work.organisation}, false, func(t tx) error {
		if _, err := t.exec(ctx, "SET LOCAL statement_timeout = '"+writeTimeout+"'"); err != nil {
			return err
		}
		if work.first != nil {
			if done, err := work.first(t); err != nil || done {
				return err
			}
		}
		if err := lockOrganisation(ctx, t, work.organisation); err != nil {
			return err
		}
		return work.then(t)
	})
}

// lockOrganisation takes the lock that lasts until the end of the transaction.
func lockOrganisation(ctx context.Context, t tx, organisation string) error {
	locked, err := tryLock(ctx, t, organisation, organisationLocks)
	if err == nil && !locked {
		return errBusy
	}
	return err
}

// The families of names whose locks are told apart.
const (
	organisationLocks = 1
	keyLocks          = 2
)

// tryLock takes the lock of a name until the end of the transaction, or says that
// somebody else holds it.
func tryLock(ctx context.Context, t tx, name string, family int) (bool, error) {
	type row struct{ Locked bool }
	got, err := readRow[row](ctx, t, `SELECT pg_try_advisory_xact_lock(hashtextextended(?, ?)) AS locked`, name, family)
	return got.Locked, err
}
