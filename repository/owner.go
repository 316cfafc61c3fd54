package repository

import (
	"context"
	"database/sql"
	"fmt"
)

// Owner is the database as its owner role sees it: for migrations and for tokens,
// which the application role can neither list nor change. Commands use it; the
// server never does once it serves.
type Owner struct{ pool *sql.DB }

// OpenOwner connects as the owner role.
func OpenOwner(ctx context.Context, url string) (*Owner, error) {
	pool, err := openOwnerPool(url)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(4)
	if err := pool.PingContext(ctx); err != nil {
		return nil, closeAfter(pool, mapError("ping database", err))
	}
	return &Owner{pool: pool}, nil
}

// DB returns the connection pool, for migrations.
func (o *Owner) DB() *sql.DB { return o.pool }

// Close ends all connections.
func (o *Owner) Close() error {
	if err := o.pool.Close(); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}

// MarkSynthetic says for good that everything in this database is made up.
func (o *Owner) MarkSynthetic(ctx context.Context) error {
	return o.audited(ctx, "markSynthetic", "", func(t *sql.Tx) error {
		_, err := t.ExecContext(ctx, `UPDATE register SET synthetic = true`)
		return err
	})
}

// audited runs fn in a transaction that also writes an audit row.
func (o *Owner) audited(ctx context.Context, operation, object string, fn func(*sql.Tx) error) error {
	t, err := o.pool.BeginTx(ctx, nil)
	if err != nil {
		return mapError(operation, err)
	}
	defer func() { _ = t.Rollback() }()
	if err := fn(t); err != nil {
		return mapError(operation, err)
	}
	if _, err := t.ExecContext(ctx, `SELECT set_config('skills.write_organisation', $1, true)`, systemRows); err != nil {
		return mapError(operation, err)
	}
	if _, err := t.ExecContext(ctx, `INSERT INTO audit_event (actor, role, operation, object, request_id, outcome)
		VALUES ('command', 'admin', $1, $2, '', 'done')`, operation, object); err != nil {
		return mapError(operation, err)
	}
	return mapError(operation, t.Commit())
}

// Synthetic says whether the database is marked as made up.
func (s *Store) Synthetic(ctx context.Context) (bool, error) {
	var synthetic bool
	if err := s.pool.QueryRowContext(ctx, `SELECT synthetic FROM register`).Scan(&synthetic); err != nil {
		return false, mapError("read register", err)
	}
	return synthetic, nil
}
