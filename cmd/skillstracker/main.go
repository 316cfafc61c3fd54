// Command skillstracker is the Digital Workforce Skills Tracker: the server, the
// demonstration and the commands that look after them.
//
// The rule: this package puts the parts together and decides nothing that the
// service answers. It alone reads the environment, the clock and the command
// line, and hands each part what it needs.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// Once the first signal has been heard, the second one ends the program at once.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, host{
		args:    os.Args[1:],
		environ: os.Environ(),
		stdout:  os.Stdout,
		stderr:  os.Stderr,
		now:     time.Now,
		wait:    wait,
		uid:     os.Geteuid(),
		cores:   runtime.NumCPU(),
	}))
}
