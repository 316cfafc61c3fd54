package api

import (
	"container/list"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// maxCounted is how many callers or addresses one count holds. The one that was idle
// longest makes room for the next, so that the memory has a bound (about 2 MB a count).
const maxCounted = 10_000

// recent holds values by key for as long as there is room, the last used first.
type recent[K comparable, V any] struct {
	most  int
	held  map[K]*list.Element
	order *list.List // of *recentEntry[K, V]
}

type recentEntry[K comparable, V any] struct {
	key   K
	value V
}

func newRecent[K comparable, V any](most int) recent[K, V] {
	return recent[K, V]{most: most, held: make(map[K]*list.Element), order: list.New()}
}

func (r *recent[K, V]) get(key K) (value V, found bool) {
	element, found := r.held[key]
	if !found {
		return value, false
	}
	r.order.MoveToFront(element)
	if entry, ok := element.Value.(*recentEntry[K, V]); ok {
		value = entry.value
	}
	return value, true
}

func (r *recent[K, V]) put(key K, value V) {
	r.remove(key)
	r.held[key] = r.order.PushFront(&recentEntry[K, V]{key: key, value: value})
	for r.order.Len() > r.most {
		if entry, ok := r.order.Back().Value.(*recentEntry[K, V]); ok {
			r.remove(entry.key)
		}
	}
}

func (r *recent[K, V]) remove(key K) {
	if element, found := r.held[key]; found {
		r.order.Remove(element)
		delete(r.held, key)
	}
}

// buckets count by key how often something happens: so many times a minute, and a
// quarter of that at once. The times are those of the caller's clock.
type buckets struct {
	rate  rate.Limit // a second; 0 counts nothing and refuses nothing
	burst int
	mutex sync.Mutex
	held  recent[string, *rate.Limiter]
}

// leastBurst is how much may happen at once however low the rate is.
const leastBurst = 20

func newBuckets(perMinute, most int) *buckets {
	return &buckets{
		rate: rate.Limit(float64(perMinute) / time.Minute.Seconds()), burst: max(perMinute/4, leastBurst),
		held: newRecent[string, *rate.Limiter](most),
	}
}

// take counts one and returns 0, or counts nothing and returns how long to wait.
func (b *buckets) take(key string, now time.Time) time.Duration {
	if b.rate == 0 {
		return 0
	}
	limiter := b.limiter(key)
	if limiter.AllowN(now, 1) {
		return 0
	}
	return b.missing(limiter, now)
}

// wait returns how long it is until one may happen, 0 when it may now.
func (b *buckets) wait(key string, now time.Time) time.Duration {
	if b.rate == 0 {
		return 0
	}
	return b.missing(b.limiter(key), now)
}

// charge counts one whether it may happen or not: it has happened. What many did at the
// same moment is paid back by waiting longer.
func (b *buckets) charge(key string, now time.Time) {
	if b.rate > 0 {
		b.limiter(key).ReserveN(now, 1)
	}
}

func (b *buckets) limiter(key string) *rate.Limiter {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	limiter, found := b.held.get(key)
	if !found {
		limiter = rate.NewLimiter(b.rate, b.burst)
		b.held.put(key, limiter)
	}
	return limiter
}

func (b *buckets) missing(limiter *rate.Limiter, now time.Time) time.Duration {
	short := 1 - limiter.TokensAt(now)
	if short <= 0 {
		return 0
	}
	return time.Duration(math.Ceil(short/float64(b.rate))) * time.Second
}

// acceptedFor is how long a credential that was accepted is remembered.
const acceptedFor = 24 * time.Hour

// accepted remembers credentials that were accepted, by their hash.
type accepted struct {
	mutex sync.Mutex
	held  recent[[32]byte, time.Time]
}

func newAccepted(most int) *accepted { return &accepted{held: newRecent[[32]byte, time.Time](most)} }

func (a *accepted) knows(hash [32]byte, now time.Time) bool {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	at, found := a.held.get(hash)
	return found && now.Sub(at) < acceptedFor
}

func (a *accepted) note(hash [32]byte, now time.Time) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.held.put(hash, now)
}

func (a *accepted) forget(hash [32]byte) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.held.remove(hash)
}
