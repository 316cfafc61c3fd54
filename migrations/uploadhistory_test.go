package migrations_test

import (
	"database/sql"
	"strings"
	"testing"

	"skillstracker/migrations"
	"skillstracker/repository/localpg"
	"skillstracker/repository/pgtest"
)

// uploadHistory is the number of 00013_add_upload_history.sql.
const uploadHistory = 13

// takeBackTo takes back the migrations that came after a version.
func takeBackTo(t *testing.T, owner *sql.DB, version int64) {
	t.Helper()
	for {
		state, err := migrations.Status(t.Context(), owner)
		if err != nil {
			t.Fatal(err)
		}
		if state.Current <= version {
			return
		}
		if _, err := migrations.Down(t.Context(), owner); err != nil {
			t.Fatal(err)
		}
	}
}

// plainUpload adds an upload with the columns that there were before uploadHistory;
// only a rejected one made no change. Further columns follow the names of them.
func plainUpload(t *testing.T, admin *sql.DB, state, format, columns, values string) {
	t.Helper()
	tx, err := admin.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(t.Context(), `INSERT INTO organisation (code, kind, added_by)
		SELECT 'RRK', 'nhs_trust', min(id) FROM change ON CONFLICT DO NOTHING`); err != nil {
		t.Fatal(err)
	}
	change := sql.NullInt64{Valid: state != "rejected"}
	if change.Valid {
		if err := tx.QueryRowContext(t.Context(), `INSERT INTO change (kind, organisation, actor) VALUES ('upload', 'RRK', 'test') RETURNING id`).
			Scan(&change.Int64); err != nil {
			t.Fatal(err)
		}
		if _, err := tx.ExecContext(t.Context(), `SELECT finish_change($1)`, change.Int64); err != nil {
			t.Fatal(err)
		}
	}
	statement := `INSERT INTO upload (organisation, id, kind, state, format, content_sha256, content_bytes, complete, received_at, actor, request_id,
			change_id, rows_read, rows_new, rows_changed, rows_unchanged, rows_removed, rows_duplicate, rows_skipped, rows_rejected, rows_blank,
			rows_not_stored, records_ended, mapping, errors, warnings` + columns + `)
		VALUES ('RRK', gen_random_uuid(), 'vacancies', $1, $2, sha256('synthetic'), 9, false, '2026-10-01', 'test', 'test',
			CAST($3 AS bigint), 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, '[]', 0, 0` + values + `)`
	if _, err := tx.ExecContext(t.Context(), statement, state, format, change); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// uploads are the rows of all uploads as text.
func uploads(t *testing.T, admin *sql.DB) string {
	t.Helper()
	var rows string
	if err := admin.QueryRowContext(t.Context(), `SELECT coalesce(string_agg(CAST(to_jsonb(u) AS text), E'\n' ORDER BY id), '') FROM upload u`).Scan(&rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

// The owner of the tables, on whom row-level security is forced, sees no upload by
// itself: taking the migration back must look all the same, and must not lose any.
func TestUploadsThatTheSchemaBeforeCannotHoldKeepTheMigration(t *testing.T) {
	t.Parallel()
	const mode, digest = `, mode, create_missing_staff, options_sha256`, `, false, sha256('options')`
	for name, c := range map[string]struct{ state, format, columns, values string }{
		"withdrawn":               {"voided", "csv", mode + `, voided_at, voided_by, void_change_id`, `, 'all'` + digest + `, now(), 'test', CAST($3 AS bigint)`},
		"stored in part":          {"partly_applied", "xlsx", mode, `, 'valid_rows'` + digest},
		"JSON":                    {"applied", "json", mode, `, 'all'` + digest},
		"rejected JSON":           {"rejected", "json", mode, `, 'all'` + digest},
		"whole, by valid rows":    {"applied", "csv", mode, `, 'valid_rows'` + digest},
		"rejected, by valid rows": {"rejected", "csv", mode, `, 'valid_rows'` + digest},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			database := pgtest.New(t)
			owner, admin := open(t, database.URL(localpg.RoleOwner)), database.Admin(t)
			takeBackTo(t, owner, uploadHistory)
			plainUpload(t, admin, "applied", "csv", mode, `, 'all'`+digest)
			plainUpload(t, admin, c.state, c.format, c.columns, c.values)
			schema, held := dump(t, database), uploads(t, admin)
			_, err := migrations.Down(t.Context(), owner)
			const sentence = "The schema before this one cannot hold 1 of the uploads, which were withdrawn, sent as JSON or sent with mode=valid_rows: " +
				"keep this version of the schema, or restore a backup that was made before it."
			if err == nil || !strings.Contains(err.Error(), sentence) {
				t.Errorf("the error is %v", err)
			}
			if dump(t, database) != schema || uploads(t, admin) != held {
				t.Error("the database changed")
			}
			if state, err := migrations.Status(t.Context(), owner); err != nil || state.Current != uploadHistory {
				t.Errorf("%+v, %v", state, err)
			}
		})
	}
}

// Uploads of before the migration stay as they are, with the options that were the
// only ones then, and so they do when it is taken back and applied again.
func TestUploadsOfBeforeTheUploadHistory(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	owner, admin := open(t, database.URL(localpg.RoleOwner)), database.Admin(t)
	takeBackTo(t, owner, uploadHistory-1)
	for _, state := range []string{"applied", "rejected"} {
		for _, format := range []string{"csv", "xlsx"} {
			plainUpload(t, admin, state, format, "", "")
		}
	}
	if _, err := admin.ExecContext(t.Context(), `INSERT INTO staff_list (organisation, upload_id, as_at, complete, confirmed, added_by)
		SELECT organisation, id, '2026-09-30', false, '{}', change_id FROM upload WHERE state = 'applied'`); err != nil {
		t.Fatal(err)
	}
	before := uploads(t, admin)
	var migrated string
	for range 2 {
		if _, err := migrations.Up(t.Context(), owner); err != nil {
			t.Fatal(err)
		}
		if migrated = uploads(t, admin); strings.Count(migrated, "\n") != 3 {
			t.Errorf("the uploads are\n%s", migrated)
		}
		var wrong int
		if err := admin.QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM upload WHERE mode <> 'all' OR create_missing_staff
				OR options_sha256 <> decode(repeat('00', 32), 'hex') OR num_nonnulls(kept_until, voided_at, voided_by, void_change_id) > 0)
			+ (SELECT count(*) FROM staff_list WHERE found_left <> '{}')`).Scan(&wrong); err != nil || wrong != 0 {
			t.Errorf("%d rows are not as they were sent, %v", wrong, err)
		}
		takeBackTo(t, owner, uploadHistory-1)
		if after := uploads(t, admin); after != before {
			t.Errorf("after the way back the uploads are\n%s\nand were\n%s", after, before)
		}
	}
}
