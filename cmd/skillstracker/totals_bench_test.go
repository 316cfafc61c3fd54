package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/repository/localpg"
)

// The clients that ask at the same time, and for how long in each turn.
const (
	benchClients = 8
	benchTurn    = 4 * time.Second
)

// BenchmarkTotals asks a nation's totals over HTTP, eight clients at a time, in turns
// with pgbench that sends PostgreSQL the very statement which the server sends for the
// same question. Everything in the nation is made up.
func BenchmarkTotals(b *testing.B) {
	n := newNationBench(b)
	for _, question := range n.questions() {
		b.Run(question.name+"_against_pgbench", func(b *testing.B) { n.race(b, question.path) })
	}
	b.Run("vacancies_of_a_month_from_sums_against_cells", func(b *testing.B) {
		ours := n.statementOf(b, "/api/v1/vacancies/totals?group_by=staff_group&as_at="+n.last)
		n.duelSQL(b, ours, n.cellsOf(`c.month = '`+n.last+`'`, "c.staff_group"))
	})
	b.Run("vacancies_of_60_months_from_sums_against_cells", func(b *testing.B) {
		ours := n.statementOf(b, "/api/v1/vacancies/totals?group_by=month,staff_group&from="+n.first+"&to="+n.last)
		n.duelSQL(b, ours, n.cellsOf(`c.month BETWEEN '`+n.first+`' AND '`+n.last+`'`, "c.month, c.staff_group"))
	})
	b.Run("skills_of_the_nation_against_DISTINCT_ON", func(b *testing.B) {
		ours := n.statementOf(b, "/api/v1/digital-literacy/totals?group_by=staff_group,competence&as_at="+n.last)
		n.duelSQL(b, ours, n.historyOf(""))
	})
	b.Run("skills_of_a_trust_against_DISTINCT_ON", func(b *testing.B) {
		ours := n.statementOf(b, "/api/v1/digital-literacy/totals?group_by=staff_group,competence&organisation="+demodata.FirstTrust+"&as_at="+n.last)
		n.duelSQL(b, ours, n.historyOf(" AND x.organisation = '"+demodata.FirstTrust+"'"))
	})
}

// nationBench is a server with a nation and the database behind its back.
type nationBench struct {
	url, token  string
	first, last string // month ends of the vacancy returns
	socket      string // folder of PostgreSQL's socket
	db          *sql.DB
	tap         *wiretap
	tapped      string // address of a second server, behind the wiretap
}

// newNationBench loads a nation of a size that takes a minute or two, or with NATIONAL=1
// the whole. BENCH_NATION names a data directory in which "demo --size national" has
// loaded one before.
func newNationBench(b *testing.B) *nationBench {
	b.Helper()
	dir, size := newDataDir(b), []string{"--trusts", "20", "--staff", "40000"}
	if os.Getenv("NATIONAL") == "1" {
		size = nil
	}
	if loaded := os.Getenv("BENCH_NATION"); loaded != "" {
		dir, size = loaded, nil
	}
	p := start(b, []string{"SKILLSTRACKER_DATA_DIR=" + dir}, append([]string{"demo", "--size", "national", "--listen", "127.0.0.1:0"}, size...)...)
	n := &nationBench{url: awaitLong(b, p, `The server runs at (\S+) until`)}
	said := p.stdout.String()
	n.token = regexp.MustCompile(`planner, England +(skt_live_\w+)`).FindStringSubmatch(said)[1]
	n.last = regexp.MustCompile(`as_at=(\d{4}-\d\d-\d\d)`).FindStringSubmatch(said)[1]
	last, err := time.Parse(time.DateOnly, n.last)
	if err != nil {
		b.Fatal(err)
	}
	n.first = time.Date(last.Year(), last.Month()-58, 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	folder := filepath.Join(dir, demoNationalFolderName)
	attached, running, err := localpg.Running(folder)
	if err != nil || !running {
		b.Fatalf("the database is not running: %v", err)
	}
	n.socket = filepath.Join(folder, "socket")
	if n.db, err = sql.Open("pgx", attached.URL(localpg.RoleApp, localpg.Database)); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := n.db.Close(); err != nil {
			b.Error(err)
		}
	})
	n.tap = newWiretap(b, filepath.Join(n.socket, ".s.PGSQL.5432"))
	_, n.tapped = serving(b, newDataDir(b),
		fmt.Sprintf("SKILLSTRACKER_DATABASE_URL=postgres://%s@127.0.0.1:%d/%s?sslmode=disable", localpg.RoleApp, n.tap.port, localpg.Database))
	return n
}

