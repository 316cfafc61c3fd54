package disclosure_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"skillstracker/domain/disclosure"
)

// The page for information governance leads names the thresholds as they are, a test in
// every sentence of its lists, and only tests that there are.
func TestThePageAboutDisclosure(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	page, err := os.ReadFile(filepath.Join(root, "docs", "disclosure.md"))
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, folder := range []string{"domain/disclosure", "api", "api/apitest", "cmd/skillstracker"} {
		files, err := filepath.Glob(filepath.Join(root, folder, "*_test.go"))
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
	name := regexp.MustCompile("`(Test[A-Za-z]+)`")
	for line := range strings.Lines(string(page)) {
		named := name.FindAllStringSubmatch(line, -1)
		if strings.HasPrefix(line, "- ") && len(named) == 0 && !strings.Contains(line, "no test claims it") {
			t.Errorf("no test stands behind: %s", line)
		}
		for _, test := range named {
			if !strings.Contains(tests.String(), "func "+test[1]+"(") {
				t.Errorf("there is no %s", test[1])
			}
		}
	}
	rule := disclosure.Default()
	for _, want := range []string{
		rule.Name(), fmt.Sprintf("1 to %d people is withheld", rule.Threshold-1), fmt.Sprintf("to the nearest %d", rule.RoundTo), fmt.Sprintf("smaller than %d", rule.UniformBelow),
		fmt.Sprintf("from a base of %d on", rule.FineBase), fmt.Sprintf("fewer than %d numbers", rule.Feasible), fmt.Sprintf("counting as %d people", rule.WithheldLevelCountsAs),
		fmt.Sprintf("`_FINE_BASE` (%d)", rule.FineBase), fmt.Sprintf("`_ROUND_TO` (%d)", rule.RoundTo),
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
