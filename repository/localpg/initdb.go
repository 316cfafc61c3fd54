package localpg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// initialise makes the cluster under another name and renames it when it is
// whole and on disk, so that a start that is cut off leaves nothing that
// looks like a cluster.
func (c *Cluster) initialise(ctx context.Context) error {
	c.log.InfoContext(ctx, "making a new PostgreSQL cluster", "directory", c.files.clusterPath(), "version", c.programs.version)
	draft := initPrefix + strconv.Itoa(os.Getpid())
	args := []string{
		"-D", filepath.Join(c.cfg.DataDir, draft),
		"-U", RoleAdmin,
		"-E", "UTF8",
		"--data-checksums",
		"--auth-local=peer", "--auth-host=reject",
		"--no-instructions",
	}
	args = append(args, localeArgs()...)
	durable := !isOff(c.cfg.ExtraSettings["fsync"])
	if !durable {
		args = append(args, "--no-sync")
	}
	if err := c.runInitdb(ctx, args); err != nil {
		return errors.Join(err, c.files.removeLeftovers())
	}
	if err := c.files.dir.Rename(draft, clusterName); err != nil {
		return fmt.Errorf("name the new cluster: %w", err)
	}
	if durable {
		return c.files.sync()
	}
	return nil
}

// localeArgs asks for the same plain character rules everywhere. Not every
// macOS knows C.UTF-8; its locale UTF-8 has the character classes only.
func localeArgs() []string {
	if runtime.GOOS == "darwin" {
		return []string{"--locale=C", "--lc-ctype=UTF-8"}
	}
	return []string{"--locale=C.UTF-8"}
}

func (c *Cluster) runInitdb(ctx context.Context, args []string) error {
	var output bytes.Buffer
	cmd := command(ctx, c.account, c.cfg.DataDir, c.programs.path("initdb"), args...)
	cmd.Stdout, cmd.Stderr = &output, &output
	tieToParent(cmd.SysProcAttr, syscall.SIGKILL)
	cmd.Cancel = func() error { return killGroup(cmd.Process.Pid) }
	cmd.WaitDelay = 5 * time.Second
	// The tie to the parent is one to this thread.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("make cluster: %w", ctx.Err())
		}
		return newError(ErrServer, err, "initdb could not make a cluster in %s: %s", c.cfg.DataDir, lastLines(output.String()))
	}
	return nil
}

// sync writes the data directory's list of names to disk.
func (f *files) sync() error {
	dir, err := f.dir.Open(".")
	if err != nil {
		return fmt.Errorf("sync data directory: %w", err)
	}
	if err := errors.Join(dir.Sync(), dir.Close()); err != nil {
		return fmt.Errorf("sync data directory: %w", err)
	}
	return nil
}

// lastLines returns the end of a program's output, on one line.
func lastLines(output string) string {
	const most = 4
	lines := strings.Split(strings.TrimSpace(output), "\n")
	return strings.Join(lines[max(0, len(lines)-most):], "; ")
}
