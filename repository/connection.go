package repository

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/stdlib"
)

// connector opens connections whose transactions begin with their scope.
type connector struct{ driver.Connector }

// Connect opens a connection.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	conn, ok := opened.(*stdlib.Conn)
	if !ok {
		return nil, fmt.Errorf("open connection: %T is not one of pgx", opened)
	}
	return &connection{Conn: conn}, nil
}

// connection saves a transaction two round trips: it sets the scope together with the
// beginning, and does not wait for the end of one that only read. What comes next on the
// connection comes after that end, which the server has carried out before. A
// transaction without a scope in its context gets the empty one, which shows no
// organisation's rows.
type connection struct {
	*stdlib.Conn
	ending bool // the answer to a COMMIT is still to be read
}

// setScope says what a transaction may see and write and what one statement of it may
// cost, until its end. Nothing of it is a setting of the session: behind PgBouncer the
// next transaction meets another one.
const setScope = `SELECT set_config('skills.organisations', $1, true), set_config('skills.write_organisation', $2, true),
	set_config('skills.aggregate', $3, true), set_config('skills.audit', $4, true), set_config('jit', 'off', true), set_config('statement_timeout', '30s', true),
	set_config('lock_timeout', '5s', true), set_config('idle_in_transaction_session_timeout', '30s', true)`

// BeginTx begins a transaction.
func (c *connection) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	if err := c.settle(ctx); err != nil {
		return nil, err
	}
	begin := pgx.TxOptions{}
	if options.ReadOnly {
		begin.AccessMode = pgx.ReadOnly
	}
	switch level := sql.IsolationLevel(options.Isolation); level {
	case sql.LevelDefault:
	case sql.LevelRepeatableRead:
		begin.IsoLevel = pgx.RepeatableRead
	default:
		return nil, fmt.Errorf("begin transaction: level %s is not used", level)
	}
	sc, _ := ctx.Value(scopeKey{}).(scope)
	batch := &pgx.Batch{}
	batch.BeginTx(begin)
	batch.Queue(setScope, strings.Join(sc.read, ","), sc.write, setting(sc.aggregate), setting(sc.audit))
	sent := c.Conn.Conn().SendBatch(ctx, batch)
	err := sent.Close()
	begun := transaction{conn: c, readOnly: options.ReadOnly, ctx: ctx, pgx: sent.Tx()}
	if err != nil {
		// A connection that cannot even roll back is closed by that and not used again.
		_ = begun.Rollback()
		return nil, err
	}
	return begun, nil
}

// setting writes what policies take for yes or no.
func setting(on bool) string {
	if on {
		return "on"
	}
	return ""
}

// ResetSession makes the connection ready for its next user.
func (c *connection) ResetSession(ctx context.Context) error {
	if err := c.settle(ctx); err != nil {
		return err
	}
	return c.Conn.ResetSession(ctx)
}

// settle reads the answer to the COMMIT of a transaction that only read. Every way to
// the connection begins with it, as the answer to one statement must not be taken for
// that to another. A connection that does not say that the transaction ended is closed.
func (c *connection) settle(ctx context.Context) error {
	server := c.Conn.Conn().PgConn()
	for c.ending {
		message, err := server.ReceiveMessage(ctx)
		if err != nil {
			break
		}
		_, ready := message.(*pgproto3.ReadyForQuery)
		c.ending = !ready
	}
	if server.IsClosed() {
		return driver.ErrBadConn
	}
	if c.ending {
		_ = server.Close(ctx) // it is not used again, whatever it says
		return driver.ErrBadConn
	}
	return nil
}

// ExecContext runs a statement.
func (c *connection) ExecContext(ctx context.Context, statement string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.settle(ctx); err != nil {
		return nil, err
	}
	return c.Conn.ExecContext(ctx, statement, args)
}

// QueryContext runs a statement that returns rows.
func (c *connection) QueryContext(ctx context.Context, statement string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.settle(ctx); err != nil {
		return nil, err
	}
	return c.Conn.QueryContext(ctx, statement, args)
}

// PrepareContext prepares a statement.
func (c *connection) PrepareContext(ctx context.Context, statement string) (driver.Stmt, error) {
	if err := c.settle(ctx); err != nil {
		return nil, err
	}
	return c.Conn.PrepareContext(ctx, statement)
}

// Ping asks whether the server answers.
func (c *connection) Ping(ctx context.Context) error {
	if err := c.settle(ctx); err != nil {
		return err
	}
	return c.Conn.Ping(ctx)
}

// driven returns the connection of pgx behind one of database/sql.
func driven(ctx context.Context, driverConn any) (*pgx.Conn, error) {
	c, ok := driverConn.(*connection)
	if !ok {
		return nil, fmt.Errorf("the connection %T is not one of the pool", driverConn)
	}
	if err := c.settle(ctx); err != nil {
		return nil, err
	}
	return c.Conn.Conn(), nil
}

// transaction is one of pgx as database/sql knows them.
type transaction struct {
	conn     *connection
	readOnly bool
	pgx      pgx.Tx
	ctx      context.Context //nolint:containedctx // database/sql ends transactions without a context; the one in which they began bounds them
}

// Commit ends the transaction for good. There is nothing in the answer of one that only
// read: an error would have come with what was read.
func (t transaction) Commit() error {
	server := t.conn.Conn.Conn().PgConn()
	if !t.readOnly || server.IsClosed() || server.TxStatus() != 'T' {
		return t.pgx.Commit(t.ctx)
	}
	server.Frontend().SendQuery(&pgproto3.Query{String: "commit"})
	if err := server.Frontend().Flush(); err != nil {
		_ = server.Close(t.ctx) // it is not used again, whatever it says
		return fmt.Errorf("end transaction: %w", err)
	}
	t.conn.ending = true
	return nil
}

// Rollback takes the transaction back.
func (t transaction) Rollback() error { return t.pgx.Rollback(t.ctx) }
