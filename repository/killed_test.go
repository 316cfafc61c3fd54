package repository_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/migrations"
	"skillstracker/repository"
	"skillstracker/repository/localpg"
)

// ownCluster runs a server for one test alone, which may kill its processes. Unlike
// the server of the other tests it keeps what it acknowledged.
func ownCluster(t *testing.T) *localpg.Cluster {
	t.Helper()
	dir := t.TempDir()
	// The server runs as another user when root runs the tests.
	for _, open := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(open, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	cluster, err := localpg.Start(t.Context(), localpg.Config{
		DataDir: filepath.Join(dir, "synthetic"), BinDir: os.Getenv("SKILLSTRACKER_PG_BIN"),
		ExtraSettings: map[string]string{"shared_buffers": "16MB", "max_connections": "20"},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	owner, err := repository.OpenOwner(t.Context(), cluster.URL(localpg.RoleOwner, localpg.Database))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := migrations.Up(t.Context(), owner.DB()); err != nil {
		t.Fatal(err)
	}
	if err := owner.Close(); err != nil {
		t.Fatal(err)
	}
	return cluster
}

// awaitRestart waits until a connection of before the crash is gone and the server
// answers again.
func awaitRestart(t *testing.T, db *sql.DB, old *sql.Conn) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	for old.PingContext(ctx) == nil || db.PingContext(ctx) != nil {
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			t.Fatal("the server does not come back")
		}
	}
}

// The server process of an upload is killed while the upload waits at a table, and
// the whole server recovers: what was acknowledged is there, what was under way is
// not, and the same store goes on.
func TestAServerProcessKilledInAnUpload(t *testing.T) {
	t.Parallel()
	cluster := ownCluster(t)
	store, err := repository.Open(t.Context(), repository.Config{
		URL: cluster.URL(localpg.RoleApp, localpg.Database), MaxConnections: 4, Clock: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	db, err := sql.Open("pgx", cluster.URL(localpg.RoleAdmin, localpg.Database))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	importAll(t, store, edition(date(2025, 1, 1), entry("RXA", "Trust A (synthetic)")))
	r := register{Store: store}
	for i, table := range []string{"vacancy_cell", "audit_event", "change_clock"} {
		r.store(t, monthOf("RXA", 2*i+1))
		old, err := db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		err = r.cutShort(t, db, table, monthOf("RXA", 2*i+2), func(_ context.CancelFunc, pid string) { kill(t, pid) })
		failure, ok := errors.AsType[*domain.Error](err)
		if !ok || failure.Kind != domain.KindUnavailable || failure.RetryAfter == 0 {
			t.Errorf("killed while %s was written: %v", table, err)
		}
		awaitRestart(t, db, old)
		_ = old.Close()
		months := column(t, db, `SELECT month FROM vacancy_cell WHERE ended_by IS NULL ORDER BY month`)
		if len(months) != 2*i+1 {
			t.Errorf("killed while %s was written: %v are held", table, months)
		}
		wantWholeUploads(t, db)
		r.store(t, monthOf("RXA", 2*i+2))
		wantWholeUploads(t, db)
	}
}

func kill(t *testing.T, pid string) {
	t.Helper()
	number, err := strconv.Atoi(pid)
	if err != nil {
		t.Fatal(err)
	}
	process, err := os.FindProcess(number)
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Kill(); err != nil {
		t.Fatal(err)
	}
}
