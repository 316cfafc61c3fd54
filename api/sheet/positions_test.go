package sheet_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"skillstracker/domain"
)

// positionCell is one cell of a vacancy that is otherwise right.
type positionCell struct {
	column, value string
	want          string // finding code, empty for none
	check         func(domain.PositionRow) string
	is            string // what check must return
}

func reference(r domain.PositionRow) string { return r.Reference }
func posts(r domain.PositionRow) string     { return strconv.Itoa(r.Posts) }
func postsFTE(r domain.PositionRow) string  { return r.FTE.String() }
func opened(r domain.PositionRow) string    { return r.OpenedOn.String() }
func status(r domain.PositionRow) string    { return r.Status }
func postRole(r domain.PositionRow) string  { return r.JobRole }
func postArea(r domain.PositionRow) string  { return r.AreaOfWork }
func postTeam(r domain.PositionRow) string  { return r.Team }
func postBand(r domain.PositionRow) string  { return r.Band }

func TestPositionCells(t *testing.T) {
	tests := []positionCell{
		{"vacancy_reference", "004711", "", reference, "004711"},
		{"vacancy_reference", "\u00A0 201-DIG-0042 ", "", reference, "201-DIG-0042"},
		{"vacancy_reference", "TRAC/26/0042 re-advert", "", reference, "TRAC/26/0042 re-advert"},
		{"vacancy_reference", "5E1", "", reference, "5E1"},
		{"vacancy_reference", "DIGLEAD", "", reference, "DIGLEAD"},
		{"vacancy_reference", "", "value_missing", reference, ""},
		{"vacancy_reference", strings.Repeat("é", 49) + "1", "", reference, strings.Repeat("é", 49) + "1"},
		{"vacancy_reference", strings.Repeat("7", 51), "vacancy_reference_too_long", reference, ""},
		{"vacancy_reference", "Digital lead", "vacancy_reference_words", reference, ""},
		{"vacancy_reference", "2.01E+11", "vacancy_reference_scientific", reference, ""},
		{"vacancy_reference", "V\u200B1", "vacancy_reference_invalid", reference, ""},
		{"vacancy_reference", "12-May", "code_as_date", reference, ""},
		{"vacancy_reference", "#N/A", "cell_error", reference, ""},

		{"posts", "", "", posts, "1"},
		{"posts", "3", "", posts, "3"},
		{"posts", "3.0", "", posts, "3"},
		{"posts", "999", "", posts, "999"},
		{"posts", "0", "posts_out_of_range", posts, "0"},
		{"posts", "1000", "posts_out_of_range", posts, "0"},
		{"posts", "-1", "number_negative", posts, "0"},
		{"posts", "1.5", "number_not_whole", posts, "0"},
		{"posts", "9999999999", "number_too_large", posts, "0"},
		{"posts", "some", "number_invalid", posts, "0"},
		{"posts", "01-Feb", "number_as_date", posts, "0"},
		{"posts", "#REF!", "cell_error", posts, "0"},

		{"fte", "0.53333", "", postsFTE, "0.53333"},
		{"fte", "1.5", "", postsFTE, "1.5"},
		{"fte", "1.50001", "posts_fte_high", postsFTE, "1.50001"},
		{"fte", "0", "posts_fte_zero", postsFTE, "0"},
		{"fte", "", "value_missing", postsFTE, "0"},
		{"fte", "-0.5", "number_negative", postsFTE, "0"},
		{"fte", "full time", "number_invalid", postsFTE, "0"},
		{"fte", "10000000", "number_too_large", postsFTE, "0"},

		{"opened_on", "05/08/2026", "", opened, "2026-08-05"},
		{"opened_on", today, "", opened, today},
		{"opened_on", "2026-11-16", "date_future", opened, "1970-01-01"},
		{"opened_on", "", "value_missing", opened, "1970-01-01"},
		{"opened_on", "31/02/2026", "date_no_such_day", opened, "1970-01-01"},
		{"opened_on", "05/08/26", "date_two_digit_year", opened, "1970-01-01"},
		{"opened_on", "2024-11-15", "", opened, "2024-11-15"},
		{"opened_on", "2024-11-14", "vacancy_open_long", opened, "2024-11-14"},

		{"status", "", "", status, "-"},
		{"status", "-", "", status, "-"},
		{"status", "01", "", status, "01"},
		{"status", "1", "", status, "01"},
		{"status", "Open", "", status, "01"},
		{"status", "04 Pending", "", status, "04"},
		{"status", "on hold", "", status, "03"},
		{"status", "Rejected", "", status, "05"},
		{"status", "open following previous unsuccessful attempt", "", status, "11"},
		{"status", "0", "vacancy_status_unknown", status, ""},
		{"status", "13", "vacancy_status_unknown", status, ""},
		{"status", "shortlisting", "vacancy_status_unknown", status, ""},
		{"status", "01-Jan", "code_as_date", status, ""},

		{"job_role_code", "Analyst", "", postRole, "08014"},
		{"job_role_code", "03007", "job_role_not_of_group", postRole, ""},
		{"job_role_code", "8014", "code_zeros_lost", postRole, ""},
		{"area_of_work", "Coding", "area_of_work_ambiguous", postArea, ""},
		{"area_of_work", "Informatics", "", postArea, "A326"},
		{"area_of_work", "A325", "", postArea, "A325"},
		{"team", "Café", "", postTeam, "Café"},
		{"team", strings.Repeat("x", 101), "value_too_long", postTeam, ""},
		{"band", "Band 8A", "", postBand, "8a"},
		{"band", "8", "band_ambiguous", postBand, ""},
	}
	for _, test := range tests {
		t.Run(test.column+" "+test.value, func(t *testing.T) {
			names := []string{"vacancy_reference", "staff_group", "fte", "opened_on"}
			values := []string{"V1", "08", "1", "2026-08-05"}
			if at := slices.Index(names, test.column); at >= 0 {
				values[at] = test.value
			} else {
				names, values = append(names, test.column), append(values, test.value)
			}
			file := parseText(t, domain.UploadPositions, strings.Join(names, ","), `"`+strings.Join(values, `","`)+`"`)
			var want []string
			if test.want != "" {
				want = []string{test.want + " 2 " + test.column}
			}
			wantFound(t, file, want...)
			if got := test.check(file.Positions[0]); got != test.is {
				t.Errorf("got %q, want %q", got, test.is)
			}
		})
	}
}

