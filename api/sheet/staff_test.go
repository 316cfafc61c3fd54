package sheet_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"skillstracker/domain"
)

// staffCell is one cell of a staff row that is otherwise right.
type staffCell struct {
	column, value string
	want          string // finding code, empty for none
	check         func(domain.StaffRow) string
	is            string // what check must return
}

func group(r domain.StaffRow) string    { return r.StaffGroup }
func role(r domain.StaffRow) string     { return r.JobRole }
func band(r domain.StaffRow) string     { return r.Band }
func area(r domain.StaffRow) string     { return r.AreaOfWork }
func team(r domain.StaffRow) string     { return r.Team }
func contract(r domain.StaffRow) string { return r.ContractType }
func fte(r domain.StaffRow) string      { return r.FTE.String() }
func employee(r domain.StaffRow) string { return r.EmployeeNumber }
func started(r domain.StaffRow) string  { return dayText(r.StartedOn) }
func left(r domain.StaffRow) string     { return dayText(r.LeftOn) }

func dayText(d *domain.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}

func TestStaffCells(t *testing.T) {
	tests := []staffCell{
		{"employee_number", "00123", "", employee, "00123"},
		{"employee_number", "\u00A0 a-1/b \u200B", "", employee, "a-1/b"},
		{"employee_number", "", "value_missing", employee, ""},
		{"employee_number", strings.Repeat("é", 32), "", employee, strings.Repeat("é", 32)},
		{"employee_number", strings.Repeat("1", 33), "employee_number_too_long", employee, ""},
		{"employee_number", "1.23457E+11", "employee_number_scientific", employee, ""},
		{"employee_number", "5E+01", "employee_number_scientific", employee, ""},
		{"employee_number", "1.2e-05", "employee_number_scientific", employee, ""},
		{"employee_number", "5E1", "", employee, "5E1"},
		{"employee_number", "1E-12", "", employee, "1E-12"},
		{"employee_number", "8-1", "", employee, "8-1"},
		{"employee_number", "MAY-12", "", employee, "MAY-12"},
		{"employee_number", "12-May", "code_as_date", employee, ""},
		{"employee_number", "May-12", "code_as_date", employee, ""},
		{"employee_number", "12/05/2026", "code_as_date", employee, ""},
		{"employee_number", "Ann Other", "employee_number_words", employee, ""},
		{"employee_number", "ABC", "", employee, "ABC"},
		{"employee_number", "E\u200B1", "employee_number_invalid", employee, ""},
		{"employee_number", "#N/A", "cell_error", employee, ""},

		{"staff_group", "03", "", group, "03"},
		{"staff_group", "3", "", group, "03"},
		{"staff_group", "10", "", group, "10"},
		{"staff_group", "nursing & midwifery registered", "", group, "03"},
		{"staff_group", "Add Prof Scientific and Technic", "", group, "05"},
		{"staff_group", "03 - Nursing and Midwifery Registered", "", group, "03"},
		{"staff_group", "", "value_missing", group, ""},
		{"staff_group", "11", "staff_group_unknown", group, ""},
		{"staff_group", "0", "staff_group_unknown", group, ""},
		{"staff_group", "-", "staff_group_unknown", group, ""},

		{"job_role_code", "08014", "", role, "08014"},
		{"job_role_code", "Analyst", "", role, "08014"},
		{"job_role_code", "NON–EXECUTIVE DIRECTOR", "", role, "08026"},
		{"job_role_code", "asc36", "", role, "ASC36"},
		{"job_role_code", "it manager", "", role, "ASC36"},
		{"job_role_code", "", "", role, "-"},
		{"job_role_code", "–", "", role, "-"},
		{"job_role_code", "8014", "code_zeros_lost", role, ""},
		{"job_role_code", "8.01E+03", "code_scientific", role, ""},
		{"job_role_code", "08-Jan", "code_as_date", role, ""},
		{"job_role_code", "Head of Everything", "job_role_unknown", role, ""},
		{"job_role_code", "03007", "job_role_not_of_group", role, ""},
		{"job_role_code", "Staff Nurse", "job_role_not_of_group", role, ""},
		{"job_role_code", "08028", "job_role_retired", role, "08028"},
		{"job_role_code", "Apprentice", "job_role_retired", role, "08028"},

		{"band", "8a", "", band, "8a"},
		{"band", "8A", "", band, "8a"},
		{"band", "Band 8a", "", band, "8a"},
		{"band", "AfC band 8A", "", band, "8a"},
		{"band", "AfC 5", "", band, "5"},
		{"band", "05", "", band, "5"},
		{"band", "very senior manager", "", band, "VSM"},
		{"band", "M&D", "", band, "MD"},
		{"band", "Medical and Dental", "", band, "MD"},
		{"band", "other", "", band, "OTHER"},
		{"band", "", "", band, "-"},
		{"band", "8", "band_ambiguous", band, ""},
		{"band", "Band 8", "band_ambiguous", band, ""},
		{"band", "AfC Band 8 - Range A", "", band, "8a"},
		{"band", "Band 8 - Range D", "", band, "8d"},
		{"band", "Review Body Band 5", "", band, "5"},
		{"band", "B6", "", band, "6"},
		{"band", "VSM", "", band, "VSM"},
		{"band", "Ad hoc", "", band, "OTHER"},
		{"band", "Ad-Hoc", "", band, "OTHER"},
		{"band", "Local", "", band, "OTHER"},
		{"band", "Consultant", "", band, "MD"},
		{"band", "8-Jan", "code_as_date", band, ""},
		{"band", "5.0", "band_unknown", band, ""},
		{"band", "12", "band_unknown", band, ""},

		{"area_of_work", "A326", "", area, "A326"},
		{"area_of_work", "Corporate > Informatics > Coding", "", area, "A320"},
		{"area_of_work", "corporate|informatics|coding", "", area, "A320"},
		{"area_of_work", "Dental/Oral / Dental/Oral / Dental/Oral", "", area, "A112"},
		{"area_of_work", "Information Management", "", area, "A323"},
		{"area_of_work", "Informatics", "", area, "A326"},
		{"area_of_work", "Corporate > Informatics", "", area, "A326"},
		{"area_of_work", "Imaging >  > MRI", "", area, "A106"},
		{"area_of_work", "Oral Medicine", "", area, "A132"},
		{"area_of_work", "Substance Abuse", "area_of_work_retired", area, "A209"},
		{"area_of_work", "", "", area, "-"},
		{"area_of_work", "Coding", "area_of_work_ambiguous", area, ""},
		{"area_of_work", "Intensive Care", "area_of_work_ambiguous", area, ""},
		{"area_of_work", "Space", "area_of_work_unknown", area, ""},

		{"team", "  Ward\n 5 ", "", team, "Ward 5"},
		{"team", strings.Repeat("é", 100), "", team, strings.Repeat("é", 100)},
		{"team", strings.Repeat("x", 101), "value_too_long", team, ""},
		{"team", "#REF!", "cell_error", team, ""},

		{"fte", "0.6", "", fte, "0.6"},
		{"fte", " 1 ", "", fte, "1"},
		{"fte", "0.533333333", "numbers_rounded", fte, "0.53333"},
		{"fte", "0", "fte_zero", fte, "0"},
		{"fte", "1.50001", "fte_high", fte, "1.50001"},
		{"fte", "1.5", "", fte, "1.5"},
		{"fte", "", "value_missing", fte, "0"},
		{"fte", "0,6", "number_invalid", fte, "0"},
		{"fte", "60%", "number_invalid", fte, "0"},
		{"fte", "full", "number_invalid", fte, "0"},
		{"fte", "-0.6", "number_negative", fte, "0"},
		{"fte", "01-Feb", "number_as_date", fte, "0"},
		{"fte", "123456789", "number_too_large", fte, "0"},

		{"contract_type", "05", "", contract, "05"},
		{"contract_type", "5", "", contract, "05"},
		{"contract_type", "Fixed Term Temp", "", contract, "02"},
		{"contract_type", "bank", "", contract, "01"},
		{"contract_type", "", "", contract, "-"},
		{"contract_type", "zero hours", "contract_type_unknown", contract, ""},

		{"started_on", "2020-02-29", "", started, "2020-02-29"},
		{"started_on", "1/2/2020", "", started, "2020-02-01"},
		{"started_on", "31-OCT-2020", "", started, "2020-10-31"},
		{"started_on", "1 September 2020", "", started, "2020-09-01"},
		{"started_on", "2020-02-29 08:30", "", started, "2020-02-29"},
		{"started_on", "43831", "", started, "2020-01-01"},
		{"started_on", "31/02/2020", "date_no_such_day", started, ""},
		{"started_on", "31 Feb 2020", "date_no_such_day", started, ""},
		{"started_on", "soon", "date_invalid", started, ""},
		{"started_on", "01/01/1850", "date_year_out_of_range", started, ""},
		{"started_on", "1966-11-15", "", started, "1966-11-15"},
		{"started_on", "1966-11-14", "started_long_ago", started, "1966-11-14"},
		{"started_on", "31/10/20", "date_two_digit_year", started, ""},
		{"started_on", "31-OCT-20", "date_two_digit_year", started, ""},
		{"left_on", "2027-03-31", "", left, "2027-03-31"},
		{"left_on", "2031-11-15", "", left, "2031-11-15"},
		{"left_on", "2031-11-16", "left_far_ahead", left, "2031-11-16"},
		{"left_on", "2017-03-31", "date_order", left, "2017-03-31"},

		{"action", "Remove", "", employee, "E1"},
		{"action", "delete", "", employee, "E1"},
		{"action", "update", "action_unknown", employee, "E1"},
	}
	for _, test := range tests {
		t.Run(test.column+" "+test.value, func(t *testing.T) {
			cells := map[string]string{"employee_number": "E1", "staff_group": "08", "fte": "1", "started_on": "2019-04-01"}
			cells[test.column] = test.value
			var header, values []string
			for column, value := range cells {
				header, values = append(header, column), append(values, `"`+value+`"`)
			}
			file := parseText(t, domain.UploadStaff, strings.Join(header, ","), strings.Join(values, ","))
			var want []string
			switch test.want {
			case "":
			case "numbers_rounded":
				want = []string{"numbers_rounded 0 fte"}
			default:
				want = []string{test.want + " 2 " + test.column}
			}
			wantFound(t, file, want...)
			if got := test.check(file.Staff[0]); got != test.is {
				t.Errorf("got %q, want %q", got, test.is)
			}
		})
	}
}

