package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// progressInterval is the pause between two lines about a slow start.
	progressInterval = 10 * time.Second
	// abandonPatience is how long a server whose start has failed may take
	// to end in order.
	abandonPatience = 5 * time.Second
	// maintenance is the database that is always there to connect to.
	maintenance = "postgres"
	// cannotConnectNow is the SQLSTATE of a server that is starting up.
	cannotConnectNow = "57P03"
)

// settle waits until the server accepts connections, checks what it runs
// with, makes roles and database if need be, and announces the socket.
func (c *Cluster) settle(ctx context.Context, server *process) (err error) {
	conn, err := c.awaitReady(ctx, server)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := conn.Close(context.WithoutCancel(ctx)); closeErr != nil && err == nil {
			err = fmt.Errorf("close connection: %w", closeErr)
		}
	}()
	if err := checkSafe(ctx, conn, c.cfg.ExtraSettings); err != nil {
		return err
	}
	if err := ensureDatabase(ctx, conn); err != nil {
		return err
	}
	return c.lock.announce(c.files.socketDir)
}

// awaitReady connects as the superuser. A server that recovers from a crash
// may take minutes, so only ctx or the server's end stops the waiting.
func (c *Cluster) awaitReady(ctx context.Context, server *process) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(c.URL(RoleAdmin, maintenance))
	if err != nil {
		return nil, fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	progress := time.NewTicker(progressInterval)
	defer progress.Stop()
	retry := time.NewTicker(pollInterval)
	defer retry.Stop()
	for {
		conn, err := pgx.ConnectConfig(ctx, config)
		if err == nil {
			return conn, nil
		}
		if answer, ok := errors.AsType[*pgconn.PgError](err); ok && answer.Code != cannotConnectNow {
			return nil, newError(ErrServer, err, "PostgreSQL in %s refuses the connection of its own program", c.cfg.DataDir)
		}
		if errors.Is(err, fs.ErrPermission) {
			return nil, newError(ErrServer, err, "this program may not use the socket of its own PostgreSQL in %s", c.files.socketDir)
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("wait for PostgreSQL: %w", ctx.Err())
		case <-server.exited:
			return nil, c.failedStart(server.err)
		case <-progress.C:
			c.log.InfoContext(ctx, "PostgreSQL is still starting, perhaps recovering from a crash",
				"answer", err.Error(), "log", c.files.logPath())
		case <-retry.C:
		}
	}
}

// failedStart quotes the server's last words, which are about its files and
// settings and never about data.
func (c *Cluster) failedStart(exit error) error {
	words, err := c.files.logTail()
	if err != nil {
		return errors.Join(err, exit)
	}
	return newError(ErrServer, exit, "PostgreSQL ended while it was starting; the end of %s says: %s", c.files.logPath(), words)
}

// logTail returns the last lines that the present run has logged.
func (f *files) logTail() (string, error) {
	const most = 2 << 10
	file, err := f.dir.OpenFile(logName, os.O_RDONLY, 0)
	if err != nil {
		return "", fmt.Errorf("read log: %w", err)
	}
	info, err := file.Stat()
	if err != nil {
		return "", errors.Join(fmt.Errorf("read log: %w", err), file.Close())
	}
	text, err := io.ReadAll(io.NewSectionReader(file, max(f.logStart, info.Size()-most), most))
	if err := errors.Join(err, file.Close()); err != nil {
		return "", fmt.Errorf("read log: %w", err)
	}
	return lastLines(string(text)), nil
}

// abandon ends a server whose start has failed for another reason than its
// own end, and returns cause.
func (c *Cluster) abandon(ctx context.Context, server *process, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), abandonPatience)
	defer cancel()
	select {
	case <-server.exited:
		return cause
	default:
	}
	if err := server.shutdown(ctx.Done()); err != nil {
		return fmt.Errorf("%w; stop PostgreSQL: %w", cause, err)
	}
	return cause
}
