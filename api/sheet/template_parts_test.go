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

// TestTemplateFormats proves that codes typed into the template stay as typed.
func TestTemplateFormats(t *testing.T) {
	formats := map[string]string{"employee_number": "@", "job_role_code": "@", "band": "@", "as_at": "yyyy-mm-dd", "started_on": "yyyy-mm-dd", "fte": ""}
	template := someTemplate{kind: domain.UploadStaff}
	book := openedBook(t, template.write(t, sheet.XLSX))
	for place, column := range headerOf(template.kind, template.framework) {
		want, listed := formats[column.Field]
		if !listed {
			continue
		}
		id, err := book.GetColStyle("Data", letters(t, place))
		if err != nil {
			t.Fatal(err)
		}
		style, err := book.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if style.CustomNumFmt != nil {
			got = *style.CustomNumFmt
		} else if style.NumFmt == 49 {
			got = "@"
		}
		if got != want {
			t.Errorf("%s has the format %q, want %q", column.Field, got, want)
		}
	}
}

// TestWorkbooksAreAccessible checks the parts of the package against the rules that
// every workbook of the service follows.
func TestWorkbooksAreAccessible(t *testing.T) {
	books := map[string][]byte{}
	for _, template := range allTemplates(t) {
		books["template of "+template.String()] = template.write(t, sheet.XLSX)
	}
	data, err := written(sheet.XLSX, dataOptions(t, domain.UploadStaff, ""), oneRow(t, domain.UploadStaff))
	if err != nil {
		t.Fatal(err)
	}
	books["data"] = data
	for name, data := range books {
		archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range archive.File {
			text := partText(t, part)
			for _, bad := range []string{"<mergeCell", "<f>", "vmlDrawing", "comments", "hidden=\"1\"", "state=\"hidden\""} {
				if strings.Contains(text, bad) {
					t.Errorf("%s: %s has %s", name, part.Name, bad)
				}
			}
		}
		book := openedBook(t, data)
		properties, err := book.GetDocProps()
		if err != nil || properties.Language != "en-GB" || properties.Title == "" || strings.ContainsAny(properties.Title, "-_") {
			t.Errorf("%s: properties are %+v, %v", name, properties, err)
		}
		if book.GetActiveSheetIndex() != 0 {
			t.Errorf("%s: the first sheet is not the active one", name)
		}
		for _, tab := range book.GetSheetList() {
			if tab == "Data" {
				continue
			}
			id, err := book.GetCellStyle(tab, "A1")
			if err != nil {
				t.Fatal(err)
			}
			if parent := book.Styles.CellXfs.Xf[id].XfID; parent == nil || *parent == 0 {
				t.Errorf("%s: the title of %s is no heading", name, tab)
			}
		}
	}
}

func partText(t *testing.T, part *zip.File) string {
	t.Helper()
	reader, err := part.Open()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTemplateRefusals(t *testing.T) {
	opts := sheet.TemplateOptions{Lists: realLists(t), Limits: sheet.DefaultLimits()}
	if err := sheet.WriteTemplate(io.Discard, sheet.XLSX, "shoes", opts); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("kind shoes: got %v", err)
	}
	if err := sheet.WriteTemplate(io.Discard, sheet.JSON, domain.UploadStaff, opts); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("format json: got %v", err)
	}
	if err := sheet.WriteTemplate(io.Discard, sheet.XLSX, domain.UploadAssessments, opts); err == nil {
		t.Error("a template without competences was written")
	}
}
