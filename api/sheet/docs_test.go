package sheet_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// The pages of docs that list checks and columns say what the program does. With
// UPDATE_DOCS=1 they are written anew.
func TestThePagesOfCodesAndColumns(t *testing.T) {
	for name, want := range map[string]string{
		"finding-codes.md":  findingCodesPage(),
		"upload-columns.md": uploadColumnsPage(realLists(t)),
	} {
		path := filepath.Join("..", "..", "docs", name)
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
			t.Errorf("docs/%s is not what the program says; run UPDATE_DOCS=1 go test ./api/sheet -run Pages", name)
		}
	}
}

func findingCodesPage() string {
	var page strings.Builder
	page.WriteString(`# Finding codes

Every check of a file has a code that never changes its meaning. An **error** keeps the row out (or the
file, see [uploads.md](uploads.md)); a **warning** is stored and worth a look. A finding names the
class of a value, never the value. The same list is at ` + "`GET /api/v1/finding-codes`" + `.
This page is made from the program by a test.
`)
	section := func(title string, rules []domain.FindingRule) {
		fmt.Fprintf(&page, "\n## %s\n", title)
		for _, rule := range rules {
			fmt.Fprintf(&page, "\n### %s\n\n**%s**", rule.Code, titled(string(rule.Severity)))
			if len(rule.Kinds) > 0 {
				fmt.Fprintf(&page, " in %s", joined(rule.Kinds))
			}
			fmt.Fprintf(&page, ". %s\n\n*Next:* %s\n", escaped(rule.Message), escaped(rule.Mend))
			if rule.Example != "" {
				fmt.Fprintf(&page, "\n*Example:* %s\n", escaped(rule.Example))
			}
		}
	}
	section("Uploads", domain.FindingRules())
	section("Files of organisations", sheet.OrganisationFindingRules())
	section("Files of successions", sheet.SuccessionFindingRules())
	return page.String()
}

func uploadColumnsPage(lists domain.Lists) string {
	var page strings.Builder
	page.WriteString(`# Columns of uploads and the headings that are understood

Headings are compared blind to case, spaces, underscores and punctuation, and may stand in any
order. The same list is at ` + "`GET /api/v1/upload-columns`" + `. This page is made from the
program by a test.
`)
	table := func(columns []sheet.Column) {
		page.WriteString("\n| Column | Compulsory | What it holds | Example | Also understood |\n| --- | --- | --- | --- | --- |\n")
		for _, c := range columns {
			compulsory := ""
			if c.Compulsory {
				compulsory = "yes"
			}
			fmt.Fprintf(&page, "| `%s` | %s | %s | %s | %s |\n", c.Name, compulsory, escaped(c.Description), escaped(c.Example), escaped(strings.Join(c.Synonyms, "; ")))
		}
	}
	for _, kind := range allKinds() {
		fmt.Fprintf(&page, "\n## %s\n", titled(string(kind)))
		table(sheet.Columns(kind))
		if kind == domain.UploadAssessments {
			framework, _ := lists.Framework(domain.DefaultFramework, domain.DefaultFrameworkVersion)
			page.WriteString("\nIn wide form, a column for each competence of the framework version, here of hdc 2018:\n")
			table(sheet.CompetenceColumns(framework))
			page.WriteString("\nIn long form, a row for each competence:\n")
			table(sheet.LongColumns())
		}
	}
	page.WriteString("\n## Values that are understood\n")
	for _, column := range []string{"staff_group", "band", "contract_type", "status", "assessor_kind", "action"} {
		fmt.Fprintf(&page, "\n### %s\n\n| Code | Name | Also understood |\n| --- | --- | --- |\n", column)
		for _, v := range sheet.Values(column, lists) {
			fmt.Fprintf(&page, "| `%s` | %s | %s |\n", v.Code, escaped(v.Name), escaped(strings.Join(v.Synonyms, "; ")))
		}
	}
	page.WriteString("\nJob roles are understood by code or exact name, areas of work by code or by primary > secondary > tertiary,\ncompetences and domains by code or name. They are at GET /api/v1/reference-lists.\n")
	return page.String()
}

func joined(kinds []domain.UploadKind) string {
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = string(kind)
	}
	return strings.Join(names, ", ")
}

func titled(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func escaped(text string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", ">", "&gt;", "*", `\*`).Replace(text)
}
