package repository_test

import (
	"crypto/sha256"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"skillstracker/domain"
)

// sent is a file with bytes of a name: two of the same name are the same file.
func sent(name string, file domain.UploadFile) domain.UploadFile {
	file.SHA256 = sha256.Sum256([]byte(name))
	return file
}

func under(key string, file domain.UploadFile) domain.UploadFile {
	file.IdempotencyKey = key
	return file
}

func previewed(file domain.UploadFile) domain.UploadFile {
	file.CheckOnly = true
	return file
}

// send stores a file, whatever becomes of it.
func (r register) send(t *testing.T, file domain.UploadFile) domain.Upload {
	t.Helper()
	upload, err := r.StoreUpload(t.Context(), hr(file.Organisation), file)
	if err != nil {
		t.Fatal(err)
	}
	return upload
}

// wantRefusal checks the kind and the code of a refusal and after how many seconds
// the request may be sent again.
func wantRefusal(t *testing.T, err error, kind domain.ErrorKind, code string, retryAfter int) {
	t.Helper()
	refusal, ok := errors.AsType[*domain.Error](err)
	if !ok || refusal.Kind != kind || refusal.Code != code || refusal.RetryAfter != retryAfter || refusal.Message == "" {
		t.Fatalf("the error is %v, want %s", err, code)
	}
}

func (r register) wantRepeated(t *testing.T, first, second domain.Upload) {
	t.Helper()
	if !second.Repeated || second.ID != first.ID {
		t.Fatalf("%s (repeated %t) is not the answer of %s again", second.ID, second.Repeated, first.ID)
	}
	first.Repeated = true
	if diff := cmp.Diff(first, second, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the answer given again (-first +second):\n%s", diff)
	}
}

func TestTheSameRequestUnderItsKeyHasTheSameAnswer(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 9, 30), true, nurse("0001"), nurse("0002")))
	for name, file := range map[string]func() domain.UploadFile{
		"applied": func() domain.UploadFile {
			return described(people("RXA", date(2026, 10, 31), false, nurse("0001", inBand("6"))))
		},
		"rejected": func() domain.UploadFile {
			return r.assessmentFile(t, "RXA", assessed("0001", date(2026, 10, 1), all(4)), assessed("unknown", date(2026, 10, 1), all(4)))
		},
	} {
		first := r.send(t, sent(name, under("key "+name, file())))
		if string(first.State) != name {
			t.Fatalf("%s is %s: %v", name, first.State, foundCodes(first.Findings))
		}
		// Something else in between: with a key that does not matter.
		r.store(t, monthOf("RXA", len(name)))
		before := contents(t, r)
		second := r.send(t, sent(name, under("key "+name, file())))
		r.wantRepeated(t, first, second)
		if grown, _ := wantGrown(t, before, contents(t, r)); !slices.Equal(grown, []string{"audit_event"}) {
			t.Errorf("%s: new rows in %v", name, grown)
		}
	}
	if got := one(t, r.database.Admin(t), `SELECT count(*) FROM audit_event WHERE operation = 'repeatUpload'`); got != "2" {
		t.Errorf("%s repetitions are audited", got)
	}
}

func TestAKeyIsForOneRequestOfOneSender(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	first := r.store(t, sent("a", under("key", monthOf("RXA", 1))))
	otherOptions := sent("a", under("key", monthOf("RXA", 1)))
	otherOptions.Options[0] = 1
	otherKind := sent("a", under("key", people("RXA", date(2026, 9, 30), false, nurse("0001"))))
	before := contents(t, r)
	for name, file := range map[string]domain.UploadFile{
		"other bytes": sent("b", under("key", monthOf("RXA", 1))), "other options": otherOptions, "another kind": otherKind,
	} {
		_, err := r.StoreUpload(t.Context(), hr("RXA"), file)
		t.Log(name)
		wantRefusal(t, err, domain.KindInvalid, "idempotency_key_reused", 0)
	}
	if grown, ended := wantGrown(t, before, contents(t, r)); len(grown)+len(ended) > 0 {
		t.Errorf("new rows in %v, rows ended in %v", grown, ended)
	}
	// The same key of somebody else, or of another organisation, is another key.
	somebody := hr("RXA", "RXB")
	somebody.ID = "another token"
	if other, err := r.StoreUpload(t.Context(), somebody, sent("b", under("key", monthOf("RXA", 2)))); err != nil || other.Repeated || other.ID == first.ID {
		t.Errorf("another sender: %+v, %v", other, err)
	}
	if other, err := r.StoreUpload(t.Context(), hr("RXA", "RXB"), sent("b", under("key", monthOf("RXB", 2)))); err != nil || other.Repeated {
		t.Errorf("another organisation: %+v, %v", other, err)
	}
}

