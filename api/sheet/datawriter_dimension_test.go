package sheet_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// A sheet that says its range is A1, as the library's new sheets do, shows one cell
// to readers that believe it.
func TestSheetsDoNotSayAWrongRange(t *testing.T) {
	t.Parallel()
	lists := realLists(t)
	framework, _ := lists.Framework(domain.DefaultFramework, domain.DefaultFrameworkVersion)
	var template, data, findings bytes.Buffer
	if err := sheet.WriteTemplate(&template, sheet.XLSX, domain.UploadStaff, sheet.TemplateOptions{
		Lists: lists, Framework: framework, Limits: sheet.DefaultLimits(), TempDir: t.TempDir(),
	}); err != nil {
		t.Fatal(err)
	}
	writer, err := sheet.NewDataWriter(&data, sheet.XLSX, sheet.DataOptions{
		Kind: domain.UploadStaff, Lists: lists, Organisation: "RXA", Limits: sheet.DefaultLimits(), TempDir: t.TempDir(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	sent := []byte("employee_number,staff_group,fte\n1,08,1\n")
	upload := domain.Upload{Kind: domain.UploadStaff, Mapping: []domain.MappedColumn{
		{Header: "employee_number", Field: "employee_number"}, {Header: "staff_group", Field: "staff_group"}, {Header: "fte", Field: "fte"},
	}}
	if err := sheet.WriteFindings(t.Context(), &findings, &sheet.Source{File: bytes.NewReader(sent), Size: int64(len(sent))}, upload, nil,
		sheet.FindingsOptions{Limits: sheet.DefaultLimits(), TempDir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	for name, book := range map[string][]byte{"template": template.Bytes(), "data": data.Bytes(), "findings": findings.Bytes()} {
		archive, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
		if err != nil {
			t.Fatal(err)
		}
		sheets := 0
		for _, part := range archive.File {
			if !strings.HasPrefix(part.Name, "xl/worksheets/") {
				continue
			}
			content, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(content)
			if err != nil {
				t.Fatal(err)
			}
			sheets++
			if bytes.Contains(text, []byte("<dimension")) {
				t.Errorf("%s: %s says a range", name, part.Name)
			}
		}
		if sheets < 2 {
			t.Errorf("%s has %d sheets", name, sheets)
		}
	}
}
