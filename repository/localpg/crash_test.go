//go:build linux || darwin

package localpg_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"skillstracker/repository/localpg"
)

func TestKilledInstance(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		killServerToo bool
	}{
		"program":            {killServerToo: false},
		"program and server": {killServerToo: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := newDataDir(t)
			other := startHolder(t, dir)
			other.awaitReady(t)
			attached, _, err := localpg.Running(dir)
			if err != nil {
				t.Fatal(err)
			}
			execute(t, attached.URL(localpg.RoleOwner, localpg.Database), "CREATE TABLE kept AS SELECT 'kept' AS note")
			old := postmaster(t, dir)
			other.kill(t)
			if test.killServerToo {
				if err := syscall.Kill(old, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
					t.Fatal(err)
				}
			}
			cluster := start(t, localpg.Config{DataDir: dir, MustExist: true})
			if got := query(t, cluster.URL(localpg.RoleOwner, localpg.Database), "SELECT note FROM kept"); got != "kept" {
				t.Errorf("the committed row reads %q", got)
			}
			if postmaster(t, dir) == old {
				t.Error("the server of the killed instance is still used")
			}
			if living(t, old) {
				t.Errorf("the server of the killed instance, process %d, still runs", old)
			}
		})
	}
}

func TestServerEndsWithTheKilledProgram(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	other := startHolder(t, dir)
	other.awaitReady(t)
	old := postmaster(t, dir)
	other.kill(t)
	if _, err := os.Stat("/proc/self"); errors.Is(err, fs.ErrNotExist) {
		// Without a death signal the next start ends it.
		start(t, quick(dir))
	}
	eventually(t, "the orphaned server ends", func() bool { return !living(t, old) })
}

// TestOrphanWithoutDeathSignal runs a server that no death signal reaches,
// as an orphan is on macOS.
func TestOrphanWithoutDeathSignal(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	cluster := start(t, quick(dir))
	server := programOf(t, postmaster(t, dir))
	stop(t, cluster)

	// The server works in its cluster; a path from there is always short.
	orphan := exec.CommandContext(t.Context(), server, "-D", filepath.Join(dir, "data"),
		"-c", "listen_addresses=", "-c", "unix_socket_directories=..")
	orphan.Stderr = os.Stderr
	orphan.Env = append(os.Environ(), "LC_ALL=C")
	orphan.SysProcAttr = asOwnerOf(t, filepath.Join(dir, "data"))
	if err := orphan.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- orphan.Wait() }()
	pidFile := filepath.Join(dir, "data", "postmaster.pid")
	eventually(t, "the orphan runs", func() bool {
		select {
		case err := <-ended:
			t.Fatalf("the orphan ended early: %v", err)
		default:
		}
		text, err := os.ReadFile(pidFile)
		return err == nil && strings.Contains(string(text), "ready")
	})
	start(t, quick(dir))
	if err := <-ended; err != nil {
		t.Errorf("the orphan did not end in order: %v", err)
	}
}

// TestStalePostmasterPID leaves the file of a killed server behind, with the
// number of a process that PostgreSQL itself would take for a running server.
func TestStalePostmasterPID(t *testing.T) {
	t.Parallel()
	tests := map[string]func(t *testing.T, owner *syscall.SysProcAttr) int{
		"reused by another program": func(t *testing.T, owner *syscall.SysProcAttr) int {
			t.Helper()
			other := exec.CommandContext(t.Context(), "cat")
			other.SysProcAttr = owner
			if _, err := other.StdinPipe(); err != nil {
				t.Fatal(err)
			}
			if err := other.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				// The end of t.Context has killed it.
				if err := other.Wait(); err == nil {
					t.Error("the other program ended by itself")
				}
			})
			return other.Process.Pid
		},
		"not waited for": func(t *testing.T, owner *syscall.SysProcAttr) int {
			t.Helper()
			dead := exec.CommandContext(context.WithoutCancel(t.Context()), "true")
			dead.SysProcAttr = owner
			if err := dead.Start(); err != nil {
				t.Fatal(err)
			}
			eventually(t, "the program ends", func() bool { return !living(t, dead.Process.Pid) })
			t.Cleanup(func() {
				if err := dead.Wait(); err != nil {
					t.Error(err)
				}
			})
			return dead.Process.Pid
		},
	}
	for name, occupy := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := newDataDir(t)
			pidFile := filepath.Join(dir, "data", "postmaster.pid")
			cluster := start(t, quick(dir))
			text, err := os.ReadFile(pidFile)
			if err != nil {
				t.Fatal(err)
			}
			stop(t, cluster)
			owner := asOwnerOf(t, filepath.Join(dir, "data"))
			_, rest, _ := strings.Cut(string(text), "\n")
			stale := strconv.Itoa(occupy(t, owner)) + "\n" + rest
			if err := os.WriteFile(pidFile, []byte(stale), 0o600); err != nil {
				t.Fatal(err)
			}
			if owner.Credential != nil {
				if err := os.Chown(pidFile, int(owner.Credential.Uid), int(owner.Credential.Gid)); err != nil {
					t.Fatal(err)
				}
			}
			start(t, quick(dir))
		})
	}
}

func TestServerIsStartedAgain(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	cluster := start(t, quick(dir))
	url := cluster.URL(localpg.RoleApp, localpg.Database)
	old := postmaster(t, dir)
	if err := syscall.Kill(old, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the server answers again", func() bool {
		conn, err := pgx.Connect(t.Context(), url)
		return err == nil && conn.Close(t.Context()) == nil && !living(t, old)
	})
	if postmaster(t, dir) == old || cluster.Err() != nil {
		t.Errorf("postmaster %d, Err() = %v", postmaster(t, dir), cluster.Err())
	}
}

func TestSupervisionGivesUp(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	cluster := start(t, quick(dir))
	if err := os.Remove(filepath.Join(dir, "data", "global", "pg_control")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(postmaster(t, dir), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-cluster.Done()
	if err := cluster.Err(); !errors.Is(err, localpg.ErrServer) {
		t.Errorf("Err() = %v", err)
	}
	stop(t, cluster)
	if _, running, err := localpg.Running(dir); running || err != nil {
		t.Errorf("after Stop, Running = %v, %v", running, err)
	}
}

func TestKilledDuringInitdb(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	other := startHolder(t, dir)
	eventually(t, "initdb is at work", func() bool {
		found, err := filepath.Glob(filepath.Join(dir, "data.init-*", "base"))
		return err == nil && len(found) == 1
	})
	other.kill(t)
	start(t, quick(dir))
	if found, err := filepath.Glob(filepath.Join(dir, "data.init-*")); err != nil || len(found) > 0 {
		t.Errorf("left behind: %v, %v", found, err)
	}
}

// programOf returns the path of the program that runs as pid.
func programOf(t *testing.T, pid int) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(out))[0]
}

// asOwnerOf makes a child run as the owner of path.
func asOwnerOf(t *testing.T, path string) *syscall.SysProcAttr {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		t.Fatal("the owner of a file cannot be seen")
	}
	if int(stat.Uid) == os.Geteuid() {
		return &syscall.SysProcAttr{}
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: stat.Uid, Gid: stat.Gid}}
}