// awaitLong waits as long as loading a nation takes.
func awaitLong(b *testing.B, p *process, pattern string) string {
	b.Helper()
	wanted := regexp.MustCompile(pattern)
	limit := time.After(2 * time.Hour)
	for {
		text, more := p.stdout.look()
		if found := wanted.FindStringSubmatch(text); found != nil {
			return found[1]
		}
		select {
		case <-more:
		case <-p.ended:
			b.Fatalf("the program ended without saying %q:\n%s", pattern, &p.stderr)
		case <-limit:
			b.Fatalf("the program does not say %q:\n%s", pattern, text)
		}
	}
}

// questions are those of planners that the design was measured with, and one of each of
// the other totals.
func (n *nationBench) questions() []struct{ name, path string } {
	at, all := "&as_at="+n.last, "&from="+n.first+"&to="+n.last
	return []struct{ name, path string }{
		{"vacancies_of_the_nation_by_group", "/api/v1/vacancies/totals?group_by=staff_group" + at},
		{"vacancies_of_a_region_by_group,_band", "/api/v1/vacancies/totals?region=Y60&group_by=staff_group,band" + at},
		{"vacancies_of_a_trust,_60_months", "/api/v1/vacancies/totals?organisation=" + demodata.FirstTrust + "&group_by=month" + all},
		{"vacancies_of_the_nation_by_group,_60_months", "/api/v1/vacancies/totals?group_by=month,staff_group" + all},
		{"skills_of_the_nation_by_group", "/api/v1/digital-literacy/totals?group_by=staff_group,competence" + at},
		{"skills_of_a_trust_by_group", "/api/v1/digital-literacy/totals?organisation=" + demodata.FirstTrust + "&group_by=staff_group,competence" + at},
		{"workforce_of_the_nation_by_group", "/api/v1/workforce/totals?group_by=staff_group" + at},
		{"position_vacancies_of_the_nation_by_group", "/api/v1/position-vacancies/totals?group_by=staff_group" + at},
	}
}

// ask asks a server and reads the answer to its end.
func (n *nationBench) ask(ctx context.Context, client *http.Client, base, path string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+path, http.NoBody)
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	request.Header.Set("Authorization", "Bearer "+n.token)
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	body, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: status %d: %.500s", path, response.StatusCode, body)
	}
	return nil
}

// statementOf is the longest statement that the server sends for a question, after the
// settings that it makes in the same transaction.
func (n *nationBench) statementOf(b *testing.B, path string) []string {
	b.Helper()
	before := n.tap.count()
	if err := n.ask(b.Context(), http.DefaultClient, "http://"+n.tapped, path); err != nil {
		b.Fatal(err)
	}
	var settings []string
	longest := ""
	for _, text := range n.tap.since(before) {
		if strings.HasPrefix(text, "SET LOCAL ") {
			settings = append(settings, text)
		}
		if len(text) > len(longest) {
			longest = text
		}
	}
	if !strings.HasPrefix(longest, "WITH ") {
		b.Fatalf("the statement of %s is %.200s", path, longest)
	}
	return append(settings, longest)
}

