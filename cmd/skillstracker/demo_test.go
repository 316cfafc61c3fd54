package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/repository/localpg"
)

// TestDemo runs the demonstration as a user would: it is killed in the middle of
// loading, started again, and started once more; then its lines are pasted.
func TestDemo(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	args := []string{"demo", "--data-dir", dir, "--listen", "127.0.0.1:0"}
	// A database that must not be touched.
	settings := []string{"SKILLSTRACKER_DATABASE_URL=postgres://skills_app@127.0.0.1:1/real"}

	killed := start(t, settings, args...)
	killed.awaitText(t, &killed.stdout, `4\. Files of HR`)
	awaitFile(t, killed, filepath.Join(dir, "demo", "files", "R0A"))
	killed.signal(t, syscall.SIGKILL)
	killed.await(t)

	first := must(t, settings, append(args, "--exit")...)
	checkDemo(t, first, dir)
	if !strings.Contains(first, "Sent in ") || !strings.Contains(first, "Stopped, as asked for with --exit.") {
		t.Error("the first whole run does not say what it did")
	}

	second := start(t, settings, args...)
	second.awaitText(t, &second.stdout, `The server runs at `)
	said := second.stdout.String()
	checkDemo(t, said, dir)
	if strings.Contains(said, "Sent in ") {
		t.Error("the second run sends files again")
	}
	for _, token := range tokensIn(first) {
		if strings.Contains(said, token) {
			t.Error("a token is shown twice")
		}
		if status, _ := get(t, serverOf(t, said)+"/api/v1/organisations", token); status != http.StatusUnauthorized {
			t.Errorf("a token of an earlier start gets %d", status)
		}
	}
	pasteLines(t, said)

	if _, stderr, status := runToEnd(t, settings, args...); status != exitFailed || !strings.Contains(stderr, filepath.Join(dir, "demo")) {
		t.Errorf("a second demonstration beside it: status %d, %s", status, stderr)
	}
	second.signal(t, syscall.SIGINT)
	if status := second.await(t); status != exitDone {
		t.Errorf("Ctrl-C ends it with status %d", status)
	}
	if !strings.Contains(second.stdout.String(), "Server and PostgreSQL have stopped.") {
		t.Error("it does not say that it has stopped")
	}
	if _, running, err := localpg.Running(filepath.Join(dir, "demo")); running || err != nil {
		t.Errorf("PostgreSQL still runs: %v, %v", running, err)
	}
	refuseOtherGenerator(t, dir, args)
}

// refuseOtherGenerator: data of another version of the program is left alone.
func refuseOtherGenerator(t *testing.T, dir string, args []string) {
	t.Helper()
	path := filepath.Join(dir, "demo", demoStateName)
	state, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	current := fmt.Sprintf(`"generator":%d,`, demodata.Version)
	older := strings.Replace(string(state), current, `"generator":0,`, 1)
	if older == string(state) {
		t.Fatalf("the state does not name its generator: %s", state)
	}
	if err := os.WriteFile(path, []byte(older), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, stderr, status := runToEnd(t, nil, args...); status != exitFailed || !strings.Contains(stderr, "delete that folder and start again") {
		t.Errorf("data of another version: status %d, %s", status, stderr)
	}
}

// awaitFile waits until a file or folder exists.
func awaitFile(t *testing.T, p *process, path string) {
	t.Helper()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	limit := time.After(patience)
	for {
		if _, err := os.Stat(path); err == nil {
			return
		}
		select {
		case <-p.ended:
			t.Fatalf("the program ended before it made %s", path)
		case <-limit:
			t.Fatalf("the program does not make %s", path)
		case <-look.C:
		}
	}
}

// checkDemo checks everything that the demonstration promises to show.
func checkDemo(t *testing.T, said, dir string) {
	t.Helper()
	for _, pattern := range []string{
		`PostgreSQL 1\d\.\d+ runs in .*demo, for this program alone\.`,
		`14 NHS trusts with their real codes, and 1 made-up social care provider with a site`,
		`7 regions, 42 ICBs, 10 staff groups, 15 bands, .*;\s+frameworks digcomp 3\.0, eds-work 2019, hdc 2018`,
		`HR of RRK +skt_live_\w+`,
		`manager at RRK +skt_live_\w+`,
		`planner, England +skt_live_\w+`,
		`\d+ files are loaded`,
		`The answer is 422`,
		`Row +Column +What is wrong +How to mend it`,
		`13 rows read = \d+ rejected \+ \d+ not stored`,
		`13 rows read = 5 new \+ 8 rejected, so the upload is partly_applied\.`,
		`DELETE /api/v1/uploads/[0-9a-f-]{36} withdraws it as a whole: it is voided`,
		`4 rows read = 3 changed \+ 1 unchanged`,
		`(?m)^ +2  changed +assessed_on .* CCP +[0-4] +[0-4]$`,
		`5\. What a planner sees: vacancies on \d+ \w+ \d{4} by region and staff group`,
		`Midlands +Medical and Dental +\d+\.\d +\d+\.\d +\d+\.\d +\d+\.\d +3 of 3`,
		`Example Care \(synthetic\) counts posts .* \d+ posts beside about \d+[05] people, a rate of \d+\.\d %`,
	} {
		if !regexp.MustCompile(pattern).MatchString(said) {
			t.Errorf("the demonstration does not show %s", pattern)
		}
	}
	for _, mistake := range []string{"employee_number", "TEC", "CCP", "assessed_on", "band", "job_role_code"} {
		if !regexp.MustCompile(`(?m)^ +\d+  ` + mistake + ` `).MatchString(said) {
			t.Errorf("the mistake in column %s is not shown", mistake)
		}
	}
	for _, report := range []string{
		`reports/digital-literacy-\d\S+`, `reports/digital-literacy-charts-\S+`, `reports/vacancies-\d\S+`, `reports/rollup-england-charts-\S+`, `reports/people-\S+`,
		`downloads/assessments-with-mistakes-findings`, `downloads/assessments-template`, `downloads/staff-RRK`,
	} {
		path := regexp.MustCompile(regexp.QuoteMeta(dir) + `\S+` + report + `\.xlsx`).FindString(said)
		book, err := excelize.OpenFile(path)
		if err != nil {
			t.Errorf("the workbook %s: %v", report, err)
			continue
		}
		if strings.HasPrefix(report, "reports") && len(book.GetSheetList()) < 4 {
			t.Errorf("the workbook %s has the sheets %v", report, book.GetSheetList())
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
	if lines := curlLines(said); len(lines) != 4 {
		t.Errorf("there are %d lines to paste", len(lines))
	}
}

func tokensIn(said string) []string {
	return regexp.MustCompile(`(?m)skt_live_\w+$`).FindAllString(said, -1)
}

func serverOf(t *testing.T, said string) string {
	t.Helper()
	found := regexp.MustCompile(`The server runs at (\S+) until`).FindStringSubmatch(said)
	if found == nil {
		t.Fatal("the demonstration does not say where it serves")
	}
	return found[1]
}
