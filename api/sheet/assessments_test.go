package sheet_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"skillstracker/domain"
)

const (
	na = domain.NotApplicable
	no = domain.NotAssessed
)

func TestLevels(t *testing.T) {
	tests := []struct {
		value string
		want  domain.Level
		found string
	}{
		{"0", 0, ""},
		{"4", 4, ""},
		{" 2 ", 2, ""},
		{"2.0", 2, ""},
		{"Level 3", 3, ""},
		{"l3", 3, ""},
		{"Not at level 1", 0, ""},
		{"", no, ""},
		{"not assessed", no, ""},
		{"N/A", na, ""},
		{"na", na, ""},
		{"n/a ", na, ""},
		{"Not applicable", na, ""},
		{"5", no, "level_out_of_range"},
		{"Level 9", no, "level_invalid"},
		{"-1", no, "level_out_of_range"},
		{"-2", no, "level_out_of_range"},
		{"99999999999999999999", no, "level_out_of_range"},
		{"2.5", no, "level_invalid"},
		{"good", no, "level_invalid"},
		{"#N/A", no, "cell_error"},
		{"-", no, "level_invalid"},
	}
	for _, test := range tests {
		for _, column := range []string{"TEC", "TEC_need"} {
			t.Run(column+" "+test.value, func(t *testing.T) {
				file := parseText(t, domain.UploadAssessments, "employee_number,assessed_on,CCP,"+column, "E1,2026-10-31,1,"+test.value)
				var want []string
				if test.found != "" {
					want = append(want, test.found+" 2 "+column)
				}
				wantFound(t, file, want...)
				got := file.Assessments.Rows[0].Levels
				if column == "TEC_need" {
					got = file.Assessments.Rows[0].Needs
				}
				answer := no
				if got != nil {
					answer = got[4]
				}
				if answer != test.want || column == "TEC_need" && (got == nil) != (test.want == no) {
					t.Errorf("got %v, want %d", got, test.want)
				}
			})
		}
	}
}

func TestAssessmentColumns(t *testing.T) {
	file := parseText(t, domain.UploadAssessments,
		"Employee ID,Date of assessment,Assessor,Technical Proficiency,ccp_NEED,CCP,Staff group,Job Role,Band,Team name,Teaching learning & self-development (score)",
		"7,31/10/2026,Line Manager,3,2,1,08,Analyst,8A,Ward 5,4",
		"8,31/10/2026,,,,,,,,,")
	wantFound(t, file)
	want := domain.AssessmentRow{
		Row: 2, FileRows: 1, EmployeeNumber: "7", AssessedOn: onDay(t, "2026-10-31"), AssessorKind: domain.AssessorManager,
		Levels: []domain.Level{1, 4, no, no, 3, no}, Needs: []domain.Level{2, no, no, no, no, no},
		StaffGroup: "08", JobRole: "08014", Band: "8a", Team: "Ward 5",
	}
	if got := file.Assessments.Rows[0]; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if second := file.Assessments.Rows[1]; second.AssessorKind != domain.AssessorSelf || second.StaffGroup != "-" || second.JobRole != "-" || second.Band != "-" {
		t.Errorf("got %+v", second)
	}
	var fields []string
	for _, column := range file.Mapping {
		fields = append(fields, column.Field)
	}
	if want := "employee_number assessed_on assessor_kind TEC CCP_need CCP staff_group job_role_code band team TLS"; strings.Join(fields, " ") != want {
		t.Errorf("got mapping %v", fields)
	}
	got := file.Assessments
	if got.Framework.Framework != "hdc" || got.Framework.Version != "2018" || got.Sheet != "" || got.EmployeeNumberColumn != "Employee ID" {
		t.Errorf("got %+v", got)
	}
}

func TestAssessmentsWithoutNeedColumnsHaveNone(t *testing.T) {
	file := parseText(t, domain.UploadAssessments, "employee_number,assessed_on,CCP,action", "E1,2026-10-31,1,", "E2,2026-10-31,1,remove")
	wantFound(t, file)
	if rows := file.Assessments.Rows; rows[0].Needs != nil || rows[1].Levels != nil || rows[1].Action != domain.ActionRemove {
		t.Errorf("got %+v", rows)
	}
}

