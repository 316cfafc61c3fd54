package repository_test

import (
	"database/sql"
	"fmt"
	"testing"

	"skillstracker/repository"
	"skillstracker/repository/pgtest"
)

// fillAudit writes chains of events with the right hashes and their heads, which it
// works out in SQL of its own, set by set: the trigger would take minutes for a million.
// The events of the chains are mixed, as those of organisations are.
func fillAudit(tb testing.TB, db *sql.DB, chains, each int) {
	tb.Helper()
	tx, err := db.BeginTx(tb.Context(), nil)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	const text = `convert_to(pg_temp.part('T' || lpad(chain::text, 5, '0')) || pg_temp.part((%[1]s)::text)
		|| pg_temp.part((1794562200000000 + (%[1]s) * 1000 + chain)::text) || '10:aB3dE6gH9j,2:hr,9:exportCsv,9:staff.csv,-,-,'
		|| pg_temp.part('request-' || (%[1]s) || '-' || chain) || '4:done,', 'UTF8')`
	for _, statement := range []string{
		`SET LOCAL session_replication_role = replica`,
		`CREATE OR REPLACE FUNCTION pg_temp.part(field text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT octet_length(field) || ':' || field || ',' $$`,
		fmt.Sprintf(`INSERT INTO audit_event (organisation, sequence, at, actor, role, operation, object, request_id, outcome, previous_hash, hash)
			WITH RECURSIVE made AS (
			    SELECT chain, 1 AS place, decode(repeat('00', 32), 'hex') AS previous, sha256(decode(repeat('00', 32), 'hex') || `+fmt.Sprintf(text, "1")+`) AS hash
			    FROM generate_series(1, %[1]d) AS chain
			    UNION ALL
			    SELECT chain, place + 1, hash, sha256(hash || `+fmt.Sprintf(text, "place + 1")+`) FROM made WHERE place < %[2]d
			)
			SELECT 'T' || lpad(chain::text, 5, '0'), place, timestamptz 'epoch' + (1794562200000000 + place * 1000 + chain) * interval '1 microsecond',
			       'aB3dE6gH9j', 'hr', 'exportCsv', 'staff.csv', 'request-' || place || '-' || chain, 'done', previous, hash
			FROM made`, chains, each),
		fmt.Sprintf(`INSERT INTO audit_head (organisation, sequence, hash, at) SELECT organisation, sequence, hash, at FROM audit_event WHERE sequence = %d`, each),
	} {
		if _, err := tx.ExecContext(tb.Context(), statement); err != nil {
			tb.Fatalf("%v: %.80s", err, statement)
		}
	}
	if err := tx.Commit(); err != nil {
		tb.Fatal(err)
	}
}

// tamper changes the trail as only a superuser can, who puts every trigger aside.
func tamper(tb testing.TB, db *sql.DB, statements ...string) {
	tb.Helper()
	tx, err := db.BeginTx(tb.Context(), nil)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, statement := range append([]string{`SET LOCAL session_replication_role = replica`}, statements...) {
		result, err := tx.ExecContext(tb.Context(), statement)
		if err != nil {
			tb.Fatalf("%s: %v", statement, err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 && statement[:3] != "SET" {
			tb.Fatalf("%s touched nothing, %v", statement, err)
		}
	}
	if err := tx.Commit(); err != nil {
		tb.Fatal(err)
	}
}

// verifyAudit verifies the trail and returns its chains and the broken links.
func verifyAudit(tb testing.TB, database pgtest.Database) (chains []repository.VerifiedChain, broken []string) {
	tb.Helper()
	chains, err := database.Owner(tb).VerifyAudit(tb.Context(), nil, func(int64, int64) error { return nil })
	if err != nil {
		tb.Fatal(err)
	}
	for _, chain := range chains {
		if chain.Broken != nil {
			broken = append(broken, chain.Broken.String())
		}
	}
	return chains, broken
}
