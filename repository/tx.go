package repository

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"

	"skillstracker/domain"
)

// systemRows is the scope word of rows that belong to no organisation.
const systemRows = "-"

// scope is what a transaction may see and write. Row-level security enforces it;
// statements name the organisation as well.
type scope struct {
	read      []string // organisations whose rows are seen
	write     string   // the one organisation whose rows may be written
	aggregate bool     // every organisation's rows are seen: for totals only
	audit     bool     // every chain of the audit trail is seen: for auditors of all
}

// tx is one transaction with its scope set.
type tx struct {
	*gorm.DB
	conn *sql.Conn
}

// inScope is the only way to the tables of organisations. It runs fn in one
// transaction, which is READ ONLY and sees one snapshot when readOnly is set, and
// commits when fn returns nil. The error of the commit is returned. A connection
// that turns out to be dead before fn has begun is replaced: a caller who gave up,
// or a restart of the server, must not cost another caller an answer.
func (s *Store) inScope(ctx context.Context, sc scope, readOnly bool, fn func(tx) error) error {
	options := &sql.TxOptions{}
	if readOnly {
		options.ReadOnly = true
		options.Isolation = sql.LevelRepeatableRead
	}
	var err error
	for range s.pool.Stats().MaxOpenConnections + 1 {
		begun := false
		err = s.transaction(ctx, options, sc, func(t tx) error {
			begun = true
			return fn(t)
		})
		if begun || ctx.Err() != nil || !lostConnection(err) {
			break
		}
	}
	if err != nil && ctx.Err() != nil {
		// The transaction was taken back behind fn, which only saw that it was gone.
		err = fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return mapError("transaction", err)
}

// scopeKey is the key of a transaction's scope in the context in which it begins.
type scopeKey struct{}

func (s *Store) transaction(ctx context.Context, options *sql.TxOptions, sc scope, fn func(tx) error) error {
	return s.db.WithContext(context.WithValue(ctx, scopeKey{}, sc)).Connection(func(session *gorm.DB) error {
		conn, ok := session.Statement.ConnPool.(*sql.Conn)
		if !ok {
			return errors.New("the session has no connection of its own")
		}
		return session.Transaction(func(g *gorm.DB) error { return fn(tx{DB: g, conn: conn}) }, options)
	})
}

// copyRows bulk-loads rows into a table of this transaction by COPY.
func (t tx) copyRows(ctx context.Context, table string, columns []string, rows pgx.CopyFromSource) (int64, error) {
	var copied int64
	err := t.conn.Raw(func(driverConn any) error {
		c, err := driven(ctx, driverConn)
		if err != nil {
			return err
		}
		n, err := c.CopyFrom(ctx, pgx.Identifier{table}, columns, rows)
		copied = n
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("copy into %s: %w", table, err)
	}
	return copied, nil
}

// stage makes a temporary table that lasts until the end of the transaction and
// fills it with n rows. The definition is the table's name and its columns in
// brackets; rows returns the values of one row in their order.
func (t tx) stage(ctx context.Context, definition string, n int, rows func(i int) []any) error {
	if _, err := t.exec(ctx, "CREATE TEMPORARY TABLE "+definition+" ON COMMIT DROP"); err != nil {
		return err
	}
	name, list, _ := strings.Cut(definition, " (")
	var columns []string
	for column := range strings.SplitSeq(strings.TrimSuffix(list, ")"), ",") {
		columns = append(columns, strings.Fields(column)[0])
	}
	copied, err := t.copyRows(ctx, name, columns, pgx.CopyFromSlice(n, func(i int) ([]any, error) { return rows(i), nil }))
	return allTouched("stage "+name, copied, n, err)
}

// exec runs one statement and returns how many rows it touched.
func (t tx) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	result := t.WithContext(ctx).Exec(statement, args...)
	return result.RowsAffected, result.Error
}

// readRows runs a query and returns its rows as values of T, a struct of this
// package. It is used in place of gorm.G, whose every row type makes the compiler
// build all methods of the generic interface anew: a minute for this package.
func readRows[T any](ctx context.Context, t tx, statement string, args ...any) ([]T, error) {
	var rows []T
	err := t.WithContext(ctx).Raw(statement, args...).Find(&rows).Error
	return rows, err
}

// readRow runs a query that gives one row, or returns gorm.ErrRecordNotFound.
func readRow[T any](ctx context.Context, t tx, statement string, args ...any) (T, error) {
	var row T
	err := t.WithContext(ctx).Raw(statement, args...).Take(&row).Error
	return row, err
}

// preferIndexes keeps the planner of this transaction off sequential scans. Right
// after a bulk load a table has no statistics: the planner takes it for tiny and
// would read all of it once for each person. The application's role may not ANALYZE
// what it does not own.
func (t tx) preferIndexes(ctx context.Context) error {
	_, err := t.exec(ctx, `SET LOCAL enable_seqscan = off`)
	return err
}

// readScope is the scope of reading an actor's own organisations.
func readScope(actor domain.Actor) scope { return scope{read: actor.Organisations} }
