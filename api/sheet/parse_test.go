package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// today is the day on which all files of the tests are read.
const today = "2026-11-15"

func onDay(tb testing.TB, text string) domain.Date {
	tb.Helper()
	d, err := domain.ParseDate(text)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func options(tb testing.TB, kind domain.UploadKind) sheet.Options {
	tb.Helper()
	return sheet.Options{Kind: kind, Today: onDay(tb, today), Limits: sheet.DefaultLimits()}
}

// parseBytes parses a file that must not fail as a whole.
func parseBytes(t *testing.T, data []byte, opts sheet.Options) domain.UploadFile {
	t.Helper()
	file, err := sheet.Parse(t.Context(), source(data), opts, realLists(t))
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	if file.Kind != opts.Kind || !slices.Contains([]string{"csv", "xlsx", "json"}, file.Format) {
		t.Errorf("the file is said to be %q as %q", file.Kind, file.Format)
	}
	return file
}

func parseText(t *testing.T, kind domain.UploadKind, lines ...string) domain.UploadFile {
	t.Helper()
	return parseBytes(t, []byte(strings.Join(lines, "\n")), options(t, kind))
}

// found writes findings as code, row and column.
func found(file domain.UploadFile) []string {
	list := []string{}
	for _, f := range file.Faults.List() {
		list = append(list, strings.TrimRight(fmt.Sprintf("%s %d %s", f.Code, f.Row, f.Column), " "))
	}
	return list
}

// wantFound compares the findings, whatever their order.
func wantFound(t *testing.T, file domain.UploadFile, want ...string) {
	t.Helper()
	got := found(file)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// workbook makes a workbook of rows with excelize; nil leaves a cell out.
func workbook(tb testing.TB, name string, rows ...[]any) []byte {
	tb.Helper()
	book := excelize.NewFile()
	if err := book.SetSheetName("Sheet1", name); err != nil {
		tb.Fatal(err)
	}
	fill(tb, book, name, rows)
	return saved(tb, book)
}

func fill(tb testing.TB, book *excelize.File, name string, rows [][]any) {
	tb.Helper()
	for i, row := range rows {
		for j, value := range row {
			if value == nil {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				tb.Fatal(err)
			}
			if err := book.SetCellValue(name, cell, value); err != nil {
				tb.Fatal(err)
			}
		}
	}
}

func saved(tb testing.TB, book *excelize.File) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		tb.Fatal(err)
	}
	if err := book.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func TestHeaderSearch(t *testing.T) {
	good := "E1,08,1"
	tests := map[string]struct {
		lines    []string
		rows     int
		firstRow int
	}{
		"first row":           {[]string{"employee_number,staff_group,fte", good}, 1, 2},
		"under titles":        {[]string{"Synthetic NHS Trust", "", "Staff list, October 2026,,", "Employee No,Staff Group,WTE", good}, 1, 5},
		"title like a column": {[]string{"Band", "EMPLOYEE NUMBER; ignored", "Employee_Number,Staff-Group,F.T.E.", good}, 1, 4},
		"in the tenth row":    {[]string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "employee_number,staff_group,fte", good, good}, 2, 11},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			file := parseText(t, domain.UploadStaff, test.lines...)
			wantFound(t, file)
			if len(file.Staff) != test.rows || file.Staff[0].Row != test.firstRow {
				t.Fatalf("got rows %+v", file.Staff)
			}
		})
	}
	t.Run("missing", func(t *testing.T) {
		file := parseText(t, domain.UploadStaff, "who,what,how much", "E1,08,1")
		wantFound(t, file, "header_missing 0")
		if message := file.Faults.List()[0].Message; !strings.Contains(message, "employee_number, staff_group, fte") {
			t.Errorf("the finding does not name the compulsory columns: %s", message)
		}
	})
	t.Run("one name is no header row", func(t *testing.T) {
		file := parseText(t, domain.UploadStaff, "Grade,Canarybird", "employee_number,Canarybird", "E1,Canarybird")
		wantFound(t, file, "header_missing 0")
		if answer := fmt.Sprintf("%+v", file); strings.Contains(answer, "Canarybird") {
			t.Errorf("a value is repeated: %s", answer)
		}
	})
	t.Run("in the eleventh row", func(t *testing.T) {
		file := parseText(t, domain.UploadStaff, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "employee_number,staff_group,fte", good)
		wantFound(t, file, "header_missing 0")
	})
}

