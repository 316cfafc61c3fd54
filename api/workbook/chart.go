package workbook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// ChartForm is how a chart shows its figures.
type ChartForm uint8

// The forms.
const (
	Bars        ChartForm = iota // horizontal, the first row on top
	StackedBars                  // horizontal, of parts that add up
	Lines                        // over months
)

// MaxSeries is the number of series that a chart may have
// (Government Analysis Function, data visualisation: charts).
const MaxSeries = 4

// Chart is a chart of figures that stand on another worksheet of the workbook. It
// refers to their cells and keeps no copy of them.
type Chart struct {
	Form  ChartForm
	Title string
	// Alt is the text for those who do not see the chart.
	Alt string

	Sheet  string // of the figures
	Rows   []int  // rows of that sheet that are shown, upwards from 1
	Labels int    // column, from 1, of what the rows are called, or of months
	Series []Series

	LabelsTitle, ValuesTitle string // of the axes
	Format                   string // of the figures
	FromZero                 bool   // the axis of the figures begins at 0
	// Whole says that the parts of each row make up a whole but for rounding, so that
	// all bars are of one length.
	Whole bool
}

// Series is a column of figures of a chart.
type Series struct {
	Name   string
	Column int // from 1
	// Bare lists the places in Rows, from 0, whose figures are not written beside
	// them, because there is no room.
	Bare []int
}

// chartWidth is the width of a chart in pixels: that of a page of A4 across.
const chartWidth = 1000

// height returns the height of a chart in pixels.
func (c *Chart) height() int {
	const lines, least, head, gap, bar = 480, 340, 190, 14, 22
	switch c.Form {
	case Bars:
		return max(least, head+len(c.Rows)*(gap+bar*len(c.Series)))
	case StackedBars:
		return max(least, head+len(c.Rows)*(gap+bar))
	case Lines:
	}
	return lines
}

// Draw puts the chart on a worksheet with its top left corner in a cell. It is for
// the Skeleton of a Sheet.
func (c *Chart) Draw(file *excelize.File, sheet, cell string) error {
	if len(c.Series) == 0 || len(c.Series) > MaxSeries || len(c.Rows) == 0 {
		return fmt.Errorf("draw chart on sheet %s: it has %d series of %d rows", sheet, len(c.Series), len(c.Rows))
	}
	if !slices.IsSorted(c.Rows) {
		return fmt.Errorf("draw chart on sheet %s: its rows are not in order", sheet)
	}
	before := chartParts(file)
	// The library makes the frame and lists the parts. The part of the chart is ours:
	// the library leaves out what it needs, and names the wrong language.
	if err := file.AddChart(sheet, cell, &excelize.Chart{
		Type:      excelize.Bar,
		Series:    []excelize.ChartSeries{{Values: c.cells(c.Series[0].Column)}},
		Dimension: excelize.ChartDimension{Width: chartWidth, Height: uint(max(c.height(), 0))},
		Format:    excelize.GraphicOptions{AltText: c.Alt},
	}); err != nil {
		return fmt.Errorf("draw chart on sheet %s: %w", sheet, err)
	}
	for _, part := range chartParts(file) {
		if !slices.Contains(before, part) {
			content, err := c.part()
			if err != nil {
				return fmt.Errorf("draw chart on sheet %s: %w", sheet, err)
			}
			file.Pkg.Store(part, content)
			return nil
		}
	}
	return fmt.Errorf("draw chart on sheet %s: it has no part", sheet)
}

// chartParts returns the names of the parts of charts.
func chartParts(file *excelize.File) []string {
	var parts []string
	file.Pkg.Range(func(path, _ any) bool {
		if name, isName := path.(string); isName && strings.HasPrefix(name, "xl/charts/chart") {
			parts = append(parts, name)
		}
		return true
	})
	return parts
}

// cells returns the reference to the cells of a column in the rows shown: one range,
// or a union of several in brackets, as both Excel and LibreOffice read it.
func (c *Chart) cells(column int) string {
	var ranges []string
	for from := 0; from < len(c.Rows); {
		to := from
		for to+1 < len(c.Rows) && c.Rows[to+1] == c.Rows[to]+1 {
			to++
		}
		cells := fmt.Sprintf("%s!$%s$%d", c.Sheet, letters(column), c.Rows[from])
		if to > from {
			cells += fmt.Sprintf(":$%s$%d", letters(column), c.Rows[to])
		}
		ranges = append(ranges, cells)
		from = to + 1
	}
	if len(ranges) == 1 {
		return ranges[0]
	}
	return "(" + strings.Join(ranges, ",") + ")"
}

// ColourScale colours the figures in ranges of a worksheet, as in C7:H16, from white
// for the least to a blue on which black text can be read for the greatest. It is for
// the Skeleton of a Sheet.
func ColourScale(file *excelize.File, sheet string, ranges ...string) error {
	if err := file.SetConditionalFormat(sheet, strings.Join(ranges, " "), []excelize.ConditionalFormatOptions{{
		Type: "2_color_scale", Criteria: "=", MinType: "min", MaxType: "max", MinColor: "#FFFFFF", MaxColor: "#6BACE6",
	}}); err != nil {
		return fmt.Errorf("colour sheet %s: %w", sheet, err)
	}
	return nil
}
