package repository_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/repository"
)

// occupy holds an organisation as a write of another process would and returns
// the function that lets it go.
func (r register) occupy(t *testing.T, organisation string) (release func()) {
	t.Helper()
	tx, err := r.database.Admin(t).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	run(t, tx, `SELECT pg_advisory_xact_lock(hashtextextended('`+organisation+`', 1))`)
	return func() {
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
	}
}

func patience(wait time.Duration) func(*repository.Config) {
	return func(c *repository.Config) { c.BusyWait = wait }
}

func monthOf(organisation string, month int) domain.UploadFile {
	return vacancies(organisation, cell(date(2026, month+1, 0), "03", "5", establishment(int64(month), 1)))
}

func TestUploadsOfOneOrganisationAtOnceAreStoredOneAfterTheOther(t *testing.T) {
	t.Parallel()
	r := newRegister(t, patience(time.Minute))
	var wait sync.WaitGroup
	for range 2 {
		for month := range 6 {
			wait.Go(func() { r.store(t, monthOf("RXA", month+1)) })
		}
		wait.Go(func() { r.store(t, people("RXA", date(2026, 9, 30), true, nurse("1"), nurse("2"))) })
	}
	wait.Wait()
	db := r.database.Admin(t)
	for query, want := range map[string]string{
		`SELECT count(*) || ' ' || sum(rows_new) || ' ' || sum(rows_unchanged) || ' ' || sum(records_ended) FROM upload`: "14 8 8 0",
		`SELECT count(*) || ' ' || count(ended_by) FROM vacancy_cell`:                                                    "6 0",
		`SELECT count(*) || ' ' || count(ended_by) FROM staff_version`:                                                   "2 0",
		`SELECT count(*) FROM reporting_start WHERE ended_by IS NULL`:                                                    "2",
	} {
		if got := one(t, db, query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

// Writes that wait hold no connection and no other organisation's place.
func TestWaitingWritesStopNeitherReadsNorOtherWrites(t *testing.T) {
	t.Parallel()
	r := newRegister(t, patience(time.Minute))
	release := r.occupy(t, "RXA")
	var waiting sync.WaitGroup
	for month := range 10 {
		waiting.Go(func() { r.store(t, monthOf("RXA", month+1)) })
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for range 40 {
		if _, _, err := r.Uploads(ctx, hr("RXA"), "RXA", domain.UploadFilter{}, domain.Page{Limit: 10}); err != nil {
			t.Errorf("a read: %v", err)
			break
		}
	}
	if _, err := r.StoreUpload(ctx, hr("RXB"), monthOf("RXB", 1)); err != nil {
		t.Errorf("a write of another organisation: %v", err)
	}
	if got := one(t, r.database.Admin(t), `SELECT count(*) FROM upload WHERE organisation = 'RXA'`); got != "0" {
		t.Errorf("%s uploads were stored while another process wrote", got)
	}
	release()
	waiting.Wait()
}

func TestABusyOrganisationIsAConflict(t *testing.T) {
	t.Parallel()
	r := newRegister(t, patience(100*time.Millisecond))
	release := r.occupy(t, "RXA")
	before := contents(t, r)
	_, err := r.StoreUpload(t.Context(), hr("RXA"), monthOf("RXA", 1))
	busy, ok := errors.AsType[*domain.Error](err)
	if !ok || busy.Kind != domain.KindConflict || busy.Code != "organisation_busy" || busy.RetryAfter <= 0 {
		t.Errorf("a busy organisation: %v", err)
	}
	if grown, ended := wantGrown(t, before, contents(t, r)); len(grown)+len(ended) > 0 {
		t.Errorf("new rows in %v, rows ended in %v", grown, ended)
	}
	release()
	r.store(t, monthOf("RXA", 1))
}

func TestAWaitingWriteEndsWithItsContext(t *testing.T) {
	t.Parallel()
	r := newRegister(t, patience(time.Hour))
	r.occupy(t, "RXA")
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	_, err := r.StoreUpload(ctx, hr("RXA"), monthOf("RXA", 1))
	if err == nil || !errors.Is(err, context.DeadlineExceeded) && domain.KindOf(err) != domain.KindUnavailable {
		t.Errorf("the error is %v", err)
	}
}

// At most half the pool stores uploads at a time, however many are sent.
func TestUploadsLeaveHalfThePoolToOthers(t *testing.T) {
	t.Parallel()
	r := newRegister(t, func(c *repository.Config) { c.MaxConnections = 2 })
	// Another process holds the clock of changes, so that an upload keeps its
	// connection until the clock is free.
	tx, err := r.database.Admin(t).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	run(t, tx, `SELECT FROM change_clock FOR UPDATE`)
	var wait sync.WaitGroup
	for _, organisation := range []string{"RXA", "RXB", "RXC"} {
		wait.Go(func() { r.store(t, monthOf(organisation, 1)) })
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for range 20 {
		if _, _, err := r.Uploads(ctx, hr("RXA"), "RXA", domain.UploadFilter{}, domain.Page{Limit: 10}); err != nil {
			t.Errorf("a read: %v", err)
			break
		}
	}
	if err := tx.Rollback(); err != nil {
		t.Error(err)
	}
	wait.Wait()
}
