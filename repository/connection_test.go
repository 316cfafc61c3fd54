package repository_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"skillstracker/domain"
	"skillstracker/repository"
)

// The limits of a statement are those of the transaction, not of the session, which
// behind PgBouncer is somebody else's the next moment.
func TestLimitsAreThoseOfTheTransaction(t *testing.T) {
	t.Parallel()
	r := newRegister(t, func(cfg *repository.Config) { cfg.MaxConnections = 1 })
	inside := map[string]string{"jit": "off", "statement_timeout": "30s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "30s", "timezone": "UTC"}
	for setting, want := range inside {
		for _, readOnly := range []bool{true, false} {
			got, err := repository.Setting(t.Context(), r.Store, readOnly, setting)
			if err != nil || got != want {
				t.Errorf("%s is %s in a transaction (read only %t), want %s; %v", setting, got, readOnly, want, err)
			}
		}
		if outside := one(t, r.DB(), `SELECT current_setting($1)`, setting); outside == want && setting == "statement_timeout" {
			t.Errorf("%s is %s outside of transactions", setting, outside)
		}
	}
}

// The end of a transaction that only read is not waited for. What is asked next on the
// same connection gets its own answer all the same, also when somebody gave up between.
func TestEndsThatAreNotWaitedForMixNothingUp(t *testing.T) {
	t.Parallel()
	r := newRegister(t, func(cfg *repository.Config) { cfg.MaxConnections = 1 })
	given, cancel := context.WithCancel(t.Context())
	cancel()
	for i := range 50 {
		if n, err := repository.ReadScoped(t.Context(), r.Store, "RXA", fmt.Sprintf(`SELECT %d`, i)); err != nil || n != int64(i) {
			t.Fatalf("got %d, %v, want %d", n, err, i)
		}
		switch i % 5 {
		case 0:
			if got := one(t, r.DB(), `SELECT current_setting('skills.organisations', true)`); got != "" {
				t.Errorf("the scope is still %q", got)
			}
		case 1:
			if err := r.Ping(t.Context()); err != nil {
				t.Error(err)
			}
		case 2:
			if err := repository.RunScoped(t.Context(), r.Store, "RXA", false, `SELECT 1`); err != nil {
				t.Error(err)
			}
		case 3:
			if _, err := repository.ReadScoped(given, r.Store, "RXA", `SELECT 7`); !errors.Is(err, context.Canceled) {
				t.Errorf("given up: %v", err)
			}
		case 4:
			if _, err := repository.ReadScoped(t.Context(), r.Store, "RXA", `SELECT 1 / 0`); domain.KindOf(err) != domain.KindInternal {
				t.Errorf("a statement that fails: %v", err)
			}
		}
	}
}
