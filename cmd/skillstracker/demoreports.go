package main

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"

	"skillstracker/api/report/check"
	"skillstracker/cmd/skillstracker/demodata"
)

// demoReport is a workbook that the demonstration downloads.
type demoReport struct {
	file    string // as the server names reports, without the end
	token   string
	name    string
	query   string // beside the date
	format  string
	profile string
}

// reports are the workbooks of each user.
func (d *demonstration) reports() []demoReport {
	about := "&organisation=" + demodata.Showcase
	return []demoReport{
		{"digital-literacy", d.tokens.manager, "digital-literacy", about, "xlsx", "accessible"},
		{"digital-literacy-charts", d.tokens.manager, "digital-literacy", about, "xlsx", "management"},
		{"digital-literacy", d.tokens.manager, "digital-literacy", about, "ods", "accessible"},
		{"vacancies", d.tokens.manager, "vacancies", about, "xlsx", "accessible"},
		{"vacancies-charts", d.tokens.manager, "vacancies", about, "xlsx", "management"},
		{"rollup-england-charts", d.tokens.planner, "rollup", "", "xlsx", "management"},
		{"people", d.tokens.hr, "people", about, "xlsx", "accessible"},
	}
}

// reportPath is the question for a report.
func (d *demonstration) reportPath(r demoReport) string {
	path := "/api/v1/reports/" + r.name + "." + r.format + "?as_at=" + d.dates.LastList.String() + r.query
	if r.profile != "accessible" {
		path += "&profile=" + r.profile
	}
	return path
}

// writeReports downloads the workbooks and holds each to the rules for accessible
// spreadsheets.
func (d *demonstration) writeReports(ctx context.Context) error {
	d.line("\n   What a manager of %s, a planner and HR get: workbooks, with and without charts", demodata.Showcase)
	for _, r := range d.reports() {
		workbook, err := d.client.ask(ctx, question{path: d.reportPath(r), token: r.token})
		if err != nil {
			return fmt.Errorf("download report: %w", err)
		}
		written, err := d.folder.write(path.Join(demoReportsName, r.file+"-"+d.dates.LastList.String()+"."+r.format), workbook)
		if err != nil {
			return err
		}
		said := ""
		if r.format == "xlsx" {
			found, err := check.File(ctx, bytes.NewReader(workbook), int64(len(workbook)), path.Base(written), check.Options{Profile: check.Profile(r.profile)})
			if err != nil {
				return fmt.Errorf("check %s: %w", written, err)
			}
			said = fmt.Sprintf(" (keeps %d rules for accessible spreadsheets, breaks %d)", found.Passed, found.Failed)
			if found.Waived > 0 {
				said = fmt.Sprintf(" (keeps %d rules for accessible spreadsheets, breaks %d, and waives %d for its charts)", found.Passed, found.Failed, found.Waived)
			}
		}
		d.line("   %s%s", written, said)
	}
	return nil
}

// showQuestions prints lines that can be pasted into another terminal.
func (d *demonstration) showQuestions(context.Context) error {
	d.line("\n   To paste into another terminal while the server runs:")
	bearer := func(token string) string { return "-H " + shellQuote("Authorization: Bearer "+token) }
	at := func(path string) string { return shellQuote(d.server.url + path) }
	d.line("\n   # planner: the table above as CSV\n   curl -sS %s %s", bearer(d.tokens.planner), at(d.totalsPath(".csv")))
	d.line("\n   # manager: a workbook with charts\n   curl -sS %s -o digital-literacy-%s.xlsx %s",
		bearer(d.tokens.manager), demodata.Showcase, at(d.reportPath(d.reports()[1])))
	d.line("\n   # HR: the file above with its mistakes mended\n   curl -sS %s -H 'Content-Type: text/csv' --data-binary %s %s",
		bearer(d.tokens.hr), shellQuote("@"+d.mended), at("/api/v1/organisations/"+demodata.Showcase+"/uploads?kind=assessments"))
	d.line("\n   # HR: the findings of the file with mistakes\n   curl -sS %s %s",
		bearer(d.tokens.hr), at("/api/v1/uploads/"+d.rejected+"/findings"))
	d.line("\n   Or open %s/ in a browser: any user name, and the manager's token as password.", d.server.url)
	return nil
}

// shellQuote makes one word of text for a POSIX shell.
func shellQuote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
