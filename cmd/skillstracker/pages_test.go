package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// root is the folder of the module.
var root = filepath.Join("..", "..")

// gap marks what no test can hold, in words that readers of the pages look for.
var gaps = []string{"no test claims it", "not met", "out of scope", "**controller**"}

var (
	testName = regexp.MustCompile("`((?:Test|Fuzz)[A-Z][A-Za-z0-9]*)`")
	makeName = regexp.MustCompile("`make ([a-z]+)`")
	fileName = regexp.MustCompile("`([A-Za-z0-9._-]+/[A-Za-z0-9._/-]+\\.(?:go|sql|md|yaml|yml))`")
	linkName = regexp.MustCompile(`\]\(([^)#\s]+\.(?:md|png|yaml))(?:#[^)]*)?\)`)
)

// readPage reads a page and checks that what it names is there: tests, targets of make,
// files and other pages.
func readPage(t *testing.T, tests map[string]bool, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(content)
	for _, named := range testName.FindAllStringSubmatch(page, -1) {
		if !tests[named[1]] {
			t.Errorf("%s names %s, which there is not", name, named[1])
		}
	}
	for _, named := range makeName.FindAllStringSubmatch(page, -1) {
		if !strings.Contains(string(makefile), "\n"+named[1]+":") {
			t.Errorf("%s names make %s, which there is not", name, named[1])
		}
	}
	for _, named := range fileName.FindAllStringSubmatch(page, -1) {
		if _, err := os.Stat(filepath.Join(root, named[1])); err != nil {
			t.Errorf("%s names %s: %v", name, named[1], err)
		}
	}
	for _, named := range linkName.FindAllStringSubmatch(page, -1) {
		if strings.Contains(named[1], "://") {
			continue
		}
		if _, err := os.Stat(filepath.Join(root, filepath.Dir(name), named[1])); err != nil {
			t.Errorf("%s leads to %s: %v", name, named[1], err)
		}
	}
	return page
}

// allTests returns the names of all tests of the module.
func allTests(t *testing.T) map[string]bool {
	t.Helper()
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Za-z0-9_]+)\(`)
	found := make(map[string]bool)
	files := os.DirFS(root)
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		for _, match := range declared.FindAllStringSubmatch(string(source), -1) {
			found[match[1]] = true
		}
		return nil
	})
	if err != nil || len(found) == 0 {
		t.Fatalf("%d tests, %v", len(found), err)
	}
	return found
}

// proven says whether a line names what proves it, or says that nothing does.
func proven(line string) bool {
	return testName.MatchString(line) || makeName.MatchString(line) ||
		slices.ContainsFunc(gaps, func(gap string) bool { return strings.Contains(line, gap) })
}

// statements returns the items of a page's lists, each in one line, and the rows of its
// tables without their heads.
func statements(page string) []string {
	var found []string
	head, open := true, false
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "- "):
			found, open = append(found, line), true
		case open && strings.HasPrefix(line, "  "):
			found[len(found)-1] += " " + strings.TrimSpace(line)
		case strings.HasPrefix(line, "| ---"):
			head, open = false, false
		case strings.HasPrefix(line, "| "):
			if !head {
				found = append(found, line)
			}
			open = false
		default:
			head, open = true, false
		}
	}
	return found
}

// The page about privacy says of every table what it is for, and names a test in every
// statement, or who is to decide.
func TestThePageAboutPrivacy(t *testing.T) {
	t.Parallel()
	page := readPage(t, allTests(t), "docs/privacy.md")
	said := statements(page)
	for _, line := range said {
		if !proven(line) {
			t.Errorf("nothing stands behind: %s", line)
		}
	}
	if len(said) < 40 {
		t.Errorf("there are %d statements", len(said))
	}
	schema, err := os.ReadFile(filepath.Join(root, "migrations", "schema.sql"))
	if err != nil {
		t.Fatal(err)
	}
	tables := regexp.MustCompile(`(?m)^CREATE TABLE public\.([a-z_]+) `).FindAllStringSubmatch(string(schema), -1)
	if len(tables) < 40 {
		t.Fatalf("the schema has %d tables", len(tables))
	}
	for _, table := range tables {
		if !strings.Contains(page, "`"+table[1]+"`") {
			t.Errorf("the page does not say what %s is for", table[1])
		}
	}
}

// The page about security has a row for each of the thirty requirements, and each row its
// source, where it is met and its proof, or says that it is not met.
func TestThePageAboutSecurity(t *testing.T) {
	t.Parallel()
	page := readPage(t, allTests(t), "docs/security.md")
	for _, line := range statements(page) {
		if !proven(line) {
			t.Errorf("nothing stands behind: %s", line)
		}
	}
	_, table, found := strings.Cut(page, "| No. | Requirement | Source | Where it is met | Proof |\n")
	if !found {
		t.Fatal("the page has no table of requirements")
	}
	number := 0
	for line := range strings.Lines(table) {
		if strings.HasPrefix(line, "| ---") {
			continue
		}
		if !strings.HasPrefix(line, "| ") {
			break
		}
		number++
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 5 || strings.TrimSpace(cells[0]) != strconv.Itoa(number) {
			t.Errorf("row %d is %s", number, line)
			continue
		}
		for i, cell := range cells {
			if strings.TrimSpace(cell) == "" {
				t.Errorf("row %d, cell %d is empty", number, i+1)
			}
		}
		if !proven(cells[4]) {
			t.Errorf("row %d has no proof: %s", number, cells[4])
		}
	}
	if number != 30 {
		t.Errorf("there are %d requirements", number)
	}
}

// The first page that anybody reads leads to pages that there are.
func TestPagesLeadSomewhere(t *testing.T) {
	t.Parallel()
	tests := allTests(t)
	for _, name := range []string{"README.md", "SECURITY.md", "CONTRIBUTING.md", "docs/decisions/README.md"} {
		readPage(t, tests, name)
	}
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatal(err)
	}
	readme := readPage(t, tests, "README.md")
	for _, page := range pages {
		name := "docs/" + filepath.Base(page)
		readPage(t, tests, name)
		if !strings.Contains(readme, "("+name+")") {
			t.Errorf("the README does not lead to %s", name)
		}
	}
}
