// Package migrations holds the database schema as embedded SQL files and applies
// them with goose. It knows nothing else of the program: whoever calls it brings
// a connection of the owner role. A file that has been released is never edited.
package migrations

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed 0*.sql
var files embed.FS

// State says how a database stands against the migrations of this program.
type State struct {
	Current int64    // version of the database; 0 when nothing was applied
	Latest  int64    // version that this program is written for
	Pending []string // names of the files not applied yet, in order
}

// Behind says that the database lacks migrations.
func (s State) Behind() bool { return len(s.Pending) > 0 }

// Ahead says that a newer program has migrated the database.
func (s State) Ahead() bool { return s.Current > s.Latest }

func provider(db *sql.DB) (*goose.Provider, error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, fmt.Errorf("make migration lock: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithSessionLocker(locker), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, nil
}

// Up applies every pending migration, each in a transaction of its own, and
// returns how many were applied. Several programs may call it at once: one works
// and the others wait. A file that fails leaves nothing behind.
func Up(ctx context.Context, db *sql.DB) (int, error) {
	p, err := provider(db)
	if err != nil {
		return 0, err
	}
	results, err := p.Up(ctx)
	if err != nil {
		return 0, fmt.Errorf("apply migrations: %w", err)
	}
	return len(results), nil
}

// Down takes back the newest migration and returns its version; 0 when there was none.
func Down(ctx context.Context, db *sql.DB) (int64, error) {
	p, err := provider(db)
	if err != nil {
		return 0, err
	}
	result, err := p.Down(ctx)
	if errors.Is(err, goose.ErrNoNextVersion) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("take back migration: %w", err)
	}
	return result.Source.Version, nil
}

// Status compares a database with the migrations of this program. It changes
// nothing and may run under any role that can read goose_db_version.
func Status(ctx context.Context, db *sql.DB) (State, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return State{}, fmt.Errorf("list migrations: %w", err)
	}
	applied, err := appliedVersions(ctx, db)
	if err != nil {
		return State{}, err
	}
	var state State
	for version := range applied {
		state.Current = max(state.Current, version)
	}
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return State{}, fmt.Errorf("read number of %s: %w", name, err)
		}
		state.Latest = max(state.Latest, version)
		if !applied[version] {
			state.Pending = append(state.Pending, name)
		}
	}
	return state, nil
}

func appliedVersions(ctx context.Context, db *sql.DB) (map[int64]bool, error) {
	applied := make(map[int64]bool)
	var exists bool
	if err := db.QueryRowContext(ctx, `SELECT to_regclass('public.goose_db_version') IS NOT NULL`).Scan(&exists); err != nil {
		return nil, fmt.Errorf("look for the table of migrations: %w", err)
	}
	if !exists {
		return applied, nil
	}
	rows, err := db.QueryContext(ctx, `SELECT version_id FROM public.goose_db_version WHERE is_applied AND version_id > 0`)
	if err != nil {
		return nil, fmt.Errorf("read the table of migrations: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var version int64
		if err := rows.Scan(&version); err != nil {
			return nil, fmt.Errorf("read the table of migrations: %w", err)
		}
		applied[version] = true
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the table of migrations: %w", err)
	}
	return applied, nil
}

// Hash names the set of migrations: it changes whenever a file does. Test
// databases carry it in their names.
func Hash() (string, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return "", fmt.Errorf("list migrations: %w", err)
	}
	sum := sha256.New()
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return "", fmt.Errorf("read %s: %w", name, err)
		}
		_, _ = fmt.Fprintf(sum, "%s %d\n", name, len(content))
		_, _ = sum.Write(content)
	}
	return hex.EncodeToString(sum.Sum(nil))[:16], nil
}
