package apitest_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"skillstracker/repository"
	"skillstracker/repository/localpg"
)

// bouncerVariable names the program of PgBouncer, through which every service of these
// tests then reaches its database, in transaction mode: each transaction of a client may
// meet another connection. make soak sets it.
const bouncerVariable = "SKILLSTRACKER_PGBOUNCER"

// throughBouncer starts PgBouncer for a database, if there is to be one, and leads the
// store through it.
func throughBouncer(t *testing.T, cfg *repository.Config) {
	t.Helper()
	program := os.Getenv(bouncerVariable)
	if program == "" {
		return
	}
	address, err := url.Parse(cfg.URL)
	if err != nil {
		t.Fatal(err)
	}
	server := address.Query().Get("host")
	folder, err := os.MkdirTemp("", "bouncer-") //nolint:usetesting // its path must be short, and another user gets through to it
	if err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(folder, "pgbouncer.ini")
	text := fmt.Sprintf(`[databases]
* = host=%s port=5432 user=%s
[pgbouncer]
listen_addr =
unix_socket_dir = %s
listen_port = 5432
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 200
logfile = %s
`, server, localpg.RoleApp, folder, filepath.Join(folder, "log"))
	if err := os.WriteFile(settings, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-q", settings) //nolint:gosec // the one that the tester names; it ends with the test
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if os.Geteuid() == 0 { // it refuses to run as root, and PostgreSQL knows its own user
		owner := ownerOf(t, server)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: owner}
		if err := os.Chown(folder, int(owner.Uid), int(owner.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		_ = cmd.Wait() // says how it was told to end
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	query := url.Values{"host": {folder}, "port": {"5432"}, "default_query_exec_mode": {"exec"}}
	address.RawQuery = query.Encode()
	cfg.URL = address.String()
	db, err := sql.Open("pgx", cfg.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for started := time.Now(); db.PingContext(t.Context()) != nil; {
		if time.Since(started) > 10*time.Second {
			t.Fatalf("PgBouncer does not answer: %s", &said)
		}
	}
}

// ownerOf returns the user to whom a folder belongs.
func ownerOf(t *testing.T, folder string) *syscall.Credential {
	t.Helper()
	found, err := os.Stat(folder)
	if err != nil {
		t.Fatal(err)
	}
	stat, ok := found.Sys().(*syscall.Stat_t)
	if !ok {
		t.Fatalf("%T does not say whose the folder is", found.Sys())
	}
	return &syscall.Credential{Uid: stat.Uid, Gid: stat.Gid}
}
