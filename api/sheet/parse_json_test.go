package sheet_test

import (
	"strings"
	"testing"

	"skillstracker/domain"
)

func TestJSONFindingsNameTheMember(t *testing.T) {
	file := parseText(t, domain.UploadStaff, `{"rows": [
		{"employee_number": "E1", "staff_group": "08", "fte": 0.8, "shoe_size": 44},
		{},
		{"Employee No": "E2", "staff_group": "Gardeners", "fte": -1, "job_role_code": 8014},
		{"employee_number": 3, "staff_group": "08"}
	]}`)
	wantFound(t, file, "column_unknown 0 shoe_size", "column_twice 0 Employee No",
		"value_missing 3 employee_number", "staff_group_unknown 3 staff_group", "number_negative 3 fte", "code_numeric 3 job_role_code",
		"employee_number_numeric 0 employee_number", "value_missing 4 fte")
	for _, f := range file.Faults.List() {
		if f.Sheet != "" {
			t.Errorf("a finding names the sheet %q", f.Sheet)
		}
	}
	if file.Format != "json" || file.Counts.RowsRead != 4 || file.Blank != 1 || len(file.Staff) != 3 || file.Staff[0].Row != 1 {
		t.Errorf("got %+v with rows %+v", file.Counts, file.Staff)
	}
	if message := file.Faults.List()[0].Message + file.Faults.List()[1].Message; strings.Contains(message, "Column ") {
		t.Errorf("a finding speaks of columns with letters: %s", message)
	}
}

func TestJSONWithoutKnownMembers(t *testing.T) {
	file := parseText(t, domain.UploadStaff, `{"rows": [{"who": "Canarybird", "FTE": 1}]}`)
	wantFound(t, file, "column_unknown 0 who", "column_missing 0 employee_number", "column_missing 0 staff_group")
	wantFound(t, parseText(t, domain.UploadStaff, `{"rows": []}`), "file_empty 0")
	wantFound(t, parseText(t, domain.UploadStaff, `{"rows": [{"employee_number": null, "staff_group": "", "fte": null}]}`), "rows_missing 0")
	// A record that holds the names of columns is no header row.
	same := parseText(t, domain.UploadStaff, `{"rows": [{"employee_number": "Employee number", "staff_group": "Staff group", "fte": "FTE", "band": "Band"}]}`)
	wantFound(t, same, "employee_number_words 1 employee_number", "staff_group_unknown 1 staff_group", "number_invalid 1 fte", "band_unknown 1 band")
}

func TestJSONMembersThatAreNoHeadings(t *testing.T) {
	file := parseText(t, domain.UploadStaff, `{"rows": [{"employee_number": "E1", "staff_group": "08", "fte": 1, "case 1234567": 1}]}`)
	wantFound(t, file, "column_unknown 0 Member 4")
	for _, test := range []struct{ text, want string }{
		{`{"rows": [{"employee_number": "E1", "staff_group": "08", "fte": 1, "surname": "x"}]}`, "personal_data_column 0 Member 4"},
		{`{"rows": [{"employee_number": "E1", "staff_group": "08", "fte": 1, "` + syntheticNI + `": "x"}]}`, "personal_data_value 0 Member 4"},
		{`{"rows": [{"employee_number": "E1", "staff_group": "08", "fte": 1}, {"team": "ask ` + syntheticEmail + `"}]}`, "personal_data_value 2 Member 4"},
		{`{"rows": [{"employee_number": "E1", "remark": ` + syntheticNHS + `}]}`, "personal_data_value 1 Member 2"},
	} {
		refused := parseText(t, domain.UploadStaff, test.text)
		wantRefused(t, refused, test.want)
		if message := refused.Faults.List()[0].Message; strings.Contains(message, "olumn ") || strings.Contains(message, "Row 0") {
			t.Errorf("the finding speaks of columns: %s", message)
		}
	}
}

func TestJSONAssessmentsInLongForm(t *testing.T) {
	file := parseText(t, domain.UploadAssessments, `{"rows": [
		{"employee_number": "E1", "assessed_on": "2026-10-31", "competence_code": "CCP", "level": 1},
		{"employee_number": "E1", "assessed_on": "2026-10-31", "competence_code": "TEC", "level": "N/A", "need": 2}
	]}`)
	wantFound(t, file)
	if got := records(file); len(got) != 1 || got[0] != "E1@1 x2 [1 -2 -2 -2 -1 -2] need [-2 -2 -2 -2 2 -2]" {
		t.Errorf("got %v", got)
	}
}
