package localpg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// makeDirectory makes the data directory and what is missing above it, each
// with mode 0700 and owned by the server's user. A directory that is there is
// taken over from root only while it is empty, so that a mistyped path cannot
// give away something else.
func makeDirectory(dataDir string, found inspection, server account) error {
	info, err := os.Stat(dataDir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return makeMissing(dataDir, server)
	case err != nil:
		return newError(ErrDirectory, err, "the data directory %s cannot be used: name another one with --data-dir", dataDir)
	case !info.IsDir():
		return newError(ErrDirectory, nil, "%s is not a directory: name another data directory with --data-dir", dataDir)
	case found.exists:
		return checkOwner(filepath.Join(dataDir, clusterName), server)
	case !server.drop || ownerOf(info) == server.uid:
		return nil
	}
	entries, err := os.ReadDir(dataDir)
	if err != nil {
		return newError(ErrDirectory, err, "the data directory %s cannot be read", dataDir)
	}
	if ownerOf(info) != 0 || len(entries) > 0 {
		return newError(ErrDirectory, nil,
			"the data directory %s is not owned by %s, the user that PostgreSQL runs as, and is not an empty directory of root: name a new or empty directory, or hand this one over with \"chown %s %s\"",
			dataDir, server.name, server.name, dataDir)
	}
	return handOver(dataDir, server)
}

func makeMissing(dir string, server account) error {
	parent := filepath.Dir(dir)
	if _, err := os.Stat(parent); errors.Is(err, fs.ErrNotExist) && parent != dir {
		if err := makeMissing(parent, server); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return newError(ErrDirectory, err, "the data directory cannot be made: allow it, or name another one with --data-dir")
	}
	return handOver(dir, server)
}

// handOver gives a directory that holds nothing yet to the server's user.
func handOver(dir string, server account) error {
	if !server.drop {
		return nil
	}
	if err := os.Lchown(dir, server.uid, server.gid); err != nil {
		return newError(ErrDirectory, err, "the data directory cannot be given to user %s", server.name)
	}
	if err := os.Chmod(dir, 0o700); err != nil { //nolint:gosec // a directory needs its search bit
		return newError(ErrDirectory, err, "the data directory cannot be closed to other users")
	}
	return nil
}

// checkOwner says in words what the server would say about a cluster of
// another user.
func checkOwner(cluster string, server account) error {
	info, err := os.Stat(cluster)
	if err != nil {
		return fmt.Errorf("inspect cluster: %w", err)
	}
	if ownerOf(info) == server.uid {
		return nil
	}
	return newError(ErrDirectory, nil,
		"the cluster in %s belongs to user id %d, but PostgreSQL would run as %s (user id %d): run this program as its owner, or hand the whole data directory over with \"chown -R %s %s\"",
		cluster, ownerOf(info), server.name, server.uid, server.name, filepath.Dir(cluster))
}
