package report_test

import (
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

func TestGolden(t *testing.T) {
	t.Parallel()
	tests := map[string]func(io.Writer) error{
		"digital-literacy": func(w io.Writer) error {
			return made(report.DigitalLiteracy(sampleDigitalLiteracy(disclosure.Default())))(w)
		},
		"rollup": func(w io.Writer) error {
			return made(report.Rollup(sampleRollup(domain.ByNation, 2, 6)))(w)
		},
		"vacancies": func(w io.Writer) error {
			return made(report.Vacancies(fullVacancies(disclosure.Default())))(w)
		},
	}
	for name, write := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join("testdata", name+".golden.txt")
			got := withoutRuleText(readBook(t, write).canonical())
			if update := flag.Lookup("update"); update.Value.String() == "true" {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			compareLines(t, got, string(want))
		})
	}
}

// withoutRuleText leaves the sentences of the disclosure rule, which belong to
// another package, out of the cover, and with them the numbers of its rows.
func withoutRuleText(canonical string) string {
	var kept []string
	for line := range strings.Lines(canonical) {
		cell, rest, _ := strings.Cut(line, "\t")
		if strings.HasPrefix(cell, "Cover!") {
			line = "Cover!A\t" + rest
		}
		sentence := strings.TrimSpace(rest[strings.LastIndex(rest, "\t")+1:])
		if !slices.Contains(disclosure.Default().Describe(), sentence) {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// compareLines names the first lines that differ.
func compareLines(t *testing.T, got, want string) {
	t.Helper()
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(want, "\n")
	if len(gotLines) != len(wantLines) {
		t.Errorf("got %d lines, want %d; run with -update when the change is meant", len(gotLines), len(wantLines))
	}
	shown := 0
	for i := range min(len(gotLines), len(wantLines)) {
		if gotLines[i] != wantLines[i] && shown < 5 {
			t.Errorf("line %d: got  %s\nwant %s", i+1, gotLines[i], wantLines[i])
			shown++
		}
	}
}

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the golden files anew")
	flag.Parse()
	os.Exit(m.Run())
}

func TestSameInputGivesSameBytes(t *testing.T) {
	t.Parallel()
	var first, second strings.Builder
	for _, out := range []*strings.Builder{&first, &second} {
		if err := made(report.Vacancies(sampleVacancies(disclosure.Default())))(out); err != nil {
			t.Fatal(err)
		}
	}
	if first.String() != second.String() {
		t.Error("two workbooks made from the same input differ")
	}
}
