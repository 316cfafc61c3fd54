package report

import (
	"fmt"

	"skillstracker/domain"
)

// VacanciesInput is what a vacancy workbook is made from: rows of vacancy and
// position-vacancy totals of one organisation.
type VacanciesInput struct {
	About
	// The lists give codes their names and their order.
	StaffGroups []domain.StaffGroup
	Bands       []domain.Band
	JobRoles    []domain.JobRole
	AreasOfWork []domain.AreaOfWork
	Statuses    []domain.PositionStatus
	// ByMonth holds a row for each month end from About.YearBefore to About.AsAt
	// of which a return is held. Rows of other months are left out.
	ByMonth []VacancyRow
	// The rows by staff group, band and digital are about About.AsAt.
	ByStaffGroup []VacancyRow
	ByBand       []VacancyRow
	ByDigital    []VacancyRow
	// ByMonthAndStaffGroup covers the same months as ByMonth.
	ByMonthAndStaffGroup []VacancyRow
	// PositionsByMonth covers the same months, PositionsByDigital is about About.AsAt.
	PositionsByMonth   []domain.PositionTotal
	PositionsByDigital []domain.PositionTotal
	// OverEstablished counts the lines of the return of each month of which more FTE is
	// contracted than budgeted.
	OverEstablished map[domain.Date]int
	// Fine is nil for readers who may not see job roles, areas of work and single posts
	// of one organisation; the cover then says that they are left out.
	Fine      *FineVacancies
	Benchmark VacancyBenchmark
	Uploads   []UploadLine
}

// FineVacancies is what only the organisation's own people may see, about About.AsAt.
type FineVacancies struct {
	// ByRole is by staff group and job role, ByRoleAndDigital by digital as well.
	ByRole, ByRoleAndDigital []VacancyRow
	// DigitalRoles and DigitalPositions are of digital posts, by area of work, job role
	// and band.
	DigitalRoles     []VacancyRow
	DigitalPositions []domain.PositionTotal
	Open             []domain.OpenPosition
}

// Vacancies makes the vacancy report. It fails when a row names a code that the lists do
// not hold, or when what About says is incomplete.
func Vacancies(in VacanciesInput) (*Book, error) {
	in.Receipt.Report = NameVacancies
	if err := in.validate(); err != nil {
		return nil, err
	}
	if err := in.checkMonths(); err != nil {
		return nil, err
	}
	sheets := []*sheet{in.summary()}
	for _, make := range []func() (*sheet, error){
		in.byStaffGroup, in.byRole, in.byBand, in.byDigital, in.digitalRoles, in.byMonth, in.trend, in.openVacancies, in.benchmark, in.dataQualitySheet,
	} {
		s, err := make()
		if err != nil {
			return nil, err
		}
		if s != nil {
			sheets = append(sheets, s)
		}
	}
	keywords := []string{"vacancies", "workforce", "budgeted FTE", "vacancy rate", in.Organisation.Code}
	return in.book(bookParts{subject: "Vacancies", keywords: keywords, cover: in.coverParts(), sheets: sheets, charts: in.charts(sheets)})
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
	add := func(header string, notes []note, figure func(domain.Date) value) {
		now, then := figure(in.AsAt), figure(in.YearBefore())
		s.rows = append(s.rows, []value{textValue(header, notes...), now, figure(in.PreviousAsAt()), then, change(now, then)})
	}
	for _, m := range summaryMeasures() {
		add(m.header, m.notes, func(month domain.Date) value { return m.figure(ofMonth(in.ByMonth, month)) })
	}
	add("Over-established lines of the return (number)", []note{noteOverEstablished}, func(month domain.Date) value {
		if !ofMonth(in.ByMonth, month).held() {
			return absent(domain.StatusNotAvailable)
		}
		return numberValue(float64(in.OverEstablished[month]))
	})
	for _, m := range positionMeasures() {
		add(m.header, m.notes, func(month domain.Date) value { return m.figure(positionsOfMonth(in.PositionsByMonth, month)) })
	}
	return s
}

func (in VacanciesInput) byStaffGroup() (*sheet, error) {
	rows, err := inOrder(heldOnly(in.ByStaffGroup), staffGroupNames(in.StaffGroups), staffGroupOf)
	if err != nil {
		return nil, err
	}
	return in.byList("By_staff_group", "staff group", "Staff group", rows), nil
}

func (in VacanciesInput) byBand() (*sheet, error) {
	rows, err := inOrder(heldOnly(in.ByBand), bandNames(in.Bands), func(r VacancyRow) string { return r.posts.Band })
	if err != nil {
		return nil, err
	}
	return in.byList("By_band", "band", "Band", rows), nil
}

// dataQualitySheet lists the returns and says how many of their lines are
// over-established.
func (in VacanciesInput) dataQualitySheet() (*sheet, error) {
	s := in.dataQuality(in.Uploads)
	if ofMonth(in.ByMonth, in.AsAt).held() {
		s.lines = append(s.lines, fmt.Sprintf("Negative vacancies: in %d of the lines of the return for %s more is contracted than budgeted.", in.OverEstablished[in.AsAt], in.AsAt.MonthLabel()))
	}
	return s, nil
}
