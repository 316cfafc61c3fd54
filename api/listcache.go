package api

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"skillstracker/domain"
)

// listsKept is how long reference lists are used again for naming codes. They
// change with a release, a new framework or a new crosswalk only, which this process
// knows at once when it published it; uploads are always checked against the lists as
// they are, and who asks for the lists gets them as they are.
const listsKept = time.Minute

// listCache keeps the reference lists for a short time, so that a question about
// totals does not read thousands of names.
type listCache struct {
	registry domain.Registry
	clock    func() time.Time
	held     atomic.Pointer[heldLists]
	asked    atomic.Uint64 // times the register was asked
}

type heldLists struct {
	lists domain.Lists
	since time.Time
	turn  uint64
}

func newListCache(registry domain.Registry, clock func() time.Time) *listCache {
	return &listCache{registry: registry, clock: clock}
}

// get returns the lists as they were at most a minute ago.
func (l *listCache) get(ctx context.Context) (domain.Lists, error) {
	now := l.clock()
	if held := l.held.Load(); held != nil && now.Sub(held.since) < listsKept && !now.Before(held.since) {
		return held.lists, nil
	}
	return l.read(ctx)
}

// read returns the lists as they are, and keeps them.
func (l *listCache) read(ctx context.Context) (domain.Lists, error) {
	asked := &heldLists{since: l.clock(), turn: l.asked.Add(1)}
	var err error
	if asked.lists, err = l.registry.Lists(ctx); err != nil {
		return domain.Lists{}, fmt.Errorf("read reference lists: %w", err)
	}
	// What was asked for before a framework was published must not take the place of what
	// was asked for after it.
	for held := l.held.Load(); held == nil || held.turn < asked.turn; held = l.held.Load() {
		if l.held.CompareAndSwap(held, asked) {
			break
		}
	}
	return asked.lists, nil
}
