package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/report"
)

const returnedVacancies = `as_at,staff_group,band,budgeted_fte,contracted_fte
2026-01-31,08,5,120,100.5
2026-01-31,04,6,40,41
`

// TestReportsOnAServer gets reports with the program alone and verifies them: as they
// were made, after the register went on, and after somebody changed the file.
func TestReportsOnAServer(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	server, address := serving(t, dir)
	must(t, nil, "--data-dir", dir, "organisations", "import", newFile(t, "organisations.csv", syntheticOrganisations), "--as-of", "2025-12-31")
	as := func(role string) []string {
		token := newFile(t, "token", must(t, nil, "--data-dir", dir, "token", "create", "--role", role, "--organisation", "A9ZZ"))
		return []string{"SKILLSTRACKER_URL=http://" + address, "SKILLSTRACKER_TOKEN_FILE=" + token}
	}
	hr, manager := as("hr"), as("manager")
	send := func(kind, content string, options ...string) {
		t.Helper()
		must(t, hr, append([]string{"import", newFile(t, kind+".csv", content), "--kind", kind, "--organisation", "A9ZZ"}, options...)...)
	}
	send("staff", importedStaff, "--as-at", "2026-01-31")
	send("assessments", "employee_number,assessed_on,CCP\nS001,2026-01-20,2\nS002,2026-01-21,3\n")
	send("vacancies", returnedVacancies)

	folder := t.TempDir()
	get := func(as []string, file string, args ...string) string {
		t.Helper()
		path := filepath.Join(folder, file)
		if out := must(t, as, append([]string{"report", "-o", path, "--organisation", "A9ZZ", "--as-at", "2026-01-31"}, args...)...); !strings.Contains(out, path) {
			t.Errorf("the program says %q", out)
		}
		return path
	}
	verify := func(want int, path, pattern string, settings ...string) {
		t.Helper()
		out, errs, status := runToEnd(t, settings, "--data-dir", dir, "report", "verify", path)
		if status != want || !regexp.MustCompile(pattern).MatchString(out+errs) {
			t.Errorf("verify %s: status %d, want %d and %q:\n%s%s", filepath.Base(path), status, want, pattern, out, errs)
		}
	}
	vacancies := get(manager, "vacancies.xlsx", "vacancies")
	charts := get(manager, "charts.xlsx", "vacancies", "--profile", "management")
	skills := get(manager, "skills.xlsx", "digital-literacy")
	own := get(hr, "own.xlsx", "digital-literacy")
	area := filepath.Join(folder, "nation.xlsx")
	must(t, manager, "report", "rollup", "--as-at", "2026-01-31", "-o", area)
	all := []string{vacancies, charts, skills, own, area}
	for _, path := range all {
		verify(exitDone, path, `The figures in the file are those of its receipt\.\nThe figures are the same`)
	}
	// The register goes on; what was known then does not.
	send("vacancies", strings.Replace(returnedVacancies, "100.5", "90", 1))
	send("assessments", "employee_number,assessed_on,CCP\nS001,2026-01-20,4\n")
	for _, path := range all {
		verify(exitDone, path, `The figures are the same`)
	}
	for _, path := range []string{skills, own} {
		verify(exitCannotTell, path, `cannot be told: .* disclosure rule`, "SKILLSTRACKER_DISCLOSURE_THRESHOLD=9")
	}
	verify(exitFailed, changedFigure(t, vacancies), `(?s)somebody changed the file, or the receipt.*By_band .* 77777 .*differ from those of the register in 1 place\n$`)
	if out, _, _ := runToEnd(t, nil, "--data-dir", dir, "report", "verify", changedFigure(t, vacancies)); strings.Contains(out, "120") || !strings.Contains(out, "(another)") {
		t.Errorf("without being asked it shows what the register holds:\n%s", out)
	}
	if out, _, _ := runToEnd(t, nil, "--data-dir", dir, "report", "verify", "--values", changedFigure(t, vacancies)); !regexp.MustCompile(`77777 +120`).MatchString(out) {
		t.Errorf("asked for it, it does not show what the register holds:\n%s", out)
	}
	verify(exitFailed, withMore(t, vacancies), `(?s)the same as those.*Not compared: .*Cover, Contents.*holds what the report did not: the worksheet Best, something beside or below the table of By_band`)
	verify(exitUsage, filepath.Join(folder, "none.xlsx"), `no such file`)
	verify(exitCannotTell, newFile(t, "a.xlsx", "a,b"), `cannot be told: .* not an Excel workbook`)
	for _, format := range []string{"ods", "zip"} {
		verify(exitCannotTell, get(manager, "vacancies."+format, "vacancies"), `cannot be told: .* get the same report as xlsx and verify that`)
	}

	if _, errs, status := runToEnd(t, manager, "report", "vacancies", "--organisation", "A9ZZ", "-o", vacancies); status != exitFailed || !strings.Contains(errs, "already there") {
		t.Errorf("a file was written over: %d %s", status, errs)
	}
	if _, errs, status := runToEnd(t, manager, "report", "people", "--organisation", "A9ZZ", "-o", filepath.Join(folder, "people.xlsx")); status != exitFailed || !strings.Contains(errs, "manager may not") {
		t.Errorf("a manager asks for people: %d %s", status, errs)
	}
	if out := must(t, hr, "report", "people", "--organisation", "A9ZZ", "--as-at", "2026-01-31", "-o", "-"); !strings.HasPrefix(out, "PK") {
		t.Errorf("the workbook begins with %q", out[:min(len(out), 40)])
	}
	server.signal(t, syscall.SIGTERM)
	if status := server.await(t); status != exitDone {
		t.Errorf("the server ended with status %d", status)
	}
}

