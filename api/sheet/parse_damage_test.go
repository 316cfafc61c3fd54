package sheet_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

func TestDamagedFilesHaveNoRows(t *testing.T) {
	file := parseText(t, domain.UploadStaff, "employee_number,staff_group,fte,shoe", "E1,99,1,44", "E2,08,1", "", `E3,08,"open`)
	wantFound(t, file, "csv_unbalanced_quote 5 Column C")
	if file.Staff != nil || file.Counts.RowsRead != 2 || file.Blank != 0 || file.Refused || len(file.Mapping) != 4 {
		t.Errorf("got %+v", file)
	}
	if f := file.Faults.List()[0]; f.Message == "" || f.Mend == "" {
		t.Errorf("the finding says nothing: %+v", f)
	}
	long := parseText(t, domain.UploadStaff, "employee_number,staff_group,fte", "E1,08,"+strings.Repeat("9", 33_000))
	wantFound(t, long, "cell_too_long 2 Column C")
}

func TestDamageOfAnotherSheetIsFound(t *testing.T) {
	parts := bookParts(sheetXML(`<row><c t="inlineStr"><is><t>employee_number</t></is></c></row>`))
	parts = with(parts, "xl/workbook.xml", workbookXML(`<sheet name="Data" sheetId="1" r:id="rId1"/><sheet name="More" sheetId="2" r:id="rId4"/>`))
	parts = with(parts, "xl/_rels/workbook.xml.rels", relations(
		`worksheet`, `worksheets/sheet1.xml`, `styles`, `styles.xml`, `sharedStrings`, `sharedStrings.xml`, `worksheet`, `worksheets/sheet2.xml`,
	))
	parts = with(parts, "xl/worksheets/sheet2.xml", "<worksheet><broken")
	file := parseBytes(t, zipped(t, parts), options(t, domain.UploadStaff))
	if got := file.Faults.List(); len(got) != 1 || got[0].Code != domain.FindingXLSXDamaged || got[0].Sheet != "More" {
		t.Errorf("found %+v", got)
	}
}

func TestErrorsOfReadingAreNotFindings(t *testing.T) {
	disk := errors.New("disk on fire")
	data := []byte("employee_number,staff_group,fte\n" + strings.Repeat("E1,08,1\n", 100_000))
	for _, from := range []int64{0, 300_000} {
		src := sheet.Source{File: brokenFile{data: data, from: from, err: disk}, Size: int64(len(data))}
		if _, err := sheet.Parse(t.Context(), src, options(t, domain.UploadStaff), realLists(t)); !errors.Is(err, disk) {
			t.Errorf("broken from byte %d: got %v", from, err)
		}
	}
}

func TestOptionsThatNoFileGoesWith(t *testing.T) {
	tests := map[string]struct {
		opts sheet.Options
		code string
	}{
		"kind":      {sheet.Options{Kind: "posts"}, "kind_unknown"},
		"framework": {sheet.Options{Kind: domain.UploadAssessments, Framework: "hdc", FrameworkVersion: "1999"}, "framework_unknown"},
		"version":   {sheet.Options{Kind: domain.UploadAssessments, Framework: "digcomp", FrameworkVersion: "2018"}, "framework_unknown"},
		"as_at":     {sheet.Options{Kind: domain.UploadStaff, AsAt: ptr(domain.Date(10)), Today: 9}, "as_at_future"},
	}
	for name, test := range tests {
		test.opts.Limits = sheet.DefaultLimits()
		_, err := sheet.Parse(t.Context(), source([]byte("a,b\n1,2\n")), test.opts, realLists(t))
		ours, ok := errors.AsType[*domain.Error](err)
		if !ok || ours.Kind != domain.KindInvalid || ours.Code != test.code {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func ptr[T any](value T) *T { return &value }

func TestNotesBecomeFindings(t *testing.T) {
	windows := []byte("employee_number,staff_group,fte,team\nE1,08,1,Caf\xe9\n")
	file := parseBytes(t, windows, options(t, domain.UploadStaff))
	wantFound(t, file, "encoding_assumed 0")
	if file.Staff[0].Team != "Café" {
		t.Errorf("got team %q", file.Staff[0].Team)
	}
	semicolon := parseText(t, domain.UploadStaff, "employee_number;staff_group;fte", "E1;08;1")
	wantFound(t, semicolon)
	rows := [][]any{{"employee_number", "staff_group", "fte"}, {"E1", "08", 1}}
	for _, test := range []struct {
		other string
		want  []string
	}{{"Lists", nil}, {"Instructions", nil}, {"September", []string{"sheet_chosen 0"}}} {
		book := excelize.NewFile()
		if _, err := book.NewSheet(test.other); err != nil {
			t.Fatal(err)
		}
		fill(t, book, "Sheet1", rows)
		fill(t, book, test.other, [][]any{{"Month"}, {"x"}})
		wantFound(t, parseBytes(t, saved(t, book), options(t, domain.UploadStaff)), test.want...)
	}
}

func TestFormulasWithoutValues(t *testing.T) {
	formula := func(cached string) string { return `<c t="str"><f>IF(A2="","",1)</f>` + cached + `</c>` }
	text := func(s string) string { return `<c t="inlineStr"><is><t>` + s + `</t></is></c>` }
	head := `<row>` + text("employee_number") + text("staff_group") + text("fte") + text("team") + text("band") + `</row>`
	row := func(fte, team, band string) string {
		return `<row>` + text("E1") + text("08") + `<c><v>` + fte + `</v></c>` + team + band + `</row>`
	}
	tests := map[string]struct {
		rows string
		want []string
	}{
		"never worked out":  {row("1", formula(""), "") + row("1", formula(""), ""), []string{"formulas_not_calculated 0 team"}},
		"empty results":     {row("1", formula("<v></v>"), "") + row("1", formula("<v>Ward</v>"), "") + `<row>` + formula("<v></v>") + `</row>`, nil},
		"compulsory, empty": {`<row>` + formula("<v></v>") + text("08") + `<c><v>1</v></c>` + formula("<v>Ward</v>") + `</row>`, []string{"formula_empty 2 employee_number"}},
		"nothing but":       {`<row>` + formula("") + formula("") + `</row>`, []string{"rows_missing 0", "formulas_not_calculated 0 employee_number", "formulas_not_calculated 0 staff_group"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantFound(t, parseBytes(t, book(t, sheetXML(head+test.rows)), options(t, domain.UploadStaff)), test.want...)
		})
	}
}

func TestParseStopsWhenTheCallerDoes(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	long := "employee_number,staff_group,fte\n" + strings.Repeat("E1,08,1\n", 5000)
	if _, err := sheet.Parse(ctx, source([]byte(long)), options(t, domain.UploadStaff), realLists(t)); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}