func TestAssessmentCells(t *testing.T) {
	tests := []struct{ column, value, found string }{
		{"assessed_on", today, ""},
		{"assessed_on", "2026-11-16", "date_future"},
		{"assessed_on", "2017-12-31", "date_before_framework"},
		{"assessed_on", "2018-01-01", ""},
		{"assessed_on", "", "value_missing"},
		{"assessed_on", "31.10.26", "date_two_digit_year"},
		{"assessor_kind", "Self-assessment", ""},
		{"assessor_kind", "Assessor", ""},
		{"assessor_kind", "my friend", "assessor_kind_unknown"},
		{"employee_number", "", "value_missing"},
		{"staff_group", "12", "staff_group_unknown"},
		{"job_role_code", "Analyst", "job_role_ambiguous"},
		{"job_role_code", "Staff Nurse", ""},
		{"job_role_code", "Apprentice", "job_role_ambiguous"},
		{"job_role_code", "Senior House Officer", "job_role_retired"},
		{"band", "13", "band_unknown"},
		{"team", strings.Repeat("x", 101), "value_too_long"},
		{"action", "withdraw", "action_unknown"},
	}
	for _, test := range tests {
		t.Run(test.column+" "+test.value, func(t *testing.T) {
			cells := map[string]string{"employee_number": "E1", "assessed_on": "2026-10-31", "CCP": "1"}
			cells[test.column] = test.value
			var header, values []string
			for column, value := range cells {
				header, values = append(header, column), append(values, value)
			}
			file := parseText(t, domain.UploadAssessments, strings.Join(header, ","), strings.Join(values, ","))
			var want []string
			if test.found != "" {
				want = append(want, test.found+" 2 "+test.column)
			}
			wantFound(t, file, want...)
		})
	}
}

