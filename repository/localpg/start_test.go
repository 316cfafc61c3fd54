//go:build linux || darwin

package localpg_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"skillstracker/repository/localpg"
)

func TestColdAndWarmStart(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	// The real settings, not the quick ones.
	cluster := start(t, localpg.Config{DataDir: dir})
	owner := cluster.URL(localpg.RoleOwner, localpg.Database)
	execute(t, owner, "CREATE TABLE kept (note text); INSERT INTO kept VALUES ('kept')")
	if got := query(t, owner, "SHOW server_version"); !strings.HasPrefix(got, cluster.Version()) {
		t.Errorf("Version() = %q, the server says %q", cluster.Version(), got)
	}
	for name, want := range map[string]string{
		"listen_addresses": "", "jit": "off", "TimeZone": "UTC", "fsync": "on", "full_page_writes": "on",
		"synchronous_commit": "on", "log_error_verbosity": "terse", "data_checksums": "on",
		"unix_socket_permissions": "0700", "server_encoding": "UTF8",
	} {
		if got := query(t, owner, "SHOW "+name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	stop(t, cluster)
	if err := cluster.Stop(t.Context()); err != nil {
		t.Errorf("second Stop: %v", err)
	}
	select {
	case <-cluster.Done():
		t.Error("Done is closed by an ordinary Stop")
	default:
	}

	again := start(t, localpg.Config{DataDir: dir, MustExist: true})
	if got := query(t, again.URL(localpg.RoleOwner, localpg.Database), "SELECT note FROM kept"); got != "kept" {
		t.Errorf("the row reads %q", got)
	}
	if err := again.Err(); err != nil {
		t.Errorf("Err() = %v while running", err)
	}
}

func execute(t *testing.T, url, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatalf("connect: %v", err)
	}
	_, err = conn.Exec(t.Context(), sql)
	if err := errors.Join(err, conn.Close(t.Context())); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func TestRolesAndDatabase(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	const rights = `SELECT string_agg(concat_ws(' ', rolname, rolcanlogin, rolsuper, rolbypassrls, rolinherit), ', ' ORDER BY rolname)
		FROM pg_roles WHERE rolname LIKE 'skills%'`
	const want = "skills_admin t t t t, skills_app t f f f, skills_backup t f t t, skills_owner t f f t"
	cluster := start(t, quick(dir))
	admin := cluster.URL(localpg.RoleAdmin, "postgres")
	if got := query(t, admin, rights); got != want {
		t.Errorf("roles are %q, want %q", got, want)
	}
	if got := query(t, admin, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'skillstracker'"); got != localpg.RoleOwner {
		t.Errorf("the database belongs to %q", got)
	}
	if got := query(t, cluster.URL(localpg.RoleApp, localpg.Database), "SELECT has_schema_privilege('public', 'CREATE')::text"); got != "false" {
		t.Error("the application's role may make tables")
	}

	// A first start that was cut off leaves some of it, or other rights.
	execute(t, admin, "DROP DATABASE skillstracker")
	execute(t, admin, "DROP ROLE skills_owner")
	execute(t, admin, "ALTER ROLE skills_app SUPERUSER")
	execute(t, admin, "ALTER ROLE skills_backup CREATEDB NOBYPASSRLS")
	execute(t, admin, "REVOKE pg_read_all_data FROM skills_backup")
	stop(t, cluster)
	cluster = start(t, quick(dir))
	if got := query(t, cluster.URL(localpg.RoleAdmin, "postgres"), rights); got != want {
		t.Errorf("after repair the roles are %q, want %q", got, want)
	}
	if got := query(t, cluster.URL(localpg.RoleAdmin, "postgres"), `SELECT string_agg(m.roleid::regrole::text, ',') FROM pg_auth_members m
		WHERE m.member = 'skills_backup'::regrole`); got != "pg_read_all_data" {
		t.Errorf("the role of backups is a member of %s", got)
	}
	if got := query(t, cluster.URL(localpg.RoleOwner, localpg.Database), "SELECT current_database()::text"); got != localpg.Database {
		t.Errorf("connected to %q", got)
	}
}

func TestOnlyItsRolesOverTheSocketOnly(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	cluster := start(t, quick(dir))
	execute(t, cluster.URL(localpg.RoleAdmin, localpg.Database), "CREATE ROLE stranger LOGIN")
	if conn, err := pgx.Connect(t.Context(), cluster.URL("stranger", localpg.Database)); err == nil {
		t.Error("another role may connect")
		if err := conn.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{"data", "socket"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o700 {
			t.Errorf("%s has mode %v, want 0700", name, info.Mode().Perm())
		}
	}
}

func TestSecondInstanceIsRefused(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	other := startHolder(t, dir)
	other.awaitReady(t)
	failure := refused(t, quick(dir), localpg.ErrInUse)
	if !strings.Contains(failure.message, dir) || failure.exitCode != 1 {
		t.Errorf("message %q, exit code %d", failure.message, failure.exitCode)
	}

	attached, running, err := localpg.Running(dir)
	if err != nil || !running {
		t.Fatalf("Running = %v, %v", running, err)
	}
	if attached.PID() != other.cmd.Process.Pid {
		t.Errorf("PID() = %d, want %d", attached.PID(), other.cmd.Process.Pid)
	}
	if got := query(t, attached.URL(localpg.RoleApp, localpg.Database), "SELECT current_user::text"); got != localpg.RoleApp {
		t.Errorf("attached as %q", got)
	}
	if err := other.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if err := other.cmd.Wait(); err != nil {
		t.Fatalf("the other instance: %v", err)
	}
	if _, running, err = localpg.Running(dir); running || err != nil {
		t.Errorf("after its end Running = %v, %v", running, err)
	}
}

func TestInstancesThatStartAtOnce(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	const instances = 4
	clusters := make([]*localpg.Cluster, instances)
	errs := make([]error, instances)
	var wait sync.WaitGroup
	for i := range instances {
		wait.Go(func() { clusters[i], errs[i] = localpg.Start(t.Context(), quick(dir)) })
	}
	wait.Wait()
	started := 0
	for i, cluster := range clusters {
		if errs[i] == nil {
			started++
			stop(t, cluster)
		} else if !errors.Is(errs[i], localpg.ErrInUse) {
			t.Errorf("instance %d: %v", i, errs[i])
		}
	}
	if started != 1 {
		t.Errorf("%d instances started, want 1", started)
	}
}

func TestRunningWithoutAnInstance(t *testing.T) {
	t.Parallel()
	if _, running, err := localpg.Running(newDataDir(t)); running || err != nil {
		t.Errorf("Running = %v, %v", running, err)
	}
}

func TestMustExist(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	failure := refused(t, localpg.Config{DataDir: dir, MustExist: true}, localpg.ErrNoCluster)
	if !strings.Contains(failure.message, dir) {
		t.Errorf("the message does not name the directory: %q", failure.message)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the directory was made: %v", err)
	}
}

func TestCancelledStart(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	failed := make(chan error, 1)
	go func() {
		_, err := localpg.Start(ctx, quick(dir))
		failed <- err
	}()
	eventually(t, "initdb is at work", func() bool {
		found, err := filepath.Glob(filepath.Join(dir, "data.init-*"))
		return err == nil && len(found) > 0
	})
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	if found, err := filepath.Glob(filepath.Join(dir, "data*")); err != nil || len(found) > 0 {
		t.Errorf("left behind: %v, %v", found, err)
	}
	start(t, quick(dir))
}
