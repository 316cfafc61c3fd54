package repository_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/stdlib"

	"skillstracker/domain"
	"skillstracker/repository"
	"skillstracker/repository/localpg"
	"skillstracker/repository/pgtest"
)

// updatable names every column that the application may change.
func updatable() []string {
	return []string{
		"assessment.ended_by", "assessment_confirmation.ended_by", "change.made_at", "change.number", "change_clock.last_at", "change_clock.last_number",
		"employment_spell.ended_by", "latest_assessment.assessed_on", "latest_assessment.band", "latest_assessment.job_role", "latest_assessment.levels",
		"latest_assessment.needs", "latest_assessment.staff_group", "latest_assessment.team", "organisation.cqc_id", "organisation.kind",
		"organisation.parent", "organisation.sector", "organisation.synthetic", "organisation_entry.ended_by",
		"organisation_lifespan.ended_by", "organisation_succession.ended_by", "organisation_version.ended_by", "position_vacancy.ended_by",
		"record_confirmation.ended_by", "reporting_start.ended_by", "restriction.ended_by", "staff_list.ended_by",
		"staff_member.ended_by", "staff_version.ended_by", "target.ended_by", "upload.state", "upload.void_change_id", "upload.voided_at", "upload.voided_by",
		"vacancy_cell.ended_by", "vacancy_confirmation.ended_by",
	}
}

func TestApplicationRoleIsWeak(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t).Admin(t)
	if got := one(t, db, `SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication OR rolinherit
		FROM pg_roles WHERE rolname = $1`, localpg.RoleApp); got != "false" {
		t.Error("the application's role has an attribute that it must not have")
	}
	for what, query := range map[string]string{
		"owns":           `SELECT CAST(classid AS regclass) || ' ' || objid FROM pg_shdepend WHERE refobjid = CAST($1 AS regrole) AND deptype = 'o'`,
		"is a member of": `SELECT CAST(roleid AS regrole) FROM pg_auth_members WHERE member = CAST($1 AS regrole)`,
		"may create in":  `SELECT nspname FROM pg_namespace WHERE has_schema_privilege($1, oid, 'CREATE')`,
		"may use the sequence": `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
			AND CASE WHEN relkind = 'S' THEN has_sequence_privilege($1, oid, 'USAGE, UPDATE') ELSE false END`,
		"may delete from, empty, refer to or put triggers on": `SELECT relname FROM pg_class
			WHERE relkind IN ('r', 'p', 'v') AND relnamespace = 'public'::regnamespace
			  AND (has_table_privilege($1, oid, 'TRUNCATE, TRIGGER') OR has_any_column_privilege($1, oid, 'REFERENCES')
			    OR has_table_privilege($1, oid, 'DELETE') AND relname NOT IN ('idempotency_key', 'upload_file_part',
			        'latest_assessment', 'staff_position', 'vacancy_rollup'))`,
		"may update all of": `SELECT relname FROM pg_class
			WHERE relkind IN ('r', 'p', 'v') AND relnamespace = 'public'::regnamespace AND has_table_privilege($1, oid, 'UPDATE')`,
		"may grant": `SELECT relname FROM pg_class CROSS JOIN LATERAL aclexplode(relacl) g
			WHERE g.grantee = CAST($1 AS regrole) AND g.is_grantable`,
	} {
		for _, found := range column(t, db, query, localpg.RoleApp) {
			t.Errorf("the application's role %s %s", what, found)
		}
	}
	got := column(t, db, `SELECT c.relname || '.' || a.attname FROM pg_class c
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		WHERE c.relkind IN ('r', 'p', 'v') AND c.relnamespace = 'public'::regnamespace
		  AND has_column_privilege($1, c.oid, a.attnum, 'UPDATE') ORDER BY 1`, localpg.RoleApp)
	slices.Sort(got)
	if diff := cmp.Diff(updatable(), got); diff != "" {
		t.Errorf("columns that the application may change (-want +got):\n%s", diff)
	}
	unreadable := column(t, db, `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v') AND relnamespace = 'public'::regnamespace
		AND NOT has_any_column_privilege($1, oid, 'SELECT') ORDER BY 1`, localpg.RoleApp)
	if want := []string{"access_token", "admin_link", "sign_in", "user_account", "user_session"}; !slices.Equal(unreadable, want) {
		t.Errorf("the application may not read %v, want %v", unreadable, want)
	}
	writable := column(t, db, `SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v') AND relnamespace = 'public'::regnamespace
		AND has_any_column_privilege($1, oid, 'INSERT') ORDER BY 1`, localpg.RoleApp)
	want := append(
		protectedTables(t, db), "competence", "crosswalk", "crosswalk_level", "framework", "framework_domain", "framework_level", "framework_version",
		"organisation", "organisation_entry", "organisation_lifespan", "organisation_succession", "organisation_version",
	)
	// The first is written by the trigger that chains events, the second by the owner who purges.
	want = slices.DeleteFunc(want, func(table string) bool { return table == "audit_head" || table == "destruction" })
	slices.Sort(want)
	if !slices.Equal(writable, want) {
		t.Errorf("the application may insert into %v, want %v", writable, want)
	}
	if got := column(t, db, `SELECT c.relname FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) g
		WHERE c.relnamespace = 'public'::regnamespace AND g.grantee = 0`); len(got) > 0 {
		t.Errorf("everybody has rights on %v", got)
	}
}

