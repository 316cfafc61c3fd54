package localpg

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// The major versions that can be run. 14 has ended; 15 brought the
// security_invoker views the schema uses.
const (
	oldestMajor = 15
	newestMajor = 18
)

// versionTimeout bounds one "postgres --version".
const versionTimeout = 10 * time.Second

// programs is one directory with initdb and postgres of one version.
type programs struct {
	dir     string
	version string // as "15.18"
	major   int
}

func (p programs) path(name string) string { return filepath.Join(p.dir, name) }

// choose finds the user to run the server as and the programs to run:
// exactly the major version of an existing cluster, else the newest. Missing
// programs are reported before a missing user, because the packages that
// bring the programs bring the user too.
func choose(ctx context.Context, cfg Config, found inspection) (account, programs, error) {
	user, userErr := serverAccount(ctx)
	chosen, err := findPrograms(ctx, cfg, found, user)
	if err != nil {
		return account{}, programs{}, err
	}
	if userErr != nil {
		return account{}, programs{}, userErr
	}
	return user, chosen, nil
}

func findPrograms(ctx context.Context, cfg Config, found inspection, user account) (programs, error) {
	var best programs
	var usable []programs
	var unusable []string
	for _, dir := range searchDirs(cfg.BinDir, user.drop, serverPrograms()) {
		p, err := readVersion(ctx, dir, "postgres", user)
		switch {
		case ctx.Err() != nil:
			return programs{}, fmt.Errorf("find PostgreSQL programs: %w", ctx.Err())
		case err != nil:
			unusable = append(unusable, fmt.Sprintf("%s (%v)", dir, err))
		case p.major < oldestMajor:
			unusable = append(unusable, fmt.Sprintf("%s (%s: too old)", dir, p.version))
		case p.major > newestMajor:
			unusable = append(unusable, fmt.Sprintf("%s (%s: too new for this program)", dir, p.version))
		case found.exists && p.major == found.major:
			return p, nil
		default:
			usable = append(usable, p)
			if p.major > best.major {
				best = p
			}
		}
	}
	switch {
	case len(usable) == 0:
		return programs{}, programsMissing(cfg, found, unusable)
	case found.exists:
		return programs{}, wrongVersion(cfg.DataDir, found.major, usable)
	}
	return best, nil
}

// readVersion asks a program of dir for its version, as the user that would
// run it, which also shows that this user may run it.
func readVersion(ctx context.Context, dir, program string, user account) (programs, error) {
	ctx, cancel := context.WithTimeout(ctx, versionTimeout)
	defer cancel()
	out, err := command(ctx, user, "/", filepath.Join(dir, program), "--version").Output()
	if err != nil {
		return programs{}, fmt.Errorf("%s --version as user %s: %w", program, user.name, err)
	}
	rest, ok := strings.CutPrefix(string(out), program+" (PostgreSQL) ")
	fields := strings.Fields(rest)
	if !ok || len(fields) == 0 {
		return programs{}, fmt.Errorf("%s --version gave no PostgreSQL version", program)
	}
	digits := strings.IndexFunc(fields[0], func(r rune) bool { return r < '0' || r > '9' })
	if digits < 0 {
		digits = len(fields[0])
	}
	major, ok := parseMajor(fields[0][:digits])
	if !ok {
		return programs{}, fmt.Errorf("%s --version gave no PostgreSQL version", program)
	}
	return programs{dir: dir, version: fields[0], major: major}, nil
}

// parseMajor reads a major version as it stands in PG_VERSION: digits and at
// most one line end.
func parseMajor(text string) (int, bool) {
	text = strings.TrimSuffix(text, "\n")
	if text == "" || len(text) > 4 || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	major, err := strconv.Atoi(text)
	return major, err == nil
}

// checkAccess makes sure that user can work in dataDir. With a data
// directory below a closed home directory it names the directory that is
// closed, which initdb would not.
func (p programs) checkAccess(ctx context.Context, dataDir string, user account) error {
	try := func(dir string) error {
		if err := command(ctx, user, dir, p.path("postgres"), "--version").Run(); err != nil {
			return fmt.Errorf("enter %s: %w", dir, err)
		}
		return nil
	}
	if try(dataDir) == nil {
		return nil
	}
	for _, dir := range ancestors(dataDir) {
		if err := try(dir); err != nil {
			return newError(ErrDirectory, err,
				"PostgreSQL runs as user %s, which may not enter %s, so it cannot use the data directory %s: allow it with \"chmod o+x %s\", or name another data directory with --data-dir",
				user.name, dir, dataDir, dir)
		}
	}
	// The refusal was gone at the second look.
	return nil
}

// ancestors lists dir and the directories above it, from the root down.
func ancestors(dir string) []string {
	var up []string
	if parent := filepath.Dir(dir); parent != dir {
		up = ancestors(parent)
	}
	return append(up, dir)
}

// command prepares a program to be run as user in dir. It gets a small
// environment of our own: nothing of ours that is secret, and none of the
// variables that change what PostgreSQL does.
func command(ctx context.Context, user account, dir, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...) //nolint:gosec // the program is one that searchDirs names
	cmd.Dir = dir
	cmd.Env = environment()
	cmd.SysProcAttr = childAttributes(user)
	return cmd
}
