package report

import (
	"fmt"
	"strings"

	"skillstracker/domain"
)

// trendMonths is the number of months of the trend, the reference month included.
const trendMonths = 12

// VacanciesInput is what a vacancy workbook is made from: rows of vacancy totals
// of one organisation.
type VacanciesInput struct {
	About
	StaffGroups []domain.StaffGroup
	Bands       []domain.Band
	// ByMonth holds a row for each month end from About.YearBefore to About.AsAt
	// of which a return is held. Rows of other months are left out.
	ByMonth []VacancyRow
	// The rows by staff group, band and digital are about About.AsAt.
	ByStaffGroup []VacancyRow
	ByBand       []VacancyRow
	ByDigital    []VacancyRow
	// ByMonthAndStaffGroup covers the same months as ByMonth.
	ByMonthAndStaffGroup []VacancyRow
}

// Vacancies makes the vacancy report. It fails when a row names a
// staff group or band that the lists do not hold, or when what About says is
// incomplete.
func Vacancies(in VacanciesInput) (*Book, error) {
	in.Receipt.Report = NameVacancies
	if err := in.validate(); err != nil {
		return nil, err
	}
	if err := in.checkMonths(); err != nil {
		return nil, err
	}
	trend, err := in.trend()
	if err != nil {
		return nil, err
	}
	sheets := []*sheet{in.summary()}
	for _, part := range []struct {
		name, by, label string
		rows            []VacancyRow
		list            []named
		code            func(VacancyRow) string
	}{
		{"By_staff_group", "staff group", "Staff group", in.ByStaffGroup, staffGroupNames(in.StaffGroups), staffGroupOf},
		{"By_band", "band", "Band", in.ByBand, bandNames(in.Bands), func(r VacancyRow) string { return r.posts.Band }},
	} {
		rows, err := inOrder(heldOnly(part.rows), part.list, part.code)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, in.byList(part.name, part.by, part.label, rows))
	}
	digital, err := in.byDigital()
	if err != nil {
		return nil, err
	}
	sheets = append(sheets, digital, in.byMonth(), trend)
	keywords := []string{"vacancies", "workforce", "budgeted FTE", "vacancy rate", in.Organisation.Code}
	return in.book(bookParts{subject: "Vacancies", keywords: keywords, cover: in.coverParts(), sheets: sheets})
}

func staffGroupOf(r VacancyRow) string { return r.posts.StaffGroup }

func heldOnly(rows []VacancyRow) []VacancyRow {
	var kept []VacancyRow
	for _, row := range rows {
		if row.held() {
			kept = append(kept, row)
		}
	}
	return kept
}

func (in VacanciesInput) summary() *sheet {
	s := &sheet{
		name:  "Summary",
		about: "Main figures with those of the month before and of the year before",
		title: in.sheetTitle("Vacancy summary"),
		table: "vacancies_summary",
		lines: append(in.scope(),
			fmt.Sprintf("This month is %s, the previous month %s and the same month last year %s.",
				in.AsAt.MonthLabel(), in.PreviousAsAt().MonthLabel(), in.YearBefore().MonthLabel()),
			"All figures are shown to one decimal place. Change is this month less the same month last year; for rates, percentage points.",
		),
		columns: []column{
			{header: "Measure", kind: kindText},
			{header: "This month (unit varies)", kind: kindOne},
			{header: "Previous month (unit varies)", kind: kindOne},
			{header: "Same month last year (unit varies)", kind: kindOne},
			{header: "Change on year (unit varies)", kind: kindChange},
		},
	}
	this, previous, yearBefore := ofMonth(in.ByMonth, in.AsAt), ofMonth(in.ByMonth, in.PreviousAsAt()), ofMonth(in.ByMonth, in.YearBefore())
	for _, m := range summaryMeasures() {
		now, then := m.figure(this), m.figure(yearBefore)
		s.rows = append(s.rows, []value{textValue(m.header, m.notes...), now, m.figure(previous), then, change(now, then)})
	}
	return s
}

// measure is a figure of a row of vacancy totals with its header.
type measure struct {
	column
	figure func(VacancyRow) value
}

