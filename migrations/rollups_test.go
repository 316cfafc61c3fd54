package migrations_test

import (
	"testing"

	"skillstracker/migrations"
	"skillstracker/repository/localpg"
	"skillstracker/repository/pgtest"
)

// beforeRollups is the number of the migration before 00017_add_rollups.sql.
const beforeRollups = 16

// What was held before there were roll-ups has them afterwards, just as uploads would
// have written them.
func TestRollupsOfWhatIsHeldAlready(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	owner, admin := open(t, database.URL(localpg.RoleOwner)), open(t, database.URL(localpg.RoleAdmin))
	takeBackTo(t, owner, beforeRollups)
	if _, err := admin.ExecContext(t.Context(), `DO $$
		DECLARE made bigint; later bigint; area text := (SELECT min(code) FROM area_of_work WHERE digital);
		BEGIN
			INSERT INTO organisation (code, kind, added_by) SELECT code, 'nhs_trust', min(id) FROM change, unnest(ARRAY['RXA', 'RXB']) AS x (code) GROUP BY code;
			INSERT INTO change (kind, organisation, actor) VALUES ('upload', 'RXA', 'test') RETURNING id INTO made;
			PERFORM finish_change(made);
			INSERT INTO change (kind, organisation, actor) VALUES ('upload', 'RXA', 'test') RETURNING id INTO later;
			PERFORM finish_change(later);
			INSERT INTO vacancy_cell (organisation, month, staff_group, job_role, band, area_of_work, budgeted_fte, contracted_fte, bank_fte,
				reported_vacancies, staff_headcount, dont_know, added_by, ended_by)
			VALUES ('RXA', '2026-06-30', '03', '-', '5', '-', 10.5, 12, 1, 3, 7, 0, made, NULL),
			       ('RXA', '2026-06-30', '03', 'ASC33', '5', '-', 10, NULL, 2, NULL, 7, 0, made, NULL),
			       ('RXA', '2026-06-30', '03', '-', '5', area, 4, 3.25, NULL, 2, NULL, 0, later, NULL),
			       ('RXA', '2026-06-30', '03', '-', '6', '-', 99, 1, NULL, NULL, NULL, 0, made, later),
			       ('RXB', '2026-05-31', '08', '-', '-', '-', NULL, NULL, NULL, NULL, NULL, 127, made, NULL);
			INSERT INTO staff_member (organisation, employee_number, added_by) VALUES ('RXA', '1', made), ('RXB', '1', made);
			INSERT INTO employment_spell (organisation, staff_id, started_on, started_on_estimated, left_on, left_on_estimated, added_by)
			SELECT organisation, id, '2026-01-01', false, CASE organisation WHEN 'RXB' THEN date '2026-03-31' END, organisation = 'RXB', made FROM staff_member;
			INSERT INTO staff_version (organisation, staff_id, valid_from, staff_group, job_role, band, area_of_work, team, contract_type, fte, assignments, in_post, added_by)
			SELECT organisation, id, valid_from, '08', '-', band, area, '', '-', 1, 1, true, made
			FROM staff_member, (VALUES (date '2026-01-01', '5'), (date '2026-02-01', '6')) AS v (valid_from, band);
			INSERT INTO assessment (organisation, staff_id, framework_version, assessed_on, assessor_kind, levels, staff_group, job_role, band, team, added_by)
			SELECT s.organisation, s.id, f.id, d.day, 'self', ARRAY[1, 2, 3, 4, NULL, -1]::smallint[], '-', '-', '-', '', made
			FROM staff_member s, framework_version f, (VALUES (date '2026-01-15'), (date '2026-02-15')) AS d (day) WHERE f.framework = 'hdc';
		END $$`); err != nil {
		t.Fatal(err)
	}
	if _, err := migrations.Up(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	differences, err := database.Owner(t).VerifyRollups(t.Context(), func(int, int) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if len(differences) > 0 {
		t.Errorf("the migration filled in something else than the facts give: %+v", differences)
	}
	for table, want := range map[string]int{"vacancy_rollup": 3, "staff_position": 4, "latest_assessment": 2} {
		var rows int
		if err := admin.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&rows); err != nil {
			t.Fatal(err)
		}
		if rows != want {
			t.Errorf("%s holds %d rows, want %d", table, rows, want)
		}
	}
	var sums string
	if err := admin.QueryRowContext(t.Context(), `SELECT concat_ws(' ', cells, incomplete, budgeted, contracted, vacancy, vacancy_gross,
		rate_budgeted, bank, cover, reported, headcount, rate_reported, rate_headcount, last_change - first_change)
		FROM vacancy_rollup WHERE digital = 'yes'`).Scan(&sums); err != nil {
		t.Fatal(err)
	}
	if want := "2 1 1400000 325000 75000 75000 400000 200000 2 7 1"; sums != want {
		t.Errorf("the sums of digital posts are %s, want %s", sums, want)
	}
}
