package repository_test

import (
	"database/sql"
	"fmt"
	"strconv"
	"sync"
	"testing"

	"skillstracker/domain"
	"skillstracker/repository/localpg"
)

// scoped begins a transaction of the application role that may write one organisation.
func scoped(t *testing.T, db *sql.DB, organisation string) *sql.Tx {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	run(t, tx, `SELECT set_config('skills.organisations', '`+organisation+`', true), set_config('skills.write_organisation', '`+organisation+`', true)`)
	return tx
}

func beginChange(t *testing.T, tx *sql.Tx, organisation string) string {
	t.Helper()
	return one(t, tx, `INSERT INTO change (kind, organisation, actor) VALUES ('upload', $1, 'test') RETURNING id`, organisation)
}

func TestAnUnfinishedChangeCannotBeCommitted(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	tx := scoped(t, openAs(t, r.database, localpg.RoleApp), "RXA")
	beginChange(t, tx, "RXA")
	if state, constraint := sqlState(tx.Commit()); state != "23514" || constraint != "change_must_be_finished" {
		t.Errorf("the commit ended with SQLSTATE %q, constraint %q", state, constraint)
	}
}

func TestWhatIsFinishedStaysAsItIs(t *testing.T) {
	t.Parallel()
	r := newFilledRegister(t)
	r.store(t, people("RXA", date(2026, 10, 31), true, nurse(number(1), inBand("8a"))))
	r.store(t, r.assessments(t, "RXA", date(2026, 10, 1), 4, 3))
	r.store(t, complete(vacancies("RXA", cell(date(2026, 9, 30), "03", "6", establishment(1, 1)))))
	importAll(t, r.Store, edition(date(2025, 1, 1), entry("RXA", "Another name (synthetic)")))
	before := contents(t, r)
	db := openAs(t, r.database, localpg.RoleApp)
	for statement, want := range map[string]struct{ state, constraint string }{
		`UPDATE change SET made_at = now() WHERE number IS NOT NULL`:                                    {"23514", "change_is_final"},
		`UPDATE change SET number = number + 100`:                                                       {"23514", "change_is_final"},
		`UPDATE employment_spell SET ended_by = NULL WHERE ended_by IS NOT NULL`:                        {"23514", "employment_spell_end_is_final"},
		`UPDATE assessment SET ended_by = NULL WHERE ended_by IS NOT NULL`:                              {"23514", "assessment_end_is_final"},
		`UPDATE assessment SET ended_by = added_by WHERE ended_by IS NOT NULL`:                          {"23514", "assessment_end_is_final"},
		`UPDATE vacancy_cell SET ended_by = NULL WHERE ended_by IS NOT NULL`:                            {"23514", "vacancy_cell_end_is_final"},
		`UPDATE organisation_version SET ended_by = NULL WHERE ended_by IS NOT NULL`:                    {"23514", "organisation_version_end_is_final"},
		`UPDATE organisation_entry SET ended_by = NULL WHERE ended_by IS NOT NULL`:                      {"23514", "organisation_entry_end_is_final"},
		`UPDATE assessment SET levels = needs`:                                                          {"42501", ""},
		`UPDATE upload SET rows_new = 0`:                                                                {"42501", ""},
		`UPDATE upload SET state = 'voided' WHERE state = 'applied'`:                                    {"23514", "upload_voided_check"},
		`UPDATE upload SET state = 'voided' WHERE state = 'rejected'`:                                   {"23514", "upload_is_final"},
		`UPDATE upload SET state = 'rejected'`:                                                          {"23514", "upload_is_final"},
		`UPDATE upload_file_part SET kept_until = now()`:                                                {"42501", ""},
		`UPDATE vacancy_cell SET budgeted_fte = 0`:                                                      {"42501", ""},
		`DELETE FROM assessment`:                                                                        {"42501", ""},
		`DELETE FROM upload_finding`:                                                                    {"42501", ""},
		`TRUNCATE staff_list`:                                                                           {"42501", ""},
		`UPDATE audit_event SET outcome = ''`:                                                           {"42501", ""},
		`DELETE FROM audit_event`:                                                                       {"42501", ""},
		`UPDATE audit_head SET sequence = 1`:                                                            {"42501", ""},
		`DELETE FROM audit_head`:                                                                        {"42501", ""},
		`INSERT INTO audit_head VALUES ('RXA', 1, sha256(''), now())`:                                   {"42501", ""},
		`SELECT FROM access_token`:                                                                      {"42501", ""},
		`INSERT INTO staff_group VALUES ('10', 'x', 'x')`:                                               {"42501", ""},
		`UPDATE framework_version SET validity_months = 1`:                                              {"42501", ""},
		`COPY assessment FROM STDIN`:                                                                    {"0A000", ""},
		`ALTER TABLE assessment DISABLE ROW LEVEL SECURITY`:                                             {"42501", ""},
		`CREATE TABLE public.mine (x int)`:                                                              {"42501", ""},
		`SET ROLE ` + localpg.RoleOwner:                                                                 {"42501", ""},
		`SELECT set_config('role', '` + localpg.RoleAdmin + `', true)`:                                  {"42501", ""},
		`SELECT protect_organisation_rows('assessment')`:                                                {"42809", ""},
		`CALL protect_organisation_rows('assessment')`:                                                  {"42501", ""},
		`INSERT INTO change (kind, organisation, actor) VALUES ('upload', 'RXB', 'x')`:                  {"42501", ""},
		`INSERT INTO audit_event (actor, role, operation, request_id, outcome) VALUES ('','','','','')`: {"42501", ""},
	} {
		_, err := scoped(t, db, "RXA").Exec(statement)
		if state, constraint := sqlState(err); state != want.state || constraint != want.constraint {
			t.Errorf("%s: SQLSTATE %q, constraint %q, want %q, %q", statement, state, constraint, want.state, want.constraint)
		}
	}
	// Forced row-level security gives not even the owner a way to delete.
	owner := openAs(t, r.database, localpg.RoleOwner)
	for _, table := range []string{"assessment", "staff_version", "upload", "upload_finding"} {
		result, err := owner.Exec(`DELETE FROM ` + table)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := result.RowsAffected(); err != nil || n != 0 {
			t.Errorf("the owner deleted %d rows of %s, %v", n, table, err)
		}
	}
	for statement, constraint := range map[string]string{
		`DELETE FROM band WHERE code = '9'`:                `band_undeletable`,
		`DELETE FROM staff_group WHERE code = '10'`:        `staff_group_undeletable`,
		`DELETE FROM job_role WHERE code = '01001'`:        `job_role_undeletable`,
		`UPDATE competence SET max_level = 5`:              `competence_undeletable`,
		`DELETE FROM competence`:                           `competence_undeletable`,
		`UPDATE framework_version SET validity_months = 1`: `framework_version_undeletable`,
		`DELETE FROM framework_version`:                    `framework_version_undeletable`,
		`DELETE FROM audit_event`:                          `audit_event_is_final`,
		`UPDATE audit_event SET outcome = ''`:              `audit_event_is_final`,
		`TRUNCATE audit_event`:                             `audit_event_is_final`,
		`DELETE FROM change`:                               `change_undeletable`,
	} {
		_, err := owner.Exec(statement)
		if _, got := sqlState(err); got != constraint {
			t.Errorf("%s as the owner: %v, want %s", statement, err, constraint)
		}
	}
	if grown, ended := wantGrown(t, before, contents(t, r)); len(grown)+len(ended) > 0 {
		t.Errorf("new rows in %v, rows ended in %v", grown, ended)
	}
}

