package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
	"skillstracker/repository/localpg"
)

// TestAuditOnAServer verifies the trail of a running server, against its own log too,
// then changes one byte of it and writes a chain anew.
func TestAuditOnAServer(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	server, address := serving(t, dir)
	must(t, nil, "--data-dir", dir, "organisations", "import", newFile(t, "organisations.csv", syntheticOrganisations), "--as-of", "2025-12-31")
	token := newFile(t, "token", must(t, nil, "--data-dir", dir, "token", "create", "--role", "hr", "--organisation", "A9ZZ"))
	client := []string{"SKILLSTRACKER_URL=http://" + address, "SKILLSTRACKER_TOKEN_FILE=" + token}
	must(t, client, "import", newFile(t, "vacancies.csv", importedVacancies), "--kind", "vacancies", "--organisation", "A9ZZ")
	if said := must(t, nil, "--data-dir", dir, "audit", "verify"); !regexp.MustCompile(`A9ZZ +\d+ +[0-9a-f]{64}\n`).MatchString(said) ||
		!regexp.MustCompile(`\n2 chains, \d+ events: every link holds\. They were compared with no noted heads\.\n`).MatchString(said) {
		t.Errorf("a sound trail: %s", said)
	}

	server.signal(t, syscall.SIGTERM)
	if status := server.await(t); status != exitDone {
		t.Fatalf("the server ended with status %d", status)
	}
	log := newFile(t, "server.log", server.stderr.String())
	heads, err := readHeads(log)
	if err != nil {
		t.Fatal(err)
	}
	noted := make(map[string]int)
	for _, head := range heads {
		noted[head.Chain]++
	}
	// When the server began there was nothing; when it stopped, two chains had grown.
	if noted["A9ZZ"] != 1 || noted[domain.SystemChain] != 1 {
		t.Errorf("the log holds %v", noted)
	}
	_, _ = serving(t, dir)
	if said := must(t, nil, "--data-dir", dir, "audit", "verify", "--heads", log); !strings.Contains(said, "They hold the hashes of 2 noted heads.") {
		t.Errorf("compared with the log: %s", said)
	}

	attached, running, err := localpg.Running(dir)
	if err != nil || !running {
		t.Fatalf("the database is not running: %v", err)
	}
	db, err := sql.Open("pgx", attached.URL(localpg.RoleAdmin, localpg.Database))
	if err != nil {
		t.Fatal(err)
	}
	var place, event, last int64
	if err := db.QueryRowContext(t.Context(), `SELECT sequence, id, (SELECT max(sequence) FROM audit_event WHERE organisation = 'A9ZZ')
		FROM audit_event WHERE organisation = 'A9ZZ' AND operation = 'createUpload'`).Scan(&place, &event, &last); err != nil {
		t.Fatal(err)
	}
	behind := func(statement string) {
		if _, err := db.ExecContext(t.Context(), `SET session_replication_role = replica; `+statement+`; SET session_replication_role = origin`); err != nil {
			t.Fatal(err)
		}
	}
	behind(`UPDATE audit_event SET outcome = 'appliee' WHERE operation = 'createUpload'`)
	said, complaint, status := runToEnd(t, nil, "--data-dir", dir, "audit", "verify")
	if want := fmt.Sprintf("Broken: chain A9ZZ, sequence %d, event %d: changed.\n", place, event); status != exitFailed || !strings.Contains(said, want) ||
		!strings.Contains(complaint, "the audit trail is broken in 1 chain of 2 chains") {
		t.Errorf("one changed byte: status %d, want %q\n%s%s", status, want, said, complaint)
	}
	behind(`DELETE FROM audit_event WHERE organisation = 'A9ZZ' AND sequence > 1; DELETE FROM audit_head WHERE organisation = 'A9ZZ';
		UPDATE audit_event SET outcome = 'applied', actor = 'nobody' WHERE organisation = 'A9ZZ';
		UPDATE audit_event SET hash = sha256(previous_hash || convert_to(audit_text(organisation, sequence, at,
			ARRAY[actor, role, operation, object, upload_id::text, change_id::text, request_id, outcome]), 'UTF8')) WHERE organisation = 'A9ZZ';
		INSERT INTO audit_head SELECT organisation, sequence, hash, at FROM audit_event WHERE organisation = 'A9ZZ'`)
	must(t, nil, "--data-dir", dir, "audit", "verify")
	said, _, status = runToEnd(t, nil, "--data-dir", dir, "audit", "verify", "--heads", log)
	if status != exitFailed || !regexp.MustCompile(`Broken: chain A9ZZ, sequence \d+(, event \d+)?: (not as noted|end missing)\.`).MatchString(said) {
		t.Errorf("a chain written anew: status %d\n%s", status, said)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestHeadsAreReadFromLogsAndLists(t *testing.T) {
	t.Parallel()
	hash := strings.Repeat("0a", 32)
	want := domain.AuditHead{Chain: "RXA", Sequence: 12}
	for i := range want.Hash {
		want.Hash[i] = 0x0a
	}
	logged, err := json.Marshal(map[string]any{"time": "2026-11-22T09:30:00Z", "level": "INFO", "msg": "audit head", "chain": "RXA", "sequence": 12, "hash": hash})
	if err != nil {
		t.Fatal(err)
	}
	for name, line := range map[string]string{
		"json": string(logged), "text": `time=2026-11-22T09:30:00.000Z level=INFO msg="audit head" chain=RXA sequence=12 hash=` + hash, "plain": "RXA 12 " + hash, "spaced": " RXA\t12  " + hash + "\r",
	} {
		heads, err := headsIn(strings.NewReader("serving\n{\"msg\":\"request\"}\n\n" + line + "\n{\"msg\":\"audit"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]domain.AuditHead{want}, heads); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for _, line := range []string{
		`{"msg":"audit head","chain":"RXA","sequence":0,"hash":"` + hash + `"}`, `{"msg":"audit head","chain":"RXA","sequence":1,"hash":"0a"}`,
		`{"msg":"audit head","chain":"RXA"`, "RXA 0 " + hash, "RXA 99999999999999999999 " + hash,
	} {
		if heads, err := headsIn(strings.NewReader(line)); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%s: %v, %v", line, heads, err)
		}
	}
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, []byte("serving\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readHeads(empty); exitStatus(err) != exitUsage {
		t.Errorf("a file without heads: %v", err)
	}
	if _, err := readHeads(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there")
	}
}
