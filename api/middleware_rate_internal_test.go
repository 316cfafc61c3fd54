package api

import (
	"fmt"
	"sync"
	"testing"
	"time"
)

// Who asks again and again stays counted whoever else comes; the memory has a bound.
func TestCountsAreBoundedAndForgetTheIdle(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)
	counts := newBuckets(60, 100)
	for range leastBurst {
		if wait := counts.take("busy", at); wait != 0 {
			t.Fatalf("refused for %s", wait)
		}
	}
	counts.take("idle", at)
	for i := range 10_000 {
		counts.take(fmt.Sprint(i), at)
		if i%50 == 0 && counts.take("busy", at) != time.Second {
			t.Fatalf("the busy one is let in after %d others", i)
		}
	}
	if got := len(counts.held.held); got != 100 || counts.held.order.Len() != got {
		t.Errorf("%d and %d are held, want 100", got, counts.held.order.Len())
	}
	if _, found := counts.held.held["idle"]; found {
		t.Error("the idle one is held")
	}
	known := newAccepted(10)
	for i := range 100 {
		known.note([32]byte{byte(i)}, at)
	}
	if len(known.held.held) != 10 || !known.knows([32]byte{99}, at) || known.knows([32]byte{89}, at) || known.knows([32]byte{}, at) {
		t.Errorf("%d are remembered", len(known.held.held))
	}
}

// Many at the same moment are let in no more often in the end: what they were too many
// is waited for.
func TestFailuresAtTheSameMomentArePaidBack(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)
	counts := newBuckets(60, 10)
	var together sync.WaitGroup
	for range leastBurst + 15 {
		together.Go(func() { counts.charge("a", at) })
	}
	together.Wait()
	if wait := counts.wait("a", at); wait != 16*time.Second {
		t.Errorf("the next waits %s", wait)
	}
	if wait := counts.wait("a", at.Add(16*time.Second)); wait != 0 {
		t.Errorf("after that still %s", wait)
	}
}

// Every operation of the two lists is one of the contract, and what reads or writes
// files is heavy.
func TestRatesNameOperationsOfTheContract(t *testing.T) {
	t.Parallel()
	described, err := readOperations(contractDocument, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	steps, works := 0, 0
	for _, op := range described {
		if signsIn(op.id) {
			steps++
			if op.permission != public {
				t.Errorf("%s asks for a credential", op.id)
			}
		}
		if heavy(op.id) {
			works++
			if op.permission == public {
				t.Errorf("%s asks for no credential", op.id)
			}
		}
		if body := op.route.Operation.RequestBody; body != nil && body.Value.Content["text/csv"] != nil && !heavy(op.id) {
			t.Errorf("%s takes a file and is not heavy", op.id)
		}
	}
	if steps != 5 || works != 25 {
		t.Errorf("%d steps of signing in and %d heavy operations are in the contract", steps, works)
	}
}
