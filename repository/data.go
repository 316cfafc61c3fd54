package repository

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"skillstracker/domain"
)

var (
	_ domain.DataReader = (*Store)(nil)
	_ domain.ReadAudit  = (*Store)(nil)
)

// dataBatch is the number of rows that are fetched at a time. Each fetch is a
// statement of its own, so that the time limit of statements holds for it and not
// for whoever takes the rows.
const dataBatch = 1000

// NoteRead writes a row of the audit trail. See domain.ReadAudit.
func (s *Store) NoteRead(ctx context.Context, actor domain.Actor, read domain.DataRead) error {
	for _, organisation := range read.Organisations {
		if !actor.Covers(organisation) {
			return domain.NotFound("organisation_not_found", "No organisation with this ODS code is in your scope.")
		}
	}
	entry := auditEntry{operation: read.Operation, object: read.Object, uploadID: textOrNull(read.UploadID), outcome: "done"}
	if len(read.Organisations) == 0 {
		return s.noteEvent(ctx, actor, entry)
	}
	return s.noteEvents(ctx, actor, entry, slices.Compact(slices.Sorted(slices.Values(read.Organisations))))
}

// noteEvents writes an event into the chains of organisations, which are sorted: each
// locks the end of its chain until the commit, and whoever locks several locks them in
// this order, so that none waits for another in a circle.
func (s *Store) noteEvents(ctx context.Context, actor domain.Actor, entry auditEntry, sorted []string) error {
	return s.inScope(ctx, scope{read: sorted, write: sorted[0]}, false, func(t tx) error {
		for i, organisation := range sorted {
			if i > 0 {
				if _, err := t.exec(ctx, `SELECT set_config('skills.write_organisation', ?, true)`, organisation); err != nil {
					return err
				}
			}
			entry.organisation = organisation
			if err := audit(ctx, t, actor, entry); err != nil {
				return err
			}
		}
		return nil
	})
}

// dataRows says what readData runs and how a row of the answer becomes a T.
type dataRows[T any] struct {
	query string // the name of the query's file
	names args   // its arguments, but for the organisation and what was known
	scan  func(pgx.Rows) (T, error)
}

// readData runs a query about one organisation as it was known at the query's time
// and hands out its rows one by one. An error of take is returned as it is.
func readData[T any](ctx context.Context, s *Store, actor domain.Actor, wanted domain.DataQuery, data dataRows[T], take func(T) error) error {
	if !actor.Covers(wanted.Organisation) {
		return domain.NotFound("organisation_not_found", "No organisation with this ODS code is in your scope.")
	}
	if wanted.KnownAt != nil {
		if err := s.settle(ctx, *wanted.KnownAt); err != nil {
			return err
		}
	}
	var refused error
	err := s.inScope(ctx, scope{read: []string{wanted.Organisation}}, true, func(t tx) error {
		known, err := lastChange(ctx, t, wanted.Organisation, wanted.KnownAt)
		if err != nil {
			return err
		}
		if err := t.preferIndexes(ctx); err != nil {
			return err
		}
		data.names["organisation"], data.names["known"] = wanted.Organisation, known
		return t.fetch(ctx, query(data.query), data.names, func(rows pgx.Rows) error {
			held, err := data.scan(rows)
			if err != nil {
				return fmt.Errorf("read row: %w", err)
			}
			refused = take(held)
			return refused
		})
	})
	if refused != nil {
		return refused
	}
	return err
}

var errKnownInFuture = domain.Invalid("known_at_future", "What will be known cannot be asked for. Give a time that has passed.",
	domain.FieldFault{Field: "known_at", Message: "Give a time that has passed."})

// settle waits until every change that was numbered by a time is committed or taken
// back, so that what was known at that time is the same whenever it is asked for. A
// change takes its number and time under the lock of the clock's row, which lasts
// until the commit.
func (s *Store) settle(ctx context.Context, at time.Time) error {
	return s.inScope(ctx, scope{}, false, func(t tx) error {
		type row struct{ Future bool }
		later, err := readRows[row](ctx, t, `SELECT clock_timestamp() < @at AS future FROM change_clock WHERE last_at < @at FOR SHARE`, args{"at": at})
		if err == nil && len(later) > 0 && later[0].Future {
			return errKnownInFuture
		}
		return err
	})
}

// lastChange returns the organisation's newest change at a time; without a time one
// that is later than all. The changes of one organisation are made one after the
// other, so that their ids have the order of their numbers.
func lastChange(ctx context.Context, t tx, organisation string, at *time.Time) (int64, error) {
	if at == nil {
		return math.MaxInt64, nil
	}
	type row struct{ ID int64 }
	found, err := readRows[row](ctx, t, `SELECT id FROM change WHERE organisation = ? AND made_at <= ? ORDER BY id DESC LIMIT 1`, organisation, *at)
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0].ID, nil
}

// fetch runs a query by a cursor and hands out its rows one by one.
func (t tx) fetch(ctx context.Context, statement string, names args, row func(pgx.Rows) error) error {
	return t.conn.Raw(func(driverConn any) error {
		c, err := driven(ctx, driverConn)
		if err != nil {
			return err
		}
		if _, err := c.Exec(ctx, "DECLARE wanted NO SCROLL CURSOR FOR "+statement, pgx.NamedArgs(names)); err != nil {
			return fmt.Errorf("open cursor: %w", err)
		}
		for {
			// The same words fetch other columns from another cursor, so that the
			// description of the rows must not be kept for the next time.
			rows, err := c.Query(ctx, fmt.Sprintf("FETCH %d FROM wanted", dataBatch), pgx.QueryExecModeDescribeExec)
			if err != nil {
				return fmt.Errorf("fetch rows: %w", err)
			}
			fetched, err := handOut(rows, row)
			if err != nil || fetched < dataBatch {
				return err
			}
		}
	})
}

// handOut reads rows to their end and returns how many there were.
func handOut(rows pgx.Rows, row func(pgx.Rows) error) (int, error) {
	defer rows.Close()
	n := 0
	for rows.Next() {
		n++
		if err := row(rows); err != nil {
			return n, err
		}
	}
	if err := rows.Err(); err != nil {
		return n, fmt.Errorf("fetch rows: %w", err)
	}
	return n, nil
}
