package repository_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// Many voids of one upload, and voids beside uploads of the same organisation, come
// one after the other: each is done wholly, once or not at all.
func TestVoidsAndUploadsAtOnce(t *testing.T) {
	t.Parallel()
	r := newRegister(t, patience(time.Minute))
	june := date(2026, 6, 30)
	nothing := r.facts(t, "RXA")
	first := r.store(t, vacancies("RXA", cell(june, "03", "5", establishment(1, 1))))
	var wait sync.WaitGroup
	for range 6 {
		wait.Go(func() { r.void(t, first) })
	}
	wait.Wait()
	if got := one(t, r.database.Admin(t), `SELECT count(*) FROM change WHERE kind = 'void'`); got != "1" {
		t.Errorf("six voids of one upload made %s changes", got)
	}
	if diff := cmp.Diff(nothing, r.facts(t, "RXA")); diff != "" {
		t.Errorf("something is left:\n%s", diff)
	}
	for n := range int64(6) {
		upload := r.store(t, vacancies("RXA", cell(june, "03", "5", establishment(10+n, 1))))
		held := r.facts(t, "RXA")
		var refused bool
		wait.Go(func() {
			_, err := r.VoidUpload(t.Context(), hr("RXA"), upload.ID)
			_, refused = errors.AsType[*domain.VoidConflictError](err)
			if err != nil && !refused {
				t.Error(err)
			}
		})
		var later domain.Upload
		wait.Go(func() { later = r.store(t, vacancies("RXA", cell(june, "03", "5", establishment(10+n, 1)))) })
		wait.Wait()
		// The void came first, and the upload made the cell again; or the upload came
		// first, found it unchanged, and the void was refused.
		if (later.Counts.Unchanged == 1) != refused {
			t.Errorf("the void was refused: %t; the upload: %+v", refused, later.Counts)
		}
		if got := r.facts(t, "RXA"); !slices.Equal(got["vacancy_cell"], held["vacancy_cell"]) {
			t.Errorf("%v is held, want %v", got["vacancy_cell"], held["vacancy_cell"])
		}
	}
}

// A void is cut short at tables that it writes, in three ways: nothing of it may
// be left, and it can be done afterwards.
func TestAVoidThatIsCutShortLeavesNothing(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	db := r.database.Admin(t)
	june, july := date(2026, 6, 30), date(2026, 7, 31)
	r.store(t, people("RXA", june, true, nurse("1"), nurse("2")))
	nothing := r.facts(t, "RXA")
	upload := r.store(t, people("RXA", july, true, nurse("1", inBand("6")), nurse("3")))
	before := contents(t, r)
	for _, table := range []string{"change", "employment_spell", "staff_list", "upload", "change_clock"} {
		for how, cut := range map[string]func(cancel context.CancelFunc, pid string){
			"the caller gives up":      func(cancel context.CancelFunc, _ string) { cancel() },
			"the statement is ended":   func(_ context.CancelFunc, pid string) { run(t, db, `SELECT pg_cancel_backend(`+pid+`)`) },
			"the connection is broken": func(_ context.CancelFunc, pid string) { run(t, db, `SELECT pg_terminate_backend(`+pid+`)`) },
		} {
			err := r.cutVoid(t, db, table, upload, cut)
			if gaveUp := how == "the caller gives up"; errors.Is(err, context.Canceled) != gaveUp || !gaveUp && domain.KindOf(err) != domain.KindUnavailable {
				t.Errorf("%s while %s was written: %v", how, table, err)
			}
			if diff := cmp.Diff(before, contents(t, r)); diff != "" {
				t.Fatalf("%s while %s was written:\n%s", how, table, diff)
			}
		}
	}
	r.void(t, upload)
	if diff := cmp.Diff(nothing, r.facts(t, "RXA")); diff != "" {
		t.Errorf("after the void:\n%s", diff)
	}
}

// cutVoid withdraws an upload while a table cannot be written, cuts the void when it
// waits there and returns its error.
func (r register) cutVoid(t *testing.T, db *sql.DB, table string, upload domain.Upload, cut func(context.CancelFunc, string)) error {
	t.Helper()
	return cutWrite(t, db, table, cut, func(ctx context.Context) error {
		_, err := r.VoidUpload(ctx, hr("RXA"), upload.ID)
		return err
	})
}

// While an organisation is written, whatever was answered for a time is answered again
// for the same time, even for one at which a write was being committed.
func TestWhatWasKnownIsTheSameWhileItIsWritten(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	june := date(2026, 6, 30)
	db := r.database.Admin(t)
	ended := make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		defer close(ended)
		for n := range int64(40) {
			upload := r.store(t, vacancies("RXA", cell(june, "03", "5", establishment(n+1, 1))))
			if n%3 == 0 {
				r.void(t, upload)
			}
		}
	})
	answers := make(map[time.Time][]string)
	for reading := true; reading; {
		select {
		case <-ended:
			reading = false
		default:
		}
		var now time.Time
		if err := db.QueryRow(`SELECT clock_timestamp()`).Scan(&now); err != nil {
			t.Fatal(err)
		}
		answers[now] = r.cellMonths(t, domain.DataQuery{Organisation: "RXA", KnownAt: &now})
	}
	wait.Wait()
	for at, then := range answers {
		if now := r.cellMonths(t, domain.DataQuery{Organisation: "RXA", KnownAt: &at}); !slices.Equal(now, then) {
			t.Errorf("at %s %v was known, and now %v", at, then, now)
		}
	}
}

// A read as known at a time waits for a write whose change has its number.
func TestAReadWaitsForTheWriteThatIsBeingCommitted(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	db := r.database.Admin(t)
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	change := one(t, tx, `INSERT INTO change (kind, organisation, actor) VALUES ('upload', 'RXA', 'test') RETURNING id`)
	run(t, tx, `INSERT INTO vacancy_cell (organisation, month, staff_group, job_role, band, area_of_work, budgeted_fte, dont_know, added_by)
		VALUES ('RXA', '2026-06-30', '03', '-', '5', '-', 1, 0, `+change+`)`)
	var made time.Time
	if err := tx.QueryRow(`SELECT changed_at FROM finish_change($1)`, change).Scan(&made); err != nil {
		t.Fatal(err)
	}
	answer := make(chan []string, 1)
	go func() { answer <- r.cellMonths(t, domain.DataQuery{Organisation: "RXA", KnownAt: &made}) }()
	blocked(t, db, nil)
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if got := <-answer; len(got) != 1 {
		t.Errorf("the read did not wait: %v", got)
	}
}
