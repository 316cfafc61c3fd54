package api

import (
	"slices"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/domain"
)

// maxMonths is the greatest number of month ends of one question, ten years.
const maxMonths = 120

// defaultMonths is the number of month ends that a question by month is about when
// it names none.
const defaultMonths = 12

// defaultQuarterMonths is the number of months whose quarters a question by quarter is
// about when it names none: two years, so that each quarter has the one a year before.
const defaultQuarterMonths = 24

// totalsPeriod is what a question says about time.
type totalsPeriod struct {
	asAt, from, to *domain.Date
	months         []domain.Date
}

// period is what the parameters say about time.
func (p totalsParams) period() totalsPeriod {
	return totalsPeriod{asAt: dateFrom(p.AsAt), from: dateFrom(p.From), to: dateFrom(p.To), months: datesFrom(p.Month)}
}

func datesFrom(days []openapi_types.Date) []domain.Date {
	dates := make([]domain.Date, len(days))
	for i, day := range days {
		dates[i] = domain.DateOf(day.Time)
	}
	return dates
}

// settle turns what a question says about time into its month ends, which are
// never later than the last one that has passed. Figures of a date are stocks: a
// question about several months is answered for each and never added up over them.
func (p totalsPeriod) settle(filter *domain.TotalsFilter, today domain.Date) error {
	last := today.LastMonthEnd()
	if err := p.check(last); err != nil {
		return err
	}
	byQuarter := filter.Has(domain.ByQuarter)
	if byQuarter && (filter.Has(domain.ByMonth) || len(p.months) > 0) {
		return domain.Invalid("month_and_quarter", "A question is by month or by quarter, and not both: a quarter is its last month end.",
			domain.FieldFault{Field: "group_by", Message: "Leave out quarter, or leave out month here and as a filter; from and to name quarters too."})
	}
	if p.asAt != nil && (len(p.months) > 0 || p.from != nil || p.to != nil) {
		return domain.Invalid("period_contradicts", "A question names its months or the day it is about, and not both.",
			domain.FieldFault{Field: "as_at", Message: "Leave out as_at, or leave out month, from and to."})
	}
	if p.from != nil && p.to != nil && *p.from > *p.to {
		return domain.Invalid("period_empty", "The period ends before it begins.",
			domain.FieldFault{Field: "from", Message: "Use a month end that is not after to."})
	}
	filter.AsAt = orDefault(p.asAt, last)
	if p.from == nil && p.to == nil && len(p.months) == 0 && !byQuarter && !filter.Has(domain.ByMonth) {
		filter.Months = []domain.Date{filter.AsAt}
		return nil
	}
	if !byQuarter && !filter.Has(domain.ByMonth) {
		filter.GroupBy = append(filter.GroupBy, domain.ByMonth)
	}
	if err := p.series(filter, byQuarter); err != nil {
		return err
	}
	filter.AsAt = filter.Months[len(filter.Months)-1]
	return nil
}

// series lists the month ends of a question about several.
func (p totalsPeriod) series(filter *domain.TotalsFilter, byQuarter bool) error {
	if len(p.months) > 0 && p.from == nil && p.to == nil {
		filter.Months = slices.Compact(slices.Sorted(slices.Values(p.months)))
		return nil
	}
	length := defaultMonths
	if byQuarter {
		length = defaultQuarterMonths
	}
	to := orDefault(p.to, filter.AsAt)
	from := orDefault(p.from, to.AddMonths(1-length).MonthEnd())
	for month := from; month <= to; month = month.AddMonths(1).MonthEnd() {
		asked := len(p.months) == 0 || slices.Contains(p.months, month)
		if asked && (!byQuarter || int(month.Time().Month())%3 == 0) {
			filter.Months = append(filter.Months, month)
		}
		if len(filter.Months) > maxMonths {
			return domain.Invalid("period_too_long", "A question is about at most 120 month ends. Ask for a shorter period.",
				domain.FieldFault{Field: "from", Message: "Use a later month end."})
		}
	}
	if len(filter.Months) > 0 {
		return nil
	}
	if byQuarter {
		return domain.Invalid("period_empty", "No quarter ends in the period that the question names.",
			domain.FieldFault{Field: "from", Message: "Quarters end in March, June, September and December: name a period that holds one of these month ends."})
	}
	return domain.Invalid("period_empty", "No month end lies in the period that the question names.",
		domain.FieldFault{Field: "month", Message: "Use months that lie between from and to."})
}

// check looks at each date by itself.
func (p totalsPeriod) check(last domain.Date) error {
	var faults []domain.FieldFault
	look := func(field string, day *domain.Date) {
		switch {
		case day == nil:
		case !day.IsMonthEnd():
			faults = append(faults, domain.FieldFault{Field: field, Message: "Use the last day of a month, such as " + last.String() + "."})
		case *day > last:
			faults = append(faults, domain.FieldFault{Field: field, Message: "The last month end that has passed is " + last.String() + "; use it or an earlier one."})
		}
	}
	look("as_at", p.asAt)
	look("from", p.from)
	look("to", p.to)
	for i := range p.months {
		look("month", &p.months[i])
	}
	if len(faults) == 0 {
		return nil
	}
	return domain.Invalid("date_not_month_end", "Totals are given for month ends that have passed.", faults...)
}
