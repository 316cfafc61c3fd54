package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// A sheet that says a range smaller than it has, as the library's new sheets do, shows
// one cell to readers that believe it.
func TestSheetsDoNotSayAWrongRange(t *testing.T) {
	t.Parallel()
	for name, book := range someBooks(t) {
		archive, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
		if err != nil {
			t.Fatal(err)
		}
		sheets, said := 0, 0
		for _, part := range archive.File {
			if !strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
				continue
			}
			sheets++
			var content struct {
				Dimension *struct {
					Ref string `xml:"ref,attr"`
				} `xml:"dimension"`
				Cells []struct {
					Ref string `xml:"r,attr"`
				} `xml:"sheetData>row>c"`
			}
			if err := xml.Unmarshal([]byte(partText(t, part)), &content); err != nil {
				t.Fatal(err)
			}
			if content.Dimension == nil {
				continue
			}
			said++
			columns, rows := 0, 0
			for _, cell := range content.Cells {
				column, row, err := excelize.CellNameToCoordinates(cell.Ref)
				if err != nil {
					t.Fatal(err)
				}
				columns, rows = max(columns, column), max(rows, row)
			}
			_, end, _ := strings.Cut(content.Dimension.Ref, ":")
			column, row, err := excelize.CellNameToCoordinates(end)
			if err != nil || !strings.HasPrefix(content.Dimension.Ref, "A1:") || column < columns || row != rows {
				t.Errorf("%s: %s says %s and has %d columns and %d rows", name, part.Name, content.Dimension.Ref, columns, rows)
			}
		}
		if sheets < 2 || said == 0 {
			t.Errorf("%s has %d sheets, of which %d say a range", name, sheets, said)
		}
	}
}

// someBooks are a workbook of each kind that is written here for files of staff.
func someBooks(t *testing.T) map[string][]byte {
	t.Helper()
	lists := realLists(t)
	framework, _ := lists.Framework(domain.DefaultFramework, domain.DefaultFrameworkVersion)
	var template, data, findings bytes.Buffer
	if err := sheet.WriteTemplate(&template, sheet.XLSX, domain.UploadStaff, sheet.TemplateOptions{
		Lists: lists, Framework: framework, Limits: sheet.DefaultLimits(), MadeAt: madeAt(),
	}); err != nil {
		t.Fatal(err)
	}
	writer, err := sheet.NewDataWriter(&data, sheet.XLSX, sheet.DataOptions{
		Kind: domain.UploadStaff, Lists: lists, Organisation: "RXA", Limits: sheet.DefaultLimits(), MadeAt: madeAt(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Staff(oneRow(t, domain.UploadStaff).Staff[0]); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	sent := []byte("employee_number,staff_group,fte\n1,08,1\n")
	upload := domain.Upload{Kind: domain.UploadStaff, Organisation: "RXA", Mapping: []domain.MappedColumn{
		{Header: "employee_number", Field: "employee_number"}, {Header: "staff_group", Field: "staff_group"}, {Header: "fte", Field: "fte"},
	}}
	if err := sheet.WriteFindings(t.Context(), &findings, &sheet.Source{File: bytes.NewReader(sent), Size: int64(len(sent))}, upload, nil,
		sheet.FindingsOptions{Limits: sheet.DefaultLimits(), MadeAt: madeAt()}); err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"template": template.Bytes(), "data": data.Bytes(), "findings": findings.Bytes()}
}
