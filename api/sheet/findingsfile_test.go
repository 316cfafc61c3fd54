package sheet_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// rejected is the record of a file that was parsed and rejected.
func rejected(file domain.UploadFile) domain.Upload {
	upload := file.Upload
	upload.ID, upload.Organisation, upload.State = "0b0e7e55-0000-4000-8000-000000000001", "RRK", domain.UploadRejected
	upload.ReceivedAt = time.Date(2026, 11, 15, 9, 30, 0, 0, time.UTC)
	upload.Findings, upload.Errors, upload.Warnings = file.Faults.List(), file.Faults.Errors(), file.Faults.Warnings()
	return upload
}

func findingsBook(t *testing.T, data []byte, upload domain.Upload) []byte {
	t.Helper()
	var out bytes.Buffer
	src := source(data)
	if err := sheet.WriteFindings(t.Context(), &out, &src, upload, upload.Findings, sheet.DefaultLimits()); err != nil {
		t.Fatalf("write findings: %v", err)
	}
	return out.Bytes()
}

// atRows writes the findings of rows as code and row, which are the same in every
// format of a file.
func atRows(file domain.UploadFile) []string {
	var list []string
	for _, f := range file.Faults.List() {
		if f.Row > 0 {
			list = append(list, fmt.Sprintf("%s %d %s", f.Code, f.Row, f.Column))
		}
	}
	slices.Sort(list)
	return list
}

const faultyStaff = "employee_number,staff_group,band,fte,started_on,team,shoe_size\n" +
	"00123,08,8a,1,2020-01-31,=1+1,7\n" +
	"00124,88,8z,0.6,31/02/2020,\"two\nlines\",\n" +
	"\n" +
	",08,5,abc,,Ward 5,9\n" +
	"E-7,08,5,0,2020-01-31,O'Neil,\n"

func TestFindingsWorkbookShowsTheRows(t *testing.T) {
	file := parseText(t, domain.UploadStaff, strings.Split(strings.TrimSuffix(faultyStaff, "\n"), "\n")...)
	book := openedBook(t, findingsBook(t, []byte(faultyStaff), rejected(file)))
	if got := book.GetSheetList(); !slices.Equal(got, []string{"Data", "Findings"}) {
		t.Fatalf("sheets are %v", got)
	}
	for cell, want := range map[string]string{
		"A1": "employee_number", "H1": "findings", "A2": "00123", "F2": "=1+1", "F3": "two\nlines", "A5": "", "A6": "E-7",
	} {
		if got, err := book.GetCellValue("Data", cell); err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", cell, got, err, want)
		}
	}
	for cell, words := range map[string][]string{
		"H2": nil,
		"H3": {"Error staff_group_unknown (staff_group): ", "Error band_unknown (band): ", "Error date_no_such_day (started_on): "},
		"H4": nil,
		"H5": {"Error value_missing (employee_number): ", "Error number_invalid (fte): "},
		"H6": {"Warning fte_zero (fte): "},
	} {
		got, err := book.GetCellValue("Data", cell)
		if err != nil || len(words) == 0 && got != "" {
			t.Errorf("%s is %q, %v", cell, got, err)
		}
		for _, word := range words {
			if !strings.Contains(got, word) {
				t.Errorf("%s lacks %q: %q", cell, word, got)
			}
		}
	}
	wantMarked(t, book, "B3", "C3", "E3", "H3", "A5", "D5", "H5", "D6", "H6", "G1")
}

// wantMarked compares the cells of Data that are marked, each by a fill, bold letters
// and a frame.
func wantMarked(t *testing.T, book *excelize.File, want ...string) {
	t.Helper()
	var marked []string
	for column := range 10 {
		for row := 1; row < 12; row++ {
			cell := fmt.Sprintf("%s%d", letters(t, column), row)
			id, err := book.GetCellStyle("Data", cell)
			if err != nil {
				t.Fatal(err)
			}
			style, err := book.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			if len(style.Fill.Color) == 0 {
				continue
			}
			marked = append(marked, cell)
			if len(style.Border) != 4 || style.Font == nil || !style.Font.Bold {
				t.Errorf("%s is marked by colour alone", cell)
			}
		}
	}
	slices.Sort(marked)
	slices.Sort(want)
	if !slices.Equal(marked, want) {
		t.Errorf("marked are %v, want %v", marked, want)
	}
}

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

