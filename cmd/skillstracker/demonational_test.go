package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/domain"
)

// TestDemoNational loads a small nation: it is killed while it loads, started again,
// and asked what the generator made.
func TestDemoNational(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	size := []string{"--trusts", "4", "--staff", "600", "--months", "3"}
	args := append([]string{"demo", "--size", "national", "--data-dir", dir, "--listen", "127.0.0.1:0"}, size...)

	killed := start(t, nil, args...)
	awaitLoaded(t, killed, filepath.Join(dir, demoNationalFolderName, nationalStateName))
	killed.signal(t, syscall.SIGKILL)
	killed.await(t)

	second := start(t, nil, "demo", "--size", "national", "--data-dir", dir, "--listen", "127.0.0.1:0")
	second.awaitText(t, &second.stdout, `The server runs at `)
	said := second.stdout.String()
	for _, part := range []string{"4 made-up trusts in 4 ICBs: 0 new, 4 unchanged.", "statistics are being made", "planner, England", "HR of ZT001"} {
		if !strings.Contains(said, part) {
			t.Errorf("it does not say %q:\n%s", part, said)
		}
	}
	for _, line := range curlLines(said) {
		if status, body := paste(t, line); status != http.StatusOK || !strings.Contains(body, "synthetic") || strings.Count(body, "\n") < 2 {
			t.Errorf("%s gives %d: %.300s", line, status, body)
		}
	}
	if lines := curlLines(said); len(lines) != 4 {
		t.Errorf("there are %d lines to paste", len(lines))
	}
	state, err := os.ReadFile(filepath.Join(dir, demoNationalFolderName, demoStateName))
	if err != nil {
		t.Fatal(err)
	}
	var held demoState
	if err := json.Unmarshal(state, &held); err != nil {
		t.Fatal(err)
	}
	day, err := domain.ParseDate(held.Today)
	if err != nil {
		t.Fatal(err)
	}
	compareNation(t, serverOf(t, said), tokensIn(said)[1], demodata.National{Seed: demodata.Seed, Today: day, Trusts: 4, Staff: 600, Months: 3})
	second.signal(t, syscall.SIGINT)
	if status := second.await(t); status != exitDone {
		t.Errorf("Ctrl-C ends it with status %d", status)
	}

	if third := must(t, nil, append(args, "--exit")...); !strings.Contains(third, "Everything is loaded.") {
		t.Errorf("the third start says:\n%s", third)
	}
	args[len(args)-1] = "4"
	if _, stderr, status := runToEnd(t, nil, args...); status != exitFailed || !strings.Contains(stderr, "delete that folder and start again") {
		t.Errorf("another size: status %d, %s", status, stderr)
	}
}

func TestDemoSizeIsChecked(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--size", "huge"}, {"--trusts", "3"}, {"--size", "small", "--staff", "30"}} {
		if _, stderr, status := runToEnd(t, nil, append([]string{"demo", "--data-dir", t.TempDir()}, args...)...); status != exitUsage {
			t.Errorf("%v: status %d, %s", args, status, stderr)
		}
	}
}

// awaitLoaded waits until a trust is loaded.
func awaitLoaded(t *testing.T, p *process, path string) {
	t.Helper()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	limit := time.After(patience)
	for {
		if content, err := os.ReadFile(path); err == nil && strings.Contains(string(content), `"loaded":["ZT`) {
			return
		}
		select {
		case <-p.ended:
			t.Fatal("the program ended before it loaded a trust")
		case <-limit:
			t.Fatal("the program does not load")
		case <-look.C:
		}
	}
}

// compareNation compares staff in post, as HR of the first trust sees it, with its lists.
func compareNation(t *testing.T, server, token string, nation demodata.National) {
	t.Helper()
	trusts, err := nation.MakeTrusts([]domain.Organisation{{Code: "QHL", Region: "Y60"}})
	if err != nil {
		t.Fatal(err)
	}
	lists := domain.Lists{Frameworks: []domain.FrameworkVersion{{Framework: domain.DefaultFramework, Version: domain.DefaultFrameworkVersion, Competences: make([]domain.Competence, 6)}}}
	files, err := trusts[0].Files(lists)
	if err != nil {
		t.Fatal(err)
	}
	inPost := make(map[string]bool)
	for _, row := range files[1].Staff {
		if row.LeftOn == nil && row.ContractType != "01" {
			inPost[row.EmployeeNumber] = true
		}
	}
	status, body := get(t, server+"/api/v1/workforce/totals?organisation="+demodata.FirstTrust+"&as_at="+nation.Dates().LastList.String(), token)
	var totals struct {
		Rows []struct {
			StaffInPost *int `json:"staff_in_post"`
		} `json:"rows"`
	}
	if err := json.Unmarshal([]byte(body), &totals); err != nil || status != http.StatusOK || len(totals.Rows) != 1 {
		t.Fatalf("status %d, %v: %.500s", status, err, body)
	}
	if got := totals.Rows[0].StaffInPost; got == nil || *got != len(inPost) {
		t.Errorf("staff in post are %v and should be %d", got, len(inPost))
	}
}