func TestColumns(t *testing.T) {
	file := parseText(t, domain.UploadStaff,
		"FTE,Wte (contracted),Shoe size,,Band", "1,1,44,x,5")
	wantFound(t, file,
		"column_twice 0 Wte (contracted)", "column_unknown 0 Shoe size", "column_unnamed 0 Column D",
		"column_missing 0 employee_number", "column_missing 0 staff_group")
	want := []domain.MappedColumn{{Header: "FTE", Field: "fte"}, {Header: "Wte (contracted)", Field: "fte"}, {Header: "Shoe size"}, {Header: "Band", Field: "band"}}
	if !slices.Equal(file.Mapping, want) {
		t.Errorf("got mapping %+v, want %+v", file.Mapping, want)
	}
}

func TestValuesBeyondTheHeadings(t *testing.T) {
	file := parseText(t, domain.UploadStaff, "employee_number,staff_group,fte", "E1,08,1,stray", "E2,08,1,, ", "E3,08,1,again,more")
	wantFound(t, file, "row_longer_than_header 2", "row_longer_than_header 4")
	if len(file.Staff) != 3 {
		t.Errorf("got %d rows", len(file.Staff))
	}
}

func TestHeadingsAreShownOnlyAsFarAsTheyLookLikeHeadings(t *testing.T) {
	tests := map[string]string{
		"Shoe size":                 "Shoe size",
		"Grade 12345":               "Grade 12345",
		strings.Repeat("w", 60):     strings.Repeat("w", 60),
		strings.Repeat("ö", 61):     strings.Repeat("ö", 59) + "…",
		strings.Repeat("long ", 20): strings.Repeat("long ", 11) + "long…",
		strings.Repeat("w", 101):    "Column D",
		"see half @ desk":           "Column D",
		"Case 123456":               "Column D",
		"31/10/2026":                "Column D",
		"two\nlines":                "two lines",
	}
	for heading, want := range tests {
		t.Run(heading, func(t *testing.T) {
			file := parseText(t, domain.UploadStaff, `employee_number,staff_group,fte,"`+heading+`"`, "E1,08,1,x")
			wantFound(t, file, "column_unknown 0 "+want)
			if got := file.Mapping[3].Header; got != want {
				t.Errorf("the mapping says %q", got)
			}
		})
	}
	used := parseText(t, domain.UploadStaff, "employee_number,staff_group,FTE (as at 31/10/2026)", "E1,08,x")
	wantFound(t, used, "number_invalid 2 Column C")
	if used.Mapping[2] != (domain.MappedColumn{Header: "Column C", Field: "fte"}) {
		t.Errorf("got %+v", used.Mapping)
	}
}

func TestMissingColumnsOfFilesThatOnlyRemove(t *testing.T) {
	removing := parseText(t, domain.UploadStaff, "employee_number,action", "E1,remove", "E2,Remove")
	wantFound(t, removing)
	if len(removing.Staff) != 2 || removing.Staff[0].Action != domain.ActionRemove {
		t.Errorf("got %+v", removing.Staff)
	}
	storing := parseText(t, domain.UploadStaff, "employee_number,action", "E1,remove", "E2,", "E3,")
	wantFound(t, storing, "column_missing 0 staff_group", "column_missing 0 fte")
}

