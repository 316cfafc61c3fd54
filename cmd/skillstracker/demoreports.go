package main

import (
	"context"
	"fmt"
	"path"
	"strings"

	"skillstracker/cmd/skillstracker/demodata"
)

// reportPath is the manager's question for a workbook.
func (d *demonstration) reportPath(report string) string {
	return "/api/v1/reports/" + report + ".xlsx?organisation=" + demodata.Showcase + "&as_at=" + d.dates.LastList.String()
}

// writeReports downloads the manager's two workbooks.
func (d *demonstration) writeReports(ctx context.Context) error {
	d.line("\n   What a manager of %s gets: two workbooks", demodata.Showcase)
	for _, report := range []string{"digital-literacy", "vacancies"} {
		workbook, err := d.client.ask(ctx, question{path: d.reportPath(report), token: d.tokens.manager})
		if err != nil {
			return fmt.Errorf("download workbook: %w", err)
		}
		name := fmt.Sprintf("%s-%s-%s.xlsx", report, demodata.Showcase, d.dates.LastList)
		written, err := d.folder.write(path.Join(demoReportsName, name), workbook)
		if err != nil {
			return err
		}
		d.line("   %s", written)
	}
	return nil
}

// showQuestions prints lines that can be pasted into another terminal.
func (d *demonstration) showQuestions(context.Context) error {
	d.line("\n   To paste into another terminal while the server runs:")
	bearer := func(token string) string { return "-H " + shellQuote("Authorization: Bearer "+token) }
	at := func(path string) string { return shellQuote(d.server.url + path) }
	d.line("\n   # planner: the table above as CSV\n   curl -sS %s %s", bearer(d.tokens.planner), at(d.totalsPath(".csv")))
	d.line("\n   # manager: a workbook\n   curl -sS %s -o digital-literacy-%s.xlsx %s",
		bearer(d.tokens.manager), demodata.Showcase, at(d.reportPath("digital-literacy")))
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
