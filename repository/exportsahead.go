package repository

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// ahead fetches the rows of a cursor one batch ahead of whoever takes them, so that the
// database works while they are written.
type ahead struct {
	ctx    context.Context //nolint:containedctx // of the one fetch that the value is for
	conn   *pgx.Conn
	cursor string
	free   chan *textBatch
	full   chan *textBatch
	stop   chan struct{}
	failed error // of the fetching, set before full is closed
}

// textBatch holds rows as texts, the values of one row after those of the other.
type textBatch struct {
	bytes   []byte
	values  [][]byte
	columns int
	rows    int
}

func newAhead(ctx context.Context, conn *pgx.Conn, cursor string) *ahead {
	a := &ahead{ctx: ctx, conn: conn, cursor: cursor, free: make(chan *textBatch, 2), full: make(chan *textBatch), stop: make(chan struct{})}
	a.free <- &textBatch{}
	a.free <- &textBatch{}
	return a
}

// handOut hands out all rows. It returns when nothing uses the connection any more.
func (a *ahead) handOut(row func([][]byte) error) error {
	go a.fetchAll()
	var refused error
	for batch := range a.full {
		if refused = batch.each(row); refused != nil {
			close(a.stop)
			break
		}
		a.free <- batch
	}
	for range a.full {
		// What was fetched meanwhile is not wanted.
	}
	if refused != nil {
		return refused
	}
	return a.failed
}

// fetchAll fetches batches until there are no more rows, or they are not wanted.
func (a *ahead) fetchAll() {
	defer close(a.full)
	defer func() {
		// Nothing above this goroutine would keep a panic from ending the service.
		if reason := recover(); reason != nil {
			a.failed = fmt.Errorf("fetch rows: panic: %v", reason)
		}
	}()
	for {
		var batch *textBatch
		select {
		case batch = <-a.free:
		case <-a.stop:
			return
		}
		if a.failed = a.fetch(batch); a.failed != nil {
			return
		}
		last := batch.rows < exportBatch
		select {
		case a.full <- batch:
		case <-a.stop:
			return
		}
		if last {
			return
		}
	}
}

// fetch fills a batch.
func (a *ahead) fetch(batch *textBatch) error {
	// The simple protocol takes one message each way, and gives texts.
	rows, err := a.conn.Query(a.ctx, fmt.Sprintf("FETCH %d FROM %s", exportBatch, a.cursor), pgx.QueryExecModeSimpleProtocol)
	if err != nil {
		return fmt.Errorf("fetch rows: %w", err)
	}
	batch.bytes, batch.values = batch.bytes[:0], batch.values[:0]
	batch.rows, err = handOut(rows, func(rows pgx.Rows) error {
		values := rows.RawValues()
		batch.columns = len(values)
		for _, value := range values {
			if value == nil {
				batch.values = append(batch.values, nil)
				continue
			}
			from := len(batch.bytes)
			batch.bytes = append(batch.bytes, value...)
			batch.values = append(batch.values, batch.bytes[from:len(batch.bytes):len(batch.bytes)])
		}
		return nil
	})
	return err
}

// each hands out the rows of a batch.
func (b *textBatch) each(row func([][]byte) error) error {
	for i := range b.rows {
		if err := row(b.values[i*b.columns : (i+1)*b.columns]); err != nil {
			return err
		}
	}
	return nil
}
