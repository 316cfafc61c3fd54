package main

import (
	"errors"
	"fmt"
)

// The exit statuses. localpg adds 69: PostgreSQL's programs are missing.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	// exitRows is the end of an import with rows that were not stored.
	exitRows = 3
	// exitSoftware is EX_SOFTWARE of sysexits.h: PostgreSQL kept ending.
	exitSoftware = 70
)

// usageError is a wrong command line or setting.
type usageError struct{ err error }

func usagef(format string, args ...any) error {
	return &usageError{err: fmt.Errorf(format, args...)}
}

func (e *usageError) Error() string { return e.err.Error() }

func (e *usageError) Unwrap() error { return e.err }

// ExitCode returns the exit status.
func (e *usageError) ExitCode() int { return exitUsage }

// rowsError says that rows of a file were not stored, or would not be.
type rowsError struct{ message string }

func (e *rowsError) Error() string { return e.message }

// ExitCode returns the exit status.
func (e *rowsError) ExitCode() int { return exitRows }

// softwareError is the end of a part that the program cannot go on without.
type softwareError struct{ err error }

func (e *softwareError) Error() string { return e.err.Error() }

func (e *softwareError) Unwrap() error { return e.err }

// ExitCode returns the exit status.
func (e *softwareError) ExitCode() int { return exitSoftware }

// exitStatus returns the status that the first error with an opinion asks for.
func exitStatus(err error) int {
	type coded interface {
		error
		ExitCode() int
	}
	// The error of a program that was run has an exit status too, but not ours.
	if own, ok := errors.AsType[coded](err); ok && own.ExitCode() > exitFailed {
		return own.ExitCode()
	}
	return exitFailed
}