// TestStatusAndClosingDay goes through every status with and without a closing day.
func TestStatusAndClosingDay(t *testing.T) {
	needs, refuses := []string{"08", "09", "10"}, []string{"01", "02", "03", "04", "07", "11", "12"}
	for _, code := range []string{"", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"} {
		for _, closed := range []string{"", "2026-10-20"} {
			file := parseText(t, domain.UploadPositions, "vacancy_reference,staff_group,fte,opened_on,closed_on,status", "V1,08,1,2026-08-05,"+closed+","+code)
			var want []string
			switch {
			case closed == "" && slices.Contains(needs, code):
				want = []string{"closed_on_missing 2 closed_on"}
			case closed != "" && slices.Contains(refuses, code):
				want = []string{"closed_on_of_open_vacancy 2 closed_on"}
			}
			wantFound(t, file, want...)
			if got := dayText(file.Positions[0].ClosedOn); got != closed {
				t.Errorf("status %q: closed on %q, want %q", code, got, closed)
			}
		}
	}
	// Without a column of closing days, the status is at fault.
	wantFound(t, parseText(t, domain.UploadPositions, "vacancy_reference,staff_group,fte,opened_on,status", "V1,08,1,2026-08-05,Filled"), "closed_on_missing 2 status")
}

func TestDaysOfPositions(t *testing.T) {
	tests := map[string]struct {
		opened, closed, status string
		want                   []string
	}{
		"on one day":                          {"2026-08-05", "2026-08-05", "09", nil},
		"closed before it opened":             {"2026-08-05", "2026-08-04", "09", []string{"closed_before_opened 2 Date filled"}},
		"closed tomorrow":                     {"2026-08-05", "2026-11-16", "09", []string{"date_future 2 Date filled"}},
		"a closing day that is none":          {"2026-08-05", "soon", "09", []string{"date_invalid 2 Date filled"}},
		"an error in place of the day":        {"2026-08-05", "#REF!", "09", []string{"cell_error 2 Date filled"}},
		"a faulty closing day of an open one": {"2026-08-05", "soon", "01", []string{"date_invalid 2 Date filled", "closed_on_of_open_vacancy 2 Date filled"}},
		"two years open until it closed":      {"2018-08-05", "2020-08-05", "10", nil},
		"longer":                              {"2018-08-04", "2020-08-05", "10", []string{"vacancy_open_long 2 Opened"}},
		"rejected long ago":                   {"2018-08-05", "", "05", nil},
		"opened long ago, without a status":   {"2018-08-05", "", "", []string{"vacancy_open_long 2 Opened"}},
		"opened in an unread day":             {"x", "2020-08-05", "10", []string{"date_invalid 2 Opened"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			file := parseText(t, domain.UploadPositions, "Vacancy ref,Staff group,WTE,Opened,Date filled,Vacancy status",
				strings.Join([]string{"V1", "08", "1", test.opened, test.closed, test.status}, ","))
			wantFound(t, file, test.want...)
		})
	}
}

