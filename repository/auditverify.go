package repository

import (
	"bufio"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"skillstracker/domain"
)

// VerifiedChain is what the verification of a chain came to.
type VerifiedChain struct {
	Chain  string // an ODS code, or domain.SystemChain
	Events int64
	Head   *domain.AuditHead   // nil when the chain has none
	Broken *domain.BrokenAudit // the first broken link, nil when the chain is whole
}

// auditBlock is the number of events between two calls of VerifyAudit's done.
const auditBlock = 10_000

// VerifyAudit works out the hashes of every chain of the audit trail again, outside of
// the database, and compares them with the heads of the chains and with those that were
// noted at earlier times; every change of the register must have its event. It writes
// nothing and keeps nobody waiting: all is read in one snapshot, event by event, and at
// no time are more than a few held. It fails with ErrNotAllSeen when it does not see
// every organisation's rows. done is called every ten thousand events with the number so far and that
// of the heads.
func (o *Owner) VerifyAudit(ctx context.Context, noted []domain.AuditHead, done func(events, expected int64) error) (chains []VerifiedChain, err error) {
	conn, err := o.pool.Conn(ctx)
	if err != nil {
		return nil, mapError("verify audit trail", err)
	}
	defer func() { err = errors.Join(err, mapError("verify audit trail", conn.Close())) }()
	t, err := conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
	if err != nil {
		return nil, mapError("verify audit trail", err)
	}
	defer func() { _ = t.Rollback() }()
	v := &auditWalk{noted: notedByChain(noted), done: done}
	if err := v.begin(ctx, t); err != nil {
		return nil, mapError("verify audit trail", err)
	}
	if err := v.read(ctx, conn); err != nil {
		return nil, mapError("verify audit trail", err)
	}
	v.end()
	if err := v.compareChanges(ctx, t); err != nil {
		return nil, mapError("verify audit trail", err)
	}
	slices.SortFunc(v.chains, func(a, b VerifiedChain) int { return strings.Compare(a.Chain, b.Chain) })
	return v.chains, nil
}

// copyPiece is the number of bytes that are handed on at a time.
const copyPiece = 256 << 10

// auditWalk goes through the events of all chains, one chain after the other.
type auditWalk struct {
	heads    map[string]domain.AuditHead
	noted    map[string][]domain.AuditHead
	expected int64 // events, by the heads
	done     func(events, expected int64) error

	// changes has a bit for the id of each change, which is set once its event is seen.
	changes  []uint64
	events   int64
	chain    VerifiedChain
	verifier *domain.AuditVerifier // nil before the first event
	chains   []VerifiedChain
}

// begin sets the scope of the transaction and reads the heads.
func (w *auditWalk) begin(ctx context.Context, t *sql.Tx) error {
	if err := seeAll(ctx, t); err != nil {
		return err
	}
	// The order of the index is that of the chains: no sorting, whatever their size. To
	// merge what several processes read costs more than to read it.
	if _, err := t.ExecContext(ctx, `SELECT set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
		set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)`); err != nil {
		return fmt.Errorf("set plan: %w", err)
	}
	var newest int64
	if err := t.QueryRowContext(ctx, `SELECT coalesce(max(id), 0) FROM change`).Scan(&newest); err != nil {
		return fmt.Errorf("read newest change: %w", err)
	}
	w.changes = make([]uint64, newest/64+1)
	rows, err := t.QueryContext(ctx, `SELECT organisation, sequence, hash FROM audit_head`)
	if err != nil {
		return fmt.Errorf("read heads: %w", err)
	}
	defer func() { _ = rows.Close() }()
	w.heads = make(map[string]domain.AuditHead)
	for rows.Next() {
		var key string
		var head domain.AuditHead
		var hash []byte
		if err := rows.Scan(&key, &head.Sequence, &hash); err != nil {
			return fmt.Errorf("read heads: %w", err)
		}
		head.Chain = domain.AuditChainName(key)
		copy(head.Hash[:], hash)
		w.heads[head.Chain] = head
		w.expected += head.Sequence
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read heads: %w", err)
	}
	return nil
}

// read takes every event from the database in the binary form of COPY, which the
// database writes while the hashes are worked out here.
func (w *auditWalk) read(ctx context.Context, conn *sql.Conn) error {
	return conn.Raw(func(driverConn any) error {
		c, ok := driverConn.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("the connection %T is not one of pgx", driverConn)
		}
		return w.copy(ctx, c.Conn())
	})
}

