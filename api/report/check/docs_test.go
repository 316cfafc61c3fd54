package check_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skillstracker/api/report/check"
)

// The page of docs that lists the rules says what the program does. With UPDATE_DOCS=1
// it is written anew.
func TestThePageOfRules(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "..", "docs", "accessibility.md")
	want := rulesPage(t)
	if os.Getenv("UPDATE_DOCS") == "1" {
		if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/accessibility.md is not what the program says; run UPDATE_DOCS=1 go test ./api/report/check -run Page")
	}
}

// rulesPage is the text of testdata/accessibility.md with the rules in the place of
// its marks.
func rulesPage(tb testing.TB) string {
	tb.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "accessibility.md"))
	must(tb, err)
	return strings.NewReplacer("{{counts}}", countsText(), "{{rules}}", rulesTable(), "{{waivers}}", waivers(), "{{exemptions}}", exemptions()).Replace(string(text))
}

func countsText() string {
	counts := map[check.Level]int{}
	for _, r := range check.Rules() {
		counts[r.Level]++
	}
	return fmt.Sprintf("%d rules: %d essential, %d desirable and %d of the house", len(check.Rules()), counts[check.Essential], counts[check.Desirable], counts[check.House])
}

func rulesTable() string {
	var page strings.Builder
	area := ""
	for _, r := range check.Rules() {
		if r.Area != area {
			area = r.Area
			fmt.Fprintf(&page, "\n### %s\n\n| Rule | Level | What is asked |\n| --- | --- | --- |\n", area)
		}
		fmt.Fprintf(&page, "| %s | %s | %s |\n", r.ID, r.Level, strings.ReplaceAll(r.Asks, "|", `\|`))
	}
	return strings.TrimSpace(page.String())
}

func waivers() string {
	var page strings.Builder
	for _, r := range check.Rules() {
		if r.Waiver != "" {
			fmt.Fprintf(&page, "- **%s** %s\n", r.ID, r.Waiver)
		}
	}
	return strings.TrimSpace(page.String())
}

func exemptions() string {
	var page strings.Builder
	page.WriteString("| Rule | Not asked of | Because |\n| --- | --- | --- |\n")
	for _, r := range check.Rules() {
		for _, e := range r.Exempt {
			var kinds []string
			for _, k := range e.Kinds {
				kinds = append(kinds, string(k))
			}
			where := strings.Join(kinds, ", ")
			if len(e.Sheets) > 0 {
				where += ", on the sheet " + strings.Join(e.Sheets, " or ")
			}
			fmt.Fprintf(&page, "| %s | %s | %s |\n", r.ID, where, e.Why)
		}
	}
	return strings.TrimSpace(page.String())
}
