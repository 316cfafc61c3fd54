package api

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"skillstracker/domain"
)

// listsKept is how long reference lists are used again for naming codes. They
// change with a release or a new framework only; uploads are always checked
// against the lists as they are, and who asks for the lists gets them as they are.
const listsKept = time.Minute

// listCache keeps the reference lists for a short time, so that a question about
// totals does not read thousands of names.
type listCache struct {
	registry domain.Registry
	clock    func() time.Time
	held     atomic.Pointer[heldLists]
}

type heldLists struct {
	lists domain.Lists
	since time.Time
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
	now := l.clock()
	lists, err := l.registry.Lists(ctx)
	if err != nil {
		return domain.Lists{}, fmt.Errorf("read reference lists: %w", err)
	}
	l.held.Store(&heldLists{lists: lists, since: now})
	return lists, nil
}
