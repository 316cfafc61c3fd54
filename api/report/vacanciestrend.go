package report

import (
	"errors"
	"fmt"
	"slices"

	"skillstracker/domain"
)

// checkMonths fails when two rows are about the same month: one would be left out.
func (in VacanciesInput) checkMonths() error {
	seen := map[domain.Date]bool{}
	for _, row := range in.ByMonth {
		if row.posts.Month == nil {
			return errors.New("report: a row of vacancy totals by month has no month")
		}
		if seen[*row.posts.Month] {
			return fmt.Errorf("report: two rows of vacancy totals for %s", *row.posts.Month)
		}
		seen[*row.posts.Month] = true
	}
	return nil
}

// byMonth returns a sheet with a row for each month of the trend. A month of which
// no return is held has its row, with every figure not available.
func (in VacanciesInput) byMonth() (*sheet, error) {
	s := &sheet{
		name:    "By_month",
		about:   "Posts, vacancies and temporary cover by month for a year",
		title:   in.sheetTitle("Vacancies by month, year to the date"),
		table:   "vacancies_by_month",
		lines:   append(in.scope(), stockLine),
		columns: columns([]column{{header: "Month", kind: kindMonth}}, measures()),
	}
	for _, month := range Months(in.AsAt) {
		s.rows = append(s.rows, append([]value{dateValue(month)}, figures(measures(), ofMonth(in.ByMonth, month))...))
	}
	return s, nil
}

// trend returns a sheet with a row for each month and staff group. A month of
// which no return is held has one row that says so.
func (in VacanciesInput) trend() (*sheet, error) {
	s := &sheet{
		name:  "Trend",
		about: "Posts and vacancies by month and staff group for a year",
		title: in.sheetTitle("Vacancies by month and staff group, year to the date"),
		table: "vacancies_trend",
		lines: append(in.scope(), stockLine),
		columns: columns([]column{
			{header: "Month", kind: kindMonth},
			{header: "Staff group code", kind: kindCode},
			{header: "Staff group", kind: kindText},
		}, establishmentMeasures()),
	}
	for _, month := range Months(in.AsAt) {
		inMonth := slices.DeleteFunc(heldOnly(in.ByMonthAndStaffGroup), func(r VacancyRow) bool {
			return r.posts.Month == nil || *r.posts.Month != month
		})
		rows, err := inOrder(inMonth, staffGroupNames(in.StaffGroups), staffGroupOf)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			cells := append([]value{dateValue(month)}, r.cells()...)
			s.rows = append(s.rows, append(cells, figures(establishmentMeasures(), r.row)...))
		}
		if len(rows) == 0 {
			cells := []value{dateValue(month), absent(domain.StatusNotAvailable), textValue("No return held")}
			s.rows = append(s.rows, append(cells, figures(establishmentMeasures(), noReturn())...))
		}
	}
	return s, nil
}