// race lets both sides answer as fast as they can, in turns.
func (n *nationBench) race(b *testing.B, path string) {
	b.Helper()
	statements := n.statementOf(b, path)
	var ours, theirs []time.Duration
	var spent [2]time.Duration
	for round := 0; b.Loop(); round++ {
		for _, who := range []int{round % 2, 1 - round%2} {
			if who == 0 {
				times, took := n.askAtOnce(b, path)
				ours, spent[0] = append(ours, times...), spent[0]+took
			} else {
				times, took := n.pgbench(b, statements)
				theirs, spent[1] = append(theirs, times...), spent[1]+took
			}
		}
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	at := func(times []time.Duration, share float64) float64 {
		return times[int(share*float64(len(times)-1))].Seconds()
	}
	b.ReportMetric(at(ours, 0.5), "ours_s")
	b.ReportMetric(at(theirs, 0.5), "peer_s")
	b.ReportMetric(float64(len(ours))/spent[0].Seconds()/(float64(len(theirs))/spent[1].Seconds()), "ratio")
	b.ReportMetric(0.6, "aim")
	b.ReportMetric(at(ours, 0.99), "ours_p99_s")
	b.ReportMetric(at(theirs, 0.99), "peer_p99_s")
	b.ReportMetric(0, "ns/op")
}

// askAtOnce has all clients ask for one turn and returns how long each answer took, and
// all of them together.
func (n *nationBench) askAtOnce(b *testing.B, path string) ([]time.Duration, time.Duration) {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: benchClients}}
	defer client.CloseIdleConnections()
	var all []time.Duration
	var mu sync.Mutex
	var asking sync.WaitGroup
	began := time.Now()
	for range benchClients {
		asking.Go(func() {
			var own []time.Duration
			for time.Since(began) < benchTurn {
				asked := time.Now()
				if err := n.ask(b.Context(), client, n.url, path); err != nil {
					b.Error(err)
					return
				}
				own = append(own, time.Since(asked))
			}
			mu.Lock()
			all = append(all, own...)
			mu.Unlock()
		})
	}
	asking.Wait()
	if len(all) == 0 {
		b.Fatal("nothing was answered")
	}
	return all, time.Since(began)
}

