package sheet_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"skillstracker/domain"
)

// TestFindingsComeAgainUntilMended sends findings workbooks back as they are, and
// mended.
func TestFindingsComeAgainUntilMended(t *testing.T) {
	windows, err := charmap.Windows1252.NewEncoder().Bytes([]byte("Staff list of October;;;;\nemployee_number;staff_group;fte;team;band\n00123;88;1;Café;5\n00124;08;x;Ward;\n"))
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)
	cases := map[string]struct {
		kind  domain.UploadKind
		data  []byte
		mend  map[string]any
		shift int
	}{
		"CSV": {
			kind: domain.UploadStaff, data: []byte(faultyStaff),
			mend: map[string]any{"B3": "08", "C3": "5", "E3": "2020-02-29", "A5": "00125", "D5": 1},
		},
		"CSV of Windows-1252 with a title": {
			kind: domain.UploadStaff, data: windows, mend: map[string]any{"B3": "08", "C4": 0.5},
		},
		"CSV with a comma too many": {
			kind: domain.UploadStaff, data: []byte("employee_number,staff_group,fte\n1A,08,0,5\n2A,08,1\n"),
			mend: map[string]any{"C2": 0.5, "E2": nil},
		},
		"workbook with titles": {
			kind: domain.UploadStaff,
			data: workbook(
				t, "October", []any{"Staff list"}, nil, []any{"Employee No", "Staff Group", "WTE", "Pay band", "Start date", nil, "As at"},
				[]any{"00123", "08", 0.8, 5, day, "note", day}, nil, []any{77, 8, "x", "=1+1", "31/02/2020", nil, day},
			),
			mend: map[string]any{"C6": 1, "D6": "5", "E6": day},
		},
		"JSON": {
			kind: domain.UploadStaff, shift: 1,
			data: []byte(`{"rows":[{"employee_number":"00123","staff_group":"88","fte":0.8},{"employee_number":"00124","staff_group":"08","fte":"x"}]}`),
			mend: map[string]any{"B2": "08", "C3": 1},
		},
		"assessments": {
			kind: domain.UploadAssessments, data: []byte("employee_number,assessed_on,CCP,TEC,TEC_need\n1A,2026-10-05,9,N/A,3\n2A,2026-10-05,x,,\n"),
			mend: map[string]any{"C2": 4, "C3": 1},
		},
		"vacancies": {
			kind: domain.UploadVacancies, data: []byte("as_at,staff_group,budgeted_fte,reported_vacancies\n2026-10-30,08,1,1.5\n2026-10-31,08,-1,Don't know\n"),
			mend: map[string]any{"A2": "2026-09-30", "D2": 1, "C3": 1},
		},
		"position vacancies": {
			kind: domain.UploadPositions,
			data: workbook(t, "Data", []any{"Vacancy ref", "Staff group", "Posts", "WTE", "Date opened", "Date filled", "Status"},
				[]any{4711, 8, 0, 1, day.AddDate(0, -2, 0), nil, "Filled"}, []any{"201-DIG-0042", "08", 2, 1.6, day.AddDate(0, -2, 0), day, "Open"}),
			mend: map[string]any{"C2": 1, "F2": "2026-10-20", "G3": "09"},
		},
		"targets": {
			kind: domain.UploadTargets,
			data: []byte("framework,framework_version,competence_code,domain_code,level,staff_group,valid_from\n" +
				"hdc,2018,TEC,TEC,9,08,2026-04-01\ndigcomp,3.0,,2,N/A,88,soon\n"),
			mend: map[string]any{"D2": nil, "E2": 4, "E3": 1, "F3": "08", "G3": "2027-04-01"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			file := parseBytes(t, c.data, options(t, c.kind))
			if file.Faults.Errors() == 0 {
				t.Fatal("the file has no error")
			}
			sent := findingsBook(t, c.data, rejected(file))
			again := parseBytes(t, sent, options(t, c.kind))
			want := atRows(file)
			if c.shift > 0 {
				want = nil
				for _, f := range file.Faults.List() {
					want = append(want, fmt.Sprintf("%s %d %s", f.Code, f.Row+c.shift, f.Column))
				}
				slices.Sort(want)
			}
			if diff := cmp.Diff(want, atRows(again)); diff != "" {
				t.Errorf("sent as it is, the findings differ:\n%s", diff)
			}
			if slices.Contains(found(again), "column_unknown 0 findings") {
				t.Error("the column findings is warned of")
			}
			// A second round shows the new findings in place of the old ones.
			third := findingsBook(t, sent, rejected(again))
			second := parseBytes(t, third, options(t, c.kind))
			if diff := cmp.Diff(found(again), found(second)); diff != "" {
				t.Errorf("sent a third time, the findings differ:\n%s", diff)
			}
			if diff := cmp.Diff(again.Mapping, second.Mapping); diff != "" {
				t.Errorf("sent a third time, the columns differ:\n%s", diff)
			}
			book := openedBook(t, sent)
			for cell, value := range c.mend {
				if err := book.SetCellValue("Data", cell, value); err != nil {
					t.Fatal(err)
				}
			}
			if mended := parseBytes(t, saved(t, book), options(t, c.kind)); mended.Faults.Errors() > 0 {
				t.Errorf("mended, it has %v", found(mended))
			}
		})
	}
}