// The FTE is that of all posts together.
func TestFTEOfSeveralPosts(t *testing.T) {
	header := "vacancy_reference,staff_group,opened_on,posts,fte"
	wantFound(t, parseText(t, domain.UploadPositions, header, "V1,08,2026-08-05,2,3", "V2,08,2026-08-05,999,1498.5"))
	wantFound(t, parseText(t, domain.UploadPositions, header, "V1,08,2026-08-05,2,3.00001", "V2,08,2026-08-05,0,37.5"),
		"posts_fte_high 2 fte", "posts_out_of_range 3 posts")
}

// A closing date of recruitment systems is the last day for applications.
func TestHeadingsThatAreNoColumnOfPositions(t *testing.T) {
	for _, heading := range []string{"Closing date", "Position number", "Vacancies", "Job title", "Applications"} {
		file := parseText(t, domain.UploadPositions, "vacancy_reference,staff_group,fte,opened_on,"+heading, "V1,08,1,2026-08-05,2026-09-01")
		wantFound(t, file, "column_unknown 0 "+heading)
	}
}

func TestPositionRows(t *testing.T) {
	file := parseText(t, domain.UploadPositions,
		"Job reference,ESR staff group,Job role,AfC band,Area of work,Team,Number of posts,Whole time equivalent,Recruitment start date,Offer accepted on,Status,Action",
		"201-DIG-0042,08,Analyst,7,Coding,Digital,2,1.6,05/08/2026,20/10/2026,Filled,",
		"201-DIG-0043,x,x,x,x,x,x,x,x,x,x,remove",
		"201-DIG-0044,03,,,,,,1,2026-08-05,,,")
	closed := onDay(t, "2026-10-20")
	const none = domain.NotGiven
	wantFound(t, file, "area_of_work_ambiguous 2 Area of work")
	want := []domain.PositionRow{
		{
			Row: 2, Reference: "201-DIG-0042", StaffGroup: "08", JobRole: "08014", Band: "7", Team: "Digital", Posts: 2, FTE: 160_000,
			OpenedOn: onDay(t, "2026-08-05"), ClosedOn: &closed, Status: "09",
		},
		{Row: 3, Reference: "201-DIG-0043", JobRole: none, Band: none, AreaOfWork: none, Status: none, Action: domain.ActionRemove},
		{
			Row: 4, Reference: "201-DIG-0044", StaffGroup: "03", JobRole: none, Band: none, AreaOfWork: none, Posts: 1, FTE: 100_000,
			OpenedOn: onDay(t, "2026-08-05"), Status: none,
		},
	}
	if diff := cmpDiff(want, file.Positions); diff != "" {
		t.Errorf("rows differ:\n%s", diff)
	}
	// Rows that only remove need no other column than the reference.
	removals := parseText(t, domain.UploadPositions, "vacancy_reference,action", "V1,remove", "V2,Delete")
	wantFound(t, removals)
	wantFound(t, parseText(t, domain.UploadPositions, "vacancy_reference,action", "V1,remove", "V2,"),
		"column_missing 0 staff_group", "column_missing 0 fte", "column_missing 0 opened_on")
}

// References, statuses and counts that were typed into a workbook as numbers.
func TestNumericCellsOfPositions(t *testing.T) {
	zeros := parseBytes(t, workbook(t, "Data",
		[]any{"vacancy_reference", "staff_group", "band", "fte", "opened_on", "closed_on", "status", "posts"},
		[]any{4711, 8, 5, 1, onDay(t, "2026-08-05").Time(), onDay(t, "2026-10-20").Time(), 9, 2},
		[]any{4712, "08", "5", 1, onDay(t, "2026-08-05").Time(), nil, 1, nil},
		[]any{4713.5, "08", "5", 1, onDay(t, "2026-08-05").Time(), nil, 2.5, nil},
		[]any{onDay(t, "2026-08-05").Time(), "08", "5", 1, onDay(t, "2026-08-05").Time(), nil, nil, nil}), options(t, domain.UploadPositions))
	wantFound(t, zeros, "vacancy_reference_numeric 0 vacancy_reference", "vacancy_reference_invalid 4 vacancy_reference",
		"vacancy_status_unknown 4 status", "code_as_date 5 vacancy_reference")
	if r := zeros.Positions[0]; r.Reference != "4711" || r.Status != "09" || r.StaffGroup != "08" || r.Posts != 2 {
		t.Errorf("got %+v", r)
	}
	fromJSON := parseBytes(t, []byte(`{"rows":[{"vacancy_reference":4711,"staff_group":8,"fte":0.8,"opened_on":"2026-08-05","job_role_code":8014}]}`), options(t, domain.UploadPositions))
	wantFound(t, fromJSON, "vacancy_reference_numeric 0 vacancy_reference", "code_numeric 1 job_role_code")
}
