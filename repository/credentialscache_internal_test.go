package repository

import (
	"fmt"
	"sync"
	"testing"

	"skillstracker/domain"
)

func scopeOf(n int) domain.Scope { return domain.Scope{Organisations: make([]string, n)} }

func TestTheCacheOfScopesIsBounded(t *testing.T) {
	t.Parallel()
	c := newScopeCache(3, 100)
	for _, key := range []string{"a", "b", "c"} {
		c.put(key, scopeOf(10))
	}
	if _, found := c.get("a"); !found {
		t.Error("a is not held")
	}
	c.put("d", scopeOf(10)) // the fourth: b was used longest ago
	for key, want := range map[string]bool{"a": true, "b": false, "c": true, "d": true} {
		if _, found := c.get(key); found != want {
			t.Errorf("%s: %t", key, found)
		}
	}
	c.put("e", scopeOf(95)) // many codes make room of the others
	if _, found := c.get("e"); !found || c.kept > 100 || c.order.Len() != 1 || len(c.held) != 1 {
		t.Errorf("%d codes in %d scopes", c.kept, c.order.Len())
	}
	c.put("f", scopeOf(1000)) // one that is too large alone is held until the next
	c.put("g", scopeOf(1))
	if _, found := c.get("g"); !found || c.kept != 1 || c.order.Len() != 1 {
		t.Errorf("%d codes in %d scopes", c.kept, c.order.Len())
	}
}

func TestTheCacheOfScopesIsShared(t *testing.T) {
	t.Parallel()
	c := newScopeCache(50, 1000)
	var together sync.WaitGroup
	for worker := range 8 {
		together.Go(func() {
			for i := range 500 {
				key := fmt.Sprint((i * (worker + 1)) % 70)
				if scope, found := c.get(key); found && fmt.Sprint(len(scope.Organisations)) != key {
					t.Errorf("%s is a scope of %d", key, len(scope.Organisations))
				} else if !found {
					c.put(key, scopeOf((i*(worker+1))%70))
				}
			}
		})
	}
	together.Wait()
	if c.order.Len() > 50 || c.kept > 1000 {
		t.Errorf("%d codes in %d scopes", c.kept, c.order.Len())
	}
}

// Two questions have one key only when they are the same question.
func TestKeysOfScopes(t *testing.T) {
	t.Parallel()
	keys := make(map[string]bool)
	grants := []domain.Grant{
		{Kind: domain.ScopeAll},
		{Kind: domain.ScopeOrganisation, Codes: []string{"RXA", "RXB"}},
		{Kind: domain.ScopeOrganisation, Codes: []string{"RXARXB"}},
		{Kind: domain.ScopeICB, Codes: []string{"RXA", "RXB"}},
		{Kind: domain.ScopeRegion, Codes: []string{"RXA"}},
	}
	for _, grant := range grants {
		for _, on := range []domain.Date{1, 11, 111} {
			for _, version := range []int64{1, 11, 111} {
				keys[scopeCacheKey(grant, on, version)] = true
			}
		}
	}
	if want := len(grants) * 9; len(keys) != want {
		t.Errorf("%d keys, want %d", len(keys), want)
	}
}
