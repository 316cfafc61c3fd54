//go:build linux || darwin

package localpg_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"skillstracker/repository/localpg"
)

// fakePrograms makes a directory with an initdb that fails and a postgres
// that only says that it is of version.
func fakePrograms(t *testing.T, version string) string {
	t.Helper()
	dir := newDataDir(t)
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	writeScript(t, filepath.Join(dir, "postgres"), "echo 'postgres (PostgreSQL) "+version+"'")
	writeScript(t, filepath.Join(dir, "initdb"), "echo made-up initdb "+version+"\nexit 1")
	return dir
}

func writeScript(t *testing.T, path, script string) {
	t.Helper()
	// No child may be started meanwhile that would keep the program open for
	// writing, and so "busy".
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestProgramsMissing(t *testing.T) {
	t.Parallel()
	empty := filepath.Dir(newDataDir(t))
	tests := map[string]struct {
		binDir string
		want   string
	}{
		"no programs": {binDir: empty, want: "Looked in: " + empty},
		"too old":     {binDir: fakePrograms(t, "14.20 (Debian 14.20-1)"), want: "14.20: too old"},
		"too new":     {binDir: fakePrograms(t, "19beta1"), want: "19beta1: too new"},
		"not it":      {binDir: fakePrograms(t, "?"), want: "no PostgreSQL version"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := newDataDir(t)
			failure := refused(t, localpg.Config{DataDir: dir, BinDir: test.binDir}, localpg.ErrNotFound)
			if failure.exitCode != 69 {
				t.Errorf("exit code %d, want 69", failure.exitCode)
			}
			for _, part := range []string{
				test.want, "version 15 to 18", "sudo apt-get install -y", "sudo dnf install -y", "brew install",
				"a private copy runs in " + dir, "SKILLSTRACKER_DATABASE_URL=", "SKILLSTRACKER_PG_BIN=",
			} {
				if !strings.Contains(failure.message, part) {
					t.Errorf("the message lacks %q:\n%s", part, failure.message)
				}
			}
			if _, err := os.Stat(dir); !os.IsNotExist(err) {
				t.Errorf("the data directory was made: %v", err)
			}
		})
	}
}

// TestChoiceOfVersion puts made-up programs of the newest version first on
// the PATH: a new cluster is made with them, an existing one is not given
// to them.
func TestChoiceOfVersion(t *testing.T) {
	newest := fakePrograms(t, "18.99")
	dir := newDataDir(t)
	cluster := start(t, quick(dir))
	if strings.HasPrefix(cluster.Version(), "18") {
		// A real 18 is found before the usual places are searched again.
		newest = fakePrograms(t, "17.99")
	}
	stop(t, cluster)
	t.Setenv("PATH", newest+string(os.PathListSeparator)+os.Getenv("PATH"))

	again := start(t, quick(dir))
	if again.Version() != cluster.Version() {
		t.Errorf("the cluster of version %s is run by %s", cluster.Version(), again.Version())
	}
	cfg := quick(newDataDir(t))
	cfg.BinDir = newest
	failure := refused(t, cfg, localpg.ErrServer)
	if !strings.Contains(failure.message, "made-up initdb") {
		t.Errorf("the named programs were not used: %s", failure.message)
	}
	if !strings.HasPrefix(cluster.Version(), "18") {
		cfg.BinDir = ""
		if failure = refused(t, cfg, localpg.ErrServer); !strings.Contains(failure.message, "made-up initdb 18.99") {
			t.Errorf("the newest programs were not used: %s", failure.message)
		}
	}
	cfg = quick(dir)
	cfg.BinDir = newest
	stop(t, again)
	refused(t, cfg, localpg.ErrVersion)
}
