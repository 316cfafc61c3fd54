package report

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
	// across and upward are the titles of the axes of categories and of values.
	across, upward string
}
