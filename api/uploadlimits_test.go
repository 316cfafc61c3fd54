package api_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api"
	"skillstracker/domain"
)

// workbookOf is a workbook of one sheet.
func workbookOf(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var body bytes.Buffer
	if err := book.Write(&body); err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return body.Bytes()
}

// unzippedSize adds up the parts of a workbook.
func unzippedSize(t *testing.T, workbook []byte) int64 {
	t.Helper()
	parts, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	var size int64
	for _, part := range parts.File {
		size += int64(part.UncompressedSize64)
	}
	return size
}

// Each limit is told as it is set, in words that hold the number, and what lies just
// within it is taken.
func TestLimitsAreToldAsTheyAreSet(t *testing.T) {
	t.Parallel()
	const header = "employee_number,staff_group,fte"
	rows := func(n int) string {
		var b strings.Builder
		b.WriteString(header + "\n")
		for i := range n {
			fmt.Fprintf(&b, "E%d,01,1\n", i+1)
		}
		return b.String()
	}
	wide := func(columns int) string {
		return header + strings.Repeat(",note", columns-3) + "\nE1,01,1" + strings.Repeat(",x", columns-3) + "\n"
	}
	long := func(characters int) string {
		return header + ",team\nE1,01,1," + strings.Repeat("w", characters) + "\n"
	}
	records := func(n int) string {
		return `{"rows":[` + strings.TrimSuffix(strings.Repeat(`{"employee_number":"E1","staff_group":"01","fte":1},`, n), ",") + `]}`
	}
	book := string(workbookOf(t, []any{"employee_number", "staff_group", "fte"}, []any{"E1", "01", 1}))
	unzipped := unzippedSize(t, []byte(book))
	tests := map[string]struct {
		limit        func(limits *api.Limits)
		within, over string
		status       int
		code, says   string
	}{
		"bytes":     {func(l *api.Limits) { l.File.MaxBytes = 100 }, rows(3), rows(30), 413, "body_too_large", "100 bytes"},
		"rows":      {func(l *api.Limits) { l.File.MaxRows = 21 }, rows(21), rows(22), 413, "file_too_many_rows", "more than 21 rows"},
		"records":   {func(l *api.Limits) { l.File.MaxRows = 21 }, records(21), records(22), 413, "file_too_many_rows", "more than 21"},
		"columns":   {func(l *api.Limits) { l.File.MaxColumns = 12 }, wide(12), wide(13), 413, "file_too_many_columns", "column 12,"},
		"unzipped":  {func(l *api.Limits) { l.File.MaxUnzipped = unzipped }, book, "", 0, "", ""},
		"unzipped+": {func(l *api.Limits) { l.File.MaxUnzipped = unzipped - 1 }, "", book, 413, "file_unzipped_too_large", fmt.Sprint(unzipped - 1)},
		"cell":      {func(l *api.Limits) { l.File.MaxCellChars = 80 }, long(80), long(81), 422, "upload_rejected", ""},
	}
	for name, test := range tests {
		s := newService(t, func(deps *api.Deps) {
			deps.Limits = api.DefaultLimits()
			test.limit(&deps.Limits)
		})
		if test.within != "" {
			got := s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(test.within))
			if got.status == http.StatusRequestEntityTooLarge || strings.Contains(got.body, "more than") {
				t.Errorf("%s: what lies within is refused: %s", name, got.body)
			}
		}
		if test.over == "" {
			continue
		}
		before := len(s.uploads.files)
		got := s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(test.over))
		p := got.problem(test.status, test.code)
		if !strings.Contains(p.Detail, test.says) {
			t.Errorf("%s: the detail does not say %q: %s", name, test.says, p.Detail)
		}
		if test.status == http.StatusRequestEntityTooLarge && len(s.uploads.files) != before {
			t.Errorf("%s: the file reached the store", name)
		}
		if name == "cell" {
			got.has("more than 80 characters")
		}
	}
}

// The default limits are those that are published.
func TestDefaultLimits(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.get(domain.RoleAuditor, "/api/v1/upload-columns").ok(http.StatusOK).has(`"bytes":33554432`, `"rows":250000`, `"columns":256`,
		`"unzipped_bytes":209715200`, `"cell_characters":32767`, `"findings_stored":10000`, `"file_kept_days":30`)
	over := io.MultiReader(strings.NewReader("employee_number,staff_group,fte\n"), strings.NewReader(strings.Repeat("E1,01,1\n", 250_001)))
	s.ask(domain.RoleHR, http.MethodPost, staffPath, over).problem(http.StatusRequestEntityTooLarge, "file_too_many_rows")
}
