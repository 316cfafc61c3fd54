package sheet

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"skillstracker/domain"
)

// dateColumn is a column of dates. Once one of its dates fits only month first,
// the column is refused as a whole.
type dateColumn struct {
	column
	monthFirst bool
}

// day reads a date. A time of day is left out.
func (r *rowReader) day(c *dateColumn, cell Cell) (domain.Date, bool) {
	got := cell.Date()
	if got.Fault == NotADate && cell.Kind == Text {
		got = namedDay(cell.Text)
	}
	switch got.Fault {
	case DateOK, DateHasTime:
		return domain.Date(got.Days), true
	case MonthDayOnly:
		if !c.monthFirst {
			c.monthFirst = true
			r.columnFault(domain.FindingDateMonthDay, c.column, fmt.Sprintf(
				"Row %d has a date that is one only if the month comes first, so no date of this column can be trusted.", r.number,
			))
		}
		return 0, false
	case TwoDigitYear:
		r.fault(domain.FindingDateTwoDigit, c.column, "")
		return 0, false
	case NoSuchDay:
		r.fault(domain.FindingDateNoSuchDay, c.column, "")
		return 0, false
	case YearOutside:
		r.fault(domain.FindingDateYear, c.column, fmt.Sprintf("The year of the date is not between %d and %d.", firstYear, lastYear))
		return 0, false
	case NotADate:
	}
	r.fault(domain.FindingDateInvalid, c.column, "")
	return 0, false
}

// pastDay reads a date that must not be after today.
func (r *rowReader) pastDay(c *dateColumn, cell Cell, today domain.Date) (domain.Date, bool) {
	date, ok := r.day(c, cell)
	if ok && date > today {
		r.fault(domain.FindingDateFuture, c.column, "")
		return 0, false
	}
	return date, ok
}

// optionalDay reads a date that a row may leave out.
func (r *rowReader) optionalDay(c *dateColumn) *domain.Date {
	cell, valued := r.optional(c.column)
	if !valued {
		return nil
	}
	date, ok := r.day(c, cell)
	if !ok {
		return nil
	}
	return &date
}

// monthEnd reads the date of a vacancy return: the last day of a month, or a
// month that stands for it, written 2026-10, Oct 2026 or October 2026.
func (r *rowReader) monthEnd(c *dateColumn, cell Cell, today domain.Date) (domain.Date, bool) {
	if cell.Kind == Text {
		if month, ok := namedMonth(cell.Text); ok {
			cell = Cell{Kind: Date, Days: int(month.MonthEnd())}
		}
	}
	date, ok := r.day(c, cell)
	switch {
	case !ok:
		return 0, false
	case !date.IsMonthEnd():
		detail := ""
		if cell.Kind == Date && date.Time().Day() == 1 {
			detail = "The cell holds the first day of a month, which is what a spreadsheet makes of a month typed alone."
		}
		r.fault(domain.FindingDateNotMonthEnd, c.column, detail)
		return 0, false
	case date > today:
		r.fault(domain.FindingDateFuture, c.column, "")
		return 0, false
	}
	return date, true
}

// namedMonth reads a month without a day and returns its first day.
func namedMonth(text string) (domain.Date, bool) {
	if year, month, found := strings.Cut(text, "-"); found && len(year) == 4 && len(month) == 2 && isDigits(year) && isDigits(month) {
		return firstOfMonth(number(year), number(month))
	}
	name, year, found := cutLast(text)
	if !found || len(year) != 4 || !isDigits(year) {
		return 0, false
	}
	return firstOfMonth(number(year), monthOfName(name))
}

func firstOfMonth(year, month int) (domain.Date, bool) {
	if month < 1 || month > 12 || year < firstYear || year > lastYear {
		return 0, false
	}
	return domain.NewDate(year, time.Month(month), 1), true
}

// namedDay reads a day whose month is a name: 31 October 2026, 31-OCT-2026.
func namedDay(text string) DateResult {
	rest, year, found := cutLast(text)
	if !found || !isDigits(year) {
		return DateResult{Fault: NotADate}
	}
	day, name, found := cutFirst(rest)
	month := monthOfName(name)
	if !found || month == 0 || !isDigits(day) || len(day) > 2 {
		return DateResult{Fault: NotADate}
	}
	switch len(year) {
	case 4:
		return dayOf(DateUnknown, number(year), month, number(day))
	case 2:
		return DateResult{Fault: TwoDigitYear}
	}
	return DateResult{Fault: NotADate}
}

// dateSeparators may stand between the parts of a date with a named month.
const dateSeparators = " -/."

func cutFirst(text string) (first, rest string, found bool) {
	i := strings.IndexAny(text, dateSeparators)
	if i < 0 {
		return text, "", false
	}
	return text[:i], strings.Trim(text[i:], dateSeparators), true
}

func cutLast(text string) (rest, last string, found bool) {
	i := strings.LastIndexAny(text, dateSeparators)
	if i < 0 {
		return "", text, false
	}
	return strings.Trim(text[:i], dateSeparators), text[i+1:], true
}

// monthOfName returns the number of a month by its English name, the first
// three letters of it, or Sept; 0 for anything else.
func monthOfName(name string) int {
	if len(name) < 3 || len(name) > len("September") || !utf8.ValidString(name) {
		return 0
	}
	for month := time.January; month <= time.December; month++ {
		full := month.String()
		if strings.EqualFold(name, full) || strings.EqualFold(name, full[:3]) ||
			month == time.September && strings.EqualFold(name, "Sept") {
			return int(month)
		}
	}
	return 0
}