// changedFigure returns a copy of a workbook with one figure of the sheet By_band changed.
func changedFigure(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	cells, err := book.SearchSheet("By_band", "Band 5")
	if err != nil || len(cells) != 1 {
		t.Fatalf("the row is in %v, %v", cells, err)
	}
	if err := book.SetCellValue("By_band", strings.Replace(cells[0], "B", "C", 1), 77777); err != nil {
		t.Fatal(err)
	}
	changed := filepath.Join(t.TempDir(), "changed.xlsx")
	if err := book.SaveAs(changed); err != nil {
		t.Fatal(err)
	}
	return changed
}

// withMore returns a copy of a workbook with a sheet of somebody else's, and a line below
// a table.
func withMore(t *testing.T, path string) string {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if _, err := book.NewSheet("Best"); err != nil {
		t.Fatal(err)
	}
	for sheet, cell := range map[string]string{"Best": "A1", "By_band": "A99"} {
		if err := book.SetCellStr(sheet, cell, "Our trust is best"); err != nil {
			t.Fatal(err)
		}
	}
	more := filepath.Join(t.TempDir(), "more.xlsx")
	if err := book.SaveAs(more); err != nil {
		t.Fatal(err)
	}
	return more
}

func TestReportOptions(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		options reportOptions
		path    string
		fault   string
	}{
		"plain":          {reportOptions{name: "vacancies", organisation: "RRK"}, "/api/v1/reports/vacancies.xlsx?organisation=RRK", ""},
		"form by name":   {reportOptions{name: "rollup", region: "Y60", output: "a.ods"}, "/api/v1/reports/rollup.ods?region=Y60", ""},
		"unknown report": {reportOptions{name: "shoes"}, "", "is not a report"},
		"no date":        {reportOptions{name: "vacancies", asAt: "October"}, "", "--as-at"},
		"no form":        {reportOptions{name: "vacancies", format: "pdf"}, "", "--format"},
		"two forms":      {reportOptions{name: "vacancies", format: "zip", output: "a.xlsx"}, "", "does not end in .zip"},
		"people as ods":  {reportOptions{name: "people", format: "ods"}, "", "xlsx only"},
	} {
		err := test.options.check()
		if test.fault != "" {
			if err == nil || !strings.Contains(err.Error(), test.fault) {
				t.Errorf("%s: got %v", name, err)
			}
			continue
		}
		if err != nil || test.options.path() != test.path {
			t.Errorf("%s: got %s, %v", name, test.options.path(), err)
		}
	}
}

func TestFileNameOfAnAnswer(t *testing.T) {
	t.Parallel()
	for disposition, want := range map[string]string{
		`attachment; filename=a-b.xlsx`:          "a-b.xlsx",
		`attachment; filename="../../etc/x.xls"`: "x.xls",
		`attachment`:                             "else.xlsx",
		``:                                       "else.xlsx",
	} {
		if got := fileNameOf(http.Header{"Content-Disposition": {disposition}}, "else.xlsx"); got != want {
			t.Errorf("%q: got %s", disposition, got)
		}
	}
}

// Texts of a file that somebody made do not reach the terminal as they are.
func TestVerifyShowsNoControlCharacters(t *testing.T) {
	t.Parallel()
	const evil = "\x1b[2Jgone\u202e"
	var out bytes.Buffer
	file := report.File{Receipt: report.Receipt{Report: evil, Area: report.Area{Kind: evil, Code: evil}, Audience: evil, Rule: evil}}
	if err := sayReceipt(host{stdout: &out}, file); err != nil {
		t.Fatal(err)
	}
	reason := (&cannotTellError{"made by " + evil}).Error()
	for _, shown := range []string{out.String(), reason} {
		if strings.ContainsAny(shown, "\x1b\u202e") || !strings.Contains(shown, "gone") {
			t.Errorf("shows %q", shown)
		}
	}
}
