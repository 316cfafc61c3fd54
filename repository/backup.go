package repository

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5/stdlib"

	"skillstracker/domain"
)

// Backup is the database as its role for backups sees it: all rows, past the policies,
// and nothing that it could write. Commands use it; the server never does.
type Backup struct{ pool *sql.DB }

// OpenBackup connects as the role for backups. It refuses a role that policies bind,
// because it would see nothing, and one that may do more than read.
func OpenBackup(ctx context.Context, url string) (*Backup, error) {
	cfg, err := parseURL(url, "skillstracker backup")
	if err != nil {
		return nil, err
	}
	// What a row looks like as text must not depend on anybody's settings.
	for name, value := range map[string]string{
		"datestyle": "ISO", "intervalstyle": "postgres", "bytea_output": "hex", "extra_float_digits": "1", "default_transaction_read_only": "on",
	} {
		cfg.RuntimeParams[name] = value
	}
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(1)
	var role string
	var super, bypasses, writes bool
	err = pool.QueryRowContext(ctx, `SELECT rolname, rolsuper, rolbypassrls, rolcreatedb OR rolcreaterole OR rolreplication
			OR EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
				AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))
		FROM pg_roles WHERE rolname = current_user`).Scan(&role, &super, &bypasses, &writes)
	if err != nil {
		return nil, closeAfter(pool, mapError("open database for a backup", err))
	}
	switch {
	case super || writes:
		return nil, closeAfter(pool, domain.Unavailable("backup_role_too_strong", fmt.Sprintf(
			"The role %s may do more than read. Make one for backups alone: LOGIN BYPASSRLS, a member of pg_read_all_data, and nothing else.", role), 0, nil))
	case !bypasses:
		return nil, closeAfter(pool, domain.Unavailable("backup_role_too_weak", fmt.Sprintf(
			"The role %s does not see all rows. A role for backups needs BYPASSRLS: ALTER ROLE %s BYPASSRLS.", role, role), 0, nil))
	}
	return &Backup{pool: pool}, nil
}

// Close ends all connections.
func (b *Backup) Close() error {
	if err := b.pool.Close(); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}

// Major returns the server's major version, such as 15.
func (b *Backup) Major(ctx context.Context) (int, error) {
	var number int
	if err := b.pool.QueryRowContext(ctx, `SELECT CAST(current_setting('server_version_num') AS integer)`).Scan(&number); err != nil {
		return 0, mapError("read version of the server", err)
	}
	return number / 10_000, nil
}

// Snapshot looks at the database at one moment: it returns what the database holds, and
// calls take with the name of a snapshot by which another connection sees just that.
func (b *Backup) Snapshot(ctx context.Context, take func(snapshot string) error) (Contents, error) {
	var found Contents
	var taken error
	err := b.look(ctx, func(t *sql.Tx) error {
		var snapshot string
		if err := t.QueryRowContext(ctx, `SELECT pg_export_snapshot()`).Scan(&snapshot); err != nil {
			return fmt.Errorf("export snapshot: %w", err)
		}
		if taken = take(snapshot); taken != nil {
			return taken
		}
		var err error
		found, err = readContents(ctx, t)
		return err
	})
	if taken != nil {
		return Contents{}, taken
	}
	return found, mapError("look at the database", err)
}

// Contents returns what the database holds.
func (b *Backup) Contents(ctx context.Context) (Contents, error) {
	return b.Snapshot(ctx, func(string) error { return nil })
}

// look runs fn in a transaction that only reads and sees one moment.
func (b *Backup) look(ctx context.Context, fn func(*sql.Tx) error) error {
	t, err := b.pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = t.Rollback() }()
	return fn(t)
}
