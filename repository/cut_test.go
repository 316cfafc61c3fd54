package repository_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// blocked waits until a statement of the application waits for a lock and returns
// the process that runs it. The upload must not end before.
func blocked(t *testing.T, db *sql.DB, ended <-chan error) string {
	t.Helper()
	for {
		found := column(t, db, `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
			AND application_name = 'skillstracker'`)
		if len(found) == 1 {
			return found[0]
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case err := <-ended:
			t.Fatalf("the upload ended before it could be cut: %v", err)
		}
	}
}

// Each kind of upload is cut short at each table that it writes, in three ways:
// nothing of it may be left, and the same file must be stored afterwards.
func TestAnUploadThatIsCutShortLeavesNothing(t *testing.T) {
	t.Parallel()
	october := date(2026, 10, 31)
	file := func(r register, kind string) domain.UploadFile {
		var f domain.UploadFile
		switch kind {
		case "staff":
			f = people("RXA", october, true, nurse("0001", inBand("6")), nurse("0002"), nurse("0004"))
		case "assessments":
			f = creating(r.assessmentFile(t, "RXA", assessed("0001", date(2026, 9, 1), all(2)), assessed("0002", date(2026, 9, 1), levels(1, 1, 1, 1, 1, no)),
				assessed("0003", date(2026, 9, 1), all(1)), assessed("made", date(2026, 9, 1), all(1))))
		default:
			f = complete(vacancies("RXA", cell(date(2026, 9, 30), "03", "6", establishment(5, 4)), cell(date(2026, 9, 30), "03", "8a", establishment(1, 1)),
				cell(october, "03", "", establishment(5, 4))))
		}
		return under("key of "+kind, withContent(t, f, 100))
	}
	for kind, tables := range map[string][]string{
		"staff": {
			"change", "staff_member", "employment_spell", "staff_version", "staff_list", "upload", "upload_file_part", "idempotency_key", "audit_event", "change_clock",
		},
		"assessments": {
			"change", "staff_member", "assessment", "assessment_confirmation", "reporting_start", "upload", "upload_finding", "upload_file_part", "audit_event", "change_clock",
		},
		"vacancies": {"change", "vacancy_cell", "vacancy_confirmation", "reporting_start", "upload", "idempotency_key", "audit_event", "change_clock"},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			r := newRegister(t, keepingFiles)
			db := r.database.Admin(t)
			r.store(t, people("RXA", date(2026, 8, 31), true, nurse("0001"), nurse("0002"), nurse("0003")))
			r.store(t, r.assessmentFile(t, "RXA", assessed("0001", date(2026, 9, 1), all(1)), assessed("0003", date(2026, 9, 1), all(1))))
			r.store(t, vacancies("RXA", cell(date(2026, 9, 30), "03", "6", establishment(5, 5)), cell(date(2026, 9, 30), "03", "7", establishment(5, 5)),
				cell(date(2026, 9, 30), "03", "8a", establishment(1, 1))))
			before := contents(t, r)
			for _, table := range tables {
				for how, cut := range map[string]func(cancel context.CancelFunc, pid string){
					"the caller gives up":      func(cancel context.CancelFunc, _ string) { cancel() },
					"the statement is ended":   func(_ context.CancelFunc, pid string) { run(t, db, `SELECT pg_cancel_backend(`+pid+`)`) },
					"the connection is broken": func(_ context.CancelFunc, pid string) { run(t, db, `SELECT pg_terminate_backend(`+pid+`)`) },
				} {
					err := r.cutShort(t, db, table, file(r, kind), cut)
					if gaveUp := how == "the caller gives up"; errors.Is(err, context.Canceled) != gaveUp || !gaveUp && domain.KindOf(err) != domain.KindUnavailable {
						t.Errorf("%s while %s was written: %v", how, table, err)
					}
					if diff := cmp.Diff(before, contents(t, r)); diff != "" {
						t.Fatalf("%s while %s was written:\n%s", how, table, diff)
					}
				}
			}
			r.store(t, file(r, kind))
			wantWholeUploads(t, db)
		})
	}
}

// cutShort sends a file while a table cannot be written, cuts the upload when it
// waits there and returns its error.
func (r register) cutShort(t *testing.T, db *sql.DB, table string, file domain.UploadFile, cut func(context.CancelFunc, string)) error {
	t.Helper()
	return cutWrite(t, db, table, cut, func(ctx context.Context) error {
		_, err := r.StoreUpload(ctx, hr("RXA"), file)
		return err
	})
}

// cutWrite does a write while a table cannot be written, cuts it when it waits there
// and returns its error.
func cutWrite(t *testing.T, db *sql.DB, table string, cut func(context.CancelFunc, string), write func(context.Context) error) error {
	t.Helper()
	obstacle, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = obstacle.Rollback() }()
	run(t, obstacle, `LOCK TABLE `+table+` IN SHARE ROW EXCLUSIVE MODE`)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- write(ctx) }()
	cut(cancel, blocked(t, db, ended))
	return <-ended
}

// Thirty uploads are cut at random moments: each is wholly there or not at all, the
// acknowledged ones are there, and what follows works.
func TestUploadsCutAtRandomMoments(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	r := newRegister(t)
	db := r.database.Admin(t)
	r.store(t, staffList("RXA", date(2026, 1, 31), 300))
	began := time.Now()
	r.store(t, r.assessments(t, "RXA", date(2026, 2, 1), 300, 1))
	whole := time.Since(began)
	outcomes := make(map[string]int)
	for i := range 30 {
		var file domain.UploadFile
		switch i % 3 {
		case 0:
			file = r.assessments(t, "RXA", date(2026, 2, 1)+domain.Date(i), 300, domain.Level(i%5))
		case 1:
			file = staffList("RXA", date(2026, 2, 28)+domain.Date(i), 300+i)
		case 2:
			file = monthOf("RXA", i%12+1)
		}
		before := one(t, db, `SELECT count(*) FROM upload`)
		ctx, cancel := context.WithCancel(t.Context())
		timer := time.AfterFunc(time.Duration(random.Int64N(int64(whole)*12/10)), cancel)
		_, err := r.StoreUpload(ctx, hr("RXA"), file)
		timer.Stop()
		cancel()
		stored := one(t, db, `SELECT count(*) FROM upload`) != before
		outcomes[fmt.Sprintf("acknowledged %t, stored %t", err == nil, stored)]++
		if err == nil && !stored {
			t.Errorf("upload %d was acknowledged and is not there", i)
		}
		wantWholeUploads(t, db)
	}
	t.Logf("of 30 uploads that took up to %s: %v", whole, outcomes)
	r.store(t, staffList("RXA", date(2026, 12, 31), 300))
	r.store(t, r.assessments(t, "RXA", date(2026, 12, 31), 300, 4))
	wantWholeUploads(t, db)
}
