package migrations_test

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"skillstracker/migrations"
	"skillstracker/repository"
	"skillstracker/repository/localpg"
	"skillstracker/repository/pgtest"
)

// beforeChains is the number of the migration before 00018_chain_audit.sql.
const beforeChains = 17

// Events that were written before there were chains are chained as the verifier, which
// works every hash out again outside of the database, expects it; new ones come after
// them. Taken back and applied again, they get the same hashes.
func TestEventsThatAreHeldAlreadyAreChained(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	owner, admin := open(t, database.URL(localpg.RoleOwner)), open(t, database.URL(localpg.RoleAdmin))
	takeBackTo(t, owner, beforeChains)
	// The texts are such as would run into each other without their lengths; the times
	// do not follow the ids, and are of both sides of 1970 and of midnight.
	if _, err := admin.ExecContext(t.Context(), `DO $$
		DECLARE made bigint;
		BEGIN
			INSERT INTO organisation (code, kind, added_by) SELECT 'RXA', 'nhs_trust', min(id) FROM change;
			INSERT INTO change (kind, organisation, actor) VALUES ('upload', 'RXA', 'test') RETURNING id INTO made;
			PERFORM finish_change(made);
			INSERT INTO audit_event (organisation, at, actor, role, operation, object, upload_id, change_id, request_id, outcome)
			SELECT x.organisation, e.at, e.actor, e.role, e.operation, e.object, e.upload_id, CASE x.organisation WHEN 'RXA' THEN e.change_id END, e.request_id, e.outcome
			FROM (VALUES (timestamptz '2026-03-29 01:30:00.000001Z', 'tok_1', 'hr', 'createUpload', NULL, uuid '0198c0de-0000-7000-8000-000000000001', made, 'r1', 'applied'),
				('2026-01-01 00:00:00+14', '', '', '', '', NULL, NULL, '', ''),
				('1969-12-31 23:59:59.999999Z', '-', '1:a,', 'x', '-', NULL, NULL, '-,1:', '0:,'),
				('2026-12-31 23:59:59.5Z', 'Ünï – 名前 🩺', E'a\nb\t', 'say "x"', 'NULL', 'ffffffff-ffff-ffff-ffff-ffffffffffff', NULL, repeat('long, ', 900), E'\\x00')
			) AS e (at, actor, role, operation, object, upload_id, change_id, request_id, outcome), unnest(ARRAY['RXA', 'A9ZZ', NULL, 'RXB']) AS x (organisation)
			WHERE x.organisation IS DISTINCT FROM 'RXB' OR e.actor = '-';
		END $$`); err != nil {
		t.Fatal(err)
	}
	up := func() {
		t.Helper()
		if _, err := migrations.Up(t.Context(), owner); err != nil {
			t.Fatal(err)
		}
	}
	up()
	wantChains(t, database, "A9ZZ 4, RXA 4, RXB 1, system 4")
	hashes := chainedHashes(t, admin)
	takeBackTo(t, owner, beforeChains)
	up()
	if again := chainedHashes(t, admin); again != hashes {
		t.Errorf("applied again, the chains are\n%s\nand were\n%s", again, hashes)
	}
	var misplaced int
	if err := admin.QueryRowContext(t.Context(), `SELECT count(*) FROM (SELECT sequence <> row_number() OVER (PARTITION BY organisation ORDER BY id) AS other FROM audit_event) e WHERE other`).
		Scan(&misplaced); err != nil || misplaced > 0 {
		t.Errorf("%d events have another place than by their ids (%v)", misplaced, err)
	}
	if _, err := admin.ExecContext(t.Context(), `DO $$
		DECLARE chain text;
		BEGIN
			FOREACH chain IN ARRAY ARRAY['RXA', '-', 'RXC'] LOOP
				PERFORM set_config('skills.write_organisation', chain, true);
				INSERT INTO audit_event (organisation, actor, role, operation, request_id, outcome) VALUES (nullif(chain, '-'), 'test', 'hr', 'x', '', '');
			END LOOP;
		END $$`); err != nil {
		t.Fatal(err)
	}
	wantChains(t, database, "A9ZZ 4, RXA 5, RXB 1, RXC 1, system 5")
}

// wantChains verifies the audit trail and compares its chains and their numbers of events.
func wantChains(t *testing.T, database pgtest.Database, want string) {
	t.Helper()
	chains, err := database.Owner(t).VerifyAudit(t.Context(), nil, func(int64, int64) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(chains, func(a, b repository.VerifiedChain) int { return cmp.Compare(a.Chain, b.Chain) })
	var found []string
	for _, chain := range chains {
		if chain.Broken != nil {
			t.Errorf("the chain of %s is broken: %+v", chain.Chain, *chain.Broken)
		}
		found = append(found, fmt.Sprint(chain.Chain, " ", chain.Events))
	}
	if got := strings.Join(found, ", "); got != want {
		t.Errorf("the chains are %s, want %s", got, want)
	}
}

func chainedHashes(t *testing.T, admin *sql.DB) string {
	t.Helper()
	var hashes string
	if err := admin.QueryRowContext(t.Context(), `SELECT string_agg(concat_ws(' ', id, sequence, encode(hash, 'hex')), E'\n' ORDER BY id) FROM audit_event`).
		Scan(&hashes); err != nil {
		t.Fatal(err)
	}
	return hashes
}