func TestFrameworks(t *testing.T) {
	tests := map[string]struct {
		options [2]string
		lines   []string
		want    string // framework and version, levels of the first row
		found   []string
	}{
		"default":            {[2]string{}, []string{"CCP", "1"}, "hdc 2018 [1 -2 -2 -2 -2 -2]", nil},
		"option":             {[2]string{"eds-work", "2019"}, []string{"SAF,COM,FND", "20,1 task,8"}, "eds-work 2019 [8 1 -2 -2 -2 20]", nil},
		"scale of each":      {[2]string{"eds-work", "2019"}, []string{"FND,COM", "9,9 tasks"}, "eds-work 2019 [-2 9 -2 -2 -2 -2]", []string{"level_out_of_range 2 FND"}},
		"columns":            {[2]string{}, []string{"framework,framework_version,1.1,5.4", "digcomp,3,1,8"}, "digcomp 3.0", nil},
		"after a blank row":  {[2]string{}, []string{"framework,1.1", "", "DigComp,1", ",2"}, "digcomp 3.0", nil},
		"name with version":  {[2]string{}, []string{"framework,1.1", "DigComp 3.0,1"}, "digcomp 3.0", nil},
		"of the option":      {[2]string{}, []string{"framework,CCP", "HDC,1"}, "hdc 2018 [1 -2 -2 -2 -2 -2]", nil},
		"version alone":      {[2]string{}, []string{"framework_version,CCP", "2018,1"}, "hdc 2018 [1 -2 -2 -2 -2 -2]", nil},
		"unknown":            {[2]string{}, []string{"framework,framework_version,1.1", "digcomp,2.2,1", "digcomp,2.2,1"}, "hdc 2018 [-2 -2 -2 -2 -2 -2]", []string{"framework_unknown 2 framework", "framework_unknown 3 framework", "column_unknown 0 1.1"}},
		"unknown version":    {[2]string{}, []string{"framework_version,CCP", "2017,1"}, "hdc 2018 [1 -2 -2 -2 -2 -2]", []string{"framework_unknown 2 framework_version"}},
		"unknown later":      {[2]string{}, []string{"framework,CCP", "hdc,1", "xyz,1"}, "hdc 2018 [1 -2 -2 -2 -2 -2]", []string{"framework_unknown 3 framework"}},
		"mixed":              {[2]string{}, []string{"framework,CCP", "hdc,1", "eds-work,1", "digcomp,1"}, "hdc 2018 [1 -2 -2 -2 -2 -2]", []string{"framework_mixed 3 framework", "framework_mixed 4 framework"}},
		"spreadsheet error":  {[2]string{}, []string{"framework,CCP", "hdc,1", "#N/A,1"}, "hdc 2018 [1 -2 -2 -2 -2 -2]", []string{"cell_error 3 framework"}},
		"no competence":      {[2]string{}, []string{"Shoe size", "44"}, "hdc 2018 [-2 -2 -2 -2 -2 -2]", []string{"column_unknown 0 Shoe size", "competence_columns_missing 0"}},
		"of another":         {[2]string{}, []string{"1.1", "1"}, "hdc 2018 [-2 -2 -2 -2 -2 -2]", []string{"column_unknown 0 1.1", "competence_columns_missing 0"}},
		"by name":            {[2]string{"digcomp", "3.0"}, []string{"Protecting devices,4.2 Protecting personal data and privacy,1.1 level", "1,2,3"}, "digcomp 3.0", nil},
		"twice":              {[2]string{}, []string{"CCP,TEC,Technical proficiency", "1,2,3"}, "hdc 2018 [1 -2 -2 -2 2 -2]", []string{"column_twice 0 Technical proficiency"}},
		"before it was made": {[2]string{"digcomp", "3.0"}, []string{"assessed_on,1.1", "2025-11-23,1"}, "digcomp 3.0", []string{"date_before_framework 2 assessed_on"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			lines := slices.Clone(test.lines)
			for i, line := range lines {
				switch before := "E" + fmt.Sprint(i); {
				case line == "":
				case i == 0 && strings.HasPrefix(line, "assessed_on"):
					lines[i] = "employee_number," + line
				case strings.HasPrefix(test.lines[0], "assessed_on"):
					lines[i] = before + "," + line
				case i == 0:
					lines[i] = "employee_number,assessed_on," + line
				default:
					lines[i] = before + ",2026-10-31," + line
				}
			}
			opts := options(t, domain.UploadAssessments)
			opts.Framework, opts.FrameworkVersion = test.options[0], test.options[1]
			file := parseBytes(t, []byte(strings.Join(lines, "\n")), opts)
			wantFound(t, file, test.found...)
			got := file.Assessments.Framework.Framework + " " + file.Assessments.Framework.Version
			if got != "digcomp 3.0" {
				got += fmt.Sprint(" ", levelNumbers(file.Assessments.Rows[0].Levels))
			}
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func levelNumbers(levels []domain.Level) []int {
	numbers := make([]int, len(levels))
	for i, level := range levels {
		numbers[i] = int(level)
	}
	return numbers
}

func TestColumnsOfAnotherFrameworkAreNamed(t *testing.T) {
	file := parseText(t, domain.UploadAssessments, "employee_number,assessed_on,1.1,1.2", "E1,2026-10-31,1,1")
	last := file.Faults.List()[2]
	if last.Code != domain.FindingCompetencesMissing || !strings.Contains(last.Message, "digcomp 3.0") {
		t.Errorf("got %+v", last)
	}
}

func TestCompetenceCodesOfWorkbooksAreReadAsShown(t *testing.T) {
	opts := options(t, domain.UploadAssessments)
	opts.Framework, opts.FrameworkVersion = "digcomp", "3.0"
	file := parseBytes(t, workbook(t, "Data",
		[]any{"employee_number", "assessed_on", 1.1000000000000001, 2.3, "5.4_need"},
		[]any{"E1", onDay(t, "2026-10-31").Time(), 8, "n/a", 3.0}), opts)
	wantFound(t, file)
	row := file.Assessments.Rows[0]
	if row.Levels[0] != 8 || row.Levels[5] != na || row.Needs[20] != 3 || row.Levels[20] != no {
		t.Errorf("got %+v", row)
	}
	if file.Assessments.Sheet != "Data" {
		t.Errorf("got sheet %q", file.Assessments.Sheet)
	}
}

func TestRowsDoNotShareLevels(t *testing.T) {
	lines := []string{"employee_number,assessed_on,CCP,CCP_need"}
	for i := range 2000 {
		lines = append(lines, fmt.Sprintf("E%d,2026-10-31,%d,%d", i, i%5, (i+1)%5))
	}
	file := parseText(t, domain.UploadAssessments, lines...)
	wantFound(t, file)
	for i, row := range file.Assessments.Rows {
		if row.Levels[0] != domain.Level(i%5) || row.Needs[0] != domain.Level((i+1)%5) || row.Levels[5] != no || cap(row.Levels) != 6 {
			t.Fatalf("row %d has %v and %v", i, row.Levels, row.Needs)
		}
	}
}
