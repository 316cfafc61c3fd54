package api_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skillstracker/domain"
)

// The page of columns says what the metadata of the CSVs says. With UPDATE_DOCS=1 it is
// written anew.
func TestThePageOfTotalsColumns(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var page strings.Builder
	page.WriteString(`# Columns of totals

What each column of the totals means, in the order of the CSV; the JSON has the same names. Under a figure
that can be absent, a column ` + "`<name>_status`" + ` follows that says why: c confidential, x not available,
z not applicable. The levels and gaps of digital literacy are columns of their own in the CSV
(shown here for the framework hdc 2018) and arrays in the JSON. How to ask is in [totals.md](totals.md). This page is made
from the program by a test.
`)
	for _, path := range []string{vacanciesPath, positionsPath, skillsPath, workforcePath, digitalPath} {
		var about described
		s.get(domain.RolePlanner, path+".csv-metadata.json").ok(http.StatusOK).read(&about)
		fmt.Fprintf(&page, "\n## %s\n\n`%s`\n\n| Column | Type | Unit | Also called | What it means |\n| --- | --- | --- | --- | --- |\n", strings.Split(about.Title, ":")[0], path)
		for _, column := range about.TableSchema.Columns {
			if strings.HasSuffix(column.Name, "_status") {
				continue
			}
			fmt.Fprintf(&page, "| `%s` | %s | %s | %s | %s |\n", column.Name, column.Datatype.Base, column.Unit,
				strings.Join(column.Titles[1:], "; "), strings.NewReplacer("|", `\|`, ">", "&gt;", "<", "&lt;").Replace(column.Description))
		}
	}
	file := filepath.Join("..", "docs", "totals-columns.md")
	if os.Getenv("UPDATE_DOCS") == "1" {
		if err := os.WriteFile(file, []byte(page.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	held, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(held) != page.String() {
		t.Error("docs/totals-columns.md is not what the program says; run UPDATE_DOCS=1 go test ./api -run TotalsColumns")
	}
}

// The guide names endpoints, parameters and columns that there are.
func TestTheGuideToTotals(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join("..", "docs", "totals.md"))
	if err != nil {
		t.Fatal(err)
	}
	s := newService(t)
	asked := 0
	for line := range strings.Lines(string(guide)) {
		_, target, found := strings.Cut(line, "http://127.0.0.1:8080/api/")
		if !found {
			continue
		}
		asked++
		target = "/api/" + strings.TrimRight(strings.TrimSpace(target), "'")
		// The fakes hold neither of the two ICBs nor both.
		target = strings.NewReplacer("icb=QHL", "icb=QUY", "&icb=QUA", "").Replace(target)
		s.get(domain.RolePlanner, target).ok(http.StatusOK)
	}
	if asked < 6 {
		t.Errorf("only %d questions of the guide were asked", asked)
	}
}
