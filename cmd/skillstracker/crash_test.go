package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx" of database/sql

	"skillstracker/repository/localpg"
)

// crashes is how often server and database are killed in the test.
const crashes = 20

// crashPeople is the size of each upload that is in flight when they are.
const crashPeople = 300

// crashUpload is one upload of the test: all its assessments carry one date.
type crashUpload struct{ id, date string }

// TestKilledInTheMiddleOfUploads kills the server, and every other time PostgreSQL
// with it, at random moments of uploads. Each restart must come up, no upload that
// was answered may be missing, and none may be half there.
func TestKilledInTheMiddleOfUploads(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	server, address := serving(t, dir)
	organisations := filepath.Join(t.TempDir(), "organisations.csv")
	if err := os.WriteFile(organisations, []byte(syntheticOrganisations), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, nil, "--data-dir", dir, "organisations", "import", organisations, "--as-of", "2025-12-31")
	token := strings.TrimSuffix(must(t, nil, "--data-dir", dir, "token", "create", "--role", "hr", "--organisation", "A9ZZ"), "\n")
	var people strings.Builder
	people.WriteString("employee_number,staff_group,fte,as_at\n")
	for i := range crashPeople {
		fmt.Fprintf(&people, "S%05d,07,1,2024-01-31\n", i)
	}
	if _, err := crashSend(t.Context(), address, token, "staff", people.String()); err != nil {
		t.Fatal(err)
	}
	drawn := rand.New(rand.NewPCG(20, 26))
	var acknowledged []crashUpload
	next := time.Date(2024, time.February, 1, 0, 0, 0, 0, time.UTC)
	for round := range crashes {
		uploads := make(chan []crashUpload)
		go func(address string) { uploads <- crashLoad(t.Context(), address, token, &next) }(address)
		time.Sleep(time.Duration(drawn.IntN(600)) * time.Millisecond)
		postmaster := crashPostmaster(t, dir)
		server.signal(t, syscall.SIGKILL)
		if round%2 == 1 {
			killProcess(t, postmaster)
		}
		server.await(t)
		acknowledged = append(acknowledged, <-uploads...)
		server, address = serving(t, dir)
		crashCompare(t, dir, acknowledged)
	}
	t.Logf("%d kills, %d uploads acknowledged", crashes, len(acknowledged))
	if len(acknowledged) == 0 {
		t.Error("no upload was ever acknowledged, so the test showed nothing")
	}
}

// crashLoad uploads until the server is gone and returns what was acknowledged.
func crashLoad(ctx context.Context, address, token string, next *time.Time) []crashUpload {
	var acknowledged []crashUpload
	for {
		*next = next.AddDate(0, 0, 1)
		date := next.Format(time.DateOnly)
		var body strings.Builder
		body.WriteString("employee_number,assessed_on,CCP,TLS,IDM,CIS,TEC,DIW\n")
		for i := range crashPeople {
			fmt.Fprintf(&body, "S%05d,%s,1,2,3,4,0,1\n", i, date)
		}
		id, err := crashSend(ctx, address, token, "assessments", body.String())
		if err != nil {
			return acknowledged
		}
		acknowledged = append(acknowledged, crashUpload{id: id, date: date})
	}
}

// crashSend uploads a file and returns the id of the upload.
func crashSend(ctx context.Context, address, token, kind, body string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+"/api/v1/organisations/A9ZZ/uploads?kind="+kind, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "text/csv")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return "", err
	}
	if answer.StatusCode != http.StatusCreated {
		return "", fmt.Errorf("status %d: %s", answer.StatusCode, content)
	}
	var upload struct{ ID string }
	return upload.ID, json.Unmarshal(content, &upload)
}

// crashPostmaster reads the process id of the private PostgreSQL.
func crashPostmaster(t *testing.T, dir string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, _, _ := strings.Cut(string(content), "\n")
	return pid
}

// crashCompare looks into the database behind the server's back.
func crashCompare(t *testing.T, dir string, acknowledged []crashUpload) {
	t.Helper()
	attached, running, err := localpg.Running(dir)
	if err != nil || !running {
		t.Fatalf("the database is not running: %v", err)
	}
	db, err := sql.Open("pgx", attached.URL(localpg.RoleAdmin, localpg.Database))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, upload := range acknowledged {
		var state string
		var rows int
		err := db.QueryRowContext(t.Context(), `SELECT u.state, (SELECT count(*) FROM assessment a
			WHERE a.added_by = u.change_id AND a.assessed_on = CAST($2 AS date)) FROM upload u WHERE u.id = CAST($1 AS uuid)`,
			upload.id, upload.date).Scan(&state, &rows)
		if err != nil || state != "applied" || rows != crashPeople {
			t.Errorf("the acknowledged upload of %s: state %q with %d assessments, %v", upload.date, state, rows, err)
		}
	}
	var odd, unaudited, unnumbered int
	err = db.QueryRowContext(t.Context(), `SELECT
		(SELECT count(*) FROM (SELECT added_by FROM assessment GROUP BY added_by, assessed_on HAVING count(*) <> $1) AS half),
		(SELECT count(*) FROM upload u WHERE NOT EXISTS (SELECT FROM audit_event e WHERE e.upload_id = u.id)),
		(SELECT count(*) FROM change WHERE number IS NULL)`, crashPeople).Scan(&odd, &unaudited, &unnumbered)
	if err != nil {
		t.Fatal(err)
	}
	if odd+unaudited+unnumbered > 0 {
		t.Errorf("%d uploads are half there, %d have no audit row, %d changes have no number", odd, unaudited, unnumbered)
	}
}
