package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// transfer tells how much of a file has been sent, and that the server is at work
// once it has it all: a bar on a terminal, a line every ten seconds elsewhere.
type transfer struct {
	to    io.Writer
	pace  time.Duration
	total int64
	wait  func(context.Context, time.Duration) error

	mu    sync.Mutex
	done  int64
	bar   *progressbar.ProgressBar // nil where there is no terminal
	err   error                    // the first failure to write
	stop  context.CancelFunc
	ended chan struct{}
}

// startTransfer begins to tell, on standard error, until close.
func startTransfer(ctx context.Context, h host, total int64) *transfer {
	t := &transfer{to: h.stderr, pace: progressPace, total: total, wait: h.wait, ended: make(chan struct{})}
	if isTerminal(h.stderr) {
		t.pace = time.Second
		t.bar = progressbar.NewOptions64(total+1, // the last step is the answer
			progressbar.OptionSetWriter(h.stderr),
			progressbar.OptionSetDescription("   sending"),
			progressbar.OptionSetWidth(30),
			progressbar.OptionShowBytes(true),
			progressbar.OptionUseIECUnits(true),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
	ctx, t.stop = context.WithCancel(ctx)
	go func() {
		defer close(t.ended)
		for t.wait(ctx, t.pace) == nil {
			t.tell()
		}
	}()
	return t
}

// sent counts bytes. It has the form that the sender of a file wants.
func (t *transfer) sent(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done += int64(n)
	if t.bar == nil {
		return
	}
	t.keep(t.bar.Add(n))
	if t.done == t.total {
		t.bar.Describe("   sent; the server is checking the file")
	}
}

// restart counts from the beginning again.
func (t *transfer) restart() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done = 0
	if t.bar != nil {
		t.bar.Reset()
		t.bar.Describe("   sending")
	}
}

// tell writes how far it is.
func (t *transfer) tell() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.bar != nil {
		t.keep(t.bar.RenderBlank()) // the time goes on
		return
	}
	text := fmt.Sprintf("%s of %s sent", mebibytes(t.done), mebibytes(t.total))
	if t.done >= t.total {
		text = mebibytes(t.total) + " sent; the server is checking the file"
	}
	_, err := fmt.Fprintf(t.to, "   %s\n", text)
	t.keep(err)
}

// note writes a line of its own.
func (t *transfer) note(format string, values ...any) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.bar != nil {
		t.keep(t.bar.Clear())
	}
	_, err := fmt.Fprintf(t.to, "   "+format+"\n", values...)
	t.keep(err)
	return t.err
}

func (t *transfer) keep(err error) {
	if err != nil && t.err == nil {
		t.err = fmt.Errorf("show progress: %w", err)
	}
}

// close ends the telling and takes the bar away.
func (t *transfer) close() error {
	t.stop()
	<-t.ended
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.bar != nil {
		t.keep(t.bar.Clear())
		t.bar = nil // a refused file may still be read for a moment
	}
	return t.err
}

func mebibytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }
