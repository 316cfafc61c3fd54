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

// chartOrder is the order of elements that Excel insists on: it offers to repair a
// workbook whose chart has another (ECMA-376 part 1, 21.2.2, and A.5.1).
func chartOrder() map[string][]string {
	axis := []string{"axId", "scaling", "delete", "axPos", "majorGridlines", "minorGridlines", "title", "numFmt", "majorTickMark", "minorTickMark", "tickLblPos", "spPr", "txPr", "crossAx", "crosses"}
	labels := []string{"numFmt", "spPr", "txPr", "dLblPos", "showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize"}
	return map[string][]string{
		"chartSpace":    {"date1904", "lang", "roundedCorners", "style", "clrMapOvr", "protection", "chart", "spPr", "txPr", "printSettings"},
		"chart":         {"title", "autoTitleDeleted", "plotArea", "legend", "plotVisOnly", "dispBlanksAs"},
		"title":         {"tx", "layout", "overlay", "spPr", "txPr"},
		"plotArea":      {"layout", "barChart", "lineChart", "catAx", "dateAx", "valAx", "spPr"},
		"barChart":      {"barDir", "grouping", "varyColors", "ser", "dLbls", "gapWidth", "overlap", "serLines", "axId"},
		"lineChart":     {"grouping", "varyColors", "ser", "dLbls", "dropLines", "hiLowLines", "upDownBars", "marker", "smooth", "axId"},
		"ser":           {"idx", "order", "tx", "spPr", "invertIfNegative", "marker", "dPt", "dLbls", "cat", "val", "smooth"},
		"dLbls":         append([]string{"dLbl", "delete"}, labels...),
		"dLbl":          {"idx", "delete"},
		"catAx":         append(slices.Clone(axis), "auto", "lblAlgn", "lblOffset", "noMultiLvlLbl"),
		"dateAx":        append(slices.Clone(axis), "auto", "lblOffset", "baseTimeUnit", "majorUnit", "majorTimeUnit"),
		"valAx":         append(slices.Clone(axis), "crossBetween", "majorUnit"),
		"scaling":       {"logBase", "orientation", "max", "min"},
		"legend":        {"legendPos", "layout", "overlay", "spPr", "txPr"},
		"printSettings": {"headerFooter", "pageMargins", "pageSetup"},
		"txPr":          {"bodyPr", "lstStyle", "p"},
		"rich":          {"bodyPr", "lstStyle", "p"},
		"p":             {"pPr", "r", "endParaRPr"},
		"defRPr":        {"ln", "solidFill", "latin"},
		"rPr":           {"ln", "solidFill", "latin"},
		"r":             {"rPr", "t"},
		"strRef":        {"f"},
		"numRef":        {"f"},
	}
}

// chartBook returns the parts of a workbook with a table of four rows and a chart.
func chartBook(t *testing.T, chart *workbook.Chart) map[string]string {
	t.Helper()
	var out bytes.Buffer
	book, err := workbook.New(&out, workbook.Options{Title: "Made up", Creator: "Nobody"}, "Data", "Chart_one")
	if err != nil {
		t.Fatal(err)
	}
	line := []workbook.Line{{Text: "Title of the sheet", Style: workbook.Style{Role: workbook.Title}}}
	if err := errors.Join(
		book.Add(workbook.Sheet{Name: "Data", Lines: line, Table: "made_up", Rows: 4, Columns: []workbook.Column{{Header: "Label"}, {Header: "Low"}, {Header: "High"}}}),
		book.Add(workbook.Sheet{Name: "Chart_one", Lines: line, Columns: []workbook.Column{{Width: 60}}, Skeleton: func(file *excelize.File, name string) error {
			return chart.Draw(file, name, "A3")
		}}),
	); err != nil {
		t.Fatal(err)
	}
	rows, err := book.Begin("Data")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		rows.Text("row")
		rows.Whole(int64(i))
		rows.Whole(int64(-i))
		if err := rows.End(); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, file := range archive.File {
		reader, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		parts[file.Name] = string(content)
	}
	return parts
}

func charts() map[string]*workbook.Chart {
	two := []workbook.Series{{Name: "Low & <low>", Column: 2, Bare: []int{1}}, {Name: "High", Column: 3}}
	return map[string]*workbook.Chart{
		"bars":    {Form: workbook.Bars, Series: two},
		"stacked": {Form: workbook.StackedBars, Series: two, Whole: true, FromZero: true},
		"lines":   {Form: workbook.Lines, Series: two},
		"one":     {Form: workbook.Lines, Series: two[:1], FromZero: true},
		"four":    {Form: workbook.StackedBars, Series: slices.Concat(two, two)},
	}
}

