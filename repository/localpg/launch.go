package localpg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How long an orphaned server may take to end before the next, harder means.
const (
	orphanFastPatience      = 60 * time.Second
	orphanImmediatePatience = 10 * time.Second
	backendPatience         = 5 * time.Second
)

const pidName = "postmaster.pid"

// launch starts the server, after making sure that nothing of an earlier one
// is in its way. It does not wait for the server to accept connections.
func (c *Cluster) launch(ctx context.Context) (*process, error) {
	if err := c.stopOrphans(ctx); err != nil {
		return nil, err
	}
	if err := c.files.adoptPID(); err != nil {
		return nil, err
	}
	if err := c.files.writeAccess(); err != nil {
		return nil, err
	}
	if err := c.files.clearSocketDir(); err != nil {
		return nil, err
	}
	output, err := c.files.openLog()
	if err != nil {
		return nil, err
	}
	cmd := command(context.WithoutCancel(ctx), c.account, c.cfg.DataDir, c.programs.path("postgres"), c.serverArgs()...)
	cmd.Stdout, cmd.Stderr = output, output
	tieToParent(cmd.SysProcAttr, signalFast)
	server, err := startProcess(cmd)
	closeErr := output.Close()
	if err != nil {
		return nil, newError(ErrServer, errors.Join(err, closeErr), "PostgreSQL could not be started in %s", c.cfg.DataDir)
	}
	if closeErr != nil {
		return nil, c.abandon(ctx, server, fmt.Errorf("close log: %w", closeErr))
	}
	return server, nil
}

// stopOrphans ends the server that an instance killed outright has left
// running. We hold the lock, so nobody else can be using it.
func (c *Cluster) stopOrphans(ctx context.Context) error {
	postmaster, err := c.files.readPID()
	if err != nil {
		return err
	}
	found, err := orphans(ctx, c.files.clusterPath(), postmaster)
	if err != nil || len(found) == 0 {
		return err
	}
	if slices.Contains(found, -postmaster) {
		return newError(ErrInUse, nil,
			"process %d works on the cluster in %s in single-user mode: wait until it has ended", -postmaster, c.cfg.DataDir)
	}
	c.log.InfoContext(ctx, "stopping PostgreSQL of an instance that was killed", "processes", found)
	if slices.Contains(found, postmaster) {
		ended, err := c.endOrphan(ctx, postmaster)
		if err != nil {
			return err
		}
		if !ended {
			return newError(ErrInUse, nil, "PostgreSQL (process %d) still runs on the cluster in %s and does not stop: end it, then try again", postmaster, c.cfg.DataDir)
		}
	}
	return c.endBackends(ctx)
}

// endOrphan stops a whole server, in order and then at once.
func (c *Cluster) endOrphan(ctx context.Context, postmaster int) (bool, error) {
	gone := func(left []int) bool { return !slices.Contains(left, postmaster) }
	if err := sendSignal(postmaster, signalFast); err != nil {
		return false, err
	}
	if ended, err := c.awaitOrphans(ctx, postmaster, orphanFastPatience, gone); ended || err != nil {
		return ended, err
	}
	if err := sendSignal(postmaster, signalImmediate); err != nil {
		return false, err
	}
	return c.awaitOrphans(ctx, postmaster, orphanImmediatePatience, gone)
}

// endBackends ends the processes that outlived their postmaster. Any that
// stays is left to the server's own check, which refuses to start beside it.
func (c *Cluster) endBackends(ctx context.Context) error {
	left, err := orphans(ctx, c.files.clusterPath(), 0)
	if err != nil {
		return err
	}
	for _, pid := range left {
		if err := sendSignal(pid, signalTerminate); err != nil {
			return err
		}
	}
	_, err = c.awaitOrphans(ctx, 0, backendPatience, func(left []int) bool { return len(left) == 0 })
	return err
}

// awaitOrphans looks at what is left until gone is content with it, and
// tells whether that came about within patience.
func (c *Cluster) awaitOrphans(ctx context.Context, postmaster int, patience time.Duration, gone func(left []int) bool) (bool, error) {
	for waited := time.Duration(0); waited < patience; waited += pollInterval {
		left, err := orphans(ctx, c.files.clusterPath(), postmaster)
		if err != nil {
			return false, err
		}
		if gone(left) {
			return true, nil
		}
		if err := pause(ctx, pollInterval); err != nil {
			return false, fmt.Errorf("wait for the earlier PostgreSQL to stop: %w", err)
		}
	}
	return false, nil
}

// readPID returns the process id in postmaster.pid, negative for a server in
// single-user mode, 0 when there is none.
func (f *files) readPID() (int, error) {
	text, err := f.cluster.ReadFile(pidName)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", pidName, err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil {
		return 0, nil //nolint:nilerr // the server itself judges a damaged file
	}
	return pid, nil
}

// adoptPID puts our own process id into the postmaster.pid that a killed
// server left. Its number may be a process nobody has waited for, or another
// program by now, and the server would refuse to start; its parent's number
// it accepts. The file is neither removed nor made: its other lines let the
// server see whether old backends still hold the shared memory.
func (f *files) adoptPID() error {
	file, err := f.cluster.OpenFile(pidName, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open %s: %w", pidName, err)
	}
	text, err := io.ReadAll(file)
	if err != nil {
		return errors.Join(fmt.Errorf("read %s: %w", pidName, err), file.Close())
	}
	if _, rest, ok := bytes.Cut(text, []byte("\n")); ok {
		text = append([]byte(strconv.Itoa(os.Getpid())+"\n"), rest...)
		// One short write and a cut: never a file without its lines.
		_, err = file.WriteAt(text, 0)
		if err == nil {
			err = file.Truncate(int64(len(text)))
		}
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", pidName, err)
	}
	return nil
}
