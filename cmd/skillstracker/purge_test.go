package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
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

// purgeOnAServer purges what the tests of backups sent, of which one person left and
// three assessments were made too long ago.
func purgeOnAServer(t *testing.T, dir string) {
	t.Helper()
	log := filepath.Join(t.TempDir(), "purge.log")
	for _, run := range []struct{ args, want string }{
		{"purge --dry-run", `A9ZZ +1 +3 +2 +2 +20\d\d-\d\d-\d\d +20\d\d-\d\d-\d\d +- +-\n(?s).*Would be destroyed`},
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
	} {
		out, complaint, status := runToEnd(t, nil, "--data-dir", dir, "report", "verify", filepath.Join(reports, name+".xlsx"))
		if status != c.status || !matches(c.want, out+complaint) {
			t.Errorf("verify %s: status %d, want %d and %q:\n%s%s", name, status, c.status, c.want, out, complaint)
		}
	}
}

func matches(pattern, text string) bool { return regexp.MustCompile(pattern).MatchString(text) }