func TestFindingsListAlone(t *testing.T) {
	damaged := []byte("employee_number,staff_group,fte\n1A,08,\"1\n")
	file := parseBytes(t, damaged, options(t, domain.UploadStaff))
	damagedSource := source(damaged)
	for name, src := range map[string]*sheet.Source{"no source": nil, "a damaged source": &damagedSource} {
		var out bytes.Buffer
		upload := rejected(file)
		upload.Errors = 12_345
		if err := sheet.WriteFindings(t.Context(), &out, src, upload, upload.Findings, sheet.DefaultLimits()); err != nil {
			t.Fatal(err)
		}
		book := openedBook(t, out.Bytes())
		if got := book.GetSheetList(); !slices.Equal(got, []string{"Findings"}) {
			t.Errorf("%s: sheets are %v", name, got)
		}
		text := columnA(t, book, "Findings")
		for _, want := range []string{"15 Nov 2026 at 09:30 UTC", "rejected", "Errors: 12,345.", "12,344 more were counted", "could not be read", "\nError\n"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the sheet lacks %q:\n%s", name, want, text)
			}
		}
	}
}

// TestFindingsOfEveryCodeAreSentBack proves that the words of no finding are taken
// for personal data or for a fault of their own.
func TestFindingsOfEveryCodeAreSentBack(t *testing.T) {
	data := []byte("employee_number,staff_group,fte\n1A,08,1\n2A,08,1\n")
	for _, rule := range domain.FindingRules() {
		file := parseBytes(t, data, options(t, domain.UploadStaff))
		for row := range 3 {
			file.Faults.Add(rule.Code, domain.Cell{Row: row, Column: []string{"fte", "", "staff_group"}[row]}, "")
		}
		again := parseBytes(t, findingsBook(t, data, rejected(file)), options(t, domain.UploadStaff))
		if again.Refused || len(again.Faults.List()) > 0 {
			t.Errorf("%s: found %v", rule.Code, found(again))
		}
	}
}

func TestFindingsCSV(t *testing.T) {
	upload := domain.Upload{Errors: 5, Warnings: 1, Kind: domain.UploadStaff}
	findings := []domain.Finding{
		{Code: "band_unknown", Severity: domain.SeverityError, Row: 3, Column: "=band", Message: "It is, perhaps, none.", Mend: "Mend."},
		{Code: "file_note", Severity: domain.SeverityWarning, Sheet: "Data", Message: "A note.", Mend: "None."},
	}
	var out bytes.Buffer
	if err := sheet.WriteFindingsCSV(&out, upload, findings); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), "\uFEFF")
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked {
		t.Fatalf("%v in %q", err, out.String())
	}
	want := [][]string{
		{"severity", "code", "sheet", "row", "column", "message", "mend"},
		{"warning", "file_note", "Data", "", "", "A note.", "None."},
		{"error", "band_unknown", "", "3", "'=band", "It is, perhaps, none.", "Mend."},
		{"", "", "", "", "", "4 more findings were counted and not stored.", ""},
	}
	if diff := cmp.Diff(want, records); diff != "" {
		t.Errorf("records differ:\n%s", diff)
	}
}

// TestFindingsLongReason proves that a row with very many findings has what fits.
func TestFindingsLongReason(t *testing.T) {
	data := []byte("employee_number,staff_group,fte\n1A,08,1\n")
	file := parseBytes(t, data, options(t, domain.UploadStaff))
	for range 2000 {
		file.Faults.Add(domain.FindingBandUnknown, domain.Cell{Row: 2, Column: "fte"}, "")
	}
	book := openedBook(t, findingsBook(t, data, rejected(file)))
	text, err := book.GetCellValue("Data", "D2")
	if err != nil || len(text) < 30_000 || len(text) > math.MaxInt16+20 || !strings.HasSuffix(text, "See the sheet Findings.") {
		t.Errorf("the reason has %d bytes and ends in %q, %v", len(text), text[max(len(text)-40, 0):], err)
	}
}

// manyFaults is a staff list of 100,000 rows, one in twenty faulty.
func manyFaults(t *testing.T) ([]byte, domain.Upload) {
	t.Helper()
	var data bytes.Buffer
	data.WriteString("employee_number,staff_group,fte,team\n")
	for i := range 100_000 {
		group := "08"
		if i%20 == 0 {
			group = "88"
		}
		fmt.Fprintf(&data, "E%06d,%s,0.%d,Ward %d\n", i, group, i%9+1, i%50)
	}
	return data.Bytes(), rejected(parseBytes(t, data.Bytes(), options(t, domain.UploadStaff)))
}

func TestFindingsMemory(t *testing.T) {
	data, upload := manyFaults(t)
	src := source(data)
	var size counter
	peak := peakHeap(t, func(look func()) {
		size.look = look
		if err := sheet.WriteFindings(t.Context(), &size, &src, upload, upload.Findings, sheet.DefaultLimits()); err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("%d KiB written, peak of %d KiB held", size.written>>10, peak>>10)
	// The library writes a sheet's rows to disk in pieces of 16 MiB.
	if limit := uint64(64 << 20); peak > limit {
		t.Errorf("%d KiB were held, the limit is %d", peak>>10, limit>>10)
	}
}

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
