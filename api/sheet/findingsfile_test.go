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

func findingsOptions(t *testing.T) sheet.FindingsOptions {
	t.Helper()
	return sheet.FindingsOptions{Limits: sheet.DefaultLimits(), MadeAt: madeAt()}
}

func findingsBook(t *testing.T, data []byte, upload domain.Upload) []byte {
	t.Helper()
	var out bytes.Buffer
	src := source(data)
	if err := sheet.WriteFindings(t.Context(), &out, &src, upload, upload.Findings, findingsOptions(t)); err != nil {
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

func TestFindingsListAlone(t *testing.T) {
	damaged := []byte("employee_number,staff_group,fte\n1A,08,\"1\n")
	file := parseBytes(t, damaged, options(t, domain.UploadStaff))
	damagedSource := source(damaged)
	for name, src := range map[string]*sheet.Source{"no source": nil, "a damaged source": &damagedSource} {
		var out bytes.Buffer
		upload := rejected(file)
		upload.Errors = 12_345
		if err := sheet.WriteFindings(t.Context(), &out, src, upload, upload.Findings, findingsOptions(t)); err != nil {
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
		if err := sheet.WriteFindings(t.Context(), &size, &src, upload, upload.Findings, findingsOptions(t)); err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("%d KiB written, peak of %d KiB held", size.written>>10, peak>>10)
	if limit := uint64(24 << 20); peak > limit {
		t.Errorf("%d KiB were held, the limit is %d", peak>>10, limit>>10)
	}
}
