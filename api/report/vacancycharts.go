package report

import (
	"fmt"
	"slices"
	"strings"

	"skillstracker/domain"
)

// charts returns the charts of the management profile. A chart of which no figure can be
// shown is left out.
func (in VacanciesInput) charts(sheets []*sheet) []*chart {
	of := func(name string) *sheet {
		return sheets[slices.IndexFunc(sheets, func(s *sheet) bool { return s.name == name })]
	}
	months, groups, digital := of("By_month"), of("By_staff_group"), of("By_digital")
	const rate = "Establishment vacancy rate (per cent)"
	budgeted, contracted := digital.columnOf("Budgeted FTE (full-time equivalent)"), digital.columnOf("Contracted FTE (full-time equivalent)")
	var made []*chart
	for _, c := range []*chart{
		{
			name: "Chart_vacancy_rate", about: "Chart of the vacancy rate by month for a year", title: in.sheetTitle("Chart: vacancy rate by month"),
			message: overTime("The establishment vacancy rate", months, months.columnOf(rate)),
			kind:    chartLines, of: months, label: 0, series: []int{months.columnOf(rate)}, rows: allRows(months, 0),
			across: "Month", up: "Vacancy rate (per cent)",
		},
		{
			name: "Chart_digital", about: "Chart of budgeted and contracted FTE of digital and other posts", title: in.sheetTitle("Chart: digital and other posts"),
			message: kindsOfPosts(digital, budgeted, contracted),
			kind:    chartBars, of: digital, label: 0, series: []int{budgeted, contracted}, rows: allRows(digital, 0),
			across: "Digital post", up: "Posts (full-time equivalent)",
		},
		{
			name: "Chart_staff_groups", about: "Chart of the vacancy rate by staff group", title: in.sheetTitle("Chart: vacancy rate by staff group"),
			message: highestAndLowest("The establishment vacancy rate", groups, 1, groups.columnOf(rate), 1),
			kind:    chartBars, of: groups, label: 1, series: []int{groups.columnOf(rate)}, rows: allRows(groups, 1),
			across: "Staff group", up: "Vacancy rate (per cent)",
		},
	} {
		if c.showsAnything() {
			made = append(made, c)
		}
	}
	return made
}

// columnOf returns the place of the column with a header.
func (s *sheet) columnOf(header string) int {
	return slices.IndexFunc(s.columns, func(c column) bool { return c.header == header })
}

// allRows returns the places of the rows of a sheet but for so many at its end.
func allRows(s *sheet, but int) []int {
	rows := make([]int, max(len(s.rows)-but, 0))
	for i := range rows {
		rows[i] = i
	}
	return rows
}

// showsAnything says whether some row of the chart has a figure in each series.
func (c *chart) showsAnything() bool {
	return slices.ContainsFunc(c.rows, func(row int) bool {
		return !slices.ContainsFunc(c.series, func(column int) bool { return !c.of.rows[row][column].isNumber })
	})
}

// overTime says how a rate of a sheet by month went from the first month that has it to
// the last.
func overTime(what string, s *sheet, column int) string {
	var shown [][]value
	for _, row := range s.rows {
		if row[column].isNumber {
			shown = append(shown, row)
		}
	}
	if len(shown) == 0 {
		return what + " is not available."
	}
	first, last := shown[0], shown[len(shown)-1]
	return fmt.Sprintf("%s was %s per cent in %s and %s per cent in %s. The figures are on the worksheet %s.",
		what, oneDecimal(first[column]), monthText(first[0]), oneDecimal(last[column]), monthText(last[0]), s.name)
}

// highestAndLowest says where a rate of a sheet is highest and lowest, so many rows at
// its end left out.
func highestAndLowest(what string, s *sheet, label, column, but int) string {
	drawn := s.drawnOf(chartBars, label, allRows(s, but), column)
	if len(drawn.rows) == 0 {
		return what + " is not available."
	}
	kind := s.columns[column].kind
	high, most := drawn.most(kind)
	low, least := drawn.least(kind)
	figures := "The figures are on the worksheet " + s.name + "."
	if most == least {
		return drawn.of(fmt.Sprintf("%s is the same for all, %s per cent. %s", what, most, figures))
	}
	return drawn.of(fmt.Sprintf("%s is highest for %s at %s per cent and lowest for %s at %s per cent. %s", what, high, most, low, least, figures))
}

// kindsOfPosts says how much of what is budgeted for digital and for other posts is
// contracted.
func kindsOfPosts(s *sheet, budgeted, contracted int) string {
	names := map[string]string{"Yes": "digital posts", "No": "other posts", "Not stated": "posts of which it is not stated"}
	var parts []string
	for _, row := range s.rows {
		if name := names[row[0].text]; name != "" && complete(row, []int{budgeted, contracted}) {
			parts = append(parts, fmt.Sprintf("%s of %s FTE for %s", s.shown(row, contracted), s.shown(row, budgeted), name))
		}
	}
	if len(parts) == 0 {
		return "Budgeted FTE beside contracted FTE is not available."
	}
	return fmt.Sprintf("Contracted of budgeted FTE: %s. The figures are on the worksheet %s.", strings.Join(parts, ", "), s.name)
}

// shown returns a figure of a row as its column shows it.
func (s *sheet) shown(row []value, column int) string {
	return s.columns[column].kind.shown(row[column].number)
}

func oneDecimal(v value) string { return fmt.Sprintf("%.1f", v.number) }

// monthText writes a month that dateValue made.
func monthText(v value) string {
	return domain.Date(v.number - dateValue(0).number).MonthLabel()
}
