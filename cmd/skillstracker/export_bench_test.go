package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"skillstracker/repository/localpg"
)

// benchCells is the number of rows of each export.
const benchCells = 1_000_000

// BenchmarkExport fetches a million made-up vacancy cells from the program, run as a
// process of its own, in turns with psql, which copies the rows of the same query to a
// CSV file.
func BenchmarkExport(b *testing.B) {
	e := newExportBench(b)
	for _, format := range []string{"csv", "xlsx"} {
		b.Run(fmt.Sprintf("%d_cells_as_%s_against_psql_copy", benchCells, format), func(b *testing.B) {
			var first time.Duration
			duel(b, 0.7, func() {}, func() time.Duration {
				taken, begun := e.fetch(b, format)
				first = max(first, begun)
				return taken
			}, func() time.Duration { return e.copyWithPsql(b) })
			b.ReportMetric(first.Seconds(), "first_byte_s")
			b.ReportMetric(e.peak(b), "ours_heap_MiB")
		})
	}
}

type exportBench struct {
	server         *process
	address, token string
	database       string
	folder         string
}

func newExportBench(b *testing.B) *exportBench {
	b.Helper()
	dir := newDataDir(b)
	e := &exportBench{folder: b.TempDir()}
	e.server, e.address = serving(b, dir)
	organisations := filepath.Join(e.folder, "organisations.csv")
	if err := os.WriteFile(organisations, []byte(syntheticOrganisations), 0o600); err != nil {
		b.Fatal(err)
	}
	must(b, nil, "--data-dir", dir, "organisations", "import", organisations, "--as-of", "2025-12-31")
	e.token = strings.TrimSuffix(must(b, nil, "--data-dir", dir, "token", "create", "--role", "hr", "--organisation", "A9ZZ"), "\n")
	attached, running, err := localpg.Running(dir)
	if err != nil || !running {
		b.Fatalf("the database is not running: %v", err)
	}
	e.database = attached.URL(localpg.RoleAdmin, localpg.Database)
	db, err := sql.Open("pgx", e.database)
	if err != nil {
		b.Fatal(err)
	}
	for _, statement := range []string{
		// The rows are made here, because uploads of as many would take longer than all
		// that is measured.
		fmt.Sprintf(`INSERT INTO vacancy_cell (organisation, month, staff_group, job_role, band, area_of_work, budgeted_fte, contracted_fte,
				bank_fte, agency_fte, reported_vacancies, advertised_posts, staff_headcount, dont_know, added_by)
			SELECT 'A9ZZ', m.month, '08', r.code, b.code, '-', 100 + b.ordinal, 90 + b.ordinal * 0.4, 1.25, 0.5, 3, 2, 95, 0, (SELECT max(id) FROM change)
			FROM (SELECT CAST(date_trunc('month', day) + interval '1 month - 1 day' AS date) AS month
			      FROM generate_series(timestamp '2008-01-01', timestamp '2025-12-01', interval '1 month') day) m
			CROSS JOIN job_role r CROSS JOIN band b
			WHERE r.code <> '-' AND b.code <> '-'
			LIMIT %d`, benchCells),
		`VACUUM (ANALYZE) vacancy_cell`,
	} {
		if _, err := db.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
	var rows int
	if err := db.QueryRowContext(b.Context(), `SELECT count(*) FROM vacancy_cell`).Scan(&rows); err != nil || rows != benchCells {
		b.Fatalf("%d rows were made, %v", rows, err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	return e
}

// fetch gets the export into a file and returns how long that took, and when its first
// byte came.
func (e *exportBench) fetch(b *testing.B, format string) (taken, first time.Duration) {
	b.Helper()
	request, err := http.NewRequestWithContext(context.WithoutCancel(b.Context()), http.MethodGet, "http://"+e.address+"/api/v1/exports/vacancies."+format, http.NoBody)
	if err != nil {
		b.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+e.token)
	file, err := os.Create(filepath.Join(e.folder, "export."+format))
	if err != nil {
		b.Fatal(err)
	}
	started := time.Now()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.CopyN(file, response.Body, 1); err != nil || response.StatusCode != http.StatusOK {
		b.Fatalf("status %d, %v", response.StatusCode, err)
	}
	first = time.Since(started)
	if _, err := io.Copy(file, response.Body); err != nil {
		b.Fatal(err)
	}
	taken = time.Since(started)
	if err := response.Body.Close(); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	return taken, first
}

// copyWithPsql copies the rows of the export's query to a file.
func (e *exportBench) copyWithPsql(b *testing.B) time.Duration {
	b.Helper()
	content, err := os.ReadFile(filepath.FromSlash("../../repository/queries/export_vacancies.sql"))
	if err != nil {
		b.Fatal(err)
	}
	statement := regexp.MustCompile(`(?m)^--.*$`).ReplaceAllString(string(content), "")
	for name, literal := range map[string]string{"@organisation": "'A9ZZ'", "@first": "NULL", "@last": "NULL"} {
		statement = strings.ReplaceAll(statement, name, literal)
	}
	statement = strings.Join(strings.Fields(statement), " ")
	started := time.Now()
	out, err := exec.CommandContext(b.Context(), "psql", e.database, "-q", "-c", `\copy (`+statement+`) to '`+filepath.Join(e.folder, "peer.csv")+`' csv header`).CombinedOutput()
	if err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return time.Since(started)
}

// peak returns the greatest size of the server in memory, in MiB.
func (e *exportBench) peak(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", e.server.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	found := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	if found == nil {
		b.Fatal("the size of the server is not known")
	}
	kilobytes, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return kilobytes / 1024
}
