package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"skillstracker/repository/localpg"
)

const importedStaff = `employee_number,staff_group,band,fte
S001,08,5,1
S002,08,6,1
`

// TestImportOnAServer goes through the life of a file with the program alone: from
// the template to what is left of the file when its time has run out.
func TestImportOnAServer(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	server, address := serving(t, dir)
	organisations := newFile(t, "organisations.csv", syntheticOrganisations)
	must(t, nil, "--data-dir", dir, "organisations", "import", organisations, "--as-of", "2025-12-31")
	token := newFile(t, "token", must(t, nil, "--data-dir", dir, "token", "create", "--role", "hr", "--organisation", "A9ZZ"))
	client := []string{"SKILLSTRACKER_URL=http://" + address, "SKILLSTRACKER_TOKEN_FILE=" + token}
	send := func(want int, path, kind string, args ...string) (stdout, stderr string) {
		t.Helper()
		stdout, stderr, status := runToEnd(t, client, append([]string{"import", path, "--kind", kind, "--organisation", "A9ZZ"}, args...)...)
		if status != want {
			t.Fatalf("status %d, want %d:\n%s%s", status, want, stdout, stderr)
		}
		return stdout, stderr
	}
	says := func(said string, patterns ...string) {
		t.Helper()
		for _, pattern := range patterns {
			if !regexp.MustCompile(pattern).MatchString(said) {
				t.Errorf("%q is not in\n%s", pattern, said)
			}
		}
	}

	template := filepath.Join(t.TempDir(), "staff.csv")
	must(t, client, "template", "staff", "-o", template)
	if header, err := os.ReadFile(template); err != nil || !strings.Contains(string(header), "employee_number") {
		t.Errorf("the template holds %q, %v", header, err)
	}

	staff := newFile(t, "staff.csv", importedStaff)
	out, _ := send(exitDone, staff, "staff", "--as-at", "2026-01-31", "--check-only")
	says(out, `Preview: the file would be stored`, `2 rows read = 2 new`, `2 +new +employee_number S001 +\(whole record\)`)
	out, _ = send(exitDone, staff, "staff", "--as-at", "2026-01-31")
	says(out, `Stored as upload [0-9a-f-]{36}\.`, `2 rows read = 2 new`)
	out, _ = send(exitDone, staff, "staff", "--as-at", "2026-01-31", "--json")
	says(out, `^\{.*"rows_read":2`)
	changed := newFile(t, "staff.csv", strings.Replace(importedStaff, "08,5", "08,7", 1))
	out, _ = send(exitDone, changed, "staff", "--as-at", "2026-02-28", "--check-only")
	says(out, `2 +changed +employee_number S001 +band +5 +7\n`)

	assessments := newFile(t, "assessments.csv", "employee_number,assessed_on,CCP,Remarks\nS001,2026-02-01,2,x\nS003,2026-02-01,3,\nS002,2026-02-01,9,\n")
	out, errs := send(exitRows, assessments, "assessments")
	says(out, `Rejected as upload`, `3 rows read = 2 rejected \+ 1 not stored`, `Remarks +\(not used\)`, `error +3 +employee_number `, `error +4 +CCP `)
	says(errs, `nothing of assessments\.csv was stored: mend the errors and send it again`)
	out, _ = send(exitRows, assessments, "assessments", "--valid-rows", "--findings", "1")
	says(out, `without the rows that have errors`, `3 rows read = 1 new \+ 2 rejected`, `more findings not shown`, `http://\S+/findings\.xlsx`)

	// A rejected file, mended elsewhere, is judged anew; under one key it is not.
	missing := newFile(t, "missing.csv", "employee_number,assessed_on,CCP\nS004,2026-02-01,2\n")
	send(exitRows, missing, "assessments", "--key", "one")
	send(exitRows, missing, "assessments")
	send(exitDone, newFile(t, "more.csv", importedStaff+"S004,08,5,1\n"), "staff", "--as-at", "2026-01-31")
	send(exitDone, missing, "assessments")
	send(exitRows, missing, "assessments", "--key", "one")
	_, errs = send(exitFailed, assessments, "assessments", "--key", "one")
	says(errs, `the server answered 422`)

	_, stderr, status := runToEnd(t, client, "import", staff, "--kind", "staff", "--organisation", "RRK")
	if status != exitFailed || !strings.Contains(stderr, "to send staff of organisation RRK") {
		t.Errorf("another organisation: status %d, %s", status, stderr)
	}

	checkExpiry(t, dir, server)
}

// checkExpiry lets the time of all kept files run out and starts the server again.
func checkExpiry(t *testing.T, dir string, server *process) {
	t.Helper()
	attached, running, err := localpg.Running(dir)
	if err != nil || !running {
		t.Fatalf("the database is not running: %v", err)
	}
	query := func(statement string, to ...any) {
		t.Helper()
		db, err := sql.Open("pgx", attached.URL(localpg.RoleAdmin, localpg.Database))
		if err != nil {
			t.Fatal(err)
		}
		if err := db.QueryRowContext(t.Context(), statement).Scan(to...); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	var files, keys int
	query(`WITH f AS (UPDATE upload_file_part SET kept_until = now() - interval '1 minute' RETURNING 1),
		k AS (UPDATE idempotency_key SET kept_until = now() - interval '1 minute' RETURNING 1)
		SELECT (SELECT count(*) FROM f), (SELECT count(*) FROM k)`, &files, &keys)
	if files == 0 || keys == 0 {
		t.Errorf("%d files and %d keys were kept", files, keys)
	}
	server.signal(t, syscall.SIGTERM)
	server.await(t)
	server, _ = serving(t, dir)
	server.awaitText(t, &server.stderr, `"msg":"(what had run out was deleted)"`)
	if attached, running, err = localpg.Running(dir); err != nil || !running {
		t.Fatalf("the database is not running: %v", err)
	}
	query(`SELECT (SELECT count(*) FROM upload_file_part), (SELECT count(*) FROM idempotency_key)`, &files, &keys)
	if files+keys > 0 {
		t.Errorf("%d files and %d keys are left", files, keys)
	}
}
