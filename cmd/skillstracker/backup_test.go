package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"filippo.io/age"

	"skillstracker/repository"
	"skillstracker/repository/localpg"
)

// keyPair makes a key of age and returns it with the file of its secret part.
func keyPair(t *testing.T) (recipient, identity string) {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return key.Recipient().String(), newFile(t, "key.txt", key.String()+"\n")
}

// TestPurgeBackUpAndRestore takes a register of a server through what its operator
// does: purge it, back it up beside the server, and make it again elsewhere.
func TestPurgeBackUpAndRestore(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	_, address := serving(t, dir)
	must(t, nil, "--data-dir", dir, "organisations", "import", newFile(t, "organisations.csv", syntheticOrganisations), "--as-of", "2025-12-31")
	token := strings.TrimSpace(must(t, nil, "--data-dir", dir, "token", "create", "--role", "hr", "--organisation", "A9ZZ"))
	client := []string{"SKILLSTRACKER_URL=http://" + address, "SKILLSTRACKER_TOKEN_FILE=" + newFile(t, "token", token)}
	for _, sent := range [][]string{
		{newFile(t, "staff.csv", agedStaff), "--kind", "staff", "--as-at", "2026-01-31"},
		{newFile(t, "assessments.csv", agedAssessments()), "--kind", "assessments"},
		{newFile(t, "vacancies.csv", importedVacancies), "--kind", "vacancies"},
	} {
		must(t, client, append([]string{"import", "--organisation", "A9ZZ"}, sent...)...)
	}
	reports := t.TempDir()
	for _, report := range []string{"digital-literacy", "vacancies"} {
		must(t, client, "report", report, "-o", filepath.Join(reports, report+".xlsx"), "--as-at", "2026-01-31", "--organisation", "A9ZZ")
	}
	purgeOnAServer(t, dir)
	verifyAfterPurge(t, dir, reports)

	const question = "/api/v1/workforce/totals?organisation=A9ZZ&as_at=2026-01-31"
	_, before := get(t, "http://"+address+question, token)
	plain, sealed, identity := backUpBeside(t, dir)
	elsewhere := otherDatabase(t, dir)
	refuseBrokenBackups(t, elsewhere, plain, sealed)

	second := newDataDir(t)
	said := must(t, nil, "--data-dir", second, "restore", sealed, "--identity", identity)
	if !strings.Contains(said, "1 organisation and ") || !strings.Contains(said, "Audit trail and roll-ups are sound.") {
		t.Errorf("the restore says %s", said)
	}
	server, address := serving(t, second)
	if status, after := get(t, "http://"+address+question, token); status != 200 || after != before {
		t.Errorf("the restored register answers %d\n%s\nbefore\n%s", status, after, before)
	}
	must(t, nil, "--data-dir", second, "rollups", "verify")
	must(t, nil, "--data-dir", second, "audit", "verify")
	if said := must(t, nil, "--data-dir", second, "purge", "log"); !strings.Contains(said, "A9ZZ") {
		t.Errorf("the destruction log was not restored: %s", said)
	}
	compareWithManifest(t, second, plain)
	asAdmin(t, second, localpg.Database, func(db *sql.DB) error {
		_, err := db.ExecContext(t.Context(), `UPDATE vacancy_rollup SET cells = cells + 1`)
		return err
	})
	server.signal(t, syscall.SIGTERM)
	server.await(t)
	restoreOlderAndWrong(t, dir, second, elsewhere)
}

// backUpBeside makes a backup that everybody can read and one that is encrypted, beside
// a server, and tries what would write over a backup or over the register.
func backUpBeside(t *testing.T, dir string) (plain, sealed, identity string) {
	t.Helper()
	folder := t.TempDir()
	plain, sealed = filepath.Join(folder, "plain.backup"), filepath.Join(folder, "sealed.backup")
	recipient, identity := keyPair(t)
	said, complaint, status := runToEnd(t, nil, "--data-dir", dir, "backup", plain)
	if status != exitDone || !strings.Contains(said, "1 organisation") || !strings.Contains(complaint, "is not encrypted") {
		t.Fatalf("the backup: status %d\n%s%s", status, said, complaint)
	}
	if said, complaint, status := runToEnd(t, nil, "--data-dir", dir, "backup", sealed, "--recipient", recipient); status != exitDone || complaint != "" {
		t.Fatalf("the encrypted backup: status %d\n%s%s", status, said, complaint)
	}
	for _, path := range []string{plain, sealed} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v, %v", filepath.Base(path), info.Mode(), err)
		}
	}
	if _, complaint, status := runToEnd(t, nil, "--data-dir", dir, "backup", plain); status != exitUsage || !strings.Contains(complaint, "already there") {
		t.Errorf("a backup was written over: %d %s", status, complaint)
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) != 2 {
		t.Errorf("the folder holds %v, %v", files, err)
	}
	if _, complaint, status := runToEnd(t, nil, "--data-dir", dir, "restore", plain); status != exitFailed || !strings.Contains(complaint, "a server runs on") {
		t.Errorf("restored under a server: %d %s", status, complaint)
	}
	if _, complaint, status := runToEnd(t, addresses(t, dir, localpg.Database), "restore", plain); status != exitFailed || !strings.Contains(complaint, "holds a register already") {
		t.Errorf("restored over a register: %d %s", status, complaint)
	}
	return plain, sealed, identity
}

