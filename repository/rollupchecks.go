package repository

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// RollupDifference tells that what is kept of an organisation's facts in a roll-up is
// not what the facts give.
type RollupDifference struct {
	Organisation string // ODS code
	Table        string
	Missing      int // rows that the facts give and the table does not hold
	Surplus      int // rows that the table holds and the facts do not give
	Wrong        int // rows of the same key that say something else
}

// VerifyRollups compares every roll-up with the facts that it comes from and returns
// the differences by organisation and table. It writes nothing and keeps nobody
// waiting: facts and roll-ups of an organisation are read in one snapshot. done is
// called after each organisation.
func (o *Owner) VerifyRollups(ctx context.Context, done func(checked, organisations int) error) ([]RollupDifference, error) {
	var found []RollupDifference
	err := o.eachOrganisation(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}, func(t *sql.Tx, organisation string) error {
		for _, r := range rollups() {
			difference, err := r.compare(ctx, t, organisation)
			if err != nil {
				return err
			}
			if difference.Missing+difference.Surplus+difference.Wrong > 0 {
				found = append(found, difference)
			}
		}
		return nil
	}, done)
	return found, mapError("verify roll-ups", err)
}

// RebuildRollups writes every roll-up again from the facts, one organisation at a
// time as its only write, and leaves a row in the audit trail. done is called after
// each organisation.
func (o *Owner) RebuildRollups(ctx context.Context, done func(rebuilt, organisations int) error) error {
	if err := o.audited(ctx, "rebuildRollups", "", func(*sql.Tx) error { return nil }); err != nil {
		return err
	}
	err := o.eachOrganisation(ctx, nil, func(t *sql.Tx, organisation string) error {
		if _, err := t.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, $2))`, organisation, organisationLocks); err != nil {
			return fmt.Errorf("wait for organisation: %w", err)
		}
		for _, r := range rollups() {
			if err := r.rebuild(ctx, t, organisation); err != nil {
				return err
			}
		}
		return nil
	}, done)
	return mapError("rebuild roll-ups", err)
}

// arguments are those of the query for all rows of an organisation.
func (r rollup) arguments(organisation string) pgx.NamedArgs {
	named := pgx.NamedArgs{"organisation": organisation}
	for name, value := range r.whole {
		named[name] = value
	}
	return named
}

func (r rollup) compare(ctx context.Context, t *sql.Tx, organisation string) (RollupDifference, error) {
	difference := RollupDifference{Organisation: organisation, Table: r.table}
	err := t.QueryRowContext(ctx, `WITH given AS (`+r.query+`), kept AS (
			SELECT * FROM `+r.table+` WHERE organisation = CAST(@organisation AS text)
		)
		SELECT count(*) FILTER (WHERE kept.organisation IS NULL), count(*) FILTER (WHERE given.organisation IS NULL),
		       count(*) FILTER (WHERE kept.organisation = given.organisation)
		FROM given FULL JOIN kept USING (`+r.key+`)
		WHERE ROW(given.*) IS DISTINCT FROM ROW(kept.*)`, r.arguments(organisation)).
		Scan(&difference.Missing, &difference.Surplus, &difference.Wrong)
	if err != nil {
		return difference, fmt.Errorf("compare %s of %s: %w", r.table, organisation, err)
	}
	return difference, nil
}

func (r rollup) rebuild(ctx context.Context, t *sql.Tx, organisation string) error {
	clear := `DELETE FROM ` + r.table + ` WHERE organisation = $1` //nolint:gosec // the names are those of rollups()
	if _, err := t.ExecContext(ctx, clear, organisation); err != nil {
		return fmt.Errorf("delete %s of %s: %w", r.table, organisation, err)
	}
	write := `INSERT INTO ` + r.table + ` ` + r.query //nolint:gosec // the names are those of rollups()
	if _, err := t.ExecContext(ctx, write, r.arguments(organisation)); err != nil {
		return fmt.Errorf("write %s of %s: %w", r.table, organisation, err)
	}
	return nil
}

// transact runs fn in a transaction of the owner.
func (o *Owner) transact(ctx context.Context, options *sql.TxOptions, fn func(*sql.Tx) error) error {
	t, err := o.pool.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = t.Rollback() }()
	if err := fn(t); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}
