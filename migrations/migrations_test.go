package migrations_test

import (
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"skillstracker/migrations"
	"skillstracker/repository/localpg"
	"skillstracker/repository/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func open(t *testing.T, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestUpDownUpLeavesTheSameSchema(t *testing.T) {
	t.Parallel()
	database := pgtest.NewEmpty(t)
	db := open(t, database.URL(localpg.RoleOwner))
	applied, err := migrations.Up(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	first := dump(t, database)
	taken := 0
	for {
		version, err := migrations.Down(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		if version == 0 {
			break
		}
		taken++
	}
	if taken != applied {
		t.Errorf("took back %d of %d migrations", taken, applied)
	}
	var left int
	if err := db.QueryRowContext(t.Context(), `SELECT count(*) FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
		AND c.relname NOT LIKE 'goose%'`).Scan(&left); err != nil {
		t.Fatal(err)
	}
	if left != 0 {
		t.Errorf("%d relations are left after all migrations were taken back", left)
	}
	if _, err := migrations.Up(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	if second := dump(t, database); second != first {
		t.Error("the schema after up, down, up differs from the first")
	}
}

func TestSchemaFileIsCurrent(t *testing.T) {
	t.Parallel()
	got := dump(t, pgtest.New(t))
	if os.Getenv("UPDATE_SCHEMA") == "1" {
		if err := os.WriteFile("schema.sql", []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Error("schema.sql is not the schema that the migrations make; run: UPDATE_SCHEMA=1 go test ./migrations")
	}
}

// dump writes the schema as pg_dump does, without what differs between runs and
// minor versions of the program.
func dump(t *testing.T, database pgtest.Database) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), pgDump(t), "--schema-only", "--no-owner",
		"--exclude-table=goose_db_version*", database.URL(localpg.RoleAdmin))
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("pg_dump: %v\n%s", err, out)
	}
	noise := regexp.MustCompile(`(?m)^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*|ALTER DEFAULT PRIVILEGES .*)\n`)
	blank := regexp.MustCompile(`\n{3,}`)
	return strings.TrimSpace(blank.ReplaceAllString(noise.ReplaceAllString(string(out), ""), "\n\n")) + "\n"
}

func pgDump(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("SKILLSTRACKER_PG_BIN"); dir != "" {
		return filepath.Join(dir, "pg_dump")
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/pg_dump")
	if err != nil {
		t.Fatal(err)
	}
	if len(found) > 0 {
		return slices.Max(found)
	}
	path, err := exec.LookPath("pg_dump")
	if err != nil {
		t.Fatal("pg_dump is not installed: it comes with PostgreSQL's client programs (.ci/setup test installs them)")
	}
	return path
}

func TestManyProgramsMayMigrateAtOnce(t *testing.T) {
	t.Parallel()
	database := pgtest.NewEmpty(t)
	const programs = 6
	var wait sync.WaitGroup
	applied := make([]int, programs)
	for i := range programs {
		db := open(t, database.URL(localpg.RoleOwner))
		wait.Go(func() {
			n, err := migrations.Up(t.Context(), db)
			if err != nil {
				t.Error(err)
			}
			applied[i] = n
		})
	}
	wait.Wait()
	total := 0
	for _, n := range applied {
		total += n
	}
	state, err := migrations.Status(t.Context(), open(t, database.URL(localpg.RoleOwner)))
	if err != nil {
		t.Fatal(err)
	}
	if int64(total) != state.Latest || state.Behind() || state.Ahead() {
		t.Errorf("applied %d migrations in all, state %+v", total, state)
	}
}

func TestStatusOfAnEmptyAndOfANewerDatabase(t *testing.T) {
	t.Parallel()
	empty, err := migrations.Status(t.Context(), open(t, pgtest.NewEmpty(t).URL(localpg.RoleOwner)))
	if err != nil {
		t.Fatal(err)
	}
	if !empty.Behind() || empty.Current != 0 || len(empty.Pending) != int(empty.Latest) {
		t.Errorf("empty database: %+v", empty)
	}
	database := pgtest.New(t)
	owner := open(t, database.URL(localpg.RoleOwner))
	if _, err := owner.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)`); err != nil {
		t.Fatal(err)
	}
	// The application's role must be able to see it too.
	newer, err := migrations.Status(t.Context(), open(t, database.URL(localpg.RoleApp)))
	if err != nil {
		t.Fatal(err)
	}
	if !newer.Ahead() || newer.Behind() {
		t.Errorf("newer database: %+v", newer)
	}
}

func TestEveryTableAndColumnHasAComment(t *testing.T) {
	t.Parallel()
	rows, err := pgtest.New(t).Admin(t).QueryContext(t.Context(), `
		SELECT c.relname || coalesce('.' || a.attname, '')
		FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'goose_db_version'
		  AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid, 'pg_class') IS NULL)`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s has no comment", name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}
