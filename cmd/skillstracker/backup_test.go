package main

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"filippo.io/age"

	"skillstracker/repository"
	"skillstracker/repository/localpg"
)

const agedStaff = `employee_number,staff_group,band,fte,started_on,left_on
S001,08,5,1,2010-01-01,
S002,08,6,1,2010-01-01,2015-06-30
S003,08,6,1,2010-01-01,
`

// agedAssessments are three of seven years ago and one of yesterday.
func agedAssessments() string {
	old, new := time.Now().AddDate(-7, 0, 0).Format(time.DateOnly), time.Now().AddDate(0, 0, -1).Format(time.DateOnly)
	return fmt.Sprintf("employee_number,assessed_on,CCP\nS001,%[1]s,2\nS002,%[1]s,2\nS003,%[1]s,2\nS001,%[2]s,3\n", old, new)
}

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
	server, address := serving(t, dir)
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
	for _, report := range []string{"digital-literacy", "vacancies", "rollup"} {
		args := []string{"report", report, "-o", filepath.Join(reports, report+".xlsx"), "--as-at", "2026-01-31"}
		if report != "rollup" {
			args = append(args, "--organisation", "A9ZZ")
		}
		must(t, client, args...)
	}
	purgeOnAServer(t, dir)
	verifyAfterPurge(t, dir, reports)

	const question = "/api/v1/workforce/totals?organisation=A9ZZ&as_at=2026-01-31"
	_, before := get(t, "http://"+address+question, token)
	folder := t.TempDir()
	plain, sealed := filepath.Join(folder, "plain.backup"), filepath.Join(folder, "sealed.backup")
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
	server.signal(t, syscall.SIGTERM)
	server.await(t)
	if _, complaint, status := runToEnd(t, nil, "--data-dir", dir, "restore", plain); status != exitFailed || !strings.Contains(complaint, "holds a register already") {
		t.Errorf("restored over a register: %d %s", status, complaint)
	}
	second := newDataDir(t)
	refuseBrokenBackups(t, second, plain, sealed)
	said = must(t, nil, "--data-dir", second, "restore", sealed, "--identity", identity)
	if !strings.Contains(said, "1 organisation and ") || !strings.Contains(said, "Audit trail and roll-ups are sound.") {
		t.Errorf("the restore says %s", said)
	}
	server, address = serving(t, second)
	if status, after := get(t, "http://"+address+question, token); status != 200 || after != before {
		t.Errorf("the restored register answers %d\n%s\nbefore\n%s", status, after, before)
	}
	must(t, nil, "--data-dir", second, "rollups", "verify")
	must(t, nil, "--data-dir", second, "audit", "verify")
	if said := must(t, nil, "--data-dir", second, "purge", "log"); !strings.Contains(said, "A9ZZ") {
		t.Errorf("the destruction log was not restored: %s", said)
	}
	compareWithManifest(t, second, plain)
	server.signal(t, syscall.SIGTERM)
	server.await(t)

	// A backup of an older version is migrated.
	must(t, nil, "--data-dir", second, "migrate", "down", "--destroy-data")
	older, third := filepath.Join(folder, "older.backup"), newDataDir(t)
	must(t, nil, "--data-dir", second, "backup", older)
	if said := must(t, nil, "--data-dir", third, "restore", older); !strings.Contains(said, "1 migrations applied.") {
		t.Errorf("the restore of an older backup says %s", said)
	}
}

// purgeOnAServer purges what the tests of backups sent, of which one person left and
// three assessments were made too long ago.
func purgeOnAServer(t *testing.T, dir string) {
	t.Helper()
	log := filepath.Join(t.TempDir(), "purge.log")
	for _, run := range []struct{ args, want string }{
		{"purge --dry-run", `A9ZZ +1 +3 +2 +20\d\d-\d\d-\d\d +20\d\d-\d\d-\d\d +- +-\n(?s).*Would be destroyed`},
		{"purge log", `Nothing was ever purged`},
		{"purge --dry-run --purge-staff-years 100 --purge-assessments-years 100", `^Would be destroyed`},
		{"purge --log " + log, `A9ZZ +1 +3 +2 .* \d+ +20\d\d-.*Z\n(?s).*Destroyed`},
		{"purge --log " + log, `^Destroyed: .*\(0\).*\(0 with`},
		{"purge log", `A9ZZ +1 +3 +2 `},
	} {
		if said := must(t, nil, append([]string{"--data-dir", dir}, strings.Fields(run.args)...)...); !matches(run.want, said) {
			t.Errorf("%s says %q, want %q", run.args, said, run.want)
		}
	}
	content, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	var line purgeLine
	if err := json.Unmarshal(content, &line); err != nil || line.Organisation != "A9ZZ" || line.People != 1 || line.Assessments != 3 || line.At == nil || line.Change == 0 {
		t.Errorf("the log holds %s (%v)", content, err)
	}
	for _, args := range []string{"purge --organisation ZZZ", "purge --purge-staff-years 0", "purge --log " + dir} {
		if said, complaint, status := runToEnd(t, nil, append([]string{"--data-dir", dir}, strings.Fields(args)...)...); status == exitDone {
			t.Errorf("%s succeeds: %s%s", args, said, complaint)
		}
	}
}

