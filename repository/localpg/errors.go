package localpg

import (
	"errors"
	"fmt"
)

// The kinds of an Error, for use with errors.Is.
var (
	// ErrNotFound means that no usable server programs were found.
	ErrNotFound = errors.New("PostgreSQL server programs not found")
	// ErrNoCluster means that the data directory holds no cluster and that
	// none may be made.
	ErrNoCluster = errors.New("no cluster")
	// ErrInUse means that another process holds the data directory.
	ErrInUse = errors.New("data directory in use")
	// ErrVersion means that the cluster was made by a major version that
	// cannot be run here, or that its version cannot be read.
	ErrVersion = errors.New("wrong PostgreSQL version")
	// ErrUser means that there is no operating system user to run as.
	ErrUser = errors.New("no suitable user")
	// ErrDirectory means that the data directory cannot be made or used.
	ErrDirectory = errors.New("data directory not usable")
	// ErrUnsafe means that the configuration switches durability off.
	ErrUnsafe = errors.New("unsafe settings")
	// ErrServer means that initdb or the server itself failed.
	ErrServer = errors.New("PostgreSQL failed")
	// ErrSettings means that Config.ExtraSettings names a setting that
	// cannot be changed.
	ErrSettings = errors.New("setting not allowed")
	// ErrUnsupported means that this operating system has no launcher.
	ErrUnsupported = errors.New("operating system not supported")
)

// exitUnavailable is EX_UNAVAILABLE of sysexits.h.
const exitUnavailable = 69

// Error is a failure of the launcher, told in a sentence that says what to
// do about it. errors.Is finds its kind, errors.As its cause.
type Error struct {
	kind    error
	message string
	cause   error
}

func newError(kind, cause error, format string, args ...any) *Error {
	return &Error{kind: kind, cause: cause, message: fmt.Sprintf(format, args...)}
}

// Error returns the sentence, followed by the cause when there is one.
func (e *Error) Error() string {
	if e.cause == nil {
		return e.message
	}
	return e.message + " (" + e.cause.Error() + ")"
}

// Unwrap returns the kind and, when there is one, the cause.
func (e *Error) Unwrap() []error {
	if e.cause == nil {
		return []error{e.kind}
	}
	return []error{e.kind, e.cause}
}

// ExitCode is the exit status that suits the failure: 69 (EX_UNAVAILABLE)
// when the server programs are missing, else 1.
func (e *Error) ExitCode() int {
	if errors.Is(e.kind, ErrNotFound) {
		return exitUnavailable
	}
	return 1
}
