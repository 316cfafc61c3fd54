package sheet_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// corpusVariable names the folder whose files are read instead of those in
// testdata/corpus: files of the same names that were made anew.
const corpusVariable = "SKILLSTRACKER_CORPUS"

// corpusManifest says what each file of the corpus is and what must be said
// about it. It is written by hand, from the design.
type corpusManifest struct {
	Today   string
	Records map[string][]string
	Files   []corpusFile
}

// corpusFile is one file. Its README says what the fields mean.
type corpusFile struct {
	File     string
	Covers   string
	Kind     domain.UploadKind
	Options  corpusOptions
	Problem  []string // kind and code of an error about the request as a whole
	Format   string
	RowsRead int `json:"rows_read"`
	Blank    int
	Rejected int
	Refused  bool
	Stored   bool
	AsAt     string `json:"as_at"`
	Records  recordList
	At       string
	Findings []corpusFinding
	Says     string
	Never    []string
}

// corpusOptions are the options of the request, where they are not the usual
// ones.
type corpusOptions struct {
	Framework        string
	FrameworkVersion string `json:"framework_version"`
	SocialCare       bool   `json:"social_care"`
	Organisation     string
	AsAt             string `json:"as_at"`
	Limits           struct {
		MaxBytes    int64 `json:"max_bytes"`
		MaxRows     int   `json:"max_rows"`
		MaxUnzipped int64 `json:"max_unzipped"`
	}
}

// recordList is the records that a file holds: a list of them, or the name of
// one that several files share.
type recordList struct {
	name string
	list []string
}

// UnmarshalJSON reads either form.
func (r *recordList) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte(`"`)) {
		return json.Unmarshal(text, &r.name)
	}
	return json.Unmarshal(text, &r.list)
}

// anyRow stands for a row and column that depend on how a program packed the
// file.
const anyRow = -1

// corpusFinding is a finding without its words: severity, code, sheet, row and
// column, in a list of that order.
type corpusFinding struct {
	severity, code, sheet string
	row                   int
	column                string
}

// UnmarshalJSON reads the list.
func (f *corpusFinding) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&f.severity, &f.code, &f.sheet, &f.row, &f.column})
}

func (f corpusFinding) String() string {
	return fmt.Sprintf("%-7s %-30s sheet %-14q row %3d column %q", f.severity, f.code, f.sheet, f.row, f.column)
}

// readCorpus reads the manifest, which is always the one beside the tests, and
// names the folder of the files.
func readCorpus(tb testing.TB) (corpusManifest, string) {
	tb.Helper()
	home := filepath.Join("testdata", "corpus")
	text, err := os.ReadFile(filepath.Join(home, "corpus.json"))
	if err != nil {
		tb.Fatal(err)
	}
	reader := json.NewDecoder(bytes.NewReader(text))
	reader.DisallowUnknownFields()
	var manifest corpusManifest
	if err := reader.Decode(&manifest); err != nil {
		tb.Fatalf("read corpus.json: %v", err)
	}
	if folder := os.Getenv(corpusVariable); folder != "" {
		return manifest, folder
	}
	return manifest, home
}

// records returns the records that a file must hold, if the manifest lists them.
func (m *corpusManifest) records(t *testing.T, file *corpusFile) []string {
	t.Helper()
	if file.Records.name == "" {
		return file.Records.list
	}
	list, known := m.Records[file.Records.name]
	if !known {
		t.Fatalf("there are no records named %q", file.Records.name)
	}
	return list
}

// parse reads a file as an upload with its options is read.
func (m *corpusManifest) parse(t *testing.T, folder string, file *corpusFile) (domain.UploadFile, error) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, file.File))
	if err != nil {
		t.Fatal(err)
	}
	opts := sheet.Options{
		Kind: file.Kind, Today: onDay(t, m.Today), SocialCare: file.Options.SocialCare,
		Organisation: file.Options.Organisation, Framework: file.Options.Framework, FrameworkVersion: file.Options.FrameworkVersion, Limits: sheet.DefaultLimits(),
	}
	if file.Options.AsAt != "" {
		opts.AsAt = ptr(onDay(t, file.Options.AsAt))
	}
	lowered := file.Options.Limits
	if lowered.MaxBytes > 0 {
		opts.Limits.MaxBytes = lowered.MaxBytes
	}
	if lowered.MaxRows > 0 {
		opts.Limits.MaxRows = lowered.MaxRows
	}
	if lowered.MaxUnzipped > 0 {
		opts.Limits.MaxUnzipped = lowered.MaxUnzipped
	}
	src := source(data)
	src.Filename = file.File
	return sheet.Parse(t.Context(), src, opts, realLists(t))
}

// places writes row numbers as the manifest does: 5-6,8-11.
func places(rows []int) string {
	var parts []string
	for i := 0; i < len(rows); {
		last := i
		for last+1 < len(rows) && rows[last+1] == rows[last]+1 {
			last++
		}
		part := strconv.Itoa(rows[i])
		if last > i {
			part += "-" + strconv.Itoa(rows[last])
		}
		parts = append(parts, part)
		i = last + 1
	}
	return strings.Join(parts, ",")
}

