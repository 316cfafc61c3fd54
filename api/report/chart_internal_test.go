package report

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/report/check"
)

// drawnChart is a chart as its parts say.
type drawnChart struct {
	Bars  []drawnSeries `xml:"chart>plotArea>barChart>ser"`
	Lines []drawnSeries `xml:"chart>plotArea>lineChart>ser"`
	Title []string      `xml:"chart>title>tx>rich>p>r>t"`
	Axes  []string      `xml:"chart>plotArea>catAx>title>tx>rich>p>r>t"`
	Dates []string      `xml:"chart>plotArea>dateAx>title>tx>rich>p>r>t"`
	Value []string      `xml:"chart>plotArea>valAx>title>tx>rich>p>r>t"`
	alt   string
}

type drawnSeries struct {
	Name string `xml:"tx>v"`
	Cat  struct {
		Text  string `xml:"strRef>f"`
		Month string `xml:"numRef>f"`
	} `xml:"cat"`
	Values string `xml:"val>numRef>f"`
	Fill   struct {
		Val string `xml:"val,attr"`
	} `xml:"spPr>solidFill>srgbClr"`
	Line struct {
		Val string `xml:"val,attr"`
	} `xml:"spPr>ln>solidFill>srgbClr"`
	Marker struct {
		Val string `xml:"val,attr"`
	} `xml:"marker>symbol"`
}

// chartsOf returns the charts of a workbook by the number of their part.
func chartsOf(t *testing.T, content []byte) (*excelize.File, []drawnChart) {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	part := func(name string) []byte {
		held, _ := file.Pkg.Load(name)
		text, _ := held.([]byte)
		return text
	}
	var charts []drawnChart
	for i := 1; ; i++ {
		text := part("xl/charts/chart" + strconv.Itoa(i) + ".xml")
		if text == nil {
			return file, charts
		}
		var c drawnChart
		if err := xml.Unmarshal(text, &c); err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(`descr="([^"]*)"`).FindSubmatch(part("xl/drawings/drawing" + strconv.Itoa(i) + ".xml"))
		if found != nil {
			c.alt = string(found[1])
		}
		charts = append(charts, c)
	}
}

