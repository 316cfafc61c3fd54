package report

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/workbook"
)

// chart lays the sheet of a chart out: what it shows in words, a link to the figures,
// and the chart below. The sheet of the figures has been laid out before.
func (w *writer) chart(c *chart, warnings []string) (laidSheet, error) {
	place := slices.IndexFunc(w.sheets, func(s laidSheet) bool { return s.Name == c.of.name })
	if place < 0 {
		return laidSheet{}, fmt.Errorf("write sheet %s: there is no sheet %s of its figures", c.name, c.of.name)
	}
	drawn := c.drawn(len(w.sheets[place].Lines) + 2)
	laid := laidSheet{Sheet: workbook.Sheet{Name: c.name, Columns: []workbook.Column{{Width: workbook.MaxWidth}}}}
	for i, line := range c.lines(warnings) {
		style := workbook.Style{OneLine: true}
		switch i {
		case 0:
			style.Role = workbook.Title
		case 2:
			style.OneLine = workbook.TextWidth(line) <= chartLine
		}
		laid.Lines = append(laid.Lines, workbook.Line{Text: line, Style: style})
	}
	laid.Lines = append(laid.Lines, workbook.Line{Text: c.of.name, Style: workbook.Style{Role: workbook.Link}})
	last := len(laid.Lines)
	laid.Skeleton = func(file *excelize.File, name string) error {
		if err := file.SetCellHyperLink(name, workbook.CellName(1, last), "'"+c.of.name+"'!A1", "Location"); err != nil {
			return fmt.Errorf("link to the figures: %w", err)
		}
		return drawn.Draw(file, name, workbook.CellName(1, last+2))
	}
	return laid, nil
}

// chartLine is about the width of a chart in digits: as long may a line above it be.
const chartLine = 120

// drawn returns the chart over the cells of its figures; first is the row of the first
// of them.
func (c *chart) drawn(first int) *workbook.Chart {
	drawn := &workbook.Chart{
		Form:  map[chartKind]workbook.ChartForm{chartBars: workbook.Bars, chartStackedBars: workbook.StackedBars, chartLines: workbook.Lines}[c.kind],
		Title: c.heading(), Alt: c.alt(), Sheet: c.of.name, Labels: c.label + 1, LabelsTitle: c.across, ValuesTitle: c.up,
		Format: c.of.columns[c.series[0]].kind.numberFormat(), FromZero: true,
	}
	longest := 0.0
	for _, row := range c.rows {
		drawn.Rows = append(drawn.Rows, first+row)
		sum := 0.0
		for _, column := range c.series {
			figure := c.of.rows[row][column].number
			sum += figure
			drawn.FromZero = drawn.FromZero && figure >= 0
		}
		longest = max(longest, sum)
	}
	_, unit := c.of.columns[c.series[0]].headerAndUnit()
	// Bars of shares that do not add up are left out.
	drawn.Whole = c.kind == chartStackedBars && unit == "per cent"
	// A part this small has no room for its figure.
	const leastShare = 0.05
	for _, column := range c.series {
		header, _ := c.of.columns[column].headerAndUnit()
		series := workbook.Series{Name: header, Column: column + 1}
		for i, row := range c.rows {
			if c.kind == chartStackedBars && c.of.rows[row][column].number < leastShare*longest {
				series.Bare = append(series.Bare, i)
			}
		}
		drawn.Series = append(drawn.Series, series)
	}
	return drawn
}

// coloured adds the colour scale of a table to what else its sheet has; first is the
// row of its first figures. A row of totals is not coloured, because its figures are
// not to be compared with the others.
func (t tableLayout) coloured(first int, also func(*excelize.File, string) error) func(*excelize.File, string) error {
	rows := t.rowsButTotals()
	if len(t.scale) == 0 || len(rows) == 0 || t.noRecords {
		return also
	}
	var ranges []string
	columns := slices.Sorted(slices.Values(t.scale))
	for from := 0; from < len(columns); {
		to := from
		for to+1 < len(columns) && columns[to+1] == columns[to]+1 {
			to++
		}
		ranges = append(ranges, workbook.CellName(columns[from]+1, first)+":"+workbook.CellName(columns[to]+1, first+len(rows)-1))
		from = to + 1
	}
	return func(file *excelize.File, name string) error {
		if err := also(file, name); err != nil {
			return err
		}
		return workbook.ColourScale(file, name, ranges...)
	}
}

// waives returns the sections of a cover in a profile. That of the management profile
// says which rules of accessible spreadsheets it waives, if any; the receipt stays
// last.
func (b *Book) waives(profile Profile) []section {
	if profile != Management {
		return b.cover
	}
	lines := []string{"Nothing: this workbook keeps every rule for accessible spreadsheets. Its charts are on worksheets of their own, each with a text for those who do not see it and a link to its figures."}
	if slices.ContainsFunc(b.sheets, func(s *sheet) bool { return len(s.scale) > 0 && !s.noRecords }) {
		lines = []string{
			"This workbook keeps every essential rule for accessible spreadsheets. It waives one desirable rule:",
			waivedColours,
			"Colours show only what the numbers in the cells say, and text upon them is easy to read. The accessible profile is the same report without colours and charts.",
		}
	}
	last := slices.IndexFunc(b.cover, func(s section) bool { return s.heading == receiptHeading })
	return slices.Insert(slices.Clone(b.cover), last, section{"What this profile waives", lines})
}

// waivedColours is the rule that colour scales break, as package check has it.
const waivedColours = "SH-17: No cell has a fill, a colour scale or another coloured format."