func TestNothingGetsAroundThePolicies(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t).Admin(t)
	for _, view := range column(t, db, `SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace
		AND NOT coalesce(reloptions, '{}') @> '{security_invoker=true}'`) {
		t.Errorf("the view %s shows the rows of its owner", view)
	}
	definers := column(t, db, `SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY 1`)
	if want := []string{
		"admin_link_is_good", "begin_sign_in", "chain_audit_event", "end_provider_sessions", "end_session", "end_user_sessions", "erase_person",
		"expire_sign_ins", "find_session", "find_token", "forget_file", "forget_findings", "list_tokens", "list_users",
		"make_admin_link", "make_token", "note_registry_change", "remove_user", "revoke_token", "set_user", "start_session",
		"take_sign_in", "touch_session", "touch_token", "use_admin_link",
	}; !slices.Equal(definers, want) {
		t.Errorf("functions with the rights of their owner: %v, want %v", definers, want)
	}
	for _, function := range column(t, db, `SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
		AND NOT EXISTS (SELECT FROM unnest(proconfig) AS setting WHERE setting LIKE 'search_path=%')`) {
		t.Errorf("the function %s has no search path of its own", function)
	}
	if got := one(t, db, `SELECT has_function_privilege($1, 'public.protect_organisation_rows(regclass)', 'EXECUTE')`, localpg.RoleApp); got != "false" {
		t.Error("the application may set policies")
	}
	for _, function := range column(t, db, `SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
		AND EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) g WHERE g.grantee = 0)`) {
		t.Errorf("everybody may run the function %s", function)
	}
}

// TRUNCATE knows no policies, COPY into a table is refused where there are some, and
// COPY out of one gives what a query gives.
func TestTruncateAndCopyGetAroundNothing(t *testing.T) {
	t.Parallel()
	r := newFilledRegister(t)
	conn, err := openAs(t, r.database, localpg.RoleApp).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	copied := func(from, statement string) (string, error) {
		var out bytes.Buffer
		err := conn.Raw(func(driverConn any) error {
			c, ok := driverConn.(*stdlib.Conn)
			if !ok {
				t.Fatalf("%T is no connection of pgx", driverConn)
			}
			if from != "" {
				_, err := c.Conn().PgConn().CopyFrom(t.Context(), strings.NewReader(from), statement)
				return err
			}
			_, err := c.Conn().PgConn().CopyTo(t.Context(), &out, statement)
			return err
		})
		return out.String(), err
	}
	scoped := func(statement string) string {
		t.Helper()
		if _, err := conn.ExecContext(t.Context(), `SELECT set_config('skills.organisations', 'RXA', false), set_config('skills.write_organisation', 'RXA', false)`); err != nil {
			t.Fatal(err)
		}
		out, err := copied("", statement)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, table := range protectedTables(t, r.admin) {
		for _, statement := range []string{`TRUNCATE ` + table, `COPY ` + table + ` TO PROGRAM 'true'`, `COPY ` + table + ` TO '/dev/null'`} {
			_, err := conn.ExecContext(t.Context(), statement)
			if state, _ := sqlState(err); state != insufficientPrivilege {
				t.Errorf("%s: %v", statement, err)
			}
		}
	}
	if out := scoped(`COPY (SELECT organisation FROM staff_member) TO STDOUT`); strings.Contains(out, "RXB") || !strings.Contains(out, "RXA") {
		t.Errorf("COPY gives %q", out)
	}
	if out := scoped(`COPY staff_member (organisation) TO STDOUT`); strings.Contains(out, "RXB") || !strings.Contains(out, "RXA") {
		t.Errorf("COPY of the table gives %q", out)
	}
	_, err = copied("RXA\tnew\t1\n", `COPY staff_member (organisation, employee_number, added_by) FROM STDIN`)
	if state, _ := sqlState(err); state != "0A000" {
		t.Errorf("COPY into a table: %v", err)
	}
}

func TestOpenRefusesARoleThatPoliciesDoNotBind(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	suffix := strings.ToLower(rand.Text())
	bypass, member := "bypass_"+suffix, "member_"+suffix
	db := database.Admin(t)
	run(t, db, "CREATE ROLE "+bypass+" BYPASSRLS", "CREATE ROLE "+member+" NOINHERIT IN ROLE "+localpg.RoleOwner)
	t.Cleanup(func() {
		run(t, db, "DROP ROLE "+bypass, "DROP ROLE "+member)
	})
	as := func(role string) string {
		return database.URL(localpg.RoleAdmin) + "&options=" + strings.ReplaceAll(url.QueryEscape("-c role="+role), "+", "%20")
	}
	for name, address := range map[string]string{
		"superuser": database.URL(localpg.RoleAdmin), "owner of the tables": database.URL(localpg.RoleOwner),
		"BYPASSRLS": as(bypass), "member of the owner": as(member),
	} {
		store, err := repository.Open(t.Context(), repository.Config{URL: address, Clock: time.Now})
		if err == nil {
			t.Errorf("%s: opened", name)
			_ = store.Close()
			continue
		}
		refusal, ok := errors.AsType[*domain.Error](err)
		if !ok || refusal.Code != "database_role_too_strong" || refusal.Kind != domain.KindUnavailable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOpenNeverShowsThePassword(t *testing.T) {
	t.Parallel()
	const secret = "Secret4711"
	for _, address := range []string{
		fmt.Sprintf("postgres://skills_app:%s@/database?host=/nonexistent&connect_timeout=1", secret),
		fmt.Sprintf("postgres://skills_app:%s@host:port/database", secret),
		fmt.Sprintf("postgres://skills_app:%s@host/%%zz", secret),
		fmt.Sprintf("host=/nonexistent password=%s port=none", secret),
	} {
		store, err := repository.Open(t.Context(), repository.Config{URL: address, Clock: time.Now})
		if err == nil {
			t.Error("opened what does not exist")
			_ = store.Close()
			continue
		}
		if strings.Contains(err.Error(), secret) || !strings.Contains(err.Error(), "database") {
			t.Errorf("the message is %q", err)
		}
	}
}
