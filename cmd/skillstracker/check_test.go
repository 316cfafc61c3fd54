package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api/report/check"
)

// sampleWorkbook returns the path of a synthetic workbook of the checker's own tests.
func sampleWorkbook(name string) string {
	return filepath.Join("..", "..", "api", "report", "check", "testdata", "workbooks", name)
}

// runCheck runs "check" at a time after the samples were made.
func runCheck(t *testing.T, args ...string) (out, errs string, status int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = run(t.Context(), host{
		args: append([]string{"check"}, args...), stdout: &stdout, stderr: &stderr, environ: []string{"HOME=/home/synthetic", "COLUMNS=100"},
		now: func() time.Time { return time.Date(2026, time.December, 1, 9, 0, 0, 0, time.UTC) }, uid: 1000, cores: 2,
	})
	return stdout.String(), stderr.String(), status
}

func TestCheckShowsWhatIsBroken(t *testing.T) {
	t.Parallel()
	out, errs, status := runCheck(t, sampleWorkbook("libreoffice.xlsx"), "--publisher", "Another Trust")
	const wants = `libreoffice.xlsx: a report, profile accessible
Fails: of 69 rules that were checked 2 are broken (2 desirable).

The workbook
  DOC-03  desirable
          The document's author "Synthetic Trust" is not "Another Trust".
          Mend: Write the name of the organisation that publishes it into the document's properties.
          In Excel: File, Info, Properties.

Sheet Cover
  SH-21  desirable   A1 and 18 more
          The letters have a colour of their own, which readers' settings cannot change.
          Mend: Set the font colour to Automatic.

Sheet Contents
  SH-21  desirable   A1 and 2 more, B3 and 3 more
`
	if status != exitFailed || errs != "skillstracker: libreoffice.xlsx breaks 2 rules\n" {
		t.Errorf("status %d, says %q", status, errs)
	}
	if len(out) < len(wants) || out[:len(wants)] != wants {
		t.Errorf("shows (-want +got):\n%s", cmp.Diff(wants, out))
	}
	if !strings.Contains(out, "Not checked:\n  FIL-02: the folder") || !strings.Contains(out, "  CH-01, CH-02, CH-03, CH-04: the workbook has no charts.\n") {
		t.Errorf("does not say what it did not check:\n%s", out)
	}
}

func TestCheckPasses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args []string
		want string
	}{
		{
			[]string{sampleWorkbook("xlsxwriter.xlsx")},
			"xlsxwriter.xlsx: a report, profile accessible\nPasses: all 69 rules that were checked are kept.\n",
		},
		{
			[]string{sampleWorkbook("charts.xlsx"), "--profile", "management"},
			`charts.xlsx: a report, profile management
Passes: of 73 rules that were checked 71 are kept and 2 waived.

Waived by the profile management:

Sheet By_group
  SH-11  desirable
          Panes are frozen, and the sheet says how to turn that off.
  SH-17  desirable   D6
          The cells have a format that colours them by their values.
`,
		},
	} {
		out, errs, status := runCheck(t, test.args...)
		if status != exitDone || errs != "" || !strings.HasPrefix(out, test.want) {
			t.Errorf("%v: status %d, says %q, shows\n%s", test.args, status, errs, out)
		}
	}
}

func TestCheckLooksForTwins(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile(sampleWorkbook("openpyxl.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	path := newFile(t, "staff-report.xlsx", string(content))
	out, _, status := runCheck(t, path, "--twins")
	if status != exitFailed || !strings.Contains(out, "There is no file staff-report.ods beside the workbook.") || !strings.Contains(out, "FIL-02  house rule") {
		t.Errorf("status %d, shows\n%s", status, out)
	}
	for _, twin := range []string{"staff-report.ods", "staff-report.csv"} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), twin), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, errs, status := runCheck(t, path, "--twins"); status != exitDone {
		t.Errorf("status %d, says %q, shows\n%s", status, errs, out)
	}
}

func TestCheckAsJSON(t *testing.T) {
	t.Parallel()
	out, errs, status := runCheck(t, sampleWorkbook("charts.xlsx"), "--json")
	if status != exitFailed || errs != "skillstracker: charts.xlsx breaks 1 rule\n" {
		t.Errorf("status %d, says %q", status, errs)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	rules, _ := got["rules"].([]any)
	delete(got, "rules")
	want := map[string]any{
		"file": "charts.xlsx", "kind": "report", "profile": "accessible",
		"passed": 72.0, "failed": 1.0, "waived": 0.0, "not_applicable": 0.0, "not_checked": 2.0,
		"breaches": []any{map[string]any{
			"rule": "SH-17", "level": "D", "sheet": "By_group", "cell": "D6", "more": 0.0,
			"message": "The cells have a format that colours them by their values.",
			"advice":  "Clear it: Home, Conditional Formatting, Clear Rules.", "waived": false,
		}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(rules) != len(check.Rules()) {
		t.Fatalf("%d rules", len(rules))
	}
	first := map[string]any{
		"id": "DOC-01", "level": "E", "outcome": "passed", "breaches": 0.0,
		"asks": "The document has a title without underscores or dashes, and it is that of the cover.",
	}
	if diff := cmp.Diff(first, rules[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCheckRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args   []string
		status int
		says   string
	}{
		{nil, exitUsage, "takes one argument, the name of a workbook"},
		{[]string{"a.xlsx", "b.xlsx"}, exitUsage, "takes one argument"},
		{[]string{"a.xlsx", "--profile", "board"}, exitUsage, `--profile is "board": write accessible or management`},
		{[]string{"a.xlsx", "--kind", "letter"}, exitUsage, `--kind is "letter": write report, template, findings, data or people`},
		{[]string{t.TempDir()}, exitUsage, "is a folder"},
		{[]string{filepath.Join(t.TempDir(), "none.xlsx")}, exitFailed, "no such file"},
		{[]string{newFile(t, "staff.xlsx", "employee_number\n1\n")}, exitFailed, "The file is not an Excel workbook (.xlsx). Give the name of a file that was saved as one."},
	} {
		out, errs, status := runCheck(t, test.args...)
		if status != test.status || !strings.Contains(errs, test.says) || out != "" {
			t.Errorf("%q: status %d, says %q, shows %q", test.args, status, errs, out)
		}
	}
}
