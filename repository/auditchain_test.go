package repository_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/repository"
)

// Go and SQL work out the same hash, whatever the texts are.
func TestGoAndTheDatabaseHashAlike(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	odd := []any{
		nil, "", "-", "-,", ",", ":", "0:,", "3:abc,", "1234567890", "é", "e\u0301", "𝔘𝔫𝔦", "日本", "\u200b", "a\nb\r\n\tc", `\x00`, `'"$$`,
		strings.Repeat("ü", 3000), " ", "null", "\uffff", "\u0001",
	}
	random := rand.New(rand.NewPCG(1, 2))
	text := func(may ...any) any {
		if chosen := odd[random.IntN(len(odd))]; chosen != nil {
			return chosen
		}
		if len(may) > 0 {
			return may[0]
		}
		return string([]rune{rune(1 + random.IntN(0xd7fe)), rune(0x10000 + random.IntN(0xffff)), ','})
	}
	tx, err := r.admin.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	change := one(t, tx, `SELECT max(id) FROM change`)
	for i := range 400 {
		chain, upload, made := any("RXA"), any(nil), any(nil)
		if i%3 == 0 {
			chain = nil
		}
		if i%5 == 0 {
			upload, made = "3F2A1C5E-0b6d-4c8e-9f10-2a7b8c9d0e1f", change
		}
		if _, err := tx.ExecContext(t.Context(), `SELECT set_config('skills.write_organisation', coalesce($1, '-'), true)`, chain); err != nil {
			t.Fatal(err)
		}
		if _, err := tx.ExecContext(t.Context(), `INSERT INTO audit_event (organisation, actor, role, operation, object, upload_id, change_id, request_id, outcome)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, chain, text(), text(), text(), text(nil), upload, made, text(), text()); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	chains, broken := verifyAudit(t, r.database)
	if len(broken) > 0 || len(chains) != 2 || chains[0].Chain != "RXA" || chains[1].Chain != domain.SystemChain || chains[0].Events+chains[1].Events < 401 {
		t.Errorf("%+v: %q", chains, broken)
	}
	// What auditors are handed out says the same as what is verified.
	verifier, events := domain.NewAuditVerifier("RXA", nil), int64(0)
	err = r.AuditEvents(t.Context(), auditor("RXA"), domain.AuditFilter{Chain: "RXA"}, func(event domain.AuditEvent) error {
		events++
		verifier.Next(&event)
		return nil
	})
	if err != nil || verifier.End(nil).Fault != domain.AuditBeyondHead || events != chains[0].Events+1 {
		t.Errorf("%d events of %d, %v, %v", events, chains[0].Events, err, verifier.End(nil))
	}
}

// Whoever changes the trail in the database is found out, down to the event.
func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	fillAudit(t, r.admin, 3, 200)
	upload := r.store(t, staffList("RXA", date(2026, 9, 30), 3))
	if _, broken := verifyAudit(t, r.database); len(broken) > 0 {
		t.Fatalf("before: %q", broken)
	}
	event := func(chain string, sequence int) string {
		return one(t, r.admin, `SELECT id FROM audit_event WHERE organisation = $1 AND sequence = $2`, chain, sequence)
	}
	change := one(t, r.admin, `SELECT change_id FROM upload WHERE id = CAST($1 AS uuid)`, upload.ID)
	run(t, r.admin, `CREATE TABLE events_before AS TABLE audit_event`, `CREATE TABLE heads_before AS TABLE audit_head`)
	for name, test := range map[string]struct {
		statements []string
		want       []string
	}{
		"one byte": {
			[]string{`UPDATE audit_event SET actor = 'aB3dE6gH9k' WHERE organisation = 'T00002' AND sequence = 150`},
			[]string{"chain T00002, sequence 150, event " + event("T00002", 150) + ": changed"},
		},
		"one microsecond": {
			[]string{`UPDATE audit_event SET at = at + interval '1 microsecond' WHERE organisation = 'T00002' AND sequence = 1`},
			[]string{"chain T00002, sequence 1, event " + event("T00002", 1) + ": changed"},
		},
		"a time without end": {
			[]string{`UPDATE audit_event SET at = 'infinity' WHERE organisation = 'T00002' AND sequence = 2`},
			[]string{"chain T00002, sequence 2, event " + event("T00002", 2) + ": changed"},
		},
		"a hash": {
			[]string{`UPDATE audit_event SET hash = sha256(hash) WHERE organisation = 'T00003' AND sequence = 9`},
			[]string{"chain T00003, sequence 9, event " + event("T00003", 9) + ": changed"},
		},
		"deleted in the middle": {
			[]string{`DELETE FROM audit_event WHERE organisation = 'T00001' AND sequence = 77`},
			[]string{"chain T00001, sequence 77: missing; sequence 78, event " + event("T00001", 78) + ", follows"},
		},
		"deleted and numbered again": {
			[]string{
				`DELETE FROM audit_event WHERE organisation = 'T00001' AND sequence = 77`,
				`UPDATE audit_event SET sequence = sequence + 1000 WHERE organisation = 'T00001' AND sequence > 77`,
				`UPDATE audit_event SET sequence = sequence - 1001 WHERE organisation = 'T00001' AND sequence > 1000`,
			},
			[]string{"chain T00001, sequence 77, event " + event("T00001", 78) + ": changed"},
		},
		"deleted at the end": {
			[]string{`DELETE FROM audit_event WHERE organisation = 'T00001' AND sequence > 190`},
			[]string{"chain T00001, sequence 191: end missing"},
		},
		"deleted whole, the head left": {
			[]string{`DELETE FROM audit_event WHERE organisation = 'T00001'`},
			[]string{"chain T00001, sequence 1: end missing"},
		},
		"the head deleted": {
			[]string{`DELETE FROM audit_head WHERE organisation = 'T00001'`},
			[]string{"chain T00001, sequence 1: beyond head"},
		},
		"swapped": {
			[]string{
				`UPDATE audit_event SET sequence = 1000 WHERE organisation = 'T00001' AND sequence = 5`,
				`UPDATE audit_event SET sequence = 5 WHERE organisation = 'T00001' AND sequence = 6`,
				`UPDATE audit_event SET sequence = 6 WHERE organisation = 'T00001' AND sequence = 1000`,
			},
			[]string{"chain T00001, sequence 5, event " + event("T00001", 6) + ": changed"},
		},
		"moved to another chain": {
			[]string{`UPDATE audit_event SET organisation = 'T00002', sequence = 201 WHERE organisation = 'T00001' AND sequence = 200`},
			[]string{
				"chain T00001, sequence 200: end missing",
				"chain T00002, sequence 201, event " + event("T00001", 200) + ": changed",
			},
		},
		"inserted at the end": {
			[]string{`INSERT INTO audit_event (organisation, sequence, at, actor, role, operation, request_id, outcome, previous_hash, hash)
				SELECT organisation, sequence + 1, at, actor, role, 'voidUpload', request_id, outcome, hash,
				       sha256(hash || convert_to(audit_text(organisation, sequence + 1, at, ARRAY[actor, role, 'voidUpload', NULL, NULL, NULL, request_id, outcome]), 'UTF8'))
				FROM audit_event WHERE organisation = 'T00002' AND sequence = 200`},
			[]string{"chain T00002, sequence 201: beyond head"},
		},
		"a whole chain with its head, of which the register has changes": {
			[]string{`DELETE FROM audit_event WHERE organisation = 'RXA'`, `DELETE FROM audit_head WHERE organisation = 'RXA'`},
			[]string{"chain RXA: no event of change " + change},
		},
	} {
		tamper(t, r.admin, test.statements...)
		chains, broken := verifyAudit(t, r.database)
		if !slices.Equal(broken, test.want) {
			t.Errorf("%s: got %q, want %q of %d chains", name, broken, test.want, len(chains))
		}
		run(t, r.admin, `SET session_replication_role = replica; TRUNCATE audit_event, audit_head; INSERT INTO audit_event OVERRIDING SYSTEM VALUE TABLE events_before;
			INSERT INTO audit_head TABLE heads_before; SET session_replication_role = origin`)
	}
	if _, broken := verifyAudit(t, r.database); len(broken) > 0 {
		t.Errorf("afterwards: %q", broken)
	}
}

// A chain that a superuser writes anew, hashes, head and all, is whole by itself. The
// hashes that the log holds tell.
func TestAChainWrittenAnewIsFoundByNotedHeads(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	fillAudit(t, r.admin, 2, 50)
	noted, err := r.AuditHeads(t.Context())
	if err != nil || len(noted) != 3 {
		t.Fatalf("%d heads, %v", len(noted), err)
	}
	tamper(t, r.admin, `DELETE FROM audit_event`, `DELETE FROM audit_head`)
	fillAudit(t, r.admin, 1, 60) // another chain: its sixtieth event is the head
	owner := r.database.Owner(t)
	verify := func(noted []domain.AuditHead) (broken []string) {
		chains, err := owner.VerifyAudit(t.Context(), noted, func(int64, int64) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		for _, chain := range chains {
			if chain.Broken != nil {
				broken = append(broken, chain.Broken.String())
			}
		}
		return broken
	}
	system := fmt.Sprintf("chain system: no event of change %s", one(t, r.admin, `SELECT min(id) FROM change WHERE kind <> 'seed'`))
	if got := verify(nil); !slices.Equal(got, []string{system}) {
		t.Errorf("by itself: %q", got)
	}
	// The same events were put back in T00001, so that its noted head holds; the two
	// other chains are gone.
	want := []string{"chain T00002, sequence 50: end missing", fmt.Sprintf("chain system, sequence %d: end missing", noted[0].Sequence)}
	if got := verify(noted); !slices.Equal(got, want) {
		t.Errorf("compared with what was noted: got %q, want %q", got, want)
	}
	noted[1].Hash[5] ^= 1
	id := one(t, r.admin, `SELECT id FROM audit_event WHERE organisation = 'T00001' AND sequence = 50`)
	want = append([]string{"chain T00001, sequence 50, event " + id + ": not as noted"}, want...)
	if got := verify(noted); !slices.Equal(got, want) {
		t.Errorf("another hash was noted: got %q, want %q", got, want)
	}
}

// Many write to one chain at once, some of them give up, and it has neither a gap nor a
// fork.
func TestWritersOfOneChainLeaveNoGap(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	const writers, each = 12, 15
	actor := domain.Actor{ID: "hr", Role: domain.RoleHR, Organisations: []string{"RXA", "RXB"}, RequestID: "test"}
	faults := make(chan error, writers*each)
	var group sync.WaitGroup
	for writer := range writers {
		group.Go(func() {
			for i := range each {
				organisation := []string{"RXA", "RXA", "RXB", ""}[(writer+i)%4]
				read := domain.DataRead{Operation: "exportPeople"}
				if organisation != "" {
					read.Organisations = []string{organisation}
				}
				err := r.NoteRead(t.Context(), actor, read)
				if err != nil {
					faults <- err
				}
				// One that is taken back must leave nothing behind.
				if err := repository.RunScoped(t.Context(), r.Store, "RXA", false, `INSERT INTO audit_event (organisation, actor, role, operation, request_id, outcome)
					SELECT 'RXA', 'x', 'x', 'x', 'x', CAST(1 / (length('') * 1) AS text)`); err == nil {
					faults <- errors.New("a division by nothing was written")
				}
			}
		})
	}
	group.Wait()
	close(faults)
	for err := range faults {
		t.Error(err)
	}
	chains, broken := verifyAudit(t, r.database)
	counts := make(map[string]int64)
	for _, chain := range chains {
		counts[chain.Chain] = chain.Events
	}
	if len(broken) > 0 || counts["RXA"] != writers*each/2 || counts["RXB"] != writers*each/4 {
		t.Errorf("%v: %q", counts, broken)
	}
	if got := one(t, r.admin, `SELECT count(*) FROM (SELECT sequence - lag(sequence) OVER w AS step, at < lag(at) OVER w AS back FROM audit_event
		WINDOW w AS (PARTITION BY organisation ORDER BY sequence)) s WHERE step <> 1 OR back`); got != "0" {
		t.Errorf("%s events are out of order", got)
	}
}

// Verification that does not see everything concludes nothing.
func TestVerificationMustSeeEverything(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, staffList("RXA", date(2026, 9, 30), 3))
	for _, policy := range []string{
		`ALTER POLICY audit_event_read ON audit_event USING (organisation IS NULL)`,
		`ALTER POLICY audit_head_read ON audit_head USING (organisation = '-')`,
		`ALTER POLICY change_read ON change USING (organisation IS NULL)`,
	} {
		table := strings.Fields(policy)[2]
		before := one(t, r.admin, `SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polname = $1`, table)
		run(t, r.admin, policy)
		if _, err := r.database.Owner(t).VerifyAudit(t.Context(), nil, func(int64, int64) error { return nil }); !errors.Is(err, repository.ErrNotAllSeen) {
			t.Errorf("%s: %v", policy, err)
		}
		run(t, r.admin, strings.Replace(policy[:strings.Index(policy, "USING")], "USING", "", 1)+"USING ("+before+")")
	}
	stopped := errors.New("stopped")
	fillAudit(t, r.admin, 1, 10_001)
	if _, err := r.database.Owner(t).VerifyAudit(t.Context(), nil, func(int64, int64) error { return stopped }); !errors.Is(err, stopped) {
		t.Errorf("a verification that is stopped: %v", err)
	}
	if _, broken := verifyAudit(t, r.database); len(broken) > 0 {
		t.Errorf("afterwards: %q", broken)
	}
}

func auditor(organisations ...string) domain.Actor {
	slices.Sort(organisations)
	return domain.Actor{
		ID: "auditor", Role: domain.RoleAuditor, Organisations: organisations, RequestID: "audit-" + strings.Join(organisations, "-"),
		Grant: domain.Grant{Kind: domain.ScopeOrganisation, Codes: organisations},
	}
}

func auditorOfAll() domain.Actor {
	actor := auditor("RXA", "RXB", "RXC")
	actor.Grant = domain.Grant{Kind: domain.ScopeAll}
	return actor
}

// inMicroseconds is a time as the database holds it.
func inMicroseconds(at time.Time) time.Time { return at.UTC().Truncate(time.Microsecond) }
