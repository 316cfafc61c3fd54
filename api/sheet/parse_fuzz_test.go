package sheet_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// FuzzParse holds the parser to what it promises of every file.
func FuzzParse(f *testing.F) {
	addSeeds(f, "*.csv")
	addSeeds(f, "*.xlsx")
	names, err := filepath.Glob(filepath.Join("testdata", "files", "staff-*"))
	if err != nil || len(names) == 0 {
		f.Fatalf("no seed: %v", err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, text := range []string{
		"employee_number,assessed_on,assessor_kind,CCP,TEC,TEC_need\nE1,31/10/2026,self,1,N/A,Level 2\nE2,2026-10-31,,9,x,\n",
		"employee_number,assessed_on,framework,framework_version,1.1,5.4\nE1,2026-10-31,digcomp,3,1,8\n",
		"Month,Staff group,Band,Establishment,Vacancies\nOct 2026,08,8A,None,Don't know\n2026-10-31,03,,1.5,\n",
		`{"rows":[{"employee_number":"E1","staff_group":"08","fte":0.8},{"employee_number":2,"staff_group":"X","fte":"a","as_at":"31/10/2026"}]}`,
		`{"rows":[{"employee_number":"E1","assessed_on":"2026-10-31","competence_code":"CCP","level":1},{"CCP":2}]}`,
		"Vacancy ref,Staff group,Band,Posts,WTE,Opened,Closed,Status\n004711,08,8A,,1.6,05/08/2026,20/10/2026,Filled\n4711,03,,2,0,2027-01-01,,09\n",
		"framework,framework_version,competence_code,domain_code,level,job_role_code,staff_group,band,valid_from,action\n" +
			"hdc,2018,TEC,,3,,08,8a,2026-04-01,\ndigcomp,3,,2,9,Analyst,,,2030-04-01,remove\n",
		`{"rows":[{"vacancy_reference":4711,"staff_group":"08","fte":0.8,"opened_on":"2026-08-05","status":"1"}]}`,
		"employee_number,DOB\nE1,x\n",
		"employee_number,staff_group,fte,Remarks\nE1,08,1," + syntheticNI + "\n",
	} {
		f.Add([]byte(text))
	}
	lists := realLists(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, kind := range allKinds() {
			opts := options(t, kind)
			opts.Limits = fuzzLimits()
			file, err := sheet.Parse(t.Context(), source(data), opts, lists)
			if err != nil {
				if ours, ok := errors.AsType[*domain.Error](err); !ok || ours.Kind == domain.KindInternal {
					t.Fatalf("got %v", err)
				}
				continue
			}
			checkParsed(t, file, lists)
		}
	})
}

func checkParsed(t *testing.T, file domain.UploadFile, lists domain.Lists) {
	t.Helper()
	rows := parsedRows(file)
	switch {
	case file.Refused && (len(rows) > 0 || file.Mapping != nil || file.Faults.Errors() == 0):
		t.Fatalf("a refused file is answered with %+v", file)
	case len(rows) > 0 && !addsUp(file, len(rows)):
		t.Fatalf("%d rows of %d read and %d blank", len(rows), file.Counts.RowsRead, file.Blank)
	case len(rows) == 0 && file.Faults.Errors() == 0:
		t.Fatalf("a file without rows has no error: %+v", file)
	}
	last := 0
	for _, row := range rows {
		if row <= last {
			t.Fatalf("row %d after row %d", row, last)
		}
		last = row
	}
	for _, row := range file.Staff {
		stores := file.Faults.Errors() == 0 && row.Action == domain.ActionStore
		if stores && (row.EmployeeNumber == "" || row.StaffGroup == "") || row.FTE < 0 || strings.Contains(row.Team, syntheticEmail) {
			t.Fatalf("a row without a fault is %+v", row)
		}
	}
	for _, row := range file.Assessments.Rows {
		for i, level := range row.Levels {
			if level < domain.NotAssessed || level > file.Assessments.Framework.Competences[i].MaxLevel {
				t.Fatalf("a level is off its scale: %+v", row)
			}
		}
	}
	for i := range file.Positions {
		if file.Faults.Errors() == 0 {
			checkPosition(t, &file.Positions[i], onDay(t, today))
		}
	}
	for i := range file.Targets {
		if file.Faults.Errors() == 0 {
			checkTarget(t, &file.Targets[i], lists)
		}
	}
	for _, f := range file.Faults.List() {
		if f.Message == "" || f.Mend == "" || f.Row < 0 || len(f.Column) > 500 {
			t.Fatalf("got finding %+v", f)
		}
	}
}

// addsUp compares the rows with those of the file. In long form a record is made
// from several, and one with an error is left out, its rows being named.
func addsUp(file domain.UploadFile, rows int) bool {
	if file.Kind == domain.UploadAssessments {
		rows = file.Assessments.Duplicates
		for _, row := range file.Assessments.Rows {
			rows += row.FileRows
		}
		for _, record := range file.Assessments.Spoilt {
			rows += len(record.Rows)
		}
	}
	return file.Counts.RowsRead-file.Blank == rows
}

// parsedRows are the row numbers of the rows, whatever their kind.
func parsedRows(file domain.UploadFile) []int {
	var rows []int
	for _, row := range file.Staff {
		rows = append(rows, row.Row)
	}
	for _, row := range file.Assessments.Rows {
		rows = append(rows, row.Row)
	}
	for _, row := range file.Vacancies {
		rows = append(rows, row.Row)
	}
	for _, row := range file.Positions {
		rows = append(rows, row.Row)
	}
	for _, row := range file.Targets {
		rows = append(rows, row.Row)
	}
	return rows
}

// checkPosition holds a vacancy without a fault to what the register takes.
func checkPosition(t *testing.T, row *domain.PositionRow, now domain.Date) {
	t.Helper()
	ended := strings.Contains(" 08 09 10 ", " "+row.Status+" ")
	mayEnd := ended || strings.Contains(" 05 06 - ", " "+row.Status+" ")
	switch {
	case row.Reference == "" || len([]rune(row.Reference)) > 50:
		t.Fatalf("a vacancy without a reference: %+v", row)
	case row.Action == domain.ActionRemove:
	case row.StaffGroup == "" || row.JobRole == "" || row.Band == "" || row.AreaOfWork == "" || row.Status == "":
		t.Fatalf("a code is empty: %+v", row)
	case row.Posts < 1 || row.Posts > 999 || row.FTE <= 0 || row.OpenedOn > now:
		t.Fatalf("a vacancy out of its bounds: %+v", row)
	case row.ClosedOn == nil && ended, row.ClosedOn != nil && (!mayEnd || *row.ClosedOn < row.OpenedOn || *row.ClosedOn > now):
		t.Fatalf("the status and the days contradict each other: %+v", row)
	}
}

// checkTarget does so for a target.
func checkTarget(t *testing.T, row *domain.TargetRow, lists domain.Lists) {
	t.Helper()
	framework, known := lists.Framework(row.Key.Framework, row.Key.Version)
	k := &row.Key
	switch {
	case !known || framework.ID != row.FrameworkID:
		t.Fatalf("a target of no framework version: %+v", row)
	case k.Competence == "" || k.Domain == "" || (k.Competence == domain.NotGiven) == (k.Domain == domain.NotGiven):
		t.Fatalf("a target of not one thing: %+v", row)
	case k.JobRole == "" || k.StaffGroup == "" || k.Band == "" || k.JobRole != domain.NotGiven && k.StaffGroup != domain.NotGiven:
		t.Fatalf("a target for nobody: %+v", row)
	}
	for _, c := range framework.Competences {
		if row.Level != nil && (c.Code == k.Competence || c.Domain == k.Domain) && (*row.Level < 0 || *row.Level > c.MaxLevel) {
			t.Fatalf("a target off the scale of %s: %+v", c.Code, row)
		}
	}
}
