package repository

import (
	"container/list"
	"strconv"
	"strings"
	"sync"

	"skillstracker/domain"
)

// What the cache of scopes may hold: so many scopes with so many codes together, which
// is about 30 MB at most. The nation has some 20,000 codes.
const (
	maxScopes     = 10_000
	maxScopeCodes = 500_000
)

// scopeCache keeps what grants cover, by grant, day and version of the registry. The
// scope that was used longest ago makes room for the next. Its answers are shared and
// must not be changed.
type scopeCache struct {
	entries, codes int // the bounds
	mutex          sync.Mutex
	held           map[string]*list.Element
	order          *list.List // of *cachedScope, the last used first
	kept           int        // codes
}

type cachedScope struct {
	key   string
	scope domain.Scope
}

func newScopeCache(entries, codes int) *scopeCache {
	return &scopeCache{entries: entries, codes: codes, held: make(map[string]*list.Element), order: list.New()}
}

// scopeCacheKey holds every part of the question. Codes hold no comma.
func scopeCacheKey(grant domain.Grant, on domain.Date, registry int64) string {
	return strconv.FormatInt(registry, 10) + "," + strconv.Itoa(int(on)) + "," + string(grant.Kind) + "," + strings.Join(grant.Codes, ",")
}

func (c *scopeCache) get(key string) (domain.Scope, bool) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	element, found := c.held[key]
	if !found {
		return domain.Scope{}, false
	}
	c.order.MoveToFront(element)
	return cached(element).scope, true
}

func (c *scopeCache) put(key string, scope domain.Scope) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if _, found := c.held[key]; found {
		return
	}
	c.held[key] = c.order.PushFront(&cachedScope{key: key, scope: scope})
	c.kept += len(scope.Organisations)
	for c.order.Len() > c.entries || c.kept > c.codes && c.order.Len() > 1 {
		last := c.order.Back()
		c.order.Remove(last)
		delete(c.held, cached(last).key)
		c.kept -= len(cached(last).scope.Organisations)
	}
}

func cached(element *list.Element) *cachedScope {
	entry, ok := element.Value.(*cachedScope)
	if !ok {
		return &cachedScope{}
	}
	return entry
}
