package repository_test

import "testing"

// brokenUploads find what would be left of an upload that was not stored whole or
// not at all: each query must find nothing.
func brokenUploads() map[string]string {
	queries := map[string]string{
		"an applied upload without its finished change": `SELECT u.id FROM upload u LEFT JOIN change c ON c.id = u.change_id
			WHERE u.state <> 'rejected' AND (c.number IS NULL OR c.upload_id <> u.id OR c.organisation <> u.organisation OR c.kind <> 'upload')`,
		"a change without its upload": `SELECT c.id FROM change c LEFT JOIN upload u ON u.change_id = c.id WHERE c.kind = 'upload' AND u.id IS NULL`,
		"an unfinished change":        `SELECT id FROM change WHERE number IS NULL`,
		"an upload without its one audit row": `SELECT u.id FROM upload u LEFT JOIN audit_event e ON e.upload_id = u.id AND e.operation IN ('createUpload', 'createNationalUpload')
			AND e.outcome = CASE WHEN u.state <> 'voided' THEN u.state WHEN u.rows_rejected > 0 THEN 'partly_applied' ELSE 'applied' END
			AND e.change_id IS NOT DISTINCT FROM u.change_id GROUP BY u.id HAVING count(e.id) <> 1`,
		"an audit row without its upload": `SELECT e.id FROM audit_event e WHERE e.upload_id IS NOT NULL AND NOT EXISTS (SELECT FROM upload u WHERE u.id = e.upload_id)`,
		"an upload without its findings": `SELECT u.id FROM upload u LEFT JOIN upload_finding f ON f.upload_id = u.id
			GROUP BY u.id, u.errors, u.warnings HAVING count(f.ordinal) <> u.errors + u.warnings`,
		"a return without its cells": `SELECT u.id FROM upload u WHERE u.kind = 'vacancies' AND u.state IN ('applied', 'partly_applied')
			AND ((SELECT count(*) FROM vacancy_cell c WHERE c.added_by = u.change_id) <> u.rows_new + u.rows_changed
			  OR (SELECT count(*) FROM vacancy_cell c WHERE c.ended_by = u.change_id) <> u.rows_changed + u.rows_removed + u.records_ended)`,
		"an assessments file without its assessments": `SELECT u.id FROM upload u WHERE u.kind = 'assessments' AND u.state IN ('applied', 'partly_applied')
			AND ((SELECT count(*) FROM assessment a WHERE a.added_by = u.change_id) <> u.rows_new + u.rows_changed
			  OR (SELECT count(*) FROM assessment a WHERE a.ended_by = u.change_id) <> u.rows_changed + u.rows_removed)`,
		"a staff list without its people": `SELECT u.id FROM upload u WHERE u.kind = 'staff' AND u.state IN ('applied', 'partly_applied')
			AND ((SELECT count(*) FROM staff_member m WHERE m.added_by = u.change_id) > u.rows_new
			  OR (SELECT count(*) FROM staff_version v WHERE v.added_by = u.change_id) < u.rows_new
			  OR (SELECT count(*) FROM staff_list l WHERE l.upload_id = u.id AND l.added_by = u.change_id) <> 1)`,
		"a file that is said to be kept and is not, or the other way round": `SELECT u.id FROM upload u
			WHERE (u.kept_until IS NOT NULL) <> EXISTS (SELECT FROM upload_file_part p WHERE p.upload_id = u.id AND p.kept_until = u.kept_until)`,
		"unchanged records that are not noted": `SELECT u.id FROM upload u WHERE u.kind <> 'staff' AND u.state IN ('applied', 'partly_applied')
			AND u.rows_unchanged <> (SELECT coalesce(sum(cardinality(c.staff_ids)), 0) FROM assessment_confirmation c WHERE c.added_by = u.change_id)
				+ (SELECT coalesce(sum(cardinality(c.months)), 0) FROM vacancy_confirmation c WHERE c.added_by = u.change_id)
				+ (SELECT coalesce(sum(cardinality(c.keys)), 0) FROM record_confirmation c WHERE c.added_by = u.change_id AND c.kind = u.kind)`,
		"position vacancies or targets without their records": `SELECT u.id FROM upload u
			CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE r.added_by = u.change_id) AS added, count(*) FILTER (WHERE r.ended_by = u.change_id) AS ended
				FROM (SELECT 'position_vacancies' AS kind, added_by, ended_by FROM position_vacancy UNION ALL SELECT 'targets', added_by, ended_by FROM target) r
				WHERE r.kind = u.kind) n
			WHERE u.kind IN ('position_vacancies', 'targets') AND u.state IN ('applied', 'partly_applied')
			AND (n.added <> u.rows_new + u.rows_changed OR n.ended <> u.rows_changed + u.rows_removed + u.records_ended)`,
		"what a transaction left behind": `SELECT CAST(oid AS regclass) FROM pg_class WHERE relpersistence = 't'`,
	}
	for _, table := range []string{"staff_member", "employment_spell", "staff_version", "staff_list", "assessment", "vacancy_cell", "reporting_start", "assessment_confirmation", "vacancy_confirmation", "position_vacancy", "target", "record_confirmation"} {
		queries["a row of another organisation's change in "+table] = `SELECT 1 FROM ` + table + ` r LEFT JOIN change c ON c.id = r.added_by AND c.organisation = r.organisation
			LEFT JOIN change e ON e.id = r.ended_by AND e.organisation = r.organisation
			WHERE c.number IS NULL OR r.ended_by IS NOT NULL AND (e.number IS NULL OR e.number <= c.number)`
	}
	return queries
}

func wantWholeUploads(t *testing.T, db querier) {
	t.Helper()
	for what, query := range brokenUploads() {
		if found := column(t, db, query); len(found) > 0 {
			t.Errorf("%s: %v", what, found)
		}
	}
}
