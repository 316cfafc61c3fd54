package report

import (
	"bytes"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// everyKind makes a synthetic report with columns of every kind, every reason for an
// absent figure, notes, a table without records, texts that look like formulae and
// markup, and charts of every form.
func everyKind(t *testing.T) *Book {
	t.Helper()
	day := func(year int, month time.Month, day int) value { return dateValue(domain.NewDate(year, month, day)) }
	text, number := func(s string) value { return textValue(s) }, numberValue
	const noteRate, noteRow, noteTitle note = "A rate is a share of the posts.", "Not all staff have answered.", "Made up."
	groups := &sheet{
		name: "By_group", about: "Figures by group", title: "Figures of every kind by group", titleNotes: []note{noteTitle}, table: "by_group",
		lines: []string{"Source: made up."},
		columns: []column{
			{header: "Group code", kind: kindCode},
			{header: "Group", kind: kindText},
			{header: "People (number)", kind: kindWhole},
			{header: "Rate (per cent)", kind: kindOne, notes: []note{noteRate}},
			{header: "Rate (posts)", kind: kindOne},
			{header: "Mean level (level)", kind: kindTwo},
			{header: "Change (percentage points)", kind: kindChange},
			{header: "Greatest gap in", kind: kindText},
			{header: "Assessed on", kind: kindDay},
		},
		scale: []int{5, 6},
	}
	withheld, missing, nothing := absent(domain.StatusConfidential), absent(domain.StatusNotAvailable), absent(domain.StatusNotApplicable)
	groups.rows = [][]value{
		{text("01"), textValue(`=cmd|' /C calc'!A0`, noteRow), number(1234567), number(12.25), number(3), number(2.005), number(0.05), text("Technical & <safe>"), day(2026, time.March, 1)},
		{text("02"), text("-1 a \"quoted\" group, with a name so long that it does not stand on one line of a chart"), number(-1200), number(0.04), number(7), number(-0.004), number(-0.05), nothing, day(1999, time.December, 31)},
		{text("10"), text("Students"), withheld, withheld, number(1), withheld, withheld, withheld, missing},
		{missing, text("Not stated"), number(0), number(100), number(5), number(3), number(0.049), text("'Apostrophe'"), nothing},
		{nothing, text("All groups"), number(1233367), number(56.1), number(16), number(1.67), missing, text("Technical & <safe>"), nothing},
	}
	months := &sheet{
		name: "By_month", about: "Figures by month", title: "Figures of some months of a year", table: "by_month",
		columns: []column{
			{header: "Month", kind: kindMonth},
			{header: "Low (per cent)", kind: kindOne},
			{header: "Middle (per cent)", kind: kindOne},
			{header: "High (per cent)", kind: kindOne},
		},
	}
	for i := range 12 {
		row := []value{dateValue(domain.NewDate(2025, time.November, 30).AddMonths(i).MonthEnd()), number(20 + float64(i)), number(40.5), number(39.5 - float64(i))}
		if i == 4 {
			row[2] = missing
		}
		months.rows = append(months.rows, row)
	}
	none := &sheet{
		name: "Empty", about: "A table without records", title: "A table that has no records", table: "empty_table",
		columns: []column{{header: "Code", kind: kindCode}, {header: "Post", kind: kindText}, {header: "Posts (number)", kind: kindWhole}, {header: "Opened on", kind: kindDay}},
	}
	charts := []*chart{
		{
			name: "Chart_rate", about: "A chart of rates", title: "Chart of the rate by group", message: "Rates are highest where nothing is stated.",
			kind: chartBars, of: groups, label: 1, series: []int{3}, across: "Group", up: "Rate (per cent)",
		},
		{
			name: "Chart_two", about: "A chart of two series", title: "Chart of two series by group", message: "Figures of the sheet By_group, side by side.",
			kind: chartBars, of: groups, label: 1, series: []int{3, 6}, across: "Group", up: "Rate and change (per cent)",
		},
		{
			name: "Chart_parts", about: "A chart of parts", title: "Chart of parts by month's place", message: "Parts that add up, from the sheet By_group.",
			kind: chartStackedBars, of: groups, label: 1, series: []int{4, 3}, rows: []int{0, 1, 3}, across: "Group", up: "Parts (number)",
		},
		{
			name: "Chart_lines", about: "A chart of lines", title: "Chart: three lines by month", message: "Low goes up and High down. The figures are on the worksheet By_month.",
			kind: chartLines, of: months, label: 0, series: []int{1, 2, 3}, across: "Month", up: "Share (per cent)",
		},
		{
			name: "Chart_none", about: "A chart of nothing", title: "Chart that shows nothing", message: "Nothing.",
			kind: chartBars, of: none, label: 1, series: []int{2}, across: "Post", up: "Posts (number)",
		},
	}
	about := About{
		Organisation: domain.Organisation{Code: "RXX9", Name: "North-Wold Synthetic Trust & Sons", Kind: domain.KindTrust, Synthetic: true},
		AsAt:         domain.NewDate(2026, time.October, 31), MadeAt: time.Date(2026, time.November, 3, 14, 5, 0, 0, time.UTC),
		Publisher: "North Wold Synthetic Workforce Team", Rule: disclosure.Default(),
		Receipt: Receipt{
			Report: NameVacancies, Audience: domain.RoleManager, Scope: []string{"RXX9"}, Area: Area{Kind: domain.ByOrganisation, Code: "RXX9"},
			AsAt: domain.NewDate(2026, time.October, 31), Coverage: "1 of 1 organisations",
		},
	}
	b, err := about.book(bookParts{
		subject: "Every kind of figure", keywords: []string{"made up", "every kind"},
		cover:  coverParts{about: []string{"Figures & <markup> made up for a test."}, coverage: []string{"All of one."}, source: "Made up.", next: "Never."},
		sheets: []*sheet{groups, months, none}, charts: charts,
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// written returns the bytes of a report.
func written(t *testing.T, b *Book, format Format, profile Profile) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out, format, profile); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
