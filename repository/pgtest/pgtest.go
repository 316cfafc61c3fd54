// Package pgtest gives each test a migrated PostgreSQL database of its own. It
// is imported by tests only. A package of tests calls Main from its TestMain,
// which runs one private server for all of them; each test's New clones a
// template database, so tests run in parallel and never meet.
package pgtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx" of database/sql

	"skillstracker/migrations"
	"skillstracker/repository"
	"skillstracker/repository/localpg"
)

// The environment carries the server from Main to New, so that there is no
// package-level state.
const (
	socketVariable   = "PGTEST_SOCKET"
	templateVariable = "PGTEST_TEMPLATE"
)

// garbagePercent is GOGC for these tests, whose heaps are small: at the usual 100 they
// spend an eighth of their time on collecting garbage.
const garbagePercent = 400

// Main runs the tests of a package with a server behind them and returns the exit
// code. Without PostgreSQL's programs it fails: no test is skipped.
func Main(m *testing.M) int {
	debug.SetGCPercent(garbagePercent)
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "pgtest:", err)
		return 1
	}
	return code
}

func run(m *testing.M) (code int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	dir, err := os.MkdirTemp("", "pgtest-")
	if err != nil {
		return 1, fmt.Errorf("make directory: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	cluster, err := localpg.Start(ctx, localpg.Config{
		DataDir: dir, BinDir: os.Getenv("SKILLSTRACKER_PG_BIN"),
		ExtraSettings: map[string]string{
			"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200",
			"autovacuum": "off",
		},
	})
	if err != nil {
		return 1, fmt.Errorf("start PostgreSQL: %w", err)
	}
	defer func() {
		stopping, stop := context.WithTimeout(context.Background(), time.Minute)
		defer stop()
		err = errors.Join(err, cluster.Stop(stopping))
	}()
	template, err := makeTemplate(ctx, cluster.URL)
	if err != nil {
		return 1, err
	}
	if err := os.Setenv(socketVariable, cluster.URL("ROLE", "DATABASE")); err != nil {
		return 1, fmt.Errorf("set environment: %w", err)
	}
	if err := os.Setenv(templateVariable, template); err != nil {
		return 1, fmt.Errorf("set environment: %w", err)
	}
	return m.Run(), nil
}

// makeTemplate migrates a database that the tests' databases are cloned from.
func makeTemplate(ctx context.Context, url func(role, database string) string) (string, error) {
	hash, err := migrations.Hash()
	if err != nil {
		return "", err
	}
	name := "template_" + hash
	if err := execute(ctx, url(localpg.RoleAdmin, "postgres"), `CREATE DATABASE "`+name+`" OWNER `+localpg.RoleOwner); err != nil {
		return "", err
	}
	db, err := sql.Open("pgx", url(localpg.RoleOwner, name))
	if err != nil {
		return "", fmt.Errorf("open template: %w", err)
	}
	_, err = migrations.Up(ctx, db)
	return name, errors.Join(err, db.Close())
}

func execute(ctx context.Context, url, statement string) error {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	_, err = db.ExecContext(ctx, statement) //nolint:gosec // the names in it are this package's own
	if err = errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("%s: %w", strings.Fields(statement)[0], err)
	}
	return nil
}

// Database is one test's own database.
type Database struct{ name string }

// New clones the template for a test and drops the clone when the test has ended
// well; after a failure it stays until the server stops.
func New(tb testing.TB) Database {
	tb.Helper()
	return create(tb, os.Getenv(templateVariable))
}

// NewEmpty makes a database without any migration.
func NewEmpty(tb testing.TB) Database {
	tb.Helper()
	return create(tb, "template0")
}

func create(tb testing.TB, template string) Database {
	tb.Helper()
	if os.Getenv(socketVariable) == "" {
		tb.Fatal("the package's TestMain must call pgtest.Main")
	}
	d := Database{name: "test_" + strings.ToLower(rand.Text())}
	admin := Database{name: "postgres"}.URL(localpg.RoleAdmin)
	statement := `CREATE DATABASE "` + d.name + `" OWNER ` + localpg.RoleOwner + ` TEMPLATE "` + template + `" STRATEGY FILE_COPY`
	if err := execute(tb.Context(), admin, statement); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if tb.Failed() {
			return
		}
		if err := execute(context.Background(), admin, `DROP DATABASE "`+d.name+`" WITH (FORCE)`); err != nil {
			tb.Error(err)
		}
	})
	return d
}

// URL is the connection string of one of localpg's roles for this database.
func (d Database) URL(role string) string {
	return strings.NewReplacer("//ROLE@", "//"+role+"@", "/DATABASE?", "/"+d.name+"?").Replace(os.Getenv(socketVariable))
}

// Store opens the register as the application does and closes it with the test.
func (d Database) Store(tb testing.TB, options ...func(*repository.Config)) *repository.Store {
	tb.Helper()
	cfg := repository.Config{URL: d.URL(localpg.RoleApp), MaxConnections: 8, Clock: time.Now}
	for _, option := range options {
		option(&cfg)
	}
	store, err := repository.Open(tb.Context(), cfg)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := store.Close(); err != nil {
			tb.Error(err)
		}
	})
	return store
}

// Owner opens the database as its owner and closes it with the test.
func (d Database) Owner(tb testing.TB) *repository.Owner {
	tb.Helper()
	owner, err := repository.OpenOwner(tb.Context(), d.URL(localpg.RoleOwner))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := owner.Close(); err != nil {
			tb.Error(err)
		}
	})
	return owner
}

// Admin opens the database as a superuser, who sees and may do everything, to
// look behind the application's back.
func (d Database) Admin(tb testing.TB) *sql.DB {
	tb.Helper()
	db, err := sql.Open("pgx", d.URL(localpg.RoleAdmin))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}
