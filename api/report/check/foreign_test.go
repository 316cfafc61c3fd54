package check_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/report/check"
)

func workbook(name string) string { return filepath.Join("testdata", "workbooks", name) }

// Workbooks made by other means that keep the rules; see testdata/workbooks/make.py.
func TestNoFalseAlarms(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		file    string
		profile check.Profile
	}{
		{"xlsxwriter.xlsx", check.Accessible},
		{"xlsxwriter.xlsx", check.Management},
		{"openpyxl.xlsx", check.Accessible},
		{"charts.xlsx", check.Management},
	} {
		t.Run(test.file+" "+string(test.profile), func(t *testing.T) {
			t.Parallel()
			opts := check.Options{Profile: test.profile, Publisher: "Synthetic Trust"}
			wantNone(t, checkFile(t, workbook(test.file), opts))
		})
	}
}

// LibreOffice writes the automatic colour as black, which is a true breach; there must be
// no others. It forgets which styles are built in, but not their names.
func TestSavedByLibreOffice(t *testing.T) {
	t.Parallel()
	result := checkFile(t, workbook("libreoffice.xlsx"), check.Options{})
	if got := failed(result); !slices.Equal(got, []string{"SH-21"}) {
		t.Errorf("fails %v", got)
	}
	wantNoneBut(t, result, "SH-21")
}

func failed(result check.Result) []string {
	var ids []string
	for _, r := range result.Rules {
		if r.Outcome == check.Failed {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func wantNoneBut(tb testing.TB, result check.Result, but ...string) {
	tb.Helper()
	result.Breaches = slices.DeleteFunc(result.Breaches, func(b check.Breach) bool { return slices.Contains(but, b.Rule) })
	wantNone(tb, result)
}

func TestMadeByExcelize(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	size, theme := 12.0, 1
	f.Styles.Fonts.Font[0].Sz.Val = &size
	body := excelize.Font{Family: "Arial", Size: 12, ColorTheme: &theme}
	style := func(s excelize.Style) int {
		t.Helper()
		id, err := f.NewStyle(&s)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	bold := body
	bold.Bold = true
	big := bold
	big.Size = 16
	format := "#,##0"
	h1 := style(excelize.Style{Font: &big})
	text := style(excelize.Style{Font: &body, Alignment: &excelize.Alignment{Horizontal: "left", WrapText: true}})
	left := style(excelize.Style{Font: &bold, Alignment: &excelize.Alignment{Horizontal: "left", WrapText: true}})
	right := style(excelize.Style{Font: &bold, Alignment: &excelize.Alignment{Horizontal: "right", WrapText: true}})
	whole := style(excelize.Style{Font: &body, Alignment: &excelize.Alignment{Horizontal: "right"}, CustomNumFmt: &format})
	tagHeading(f, h1)

	put := func(sheet, cell string, value any, style int) {
		t.Helper()
		if err := errors.Join(f.SetCellValue(sheet, cell, value), f.SetCellStyle(sheet, cell, cell, style)); err != nil {
			t.Fatal(err)
		}
	}
	_, noSheet := f.NewSheet("By_group")
	off := false
	must(t, f.SetSheetName("Sheet1", "Cover"), noSheet, f.SetColWidth("Cover", "A", "A", 60), f.SetColWidth("By_group", "A", "B", 20),
		f.SetDocProps(&excelize.DocProperties{
			Title: "Staff of Synthetic Trust", Creator: "Synthetic Trust", Keywords: "staff, synthetic data", Language: "en-GB",
			Created: "2026-11-03T14:05:00Z", Modified: "2026-11-03T14:05:00Z",
		}))
	put("Cover", "A1", "Staff of Synthetic Trust", h1)
	for i, line := range []string{"About", "Period and geography", "Source", "Status", "Published", "Next update", "Shorthand", "Notes", "Contact"} {
		cell, err := excelize.CoordinatesToCellName(1, i+2)
		must(t, err)
		put("Cover", cell, line, text)
	}
	put("By_group", "A1", "Staff by staff group of Synthetic Trust", h1)
	put("By_group", "A2", "This worksheet contains one table.", text)
	put("By_group", "A3", "Staff group", left)
	put("By_group", "B3", "Staff (people)", right)
	put("By_group", "A4", "Nursing", text)
	put("By_group", "B4", 2310, whole)
	must(t, f.AddTable("By_group", &excelize.Table{Range: "A3:B4", Name: "staff_by_group", ShowRowStripes: &off}))
	dropFilters(f)
	var out bytes.Buffer
	must(t, f.Write(&out))
	wantNone(t, checkBytes(t, out.Bytes(), "staff-by-group.xlsx", check.Options{}))
}

func must(tb testing.TB, errs ...error) {
	tb.Helper()
	if err := errors.Join(errs...); err != nil {
		tb.Fatal(err)
	}
}

// tagHeading makes a style an instance of Heading 1.
func tagHeading(f *excelize.File, id int) {
	parent := f.Styles.CellXfs.Xf[id]
	parent.XfID = nil
	f.Styles.CellStyleXfs.Xf = append(f.Styles.CellStyleXfs.Xf, parent)
	f.Styles.CellStyleXfs.Count = len(f.Styles.CellStyleXfs.Xf)
	index, builtIn := len(f.Styles.CellStyleXfs.Xf)-1, 16
	named := *f.Styles.CellStyles.CellStyle[0]
	named.Name, named.XfID, named.BuiltInID = "Heading 1", index, &builtIn
	f.Styles.CellStyles.CellStyle = append(f.Styles.CellStyles.CellStyle, &named)
	f.Styles.CellStyles.Count = len(f.Styles.CellStyles.CellStyle)
	f.Styles.CellXfs.Xf[id].XfID = &index
}

// dropFilters takes the filter buttons out of tables, which excelize always writes.
func dropFilters(f *excelize.File) {
	f.Pkg.Range(func(path, content any) bool {
		part, is := content.([]byte)
		if name, isName := path.(string); is && isName && bytes.Contains(part, []byte("<autoFilter")) {
			before, rest, _ := bytes.Cut(part, []byte("<autoFilter"))
			_, after, _ := bytes.Cut(rest, []byte("</autoFilter>"))
			f.Pkg.Store(name, append(bytes.Clone(before), after...))
		}
		return true
	})
}
