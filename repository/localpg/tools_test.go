package localpg_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"skillstracker/repository/localpg"
)

// TestDumpIntoAnotherDatabase copies a table whose rows policies hide from its owner,
// and refuses to copy half of a dump.
func TestDumpIntoAnotherDatabase(t *testing.T) {
	t.Parallel()
	cluster := start(t, quick(newDataDir(t)))
	admin, owner := cluster.URL(localpg.RoleAdmin, localpg.Database), cluster.URL(localpg.RoleOwner, localpg.Database)
	execute(t, owner, `CREATE TABLE kept (n int PRIMARY KEY, note text); INSERT INTO kept SELECT g, repeat('synthetic', 50) || g FROM generate_series(1, 5000) g;
		ALTER TABLE kept ENABLE ROW LEVEL SECURITY; ALTER TABLE kept FORCE ROW LEVEL SECURITY;
		CREATE TABLE passing AS SELECT 1 AS n; GRANT SELECT ON kept TO skills_app`)
	execute(t, admin, "CREATE DATABASE elsewhere OWNER skills_owner")
	tools, err := localpg.FindTools(t.Context(), quick("").BinDir, 15)
	if err != nil {
		t.Fatal(err)
	}
	backup := cluster.URL(localpg.RoleBackup, localpg.Database)
	var dump bytes.Buffer
	if err := tools.Dump(t.Context(), backup, "", nil, &dump); !errors.Is(err, localpg.ErrServer) || !strings.Contains(err.Error(), "pg_dump failed: error:") {
		t.Errorf("a snapshot that does not exist: %v", err)
	}
	if err := tools.Dump(t.Context(), owner, exportSnapshot(t, owner), nil, &dump); err == nil || !strings.Contains(err.Error(), "row-level security") {
		t.Errorf("the owner copies what it does not see: %v", err)
	}
	dump.Reset()
	if err := tools.Dump(t.Context(), backup, exportSnapshot(t, backup), []string{"public.passing"}, &dump); err != nil {
		t.Fatal(err)
	}
	whole, elsewhere := dump.Bytes(), cluster.URL(localpg.RoleOwner, "elsewhere")
	if err := tools.Restore(t.Context(), elsewhere, bytes.NewReader(whole[:len(whole)/2])); !errors.Is(err, localpg.ErrServer) {
		t.Errorf("half of a dump: %v", err)
	}
	if got := query(t, elsewhere, `SELECT coalesce(to_regclass('kept')::text, 'none')`); got != "none" {
		t.Errorf("half of a dump left %s", got)
	}
	if err := tools.Restore(t.Context(), elsewhere, bytes.NewReader(whole)); err != nil {
		t.Fatal(err)
	}
	got := query(t, cluster.URL(localpg.RoleAdmin, "elsewhere"), `SELECT concat_ws(' ', (SELECT count(*) FROM kept), (SELECT count(*) FROM passing),
		(SELECT relforcerowsecurity FROM pg_class WHERE relname = 'kept'), has_table_privilege('skills_app', 'kept', 'SELECT'),
		(SELECT relowner::regrole FROM pg_class WHERE relname = 'kept'))`)
	if got != "5000 0 t t skills_owner" {
		t.Errorf("restored is %q", got)
	}
}

func TestToolsMustFitTheServer(t *testing.T) {
	t.Parallel()
	_, err := localpg.FindTools(t.Context(), quick("").BinDir, 99)
	if !errors.Is(err, localpg.ErrNotFound) || !strings.Contains(err.Error(), "version 99") || !strings.Contains(err.Error(), "Found but not usable: ") {
		t.Errorf("tools for a server to come: %v", err)
	}
	_, err = localpg.FindTools(t.Context(), t.TempDir(), 15)
	if !errors.Is(err, localpg.ErrNotFound) || !strings.Contains(err.Error(), "None were found") {
		t.Errorf("tools of an empty folder: %v", err)
	}
}

// A server that has no TLS must not see more than the question for it when the variables
// that the driver heeds insist on TLS.
func TestToolsInsistOnTLSAsTheDriverDoes(t *testing.T) {
	t.Setenv("PGSSLMODE", "require")
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	told := make(chan string, 1)
	go func() { told <- withoutTLS(listener) }()
	tools, err := localpg.FindTools(t.Context(), quick("").BinDir, 15)
	if err != nil {
		t.Fatal(err)
	}
	err = tools.Dump(t.Context(), "postgres://canary@"+listener.Addr().String()+"/skills", "", nil, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "SSL") {
		t.Errorf("without TLS: %v", err)
	}
	if more := <-told; more != "" {
		t.Errorf("the server without TLS was told %q", more)
	}
}

// withoutTLS answers one client that there is no TLS and returns what it says then.
func withoutTLS(listener net.Listener) string {
	conn, err := listener.Accept()
	if err != nil {
		return err.Error()
	}
	defer func() { _ = conn.Close() }()
	question := make([]byte, 8)
	if _, err := io.ReadFull(conn, question); err != nil {
		return err.Error()
	}
	if _, err := conn.Write([]byte("N")); err != nil {
		return err.Error()
	}
	more := make([]byte, 512)
	n, err := conn.Read(more)
	if err != nil && !errors.Is(err, io.EOF) {
		return err.Error()
	}
	return string(more[:n])
}

// exportSnapshot holds a snapshot until the end of the test.
func exportSnapshot(t *testing.T, url string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	if _, err := conn.Exec(t.Context(), "BEGIN ISOLATION LEVEL REPEATABLE READ"); err != nil {
		t.Fatal(err)
	}
	var snapshot string
	if err := conn.QueryRow(t.Context(), "SELECT pg_export_snapshot()").Scan(&snapshot); err != nil {
		t.Fatal(err)
	}
	return snapshot
}