func TestStaffJobRolesByGroup(t *testing.T) {
	file := parseText(t, domain.UploadStaff, "employee_number,staff_group,fte,job role",
		"E1,05,1,Manager", "E2,06,1,manager", "E3,08,1,MANAGER", "E4,05,1,Applied psychologist - counselling",
		"E5,05,1,Technician", "E6,06,1,Technician", "E7,99,1,Manager", "E8,01,1,Manager", "E9,09,1,Software developer")
	wantFound(t, file, "job_role_retired 7 job role", "staff_group_unknown 8 staff_group", "job_role_not_of_group 9 job role")
	var got []string
	for _, row := range file.Staff {
		got = append(got, row.JobRole)
	}
	if want := []string{"05021", "06006", "08007", "05027", "05012", "06004", "", "", "ASC38"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestEveryFaultOfARowIsFound(t *testing.T) {
	file := parseText(t, domain.UploadStaff, "Employee No,Group,Staff Group,Role code,Grade,WTE,Start date",
		`,x,Gardeners,9,11,lots,"soon"`)
	wantFound(t, file, "column_unknown 0 Group", "value_missing 2 Employee No", "staff_group_unknown 2 Staff Group", "job_role_unknown 2 Role code",
		"band_unknown 2 Grade", "number_invalid 2 WTE", "date_invalid 2 Start date")
	if file.Faults.BadRows() != 1 || len(file.Staff) != 1 {
		t.Errorf("got %d bad rows and %d rows", file.Faults.BadRows(), len(file.Staff))
	}
}

func TestStaffRowsThatRemoveNeedOnlyTheKey(t *testing.T) {
	file := parseText(t, domain.UploadStaff, "employee_number,staff_group,fte,job_role_code,action",
		"E1,nonsense,nonsense,nonsense,remove", ",,,,remove")
	wantFound(t, file, "value_missing 3 employee_number")
	want := domain.StaffRow{
		Row: 2, EmployeeNumber: "E1", JobRole: "-", Band: "-", AreaOfWork: "-", ContractType: "-",
		AsAt: onDay(t, today), Action: domain.ActionRemove,
	}
	if file.Staff[0] != want {
		t.Errorf("got %+v, want %+v", file.Staff[0], want)
	}
}

func TestAsAt(t *testing.T) {
	option := onDay(t, "2026-09-30")
	tests := map[string]struct {
		option *domain.Date
		values []string
		want   string
		rows   []string
		found  []string
	}{
		"today":         {nil, []string{"", ""}, today, []string{today, today}, nil},
		"option":        {&option, []string{"", ""}, "2026-09-30", []string{"2026-09-30", "2026-09-30"}, nil},
		"column":        {nil, []string{"", "31/10/2026"}, "2026-10-31", []string{"2026-10-31", "2026-10-31"}, nil},
		"column wins":   {&option, []string{"2026-10-31", "2026-10-31"}, "2026-10-31", []string{"2026-10-31", "2026-10-31"}, []string{"as_at_option_ignored 0 as_at"}},
		"same":          {&option, []string{"2026-09-30", ""}, "2026-09-30", []string{"2026-09-30", "2026-09-30"}, nil},
		"mixed":         {nil, []string{"2026-09-30", "2026-10-31", "2026-10-31"}, "2026-09-30", []string{"2026-09-30", "2026-10-31", "2026-10-31"}, []string{"as_at_mixed 3 as_at", "as_at_mixed 4 as_at"}},
		"future":        {nil, []string{"2026-11-30", "2026-11-30"}, "2026-11-30", []string{"2026-11-30", "2026-11-30"}, []string{"date_future 0 as_at"}},
		"no such":       {nil, []string{"x", "2026-10-31"}, "2026-10-31", []string{"2026-10-31", "2026-10-31"}, []string{"date_invalid 2 as_at"}},
		"a later error": {nil, []string{"2026-10-31", "#N/A"}, "2026-10-31", []string{"2026-10-31", "2026-10-31"}, []string{"cell_error 3 as_at"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text := "employee_number,staff_group,fte,as_at\n"
			for i, value := range test.values {
				text += "E" + string(rune('1'+i)) + ",08,1," + value + "\n"
			}
			opts := options(t, domain.UploadStaff)
			opts.AsAt = test.option
			file := parseBytes(t, []byte(text), opts)
			wantFound(t, file, test.found...)
			var rows []string
			for _, row := range file.Staff {
				rows = append(rows, row.AsAt.String())
			}
			if dayText(file.AsAt) != test.want || !slices.Equal(rows, test.rows) {
				t.Errorf("got %s with rows %v", dayText(file.AsAt), rows)
			}
		})
	}
}

func TestMonthFirstDatesRefuseTheColumn(t *testing.T) {
	file := parseText(t, domain.UploadStaff, "employee_number,staff_group,fte,started_on,left_on",
		"E1,08,1,03/04/2020,2026-12-31", "E2,08,1,03/25/2020,2026-12-31", "E3,08,1,12/31/2020,31/12/2026", "E4,08,1,x,")
	wantFound(t, file, "date_month_first 0 started_on", "date_invalid 5 started_on")
	if message := file.Faults.List()[0].Message; !strings.Contains(message, "Row 3") {
		t.Errorf("the finding does not say where: %s", message)
	}
}

func TestStaffCellsOfWorkbooks(t *testing.T) {
	data := workbook(t, "Data",
		[]any{"employee_number", "staff_group", "job_role_code", "band", "area_of_work", "fte", "contract_type", "started_on", "team"},
		[]any{123, 3, "03007", 5, "A001", 0.1 + 0.7, 5, onDay(t, "2020-04-01").Time(), 7},
		[]any{"00123", "03", 3007, 8, 326, true, "5", "01/04/2020", true},
		[]any{1.5, 11, 10001, 9, "A001", time.Date(2020, 4, 1, 0, 0, 0, 0, time.UTC), 10, 20200401, "x"},
		[]any{1e15, 10, true, "8a", false, 5e-17, false, true, "x"},
		[]any{onDay(t, "2020-04-01").Time(), false, onDay(t, "2020-04-01").Time(), onDay(t, "2020-04-01").Time(), "A001", 1, "05", 43831, "x"})
	file := parseBytes(t, data, options(t, domain.UploadStaff))
	wantFound(t, file, "employee_number_numeric 0 employee_number",
		"code_numeric 3 job_role_code", "band_ambiguous 3 band", "code_numeric 3 area_of_work", "number_invalid 3 fte",
		"employee_number_invalid 4 employee_number", "staff_group_unknown 4 staff_group", "code_numeric 4 job_role_code", "number_as_date 4 fte",
		"contract_type_unknown 4 contract_type", "date_invalid 4 started_on",
		"employee_number_digits_lost 5 employee_number", "job_role_unknown 5 job_role_code", "area_of_work_unknown 5 area_of_work", "fte_zero 5 fte",
		"contract_type_unknown 5 contract_type", "date_invalid 5 started_on",
		"code_as_date 6 employee_number", "staff_group_unknown 6 staff_group", "code_as_date 6 job_role_code", "code_as_date 6 band")
	want := domain.StaffRow{
		Row: 2, EmployeeNumber: "123", StaffGroup: "03", JobRole: "03007", Band: "5", AreaOfWork: "A001", Team: "7", ContractType: "05",
		FTE: 80_000, AsAt: onDay(t, today), StartedOn: file.Staff[0].StartedOn,
	}
	if file.Staff[0] != want || dayText(want.StartedOn) != "2020-04-01" {
		t.Errorf("got %+v, want %+v", file.Staff[0], want)
	}
	if file.Faults.List()[1].Sheet != "Data" {
		t.Errorf("the finding names no sheet: %+v", file.Faults.List()[1])
	}
}

func TestNumberFormatsKeepTheZerosOfEmployeeNumbers(t *testing.T) {
	book := excelize.NewFile()
	fill(t, book, "Sheet1", [][]any{{"employee_number", "staff_group", "fte"}, {123, "08", 1}, {123, "08", 1}})
	for i, format := range []string{"00000000", "0.00"} {
		style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			t.Fatal(err)
		}
		cell := []string{"A2", "A3"}[i]
		if err := book.SetCellStyle("Sheet1", cell, cell, style); err != nil {
			t.Fatal(err)
		}
	}
	file := parseBytes(t, saved(t, book), options(t, domain.UploadStaff))
	wantFound(t, file, "employee_number_numeric 0 employee_number")
	if file.Staff[0].EmployeeNumber != "00000123" || file.Staff[1].EmployeeNumber != "123" {
		t.Errorf("got %q and %q", file.Staff[0].EmployeeNumber, file.Staff[1].EmployeeNumber)
	}
}