// staffRecord writes a row of a staff list in the manifest's form, in the order
// of the canonical columns, without the date of the list.
func staffRecord(r *domain.StaffRow) string {
	if r.Action == domain.ActionRemove {
		return "remove " + r.EmployeeNumber
	}
	return strings.Join([]string{
		r.EmployeeNumber, r.StaffGroup, r.JobRole, r.Band, r.AreaOfWork, r.Team, r.FTE.String(), r.ContractType,
		dayText(r.StartedOn), dayText(r.LeftOn),
	}, "|")
}

// assessmentRecord writes an assessment: its key, the answers and needs that are
// given, and what was sent along.
func assessmentRecord(r *domain.AssessmentRow, framework domain.FrameworkVersion) string {
	answers := func(levels []domain.Level) string {
		var given []string
		for i, level := range levels {
			switch level {
			case domain.NotAssessed:
			case domain.NotApplicable:
				given = append(given, framework.Competences[i].Code+"=N/A")
			default:
				given = append(given, fmt.Sprintf("%s=%d", framework.Competences[i].Code, level))
			}
		}
		return strings.Join(given, " ")
	}
	return strings.Join([]string{
		r.EmployeeNumber, r.AssessedOn.String(), string(r.AssessorKind), answers(r.Levels), answers(r.Needs),
		r.StaffGroup, r.JobRole, r.Band, r.Team,
	}, "|")
}

// vacancyRecord writes a cell of a vacancy return: its key and its measures, `_`
// for one that is not stated and `?` for one that is not known.
func vacancyRecord(r *domain.VacancyRow) string {
	var measures []string
	for i, measure := range r.Measures.List() {
		switch {
		case measure.State == domain.NotStated:
			measures = append(measures, "_")
		case measure.State == domain.DontKnow:
			measures = append(measures, "?")
		case i < 4:
			measures = append(measures, domain.FTE(measure.Value).String())
		default:
			measures = append(measures, strconv.FormatInt(measure.Value, 10))
		}
	}
	key := []string{r.Key.Month.String(), r.Key.StaffGroup, r.Key.JobRole, r.Key.Band, r.Key.AreaOfWork, strings.Join(measures, " ")}
	return strings.Join(key, "|")
}

// positionRecord writes a position vacancy in the order of the canonical columns.
func positionRecord(r *domain.PositionRow) string {
	if r.Action == domain.ActionRemove {
		return "remove " + r.Reference
	}
	return strings.Join([]string{
		r.Reference, r.StaffGroup, r.JobRole, r.Band, r.AreaOfWork, r.Team, strconv.Itoa(r.Posts), r.FTE.String(),
		r.OpenedOn.String(), dayText(r.ClosedOn), r.Status,
	}, "|")
}

// targetRecord writes a target: its key with the level before the people whom it is
// for, `end` for an empty one.
func targetRecord(r *domain.TargetRow) string {
	level := "end"
	switch {
	case r.Action == domain.ActionRemove:
		level = "remove"
	case r.Level != nil:
		level = strconv.Itoa(int(*r.Level))
	}
	k := &r.Key
	return strings.Join([]string{k.Framework, k.Version, k.Competence, k.Domain, level, k.JobRole, k.StaffGroup, k.Band, k.ValidFrom.String()}, "|")
}

// recordsOf writes what was read from a file: its records, the row of each, and
// the number of rows that they were made from.
func recordsOf(file *domain.UploadFile) (list []string, rows []int, fileRows int) {
	for i := range file.Staff {
		list, rows = append(list, staffRecord(&file.Staff[i])), append(rows, file.Staff[i].Row)
		fileRows++
	}
	for i := range file.Vacancies {
		list, rows = append(list, vacancyRecord(&file.Vacancies[i])), append(rows, file.Vacancies[i].Row)
		fileRows++
	}
	for i := range file.Positions {
		list, rows = append(list, positionRecord(&file.Positions[i])), append(rows, file.Positions[i].Row)
		fileRows++
	}
	for i := range file.Targets {
		list, rows = append(list, targetRecord(&file.Targets[i])), append(rows, file.Targets[i].Row)
		fileRows++
	}
	for i := range file.Assessments.Rows {
		row := &file.Assessments.Rows[i]
		list, rows = append(list, assessmentRecord(row, file.Assessments.Framework)), append(rows, row.Row)
		fileRows += row.FileRows
	}
	return list, rows, fileRows
}

// findingsOf writes the findings in the order of the file.
func findingsOf(file *domain.UploadFile) []corpusFinding {
	var list []corpusFinding
	for _, f := range file.Faults.List() {
		list = append(list, corpusFinding{severity: string(f.Severity), code: string(f.Code), sheet: f.Sheet, row: f.Row, column: f.Column})
	}
	return list
}

// difference lists what is on one side only, a line each.
func difference(got, want []corpusFinding) string {
	var text strings.Builder
	left := slices.Clone(got)
	for _, w := range want {
		at := slices.IndexFunc(left, func(g corpusFinding) bool {
			if w.row == anyRow {
				g.row, g.column = anyRow, ""
			}
			return g == w
		})
		if at >= 0 {
			left = slices.Delete(left, at, at+1)
			continue
		}
		fmt.Fprintf(&text, "\n  missing     %v", w)
	}
	for _, g := range left {
		fmt.Fprintf(&text, "\n  unexpected  %v", g)
	}
	return text.String()
}
