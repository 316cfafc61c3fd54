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
func start(t *testing.T, settings []string, args ...string) *process {
	t.Helper()
	p := &process{ended: make(chan struct{})}
	p.cmd = exec.CommandContext(context.WithoutCancel(t.Context()), "skillstracker", args...)
	p.cmd.Env = append(withoutSettings(p.cmd.Environ()), settings...)
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		select {
		case <-p.ended:
		default:
			p.signal(t, syscall.SIGTERM)
			p.await(t)
		}
		if t.Failed() {
			t.Logf("skillstracker %s\nstdout:\n%s\nstderr:\n%s", strings.Join(args, " "), &p.stdout, &p.stderr)
		}
	})
	return p
}

// runToEnd runs the program to its end and returns its exit status.
func runToEnd(t *testing.T, settings []string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	p := start(t, settings, args...)
	status = p.await(t)
	return p.stdout.String(), p.stderr.String(), status
}

// must runs the program to its end and fails unless it succeeds.
func must(t *testing.T, settings []string, args ...string) string {
	t.Helper()
	stdout, stderr, status := runToEnd(t, settings, args...)
	if status != exitDone {
		t.Fatalf("skillstracker %s ended with status %d:\n%s", strings.Join(args, " "), status, stderr)
	}
	return stdout
}

func (p *process) signal(t *testing.T, signal syscall.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(signal); err != nil {
		t.Error(err)
	}
}

// await waits for the end and returns the exit status; -1 after a signal.
func (p *process) await(t *testing.T) int {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		if err := p.cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
		t.Fatalf("the program does not end:\n%s", &p.stderr)
	}
	if ended, ok := errors.AsType[*exec.ExitError](p.err); ok {
		return ended.ExitCode()
	}
	if p.err != nil && !errors.Is(p.err, io.EOF) {
		t.Fatal(p.err)
	}
	return 0
}

// awaitText waits until the text matches and returns the match's first group.
func (p *process) awaitText(t *testing.T, in *transcript, pattern string) string {
	t.Helper()
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
			t.Fatalf("the program ended without saying %q:\n%s", pattern, &p.stderr)
		case <-limit:
			t.Fatalf("the program does not say %q:\n%s", pattern, text)
		}
	}
}

// killProcess ends another process the way kill -9 does.
func killProcess(t *testing.T, pid string) {
	t.Helper()
	number, err := strconv.Atoi(pid)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(number, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}