func TestRowCounts(t *testing.T) {
	const header = "employee_number,staff_group,fte"
	tests := map[string]struct {
		lines       []string
		read, blank int
		rows        []int
	}{
		"none":         {[]string{header}, 0, 0, nil},
		"blank within": {[]string{header, "E1,08,1", "", " , ,", "E2,08,1", "", "  ,,"}, 4, 2, []int{2, 5}},
		"blank before": {[]string{header, "", "E1,08,1"}, 2, 1, []int{3}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			file := parseText(t, domain.UploadStaff, test.lines...)
			var rows []int
			for _, row := range file.Staff {
				rows = append(rows, row.Row)
			}
			if file.Counts.RowsRead != test.read || file.Blank != test.blank || !slices.Equal(rows, test.rows) {
				t.Errorf("got %d rows read, %d blank, rows %v", file.Counts.RowsRead, file.Blank, rows)
			}
			if test.rows == nil {
				wantFound(t, file, "rows_missing 0")
			}
		})
	}
}

func TestEmptyFiles(t *testing.T) {
	for name, data := range map[string][]byte{"nothing": nil, "spaces": []byte(" \r\n \n"), "mark": []byte("\uFEFF")} {
		file := parseBytes(t, data, options(t, domain.UploadStaff))
		if got := found(file); !slices.Equal(got, []string{"file_empty 0"}) {
			t.Errorf("%s: found %v", name, got)
		}
	}
	src := source(nil)
	src.Filename = "staff.XLSX"
	file, err := sheet.Parse(t.Context(), src, options(t, domain.UploadStaff), realLists(t))
	if err != nil || file.Format != "xlsx" {
		t.Errorf("an empty workbook gave %q, %v", file.Format, err)
	}
	blank := parseBytes(t, workbook(t, "Data"), options(t, domain.UploadVacancies))
	wantFound(t, blank, "file_empty 0")
}

func TestFilesOfAnotherKind(t *testing.T) {
	staff := "employee_number,staff_group,fte\nE1,08,1\nE2,08,1\n"
	compound := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 1024)...)
	small := func(change func(*sheet.Limits)) sheet.Limits {
		lim := sheet.DefaultLimits()
		change(&lim)
		return lim
	}
	tests := map[string]struct {
		data   []byte
		limits sheet.Limits
		kind   domain.ErrorKind
		code   string
		number string
	}{
		"pdf":          {[]byte("%PDF-1.7 "), sheet.DefaultLimits(), domain.KindUnsupported, "file_type_unsupported", ""},
		"picture":      {[]byte("\x89PNG\r\n\x1a\n"), sheet.DefaultLimits(), domain.KindUnsupported, "file_type_unsupported", ""},
		"old office":   {compound, sheet.DefaultLimits(), domain.KindUnsupported, "file_type_unsupported", ""},
		"too large":    {[]byte(staff), small(func(l *sheet.Limits) { l.MaxBytes = 7 }), domain.KindTooLarge, "file_too_large", "7"},
		"too many":     {[]byte(staff), small(func(l *sheet.Limits) { l.MaxRows = 1 }), domain.KindTooLarge, "file_too_many_rows", "1"},
		"too wide":     {[]byte(staff), small(func(l *sheet.Limits) { l.MaxColumns = 2 }), domain.KindTooLarge, "file_too_many_columns", "2"},
		"unzipped":     {workbook(t, "Data", []any{"employee_number"}), small(func(l *sheet.Limits) { l.MaxUnzipped = 99 }), domain.KindTooLarge, "file_unzipped_too_large", "99"},
		"cut workbook": {workbook(t, "Data", []any{"employee_number"})[:500], sheet.DefaultLimits(), 0, "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			opts := options(t, domain.UploadStaff)
			opts.Limits = test.limits
			file, err := sheet.Parse(t.Context(), source(test.data), opts, realLists(t))
			if test.code == "" {
				if err != nil || !slices.Equal(found(file), []string{"xlsx_damaged 0"}) || file.Format != "xlsx" {
					t.Errorf("got %v, %v", file, err)
				}
				return
			}
			ours, ok := errors.AsType[*domain.Error](err)
			if !ok || ours.Kind != test.kind || ours.Code != test.code || !strings.Contains(ours.Message, test.number) || !strings.HasSuffix(ours.Message, ".") {
				t.Errorf("got error %v", err)
			}
		})
	}
}
