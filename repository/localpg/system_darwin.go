package localpg

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// maxSocketPath is the longest path, in bytes, of a socket (sun_path less
// its closing zero).
const maxSocketPath = 103

// tieToParent does nothing: this system has no such signal, and the next
// start stops the orphan instead.
func tieToParent(*syscall.SysProcAttr, syscall.Signal) {}

// orphans lists the postmaster when it still runs on the cluster. The caller
// holds the lock, so it is not wanted.
func orphans(ctx context.Context, cluster string, postmaster int) ([]int, error) {
	if postmaster <= 0 {
		return nil, nil
	}
	out, err := exec.CommandContext(ctx, "ps", "-o", "stat=,command=", "-p", strconv.Itoa(postmaster)).Output() //nolint:gosec // the argument is a number
	if err != nil {
		// ps fails when there is no such process.
		if _, ended := errors.AsType[*exec.ExitError](err); ended {
			return nil, nil
		}
		return nil, fmt.Errorf("look at process %d: %w", postmaster, err)
	}
	line := strings.TrimSpace(string(out))
	if strings.HasPrefix(line, "Z") || !strings.Contains(line, "postgres") || !strings.Contains(line, " -D "+cluster+" ") {
		return nil, nil
	}
	return []int{postmaster}, nil
}
