package sheet_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
)

func TestPersonalTextOutsideTheCells(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		make func(*excelize.File) error
		want bool
	}{
		"nothing": {func(*excelize.File) error { return nil }, false},
		"a comment": {func(f *excelize.File) error {
			return f.AddComment("Sheet1", excelize.Comment{Cell: "A1", Text: "Synthetic AB123456C"})
		}, true},
		"a link": {func(f *excelize.File) error {
			return f.SetCellHyperLink("Sheet1", "A1", "mailto:someone@example.org", "External")
		}, true},
		"a web link": {func(f *excelize.File) error {
			return f.SetCellHyperLink("Sheet1", "A1", "https://example.org/", "External")
		}, false},
		"a formula": {func(f *excelize.File) error { return f.SetCellFormula("Sheet1", "A2", `"AB123456C"`) }, true},
		"a header": {func(f *excelize.File) error {
			return f.SetHeaderFooter("Sheet1", &excelize.HeaderFooterOptions{OddHeader: "&CAB 12 34 56 C"})
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			book := excelize.NewFile()
			if err := c.make(book); err != nil {
				t.Fatal(err)
			}
			var written bytes.Buffer
			if err := book.Write(&written); err != nil {
				t.Fatal(err)
			}
			got, err := sheet.HoldsPersonalText(sheet.Source{File: bytes.NewReader(written.Bytes()), Size: int64(written.Len())})
			if err != nil || got != c.want {
				t.Errorf("got %v and %v, want %v", got, err, c.want)
			}
		})
	}
}

// A number that lies across the pieces in which a part is read is found.
func TestPersonalTextAcrossPieces(t *testing.T) {
	t.Parallel()
	for _, before := range []int{64<<10 - 12, 64<<10 - 4, 64 << 10, 128<<10 - 260, 128<<10 - 300} {
		var written bytes.Buffer
		archive := zip.NewWriter(&written)
		for name, text := range map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", "xl/comments1.xml": strings.Repeat(" ", before) + "AB123456C" + strings.Repeat(" ", 70_000)} {
			part, err := archive.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := part.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		if err := archive.Close(); err != nil {
			t.Fatal(err)
		}
		got, err := sheet.HoldsPersonalText(sheet.Source{File: bytes.NewReader(written.Bytes()), Size: int64(written.Len())})
		if err != nil || !got {
			t.Errorf("behind %d characters: got %v and %v", before, got, err)
		}
	}
}