func TestChartsAreInTheOrderOfTheSchema(t *testing.T) {
	t.Parallel()
	for name, chart := range charts() {
		chart.Title, chart.Alt, chart.Sheet, chart.Labels, chart.Rows = "A title", "A text in place of the chart.", "Data", 1, []int{3, 4, 6}
		chart.LabelsTitle, chart.ValuesTitle, chart.Format = "Label", "Figure (number)", workbook.FormatOne
		part := chartBook(t, chart)["xl/charts/chart1.xml"]
		if part == "" {
			t.Fatalf("%s: there is no chart", name)
		}
		decoder := xml.NewDecoder(strings.NewReader(part))
		type open struct {
			name string
			last int
		}
		path := []open{{name: "document"}}
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			switch token := token.(type) {
			case xml.StartElement:
				parent := &path[len(path)-1]
				if order, known := chartOrder()[parent.name]; known {
					place := slices.Index(order, token.Name.Local)
					if place < 0 || place < parent.last {
						t.Errorf("%s: %s comes too late in %s, or does not belong there", name, token.Name.Local, parent.name)
					}
					parent.last = place
				}
				path = append(path, open{name: token.Name.Local})
			case xml.EndElement:
				path = path[:len(path)-1]
			}
		}
	}
}

func TestChartsKeepNoFiguresAndOneLanguage(t *testing.T) {
	t.Parallel()
	for name, chart := range charts() {
		chart.Title, chart.Alt, chart.Sheet, chart.Labels, chart.Rows = "A title", "A text in place of the chart.", "Data", 1, []int{3, 4, 6}
		parts := chartBook(t, chart)
		part := parts["xl/charts/chart1.xml"]
		for _, unwanted := range []string{"Cache", "c:pt ", "en-US", "numLit", "strLit"} {
			if strings.Contains(part, unwanted) {
				t.Errorf("%s: the part has %s", name, unwanted)
			}
		}
		for _, wanted := range []string{
			`<c:lang val="en-GB"/>`, "Low &amp; &lt;low&gt;", "<c:f>(Data!$A$3:$A$4,Data!$A$6)</c:f>", "<c:f>(Data!$B$3:$B$4,Data!$B$6)</c:f>",
			`srgbClr val="12436D"`, `typeface="Arial"`,
		} {
			if !strings.Contains(part, wanted) {
				t.Errorf("%s: the part has no %s", name, wanted)
			}
		}
		if legend := strings.Contains(part, "<c:legend>"); legend != (len(chart.Series) > 1) {
			t.Errorf("%s: legend %v", name, legend)
		}
		if drawing := parts["xl/drawings/drawing1.xml"]; !strings.Contains(drawing, `descr="A text in place of the chart."`) {
			t.Errorf("%s: the frame has no text: %s", name, drawing)
		}
		if len(chart.Series) == 2 && !strings.Contains(part, `srgbClr val="F46A25"`) {
			t.Errorf("%s: two series are not dark blue and orange", name)
		}
	}
}

// The frame of a chart is as large as the chart: Excel cuts one off that ends where it
// begins.
func TestChartsHaveRoom(t *testing.T) {
	t.Parallel()
	chart := charts()["bars"]
	chart.Title, chart.Alt, chart.Sheet, chart.Labels, chart.Rows = "A title", "A text in place of the chart.", "Data", 1, []int{3, 4, 5}
	var anchor struct {
		Anchor []struct {
			From struct {
				Col int `xml:"col"`
				Row int `xml:"row"`
			} `xml:"from"`
			To struct {
				Col int `xml:"col"`
				Row int `xml:"row"`
			} `xml:"to"`
		} `xml:"twoCellAnchor"`
	}
	if err := xml.Unmarshal([]byte(chartBook(t, chart)["xl/drawings/drawing1.xml"]), &anchor); err != nil || len(anchor.Anchor) != 1 {
		t.Fatalf("%d frames (%v)", len(anchor.Anchor), err)
	}
	if from, to := anchor.Anchor[0].From, anchor.Anchor[0].To; from.Row != 2 || from.Col != 0 || to.Row < 15 || to.Col < 5 {
		t.Errorf("the frame goes from %+v to %+v", from, to)
	}
}

func TestChartsThatCannotBeDrawn(t *testing.T) {
	t.Parallel()
	one := []workbook.Series{{Name: "One", Column: 2}}
	for name, chart := range map[string]*workbook.Chart{
		"no series":   {Rows: []int{3}},
		"five series": {Rows: []int{3}, Series: slices.Repeat(one, 5)},
		"no rows":     {Series: one},
		"disorder":    {Series: one, Rows: []int{4, 3}},
	} {
		if err := chart.Draw(excelize.NewFile(), "Sheet1", "A1"); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestColourScale(t *testing.T) {
	t.Parallel()
	file := excelize.NewFile()
	if err := workbook.ColourScale(file, "Sheet1", "C4:D9", "F4:F9"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	again, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	formats, err := again.GetConditionalFormats("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	scale := formats["C4:D9 F4:F9"]
	if len(scale) != 1 || scale[0].Type != "2_color_scale" || scale[0].MinColor != "FFFFFF" || scale[0].MaxColor != "6BACE6" {
		t.Errorf("got %+v", formats)
	}
}
