package sheet_test

import (
	"slices"
	"strings"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// codedColumns are the columns whose values are published.
func codedColumns() []string {
	return []string{"staff_group", "job_role_code", "band", "area_of_work", "contract_type", "status", "assessor_kind", "action"}
}

// TestEveryPublishedValueIsUnderstood sends each way of writing each value.
func TestEveryPublishedValueIsUnderstood(t *testing.T) {
	lists := realLists(t)
	for _, column := range codedColumns() {
		values := sheet.Values(column, lists)
		if len(values) == 0 {
			t.Fatalf("nothing is published for %s", column)
		}
		rows, want := []string{"employee_number,assessed_on,staff_group,fte,CCP," + column}, []string{}
		kind := domain.UploadStaff
		if column == "assessor_kind" {
			kind = domain.UploadAssessments
		}
		switch column {
		case "staff_group":
			rows[0] = "employee_number,fte,staff_group"
		case "status":
			kind, rows[0] = domain.UploadPositions, "vacancy_reference,opened_on,staff_group,fte,closed_on,status"
		}
		add := func(v sheet.Value, written string) {
			group := "08"
			if column == "job_role_code" && !strings.HasPrefix(v.Code, "ASC") {
				group = v.Code[:2]
			}
			row := `E1,2026-10-31,` + group + `,1,1,"` + written + `"`
			if column == "staff_group" {
				row = `E1,1,"` + written + `"`
			}
			if column == "status" {
				closed := ""
				if slices.Contains([]string{"08", "09", "10"}, v.Code) {
					closed = "2026-10-20"
				}
				row = `V1,2026-10-05,08,1,` + closed + `,"` + written + `"`
			}
			rows, want = append(rows, row), append(want, v.Code)
		}
		for _, v := range values {
			add(v, v.Code)
			add(v, strings.ToUpper(v.Code))
			if column != "job_role_code" && v.Code != "A046" { // current and retired values may share a name
				add(v, strings.ToUpper(v.Name))
			}
			for _, synonym := range v.Synonyms {
				add(v, synonym)
				add(v, strings.ToLower(strings.ReplaceAll(synonym, "&", " and ")))
			}
		}
		file := parseText(t, kind, rows...)
		for _, f := range file.Faults.List() {
			if f.Severity == domain.SeverityError {
				t.Fatalf("%s: %s in row %d: %s", column, f.Code, f.Row, rows[f.Row-1])
			}
		}
		for i := range want {
			if got := codeOf(file, column, i); got != want[i] {
				t.Errorf("%s: %s means %q, want %q", column, rows[i+1], got, want[i])
			}
		}
	}
}

// codeOf is the code that a row of a file has in a column.
func codeOf(file domain.UploadFile, column string, i int) string {
	switch column {
	case "assessor_kind":
		return string(file.Assessments.Rows[i].AssessorKind)
	case "status":
		return file.Positions[i].Status
	}
	row := file.Staff[i]
	if column == "action" && row.Action == domain.ActionRemove {
		return "remove"
	}
	return map[string]string{
		"staff_group": row.StaffGroup, "job_role_code": row.JobRole, "band": row.Band, "area_of_work": row.AreaOfWork, "contract_type": row.ContractType,
	}[column]
}

// TestNoWritingMeansTwoValues looks for a way of writing that two values share.
func TestNoWritingMeansTwoValues(t *testing.T) {
	lists := realLists(t)
	for _, column := range codedColumns() {
		meaning := make(map[string]string)
		for _, v := range sheet.Values(column, lists) {
			written := append([]string{v.Code}, v.Synonyms...)
			if column != "job_role_code" && v.Code != "A046" {
				written = append(written, v.Name)
			}
			for _, text := range written {
				if other, known := meaning[loose(text)]; known && other != v.Code {
					t.Errorf("%s: %q means %s and %s", column, text, other, v.Code)
				}
				meaning[loose(text)] = v.Code
			}
		}
	}
	if sheet.Values("team", lists) != nil {
		t.Error("teams have no list of values")
	}
}

func TestUsualAbbreviations(t *testing.T) {
	groups := map[string]string{
		"Med & Dent": "01", "N&M": "03", "N & M Registered": "03", "AHP": "04", "Add Prof Scientific and Technic": "05", "APST": "05",
		"Healthcare Scientists": "06", "HCS": "06", "Add Clin Services": "07", "A&C": "08", "Admin and Clerical": "08", "E&A": "09", "estates & ancillary": "09",
	}
	for written, want := range groups {
		file := parseText(t, domain.UploadStaff, "employee_number,staff_group,fte", "E1,"+written+",1")
		wantFound(t, file)
		if got := file.Staff[0].StaffGroup; got != want {
			t.Errorf("%q means %q, want %q", written, got, want)
		}
	}
	// HCHS groups of publications hold several of the ten groups.
	for _, written := range []string{"ST&T", "Scientific, therapeutic and technical staff", "HCHS doctors", "NHS infrastructure support"} {
		wantFound(t, parseText(t, domain.UploadStaff, "employee_number,staff_group,fte", `E1,"`+written+`",1`), "staff_group_unknown 2 staff_group")
	}
}

func TestCompetenceValues(t *testing.T) {
	framework := realLists(t).Frameworks[0]
	var codes []string
	for _, v := range sheet.CompetenceValues(framework) {
		codes = append(codes, v.Code)
		if v.Name == "" {
			t.Errorf("%s has no name", v.Code)
		}
	}
	if !slices.Equal(codes, []string{"CCP", "TLS", "IDM", "CIS", "TEC", "DIW"}) {
		t.Errorf("got %v", codes)
	}
}

// A value that is retired is warned of from its day on, where the list names one.
func TestRetiredValuesAreWarnedOfFromTheirDay(t *testing.T) {
	lists := domain.Lists{
		StaffGroups: []domain.StaffGroup{{Code: "08", Name: "Administrative and Clerical"}},
		JobRoles: []domain.JobRole{
			{Code: "08901", Name: "Synthetic scribe", StaffGroup: "08", Retired: "Closed (Retired 01 April 2010)"},
			{Code: "08902", Name: "Synthetic runner", StaffGroup: "08", Retired: "Closed to new entrants"},
		},
		AreasOfWork: []domain.AreaOfWork{
			{Code: "A901", Primary: "P", Secondary: "S", Tertiary: "Old", Retired: "Retired 01 January 2019"},
			{Code: "A902", Primary: "P", Secondary: "Old", Tertiary: "New"},
		},
	}
	tests := []struct{ column, value, asAt, found string }{
		{"job_role_code", "08901", "2010-03-31", ""},
		{"job_role_code", "08901", "2010-04-01", "job_role_retired 2 job_role_code"},
		{"job_role_code", "08902", "1990-01-01", "job_role_retired 2 job_role_code"},
		{"area_of_work", "A901", "2018-12-31", ""},
		{"area_of_work", "A901", "2019-01-01", "area_of_work_retired 2 area_of_work"},
		{"area_of_work", "P > S > Old", "2019-01-01", "area_of_work_retired 2 area_of_work"},
		// A current area of the name is meant before a retired one.
		{"area_of_work", "old", "2018-12-31", ""},
	}
	for _, test := range tests {
		t.Run(test.value+" "+test.asAt, func(t *testing.T) {
			text := "employee_number,staff_group,fte,as_at," + test.column + "\nE1,08,1," + test.asAt + "," + test.value + "\n"
			opts := options(t, domain.UploadStaff)
			opts.Today = onDay(t, "2019-06-30")
			file, err := sheet.Parse(t.Context(), source([]byte(text)), opts, lists)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			if test.found != "" {
				want = []string{test.found}
			}
			if onDay(t, test.asAt) < onDay(t, "2009-06-30") {
				want = append(want, "list_old 0 as_at")
			}
			wantFound(t, file, want...)
			if test.value == "old" && file.Staff[0].AreaOfWork != "A902" {
				t.Errorf("got area %s", file.Staff[0].AreaOfWork)
			}
		})
	}
}
