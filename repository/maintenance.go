package repository

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// ErrNotAllSeen says that maintenance does not see every organisation's rows. Rows
// that are not seen are neither wrong nor too old: nothing may be concluded then.
var ErrNotAllSeen = errors.New("maintenance does not see the rows of all organisations")

// seeAll lets a transaction of the owner see every organisation's rows and fails
// unless it does, which is proved in two steps. The clock of changes is a table without
// policies that counts every change ever made, and changes cannot be deleted: as many
// must be seen, of organisations that the registry holds. Every other table of
// organisations must have, for every reader, just the policy that showed the changes,
// and no policy that takes away from it.
func seeAll(ctx context.Context, t *sql.Tx) error {
	// The rows of the application's other scopes stay out: idempotency keys and kept
	// files are seen of one organisation at a time only.
	if _, err := t.ExecContext(ctx, `SELECT set_config('skills.aggregate', 'on', true), set_config('skills.audit', 'on', true)`); err != nil {
		return fmt.Errorf("set scope: %w", err)
	}
	var made, seen, stray int64
	err := t.QueryRowContext(ctx, `SELECT (SELECT last_number FROM change_clock), count(*),
			count(*) FILTER (WHERE c.organisation IS NOT NULL AND NOT EXISTS (SELECT FROM organisation o WHERE o.code = c.organisation))
		FROM change c WHERE c.number IS NOT NULL`).Scan(&made, &seen, &stray)
	if err != nil {
		return fmt.Errorf("count changes: %w", err)
	}
	if seen != made {
		return fmt.Errorf("%w: %d of %d changes are seen", ErrNotAllSeen, seen, made)
	}
	if stray > 0 {
		return fmt.Errorf("%w: %d changes are of organisations that the registry does not hold", ErrNotAllSeen, stray)
	}
	return requireReadPolicies(ctx, t)
}

// requireReadPolicies makes sure that what a transaction sees of the changes it sees of
// every other table.
func requireReadPolicies(ctx context.Context, t *sql.Tx) error {
	rows, err := t.QueryContext(ctx, `
		WITH shows AS (
		    SELECT p.polrelid, replace(replace(pg_get_expr(p.polqual, p.polrelid),
		        'skills.audit', 'skills.aggregate'), 'COALESCE(organisation, ''-''::text)', 'organisation') AS rows
		    FROM pg_policy p
		    WHERE p.polpermissive AND p.polcmd IN ('r', '*') AND p.polroles = '{0}'
		)
		SELECT c.relname FROM pg_class c
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation' AND NOT a.attisdropped
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity
		  AND c.relname NOT IN ('idempotency_key', 'upload_file_part')
		  AND (EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive)
		    OR NOT EXISTS (SELECT FROM shows own JOIN shows proved ON proved.polrelid = 'public.change'::regclass
		                   WHERE own.polrelid = c.oid AND own.rows = proved.rows))
		ORDER BY 1`)
	if err != nil {
		return fmt.Errorf("read policies: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var blind []string
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			return fmt.Errorf("read policies: %w", err)
		}
		blind = append(blind, table)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read policies: %w", err)
	}
	if len(blind) > 0 {
		return fmt.Errorf("%w: the policies of %s do not show them", ErrNotAllSeen, strings.Join(blind, ", "))
	}
	return nil
}

// eachOrganisation runs fn for every organisation of the registry that holds facts or
// roll-ups, each in a transaction of its own that sees and writes that organisation.
func (o *Owner) eachOrganisation(ctx context.Context, options *sql.TxOptions, fn func(t *sql.Tx, organisation string) error,
	done func(finished, organisations int) error,
) error {
	organisations, err := o.holders(ctx)
	if err != nil {
		return err
	}
	for i, organisation := range organisations {
		if err := o.inOrganisation(ctx, options, organisation, fn); err != nil {
			return err
		}
		if err := done(i+1, len(organisations)); err != nil {
			return err
		}
	}
	return nil
}

// holder is an organisation that holds rows, with its number of changes.
type holder struct {
	code    string
	changes int64
}

// inOrganisation runs fn in a transaction that sees and writes one organisation, and
// fails unless it sees the changes that were seen of it beside all others.
func (o *Owner) inOrganisation(ctx context.Context, options *sql.TxOptions, one holder, fn func(t *sql.Tx, organisation string) error) error {
	return o.transact(ctx, options, func(t *sql.Tx) error {
		if _, err := t.ExecContext(ctx, `SELECT set_config('skills.organisations', $1, true), set_config('skills.write_organisation', $1, true),
			set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)`, one.code); err != nil {
			return fmt.Errorf("set scope: %w", err)
		}
		var seen int64
		err := t.QueryRowContext(ctx, `SELECT count(*) FROM change WHERE organisation = $1 AND number IS NOT NULL`, one.code).Scan(&seen)
		if err != nil {
			return fmt.Errorf("count changes of %s: %w", one.code, err)
		}
		if seen < one.changes {
			return fmt.Errorf("%w: %d of %d changes of %s are seen", ErrNotAllSeen, seen, one.changes, one.code)
		}
		return fn(t, one.code)
	})
}

// holders lists the organisations that hold facts or roll-ups. It fails when it does
// not see all organisations.
func (o *Owner) holders(ctx context.Context) ([]holder, error) {
	var found []holder
	err := o.transact(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}, func(t *sql.Tx) error {
		if err := seeAll(ctx, t); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `SELECT set_config('enable_seqscan', 'off', true)`); err != nil {
			return fmt.Errorf("set plan: %w", err)
		}
		rows, err := t.QueryContext(ctx, query("rollup_holders"))
		if err != nil {
			return fmt.Errorf("list organisations: %w", err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var one holder
			if err := rows.Scan(&one.code, &one.changes); err != nil {
				return fmt.Errorf("list organisations: %w", err)
			}
			found = append(found, one)
		}
		return rows.Err()
	})
	return found, err
}
