package main

import (
	"context"
	"encoding/hex"
	"log/slog"
	"time"

	"skillstracker/domain"
	"skillstracker/repository"
)

// headsPace is how often the server writes the ends of the audit trail's chains to the
// log (DESIGN 8).
const headsPace = time.Hour

// headsPatience is how long the last of them may take when the server stops.
const headsPatience = 10 * time.Second

// The words of a line of the log that holds the end of a chain. "audit verify --heads"
// reads them.
const (
	headMessage  = "audit head"
	headChain    = "chain"
	headSequence = "sequence"
	headHash     = "hash"
)

// headLog writes the ends of chains to the log, where whoever can change the database
// does not reach them.
type headLog struct {
	store *repository.Store
	log   *slog.Logger
	// written holds the sequence of each chain that was written last: one that has not
	// grown since is not written again.
	written map[string]int64
}

// startHeads writes the ends of all chains to the log, then every hour those that have
// grown, and those once more when the service stops.
func (v *service) startHeads(ctx context.Context, wait func(context.Context, time.Duration) error) {
	heads := &headLog{store: v.store, log: v.log, written: make(map[string]int64)}
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	v.stopHeads = func(ctx context.Context) {
		cancel()
		<-ended
		last, done := context.WithTimeout(context.WithoutCancel(ctx), headsPatience)
		defer done()
		heads.write(last)
	}
	go func() {
		defer close(ended)
		for {
			heads.write(running)
			if wait(running, headsPace) != nil {
				return
			}
		}
	}()
}

// write writes what has grown. What cannot be read now is written an hour later.
func (l *headLog) write(ctx context.Context) {
	heads, err := l.store.AuditHeads(ctx)
	if err != nil {
		if ctx.Err() == nil {
			l.log.ErrorContext(ctx, "the heads of the audit trail were not read", "error", err)
		}
		return
	}
	for _, head := range heads {
		if l.written[head.Chain] == head.Sequence {
			continue
		}
		l.log.LogAttrs(ctx, slog.LevelInfo, headMessage, headAttributes(head)...)
		l.written[head.Chain] = head.Sequence
	}
}

func headAttributes(head domain.AuditHead) []slog.Attr {
	return []slog.Attr{
		slog.String(headChain, head.Chain), slog.Int64(headSequence, head.Sequence), slog.String(headHash, hex.EncodeToString(head.Hash[:])),
	}
}
