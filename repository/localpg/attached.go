package localpg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Attached is the running cluster of another process.
type Attached struct {
	pid       int
	socketDir string
}

// PID returns the process id of the instance that runs the cluster, as that
// instance knows it: in a container it may mean nothing outside.
func (a *Attached) PID() int { return a.pid }

// SocketDir returns the directory of the server's socket.
func (a *Attached) SocketDir() string { return a.socketDir }

// URL returns a connection string for role and database over the socket.
func (a *Attached) URL(role, database string) string {
	return socketURL(a.socketDir, role, database)
}

// Running reports whether another process runs the cluster of dataDir and,
// if so, how to reach it, so that a command beside a server uses the
// server's database. It changes nothing. While the other process is still
// starting, or when the directory may not be read, the answer is an *Error
// of kind ErrInUse or ErrDirectory.
func Running(dataDir string) (*Attached, bool, error) {
	if err := supported(); err != nil {
		return nil, false, err
	}
	held, h, err := lookAtLock(dataDir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, false, nil
	case errors.Is(err, fs.ErrPermission):
		return nil, false, newError(ErrDirectory, err,
			"it cannot be seen whether the database in %s is running: run this command as the user that runs the server, or as root", dataDir)
	case err != nil:
		return nil, false, err
	case !held:
		return nil, false, nil
	case h.socketDir == "":
		return nil, true, newError(ErrInUse, nil,
			"another instance is just starting the database in %s: try again in a moment", dataDir)
	}
	return &Attached{pid: h.pid, socketDir: h.socketDir}, true, nil
}

// lookAtLock tells whether the lock is held and by whom. It holds a shared
// lock for a moment, which is why a start waits a little for its own.
func lookAtLock(dataDir string) (held bool, h holder, err error) {
	file, err := os.Open(filepath.Join(dataDir, lockName))
	if err != nil {
		return false, holder{}, fmt.Errorf("open lock: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	switch err := tryLock(file, false); {
	case err == nil:
		return false, holder{}, nil
	case !errors.Is(err, errLocked):
		return false, holder{}, fmt.Errorf("look at lock: %w", err)
	}
	h, err = readHolder(file)
	return true, h, err
}
