package repository_test

import (
	"testing"
	"time"
)

// The time of the newest change is that of whatever organisation, now or at an earlier
// time; before the first change there is none.
func TestLastChangeAt(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	at := func(knownAt *time.Time) *time.Time {
		t.Helper()
		found, err := r.LastChangeAt(t.Context(), knownAt)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	imported := at(nil)
	if imported == nil {
		t.Fatal("the import is no change")
	}
	r.store(t, people("RXA", date(2026, 10, 31), false, nurse(number(1))))
	stored := at(nil)
	if !stored.After(*imported) {
		t.Errorf("stored at %s, imported at %s", stored, imported)
	}
	between := stored.Add(-time.Microsecond)
	if then := at(&between); !then.Equal(*imported) {
		t.Errorf("at %s the newest change was of %s", between, then)
	}
	if then := at(stored); !then.Equal(*stored) {
		t.Errorf("at its own time the newest change was of %s", then)
	}
	long := time.Date(1999, time.January, 1, 0, 0, 0, 0, time.UTC)
	if then := at(&long); then != nil {
		t.Errorf("before the register there was a change of %s", then)
	}
}
