package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes the program itself a command of the test scripts, and of every
// test that runs it as a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"skillstracker": main})
}

// TestScripts runs the scripts of testdata/script. $DATA is a data directory that
// does not exist yet and that PostgreSQL's user may enter.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exec-status": execStatus},
		Setup: func(env *testscript.Env) error {
			env.Setenv("DATA", newDataDir(t))
			env.Vars = withoutSettings(env.Vars)
			return nil
		},
	})
}

// execStatus is the script command "exec-status N program arguments...": the
// program must end with just that status. What it wrote can be looked at as usual.
func execStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exec-status N program [arguments]")
	}
	status := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		ended, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("run %s: %v", args[1], err)
		}
		status = ended.ExitCode()
	}
	if strconv.Itoa(status) != args[0] {
		ts.Fatalf("exit status %d, want %s", status, args[0])
	}
}

// withoutSettings leaves out settings of whoever runs the tests, but the one that
// says where PostgreSQL's programs are. A program with the race detector is not to wait a
// whole second before it ends, as it does by default: these tests run hundreds.
func withoutSettings(environ []string) []string {
	kept := make([]string, 0, len(environ))
	for _, pair := range environ {
		if !strings.HasPrefix(pair, variablePrefix) {
			kept = append(kept, pair)
		}
	}
	if bin := os.Getenv("SKILLSTRACKER_PG_BIN"); bin != "" {
		kept = append(kept, "SKILLSTRACKER_PG_BIN="+bin)
	}
	return append(kept, "GORACE="+strings.TrimSpace(os.Getenv("GORACE")+" atexit_sleep_ms=10"))
}

// newDataDir names a data directory that does not exist yet, below a directory
// that every user may enter.
func newDataDir(tb testing.TB) string {
	tb.Helper()
	dir := tb.TempDir()
	for _, open := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(open, 0o755); err != nil {
			tb.Fatal(err)
		}
	}
	return filepath.Join(dir, "synthetic")
}
