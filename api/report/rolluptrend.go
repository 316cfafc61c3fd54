package report

import (
	"slices"

	"skillstracker/domain"
)

// part returns the dimension that the trend of the area is broken down by; empty for none.
func (in RollupInput) part() domain.Dimension {
	switch in.Receipt.Area.Kind { //nolint:exhaustive // the other dimensions are no areas
	case domain.ByNation:
		return domain.ByRegion
	case domain.ByRegion:
		return domain.ByICB
	}
	return ""
}

// inMonth returns the rows of the trend of a month.
func (in RollupInput) inMonth(month domain.Date) []VacancyRow {
	return slices.DeleteFunc(slices.Clone(in.Trend), func(r VacancyRow) bool { return r.posts.Month == nil || *r.posts.Month != month })
}

// ofMonth is the whole area at a month end of the trend, without its people.
func (in RollupInput) ofMonth(month domain.Date) areaFigures {
	all := foundAreas(in.inMonth(month), nil, string(in.part()), func(domain.Group) string { return "" })
	if len(all) == 0 {
		return noFigures(domain.Group{})
	}
	return all[0]
}

// byMonth returns the sheet of the whole area by month.
func (in RollupInput) byMonth() (*sheet, error) {
	measures := append(coverageMeasures(), postMeasures()...)
	s := in.table("By_month", "Posts and vacancies of the whole area by month for a year", "Posts and vacancies by month", "rollup_by_month",
		measures, column{header: "Month", kind: kindMonth})
	s.lines = append(s.lines, stockLine)
	for _, month := range Months(in.AsAt) {
		s.rows = append(s.rows, areaCells(measures, in.ofMonth(month), dateValue(month)))
	}
	return s, nil
}

// trend returns the sheet of the parts of the area by month; none for an ICB, of which
// By_month is all there is. A part of which nothing is held in a month has its row.
func (in RollupInput) trend() (*sheet, error) {
	label, name, key := "Region", "region", func(g domain.Group) string { return g.Region }
	cells := func(g domain.Group) []value { return placeCells(g.Region, g.RegionName) }
	if in.part() == "" {
		return nil, nil
	}
	if in.part() == domain.ByICB {
		label, name, key = "ICB", "integrated care board", func(g domain.Group) string { return g.ICB }
		cells = func(g domain.Group) []value { return placeCells(g.ICB, g.ICBName) }
	}
	measures := append(coverageMeasures(), postMeasures()...)
	s := in.table("Trend", "Posts and vacancies by month and "+name+" for a year", "Posts and vacancies by month and "+name, "rollup_trend",
		measures, column{header: "Month", kind: kindMonth}, column{header: label + " code", kind: kindCode}, column{header: label, kind: kindText})
	s.lines = append(s.lines, stockLine)
	var parts []areaFigures
	held := map[domain.Date]map[string]areaFigures{}
	for _, month := range Months(in.AsAt) {
		held[month] = map[string]areaFigures{}
		for _, a := range foundAreas(in.inMonth(month), nil, "", key) {
			held[month][key(a.group)] = a
			if !slices.ContainsFunc(parts, func(p areaFigures) bool { return key(p.group) == key(a.group) }) {
				parts = append(parts, noFigures(a.group))
			}
		}
	}
	sortAreas(parts, key)
	for _, month := range Months(in.AsAt) {
		for _, part := range parts {
			a, known := held[month][key(part.group)]
			if !known {
				a = part
			}
			s.rows = append(s.rows, areaCells(measures, a, append([]value{dateValue(month)}, cells(part.group)...)...))
		}
	}
	return s, nil
}

// charts returns the charts of the management profile. A chart of which no figure can be
// shown is left out.
func (in RollupInput) charts(sheets []*sheet) []*chart {
	of := func(names ...string) *sheet {
		for _, name := range names {
			if at := slices.IndexFunc(sheets, func(s *sheet) bool { return s.name == name }); at >= 0 {
				return sheets[at]
			}
		}
		return sheets[0]
	}
	const all, digital = "Establishment vacancy rate (per cent)", "Digital vacancy rate (per cent)"
	months, places := of("By_month"), of("By_region", "By_ICB", "By_staff_group")
	by := map[string]string{"By_region": "region", "By_ICB": "integrated care board", "By_staff_group": "staff group"}[places.name]
	var made []*chart
	for _, c := range []*chart{
		{
			name: "Chart_rate", about: "Chart of the vacancy rate by " + by, title: in.sheetTitle("Chart: vacancy rate by " + by),
			message: highestAndLowest("The establishment vacancy rate", places, 1, places.columnOf(all), 1),
			kind:    chartBars, of: places, label: 1, series: []int{places.columnOf(all)}, rows: allRows(places, 1),
			across: places.columns[1].header, up: "Vacancy rate (per cent)",
		},
		{
			name: "Chart_trend", about: "Chart of the vacancy rate of the whole area by month", title: in.sheetTitle("Chart: vacancy rate by month"),
			message: overTime("The establishment vacancy rate", months, months.columnOf(all)),
			kind:    chartLines, of: months, label: 0, series: []int{months.columnOf(all)}, rows: allRows(months, 0),
			across: "Month", up: "Vacancy rate (per cent)",
		},
		{
			name: "Chart_digital", about: "Chart of the vacancy rate of digital posts beside that of all posts", title: in.sheetTitle("Chart: vacancy rate of digital posts"),
			message: overTime("The vacancy rate of digital posts", months, months.columnOf(digital)),
			kind:    chartLines, of: months, label: 0, series: []int{months.columnOf(digital), months.columnOf(all)}, rows: allRows(months, 0),
			across: "Month", up: "Vacancy rate (per cent)",
		},
	} {
		if c.showsAnything() {
			made = append(made, c)
		}
	}
	return made
}
