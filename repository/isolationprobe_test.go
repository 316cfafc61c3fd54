package repository_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"skillstracker/domain"
	"skillstracker/repository/localpg"
)

// filledUploads is the number of uploads of each organisation in newFilledRegister.
const filledUploads = 10

// newFilledRegister holds rows of RXA and of RXB in every protected table.
func newFilledRegister(t *testing.T) register {
	t.Helper()
	r := newRegister(t, keepingFiles)
	for _, organisation := range []string{"RXA", "RXB"} {
		r.store(t, staffList(organisation, date(2026, 9, 30), 6))
		for range 2 {
			r.store(t, r.assessments(t, organisation, date(2026, 10, 1), 4, 2))
			r.store(t, withContent(t, vacancies(organisation,
				domain.VacancyRow{Key: domain.VacancyKey{Month: date(2026, 9, 30), StaffGroup: "03"}, Measures: domain.VacancyMeasures{Budgeted: fte(5)}},
			), 1))
			r.store(t, positions(organisation, post("V1")))
			r.store(t, targets(organisation, aim(r.framework(t, "hdc", "2018"), "CCP", date(2026, 1, 1))))
		}
		refused := vacancies(organisation, domain.VacancyRow{
			Key: domain.VacancyKey{Month: date(2026, 9, 30), StaffGroup: "04"}, Action: domain.ActionRemove,
		})
		refused.IdempotencyKey = "key of " + organisation
		upload, err := r.StoreUpload(t.Context(), hr(organisation), refused)
		if err != nil || upload.State != domain.UploadRejected {
			t.Fatalf("%s, %v", upload.State, err)
		}
	}
	return r
}

// scopeSetting is what a transaction says of itself; policies read it.
type scopeSetting struct{ read, write, aggregate, expire string }

// prober tries in one transaction what the policies of tables must refuse. It
// reports what went wrong instead of failing, so that a test can also see that a
// missing policy is noticed.
type prober struct {
	t      *testing.T
	tx     *sql.Tx
	faults []string
}

func (p *prober) fault(format string, args ...any) {
	p.faults = append(p.faults, fmt.Sprintf(format, args...))
}

// try runs fn as a role in a scope and takes back what it did.
func (p *prober) try(role string, s scopeSetting, fn func() error) error {
	p.t.Helper()
	run(p.t, p.tx, `SAVEPOINT try`, `SET LOCAL ROLE `+role)
	if _, err := p.tx.Exec(`SELECT set_config('skills.organisations', $1, true), set_config('skills.write_organisation', $2, true),
		set_config('skills.aggregate', $3, true), set_config('skills.expire', $4, true)`, s.read, s.write, s.aggregate, s.expire); err != nil {
		p.t.Fatal(err)
	}
	err := fn()
	run(p.t, p.tx, `ROLLBACK TO SAVEPOINT try`)
	return err
}

// sees counts the rows of RXA and all rows that a role sees.
func (p *prober) sees(role string, s scopeSetting, table string) (own, all int) {
	p.t.Helper()
	if err := p.try(role, s, func() error {
		return p.tx.QueryRow(`SELECT count(*) FILTER (WHERE organisation = 'RXA'), count(*) FROM `+table).Scan(&own, &all)
	}); err != nil {
		p.t.Fatalf("read %s: %v", table, err)
	}
	return own, all
}

