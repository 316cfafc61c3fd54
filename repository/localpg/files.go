package localpg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxLogSize is the size, in bytes, at which a start puts the log aside.
const maxLogSize = 10 << 20

// initPrefix begins the name of a cluster that initdb has not finished.
const initPrefix = clusterName + ".init-"

// files is the data directory. All access is by os.Root: the directory
// belongs to the server's user, who must not be able to make root follow a
// link of theirs to somewhere else.
type files struct {
	path      string // the data directory
	dir       *os.Root
	cluster   *os.Root // nil until openCluster
	server    account
	socketDir string
	// ownSocketDir is set when socketDir is a temporary directory outside
	// the data directory.
	ownSocketDir bool
	// logStart is where, in bytes, the log of the present run begins.
	logStart int64
}

func openFiles(dataDir string, server account) (*files, error) {
	dir, err := os.OpenRoot(dataDir)
	if err != nil {
		return nil, newError(ErrDirectory, err, "the data directory %s cannot be opened", dataDir)
	}
	return &files{path: dataDir, dir: dir, server: server}, nil
}

func (f *files) clusterPath() string { return filepath.Join(f.path, clusterName) }

func (f *files) logPath() string { return filepath.Join(f.path, logName) }

// openCluster opens the cluster's own directory, which may be a link to
// another disk, and makes sure that it is the server's.
func (f *files) openCluster() error {
	cluster, err := os.OpenRoot(f.clusterPath())
	if err != nil {
		return newError(ErrDirectory, err, "the cluster in %s cannot be opened", f.path)
	}
	f.cluster = cluster
	info, err := cluster.Stat(".")
	if err != nil {
		return fmt.Errorf("inspect cluster: %w", err)
	}
	if ownerOf(info) != f.server.uid {
		return checkOwner(f.clusterPath(), f.server)
	}
	return nil
}

// removeLeftovers deletes what an interrupted initdb left. The lock is held,
// so nobody is working there any more.
func (f *files) removeLeftovers() error {
	entries, err := fs.ReadDir(f.dir.FS(), ".")
	if err != nil {
		return fmt.Errorf("list data directory: %w", err)
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), initPrefix) {
			continue
		}
		if err := f.dir.RemoveAll(entry.Name()); err != nil {
			return fmt.Errorf("remove unfinished cluster: %w", err)
		}
	}
	return nil
}

// rotateLog puts a large log aside, replacing the one put aside before.
func (f *files) rotateLog() error {
	info, err := f.dir.Lstat(logName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("inspect log: %w", err)
	}
	if info.Size() < maxLogSize {
		return nil
	}
	if err := f.dir.Rename(logName, logName+".1"); err != nil {
		return fmt.Errorf("rotate log: %w", err)
	}
	return nil
}

// openLog opens the server's log for appending.
func (f *files) openLog() (*os.File, error) {
	file, err := f.dir.OpenFile(logName, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open log: %w", err)
	}
	info, err := file.Stat()
	if err := errors.Join(err, f.give(file)); err != nil {
		return nil, errors.Join(fmt.Errorf("open log: %w", err), file.Close())
	}
	f.logStart = info.Size()
	return file, nil
}

// give makes the server's user the owner of a file we made.
func (f *files) give(file *os.File) error {
	if !f.server.drop {
		return nil
	}
	if err := file.Chown(f.server.uid, f.server.gid); err != nil {
		return fmt.Errorf("give %s to user %s: %w", file.Name(), f.server.name, err)
	}
	return nil
}

// writeCluster replaces one file of the cluster.
func (f *files) writeCluster(name, content string) error {
	draft := name + ".new"
	if err := f.cluster.Remove(draft); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write %s: %w", name, err)
	}
	file, err := f.cluster.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = file.WriteString(content)
	if err := errors.Join(err, f.give(file), file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := f.cluster.Rename(draft, name); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// close removes a temporary socket directory and closes the handles.
func (f *files) close() error {
	var errs []error
	if f.ownSocketDir {
		errs = append(errs, removeSocketDir(f.socketDir))
	}
	if f.cluster != nil {
		errs = append(errs, f.cluster.Close())
	}
	return errors.Join(append(errs, f.dir.Close())...)
}
