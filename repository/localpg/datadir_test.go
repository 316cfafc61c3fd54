//go:build linux || darwin

package localpg_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skillstracker/repository/localpg"
)

func TestDefaultDataDir(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		env  map[string]string
		uid  int
		want string
	}{
		"root":                 {env: map[string]string{"HOME": "/h", "XDG_DATA_HOME": "/x"}, uid: 0, want: "/var/lib/skillstracker"},
		"data home":            {env: map[string]string{"HOME": "/h", "XDG_DATA_HOME": "/x"}, uid: 7, want: "/x/skillstracker"},
		"home":                 {env: map[string]string{"HOME": "/h"}, uid: 7, want: "/h/.local/share/skillstracker"},
		"relative data home":   {env: map[string]string{"HOME": "/h", "XDG_DATA_HOME": "x"}, uid: 7, want: "/h/.local/share/skillstracker"},
		"nothing to go by":     {uid: 7, want: ""},
		"relative home counts": {env: map[string]string{"HOME": "h"}, uid: 7, want: ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := localpg.DefaultDataDir(func(name string) string { return test.env[name] }, test.uid)
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// snapshot maps each path below dir to its mode and a hash of its content.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		all[path] = info.Mode().String()
		if info.Mode().IsRegular() {
			content, err := os.ReadFile(path) //nolint:gosec // the test made every path
			if err != nil {
				return err
			}
			all[path] += fmt.Sprintf(" %x", sha256.Sum256(content))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestUnusableClusterIsLeftAlone(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	cluster := start(t, quick(dir))
	stop(t, cluster)
	version := filepath.Join(dir, "data", "PG_VERSION")
	good, err := os.ReadFile(version)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		content string
		message []string
	}{
		{name: "empty", content: "", message: []string{version, "nothing was changed"}},
		{name: "not a number", content: "x" + string(good), message: []string{version, "nothing was changed"}},
		{name: "two lines", content: string(good) + "\n", message: []string{version, "nothing was changed"}},
		{
			name: "another major", content: "99\n",
			message: []string{"PostgreSQL 99", cluster.Version(), "Nothing was changed", "SKILLSTRACKER_PG_BIN", "backup", "restore"},
		},
		{name: "missing", message: []string{filepath.Dir(version), "nothing was changed"}},
		{name: "a directory", message: []string{version, "nothing was changed"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if err := os.RemoveAll(version); err != nil {
				t.Fatal(err)
			}
			switch test.name {
			case "missing":
			case "a directory":
				err = os.Mkdir(version, 0o700)
			default:
				err = os.WriteFile(version, []byte(test.content), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			before := snapshot(t, dir)
			failure := refused(t, quick(dir), localpg.ErrVersion)
			for _, part := range test.message {
				if !strings.Contains(failure.message, part) {
					t.Errorf("the message lacks %q: %s", part, failure.message)
				}
			}
			if failure.exitCode != 1 {
				t.Errorf("exit code %d, want 1", failure.exitCode)
			}
			if !maps.Equal(before, snapshot(t, dir)) {
				t.Error("the data directory was changed")
			}
		})
	}
	if err := errors.Join(os.RemoveAll(version), os.WriteFile(version, good, 0o644)); err != nil {
		t.Fatal(err)
	}
	start(t, quick(dir))
}

func TestLeftoverOfInitdb(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	stop(t, start(t, quick(dir)))
	leftover := filepath.Join(dir, "data.init-1", "base")
	if err := os.MkdirAll(leftover, 0o700); err != nil {
		t.Fatal(err)
	}
	start(t, quick(dir))
	if _, err := os.Stat(filepath.Dir(leftover)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the leftover is still there: %v", err)
	}
}

func TestAwkwardPaths(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		name   string
		inside bool
	}{
		"space and quotes": {name: `a "b" 'c' %20+&=?#`, inside: true},
		"long":             {name: strings.Repeat("long", 40), inside: false},
		"comma":            {name: "a,b", inside: false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(filepath.Dir(newDataDir(t)), test.name)
			cluster := start(t, quick(dir))
			if got := query(t, cluster.URL(localpg.RoleApp, localpg.Database), "SELECT current_user::text"); got != localpg.RoleApp {
				t.Errorf("connected as %q", got)
			}
			socket := cluster.SocketDir()
			if inside := socket == filepath.Join(dir, "socket"); inside != test.inside {
				t.Errorf("the socket is in %s", socket)
			}
			info, err := os.Stat(socket)
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode().Perm() != 0o700 {
				t.Errorf("the socket directory has mode %v", info.Mode().Perm())
			}
			stop(t, cluster)
			if _, err := os.Stat(socket); !test.inside && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the temporary socket directory is left: %v", err)
			}
		})
	}
}

// TestShortSocketDirOfKilledInstance checks that the temporary directory of
// an instance that could not remove it is removed by the next one.
func TestShortSocketDirOfKilledInstance(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(filepath.Dir(newDataDir(t)), strings.Repeat("long", 40))
	other := startHolder(t, dir)
	other.awaitReady(t)
	attached, _, err := localpg.Running(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := query(t, attached.URL(localpg.RoleApp, localpg.Database), "SELECT current_user::text"); got != localpg.RoleApp {
		t.Errorf("attached as %q", got)
	}
	other.kill(t)
	start(t, quick(dir))
	if _, err := os.Stat(attached.SocketDir()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the former socket directory is left: %v", err)
	}
}

func TestDataDirThatCannotBe(t *testing.T) {
	t.Parallel()
	file := newDataDir(t)
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, quick("relative"), localpg.ErrDirectory)
	refused(t, quick(file), localpg.ErrVersion)
	refused(t, quick(filepath.Join(file, "below")), localpg.ErrVersion)
}