// does runs a statement and returns the rows it touched and its SQLSTATE.
func (p *prober) does(s scopeSetting, statement string, args ...any) (touched int64, state string) {
	p.t.Helper()
	err := p.try(localpg.RoleApp, s, func() error {
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

// probe tries one table. The rows of RXA and RXB in it are known from before.
func (p *prober) probe(table string, own, foreign, total int) {
	p.t.Helper()
	if _, all := p.sees(localpg.RoleApp, scopeSetting{}, table); all != 0 {
		p.fault("%s: %d rows are seen without a scope", table, all)
	}
	if _, all := p.sees(localpg.RoleOwner, scopeSetting{}, table); all != 0 {
		p.fault("%s: the owner sees %d rows without a scope", table, all)
	}
	if mine, all := p.sees(localpg.RoleApp, scopeSetting{read: "RXA"}, table); mine != own || all != own {
		p.fault("%s: RXA sees %d of its %d rows and %d in all", table, mine, own, all)
	}
	if _, all := p.sees(localpg.RoleApp, scopeSetting{read: "RXA,RXB"}, table); all != own+foreign {
		p.fault("%s: RXA and RXB see %d of their %d rows", table, all, own+foreign)
	}
	totalled := total
	if slices.Contains(expiringTables(), table) {
		totalled = 0
	}
	if _, all := p.sees(localpg.RoleApp, scopeSetting{aggregate: "on"}, table); all != totalled {
		p.fault("%s: aggregates see %d rows, not %d", table, all, totalled)
	}
	if _, all := p.sees(localpg.RoleApp, scopeSetting{expire: "on"}, table); all != 0 {
		p.fault("%s: %d rows that have not run out are seen as if they had", table, all)
	}
	p.probeInserts(table)
	p.probeUpdates(table, own)
	p.probeDeletes(table, own)
}

// probeInserts tries to insert copies of rows that exist: where the policy lets
// them pass, a key stops them.
func (p *prober) probeInserts(table string) {
	p.t.Helper()
	for _, c := range []struct {
		scope  scopeSetting
		row    string
		passes bool
	}{
		{scopeSetting{read: "RXA", write: "RXA"}, "RXA", true},
		{scopeSetting{read: "RXA,RXB", write: "RXA"}, "RXB", false},
		{scopeSetting{read: "RXA", write: ""}, "RXA", false},
		{scopeSetting{aggregate: "on"}, "RXA", false},
		{scopeSetting{}, "RXA", false},
	} {
		var row string
		if err := p.tx.QueryRow(`SELECT to_jsonb(r) FROM `+table+` r WHERE organisation = $1 LIMIT 1`, c.row).Scan(&row); err != nil {
			p.t.Fatal(err)
		}
		var columns string
		if err := p.tx.QueryRow(`SELECT string_agg(attname, ', ') FROM pg_attribute
			WHERE attrelid = CAST($1 AS regclass) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`, table).Scan(&columns); err != nil {
			p.t.Fatal(err)
		}
		_, state := p.does(c.scope, `INSERT INTO `+table+` (`+columns+`) OVERRIDING SYSTEM VALUE
			SELECT `+columns+` FROM jsonb_populate_record(CAST(NULL AS `+table+`), CAST($1 AS jsonb))`, row)
		if (state != insufficientPrivilege) != c.passes {
			p.fault("%s: a row of %s was inserted in scope %+v with SQLSTATE %q", table, c.row, c.scope, state)
		}
	}
}

func (p *prober) probeUpdates(table string, own int) {
	p.t.Helper()
	same := `UPDATE ` + table + ` SET organisation = organisation`
	if touched, state := p.does(scopeSetting{read: "RXA,RXB", write: "RXA"}, same); touched != int64(own) || state != "" {
		p.fault("%s: an update by RXA touched %d rows of %d (SQLSTATE %q)", table, touched, own, state)
	}
	for _, s := range []scopeSetting{{read: "RXA,RXB"}, {aggregate: "on"}, {}} {
		if touched, state := p.does(s, same); touched != 0 || state != "" {
			p.fault("%s: an update in scope %+v touched %d rows (SQLSTATE %q)", table, s, touched, state)
		}
	}
	if touched, state := p.does(scopeSetting{read: "RXA,RXB", write: "RXA"}, `UPDATE `+table+` SET organisation = 'RXB'`); state != insufficientPrivilege {
		p.fault("%s: %d rows were moved to RXB (SQLSTATE %q)", table, touched, state)
	}
}

// probeDeletes tries to delete what has not run out, which is every row. Of a roll-up
// an organisation deletes its own rows and no others.
func (p *prober) probeDeletes(table string, own int) {
	p.t.Helper()
	for _, s := range []scopeSetting{{read: "RXA,RXB", write: "RXA"}, {read: "RXA"}, {aggregate: "on"}, {expire: "on"}, {read: "RXA,RXB", write: "RXA", expire: "on"}, {}} {
		may := 0
		if slices.Contains(derivedTables(), table) && s.write == "RXA" {
			may = own
		}
		if touched, state := p.does(s, `DELETE FROM `+table); touched != int64(may) || state != "" {
			p.fault("%s: a deletion in scope %+v touched %d rows (SQLSTATE %q)", table, s, touched, state)
		}
	}
}

// counts are the rows of a table by organisation, as a superuser sees them.
func (p *prober) counts(table string) (own, foreign, total int) {
	p.t.Helper()
	if err := p.tx.QueryRow(`SELECT count(*) FILTER (WHERE organisation = 'RXA'), count(*) FILTER (WHERE organisation = 'RXB'), count(*)
		FROM `+table).Scan(&own, &foreign, &total); err != nil {
		p.t.Fatal(err)
	}
	if own == 0 || foreign == 0 {
		p.t.Fatalf("%s holds %d rows of RXA and %d of RXB: nothing could be seen to leak", table, own, foreign)
	}
	return own, foreign, total
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
	p := &prober{t: t, tx: tx}
	own, foreign, total := p.counts(table)
	run(t, tx, statements...)
	p.probe(table, own, foreign, total)
	return p.faults
}

// openAllOtherDoors leaves nothing but the policies between the application and
// other organisations' rows: every right is granted and no trigger is in the way.
func openAllOtherDoors(t *testing.T, db *sql.DB, tables []string) {
	t.Helper()
	for _, table := range tables {
		run(t, db, `GRANT SELECT, INSERT, UPDATE, DELETE ON `+table+` TO `+localpg.RoleApp, `ALTER TABLE `+table+` DISABLE TRIGGER USER`)
	}
}

func TestPoliciesAloneKeepOrganisationsApart(t *testing.T) {
	t.Parallel()
	db := newFilledRegister(t).database.Admin(t)
	tables := protectedTables(t, db)
	openAllOtherDoors(t, db, tables)
	for _, table := range tables {
		if faults := probeAfter(t, db, table); len(faults) > 0 {
			t.Error(strings.Join(faults, "\n"))
		}
	}
}

// Each policy that is removed or weakened, alone, makes the probe above fail.
func TestEveryWeakenedPolicyIsNoticed(t *testing.T) {
	t.Parallel()
	db := newFilledRegister(t).database.Admin(t)
	tables := protectedTables(t, db)
	openAllOtherDoors(t, db, tables)
	for _, table := range tables {
		for _, mutation := range []string{
			`DROP POLICY %[1]s_read ON %[1]s`,
			`DROP POLICY %[1]s_insert ON %[1]s`,
			`DROP POLICY %[1]s_update ON %[1]s`,
			`ALTER POLICY %[1]s_read ON %[1]s USING (true)`,
			`ALTER POLICY %[1]s_insert ON %[1]s WITH CHECK (true)`,
			`ALTER POLICY %[1]s_update ON %[1]s USING (true)`,
			`ALTER POLICY %[1]s_update ON %[1]s WITH CHECK (true)`,
			`ALTER POLICY %[1]s_expire ON %[1]s USING (true)`,
			`ALTER POLICY %[1]s_expire_read ON %[1]s USING (true)`,
			`ALTER POLICY %[1]s_expire_read ON %[1]s USING (current_setting('skills.expire', true) = 'on')`,
			`ALTER POLICY %[1]s_expire_read ON %[1]s USING (current_setting('skills.aggregate', true) = 'on')`,
			`CREATE POLICY wide ON %[1]s FOR SELECT USING (true)`,
			`CREATE POLICY wide ON %[1]s FOR INSERT WITH CHECK (true)`,
			`CREATE POLICY wide ON %[1]s FOR UPDATE USING (true)`,
			`CREATE POLICY wide ON %[1]s FOR DELETE USING (true)`,
			`ALTER TABLE %[1]s NO FORCE ROW LEVEL SECURITY`,
			`ALTER TABLE %[1]s DISABLE ROW LEVEL SECURITY`,
		} {
			if strings.Contains(mutation, "_expire") && !slices.Contains(expiringTables(), table) {
				continue
			}
			statement := fmt.Sprintf(mutation, table)
			if faults := probeAfter(t, db, table, statement); len(faults) == 0 {
				t.Errorf("nobody notices: %s", statement)
			}
		}
	}
}
