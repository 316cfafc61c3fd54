//go:build linux || darwin

package localpg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// The signals of PostgreSQL's postmaster and backends.
const (
	signalFast      = syscall.SIGINT  // roll back, close connections, end
	signalImmediate = syscall.SIGQUIT // end at once and recover at the next start
	signalTerminate = syscall.SIGTERM // ends one backend
)

func supported() error { return nil }

// errLocked means that somebody else holds the lock.
var errLocked = errors.New("locked by another process")

func tryLock(file *os.File, exclusive bool) error {
	how := syscall.LOCK_SH
	if exclusive {
		how = syscall.LOCK_EX
	}
	for {
		err := syscall.Flock(int(file.Fd()), how|syscall.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, syscall.EINTR):
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errLocked
		default:
			return fmt.Errorf("flock: %w", err)
		}
	}
}

// ownerOf returns the user id that owns a file.
func ownerOf(info fs.FileInfo) int {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(stat.Uid)
	}
	return -1
}

// childAttributes makes a child of our own process group, so that Ctrl-C in
// a terminal reaches us alone, and of the right user.
func childAttributes(user account) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if user.drop {
		attr.Credential = &syscall.Credential{
			Uid: uint32(user.uid),
			Gid: uint32(user.gid),
		}
	}
	return attr
}

// sendSignal signals a process that is not our child. One that has ended
// meanwhile is no error.
func sendSignal(pid int, signal syscall.Signal) error {
	if err := syscall.Kill(pid, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("signal process %d: %w", pid, err)
	}
	return nil
}

// killGroup ends a child made with childAttributes and what it has started.
func killGroup(pid int) error {
	return sendSignal(-pid, syscall.SIGKILL)
}