// verifyAfterPurge verifies reports that were made before: figures that the purge may
// have changed are not held against the file, others are still compared.
func verifyAfterPurge(t *testing.T, dir, reports string) {
	t.Helper()
	for name, c := range map[string]struct {
		status int
		want   string
	}{
		"digital-literacy": {exitCannotTell, `cannot be told: the figures differ in \d+ places, and there was a purge in A9ZZ on 20\d\d-\d\d-\d\d, after the report`},
		"vacancies":        {exitDone, `The figures are the same`},
		// Of so few people it says nothing, before as after.
		"rollup": {exitDone, `The figures are the same`},
	} {
		out, complaint, status := runToEnd(t, nil, "--data-dir", dir, "report", "verify", filepath.Join(reports, name+".xlsx"))
		if status != c.status || !matches(c.want, out+complaint) {
			t.Errorf("verify %s: status %d, want %d and %q:\n%s%s", name, status, c.status, c.want, out, complaint)
		}
	}
}

// refuseBrokenBackups tries to restore files that are not whole, and files for other
// eyes; each is refused before a database is made.
func refuseBrokenBackups(t *testing.T, dir, plain, sealed string) {
	t.Helper()
	content, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	encrypted, err := os.ReadFile(sealed)
	if err != nil {
		t.Fatal(err)
	}
	_, other := keyPair(t)
	flipped := bytes.Clone(content)
	flipped[len(flipped)/3] ^= 1
	for what, c := range map[string]struct {
		content []byte
		args    []string
		status  int
		want    string
	}{
		"a changed byte":          {flipped, nil, exitFailed, "not a whole backup"},
		"a file that was cut off": {content[:len(content)*2/3], nil, exitFailed, "not a whole backup"},
		"another kind of file":    {[]byte("a,b\n1,2\n"), nil, exitFailed, "not a whole backup"},
		"an empty file":           {nil, nil, exitFailed, "not a whole backup"},
		"another dump inside":     {forged(t, content, func(m *manifest) { m.DumpSHA256 = strings.Repeat("0", 64) }), nil, exitFailed, "another check-sum"},
		"a form to come":          {forged(t, content, func(m *manifest) { m.Format = 2 }), nil, exitFailed, "the form 2"},
		"a schema to come":        {forged(t, content, func(m *manifest) { m.Contents.SchemaVersion = 9999 }), nil, exitFailed, "newer program"},
		"another role":            {forged(t, content, func(m *manifest) { m.Contents.Roles = append(m.Contents.Roles, "gone") }), nil, exitFailed, "does not know the roles .*: gone"},
		"other rows": {forged(t, content, func(m *manifest) {
			m.Contents.Tables["staff_member"] = repository.TableContents{Rows: 9}
		}), nil, exitFailed, "left the database empty: .*rows of staff_member: 9 became 2"},
		"an encrypted file without a key":  {encrypted, nil, exitUsage, "is encrypted"},
		"an encrypted file, another key":   {encrypted, []string{"--identity", other}, exitFailed, "no key of --identity opens"},
		"an encrypted file that was cut":   {encrypted[:len(encrypted)-99], []string{"--identity", other}, exitFailed, "no key of --identity opens|not a whole backup"},
		"a key that is none":               {encrypted, []string{"--identity", plain}, exitUsage, "is not a file of keys"},
		"a file that is not there, anyway": {content, []string{"--identity", filepath.Join(dir, "none")}, exitUsage, "no such file"},
	} {
		path := newFile(t, "broken.backup", string(c.content))
		if said, complaint, status := runToEnd(t, nil, append([]string{"--data-dir", dir, "restore", path}, c.args...)...); status != c.status || !matches(c.want, complaint) {
			t.Errorf("%s: status %d, want %d and %q:\n%s%s", what, status, c.status, c.want, said, complaint)
		}
	}
}

// forged returns a backup with another manifest.
func forged(t *testing.T, content []byte, change func(*manifest)) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var made bytes.Buffer
	writer := zip.NewWriter(&made)
	for _, entry := range archive.File {
		from, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		if entry.Name == manifestName {
			var about manifest
			if err := json.Unmarshal(text, &about); err != nil {
				t.Fatal(err)
			}
			change(&about)
			if text, err = json.Marshal(about); err != nil {
				t.Fatal(err)
			}
		}
		to, err := writer.Create(entry.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return made.Bytes()
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
	attached, running, err := localpg.Running(dir)
	if err != nil || !running {
		t.Fatalf("the database is not running: %v", err)
	}
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

func matches(pattern, text string) bool { return regexp.MustCompile(pattern).MatchString(text) }