// A change that has its number keeps all others from getting theirs until it is
// committed or taken back, so that the order of numbers is the order of commits.
func TestNumbersAreGivenInTheOrderOfCommits(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	db := openAs(t, r.database, localpg.RoleApp)
	first, second := scoped(t, db, "RXA"), scoped(t, db, "RXB")
	early, late := beginChange(t, first, "RXA"), beginChange(t, second, "RXB")
	run(t, second, `SAVEPOINT waiting`, `SET LOCAL lock_timeout = '100ms'`)
	number := one(t, first, `SELECT change_number FROM finish_change($1)`, early)
	if _, err := second.Exec(`SELECT finish_change($1)`, late); err == nil {
		t.Error("a number was given while an earlier one was not committed")
	} else if state, _ := sqlState(err); state != "55P03" {
		t.Error(err)
	}
	if err := first.Rollback(); err != nil {
		t.Fatal(err)
	}
	run(t, second, `ROLLBACK TO SAVEPOINT waiting`)
	if got := one(t, second, `SELECT change_number FROM finish_change($1)`, late); got != number {
		t.Errorf("after a rollback the next number is %s, want %s again", got, number)
	}
	if again := column(t, second, `SELECT change_number FROM finish_change($1)`, late); len(again) > 0 {
		t.Errorf("a second number %v was given to a change", again)
	}
	if err := second.Commit(); err != nil {
		t.Fatal(err)
	}
}

func TestNumbersOfManyUploadsHaveNoGap(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	db := r.database.Admin(t)
	last, err := strconv.Atoi(one(t, db, `SELECT max(number) FROM change`))
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for _, organisation := range []string{"RXA", "RXB", "RXC"} {
		for month := range 5 {
			wait.Go(func() {
				end := date(2026, month+2, 0)
				if month%2 == 1 {
					// Rejected: it must take no number.
					upload, err := r.StoreUpload(t.Context(), hr(organisation), vacancies(organisation, withdrawnCell(end, "03", "5")))
					if err != nil || upload.State != domain.UploadRejected {
						t.Errorf("%s, %v", upload.State, err)
					}
					return
				}
				upload, err := r.StoreUpload(t.Context(), hr(organisation), vacancies(organisation, cell(end, "03", "5", establishment(9, 8))))
				if err != nil || upload.State != domain.UploadApplied {
					t.Errorf("%s, %v", upload.State, err)
				}
			})
		}
	}
	wait.Wait()
	got := column(t, db, `SELECT number || ' ' || (made_at >= coalesce(lag(made_at) OVER (ORDER BY number), made_at)) FROM change WHERE number > $1 ORDER BY number`, last)
	if len(got) != 9 {
		t.Errorf("%d changes for nine applied uploads", len(got))
	}
	for i, line := range got {
		if want := fmt.Sprintf("%d true", last+1+i); line != want {
			t.Errorf("change %q, want %q", line, want)
		}
	}
	if unfinished := column(t, db, `SELECT id FROM change WHERE number IS NULL`); len(unfinished) > 0 {
		t.Errorf("changes without a number: %v", unfinished)
	}
}
