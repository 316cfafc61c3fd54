package check_test

import (
	"archive/zip"
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"skillstracker/api/report/check"
)

// parts are the parts of a workbook by their names.
type parts map[string]string

// goodParts returns the parts of a workbook that keeps every rule.
func goodParts(tb testing.TB) parts {
	tb.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "good.txtar"))
	if err != nil {
		tb.Fatal(err)
	}
	p := parts{}
	for _, f := range archive.Files {
		p[f.Name] = string(bytes.TrimSuffix(f.Data, []byte("\n")))
	}
	return p
}

// pack puts parts into a package, without compression, which tests have no time for.
func (p parts) pack(tb testing.TB) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := part.Write([]byte(p[name])); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

const goodName = "digital-skills-synthetic-2026-10.xlsx"

// goodOptions give every rule what it needs to be checked.
func goodOptions() check.Options {
	return check.Options{
		Publisher: "Synthetic Trust",
		Beside:    []string{"digital-skills-synthetic-2026-10.ods", "digital-skills-synthetic-2026-10-csv.zip"},
		Schema: []check.SheetColumns{
			{Sheet: "Cover"},
			{Sheet: "Contents", Columns: []string{"Worksheet", "What it holds", "Rows (number)"}},
			{Sheet: "Notes", Columns: []string{"Note number", "Note text"}},
			{Sheet: "By_group", Columns: []string{
				"Staff group code", "Staff group [note 1]", "Staff assessed (people)", "Staff in post (people)",
				"Completion rate (per cent) [note 2]", "Latest assessment",
			}},
			{Sheet: "Chart_groups"},
		},
		Codes: map[string]func(string) bool{
			"staff group code": func(code string) bool { return slices.Contains([]string{"02", "03", "08"}, code) },
		},
	}
}

func checkBytes(tb testing.TB, content []byte, name string, opts check.Options) check.Result {
	tb.Helper()
	result, err := check.File(tb.Context(), bytes.NewReader(content), int64(len(content)), name, opts)
	if err != nil {
		tb.Fatal(err)
	}
	return result
}

func checkFile(tb testing.TB, path string, opts check.Options) check.Result {
	tb.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return checkBytes(tb, content, filepath.Base(path), opts)
}

func wantNone(tb testing.TB, result check.Result) {
	tb.Helper()
	for _, b := range result.Unwaived() {
		tb.Errorf("%s (%s) %s!%s +%d: %s %s", b.Rule, b.Level, b.Sheet, b.Cell, b.More, b.Message, b.Advice)
	}
}

func TestGoodWorkbook(t *testing.T) {
	t.Parallel()
	result := checkBytes(t, goodParts(t).pack(t), goodName, goodOptions())
	wantNone(t, result)
	if result.Passed != 75 || !result.OK() || len(result.Rules) != 75 {
		t.Errorf("of %d rules %d passed", len(result.Rules), result.Passed)
	}
}
