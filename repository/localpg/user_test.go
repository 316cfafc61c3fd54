//go:build linux || darwin

package localpg_test

import (
	"bytes"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"skillstracker/repository/localpg"
)

// TestAsOrdinaryUser runs the main tests again without root's rights. The
// tests that run in the ordinary way cover the case of root when root runs
// them.
func TestAsOrdinaryUser(t *testing.T) {
	t.Parallel()
	needRoot(t)
	nobody, err := user.Lookup("nobody")
	if err != nil {
		t.Fatal(err)
	}
	uid, err := strconv.ParseUint(nobody.Uid, 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	gid, err := strconv.ParseUint(nobody.Gid, 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	dir := newDataDir(t)
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(dir, int(uid), int(gid)); err != nil {
		t.Fatal(err)
	}
	// The test binary lies where only root may go.
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(filepath.Dir(dir), "copy.test")
	// A program of its own copies it: were the file open for writing here,
	// a child that another test starts could keep it open and "busy".
	if out, err := exec.CommandContext(t.Context(), "cp", self, binary).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.Chmod(binary, 0o755); err != nil {
		t.Fatal(err)
	}
	main := []string{
		"TestColdAndWarmStart", "TestSecondInstanceIsRefused", "TestKilledInstance", "TestStalePostmasterPID",
		"TestOrphanWithoutDeathSignal", "TestUnreadableCluster",
	}
	cmd := exec.CommandContext(t.Context(), binary, "-test.v", "-test.run=^("+strings.Join(main, "|")+")$")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TMPDIR="+dir, "HOME="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Run(); err != nil {
		t.Fatalf("as user nobody: %v\n%s", err, output.String())
	}
	for _, name := range main {
		if !strings.Contains(output.String(), "--- PASS: "+name+" ") {
			t.Errorf("%s did not run as user nobody", name)
		}
	}
}

func needRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can become another user; run the tests as root too")
	}
}

func TestClosedParent(t *testing.T) {
	t.Parallel()
	needRoot(t)
	parent := newDataDir(t)
	if err := os.Mkdir(parent, 0o700); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(parent, "below")
	failure := refused(t, quick(dir), localpg.ErrDirectory)
	if !strings.Contains(failure.message, "may not enter "+parent+",") {
		t.Errorf("the message does not name the closed directory %s: %s", parent, failure.message)
	}
}

// TestDirectoriesOfRoot checks which directories root hands to the server's
// user: new ones and empty ones, no others.
func TestDirectoriesOfRoot(t *testing.T) {
	t.Parallel()
	needRoot(t)
	t.Run("new, several levels", func(t *testing.T) {
		t.Parallel()
		outer := newDataDir(t)
		start(t, quick(filepath.Join(outer, "demo")))
		// The outer one is the data directory of the real service.
		start(t, quick(outer))
	})
	t.Run("empty", func(t *testing.T) {
		t.Parallel()
		dir := newDataDir(t)
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		start(t, quick(dir))
		info, err := os.Stat(dir)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o700 {
			t.Errorf("mode %v, want 0700", info.Mode().Perm())
		}
	})
	t.Run("in other use", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Dir(newDataDir(t))
		if err := os.WriteFile(filepath.Join(dir, "letter"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		before := asOwnerOf(t, dir)
		failure := refused(t, quick(dir), localpg.ErrDirectory)
		if !strings.Contains(failure.message, "chown") {
			t.Errorf("the message names no way out: %s", failure.message)
		}
		if before.Credential != nil || asOwnerOf(t, dir).Credential != nil {
			t.Error("the directory has another owner now")
		}
	})
	t.Run("cluster of another user", func(t *testing.T) {
		t.Parallel()
		dir := newDataDir(t)
		stop(t, start(t, quick(dir)))
		if err := os.Chown(filepath.Join(dir, "data"), 12345, 12345); err != nil {
			t.Fatal(err)
		}
		failure := refused(t, quick(dir), localpg.ErrDirectory)
		if !strings.Contains(failure.message, "12345") || !strings.Contains(failure.message, "chown -R") {
			t.Errorf("message: %s", failure.message)
		}
	})
}

// TestUnreadableCluster is about a cluster that an ordinary user may not
// read. Root may read everything, so for root it starts.
func TestUnreadableCluster(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	stop(t, start(t, quick(dir)))
	if err := os.Chmod(dir, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.Chmod(dir, 0o700); err != nil {
			t.Error(err)
		}
	})
	if os.Geteuid() == 0 {
		refused(t, quick(dir), localpg.ErrDirectory)
		return
	}
	refused(t, quick(dir), localpg.ErrVersion)
	if _, _, err := localpg.Running(dir); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("Running: %v", err)
	}
}
