package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// maxSocketPath is the longest path, in bytes, of a socket (sun_path less
// its closing zero).
const maxSocketPath = 107

// tieToParent lets the kernel send signal to the child when we end, however
// we end. It is tied to the thread that starts the child: see startProcess.
func tieToParent(attr *syscall.SysProcAttr, signal syscall.Signal) {
	attr.Pdeathsig = signal
}

// orphans lists the processes of a server that still work in the cluster,
// of which postmaster may be one. The caller holds the lock, so none of them
// is wanted. Ended processes that nobody has waited for are left out.
func orphans(_ context.Context, cluster string, postmaster int) ([]int, error) {
	home, err := os.Stat(cluster)
	if err != nil {
		return nil, fmt.Errorf("inspect cluster: %w", err)
	}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil, fmt.Errorf("list processes: %w", err)
	}
	var found []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		dir := filepath.Join("/proc", entry.Name())
		if runsPostgres(dir) && worksIn(dir, home, cluster, pid == postmaster) {
			found = append(found, pid)
		}
	}
	return found, nil
}

// runsPostgres tells whether the process is a living server process. Its
// directory vanishes when it ends, which is the same as not being one.
func runsPostgres(dir string) bool {
	stat, err := os.ReadFile(filepath.Join(dir, "stat"))
	if err != nil {
		return false
	}
	// The format is "pid (name) state ...", and a name may hold brackets.
	text := string(stat)
	open, end := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')')
	if open < 0 || end < open || len(text) < end+3 {
		return false
	}
	state := text[end+2]
	return text[open+1:end] == "postgres" && state != 'Z' && state != 'X'
}

// worksIn tells whether the process's working directory is the cluster, as
// every server process's is. Where that may not be read (root in a container
// without CAP_SYS_PTRACE), the postmaster is known by its command line.
func worksIn(dir string, home fs.FileInfo, cluster string, isPostmaster bool) bool {
	cwd, err := os.Stat(filepath.Join(dir, "cwd"))
	if err == nil {
		return os.SameFile(cwd, home)
	}
	if !errors.Is(err, fs.ErrPermission) || !isPostmaster {
		return false
	}
	args, err := os.ReadFile(filepath.Join(dir, "cmdline"))
	return err == nil && strings.Contains(string(args), "\x00"+cluster+"\x00")
}