func establishmentMeasures() []measure {
	return []measure{
		{column{"Budgeted FTE (full-time equivalent)", kindOne, []note{noteBudgeted}}, func(r VacancyRow) value { return fteValue(r.posts.Budgeted) }},
		{column{"Contracted FTE (full-time equivalent)", kindOne, []note{noteContracted}}, func(r VacancyRow) value { return fteValue(r.posts.Contracted) }},
		{column{"Vacancy FTE (full-time equivalent)", kindOne, []note{noteVacancy}}, func(r VacancyRow) value { return fteValue(r.posts.Vacancy) }},
		{column{"Establishment vacancy rate (per cent)", kindOne, []note{noteRate}}, VacancyRow.rate},
	}
}

func measures() []measure {
	return append(establishmentMeasures(),
		measure{column{"Bank FTE (full-time equivalent)", kindOne, []note{noteTemporary}}, func(r VacancyRow) value { return fteValue(r.posts.Bank) }},
		measure{column{"Agency FTE (full-time equivalent)", kindOne, []note{noteTemporary}}, func(r VacancyRow) value { return fteValue(r.posts.Agency) }},
		measure{column{"Temporary cover (per cent)", kindOne, []note{noteCover}}, VacancyRow.temporaryCover},
		measure{column{"Advertised posts (number)", kindWhole, []note{noteUnlike}}, func(r VacancyRow) value { return postsValue(r.posts.Advertised) }},
		measure{column{"Reported vacancies (number)", kindWhole, []note{noteUnlike}}, func(r VacancyRow) value { return postsValue(r.posts.Reported) }},
	)
}

func summaryMeasures() []measure {
	list := measures()
	gross := measure{column{"Vacancy FTE, gross (full-time equivalent)", kindOne, []note{noteGross}}, func(r VacancyRow) value { return fteValue(r.posts.VacancyGross) }}
	list = append(list[:3:3], append([]measure{gross}, list[3:]...)...)
	return append(list,
		measure{column{"Staff headcount (people)", kindOne, []note{noteHeadcount}}, func(r VacancyRow) value { return countValue(r.headcount) }},
		measure{column{"Reported vacancy rate (per cent)", kindOne, []note{noteReportedRate}}, func(r VacancyRow) value { return shareValue(r.reportedRate) }},
		measure{column{"Incomplete lines of the return (number)", kindOne, []note{noteIncomplete}}, VacancyRow.incomplete},
	)
}

func figures(list []measure, row VacancyRow) []value {
	values := make([]value, len(list))
	for i, m := range list {
		values[i] = m.figure(row)
	}
	return values
}

func columns(labels []column, list []measure) []column {
	for _, m := range list {
		labels = append(labels, m.column)
	}
	return labels
}

// byList returns a sheet of every measure by a reference list, with all posts as
// the last row.
func (in VacanciesInput) byList(name, by, label string, rows []labelled[VacancyRow]) *sheet {
	s := &sheet{
		name:    name,
		about:   "Posts, vacancies and temporary cover by " + by,
		title:   in.sheetTitle("Vacancies by " + by),
		table:   "vacancies_" + strings.ToLower(name),
		lines:   in.scope(),
		columns: columns([]column{{header: label + " code", kind: kindCode}, {header: label, kind: kindText}}, measures()),
	}
	for _, r := range rows {
		s.rows = append(s.rows, append(r.cells(), figures(measures(), r.row)...))
	}
	if all := ofMonth(in.ByMonth, in.AsAt); len(rows) > 0 && all.held() {
		s.rows = append(s.rows, append(allOf(by), figures(measures(), all)...))
	}
	return s
}

func (in VacanciesInput) byDigital() (*sheet, error) {
	s := &sheet{
		name:    "By_digital",
		about:   "Posts, vacancies and temporary cover of digital and other posts",
		title:   in.sheetTitle("Vacancies of digital and other posts"),
		table:   "vacancies_by_digital",
		lines:   in.scope(),
		columns: columns([]column{{header: "Digital post", kind: kindText, notes: []note{noteDigital}}}, measures()),
	}
	list := []named{{domain.DigitalYes, "Yes"}, {domain.DigitalNo, "No"}, {domain.DigitalNotStated, "Not stated"}}
	rows, err := inOrder(heldOnly(in.ByDigital), list, func(r VacancyRow) string { return r.posts.Digital })
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		s.rows = append(s.rows, append([]value{r.cells()[1]}, figures(measures(), r.row)...))
	}
	return s, nil
}