func (w *auditWalk) copy(ctx context.Context, c *pgx.Conn) error {
	from, to := io.Pipe()
	copied := make(chan error, 1)
	go func() {
		// A row at a time would cost more than its hash.
		rows := bufio.NewWriterSize(to, copyPiece)
		_, err := c.PgConn().CopyTo(ctx, rows, `COPY (`+query("audit_chains")+`) TO STDOUT (FORMAT binary)`)
		err = errors.Join(err, rows.Flush())
		copied <- errors.Join(err, to.CloseWithError(err))
	}()
	err := eachAuditEvent(bufio.NewReaderSize(from, copyPiece), w.next)
	// Whoever still writes learns that nobody reads any more.
	closing := from.CloseWithError(io.ErrClosedPipe)
	if err := <-copied; err != nil && !errors.Is(err, io.ErrClosedPipe) {
		return fmt.Errorf("read events: %w", err)
	}
	return errors.Join(err, closing)
}

func (w *auditWalk) next(event *domain.AuditEvent) error {
	if w.verifier == nil || event.Chain != w.chain.Chain {
		w.finishChain()
		w.startChain(event.Chain)
	}
	w.verifier.Next(event)
	if id := event.ChangeID; id != nil && *id >= 0 && *id/64 < int64(len(w.changes)) {
		w.changes[*id/64] |= 1 << (*id % 64)
	}
	w.chain.Events++
	w.events++
	if w.events%auditBlock == 0 {
		return w.done(w.events, w.expected)
	}
	return nil
}

func (w *auditWalk) startChain(name string) {
	w.chain = VerifiedChain{Chain: name}
	if head, found := w.heads[name]; found {
		w.chain.Head = &head
		delete(w.heads, name)
	}
	w.verifier = domain.NewAuditVerifier(name, w.noted[name])
	delete(w.noted, name)
}

func (w *auditWalk) finishChain() {
	if w.verifier == nil {
		return
	}
	w.chain.Broken = w.verifier.End(w.chain.Head)
	w.chains = append(w.chains, w.chain)
}

// end adds the chains of which there is no event left.
func (w *auditWalk) end() {
	w.finishChain()
	for name := range w.heads {
		w.startChain(name)
		w.finishChain()
	}
	for name := range w.noted {
		w.startChain(name)
		w.finishChain()
	}
}

// compareChanges looks for changes without an event, which is all that is left to see of
// a chain that was deleted with its head. Changes of kind seed are made by migrations.
func (w *auditWalk) compareChanges(ctx context.Context, t *sql.Tx) error {
	rows, err := t.QueryContext(ctx, `SELECT id, coalesce(organisation, '-') FROM change WHERE number IS NOT NULL AND kind <> 'seed' ORDER BY id`)
	if err != nil {
		return fmt.Errorf("read changes: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id int64
		var key string
		if err := rows.Scan(&id, &key); err != nil {
			return fmt.Errorf("read changes: %w", err)
		}
		if w.changes[id/64]&(1<<(id%64)) == 0 {
			w.unnoted(domain.AuditChainName(key), id)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read changes: %w", err)
	}
	return nil
}

// unnoted notes that a change has no event, unless its chain is known to be broken.
func (w *auditWalk) unnoted(name string, change int64) {
	broken := &domain.BrokenAudit{Chain: name, Change: change, Fault: domain.AuditUnnoted}
	for i := range w.chains {
		if w.chains[i].Chain == name {
			if w.chains[i].Broken == nil {
				w.chains[i].Broken = broken
			}
			return
		}
	}
	w.chains = append(w.chains, VerifiedChain{Chain: name, Broken: broken})
}

// notedByChain sorts heads by chain, and those of each by their sequence.
func notedByChain(noted []domain.AuditHead) map[string][]domain.AuditHead {
	chains := make(map[string][]domain.AuditHead)
	for _, head := range noted {
		chains[head.Chain] = append(chains[head.Chain], head)
	}
	for _, heads := range chains {
		slices.SortFunc(heads, func(a, b domain.AuditHead) int { return cmp.Compare(a.Sequence, b.Sequence) })
	}
	return chains
}
