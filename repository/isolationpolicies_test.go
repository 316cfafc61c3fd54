package repository_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"skillstracker/repository/localpg"
)

// protection is what the policies of a table with an organisation column let through:
// more or less than to read the organisations of the scope and to write the one that is
// written to.
type protection struct {
	aggregates bool // a transaction for totals reads every organisation's rows
	audited    bool // auditors of all organisations read every row
	nation     bool // everybody reads the nation's rows
	expires    bool // what has run out is read and deleted while skills.expire is on
	reused     bool // what has run out may be deleted by its organisation
	derived    bool // a roll-up: an organisation's own may be deleted and written again
	purged     bool // the owner, and nobody else, deletes rows of the organisation that is written to
	chained    bool // only the owner, for the trigger that chains events, writes
}

// expiringTables hold what was sent and is kept for a while. Aggregates do not see them,
// as no total is made of it.
func expiringTables() []string { return []string{"idempotency_key", "upload_file_part"} }

func protectionOf(table string) protection {
	switch table {
	case "audit_event":
		return protection{audited: true}
	case "audit_head":
		return protection{audited: true, chained: true}
	case "upload_file_part":
		return protection{expires: true, purged: true}
	case "idempotency_key":
		return protection{expires: true, reused: true}
	case "latest_assessment", "staff_position", "vacancy_rollup":
		return protection{aggregates: true, derived: true}
	case "assessment", "employment_spell", "staff_version", "staff_member", "restriction", "upload_finding":
		return protection{aggregates: true, purged: true}
	case "target":
		return protection{aggregates: true, nation: true}
	}
	return protection{aggregates: true}
}

// policies are those of a table by name, with their command and whom they are for.
func (p protection) policies(table string) []string {
	want := []string{table + "_read r all"}
	if p.chained {
		want = append(want, table+"_chain * owner")
	} else {
		want = append(want, table+"_insert a all", table+"_update w all")
	}
	if p.expires {
		want = append(want, table+"_expire d all", table+"_expire_read r all")
	}
	if p.derived {
		want = append(want, table+"_delete d all")
	}
	if p.nation {
		want = append(want, table+"_of_the_nation r all")
	}
	if p.purged {
		purge := "_purge"
		if strings.HasPrefix(table, "upload_") {
			purge = "_forget"
		}
		want = append(want, table+purge+" d owner")
	}
	slices.Sort(want)
	return want
}

func TestEveryProtectedTableHasItsForcedPolicies(t *testing.T) {
	t.Parallel()
	db := newRegister(t).admin
	for _, table := range protectedTables(t, db) {
		if one(t, db, `SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = CAST($1 AS regclass)`, table) != "true" {
			t.Errorf("row-level security of %s is not enabled and forced", table)
		}
		got := column(t, db, `SELECT concat_ws(' ', p.polname, p.polcmd, CASE WHEN NOT p.polpermissive THEN 'restrictive'
				WHEN p.polroles = '{0}' THEN 'all' WHEN p.polroles = ARRAY[c.relowner] THEN 'owner' ELSE 'others' END)
			FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.oid = CAST($1 AS regclass)`, table)
		slices.Sort(got)
		if want := protectionOf(table).policies(table); !slices.Equal(got, want) {
			t.Errorf("%s has the policies %v, want %v", table, got, want)
		}
	}
	for _, table := range column(t, db, `SELECT relname FROM pg_class WHERE relrowsecurity`) {
		if _, exempt := exemptTables()[table]; exempt {
			t.Errorf("%s is exempt and has row-level security", table)
		}
	}
}

// mutations weaken the protection of a table, one thing each: every policy that it has
// is dropped, opened and given to everybody, and policies are put beside it that let
// anything through.
func mutations(t *testing.T, db querier, table string) []string {
	t.Helper()
	var all []string
	for _, form := range []struct{ statement, where string }{
		{`DROP POLICY %s ON %s`, `true`},
		{`ALTER POLICY %s ON %s USING (true)`, `polqual IS NOT NULL`},
		{`ALTER POLICY %s ON %s WITH CHECK (true)`, `polwithcheck IS NOT NULL`},
		{`ALTER POLICY %s ON %s TO PUBLIC`, `polroles <> '{0}'`},
		{`ALTER POLICY %s ON %s USING (kept_until <= now())`, `polname LIKE '%\_expire%'`},
		{`ALTER POLICY %s ON %s USING (current_setting('skills.expire', true) = 'on')`, `polname LIKE '%\_expire%'`},
		{`ALTER POLICY %s ON %s USING (current_setting('skills.aggregate', true) = 'on')`, `polname LIKE '%\_expire%'`},
		{`ALTER POLICY %s ON %s USING (organisation = ANY (string_to_array(current_setting('skills.organisations', true), ',')))`, `polcmd IN ('d', 'w', '*') AND polname NOT LIKE '%\_expire%'`},
		{`ALTER POLICY %s ON %s USING (current_setting('skills.organisations', true) <> '')`, `polcmd IN ('r', '*') AND polname NOT LIKE '%\_expire%'`},
	} {
		for _, policy := range column(t, db, `SELECT polname FROM pg_policy WHERE polrelid = CAST($1 AS regclass) AND `+form.where+` ORDER BY 1`, table) {
			all = append(all, fmt.Sprintf(form.statement, policy, table))
		}
	}
	for command, clause := range map[string]string{
		"SELECT TO PUBLIC": "USING", "INSERT TO PUBLIC": "WITH CHECK", "UPDATE TO PUBLIC": "USING", "DELETE TO PUBLIC": "USING", "ALL TO " + localpg.RoleOwner: "USING",
	} {
		all = append(all, fmt.Sprintf(`CREATE POLICY wide ON %s FOR %s %s (true)`, table, command, clause))
	}
	return append(all, `ALTER TABLE `+table+` NO FORCE ROW LEVEL SECURITY`, `ALTER TABLE `+table+` DISABLE ROW LEVEL SECURITY`)
}

// Each policy that is removed or weakened, alone, makes the probe fail.
func TestEveryWeakenedPolicyIsNoticed(t *testing.T) {
	t.Parallel()
	db := newProbedRegister(t).database.Admin(t)
	tried := 0
	for _, table := range protectedTables(t, db) {
		for _, statement := range mutations(t, db, table) {
			if faults := probeAfter(t, db, table, statement); len(faults) == 0 {
				t.Errorf("nobody notices: %s", statement)
			}
			tried++
		}
	}
	if policies := len(column(t, db, `SELECT 1 FROM pg_policy`)); tried < 3*policies {
		t.Errorf("%d mutations of %d policies", tried, policies)
	}
}
