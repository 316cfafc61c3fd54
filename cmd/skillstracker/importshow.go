package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"

	"golang.org/x/term"

	"skillstracker/api/spec"
)

// findingsPage is the number of findings that are asked for at a time.
const findingsPage = 1000

// show writes a verdict for people.
func (v verdict) show(ctx context.Context, h host, server *remote, o importOptions) error {
	if err := say(h, "%s\n%s\n", v.headline(), sumLine(v.counts)); err != nil {
		return err
	}
	if v.counts.Ended > 0 {
		what := "Ended"
		if v.preview {
			what = "Would be ended"
		}
		if err := say(h, "%s: %s that the file does not hold.\n", what, counted(v.counts.Ended, "record")); err != nil {
			return err
		}
	}
	width := widthOf(h)
	if err := showMapping(h, width, v.mapping); err != nil {
		return err
	}
	if err := v.showFindings(ctx, h, server, width, o.findings); err != nil {
		return err
	}
	return v.showChanges(h, width)
}

// headline says in a sentence what became of the file.
func (v verdict) headline() string {
	switch {
	case v.preview && v.state == spec.Applied:
		return "Preview: the file would be stored. Nothing has changed."
	case v.preview && v.state == spec.PartlyApplied:
		return "Preview: the file would be stored without the rows that have errors. Nothing has changed."
	case v.preview:
		return "Preview: the file would be rejected. Nothing has changed."
	case v.replayed:
		return fmt.Sprintf("This is the answer to upload %s, which was received at %s: the same file is not stored twice.", v.id, v.received)
	case v.state == spec.Applied:
		return "Stored as upload " + v.id + "."
	case v.state == spec.PartlyApplied:
		return "Stored as upload " + v.id + ", without the rows that have errors."
	}
	return "Rejected as upload " + v.id + ". " + oneLine(v.detail)
}

// showMapping says how the columns were understood when some were not used.
func showMapping(h host, width int, mapping []spec.MappedColumn) error {
	unused := 0
	rows := make([][]string, 0, len(mapping))
	for _, column := range mapping {
		field := "(not used)"
		if column.Field != nil && *column.Field != "" {
			field = *column.Field
		} else {
			unused++
		}
		rows = append(rows, []string{printable(column.Header), printable(field)})
	}
	if unused == 0 {
		return nil
	}
	columns := []textColumn{{heading: "Column of the file"}, {heading: "Understood as"}}
	return say(h, "\n%s of %d not used:\n\n%s", counted(unused, "column"), len(mapping), textTable(fit(columns, rows, width), rows))
}

// showFindings shows at most so many findings, and says where the others are.
func (v verdict) showFindings(ctx context.Context, h host, server *remote, width, most int) error {
	if v.total == 0 {
		return nil
	}
	findings, err := v.moreFindings(ctx, server, most)
	if err != nil {
		return err
	}
	if len(findings) > 0 {
		if err := say(h, "\n%s", findingsTable(findings, width)); err != nil {
			return err
		}
	}
	if len(findings) == v.total {
		return nil
	}
	rest := counted(v.total-len(findings), "more finding")
	if v.id == "" {
		return say(h, "\n%s not shown; --findings shows up to 10,000.\n", rest)
	}
	return say(h, "\n%s not shown; --findings shows up to 10,000. All that are kept, beside the rows of the file:\n%s%s/%s/findings.xlsx\n(in a browser: any user name, and the token as password)\n",
		rest, server.base, v.uploads, v.id)
}

// moreFindings returns at most so many findings, asking for those that the answer
// does not hold.
func (v verdict) moreFindings(ctx context.Context, server *remote, most int) ([]spec.Finding, error) {
	findings := v.findings[:min(most, len(v.findings))]
	for v.id != "" && len(findings) < min(most, v.total) {
		got, err := server.get(ctx, fmt.Sprintf("%s/%s/findings?limit=%d&offset=%d",
			v.uploads, v.id, min(findingsPage, most-len(findings)), len(findings)))
		if err != nil {
			return nil, err
		}
		if got.status != http.StatusOK {
			return nil, got.problem(server, "to see the findings of upload "+v.id)
		}
		var page spec.FindingPage
		if err := json.Unmarshal(got.body, &page); err != nil {
			return nil, misunderstood(server, err)
		}
		if len(page.Findings) == 0 {
			break // the others were counted and not kept
		}
		findings = append(findings, page.Findings...)
	}
	return findings, nil
}

// showChanges shows what would change, with the values before and after.
func (v verdict) showChanges(h host, width int) error {
	if len(v.changes) == 0 {
		return nil
	}
	return say(h, "\nWhat would change, in up to 100 examples:\n\n%s", changesTable(v.changes, width))
}

// widthOf is the number of characters of a line: the terminal's, or what COLUMNS
// says, or 100.
func widthOf(h host) int {
	if file, ok := h.stdout.(*os.File); ok {
		if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
			return width
		}
	}
	if width, err := strconv.Atoi(h.getenv("COLUMNS")); err == nil && width > 0 {
		return width
	}
	return 100
}
