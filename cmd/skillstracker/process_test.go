package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience bounds every wait of these tests; none of them needs it in full.
const patience = 5 * time.Minute

// process is the program, run as a process of its own.
type process struct {
	cmd    *exec.Cmd
	stdout transcript
	stderr transcript
	ended  chan struct{}
	err    error // set when ended is closed
}

// transcript keeps what a process writes and wakes up whoever waits for it.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{} // closed and replaced at each write
}

func (tr *transcript) Write(p []byte) (int, error) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	if tr.more != nil {
		close(tr.more)
		tr.more = nil
	}
	return tr.text.Write(p)
}

// look returns what was written so far, and a channel that is closed by the next write.
func (tr *transcript) look() (string, <-chan struct{}) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	if tr.more == nil {
		tr.more = make(chan struct{})
	}
	return tr.text.String(), tr.more
}

func (tr *transcript) String() string {
	text, _ := tr.look()
	return text
}

// start runs the program with the settings given, as NAME=value, and no others.
func start(tb testing.TB, settings []string, args ...string) *process {
	tb.Helper()
	p := &process{ended: make(chan struct{})}
	p.cmd = exec.CommandContext(context.WithoutCancel(tb.Context()), "skillstracker", args...)
	p.cmd.Env = append(withoutSettings(p.cmd.Environ()), settings...)
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	if err := p.cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	tb.Cleanup(func() {
		select {
		case <-p.ended:
		default:
			p.signal(tb, syscall.SIGTERM)
			p.await(tb)
		}
		if tb.Failed() {
			tb.Logf("skillstracker %s\nstdout:\n%s\nstderr:\n%s", strings.Join(args, " "), &p.stdout, &p.stderr)
		}
	})
	return p
}

// runToEnd runs the program to its end and returns its exit status.
func runToEnd(tb testing.TB, settings []string, args ...string) (stdout, stderr string, status int) {
	tb.Helper()
	p := start(tb, settings, args...)
	status = p.await(tb)
	return p.stdout.String(), p.stderr.String(), status
}

// must runs the program to its end and fails unless it succeeds.
func must(tb testing.TB, settings []string, args ...string) string {
	tb.Helper()
	stdout, stderr, status := runToEnd(tb, settings, args...)
	if status != exitDone {
		tb.Fatalf("skillstracker %s ended with status %d:\n%s", strings.Join(args, " "), status, stderr)
	}
	return stdout
}

func (p *process) signal(tb testing.TB, signal syscall.Signal) {
	tb.Helper()
	if err := p.cmd.Process.Signal(signal); err != nil {
		tb.Error(err)
	}
}

// await waits for the end and returns the exit status; -1 after a signal.
func (p *process) await(tb testing.TB) int {
	tb.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		if err := p.cmd.Process.Kill(); err != nil {
			tb.Error(err)
		}
		tb.Fatalf("the program does not end:\n%s", &p.stderr)
	}
	if ended, ok := errors.AsType[*exec.ExitError](p.err); ok {
		return ended.ExitCode()
	}
	if p.err != nil && !errors.Is(p.err, io.EOF) {
		tb.Fatal(p.err)
	}
	return 0
}

// awaitText waits until the text matches and returns the match's first group.
func (p *process) awaitText(tb testing.TB, in *transcript, pattern string) string {
	tb.Helper()
	wanted := regexp.MustCompile(pattern)
	limit := time.After(patience)
	for {
		text, more := in.look()
		if found := wanted.FindStringSubmatch(text); found != nil {
			return found[len(found)-1]
		}
		select {
		case <-more:
		case <-p.ended:
			if found := wanted.FindStringSubmatch(in.String()); found != nil {
				return found[len(found)-1]
			}
			tb.Fatalf("the program ended without saying %q:\n%s", pattern, &p.stderr)
		case <-limit:
			tb.Fatalf("the program does not say %q:\n%s", pattern, text)
		}
	}
}

// killProcess ends another process the way kill -9 does.
func killProcess(tb testing.TB, pid string) {
	tb.Helper()
	number, err := strconv.Atoi(pid)
	if err != nil {
		tb.Fatal(err)
	}
	if err := syscall.Kill(number, syscall.SIGKILL); err != nil {
		tb.Fatal(err)
	}
}
