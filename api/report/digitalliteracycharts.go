package report

import (
	"fmt"
	"slices"
)

// charts returns the charts of the management profile. A chart of which no figure can be
// shown is left out.
func (in DigitalLiteracyInput) charts(sheets []*sheet) []*chart {
	of := func(name string) *sheet {
		return sheets[slices.IndexFunc(sheets, func(s *sheet) bool { return s.name == name })]
	}
	levels, domains, months := of("By_level_group"), of("By_domain"), of("Trend_overall")
	var series []int
	for i := range levels.columns[3:] {
		series = append(series, 3+i)
	}
	gap := domains.columnOf(gapHeader)
	// Where nobody has a target, completion is what there is to follow.
	share := months.columnOf(targetsHeader)
	if !slices.ContainsFunc(months.rows, func(row []value) bool { return row[share].isNumber }) {
		share = months.columnOf("Completion rate (per cent)")
	}
	what := "Completion rate"
	if months.columns[share].header == targetsHeader {
		what = "Share at or above target in every competence"
	}
	var made []*chart
	for _, c := range []*chart{
		{
			name: "Chart_levels", about: "Chart of the share of staff in each group of levels, by competence", title: in.sheetTitle("Chart: levels by competence"),
			message: mostIn(levels, 1, series), kind: chartStackedBars, of: levels, label: 1, series: series, rows: allRows(levels, 0),
			across: "Competence", up: "Share of staff assessed (per cent)",
		},
		{
			name: "Chart_gaps", about: "Chart of the mean gap to target by competence", title: in.sheetTitle("Chart: mean gap to target by competence"),
			message: greatestGap(domains, 3, gap), kind: chartBars, of: domains, label: 3, series: []int{gap}, rows: allRows(domains, 0),
			across: "Competence", up: "Mean gap to target (levels)",
		},
		{
			name: "Chart_trend", about: "Chart over a year: " + lowerFirst(what), title: in.sheetTitle("Chart: " + lowerFirst(what) + " by month"),
			message: overTime(what, months, share), kind: chartLines, of: months, label: 0, series: []int{share}, rows: allRows(months, 0),
			across: "Month", up: "Share of staff (per cent)",
		},
	} {
		if c.showsAnything() {
			made = append(made, c)
		}
	}
	return made
}

// mostIn says in which competence the share of staff in the lowest group of levels is
// greatest.
func mostIn(s *sheet, label int, series []int) string {
	drawn, column := s.drawnOf(chartStackedBars, label, allRows(s, 0), series...), s.columns[series[0]]
	if len(drawn.rows) == 0 {
		return "The share of staff in each group of levels, by competence. The figures are on the worksheet " + s.name + "."
	}
	group, _ := column.headerAndUnit()
	names, figure := drawn.most(column.kind)
	return drawn.of(fmt.Sprintf("The share of staff at %s is greatest in %s, %s per cent. The figures are on the worksheet %s.", lowerFirst(group), names, figure, s.name))
}

// greatestGap says in which competence staff are furthest below target.
func greatestGap(s *sheet, label, column int) string {
	drawn := s.drawnOf(chartBars, label, allRows(s, 0), column)
	if len(drawn.rows) == 0 {
		return "The mean gap to target is not available."
	}
	names, figure := drawn.most(s.columns[column].kind)
	if figure == s.columns[column].kind.shown(0) {
		return drawn.of("The mean gap to target is " + figure + " levels in every competence. The figures are on the worksheet " + s.name + ".")
	}
	return drawn.of(fmt.Sprintf("Staff are furthest below target in %s, by %s levels on average. The figures are on the worksheet %s.", names, figure, s.name))
}

func lowerFirst(text string) string {
	if text == "" {
		return ""
	}
	return string(text[0]|0x20) + text[1:]
}
