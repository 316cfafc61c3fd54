package localpg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"
)

// Tools are PostgreSQL's programs that copy a database out and in.
type Tools struct{ programs programs }

// toolPrograms are those that copy a database.
func toolPrograms() []string { return []string{"pg_dump", "pg_restore"} }

// FindTools finds pg_dump and pg_restore for a server of a major version: of the same
// version or, when there are none, of the next newer one. binDir names their folder;
// empty means the usual places. The error is an *Error of kind ErrNotFound.
func FindTools(ctx context.Context, binDir string, serverMajor int) (Tools, error) {
	self := account{uid: os.Geteuid(), gid: os.Getegid(), name: "this user"}
	var best programs
	var found []string
	for _, dir := range searchDirs(binDir, self.uid == 0, toolPrograms()) {
		p, err := readVersion(ctx, dir, toolPrograms()[0], self)
		if ctx.Err() != nil {
			return Tools{}, fmt.Errorf("find PostgreSQL programs: %w", ctx.Err())
		}
		if err != nil {
			found = append(found, fmt.Sprintf("%s (%v)", dir, err))
			continue
		}
		found = append(found, fmt.Sprintf("%s (%s)", dir, p.version))
		if p.major >= serverMajor && p.major <= newestMajor && (best.dir == "" || p.major < best.major) {
			best = p
		}
	}
	if best.dir == "" {
		return Tools{}, toolsMissing(serverMajor, found)
	}
	return Tools{programs: best}, nil
}

func toolsMissing(serverMajor int, found []string) error {
	looked := "None were found."
	if len(found) > 0 {
		looked = "Found but not usable: " + strings.Join(found, "; ") + "."
	}
	return newError(ErrNotFound, nil, `PostgreSQL's programs pg_dump and pg_restore (version %d to %d) are needed to copy this database. %s
Do one of these, then run the same command again:
  install them      Debian/Ubuntu: sudo apt-get install -y postgresql-client
                    Fedora/RHEL:   sudo dnf install -y postgresql
                    macOS:         brew install libpq
  name the folder   SKILLSTRACKER_PG_BIN=/path/with/pg_dump`, serverMajor, newestMajor, looked)
}

// Dump writes the database at an address to a writer, in the custom format of pg_dump:
// as the exported snapshot shows it, without the rows of the tables named.
func (t Tools) Dump(ctx context.Context, address, snapshot string, withoutRowsOf []string, to io.Writer) error {
	// The least compression costs a fifth more room than the usual and a third of
	// its time.
	args := []string{"--format=custom", "--compress=1", "--no-password", "--lock-wait-timeout=60s", "--snapshot=" + snapshot}
	for _, table := range withoutRowsOf {
		args = append(args, "--exclude-table-data="+table)
	}
	return t.run(ctx, "pg_dump", address, nil, to, args...)
}

// Restore reads what Dump wrote into the database at an address, whose role owns
// everything then. It restores all or nothing.
func (t Tools) Restore(ctx context.Context, address string, from io.Reader) error {
	return t.run(ctx, "pg_restore", address, from, io.Discard, "--no-owner", "--no-password", "--single-transaction")
}

// run runs one of the programs on a database to its end.
func (t Tools) run(ctx context.Context, program, address string, from io.Reader, to io.Writer, args ...string) error {
	address, password, err := splitPassword(address)
	if err != nil {
		return err
	}
	var complaints bytes.Buffer
	self := account{uid: os.Geteuid(), gid: os.Getegid()}
	cmd := command(ctx, self, "/", t.programs.path(program), append(args, "--dbname="+address)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = from, to, &complaints
	cmd.Env = append(cmd.Env, connectionVariables()...)
	if password != "" {
		cmd.Env = append(cmd.Env, "PGPASSWORD="+password)
	}
	tieToParent(cmd.SysProcAttr, signalTerminate)
	cmd.Cancel = func() error { return killGroup(cmd.Process.Pid) }
	cmd.WaitDelay = 5 * time.Second
	// The tie to the parent is one to this thread.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err = cmd.Run()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("run %s: %w", program, ctx.Err())
	}
	if _, ended := errors.AsType[*exec.ExitError](err); ended {
		return newError(ErrServer, err, "%s failed: %s", program, complaintsOf(program, complaints.String()))
	}
	return fmt.Errorf("run %s: %w", program, err)
}

// complaintsOf returns what a program says went wrong, without the lines in which the
// server quotes rows or statements.
func complaintsOf(program, output string) string {
	var kept []string
	for line := range strings.Lines(output) {
		if strings.HasPrefix(line, program+": error:") || strings.HasPrefix(line, program+": fatal:") {
			kept = append(kept, strings.TrimSpace(strings.TrimPrefix(line, program+":")))
		}
	}
	if len(kept) == 0 {
		return "it does not say why"
	}
	return strings.Join(kept[:min(len(kept), 4)], "; ")
}

// connectionVariables are those of this program's environment by which the driver
// completes an address: the programs must reach the same database in the same way, over
// TLS above all, where libpq without them would fall back to a plain connection. HOME is
// where both look for certificates and passwords that nothing names.
func connectionVariables() []string {
	var env []string
	for _, name := range []string{
		"PGSSLMODE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGSSLCERTMODE", "PGSSLSNI", "PGSSLNEGOTIATION",
		"PGCHANNELBINDING", "PGREQUIREAUTH", "PGMINPROTOCOLVERSION", "PGMAXPROTOCOLVERSION", "PGTARGETSESSIONATTRS", "PGCONNECT_TIMEOUT",
		"PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PGPASSFILE", "PGSERVICE", "PGSERVICEFILE", "HOME",
	} {
		if value, set := os.LookupEnv(name); set {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// splitPassword takes the password out of an address, because everybody on a machine
// can read its command lines, and what libpq does not know. It refuses the password of
// a key, which the programs take from there only.
func splitPassword(address string) (plain, password string, err error) {
	u, err := url.Parse(address)
	if err != nil || !slices.Contains([]string{"postgres", "postgresql"}, u.Scheme) {
		// The parser's own error would quote the password.
		return "", "", newError(ErrSettings, nil, "the address of the database must be written like postgres://user:password@host:5432/database for this")
	}
	if u.User != nil {
		password, _ = u.User.Password()
		u.User = url.User(u.User.Username())
	}
	parameters := u.Query()
	if parameters.Has("sslpassword") {
		return "", "", newError(ErrSettings, nil, "the address of the database holds sslpassword, which PostgreSQL's programs would show to everybody on this machine: use a key without a password (sslkey), in a file that its owner alone may read")
	}
	if given := parameters.Get("password"); given != "" {
		password = given
	}
	for _, name := range []string{"password", "default_query_exec_mode", "statement_cache_capacity", "description_cache_capacity"} {
		parameters.Del(name)
	}
	u.RawQuery = strings.ReplaceAll(parameters.Encode(), "+", "%20")
	return u.String(), password, nil
}
