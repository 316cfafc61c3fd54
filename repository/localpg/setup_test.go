//go:build linux || darwin

package localpg_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const setupScript = "../../.ci/setup"

// TestSetupFindsWhatStartUses keeps the two lists of places in step.
func TestSetupFindsWhatStartUses(t *testing.T) {
	t.Parallel()
	cluster := start(t, quick(newDataDir(t)))
	out, err := exec.CommandContext(t.Context(), setupScript).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if want := "setup: PostgreSQL " + cluster.Version() + " in /"; !strings.HasPrefix(string(out), want) || strings.Count(string(out), "\n") != 1 {
		t.Errorf("the script says %q, want one line that begins %q", out, want)
	}
}

// setupMachine is a made-up machine: a PATH with nothing but a few tools and
// the fakes of a test, whose user is not root.
type setupMachine struct {
	path   string // the PATH
	search string // where PostgreSQL is looked for
	log    string // what sudo was asked for
}

func newSetupMachine(t *testing.T, fakes map[string]string) setupMachine {
	t.Helper()
	dir := filepath.Dir(newDataDir(t))
	m := setupMachine{path: filepath.Join(dir, "path"), search: filepath.Join(dir, "search"), log: filepath.Join(dir, "log")}
	if err := errors.Join(os.Mkdir(m.path, 0o755), os.Mkdir(m.search, 0o755)); err != nil {
		t.Fatal(err)
	}
	for _, tool := range []string{"sed", "cp", "sh"} {
		real, err := exec.LookPath(tool)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(real, filepath.Join(m.path, tool)); err != nil {
			t.Fatal(err)
		}
	}
	writeScript(t, filepath.Join(m.path, "id"), "echo 1000")
	for name, script := range fakes {
		writeScript(t, filepath.Join(m.path, name), script)
	}
	return m
}

func (m setupMachine) run(t *testing.T, env []string, args ...string) (string, bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), setupScript, args...)
	cmd.Env = append([]string{"PATH=" + m.path, "SETUP_SEARCH=" + m.search, "SETUP_TEST_LOG=" + m.log}, env...)
	out, err := cmd.CombinedOutput()
	if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed {
		t.Fatal(err)
	}
	return string(out), err == nil
}

func TestSetupInstallsWhatIsMissing(t *testing.T) {
	t.Parallel()
	const (
		aptGet  = "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "
		anybody = `[ "$1" = -n ] || printf '%s\n' "$*" >"$SETUP_TEST_LOG"`
	)
	programs := fakePrograms(t, "16.3")
	installs := anybody + "\n[ \"$1\" = -n ] || cp " + programs + "/* \"$SETUP_SEARCH\""
	tests := map[string]struct {
		fakes map[string]string
		env   []string
		args  []string
		ok    bool
		said  string // by the script
		asked string // of sudo
	}{
		"apt-get": {
			fakes: map[string]string{"apt-get": "", "sudo": installs},
			ok:    true, said: "setup: PostgreSQL 16.3 in ", asked: aptGet + "postgresql",
		},
		"dnf": {
			fakes: map[string]string{"dnf": "", "sudo": installs},
			ok:    true, said: "setup: PostgreSQL 16.3 in ", asked: "dnf install -y postgresql-server",
		},
		"brew needs no sudo": {
			fakes: map[string]string{"brew": `printf '%s\n' "brew $*" >"$SETUP_TEST_LOG"; cp ` + programs + `/* "$SETUP_SEARCH"`},
			ok:    true, said: "setup: PostgreSQL 16.3 in ", asked: "brew install postgresql@17",
		},
		"compiler too": {
			fakes: map[string]string{"apt-get": "", "sudo": installs + "\ncp /bin/sh \"$SETUP_SEARCH/../path/made-up-cc\""},
			env:   []string{"CC=made-up-cc"}, args: []string{"test"},
			said: "no working C compiler (made-up-cc)", asked: aptGet + "postgresql gcc libc6-dev",
		},
		"no sudo": {
			fakes: map[string]string{"apt-get": ""},
			said:  "as root, run: ",
		},
		"sudo wants a password": {
			fakes: map[string]string{"apt-get": "", "sudo": `[ "$1" != -n ] || exit 1` + "\n" + anybody},
			said:  `run: sudo sh -c "`,
		},
		"the package is too old": {
			fakes: map[string]string{"apt-get": "", "sudo": anybody + "\n[ \"$1\" = -n ] || cp " + fakePrograms(t, "13.9") + "/* \"$SETUP_SEARCH\""},
			said:  "no PostgreSQL of version 15 to 18. Found: 13.9 in ", asked: aptGet + "postgresql",
		},
		"the installation fails": {
			fakes: map[string]string{"apt-get": "", "sudo": `[ "$1" = -n ] || exit 100`},
			said:  "the installation went wrong; the command was: ",
		},
		"no package manager": {said: "no apt-get, dnf or brew"},
		"a wrong folder is named": {
			fakes: map[string]string{"apt-get": "", "sudo": installs},
			env:   []string{"SKILLSTRACKER_PG_BIN=/made-up"}, said: "SKILLSTRACKER_PG_BIN names /made-up",
		},
		"a right folder is named": {
			env: []string{"SKILLSTRACKER_PG_BIN=" + programs}, ok: true, said: "setup: PostgreSQL 16.3 in " + programs,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newSetupMachine(t, test.fakes)
			out, ok := m.run(t, test.env, test.args...)
			if ok != test.ok || !strings.Contains(out, test.said) {
				t.Errorf("success %v, said %q; want %v and %q", ok, out, test.ok, test.said)
			}
			asked, err := os.ReadFile(m.log)
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			if !strings.HasSuffix(strings.TrimSpace(string(asked)), test.asked) || test.asked == "" && len(asked) > 0 {
				t.Errorf("the system was asked for %q, want %q", asked, test.asked)
			}
		})
	}
}
