package repository_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/repository"
)

// Many callers of two organisations share few connections and often give up in
// the middle: nobody ever sees the other's rows, and no connection keeps a scope.
func TestCancelledRequestsLeaveNoScopeBehind(t *testing.T) {
	t.Parallel()
	database := newFilledRegister(t).database
	store := database.Store(t, func(c *repository.Config) { c.MaxConnections = 3 })
	var callers sync.WaitGroup
	for caller := range 8 {
		callers.Go(func() {
			random := rand.New(rand.NewPCG(uint64(caller), 7))
			for range 60 {
				organisation := pick(random, "RXA", "RXB")
				ctx, cancel := context.WithCancel(t.Context())
				timer := time.AfterFunc(time.Duration(random.Int64N(int64(8*time.Millisecond))), cancel)
				list, _, err := store.Uploads(ctx, hr(organisation), organisation, domain.UploadFilter{}, domain.Page{Limit: 10})
				timer.Stop()
				cancel()
				switch {
				case errors.Is(err, context.Canceled):
				case err != nil:
					t.Errorf("%s: %v", organisation, err)
				case len(list) != filledUploads:
					t.Errorf("%s sees %d uploads", organisation, len(list))
				}
				for _, upload := range list {
					if upload.Organisation != organisation {
						t.Errorf("%s sees an upload of %s", organisation, upload.Organisation)
					}
				}
				var seen int
				err = store.DB().QueryRow(`SELECT (SELECT count(*) FROM upload) + (SELECT count(*) FROM staff_member)`).Scan(&seen)
				if err != nil && !errors.Is(err, driver.ErrBadConn) || seen > 0 {
					t.Errorf("a connection shows %d rows without a scope, %v", seen, err)
				}
			}
		})
	}
	callers.Wait()
}

// Connections that died while nobody used them are replaced without anybody's notice.
func TestDeadConnectionsAreReplaced(t *testing.T) {
	t.Parallel()
	r := newFilledRegister(t)
	db := r.database.Admin(t)
	list := func() {
		if _, _, err := r.Uploads(t.Context(), hr("RXA"), "RXA", domain.UploadFilter{}, domain.Page{Limit: 10}); err != nil {
			t.Error(err)
		}
	}
	for round := range 4 {
		var callers sync.WaitGroup
		for range 16 {
			callers.Go(list)
		}
		callers.Wait()
		ended := column(t, db, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'skillstracker'`)
		if len(ended) == 0 {
			t.Error("there was no connection to end")
		}
		if round%2 == 0 {
			list()
		} else {
			r.store(t, monthOf("RXA", 1+round))
		}
	}
}
