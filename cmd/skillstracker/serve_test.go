package main

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"skillstracker/repository/localpg"
)

// serving starts a server on a private database and returns its address.
func serving(tb testing.TB, dir string, settings ...string) (*process, string) {
	tb.Helper()
	if _, measures := tb.(*testing.B); measures {
		settings = append(settings, "SKILLSTRACKER_RATE_LIMIT_REQUESTS=0", "SKILLSTRACKER_RATE_LIMIT_HEAVY=0")
	}
	p := start(tb, settings, "serve", "--data-dir", dir, "--listen", "127.0.0.1:0")
	return p, p.awaitText(tb, &p.stderr, `"msg":"serving","address":"([^"]+)"`)
}

// get asks a server and returns the status and the body of its answer.
func get(t *testing.T, url, token string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	return send(t, request)
}

func send(t *testing.T, request *http.Request) (int, string) {
	t.Helper()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

const syntheticOrganisations = `code,name,kind,sector,region,icb,opened_on,closed_on,synthetic
A9ZZ,Example Care (synthetic),social_care_provider,,Y60,QHL,2015-04-01,,true
`

// TestServeAndCommandsBesideIt goes through the life of an installation.
func TestServeAndCommandsBesideIt(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	server, address := serving(t, dir)
	base := "http://" + address
	here := []string{"--data-dir", dir}

	if out := must(t, nil, append(here, "healthcheck", "--listen", address)...); !strings.Contains(out, "is ready") {
		t.Errorf("healthcheck says %q", out)
	}
	if _, stderr, status := runToEnd(t, nil, append(here, "serve", "--listen", address)...); status != exitFailed || !strings.Contains(stderr, "another program already serves on") {
		t.Errorf("a second server on the same address: status %d, %s", status, stderr)
	}
	if _, stderr, status := runToEnd(t, nil, append(here, "serve", "--listen", "127.0.0.1:0")...); status != exitFailed || !strings.Contains(stderr, dir) {
		t.Errorf("a second server on the same data directory: status %d, %s", status, stderr)
	}

	// Commands use the running server's database.
	token := strings.TrimSuffix(must(t, nil, append(here, "token", "create", "--role", "planner", "--all")...), "\n")
	if status, body := get(t, base+"/api/v1/organisations", token); status != http.StatusOK {
		t.Errorf("the new token gets %d: %s", status, body)
	}
	file := filepath.Join(t.TempDir(), "organisations.csv")
	if err := os.WriteFile(file, []byte(syntheticOrganisations), 0o600); err != nil {
		t.Fatal(err)
	}
	importing := append(here, "organisations", "import", file, "--as-of", "2026-01-31")
	if out := must(t, nil, importing...); !strings.Contains(out, "1 organisation as of 2026-01-31: 1 new, 0 changed, 0 unchanged.") {
		t.Errorf("import says %q", out)
	}
	if out := must(t, nil, importing...); !strings.Contains(out, "0 new, 0 changed, 1 unchanged.") {
		t.Errorf("a second import says %q", out)
	}
	if _, body := get(t, base+"/api/v1/organisations?q=A9ZZ", token); !strings.Contains(body, "Example Care (synthetic)") {
		t.Errorf("the organisation is not in %s", body)
	}

	server.signal(t, syscall.SIGTERM)
	if status := server.await(t); status != exitDone {
		t.Fatalf("the server ended with status %d", status)
	}
	if _, running, err := localpg.Running(dir); running || err != nil {
		t.Errorf("PostgreSQL still runs: %v, %v", running, err)
	}

	// Without a server they start the private database for themselves.
	list := must(t, nil, append(here, "token", "list")...)
	if !strings.Contains(list, "planner") || !strings.Contains(list, "all organisations") || !strings.Contains(list, "valid") || strings.Contains(list, token) {
		t.Errorf("token list says %q", list)
	}
	id := strings.Fields(strings.Split(list, "\n")[1])[0]
	must(t, nil, append(here, "token", "revoke", id)...)
	if _, stderr, status := runToEnd(t, nil, append(here, "token", "revoke", "0000000000")...); status != exitFailed || !strings.Contains(stderr, "no token with this id") {
		t.Errorf("revoking an unknown token: status %d, %s", status, stderr)
	}
	_, address = serving(t, dir)
	if status, body := get(t, "http://"+address+"/api/v1/organisations", token); status != http.StatusUnauthorized {
		t.Errorf("the revoked token gets %d: %s", status, body)
	}
}

// TestServeOnADatabaseOfTheOperators lends a second server the database of a first.
func TestServeOnADatabaseOfTheOperators(t *testing.T) {
	t.Parallel()
	dir, other := newDataDir(t), newDataDir(t)
	serving(t, dir)
	lent, running, err := localpg.Running(dir)
	if err != nil || !running {
		t.Fatalf("Running = %v, %v", running, err)
	}
	app := "SKILLSTRACKER_DATABASE_URL=" + lent.URL(localpg.RoleApp, localpg.Database)
	owner := "SKILLSTRACKER_OWNER_DATABASE_URL=" + lent.URL(localpg.RoleOwner, localpg.Database)

	second, address := serving(t, other, app)
	if status, body := get(t, "http://"+address+"/readyz", ""); status != http.StatusOK {
		t.Errorf("readiness is %d: %s", status, body)
	}
	if _, err := os.Stat(filepath.Join(other, "data")); !os.IsNotExist(err) {
		t.Errorf("a cluster was made: %v", err)
	}
	second.signal(t, syscall.SIGINT)
	if status := second.await(t); status != exitDone {
		t.Errorf("the second server ended with status %d", status)
	}

	refused := func(reason string, settings ...string) {
		t.Helper()
		_, stderr, status := runToEnd(t, settings, "serve", "--data-dir", other, "--listen", "127.0.0.1:0")
		if status != exitFailed || !strings.Contains(stderr, reason) {
			t.Errorf("status %d, want %q in %s", status, reason, stderr)
		}
	}
	refused("row-level security would not hold", "SKILLSTRACKER_DATABASE_URL="+lent.URL(localpg.RoleOwner, localpg.Database))
	refused("row-level security would not hold", "SKILLSTRACKER_DATABASE_URL="+lent.URL(localpg.RoleAdmin, localpg.Database))
	if out := must(t, []string{owner}, "migrate", "status"); !strings.HasPrefix(out, "Version ") {
		t.Errorf("migrate status says %q", out)
	}
	if _, stderr, status := runToEnd(t, []string{owner}, "migrate", "down"); status != exitUsage || !strings.Contains(stderr, "--destroy-data") {
		t.Errorf("migrate down without consent: status %d, %s", status, stderr)
	}
	must(t, []string{owner}, "migrate", "down", "--destroy-data")
	refused("skillstracker migrate up", app)
	out, _, status := runToEnd(t, []string{owner}, "migrate", "status")
	if status != exitFailed || !strings.Contains(out, "Not applied: 0") {
		t.Errorf("migrate status ends with %d and says %q", status, out)
	}
	if out := must(t, []string{owner}, "migrate", "up"); !strings.HasPrefix(out, "1 migrations applied") {
		t.Errorf("migrate up says %q", out)
	}
	execute(t, lent.URL(localpg.RoleOwner, localpg.Database), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)")
	refused("run the newer program", app)
	execute(t, lent.URL(localpg.RoleOwner, localpg.Database), "DELETE FROM goose_db_version WHERE version_id = 99999")
	third, _ := serving(t, other, app)
	third.signal(t, syscall.SIGTERM)
	third.await(t)
}

func execute(t *testing.T, url, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	_, err = conn.Exec(t.Context(), statement)
	if err := errors.Join(err, conn.Close(t.Context())); err != nil {
		t.Fatal(err)
	}
}

// TestStopFinishesRunningRequests sends the second half of a file after the
// server was told to stop.
func TestStopFinishesRunningRequests(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	server, address := serving(t, dir)
	token := strings.TrimSpace(must(t, nil, "token", "create", "--role", "admin", "--data-dir", dir))
	body, writer := io.Pipe()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+address+"/api/v1/organisations/imports?as_of=2026-01-31", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "text/csv")
	// The body is asked for once the handler reads it, so the request is under way.
	request.Header.Set("Expect", "100-continue")
	client := &http.Client{Transport: &http.Transport{ExpectContinueTimeout: patience}}
	answered := make(chan int, 1)
	go func() {
		status := 0
		if response, err := client.Do(request); err == nil {
			status = response.StatusCode
			_ = response.Body.Close()
		}
		answered <- status
	}()
	half := strings.Index(syntheticOrganisations, "\n") + 5
	if _, err := io.Copy(writer, bytes.NewBufferString(syntheticOrganisations[:half])); err != nil {
		t.Fatal(err)
	}
	server.signal(t, syscall.SIGTERM)
	server.awaitText(t, &server.stderr, `"msg":"stopping"`)
	if _, err := io.WriteString(writer, syntheticOrganisations[half:]); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	if status := <-answered; status != http.StatusCreated {
		t.Errorf("the running request got %d", status)
	}
	if status := server.await(t); status != exitDone {
		t.Errorf("the server ended with status %d", status)
	}
}

// TestPostgreSQLThatKeepsEnding: the program gives up with a status of its own.
func TestPostgreSQLThatKeepsEnding(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	server, _ := serving(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "data", "postgresql.conf"), []byte("this is no setting\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	pid, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	killProcess(t, strings.SplitN(string(pid), "\n", 2)[0])
	if status := server.await(t); status != exitSoftware {
		t.Errorf("the server ended with status %d, want %d", status, exitSoftware)
	}
	if !strings.Contains(server.stderr.String(), "is not started again") {
		t.Errorf("it says %s", &server.stderr)
	}
}