// TestFindingsKeepEveryValue proves that rows without faults come back with the same
// types: a resent workbook states the same rows.
func TestFindingsKeepEveryValue(t *testing.T) {
	book := excelize.NewFile()
	zeros, err := book.NewStyle(&excelize.Style{CustomNumFmt: pointer("00000")})
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)
	fill(t, book, "Sheet1", [][]any{
		{"employee_number", "staff_group", "fte", "as_at", "started_on", "team", "remarks"},
		{7, "08", 0.1 + 0.2, day, day.Add(9 * time.Hour), "_x0041_x0042_ =1", true},
		{8, "08", 1.0 / 3, day, "2020-01-31", "  two\n\nlines ", 1e300},
		{9, "88", 1, day, nil, "#N/A", "#VALUE!"},
	})
	if err := book.SetCellStyle("Sheet1", "A2", "A4", zeros); err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellFormula("Sheet1", "E4", "1/0"); err != nil {
		t.Fatal(err)
	}
	for _, date1904 := range []bool{false, true} {
		if err := book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date1904}); err != nil {
			t.Fatal(err)
		}
		var data bytes.Buffer
		if err := book.Write(&data); err != nil {
			t.Fatal(err)
		}
		opts := options(t, domain.UploadStaff)
		if date1904 {
			opts.Today = onDay(t, "2031-01-01") // the same day numbers are four years later
		}
		first := parseBytes(t, data.Bytes(), opts)
		if first.Staff[0].EmployeeNumber != "00007" || first.Faults.Errors() == 0 {
			t.Fatalf("got %+v, %v", first.Staff[0], found(first))
		}
		again := parseBytes(t, findingsBook(t, data.Bytes(), rejected(first)), opts)
		if diff := cmp.Diff(first.Staff, again.Staff); diff != "" {
			t.Errorf("1904 %v: rows differ:\n%s", date1904, diff)
		}
		// The formula that was never worked out is now a fault of its cell.
		want := append(atRows(first), "cell_error 4 started_on")
		slices.Sort(want)
		if diff := cmp.Diff(want, atRows(again)); diff != "" {
			t.Errorf("1904 %v: findings differ:\n%s", date1904, diff)
		}
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
}

func pointer[T any](value T) *T { return &value }

// TestOwnSheetsArePassedOver proves that the sheets beside the rows are not taken for
// them, whatever the sheet of the rows is called by then.
func TestOwnSheetsArePassedOver(t *testing.T) {
	for _, own := range []string{"About", "Findings", "Instructions", "Examples", "Lists"} {
		book := excelize.NewFile()
		if err := book.SetSheetName("Sheet1", own); err != nil {
			t.Fatal(err)
		}
		if _, err := book.NewSheet("October"); err != nil {
			t.Fatal(err)
		}
		rows := [][]any{{"employee_number", "staff_group", "fte"}, {"1A", "08", 1}}
		fill(t, book, own, rows)
		fill(t, book, "October", append(rows, []any{"2A", "08", 1}))
		file := parseBytes(t, saved(t, book), options(t, domain.UploadStaff))
		if wantFound(t, file); len(file.Staff) != 2 {
			t.Errorf("beside %s %d rows were read", own, len(file.Staff))
		}
	}
}
