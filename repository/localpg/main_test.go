//go:build linux || darwin

package localpg_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"skillstracker/repository/localpg"
)

// holdVariable makes the test binary hold the cluster of the directory it
// names, instead of running tests.
const holdVariable = "LOCALPG_TEST_HOLD"

// patience bounds every wait of these tests; none of them needs it in full.
const patience = 2 * time.Minute

func TestMain(m *testing.M) {
	if dir := os.Getenv(holdVariable); dir != "" {
		if err := hold(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// hold runs a cluster, says so, and stops it when its input ends.
func hold(dir string) error {
	ctx := context.Background()
	cluster, err := localpg.Start(ctx, localpg.Config{DataDir: dir})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	_, err = io.Copy(io.Discard, os.Stdin)
	return errors.Join(err, cluster.Stop(ctx))
}

// holder is another instance of the program.
type holder struct {
	cmd   *exec.Cmd
	stdin io.Closer
	lines *bufio.Reader
}

// startHolder starts an instance on dir without waiting until it is ready.
func startHolder(t *testing.T, dir string) *holder {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), self)
	cmd.Env = append(os.Environ(), holdVariable+"="+dir)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &holder{cmd: cmd, stdin: stdin, lines: bufio.NewReader(stdout)}
}

func (h *holder) awaitReady(t *testing.T) {
	t.Helper()
	line, err := h.lines.ReadString('\n')
	if err != nil || line != "ready\n" {
		t.Fatalf("the other instance said %q, %v", line, err)
	}
}

// kill ends the instance the way kill -9 does.
func (h *holder) kill(t *testing.T) {
	t.Helper()
	if err := h.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := h.cmd.Wait(); err == nil {
		t.Fatal("the killed instance ended with status 0")
	}
}

// newDataDir names a data directory that does not exist yet, below a
// directory that every user may enter.
func newDataDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, open := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(open, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "synthetic")
}

// quick makes a cluster that costs little; it need not survive anything.
func quick(dir string) localpg.Config {
	return localpg.Config{DataDir: dir, ExtraSettings: map[string]string{
		"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
		"shared_buffers": "16MB", "max_connections": "20",
	}}
}

func start(t *testing.T, cfg localpg.Config) *localpg.Cluster {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cluster, err := localpg.Start(ctx, cfg)
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	t.Cleanup(func() { stop(t, cluster) })
	return cluster
}

func stop(t *testing.T, cluster *localpg.Cluster) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience)
	defer cancel()
	if err := cluster.Stop(ctx); err != nil {
		t.Errorf("stop: %v", err)
	}
}

// refusal is what the user gets to see of a failed start.
type refusal struct {
	message  string
	exitCode int
}

// refused starts a cluster that must not start, and checks the error's kind.
func refused(t *testing.T, cfg localpg.Config, kind error) refusal {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cluster, err := localpg.Start(ctx, cfg)
	if err == nil {
		stop(t, cluster)
		t.Fatalf("the cluster started; want error %q", kind)
	}
	failure, ok := errors.AsType[*localpg.Error](err)
	if !ok || !errors.Is(err, kind) {
		t.Fatalf("error %q is not of kind %q", err, kind)
	}
	return refusal{message: err.Error(), exitCode: failure.ExitCode()}
}

// query returns the one text value that sql gives role.
func query(t *testing.T, url, sql string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatalf("connect: %v", err)
	}
	defer func() {
		if err := conn.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("close: %v", err)
		}
	}()
	var value string
	if err := conn.QueryRow(t.Context(), sql).Scan(&value); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return value
}

// postmaster returns the server's process id.
func postmaster(t *testing.T, dataDir string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dataDir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// living tells whether a process exists and is not merely unwaited for.
func living(t *testing.T, pid int) bool {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
	if _, none := errors.AsType[*exec.ExitError](err); none {
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	return !strings.HasPrefix(strings.TrimSpace(string(out)), "Z")
}

// eventually waits until ok holds.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-ctx.Done():
			t.Fatalf("never happened: %s", what)
		case <-tick.C:
		}
	}
}