// pgbench has pgbench send statements for one turn, as the application's role with the
// same settings, prepared, and returns the times that it logs.
func (n *nationBench) pgbench(b *testing.B, statements []string) ([]time.Duration, time.Duration) {
	b.Helper()
	folder := b.TempDir()
	script := filepath.Join(folder, "script.sql")
	question := statements[len(statements)-1]
	if err := os.WriteFile(script, []byte(strings.Join(strings.Fields(question), " ")+";\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	options := []string{"-c skills.aggregate=on", "-c jit=off", "-c timezone=UTC"}
	for _, setting := range statements[:len(statements)-1] {
		name, value, _ := strings.Cut(strings.TrimPrefix(setting, "SET LOCAL "), "=")
		options = append(options, "-c "+strings.TrimSpace(name)+"="+strings.Trim(strings.TrimSpace(value), "';"))
	}
	cmd := exec.CommandContext(b.Context(), "pgbench", "-n", "-M", "prepared", "-c", strconv.Itoa(benchClients), "-j", "2",
		"-T", strconv.Itoa(int(benchTurn.Seconds())), "-f", script, "-l", "--log-prefix", filepath.Join(folder, "log"),
		"-h", n.socket, "-U", localpg.RoleApp, localpg.Database)
	cmd.Env = append(cmd.Environ(), "PGOPTIONS="+strings.Join(options, " "))
	began := time.Now()
	said, err := cmd.CombinedOutput()
	took := time.Since(began)
	if err != nil {
		b.Fatalf("pgbench: %v\n%s", err, said)
	}
	if found := regexp.MustCompile(`initial connection time = ([\d.]+) ms`).FindSubmatch(said); found != nil {
		if connecting, err := strconv.ParseFloat(string(found[1]), 64); err == nil {
			took -= time.Duration(connecting * float64(time.Millisecond))
		}
	}
	return pgbenchTimes(b, folder), took
}

// pgbenchTimes reads the third column of pgbench's logs, in microseconds.
func pgbenchTimes(b *testing.B, folder string) []time.Duration {
	b.Helper()
	logs, err := filepath.Glob(filepath.Join(folder, "log.*"))
	if err != nil {
		b.Fatal(err)
	}
	var times []time.Duration
	for _, log := range logs {
		content, err := os.ReadFile(log)
		if err != nil {
			b.Fatal(err)
		}
		for line := range strings.Lines(string(content)) {
			columns := strings.Fields(line)
			if len(columns) < 3 {
				continue
			}
			took, err := strconv.Atoi(columns[2])
			if err != nil {
				b.Fatalf("pgbench logs %q", line)
			}
			times = append(times, time.Duration(took)*time.Microsecond)
		}
	}
	if len(times) == 0 {
		b.Fatal("pgbench logs nothing")
	}
	return times
}

// cellsOf adds up vacancies from the cells that were sent, over all organisations.
func (n *nationBench) cellsOf(condition, group string) []string {
	return []string{`SELECT ` + group + `, count(*), count(*) FILTER (WHERE budgeted_fte IS NULL OR contracted_fte IS NULL),
		sum(c.budgeted_fte), sum(c.contracted_fte), sum(c.budgeted_fte - c.contracted_fte), sum(greatest(c.budgeted_fte - c.contracted_fte, 0)),
		sum(c.bank_fte), sum(c.agency_fte), sum(c.reported_vacancies), sum(c.advertised_posts), sum(c.staff_headcount), count(DISTINCT c.organisation)
		FROM vacancy_cell c WHERE c.ended_by IS NULL AND ` + condition + ` GROUP BY ` + group + ` ORDER BY ` + group}
}

// historyOf finds each person's latest assessment in the whole history by DISTINCT ON,
// and the position of the day, and counts the people at each level.
func (n *nationBench) historyOf(condition string) []string {
	return []string{`SELECT p.staff_group, answer.place, answer.level, count(*) FROM (
			SELECT DISTINCT ON (x.organisation, x.staff_id) x.organisation, x.staff_id, x.levels
			FROM assessment x
			WHERE x.ended_by IS NULL AND x.framework_version = 1 AND x.assessed_on <= '` + n.last + `'
			  AND x.assessed_on >= date '` + n.last + `' - interval '12 months'` + condition + `
			ORDER BY x.organisation, x.staff_id, x.assessed_on DESC, x.assessor_kind
		) latest
		JOIN staff_position p ON p.organisation = latest.organisation AND p.staff_id = latest.staff_id
		  AND p.from_day <= '` + n.last + `' AND '` + n.last + `' < p.to_day
		CROSS JOIN LATERAL unnest(latest.levels) WITH ORDINALITY AS answer (level, place)
		GROUP BY p.staff_group, answer.place, answer.level`}
}

// duelSQL times two statements in turns, each after its settings, and reads all rows.
func (n *nationBench) duelSQL(b *testing.B, ours, peer []string) {
	b.Helper()
	duel(b, 0, func() {}, func() time.Duration { return n.query(b, ours) }, func() time.Duration { return n.query(b, peer) })
}

func (n *nationBench) query(b *testing.B, statements []string) time.Duration {
	b.Helper()
	t, err := n.db.BeginTx(b.Context(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = t.Rollback() }()
	for _, setting := range append([]string{"SET LOCAL skills.aggregate = 'on'", "SET LOCAL jit = off"}, statements[:len(statements)-1]...) {
		if _, err := t.ExecContext(b.Context(), setting); err != nil {
			b.Fatal(err)
		}
	}
	began := time.Now()
	rows, err := t.QueryContext(b.Context(), statements[len(statements)-1])
	if err != nil {
		b.Fatal(err)
	}
	found := 0
	for rows.Next() {
		found++
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || found == 0 {
		b.Fatalf("%d rows: %v", found, err)
	}
	return time.Since(began)
}
