package apitest_test

import (
	"errors"
	"fmt"
	"os"
	"testing"

	"skillstracker/repository/pgtest"
)

func TestMain(m *testing.M) { os.Exit(inOwnFolder(m)) }

// inOwnFolder runs the tests with a temporary folder of the system in which nobody else
// has files.
func inOwnFolder(m *testing.M) (code int) {
	folder, err := os.MkdirTemp("", "apitest-")
	if err == nil {
		// The database runs as another user, which must get through.
		err = os.Chmod(folder, 0o711)
	}
	if err == nil {
		err = os.Setenv("TMPDIR", folder)
	}
	if err == nil {
		code = pgtest.Main(m)
	}
	if err = errors.Join(err, os.RemoveAll(folder)); err != nil {
		fmt.Fprintln(os.Stderr, "apitest:", err)
		return 1
	}
	return code
}
