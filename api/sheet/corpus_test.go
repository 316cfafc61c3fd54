package sheet_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"skillstracker/domain"
)

// TestCorpus reads every file of the corpus, which other programs made, and
// compares its summary, its records and its findings with the manifest.
func TestCorpus(t *testing.T) {
	manifest, folder := readCorpus(t)
	for i := range manifest.Files {
		want := &manifest.Files[i]
		t.Run(want.File, func(t *testing.T) {
			file, err := manifest.parse(t, folder, want)
			if len(want.Problem) > 0 {
				wantProblem(t, want, err)
				return
			}
			if err != nil {
				t.Fatalf("%s\nparse: %v", want.Covers, err)
			}
			compareSummary(t, &manifest, want, &file)
			compareRecords(t, &manifest, want, &file)
			if lines := difference(findingsOf(&file), want.Findings); lines != "" {
				t.Errorf("%s\nfindings:%s", want.Covers, lines)
			}
			compareMapping(t, want, &file)
			wantWords(t, want, &file)
		})
	}
}

// wantProblem compares an error about the request as a whole.
func wantProblem(t *testing.T, want *corpusFile, err error) {
	t.Helper()
	problem, is := errors.AsType[*domain.Error](err)
	switch {
	case !is:
		t.Errorf("%s\ngot error %v, want the problem %v", want.Covers, err, want.Problem)
	case !slices.Equal([]string{problem.Kind.String(), problem.Code}, want.Problem):
		t.Errorf("%s\ngot the problem %v %s, want %v", want.Covers, problem.Kind, problem.Code, want.Problem)
	case !strings.Contains(problem.Message, want.Says):
		t.Errorf("%s\nthe problem does not say %s: %s", want.Covers, want.Says, problem.Message)
	}
}

// corpusSummary is what an upload says about a file as a whole.
type corpusSummary struct {
	Format, AsAt              string
	RowsRead, Blank, Rejected int
	Refused, Stored           bool
}

func compareSummary(t *testing.T, manifest *corpusManifest, want *corpusFile, file *domain.UploadFile) {
	t.Helper()
	got := corpusSummary{
		Format: file.Format, RowsRead: file.Counts.RowsRead, Blank: file.Blank, Rejected: min(file.Faults.BadRows(), file.Counts.RowsRead-file.Blank),
		Refused: file.Refused, Stored: file.Faults.Errors() == 0,
	}
	expected := corpusSummary{
		Format: want.Format, RowsRead: want.RowsRead, Blank: want.Blank, Rejected: want.Rejected, Refused: want.Refused, Stored: want.Stored,
	}
	if file.AsAt != nil {
		got.AsAt = file.AsAt.String()
		expected.AsAt = want.AsAt
		if want.AsAt == "" {
			expected.AsAt = manifest.Today
		}
	}
	if got != expected {
		t.Errorf("%s\nsummary:\n  got   %+v\n  want  %+v", want.Covers, got, expected)
	}
}

// compareRecords compares what was read. Where the manifest lists no records the
// file has faults, and a file that is refused has none.
func compareRecords(t *testing.T, manifest *corpusManifest, want *corpusFile, file *domain.UploadFile) {
	t.Helper()
	got, rows, fileRows := recordsOf(file)
	expected := manifest.records(t, want)
	switch {
	case want.Refused && len(got) > 0:
		t.Errorf("%s\na refused file has %d records", want.Covers, len(got))
	case want.Stored && len(expected) == 0:
		t.Errorf("%s\nthe manifest does not say which records the file holds", want.Covers)
	}
	if len(expected) == 0 {
		return
	}
	if !slices.Equal(got, expected) {
		t.Errorf("%s\nrecords:\n  got   %s\n  want  %s", want.Covers, strings.Join(got, "\n        "), strings.Join(expected, "\n        "))
	}
	if at := places(rows); at != want.At {
		t.Errorf("%s\nthe records are in rows %s, want %s", want.Covers, at, want.At)
	}
	if fileRows+file.Blank != file.Counts.RowsRead {
		t.Errorf("%s\nthe line does not add up: %d rows read, %d in records, %d blank", want.Covers, file.Counts.RowsRead, fileRows, file.Blank)
	}
}

// compareMapping expects the mapping to tell every heading, and a warning for
// each that means nothing.
func compareMapping(t *testing.T, want *corpusFile, file *domain.UploadFile) {
	t.Helper()
	var unused []string
	for _, column := range file.Mapping {
		if column.Field == "" {
			unused = append(unused, column.Header)
		}
	}
	var warned []string
	for _, f := range want.Findings {
		if f.code == string(domain.FindingColumnUnknown) {
			warned = append(warned, f.column)
		}
	}
	slices.Sort(unused)
	slices.Sort(warned)
	readable := len(file.Mapping) > 0
	if readable && !slices.Equal(unused, warned) {
		t.Errorf("%s\nthe mapping leaves out %q, want %q", want.Covers, unused, warned)
	}
	if want.Stored && !readable {
		t.Errorf("%s\nthe answer has no mapping", want.Covers)
	}
}

// wantWords looks into the words of the findings: each says what to do, a limit
// has its number in it, and nothing repeats personal data.
func wantWords(t *testing.T, want *corpusFile, file *domain.UploadFile) {
	t.Helper()
	said := want.Says == ""
	for _, f := range file.Faults.List() {
		if f.Message == "" || f.Mend == "" {
			t.Errorf("%s\nthe finding %s has no words", want.Covers, f.Code)
		}
		said = said || strings.Contains(f.Message, want.Says)
		for _, value := range want.Never {
			if strings.Contains(f.Message+"\n"+f.Mend+"\n"+f.Column+"\n"+f.Sheet, value) {
				t.Errorf("%s\nthe finding %s repeats personal data", want.Covers, f.Code)
			}
		}
	}
	if !said {
		t.Errorf("%s\nno finding says %s", want.Covers, want.Says)
	}
	if want.Refused && len(file.Mapping) > 0 {
		t.Errorf("%s\na refused file tells its headings", want.Covers)
	}
}

// TestCorpusIsWhole compares the folder with the manifest: every file is in it
// once, with a line that says what it is for.
func TestCorpusIsWhole(t *testing.T) {
	manifest, folder := readCorpus(t)
	listed := make(map[string]bool, len(manifest.Files))
	for _, file := range manifest.Files {
		if listed[file.File] {
			t.Errorf("%s is in the manifest twice", file.File)
		}
		listed[file.File] = true
		if file.Covers == "" {
			t.Errorf("%s: the manifest does not say what it covers", file.File)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	total := int64(0)
	for _, entry := range entries {
		switch entry.Name() {
		case "make", "corpus.json", "README.md", ".gitattributes":
			continue
		}
		info, err := entry.Info()
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
		if !listed[entry.Name()] {
			t.Errorf("%s is not in the manifest", entry.Name())
		}
		delete(listed, entry.Name())
	}
	for name := range listed {
		t.Errorf("%s is in the manifest and not in the folder", name)
	}
	if total > 2<<20 {
		t.Errorf("the corpus has %d bytes, which is too much for a repository", total)
	}
}