// restoreOlderAndWrong backs up a register whose roll-ups are wrong, with an older
// schema, and restores that: it is migrated, and although it is found to be wrong, its
// audit trail says where it comes from.
func restoreOlderAndWrong(t *testing.T, dir, wrong string, empty []string) {
	t.Helper()
	must(t, nil, "--data-dir", wrong, "migrate", "down", "--destroy-data")
	path := filepath.Join(t.TempDir(), "older.backup")
	must(t, nil, "--data-dir", wrong, "backup", path)
	said, complaint, status := runToEnd(t, empty, "restore", path)
	if status != exitFailed || !strings.Contains(said, "1 migrations applied.") || !strings.Contains(complaint, "roll-ups differ from their facts") {
		t.Errorf("the restore of an older backup with wrong roll-ups: status %d\n%s%s", status, said, complaint)
	}
	from, err := openBackupFile(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = from.close() }()
	asAdmin(t, dir, elsewhereName, func(db *sql.DB) error {
		var events int
		err := db.QueryRowContext(t.Context(), `SELECT count(*) FROM audit_event WHERE operation = 'restore' AND object = $1`, "sha256:"+from.DumpSHA256).Scan(&events)
		if err == nil && events != 1 {
			t.Errorf("the audit trail holds %d events of this restore", events)
		}
		return err
	})
}

// elsewhereName is that of an empty database beside the register of a server.
const elsewhereName = "elsewhere"

// otherDatabase makes it and returns the settings by which commands reach it.
func otherDatabase(t *testing.T, dir string) []string {
	t.Helper()
	asAdmin(t, dir, localpg.Database, func(db *sql.DB) error {
		_, err := db.ExecContext(t.Context(), `CREATE DATABASE `+elsewhereName+` OWNER `+localpg.RoleOwner)
		return err
	})
	return addresses(t, dir, elsewhereName)
}

// addresses are the settings that name a database of a server's private PostgreSQL.
func addresses(t *testing.T, dir, database string) []string {
	t.Helper()
	attached := privateOf(t, dir)
	return []string{
		"SKILLSTRACKER_OWNER_DATABASE_URL=" + attached.URL(localpg.RoleOwner, database),
		"SKILLSTRACKER_BACKUP_DATABASE_URL=" + attached.URL(localpg.RoleBackup, database),
	}
}

func privateOf(t *testing.T, dir string) *localpg.Attached {
	t.Helper()
	attached, running, err := localpg.Running(dir)
	if err != nil || !running {
		t.Fatalf("the database is not running: %v", err)
	}
	return attached
}

// asAdmin works in a database of a server's private PostgreSQL as the one who may
// everything.
func asAdmin(t *testing.T, dir, database string, work func(*sql.DB) error) {
	t.Helper()
	db, err := sql.Open("pgx", privateOf(t, dir).URL(localpg.RoleAdmin, database))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := work(db); err != nil {
		t.Fatal(err)
	}
}

// compareWithManifest compares the restored register with the other backup, whose
// manifest was made two events earlier: everything but these must be the same. What may
// be done with the rows is looked at as the application.
func compareWithManifest(t *testing.T, dir, path string) {
	t.Helper()
	from, err := openBackupFile(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = from.close() }()
	attached := privateOf(t, dir)
	backup, err := repository.OpenBackup(t.Context(), attached.URL(localpg.RoleBackup, localpg.Database))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = backup.Close() }()
	held, err := backup.Contents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, difference := range from.Contents.Compare(held) {
		if !matches(`audit_event|audit_head|access_token|end of a chain`, difference) {
			t.Errorf("the restored register is another: %s", difference)
		}
	}
	for role, address := range map[string]string{
		"owner": attached.URL(localpg.RoleOwner, localpg.Database), "application": attached.URL(localpg.RoleApp, localpg.Database),
		"superuser": attached.URL(localpg.RoleAdmin, localpg.Database),
	} {
		if _, err := repository.OpenBackup(t.Context(), address); err == nil {
			t.Errorf("the %s was taken for the role of backups", role)
		}
	}
	db, err := sql.Open("pgx", attached.URL(localpg.RoleBackup, localpg.Database))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), `SET default_transaction_read_only = off; UPDATE staff_member SET employee_number = 'X'`); err == nil {
		t.Error("the role of backups may write")
	}
}
