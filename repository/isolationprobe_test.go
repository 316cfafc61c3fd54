package repository_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"skillstracker/repository/localpg"
)

// scopeSetting is what a transaction says of itself; policies read it.
type scopeSetting struct{ read, write, aggregate, audit, expire string }

// prober tries in one transaction what the policies of tables must refuse. It
// reports what went wrong instead of failing, so that a test can also see that a
// missing policy is noticed.
type prober struct {
	t      *testing.T
	tx     *sql.Tx
	copy   string            // inserts a copy of a row
	rows   map[string]string // one row of each organisation
	first  bool              // nothing more is tried after a fault
	faults []string
}

// done says whether the probe may end.
func (p *prober) done() bool { return p.first && len(p.faults) > 0 }

func (p *prober) fault(format string, args ...any) {
	p.faults = append(p.faults, fmt.Sprintf(format, args...))
}

// try runs fn as a role in a scope and takes back what it did.
func (p *prober) try(role string, s scopeSetting, fn func() error) error {
	p.t.Helper()
	run(p.t, p.tx, fmt.Sprintf(`SAVEPOINT try; SET LOCAL ROLE %s; SELECT set_config('skills.organisations', '%s', true),
		set_config('skills.write_organisation', '%s', true), set_config('skills.aggregate', '%s', true),
		set_config('skills.audit', '%s', true), set_config('skills.expire', '%s', true)`, role, s.read, s.write, s.aggregate, s.audit, s.expire))
	err := fn()
	run(p.t, p.tx, `ROLLBACK TO SAVEPOINT try`)
	return err
}

// sees counts the rows that a role sees.
func (p *prober) sees(role string, s scopeSetting, table string) (seen int) {
	p.t.Helper()
	if err := p.try(role, s, func() error {
		return p.tx.QueryRow(`SELECT count(*) FROM ` + table).Scan(&seen)
	}); err != nil {
		p.t.Fatalf("read %s: %v", table, err)
	}
	return seen
}

// does runs a statement and returns the rows it touched and its SQLSTATE.
func (p *prober) does(role string, s scopeSetting, statement string, args ...any) (touched int64, state string) {
	p.t.Helper()
	err := p.try(role, s, func() error {
		result, err := p.tx.Exec(statement, args...)
		if err != nil {
			return err
		}
		touched, err = result.RowsAffected()
		return err
	})
	if err != nil {
		if state, _ = sqlState(err); state == "" {
			p.t.Fatal(err)
		}
	}
	return touched, state
}

// insufficientPrivilege is the SQLSTATE of a policy's refusal.
const insufficientPrivilege = "42501"

// heldRows are the rows of a table by whose they are, as a superuser sees them.
type heldRows struct{ own, foreign, nation, total, expired, ownExpired int }

// probe tries one table in both roles. The owner's own policies are for it alone.
func (p *prober) probe(table string, h heldRows) {
	p.t.Helper()
	lets := protectionOf(table)
	may := func(let bool, rows int) int {
		if let {
			return rows
		}
		return 0
	}
	both := []string{localpg.RoleApp, localpg.RoleOwner}
	for _, c := range []struct {
		scope scopeSetting
		rows  int
	}{
		{scopeSetting{}, h.nation},
		{scopeSetting{read: "RXA"}, h.own + h.nation},
		{scopeSetting{read: "RXA,RXB"}, h.own + h.foreign + h.nation},
		{scopeSetting{aggregate: "on"}, may(lets.aggregates, h.total)},
		{scopeSetting{audit: "on"}, may(lets.audited, h.total) + h.nation},
		{scopeSetting{expire: "on"}, may(lets.expires, h.expired) + h.nation},
		{scopeSetting{write: "RXB"}, h.nation},
	} {
		for _, role := range both {
			if p.done() {
				return
			}
			want := c.rows
			if lets.chained && role == localpg.RoleOwner && c.scope.write != "" {
				want = h.foreign // what it writes it must see
			}
			if seen := p.sees(role, c.scope, table); seen != want {
				p.fault("%s: %s sees %d rows in scope %+v, not %d", table, role, seen, c.scope, want)
			}
		}
	}
	for _, role := range both {
		if p.done() {
			return
		}
		writes := !lets.chained || role == localpg.RoleOwner
		p.probeInserts(role, table, writes)
		p.probeUpdates(role, table, may(writes, h.own))
		p.probeDeletes(role, table, lets, h)
	}
}

// probeInserts tries to insert copies of rows that exist: where the policy lets
// them pass, a key stops them.
func (p *prober) probeInserts(role, table string, writes bool) {
	p.t.Helper()
	for _, c := range []struct {
		scope  scopeSetting
		row    string
		passes bool
	}{
		{scopeSetting{read: "RXA", write: "RXA"}, "RXA", writes},
		{scopeSetting{read: "RXA,RXB", write: "RXA"}, "RXB", false},
		{scopeSetting{read: "RXA", write: ""}, "RXA", false},
		{scopeSetting{aggregate: "on", audit: "on", expire: "on"}, "RXA", false},
		{scopeSetting{}, "RXA", false},
	} {
		if _, state := p.does(role, c.scope, p.copy, p.rows[c.row]); (state != insufficientPrivilege) != c.passes {
			p.fault("%s: %s inserted a row of %s in scope %+v with SQLSTATE %q", table, role, c.row, c.scope, state)
		}
	}
}

