package report

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"skillstracker/api/workbook"
)

// chartKind is the form of a chart.
type chartKind int

const (
	chartBars        chartKind = iota // horizontal bars, one for each row and series
	chartStackedBars                  // horizontal bars of parts that add up
	chartLines                        // a line for each series over months
)

// chart is a chart of the management profile, on a sheet of its own, of figures that
// stand in a table of the same workbook. It shows nothing that the table does not:
// rows in which a figure of the series is absent are left out, and the sheet says so.
// A chart of fewer than two rows is left out with its sheet.
type chart struct {
	name  string // of the tab, such as Chart_levels
	about string // for the list of contents
	title string // of the sheet and of the chart
	// message is one sentence that says what the chart shows, for those who do not see
	// it; it names the sheet of the figures.
	message string
	kind    chartKind
	of      *sheet // the figures
	label   int    // column of of that names each bar, or holds the month
	series  []int  // columns of of, at most four
	rows    []int  // rows of of that are shown, from 0; nil for all but a row of totals
	// across and up are the titles of the axes of categories and of values.
	across, up string

	// leftOut lists the labels of the rows that are not shown because a figure is absent,
	// and uneven those whose rounded parts do not make up a whole.
	leftOut, uneven []string
}

// finishCharts returns the charts that can be drawn, with the rows that they show.
func finishCharts(charts []*chart) ([]*chart, error) {
	var drawn []*chart
	for _, c := range charts {
		if err := c.finish(); err != nil {
			return nil, fmt.Errorf("chart %s: %w", c.name, err)
		}
		if len(c.rows) > 1 {
			drawn = append(drawn, c)
		}
	}
	return drawn, nil
}

// finish works out which rows have all their figures. It fails when the chart names
// columns or rows that its sheet does not have.
func (c *chart) finish() error {
	if len(c.series) == 0 || len(c.series) > workbook.MaxSeries {
		return fmt.Errorf("it has %d series", len(c.series))
	}
	for _, column := range append([]int{c.label}, c.series...) {
		if column < 0 || column >= len(c.of.columns) {
			return fmt.Errorf("sheet %s has no column %d", c.of.name, column)
		}
	}
	if (c.kind == chartLines) != (c.of.columns[c.label].kind == kindMonth) {
		return errors.New("lines are of months, and bars are not")
	}
	rows := c.rows
	if rows == nil {
		rows = c.of.rowsButTotals()
	}
	c.rows, c.leftOut, c.uneven = nil, nil, nil
	for _, i := range rows {
		if i < 0 || i >= len(c.of.rows) {
			return fmt.Errorf("sheet %s has no row %d", c.of.name, i)
		}
		row := c.of.rows[i]
		label := row[c.label].text
		if row[c.label].isNumber {
			label = c.of.shown(row, c.label)
		}
		switch {
		case !complete(row, c.series):
			c.leftOut = append(c.leftOut, label)
		case c.kind == chartStackedBars && !addsUp(c.of, row, c.series):
			c.uneven = append(c.uneven, label)
		default:
			c.rows = append(c.rows, i)
		}
	}
	return nil
}

// rowsButTotals returns the places of all rows but a last one of totals, which says
// All of something.
func (s *sheet) rowsButTotals() []int {
	var rows []int
	for i, row := range s.rows {
		total := slices.ContainsFunc(row, func(v value) bool { return strings.HasPrefix(v.text, "All ") })
		if i < len(s.rows)-1 || !total {
			rows = append(rows, i)
		}
	}
	return rows
}

// lines returns the cells of column A of the chart's sheet but the last one, which
// leads to the figures.
func (c *chart) lines(warnings []string) []string {
	message := c.message
	if !strings.Contains(message, c.of.name) {
		message += " The figures are on the worksheet " + c.of.name + "."
	}
	lines := append([]string{c.title, "This worksheet contains one chart.", message}, warnings...)
	lines = append(lines, notDrawn(c.leftOut, "a figure is withheld or absent", "a figure of each is withheld or absent")...)
	lines = append(lines, notDrawn(c.uneven, unevenShares, unevenShares)...)
	return append(lines, "The figures of the chart are on this worksheet:")
}

// unevenShares is why a bar of rounded parts is not drawn.
const unevenShares = "shares of so few staff are rounded so far that they do not add up to about 100 per cent"

// notDrawn returns the line, if any, that says which rows a chart leaves out and why; each
// is the reason when there are several.
func notDrawn(labels []string, why, each string) []string {
	const named = 8
	last := len(labels) - 1
	switch {
	case last < 0:
		return nil
	case last == 0:
		return []string{fmt.Sprintf("Left out, because %s: %s.", why, labels[0])}
	case last >= named:
		return []string{fmt.Sprintf("%d rows are left out, because %s.", len(labels), each)}
	}
	return []string{fmt.Sprintf("Left out, because %s: %s and %s.", each, strings.Join(labels[:last], "; "), labels[last])}
}

// heading returns the title as it stands in the chart, which need not say that it is
// one.
func (c *chart) heading() string {
	text, found := strings.CutPrefix(c.title, "Chart: ")
	if !found || text == "" {
		return c.title
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// alt returns the text for those who do not see the chart, as long as screen readers
// should read at once. The sheet has the whole message.
func (c *chart) alt() string {
	const most = 300
	form := map[chartKind]string{chartBars: "Bar chart", chartStackedBars: "Stacked bar chart", chartLines: "Line chart"}[c.kind]
	text := []rune(form + ". " + c.message)
	if len(text) <= most {
		return string(text)
	}
	cut := string(text[:most-1])
	return strings.TrimRight(cut[:strings.LastIndex(cut, " ")], " ,;") + "…"
}
