package sheet_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// parseLong parses assessments in long form, with rows that go behind the columns
// employee_number, assessed_on, competence_code, level and those given.
func parseLong(t *testing.T, validRows bool, more string, rows ...string) domain.UploadFile {
	t.Helper()
	text := "employee_number,assessed_on,competence_code,level" + more + "\n" + strings.Join(rows, "\n")
	opts := options(t, domain.UploadAssessments)
	opts.ValidRows = validRows
	return parseBytes(t, []byte(text), opts)
}

// records writes the records of a file: number, first row, rows of the file,
// levels, needs.
func records(file domain.UploadFile) []string {
	var list []string
	for _, r := range file.Assessments.Rows {
		text := fmt.Sprintf("%s@%d x%d %v", r.EmployeeNumber, r.Row, r.FileRows, levelNumbers(r.Levels))
		if r.Needs != nil {
			text += fmt.Sprintf(" need %v", levelNumbers(r.Needs))
		}
		if r.Action == domain.ActionRemove {
			text = fmt.Sprintf("%s@%d x%d removed", r.EmployeeNumber, r.Row, r.FileRows)
		}
		list = append(list, text)
	}
	return list
}

func TestLongForm(t *testing.T) {
	const on = ",2026-10-31,"
	tests := map[string]struct {
		more       string
		rows       []string
		records    []string
		duplicates int
		found      []string
	}{
		"rows of a record are gathered wherever they are": {
			"",
			[]string{"E1" + on + "CCP,1", "E2" + on + "TEC,4", "E1" + on + "DIW,N/A", "E1" + on + "TLS,"},
			[]string{"E1@2 x3 [1 -2 -2 -2 -2 -1]", "E2@3 x1 [-2 -2 -2 -2 4 -2]"},
			0, nil,
		},
		"by name, and in any letters": {
			"",
			[]string{"E1" + on + "technical proficiency,Level 2", "E1" + on + "tls,3", `E1` + on + `"CCP - Communication, collaboration & participation",0`},
			[]string{"E1@2 x3 [0 3 -2 -2 2 -2]"},
			0, nil,
		},
		"needs": {
			",need",
			[]string{"E1" + on + "CCP,1,3", "E1" + on + "TEC,,2", "E2" + on + "CCP,1,"},
			[]string{"E1@2 x2 [1 -2 -2 -2 -2 -2] need [3 -2 -2 -2 2 -2]", "E2@4 x1 [1 -2 -2 -2 -2 -2]"},
			0, nil,
		},
		"another day and another assessor are other records": {
			",assessor_kind",
			[]string{"E1" + on + "CCP,1,", "E1,2026-10-30,CCP,2,", "E1" + on + "CCP,3,manager"},
			[]string{"E1@2 x1 [1 -2 -2 -2 -2 -2]", "E1@3 x1 [2 -2 -2 -2 -2 -2]", "E1@4 x1 [3 -2 -2 -2 -2 -2]"},
			0, nil,
		},
		"the same answer twice": {
			"",
			[]string{"E1" + on + "CCP,1", "E1" + on + "CCP,1", "E1" + on + "TEC,1", "E1" + on + "ccp,1"},
			[]string{"E1@2 x2 [1 -2 -2 -2 1 -2]"},
			2,
			[]string{"row_duplicate 3", "row_duplicate 5"},
		},
		"two answers": {
			"",
			[]string{"E1" + on + "CCP,1", "E1" + on + "CCP,2", "E1" + on + "TEC,1", "E1" + on + "CCP,3", "E2" + on + "CCP,1"},
			[]string{"E2@6 x1 [1 -2 -2 -2 -2 -2]"},
			0,
			[]string{"answers_conflict 2 competence_code", "answers_conflict 3 competence_code", "answers_conflict 5 competence_code"},
		},
		"one level, two needs": {
			",need",
			[]string{"E1" + on + "CCP,1,2", "E1" + on + "CCP,1,3"},
			nil, 0,
			[]string{"answers_conflict 2 competence_code", "answers_conflict 3 competence_code"},
		},
		"attributes on some rows": {
			",band,team",
			[]string{"E1" + on + "CCP,1,,", "E1" + on + "TEC,1,5,Ward", "E1" + on + "DIW,1,5,"},
			[]string{"E1@2 x3 [1 -2 -2 -2 1 1]"},
			0, nil,
		},
		"attributes that differ": {
			",band,team",
			[]string{"E1" + on + "CCP,1,,Ward", "E1" + on + "TEC,1,5,Yard", "E1" + on + "DIW,1,6,"},
			nil, 0,
			[]string{"rows_conflict 2 team", "rows_conflict 3 team", "rows_conflict 3 band", "rows_conflict 4 band"},
		},
		"removing": {
			",action",
			[]string{"E1" + on + "CCP,1,remove", "E1" + on + "nonsense,nonsense,remove", "E2" + on + ",,remove"},
			[]string{"E1@2 x2 removed", "E2@4 x1 removed"},
			0, nil,
		},
		"removing and storing": {
			",action",
			[]string{"E1" + on + "CCP,1,remove", "E1" + on + "CCP,1,", "E1" + on + "TEC,1,"},
			nil, 0,
			[]string{"rows_store_and_remove 2", "rows_store_and_remove 3", "rows_store_and_remove 4"},
		},
		"an error in one row": {
			"",
			[]string{"E1" + on + "CCP,1", "E1" + on + "TEC,9", "E2" + on + "CCP,1"},
			[]string{"E2@4 x1 [1 -2 -2 -2 -2 -2]"},
			0,
			[]string{"level_out_of_range 3 level"},
		},
		"no answer": {
			"",
			[]string{"E1" + on + "CCP,", "E1" + on + "TEC,not assessed", "E2" + on + "CCP,N/A"},
			[]string{"E2@4 x1 [-1 -2 -2 -2 -2 -2]"},
			0,
			[]string{"levels_missing 2"},
		},
		"competences at fault": {
			"",
			[]string{"E1" + on + ",1", "E1" + on + "1.1,9", "E1" + on + "Typing,x"},
			nil, 0,
			[]string{
				"value_missing 2 competence_code", "competence_unknown 3 competence_code", "level_out_of_range 3 level",
				"competence_unknown 4 competence_code", "level_invalid 4 level",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			file := parseLong(t, false, test.more, test.rows...)
			wantFound(t, file, test.found...)
			if got := records(file); !slices.Equal(got, test.records) || file.Assessments.Duplicates != test.duplicates {
				t.Errorf("got %d duplicates and records\n%s\nwant\n%s", file.Assessments.Duplicates, strings.Join(got, "\n"), strings.Join(test.records, "\n"))
			}
			if file.Counts.RowsRead != len(test.rows) {
				t.Errorf("got %d rows read", file.Counts.RowsRead)
			}
		})
	}
	file := parseLong(t, false, ",staff_group,band,team", "E1"+on+"CCP,1,,,", "E1"+on+"TEC,1,08,5,Ward")
	want := domain.AssessmentRow{
		Row: 2, FileRows: 2, EmployeeNumber: "E1", AssessedOn: onDay(t, "2026-10-31"), AssessorKind: domain.AssessorSelf,
		Levels: []domain.Level{1, no, no, no, 1, no}, StaffGroup: "08", JobRole: "-", Band: "5", Team: "Ward",
	}
	if got := file.Assessments.Rows[0]; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// Where rows with errors are left out, a record is stored whole or not at all.
func TestRowsOfALongRecordFallTogether(t *testing.T) {
	const on = ",2026-10-31,"
	file := parseLong(t, true, ",assessor_kind",
		"E1"+on+"CCP,1,", "E1"+on+"TEC,9,", "E1"+on+"CCP,1,", // an error
		"E2"+on+"CCP,1,", "E2,soon,TEC,1,", "E2"+on+"CCP,1,manager", // a date that could be that of the first
		"E3"+on+"CCP,1,", "E3"+on+"TEC,1,nobody", "E3,2026-10-30,CCP,1,", // an assessor of that day
		"E4"+on+"CCP,,", "E4"+on+"TEC,,", // no answer
		","+on[1:]+"CCP,1,", "E5"+on+"CCP,1,")
	wantFound(t, file,
		"level_out_of_range 3 level", "row_duplicate 4", "row_left_aside 2", "row_left_aside 4",
		"date_invalid 6 assessed_on", "row_left_aside 5",
		"assessor_kind_unknown 9 assessor_kind", "row_left_aside 8",
		"levels_missing 11", "row_left_aside 12", "value_missing 13 employee_number")
	want := []string{"E2@7 x1 [1 -2 -2 -2 -2 -2]", "E3@10 x1 [1 -2 -2 -2 -2 -2]", "E5@14 x1 [1 -2 -2 -2 -2 -2]"}
	if got := records(file); !slices.Equal(got, want) || file.Assessments.Duplicates != 0 {
		t.Errorf("got %v and %d duplicates", got, file.Assessments.Duplicates)
	}
	stored := 0
	for _, row := range file.Assessments.Rows {
		stored += row.FileRows
	}
	if stored+file.Faults.BadRows()+file.Faults.LeftAside() != file.Counts.RowsRead {
		t.Errorf("%d stored, %d with errors and %d left aside of %d rows", stored, file.Faults.BadRows(), file.Faults.LeftAside(), file.Counts.RowsRead)
	}
}

func TestLongFormOfDigComp(t *testing.T) {
	opts := options(t, domain.UploadAssessments)
	opts.Framework, opts.FrameworkVersion = "digcomp", "3.0"
	date := onDay(t, "2026-10-31").Time()
	file := parseBytes(t, workbook(t, "Data",
		[]any{"employee_number", "assessed_on", "Competency", "Score"},
		[]any{"E1", date, 1.1, 8}, []any{"E1", date, 1.2000000000000002, 3}, []any{"E1", date, "Protecting devices", 1},
		[]any{"E2", date, onDay(t, "2026-01-01").Time(), 1}, []any{"E3", date, 7.7, 1}, []any{"E4", date, true, 1}), opts)
	wantFound(t, file, "code_as_date 5 Competency", "competence_unknown 6 Competency", "competence_unknown 7 Competency")
	row := file.Assessments.Rows[0]
	if len(file.Assessments.Rows) != 1 || row.FileRows != 3 || row.Levels[0] != 8 || row.Levels[1] != 3 || row.Levels[13] != 1 {
		t.Errorf("got %+v", file.Assessments.Rows)
	}
	text := parseBytes(t, []byte("employee_number,assessed_on,competence,level\nE1,2026-10-31,1.10,1\nE2,2026-10-31,01-Jan,1\nE3,2026-10-31,CCP,1\n"), opts)
	wantFound(t, text, "code_numeric 2 competence", "code_as_date 3 competence", "competence_unknown 4 competence")
	if last := text.Faults.List()[2]; !strings.Contains(last.Message, "one of hdc 2018") {
		t.Errorf("the finding does not name the other framework: %s", last.Message)
	}
}

// TestLongAndWideSayTheSame writes the same assessments in both forms.
func TestLongAndWideSayTheSame(t *testing.T) {
	wide := []string{"employee_number,assessed_on,CCP,TLS,IDM,CIS,TEC,DIW,CCP_need,TEC_need,band"}
	long := []string{"employee_number,assessed_on,competence_code,level,need,band"}
	codes := []string{"CCP", "TLS", "IDM", "CIS", "TEC", "DIW"}
	values := []string{"0", "1", "2", "3", "4", "N/A", ""}
	for person := range 300 {
		levels := make([]string, len(codes))
		for i := range codes {
			levels[i] = values[(person*(i+3)+i)%len(values)]
		}
		levels[person%6] = "2"
		needs := map[string]string{"CCP": values[person%3], "TEC": values[(person+5)%7]}
		wide = append(wide, fmt.Sprintf("E%d,2026-10-31,%s,%s,%s,5", person, strings.Join(levels, ","), needs["CCP"], needs["TEC"]))
		for i, code := range codes {
			long = append(long, fmt.Sprintf("E%d,2026-10-31,%s,%s,%s,5", person, code, levels[i], needs[code]))
		}
	}
	slices.Reverse(long[1:])
	fromWide, fromLong := parseText(t, domain.UploadAssessments, wide...), parseText(t, domain.UploadAssessments, long...)
	wantFound(t, fromWide)
	wantFound(t, fromLong)
	a, _ := domain.CheckAssessments(fromWide.Assessments, fromWide.Faults)
	b, _ := domain.CheckAssessments(fromLong.Assessments, fromLong.Faults)
	if len(a) != len(b) {
		t.Fatalf("%d and %d records", len(a), len(b))
	}
	for i := range a {
		if b[i].FileRows != len(codes) || a[i].FileRows != 1 {
			t.Fatalf("made from %d and %d rows", b[i].FileRows, a[i].FileRows)
		}
		b[i].Row, b[i].FileRows = a[i].Row, 1
		if fmt.Sprint(a[i]) != fmt.Sprint(b[i]) {
			t.Fatalf("wide %+v, long %+v", a[i], b[i])
		}
	}
}

func TestNeedsThatAreAllEmptyAreNone(t *testing.T) {
	file := parseText(t, domain.UploadAssessments, "employee_number,assessed_on,CCP,CCP_need,TEC_need",
		"E1,2026-10-31,1,,", "E2,2026-10-31,2,,N/A", "E3,2026-10-31,3,not assessed,", "E4,2026-10-31,4,1,")
	wantFound(t, file)
	want := []string{
		"E1@2 x1 [1 -2 -2 -2 -2 -2]", "E2@3 x1 [2 -2 -2 -2 -2 -2] need [-2 -2 -2 -2 -1 -2]",
		"E3@4 x1 [3 -2 -2 -2 -2 -2]", "E4@5 x1 [4 -2 -2 -2 -2 -2] need [1 -2 -2 -2 -2 -2]",
	}
	if got := records(file); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// BenchmarkParseLong reads 25,000 assessments of six competences in long form.
func BenchmarkParseLong(b *testing.B) {
	var text strings.Builder
	text.WriteString("employee_number,assessed_on,competence_code,level,need\n")
	for person := range 25_000 {
		for i, code := range []string{"CCP", "TLS", "IDM", "CIS", "TEC", "DIW"} {
			fmt.Fprintf(&text, "%08d,2026-10-31,%s,%d,%d\n", person, code, (person+i)%5, i%5)
		}
	}
	opts, lists := options(b, domain.UploadAssessments), realLists(b)
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		file, err := sheet.Parse(b.Context(), source([]byte(text.String())), opts, lists)
		if err != nil || len(file.Assessments.Rows) != 25_000 {
			b.Fatalf("%d records, %v", len(file.Assessments.Rows), err)
		}
	}
}

func TestLongFormNamesNoValue(t *testing.T) {
	const canary = "Canarybird"
	row := strings.Repeat(canary+",", 8)
	file := parseLong(t, true, ",need,band,organisation,team", row, "E1,2026-10-31,CCP,1,,,,"+canary, "E1,2026-10-31,CCP,2,,,,"+canary+"s")
	if file.Faults.Errors() < 8 {
		t.Errorf("found only %v", found(file))
	}
	for _, f := range file.Faults.List() {
		if strings.Contains(fmt.Sprintf("%+v", f), canary) {
			t.Errorf("a finding repeats a value: %+v", f)
		}
	}
}
