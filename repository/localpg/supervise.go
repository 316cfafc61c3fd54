package localpg

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// The pace of restarts: 0.1 s, doubled each time up to 5 s, and no more than
// 5 within a minute.
const (
	firstDelay    = 100 * time.Millisecond
	longestDelay  = 5 * time.Second
	mostRestarts  = 5
	restartWindow = time.Minute
)

// supervise runs until Stop, starting the server again whenever it ends.
func (c *Cluster) supervise(ctx context.Context, server *process) {
	defer close(c.supervised)
	// It holds one item for each restart of the last minute.
	recent := make(chan struct{}, mostRestarts)
	for server != nil {
		select {
		case <-c.stopping:
			c.noteExit(server.shutdown(c.hurry))
			return
		case <-server.exited:
		}
		c.log.WarnContext(ctx, "PostgreSQL has ended unexpectedly and is started again",
			"exit", fmt.Sprint(server.err), "log", c.files.logPath())
		server = c.restart(ctx, server.err, recent)
	}
}

// restart starts the server again. It returns nil when the cluster is being
// stopped, or when it has given up. cause is how the server had ended.
func (c *Cluster) restart(ctx context.Context, cause error, recent chan struct{}) *process {
	for {
		if len(recent) == mostRestarts {
			c.giveUp(ctx, cause)
			return nil
		}
		if pause(ctx, min(firstDelay<<len(recent), longestDelay)) != nil {
			return nil
		}
		recent <- struct{}{}
		time.AfterFunc(restartWindow, func() { <-recent })
		server, err := c.launch(ctx)
		if err == nil {
			return server
		}
		if ctx.Err() != nil {
			return nil
		}
		c.log.WarnContext(ctx, "PostgreSQL could not be started again", "error", err)
		cause = err
	}
}

func (c *Cluster) giveUp(ctx context.Context, cause error) {
	err := newError(ErrServer, cause, "PostgreSQL in %s has ended %d times within a minute and is not started again: see %s",
		c.cfg.DataDir, mostRestarts+1, c.files.logPath())
	c.log.ErrorContext(ctx, "PostgreSQL is given up", "error", err)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.err = err
	close(c.done)
}

func (c *Cluster) noteExit(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.exit = err
}

// Stop ends the server, waits for it and releases the data directory. When
// ctx ends first the server is stopped at once: nothing committed is lost,
// but the next start recovers as after a crash, and the error says so.
// Further calls return what the first returned.
func (c *Cluster) Stop(ctx context.Context) error {
	c.stop.Lock()
	defer c.stop.Unlock()
	if c.stopped {
		return c.stopFail
	}
	close(c.stopping)
	c.cancel()
	select {
	case <-c.supervised:
	case <-ctx.Done():
		close(c.hurry)
		<-c.supervised
	}
	c.stopped = true
	c.mu.Lock()
	exit := c.exit
	c.mu.Unlock()
	var err error
	if exit != nil {
		err = newError(ErrServer, errors.Join(exit, ctx.Err()),
			"PostgreSQL in %s did not end in order and will recover at its next start; see %s", c.cfg.DataDir, c.files.logPath())
	}
	c.stopFail = c.release(err)
	return c.stopFail
}
