package localpg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// lockPatience is how long a start waits for the lock: long enough for a
// short look by Running or for an instance in its last moment.
const lockPatience = 500 * time.Millisecond

// pollInterval is the pause between two looks at something that cannot be
// waited for.
const pollInterval = 10 * time.Millisecond

// maxLockSize bounds, in bytes, what is read of a lock file.
const maxLockSize = 8 << 10

// lock is the held lock of a data directory. Its file has two lines: the
// holder's process id and, once the server can be used, its socket
// directory. The kernel lets go of it however the holder ends.
type lock struct {
	file *os.File
	// formerSocketDir is the socket directory of the run before this one.
	formerSocketDir string
}

func takeLock(ctx context.Context, dataDir string, server account) (*lock, error) {
	root, err := os.OpenRoot(dataDir)
	if err != nil {
		return nil, newError(ErrDirectory, err, "the data directory %s cannot be opened", dataDir)
	}
	file, err := root.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o600)
	if closeErr := root.Close(); err != nil || closeErr != nil {
		return nil, newError(ErrDirectory, errors.Join(err, closeErr),
			"the lock of the data directory %s cannot be opened: run this program as the user that owns it, or name another data directory with --data-dir", dataDir)
	}
	l := &lock{file: file}
	if err := l.acquire(ctx, dataDir, server); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return l, nil
}

func (l *lock) acquire(ctx context.Context, dataDir string, server account) error {
	for waited := time.Duration(0); ; waited += pollInterval {
		err := tryLock(l.file, true)
		if err == nil {
			break
		}
		if !errors.Is(err, errLocked) {
			return fmt.Errorf("lock data directory: %w", err)
		}
		if waited >= lockPatience {
			return inUse(l.file, dataDir)
		}
		if err := pause(ctx, pollInterval); err != nil {
			return fmt.Errorf("lock data directory: %w", err)
		}
	}
	former, err := readHolder(l.file)
	if err != nil {
		return err
	}
	l.formerSocketDir = former.socketDir
	if server.drop {
		if err := l.file.Chown(server.uid, server.gid); err != nil {
			return fmt.Errorf("give lock to user %s: %w", server.name, err)
		}
	}
	if err := l.file.Truncate(0); err != nil {
		return fmt.Errorf("write lock: %w", err)
	}
	return l.write(0, ownLine())
}

// ownLine is the first line of a lock we hold.
func ownLine() string { return strconv.Itoa(os.Getpid()) + "\n" }

func inUse(file *os.File, dataDir string) error {
	by := "another process"
	if h, err := readHolder(file); err == nil && h.pid > 0 {
		by = fmt.Sprintf("process %d", h.pid)
	}
	return newError(ErrInUse, nil,
		"the data directory %s is in use by another instance (%s): stop that one, or name another data directory with --data-dir", dataDir, by)
}

// announce adds the socket directory, for Running to find.
func (l *lock) announce(socketDir string) error {
	return l.write(int64(len(ownLine())), socketDir+"\n")
}

func (l *lock) write(offset int64, text string) error {
	if _, err := l.file.WriteAt([]byte(text), offset); err != nil {
		return fmt.Errorf("write lock: %w", err)
	}
	return nil
}

// release closes the file, and with it goes the lock. The file stays: to
// remove it would let two instances hold two files of one name.
func (l *lock) release() error {
	if err := l.file.Close(); err != nil && !errors.Is(err, fs.ErrClosed) {
		return err
	}
	return nil
}

// holder is the content of a lock file.
type holder struct {
	pid       int
	socketDir string
}

func readHolder(file *os.File) (holder, error) {
	text, err := io.ReadAll(io.NewSectionReader(file, 0, maxLockSize))
	if err != nil {
		return holder{}, fmt.Errorf("read lock: %w", err)
	}
	first, rest, _ := bytes.Cut(text, []byte("\n"))
	pid, err := strconv.Atoi(string(first))
	if err != nil {
		// An empty file, or one cut short by a full disk, names nobody.
		return holder{}, nil //nolint:nilerr // see above
	}
	dir, whole := strings.CutSuffix(string(rest), "\n")
	if !whole || !filepath.IsAbs(dir) {
		dir = ""
	}
	return holder{pid: pid, socketDir: dir}, nil
}

// pause waits for d, or returns the error of ctx when that ends first.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
