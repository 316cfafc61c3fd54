package api_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A workbook is kept only when it holds nothing about people outside its cells either,
// where the reader of rows does not look. Its rows are stored all the same.
func TestWorkbooksThatAreKept(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*excelize.File) error
		kept   bool
	}{
		"rows alone": {func(*excelize.File) error { return nil }, true},
		"comment": {func(f *excelize.File) error {
			return f.AddComment("Sheet1", excelize.Comment{Cell: "A2", Text: "Synthetic QQ123456C"})
		}, false},
		"harmless comment": {func(f *excelize.File) error {
			return f.AddComment("Sheet1", excelize.Comment{Cell: "A2", Text: "Check this row"})
		}, true},
		"link": {func(f *excelize.File) error {
			return f.SetCellHyperLink("Sheet1", "A2", "mailto:somebody@example.org", "External")
		}, false},
	} {
		book := excelize.NewFile()
		for cell, value := range map[string]any{"A1": "employee_number", "B1": "staff_group", "C1": "fte", "A2": "E1001", "B2": "01", "C2": 1} {
			if err := book.SetCellValue("Sheet1", cell, value); err != nil {
				t.Fatal(err)
			}
		}
		if err := test.change(book); err != nil {
			t.Fatal(err)
		}
		var written bytes.Buffer
		if err := book.Write(&written); err != nil {
			t.Fatal(err)
		}
		s := newService(t)
		sent := s.storedFile(staffPath, written.String(), "Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		if len(sent.Staff) != 1 || sent.Faults.Errors() > 0 {
			t.Errorf("%s: %d rows and %+v", name, len(sent.Staff), sent.Faults.List())
		}
		if got := s.uploads.contents[0]; test.kept != (got != nil) || test.kept && !bytes.Equal(got, written.Bytes()) {
			t.Errorf("%s: kept %d of %d bytes", name, len(got), written.Len())
		}
	}
}
