package domain_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The page about the audit trail names a test in every sentence of its lists, and only
// tests that there are.
func TestThePageAboutTheAuditTrail(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "docs", "audit.md"))
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, folder := range []string{"domain", "repository", "api", "api/apitest", "cmd/skillstracker"} {
		files, err := filepath.Glob(filepath.Join("..", folder, "*_test.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", folder, files, err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			tests.Write(source)
		}
	}
	name, sentences := regexp.MustCompile("`(Test[A-Za-z]+)`"), 0
	for line := range strings.Lines(string(page)) {
		named := name.FindAllStringSubmatch(line, -1)
		if strings.HasPrefix(line, "- ") {
			sentences++
			if len(named) == 0 && !strings.Contains(line, "no test claims it") {
				t.Errorf("no test stands behind: %s", line)
			}
		}
		for _, test := range named {
			if !strings.Contains(tests.String(), "func "+test[1]+"(") {
				t.Errorf("there is no %s", test[1])
			}
		}
	}
	if sentences < 20 {
		t.Errorf("the page has only %d sentences", sentences)
	}
}