func TestAKeyThatHasRunOutCountsNoLonger(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	first := r.store(t, sent("a", under("key", monthOf("RXA", 1))))
	run(t, r.database.Admin(t), `UPDATE idempotency_key SET kept_until = now() - interval '1 second'`)
	second := r.store(t, sent("b", under("key", monthOf("RXA", 2))))
	if second.Repeated || second.ID == first.ID {
		t.Errorf("%+v", second)
	}
	r.wantRepeated(t, second, r.send(t, sent("b", under("key", monthOf("RXA", 2)))))
}

func TestAnErrorOfOursIsNotTheAnswerUnderAKey(t *testing.T) {
	t.Parallel()
	r := newStaffedRegister(t)
	// A level that the checks in front should have refused.
	broken := r.assessmentFile(t, "RXA", assessed("0001", date(2026, 10, 1), levels(5, 0, 0, 0, 0, 0)))
	if _, err := r.StoreUpload(t.Context(), hr("RXA"), sent("a", under("key", broken))); domain.KindOf(err) != domain.KindInternal {
		t.Fatalf("the error is %v", err)
	}
	mended := r.assessmentFile(t, "RXA", assessed("0001", date(2026, 10, 1), levels(4, 0, 0, 0, 0, 0)))
	if upload := r.store(t, sent("a", under("key", mended))); upload.Repeated {
		t.Errorf("%+v", upload)
	}
}

func TestAKeyOfARequestUnderWayIsAConflict(t *testing.T) {
	t.Parallel()
	r := newRegister(t, patience(time.Minute))
	db := r.database.Admin(t)
	// Another process holds the clock of changes, so that the first request waits
	// with its key in its hand.
	obstacle, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = obstacle.Rollback() })
	run(t, obstacle, `SELECT FROM change_clock FOR UPDATE`)
	first := make(chan domain.Upload, 1)
	ended := make(chan error, 1)
	go func() {
		upload, err := r.StoreUpload(t.Context(), hr("RXA"), sent("a", under("key", monthOf("RXA", 1))))
		first <- upload
		ended <- err
	}()
	blocked(t, db, ended)
	_, err = r.StoreUpload(t.Context(), hr("RXA"), sent("a", under("key", monthOf("RXA", 1))))
	wantRefusal(t, err, domain.KindConflict, "idempotency_key_in_use", 2)
	if err := obstacle.Rollback(); err != nil {
		t.Fatal(err)
	}
	upload := <-first
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	r.wantRepeated(t, upload, r.send(t, sent("a", under("key", monthOf("RXA", 1)))))
}

// Fifty clients send the same request under one key at once: one upload is stored,
// each has its answer or is told to wait, and whoever asks again then has it too.
func TestOneKeyFromManyClientsAtOnce(t *testing.T) {
	t.Parallel()
	r := newRegister(t, patience(time.Minute))
	var clients sync.WaitGroup
	answers := make(chan domain.Upload, 50)
	for range 50 {
		clients.Go(func() {
			for {
				upload, err := r.StoreUpload(t.Context(), hr("RXA"), sent("a", under("key", monthOf("RXA", 1))))
				if busy, ok := errors.AsType[*domain.Error](err); ok && busy.Code == "idempotency_key_in_use" {
					continue
				}
				if err != nil {
					t.Error(err)
				}
				answers <- upload
				return
			}
		})
	}
	clients.Wait()
	close(answers)
	stored, ids := 0, make(map[string]struct{})
	for upload := range answers {
		ids[upload.ID] = struct{}{}
		if !upload.Repeated {
			stored++
		}
	}
	if stored != 1 || len(ids) != 1 {
		t.Errorf("%d uploads were stored, %d different answers", stored, len(ids))
	}
	for query, want := range map[string]string{
		`SELECT count(*) FROM upload`:                                       "1",
		`SELECT count(*) FROM vacancy_cell`:                                 "1",
		`SELECT count(*) FROM audit_event WHERE operation = 'repeatUpload'`: "49",
	} {
		if got := one(t, r.database.Admin(t), query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

// The answer is the upload as it now stands.
func TestARepeatedAnswerShowsThatTheUploadWasVoided(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	first := r.store(t, sent("a", under("key", monthOf("RXA", 1))))
	if _, err := r.VoidUpload(t.Context(), hr("RXA"), first.ID); err != nil {
		t.Fatal(err)
	}
	second := r.send(t, sent("a", under("key", monthOf("RXA", 1))))
	if !second.Repeated || second.ID != first.ID || second.State != domain.UploadVoided || second.Voided == nil {
		t.Errorf("%+v", second)
	}
}