func (p *prober) probeUpdates(role, table string, own int) {
	p.t.Helper()
	same := `UPDATE ` + table + ` SET organisation = organisation`
	if touched, state := p.does(role, scopeSetting{read: "RXA,RXB", write: "RXA"}, same); touched != int64(own) || state != "" {
		p.fault("%s: an update by %s for RXA touched %d rows of %d (SQLSTATE %q)", table, role, touched, own, state)
	}
	for _, s := range []scopeSetting{{read: "RXA,RXB"}, {aggregate: "on"}, {audit: "on"}, {expire: "on"}, {}} {
		if touched, state := p.does(role, s, same); touched != 0 || state != "" {
			p.fault("%s: an update by %s in scope %+v touched %d rows (SQLSTATE %q)", table, role, s, touched, state)
		}
	}
	moved, state := p.does(role, scopeSetting{read: "RXA,RXB", write: "RXA"}, `UPDATE `+table+` SET organisation = 'RXB'`)
	if own > 0 && state != insufficientPrivilege || moved != 0 {
		p.fault("%s: %s moved %d rows to RXB (SQLSTATE %q)", table, role, moved, state)
	}
}

// probeDeletes tries to delete every row. What has run out goes, of a roll-up and by the
// owner what is of the organisation that is written to.
func (p *prober) probeDeletes(role, table string, lets protection, h heldRows) {
	p.t.Helper()
	for _, s := range []scopeSetting{
		{read: "RXA,RXB", write: "RXA"}, {read: "RXA"}, {aggregate: "on"}, {audit: "on"}, {expire: "on"}, {read: "RXA,RXB", write: "RXA", expire: "on"}, {},
	} {
		may := 0
		switch {
		case s.write == "" && s.expire == "":
		case s.write != "" && (lets.derived || role == localpg.RoleOwner && (lets.purged || lets.chained)):
			may = h.own
			if s.expire != "" && lets.expires {
				may += h.expired - h.ownExpired
			}
		case s.expire != "" && lets.expires:
			may = h.expired
		case s.write != "" && lets.reused:
			may = h.ownExpired
		}
		if touched, state := p.does(role, s, `DELETE FROM `+table); touched != int64(may) || state != "" {
			p.fault("%s: a deletion by %s in scope %+v touched %d rows, not %d (SQLSTATE %q)", table, role, s, touched, may, state)
		}
	}
}

// look reads as a superuser what a table holds, and prepares copies of its rows.
func (p *prober) look(table string) heldRows {
	p.t.Helper()
	var h heldRows
	if err := p.tx.QueryRow(`SELECT count(*) FILTER (WHERE organisation = 'RXA'), count(*) FILTER (WHERE organisation = 'RXB'),
			count(*) FILTER (WHERE organisation = 'E92000001' AND $1), count(*) FROM `+table, protectionOf(table).nation).Scan(&h.own, &h.foreign, &h.nation, &h.total); err != nil {
		p.t.Fatal(err)
	}
	if h.own == 0 || h.foreign == 0 || protectionOf(table).nation != (h.nation > 0) {
		p.t.Fatalf("%s holds %+v: nothing could be seen to leak", table, h)
	}
	if protectionOf(table).expires {
		if err := p.tx.QueryRow(`SELECT count(*), count(*) FILTER (WHERE organisation = 'RXA') FROM `+table+` WHERE kept_until <= now()`).Scan(&h.expired, &h.ownExpired); err != nil {
			p.t.Fatal(err)
		}
	}
	columns := one(p.t, p.tx, `SELECT string_agg(attname, ', ') FROM pg_attribute
		WHERE attrelid = CAST($1 AS regclass) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`, table)
	p.rows = make(map[string]string)
	p.copy = `INSERT INTO ` + table + ` (` + columns + `) OVERRIDING SYSTEM VALUE
		SELECT ` + columns + ` FROM jsonb_populate_record(CAST(NULL AS ` + table + `), CAST($1 AS jsonb))`
	for _, organisation := range []string{"RXA", "RXB"} {
		p.rows[organisation] = one(p.t, p.tx, `SELECT to_jsonb(r) FROM `+table+` r WHERE organisation = $1 LIMIT 1`, organisation)
	}
	return h
}

// probeAfter makes a change to a table's protection, probes it and takes the
// change back.
func probeAfter(t *testing.T, db *sql.DB, table string, statements ...string) []string {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	p := &prober{t: t, tx: tx, first: len(statements) > 0}
	rows := p.look(table)
	run(t, tx, statements...)
	p.probe(table, rows)
	return p.faults
}

func TestPoliciesAloneKeepOrganisationsApart(t *testing.T) {
	t.Parallel()
	db := newProbedRegister(t).database.Admin(t)
	for _, table := range protectedTables(t, db) {
		if faults := probeAfter(t, db, table); len(faults) > 0 {
			t.Error(strings.Join(faults, "\n"))
		}
	}
}
