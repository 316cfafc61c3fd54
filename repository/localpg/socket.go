package localpg

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// socketFile and socketLock are the two files a server makes in its socket
// directory; the number is its port, which nothing else uses.
const (
	port       = "5432"
	socketFile = ".s.PGSQL." + port
	socketLock = socketFile + ".lock"
)

// shortPrefix begins the name of a socket directory outside the data
// directory.
const shortPrefix = "skillstracker-pg-"

// chooseSocketDir decides where the socket is: in the data directory, or in
// a temporary directory when that path is too long for a socket address or
// holds a comma, which separates hosts in a connection string. former is the
// socket directory of the last run; a temporary one is removed.
func (f *files) chooseSocketDir(former string) error {
	if strings.HasPrefix(filepath.Base(former), shortPrefix) {
		// It may be gone, or be somebody else's by now; then it stays.
		if info, err := os.Lstat(former); err == nil && info.IsDir() && ownerOf(info) == f.server.uid {
			if err := removeSocketDir(former); err != nil {
				return err
			}
		}
	}
	f.socketDir = filepath.Join(f.path, socketName)
	if fitsSocket(f.socketDir) {
		return nil
	}
	dir, err := os.MkdirTemp("", shortPrefix)
	if err != nil {
		return newError(ErrDirectory, err, "the path of the data directory is too long for a socket, and no temporary directory can be made for it")
	}
	f.socketDir, f.ownSocketDir = dir, true
	if !fitsSocket(dir) {
		return newError(ErrDirectory, nil, "the paths of the data directory and of the temporary directory %s are both too long for a socket: set TMPDIR to a shorter path without commas", dir)
	}
	return handOver(dir, f.server)
}

func fitsSocket(dir string) bool {
	return len(filepath.Join(dir, socketFile)) <= maxSocketPath && !strings.Contains(dir, ",")
}

// clearSocketDir makes the socket directory anew. The server's lock file in
// it names a process, and that number may belong to another one by now.
func (f *files) clearSocketDir() error {
	if f.ownSocketDir {
		return removeSocketFiles(f.socketDir)
	}
	if err := f.dir.RemoveAll(socketName); err != nil {
		return fmt.Errorf("remove socket directory: %w", err)
	}
	if err := f.dir.Mkdir(socketName, 0o700); err != nil {
		return fmt.Errorf("make socket directory: %w", err)
	}
	if !f.server.drop {
		return nil
	}
	if err := f.dir.Lchown(socketName, f.server.uid, f.server.gid); err != nil {
		return fmt.Errorf("give socket directory to user %s: %w", f.server.name, err)
	}
	return nil
}

func removeSocketFiles(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open socket directory: %w", err)
	}
	var errs []error
	for _, name := range []string{socketFile, socketLock} {
		if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	if err := errors.Join(append(errs, root.Close())...); err != nil {
		return fmt.Errorf("clear socket directory: %w", err)
	}
	return nil
}

func removeSocketDir(dir string) error {
	if err := removeSocketFiles(dir); err != nil {
		return err
	}
	if err := os.Remove(dir); err != nil {
		return fmt.Errorf("remove socket directory: %w", err)
	}
	return nil
}

// socketURL is a connection string as both pgx and PostgreSQL's own programs
// read it. It gives each part that PGHOST and the like would fill in.
func socketURL(socketDir, role, database string) string {
	parameters := url.Values{
		// The host is a parameter because a path cannot stand in its place.
		"host":    {socketDir},
		"port":    {port},
		"sslmode": {"disable"},
	}
	return (&url.URL{
		Scheme: "postgres",
		User:   url.User(role),
		Path:   "/" + database,
		// A plus sign is no space to those who read this.
		RawQuery: strings.ReplaceAll(parameters.Encode(), "+", "%20"),
	}).String()
}
