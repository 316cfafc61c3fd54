//go:build !linux && !darwin

package localpg

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// This system has no launcher: Start and Running end at supported, and the
// rest is there for the package to compile.

const (
	maxSocketPath   = 0
	signalFast      = syscall.SIGINT
	signalImmediate = syscall.SIGKILL
	signalTerminate = syscall.SIGTERM
)

func supported() error {
	return newError(ErrUnsupported, nil,
		"the private PostgreSQL is not available on %s: set SKILLSTRACKER_DATABASE_URL to use a PostgreSQL server of your own", runtime.GOOS)
}

var errLocked = errors.New("locked by another process")

func tryLock(*os.File, bool) error                        { return supported() }
func ownerOf(fs.FileInfo) int                             { return -1 }
func childAttributes(account) *syscall.SysProcAttr        { return nil }
func tieToParent(*syscall.SysProcAttr, syscall.Signal)    {}
func sendSignal(int, syscall.Signal) error                { return supported() }
func killGroup(int) error                                 { return supported() }
func orphans(context.Context, string, int) ([]int, error) { return nil, supported() }
