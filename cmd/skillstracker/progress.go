package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progressPace is how often progress is told where there is no terminal.
const progressPace = 10 * time.Second

// progress tells how far a long piece of work is: a bar on a terminal, a line
// every ten seconds elsewhere.
type progress struct {
	to    io.Writer
	now   func() time.Time
	what  string // such as "files sent"
	total int
	done  int
	told  time.Time
	bar   *progressbar.ProgressBar // nil where there is no terminal
}

func newProgress(h host, what string, total int) *progress {
	p := &progress{to: h.stdout, now: h.now, what: what, total: total, told: h.now()}
	if isTerminal(h.stdout) {
		p.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(h.stdout),
			progressbar.OptionSetDescription("   "+what),
			progressbar.OptionSetWidth(30),
			progressbar.OptionShowCount(),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
	return p
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// step counts one more thing done.
func (p *progress) step() error {
	p.done++
	if p.bar != nil {
		if err := p.bar.Add(1); err != nil {
			return fmt.Errorf("show progress: %w", err)
		}
		return nil
	}
	if now := p.now(); now.Sub(p.told) >= progressPace {
		p.told = now
		if _, err := fmt.Fprintf(p.to, "   %d of %d %s\n", p.done, p.total, p.what); err != nil {
			return fmt.Errorf("show progress: %w", err)
		}
	}
	return nil
}

// close takes the bar away.
func (p *progress) close() error {
	if p.bar == nil {
		return nil
	}
	if err := p.bar.Clear(); err != nil {
		return fmt.Errorf("show progress: %w", err)
	}
	return nil
}

// wait returns when the time is over, or with an error when ctx ends before.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait: %w", ctx.Err())
	}
}
