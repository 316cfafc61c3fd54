//go:build linux || darwin

package localpg_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"skillstracker/repository/localpg"
)

func TestFixedSettings(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	for _, name := range []string{"listen_addresses", "Port", "hba_file", "data_directory", "unix_socket_permissions"} {
		cfg := localpg.Config{DataDir: dir, ExtraSettings: map[string]string{name: "1"}}
		if failure := refused(t, cfg, localpg.ErrSettings); !strings.Contains(failure.message, name) {
			t.Errorf("the message does not name %s: %s", name, failure.message)
		}
	}
	cfg := localpg.Config{DataDir: dir, ExtraSettings: map[string]string{"no_such_setting": "1"}}
	if failure := refused(t, cfg, localpg.ErrServer); !strings.Contains(failure.message, "no_such_setting") {
		t.Errorf("the message does not quote the server: %s", failure.message)
	}
}

func TestUnsafeSettings(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	cluster := start(t, quick(dir))
	admin := cluster.URL(localpg.RoleAdmin, localpg.Database)
	if got := query(t, admin, "SHOW fsync"); got != "off" {
		t.Errorf("fsync is %q though ExtraSettings turn it off", got)
	}
	tests := []struct {
		statement, undo string
		want            string
	}{
		{statement: "ALTER SYSTEM SET fsync = off", undo: "ALTER SYSTEM RESET fsync", want: "fsync = off"},
		{statement: "ALTER SYSTEM SET full_page_writes = 0", undo: "ALTER SYSTEM RESET full_page_writes", want: "full_page_writes = 0"},
		{
			statement: "ALTER DATABASE skillstracker SET synchronous_commit = off",
			undo:      "ALTER DATABASE skillstracker RESET synchronous_commit", want: "synchronous_commit = off",
		},
	}
	for _, test := range tests {
		execute(t, admin, test.statement)
		stop(t, cluster)
		failure := refused(t, localpg.Config{DataDir: dir}, localpg.ErrUnsafe)
		if !strings.Contains(failure.message, test.want) {
			t.Errorf("the message lacks %q: %s", test.want, failure.message)
		}
		cluster = start(t, quick(dir))
		execute(t, admin, test.undo)
	}
	stop(t, cluster)
	start(t, localpg.Config{DataDir: dir})
}

// TestLogHoldsNoValues makes the server log errors about statements that
// hold a value, which must be found neither in its log nor in ours.
func TestLogHoldsNoValues(t *testing.T) {
	t.Parallel()
	const canary = "canary7731"
	dir := newDataDir(t)
	var ours recorder
	cfg := quick(dir)
	cfg.Logger = slog.New(slog.NewTextHandler(&ours, nil))
	cluster := start(t, cfg)
	owner := cluster.URL(localpg.RoleOwner, localpg.Database)
	execute(t, owner, "CREATE TABLE t (n int, note text UNIQUE); INSERT INTO t VALUES (1, '"+canary+"'); GRANT ALL ON t TO skills_app")
	statements := []string{
		"INSERT INTO t VALUES (2, '" + canary + "')",
		"INSERT INTO t VALUES ('" + canary + "', '')",
		"SELECT " + canary,
		"DO $$ BEGIN RAISE WARNING '" + canary + "'; RAISE EXCEPTION '" + canary + "'; END $$",
	}
	for role, sent := range map[string][]string{
		localpg.RoleApp: statements, localpg.RoleOwner: statements,
		// Its errors are logged, without the statement and the key.
		localpg.RoleAdmin: statements[:1],
	} {
		for _, statement := range sent {
			mustFail(t, cluster.URL(role, localpg.Database), statement)
		}
	}
	stop(t, cluster)
	text, err := os.ReadFile(filepath.Join(dir, "postgresql.log"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "database system is ready to accept connections") {
		t.Errorf("this is not the server's log: %s", text)
	}
	if strings.Contains(string(text), canary) {
		t.Errorf("the server's log holds the value: %s", text)
	}
	if !strings.Contains(ours.String(), "making a new PostgreSQL cluster") || strings.Contains(ours.String(), canary) {
		t.Errorf("our log: %s", ours.String())
	}
}

func mustFail(t *testing.T, url, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), statement); err == nil {
		t.Errorf("%s succeeded", statement)
	}
	if err := conn.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestLargeLogIsPutAside(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	stop(t, start(t, quick(dir)))
	path := filepath.Join(dir, "postgresql.log")
	if err := os.Truncate(path, 11<<20); err != nil {
		t.Fatal(err)
	}
	start(t, quick(dir))
	for name, least := range map[string]int64{path: 1, path + ".1": 11 << 20} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() < least || name == path && info.Size() > 1<<20 {
			t.Errorf("%s has %d bytes", name, info.Size())
		}
	}
}

// recorder is a buffer that several goroutines may write to.
type recorder struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (r *recorder) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.buf.Write(p)
}

func (r *recorder) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.buf.String()
}
