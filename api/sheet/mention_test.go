package sheet_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// mentioned looks for a number in a file as a kept one is looked through.
func mentioned(t *testing.T, file []byte, number string) domain.Mention {
	t.Helper()
	read, err := sheet.Parse(t.Context(), source(file), options(t, domain.UploadStaff), realLists(t))
	if err != nil {
		t.Fatal(err)
	}
	upload := read.Upload
	upload.Format = read.Format
	found, err := sheet.FindEmployee(t.Context(), source(file), upload, number, sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// withNumber is a staff list whose data sheet does not name 0042817, changed by edit.
func withNumber(t *testing.T, edit func(*excelize.File) error) []byte {
	t.Helper()
	book := excelize.NewFile()
	for row, cells := range [][]any{{"employee_number", "staff_group", "fte", "note"}, {"0000001", "03", 1, "x"}} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", row+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := edit(book); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// An employee number is found wherever in a file it stands, and however it is written;
// the rows about the person are those of the column of employee numbers.
func TestFindEmployee(t *testing.T) {
	t.Parallel()
	const number = "0042817"
	const header = "Title,,,\nEmployee number,staff_group,fte,note\n"
	for name, c := range map[string]struct {
		file  string
		rows  []int
		named bool
	}{
		"rows":                  {header + "1,03,1,\n0042817,03,1,\n2,03,1,\n 0042817 ,03,0.5,\n", []int{4, 6}, true},
		"without its zeros":     {header + "42817,03,1,\n", []int{3}, true},
		"a faulty row":          {header + "0042817,nonsense,many,\n", []int{3}, true},
		"in another column":     {header + "1,03,1,manages 0042817.\n", nil, true},
		"above the header":      {strings.Replace(header, "Title", "List of 0042817", 1) + "1,03,1,\n", nil, true},
		"in the header":         {strings.Replace(header, "note", "0042817", 1) + "1,03,1,\n", nil, true},
		"in a heading":          {strings.Replace(header, "note", "Level of 0042817", 1) + "1,03,1,\n", nil, true},
		"a column a person":     {"Competence,42816,42817\nWriting,3,2\n", nil, true},
		"nowhere":               {header + "1,03,1,\n", nil, false},
		"part of other numbers": {header + "10042817,03,1,A0042817\n00428170,03,1,x0042817y\n", nil, false},
	} {
		got := mentioned(t, []byte(c.file), number)
		if !slices.Equal(got.Rows, c.rows) || got.Named != c.named {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := mentioned(t, []byte(`{"rows":[{"employee_number":"1","staff_group":"03","fte":1},{"employee_number":"0042817","staff_group":"03","fte":1}]}`), number); !got.Named || !slices.Equal(got.Rows, []int{2}) {
		t.Errorf("json: %+v", got)
	}
	if got := mentioned(t, []byte(`{"rows":[{"employee_number":"1","staff_group":"03","fte":1,"0042817":2}]}`), number); !got.Named || len(got.Rows) > 0 {
		t.Errorf("json with a member for each person: %+v", got)
	}
}

func TestFindEmployeeInWorkbooks(t *testing.T) {
	t.Parallel()
	const number = "0042817"
	for name, c := range map[string]struct {
		edit  func(*excelize.File) error
		rows  []int
		named bool
	}{
		"nowhere": {func(*excelize.File) error { return nil }, nil, false},
		"a text":  {func(f *excelize.File) error { return f.SetCellValue("Sheet1", "A3", number) }, []int{3}, true},
		"a number with a format": {func(f *excelize.File) error {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: new("0000000")})
			if err != nil {
				return err
			}
			if err := f.SetCellStyle("Sheet1", "A3", "A3", style); err != nil {
				return err
			}
			return f.SetCellValue("Sheet1", "A3", 42817)
		}, []int{3}, true},
		"a heading": {func(f *excelize.File) error { return f.SetCellValue("Sheet1", "E1", 42817) }, nil, true},
		"another sheet": {func(f *excelize.File) error {
			if _, err := f.NewSheet("Notes"); err != nil {
				return err
			}
			return f.SetCellValue("Notes", "Z99", "ask 0042817")
		}, nil, true},
		"a comment": {func(f *excelize.File) error {
			return f.AddComment("Sheet1", excelize.Comment{Cell: "A2", Author: "HR", Text: "see 0042817"})
		}, nil, true},
		"a name": {func(f *excelize.File) error {
			return f.SetDefinedName(&excelize.DefinedName{Name: "Person", RefersTo: `"0042817"`, Scope: "Workbook"})
		}, nil, true},
	} {
		got := mentioned(t, withNumber(t, c.edit), number)
		if !slices.Equal(got.Rows, c.rows) || got.Named != c.named {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A file that is damaged names everybody.
func TestFindEmployeeInADamagedFile(t *testing.T) {
	t.Parallel()
	whole := withNumber(t, func(*excelize.File) error { return nil })
	for name, file := range map[string][]byte{"cut": whole[:len(whole)/2], "empty": {}, "a picture": []byte("\x89PNG\r\n\x1a\n0000")} {
		got, err := sheet.FindEmployee(t.Context(), source(file), domain.Upload{Kind: domain.UploadStaff, Format: "xlsx"}, "0042817", sheet.DefaultLimits())
		if err != nil || !got.Named {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