// cellsOf returns the values of the cells of a reference, or of a union of several.
func cellsOf(t *testing.T, file *excelize.File, reference string) []string {
	t.Helper()
	var values []string
	for part := range strings.SplitSeq(strings.Trim(reference, "()"), ",") {
		sheet, cells, _ := strings.Cut(strings.ReplaceAll(part, "$", ""), "!")
		from, to, isRange := strings.Cut(cells, ":")
		if !isRange {
			to = from
		}
		column, first, err := excelize.CellNameToCoordinates(from)
		if err != nil {
			t.Fatal(err)
		}
		_, last, err := excelize.CellNameToCoordinates(to)
		if err != nil {
			t.Fatal(err)
		}
		for row := first; row <= last; row++ {
			name, err := excelize.CoordinatesToCellName(column, row)
			if err != nil {
				t.Fatal(err)
			}
			text, err := file.GetCellValue(sheet, name, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			values = append(values, text)
		}
	}
	return values
}

func TestChartsShowTheCellsOfTheirTable(t *testing.T) {
	t.Parallel()
	b := everyKind(t)
	if len(b.charts) != 4 {
		t.Fatalf("%d charts, want those of two rows and more", len(b.charts))
	}
	file, drawn := chartsOf(t, written(t, b, XLSX, Management))
	if len(drawn) != len(b.charts) {
		t.Fatalf("%d charts are drawn, want %d", len(drawn), len(b.charts))
	}
	colours := [][]string{{"12436D"}, {"12436D", "F46A25"}, {"12436D", "F46A25"}, {"12436D", "28A197", "801650"}}
	titles := []string{"Chart of the rate by group", "Chart of two series by group", "Chart of parts by month's place", "Three lines by month"}
	shown := [][]int{{0, 1, 3}, {0, 1, 3}, {0, 1, 3}, {0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11}}
	for i, c := range b.charts {
		got := drawn[i]
		series := slices.Concat(got.Bars, got.Lines)
		if len(series) != len(c.series) || !slices.Equal(got.Title, titles[i:i+1]) || !slices.Equal(slices.Concat(got.Axes, got.Dates), []string{c.across}) || !slices.Equal(got.Value, []string{c.up}) {
			t.Errorf("%s: %+v", c.name, got)
		}
		if length := len([]rune(got.alt)); length < 10 || length > 300 || !strings.Contains(got.alt, strings.TrimSuffix(c.message, ".")) {
			t.Errorf("%s: text %q", c.name, got.alt)
		}
		markers := map[string]bool{}
		for j, s := range series {
			markers[s.Marker.Val] = true
			if colour := s.Fill.Val; colour != colours[i][j] && s.Line.Val != colours[i][j] {
				t.Errorf("%s, series %d: colour %s, want %s", c.name, j+1, colour, colours[i][j])
			}
			labels, values := cellsOf(t, file, s.Cat.Text+s.Cat.Month), cellsOf(t, file, s.Values)
			if len(values) != len(shown[i]) || len(labels) != len(shown[i]) {
				t.Fatalf("%s: %d values and %d labels, want %d", c.name, len(values), len(labels), len(shown[i]))
			}
			for k, row := range shown[i] {
				label, figure := c.of.rows[row][c.label], c.of.rows[row][c.series[j]]
				wantLabel := b.notes.mark(label.text, label.notes)
				if label.isNumber {
					wantLabel = strconv.FormatFloat(label.number, 'f', -1, 64)
				}
				if want := strconv.FormatFloat(figure.number, 'f', -1, 64); values[k] != want || labels[k] != wantLabel {
					t.Errorf("%s, series %d: %s is %s, want %s of %s", c.name, j+1, labels[k], values[k], want, wantLabel)
				}
			}
		}
		if len(got.Lines) > 1 && len(markers) != len(got.Lines) {
			t.Errorf("%s: lines have the markers %v", c.name, markers)
		}
	}
}

func TestSheetsOfCharts(t *testing.T) {
	t.Parallel()
	b := everyKind(t)
	file, _ := chartsOf(t, written(t, b, XLSX, Management))
	contents, err := file.GetRows("Contents")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, row := range contents {
		listed = append(listed, row[0])
	}
	for _, c := range b.charts {
		rows, err := file.GetCols(c.name)
		if err != nil {
			t.Fatal(err)
		}
		cells := rows[0]
		if cells[0] != c.title || cells[1] != "This worksheet contains one chart." || !strings.HasPrefix(cells[2], c.message) || !strings.Contains(cells[2], c.of.name) {
			t.Errorf("%s: %q", c.name, cells[:3])
		}
		wantLeftOut := "Left out, because a figure is withheld or absent: Students."
		if c.kind == chartLines {
			wantLeftOut = "Left out, because a figure is withheld or absent: Mar 2026."
		}
		if c.rows == nil || slices.Contains(cells, wantLeftOut) == (c.name == "Chart_parts") {
			t.Errorf("%s: %q", c.name, cells)
		}
		_, target, err := file.GetCellHyperLink(c.name, "A"+strconv.Itoa(len(cells)))
		if err != nil || target != "'"+c.of.name+"'!A1" || cells[len(cells)-1] != c.of.name {
			t.Errorf("%s: %s leads to %s (%v)", c.name, cells[len(cells)-1], target, err)
		}
		if !slices.Contains(listed, c.name) {
			t.Errorf("%s is not among the contents %q", c.name, listed)
		}
	}
	accessible, drawn := chartsOf(t, written(t, b, XLSX, Accessible))
	if len(drawn) > 0 {
		t.Errorf("the accessible profile has %d charts", len(drawn))
	}
	for _, sheet := range accessible.GetSheetList() {
		if formats, err := accessible.GetConditionalFormats(sheet); err != nil || len(formats) > 0 || strings.HasPrefix(sheet, "Chart") {
			t.Errorf("the accessible profile has %s with %v (%v)", sheet, formats, err)
		}
	}
	formats, err := file.GetConditionalFormats("By_group")
	if err != nil || len(formats["F7:G10"]) != 1 {
		t.Errorf("colours of By_group: %v (%v), want none in the row of totals", formats, err)
	}
}

// The management profile breaks no rule but those that its cover lists.
func TestCoverListsWhatTheManagementProfileWaives(t *testing.T) {
	t.Parallel()
	coloured, plain := everyKind(t), everyKind(t)
	plain.sheets[0].scale = nil
	for _, b := range []*Book{coloured, plain} {
		content := written(t, b, XLSX, Management)
		result, err := check.File(t.Context(), bytes.NewReader(content), int64(len(content)), b.FileName(XLSX, Management), check.Options{Profile: check.Management})
		if err != nil {
			t.Fatal(err)
		}
		for _, breach := range result.Unwaived() {
			t.Errorf("%s %s!%s: %s", breach.Rule, breach.Sheet, breach.Cell, breach.Message)
		}
		var waived []string
		for _, rule := range result.Rules {
			if rule.Outcome == check.Waived {
				waived = append(waived, rule.ID+": "+rule.Asks)
			}
		}
		file, _ := chartsOf(t, content)
		cover, err := file.GetCols("Cover")
		if err != nil {
			t.Fatal(err)
		}
		var listed []string
		for _, cell := range cover[0] {
			if regexp.MustCompile(`^[A-Z]{2}-\d\d: `).MatchString(cell) {
				listed = append(listed, cell)
			}
		}
		if !slices.Equal(waived, listed) || !slices.Contains(cover[0], "What this profile waives") {
			t.Errorf("the cover lists %q, the check waived %q", listed, waived)
		}
	}
}

func TestChartsThatCannotBeDrawn(t *testing.T) {
	t.Parallel()
	b := everyKind(t)
	groups, months := b.sheets[0], b.sheets[1]
	for name, c := range map[string]*chart{
		"no series":     {of: groups, label: 1},
		"five series":   {of: groups, label: 1, series: []int{2, 3, 4, 5, 6}},
		"no column":     {of: groups, label: 1, series: []int{-1}},
		"no label":      {of: groups, label: 99, series: []int{2}},
		"no row":        {of: groups, label: 1, series: []int{2}, rows: []int{5}},
		"lines of text": {of: groups, label: 1, series: []int{2}, kind: chartLines},
		"bars of time":  {of: months, label: 0, series: []int{1}, kind: chartBars},
	} {
		if err := c.finish(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestLongTextsOfChartsAreCutBetweenWords(t *testing.T) {
	t.Parallel()
	long := &chart{kind: chartBars, message: strings.Repeat("häufig, ", 60)}
	got := []rune(long.alt())
	if len(got) > 300 || len(got) < 280 || !strings.HasSuffix(string(got), "häufig…") {
		t.Errorf("%d characters, ending in %q", len(got), string(got[len(got)-20:]))
	}
}
