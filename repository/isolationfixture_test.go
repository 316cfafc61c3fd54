package repository_test

import (
	"database/sql"
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

// newProbedRegister holds rows of both in every table with an organisation column, and
// a row of the nation's where those are for everybody. What nobody asked for yet is put
// in behind the application's back.
func newProbedRegister(t *testing.T) register {
	t.Helper()
	r := newFilledRegister(t)
	r.setTargets(t, r.framework(t, "hdc", "2018"), wanted{owner: domain.NationCode, competence: "TLS", from: date(2026, 1, 1), level: 4})
	db := r.database.Admin(t)
	for _, statement := range []string{
		`INSERT INTO erased_number (organisation, number_hmac, key_id, added_by)
			SELECT organisation, sha256(convert_to(organisation, 'UTF8')), substr(sha256(''), 1, 8), max(id) FROM change WHERE organisation IN ('RXA', 'RXB') GROUP BY 1`,
		`INSERT INTO restriction (organisation, staff_id, added_by)
			SELECT c.organisation, (SELECT min(m.id) FROM staff_member m WHERE m.organisation = c.organisation), max(c.id)
			FROM change c WHERE c.organisation IN ('RXA', 'RXB') GROUP BY 1`,
		`INSERT INTO idempotency_key SELECT (jsonb_populate_record(k, '{"key": "another"}')).* FROM idempotency_key k`,
		`INSERT INTO destruction (organisation, change_id, assessed_before, left_before, assessments, people, staff_versions, files)
			SELECT organisation, max(id), '2020-01-01', '2020-01-01', 1, 1, 1, 1 FROM change WHERE organisation IN ('RXA', 'RXB') GROUP BY 1`,
	} {
		run(t, db, statement)
	}
	tables := protectedTables(t, db)
	openAllOtherDoors(t, db, tables)
	for _, table := range tables {
		if protectionOf(table).expires { // one row of each organisation has run out
			run(t, db, `UPDATE `+table+` SET kept_until = now() - interval '1 hour' WHERE ctid IN (SELECT min(ctid) FROM `+table+` GROUP BY organisation)`)
		}
	}
	return r
}

// openAllOtherDoors leaves nothing but the policies between the application and
// other organisations' rows: every right is granted and no trigger is in the way.
func openAllOtherDoors(t *testing.T, db *sql.DB, tables []string) {
	t.Helper()
	for _, table := range tables {
		run(t, db, `GRANT SELECT, INSERT, UPDATE, DELETE ON `+table+` TO `+localpg.RoleApp, `ALTER TABLE `+table+` DISABLE TRIGGER ALL`)
	}
}
