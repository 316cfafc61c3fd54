package workbook_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/workbook"
)

// parts are the parts of a package in their order.
type parts struct {
	names []string
	texts map[string]string
}

func partsOf(t *testing.T, data []byte) parts {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	p := parts{texts: map[string]string{}}
	for _, file := range archive.File {
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			t.Fatalf("%s: %v", file.Name, err)
		}
		if _, twice := p.texts[file.Name]; twice {
			t.Errorf("%s is there twice", file.Name)
		}
		p.names, p.texts[file.Name] = append(p.names, file.Name), string(text)
	}
	return p
}

// worksheetOrder is the order of the children of a worksheet, as far as they occur
// here (ECMA-376 part 1, 18.3.1.99). Excel takes a file with another for damaged.
func worksheetOrder() []string {
	return []string{
		"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "conditionalFormatting",
		"dataValidations", "hyperlinks", "pageMargins", "pageSetup", "ignoredErrors", "drawing", "tableParts", "extLst",
	}
}

// children are the names of the elements below the root, each once in a row.
func children(t *testing.T, text string) []string {
	t.Helper()
	var names []string
	depth := 0
	for decoder := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return slices.Compact(names)
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth++; depth == 2 {
				names = append(names, token.Name.Local)
			}
		case xml.EndElement:
			depth--
		}
	}
}

// full is a workbook with every feature that clients use.
func full(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	book, err := workbook.New(&out, options(), "Figures", "Chart")
	if err != nil {
		t.Fatal(err)
	}
	sheet := figures(3)
	sheet.Skeleton = func(file *excelize.File, name string) error {
		check := excelize.NewDataValidation(true)
		check.SetSqref("A4:A9")
		check.SetInput("Optional", "A code")
		return errors.Join(
			file.SetCellHyperLink(name, "B4", "'Chart'!A1", "Location"),
			file.AddDataValidation(name, check),
			file.SetConditionalFormat(name, "C4:C6", []excelize.ConditionalFormatOptions{
				{Type: "2_color_scale", Criteria: "=", MinType: "min", MaxType: "max", MinColor: "#FFFFFF", MaxColor: "#6BACE6"},
			}),
		)
	}
	chart := workbook.Sheet{Name: "Chart", Lines: []workbook.Line{title("A chart of the figures")}, Skeleton: func(file *excelize.File, name string) error {
		return file.AddChart(name, "A3", &excelize.Chart{
			Type: excelize.Line, Series: []excelize.ChartSeries{{Name: "Posts", Categories: "Figures!$A$4:$A$6", Values: "Figures!$C$4:$C$6"}},
		})
	}}
	if err := errors.Join(book.Add(sheet), book.Add(chart)); err != nil {
		t.Fatal(err)
	}
	rows, err := book.Begin("Figures")
	if err != nil {
		t.Fatal(err)
	}
	putFigures(t, rows, 3)
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPartsAreWhatExcelTakes(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{"counted": written(t, 5, 5), "not counted": written(t, workbook.Unknown, 5), "full": full(t), "empty": written(t, 0, 0)} {
		p := partsOf(t, data)
		if first := p.names[0] == "[Content_Types].xml"; first != (name != "not counted") {
			t.Errorf("%s: the first part is %s", name, p.names[0])
		}
		var types struct {
			Overrides []struct {
				Part string `xml:"PartName,attr"`
			} `xml:"Override"`
		}
		if err := xml.Unmarshal([]byte(p.texts["[Content_Types].xml"]), &types); err != nil {
			t.Fatal(err)
		}
		for _, override := range types.Overrides {
			if _, has := p.texts[strings.TrimPrefix(override.Part, "/")]; !has {
				t.Errorf("%s: there is no part %s", name, override.Part)
			}
		}
		for part, text := range p.texts {
			found := children(t, text) // every part is well-formed
			if !strings.HasPrefix(part, "xl/worksheets/sheet") {
				continue
			}
			place := -1
			for _, child := range found {
				next := slices.Index(worksheetOrder(), child)
				if next <= place {
					t.Errorf("%s: %s has %s out of order: %v", name, part, child, found)
				}
				place = next
			}
			if strings.Contains(text, "customHeight") || strings.Contains(text, `t="s"`) {
				t.Errorf("%s: %s has fixed heights or shared strings", name, part)
			}
		}
	}
}

func TestFeaturesOfTheSkeletonAreKept(t *testing.T) {
	t.Parallel()
	p := partsOf(t, full(t))
	want := []string{
		"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "conditionalFormatting", "dataValidations", "hyperlinks",
		"pageSetup", "ignoredErrors", "tableParts",
	}
	if got := children(t, p.texts["xl/worksheets/sheet1.xml"]); !slices.Equal(got, want) {
		t.Errorf("the sheet of figures has %v", got)
	}
	if got := children(t, p.texts["xl/worksheets/sheet2.xml"]); !slices.Contains(got, "drawing") {
		t.Errorf("the sheet of the chart has %v", got)
	}
	if p.texts["xl/charts/chart1.xml"] == "" || p.texts["xl/drawings/drawing1.xml"] == "" {
		t.Errorf("parts are %v", p.names)
	}
	if strings.Contains(p.texts["xl/sharedStrings.xml"], "<si>") {
		t.Error("texts are left over in the shared strings")
	}
	if names := p.texts["xl/workbook.xml"]; !strings.Contains(names, `&#39;Figures&#39;!$A:$A,&#39;Figures&#39;!$3:$3<`) || strings.Contains(names, "!$4") {
		t.Errorf("print titles are wrong: %s", names)
	}
}

func TestRangesAndTables(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		declared, count  int
		dimension, table string
	}{
		{5, 5, "A1:D8", "A3:D8"}, {workbook.Unknown, 5, "", "A3:D8"}, {0, 0, "A1:D3", "A3:D4"}, {workbook.Unknown, 0, "", "A3:D4"},
	} {
		p := partsOf(t, written(t, c.declared, c.count))
		var sheet struct {
			Dimension struct {
				Ref string `xml:"ref,attr"`
			} `xml:"dimension"`
		}
		if err := xml.Unmarshal([]byte(p.texts["xl/worksheets/sheet2.xml"]), &sheet); err != nil || sheet.Dimension.Ref != c.dimension {
			t.Errorf("%d rows of %d: the sheet says %q, %v", c.count, c.declared, sheet.Dimension.Ref, err)
		}
		const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
			`<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="figures" displayName="figures" ref="`
		const tail = `" totalsRowShown="0"><tableColumns count="4"><tableColumn id="1" name="Code"/><tableColumn id="2" name="Text &amp; &quot;more&quot;"/>` +
			`<tableColumn id="3" name="Posts (number)"/><tableColumn id="4" name="Day"/></tableColumns>` +
			`<tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>`
		if got := p.texts["xl/tables/table1.xml"]; got != head+c.table+tail {
			t.Errorf("%d rows of %d: the table is %s", c.count, c.declared, got)
		}
	}
}

// A workbook without a time claims none.
func TestNoTimeIsMadeUp(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	book, err := workbook.New(&out, workbook.Options{Title: "Untimed"}, "Cover")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(book.Add(workbook.Sheet{Name: "Cover", Lines: []workbook.Line{title("Untimed")}}), book.Close()); err != nil {
		t.Fatal(err)
	}
	if core := partsOf(t, out.Bytes()).texts["docProps/core.xml"]; strings.Contains(core, "dcterms:created") || strings.Contains(core, "2006-") && strings.Contains(core, "T00") {
		t.Errorf("properties are %s", core)
	}
}
