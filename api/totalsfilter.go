package api

import (
	"slices"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// maxMonths is the greatest number of month ends of one question, ten years.
const maxMonths = 120

// defaultMonths is the number of month ends that a question by month is about when
// it names none.
const defaultMonths = 12

// totalsPeriod is what a question says about time.
type totalsPeriod struct {
	asAt, from, to *domain.Date
	months         []domain.Date
}

func vacancyFilter(p spec.GetVacancyTotalsParams) (domain.TotalsFilter, totalsPeriod) {
	return domain.TotalsFilter{
		GroupBy: textsAs[domain.Dimension](p.GroupBy), Regions: textsAs[string](p.Region), ICBs: textsAs[string](p.Icb),
		Organisations: textsAs[string](p.Organisation), StaffGroups: textsAs[string](p.StaffGroup), Bands: textsAs[string](p.Band),
		Digital: textsAs[string](p.Digital),
	}, totalsPeriod{asAt: dateFrom(p.AsAt), from: dateFrom(p.From), to: dateFrom(p.To), months: datesFrom(p.Month)}
}

func vacancyCSVFilter(p spec.GetVacancyTotalsCsvParams) (domain.TotalsFilter, totalsPeriod) {
	return domain.TotalsFilter{
		GroupBy: textsAs[domain.Dimension](p.GroupBy), Regions: textsAs[string](p.Region), ICBs: textsAs[string](p.Icb),
		Organisations: textsAs[string](p.Organisation), StaffGroups: textsAs[string](p.StaffGroup), Bands: textsAs[string](p.Band),
		Digital: textsAs[string](p.Digital),
	}, totalsPeriod{asAt: dateFrom(p.AsAt), from: dateFrom(p.From), to: dateFrom(p.To), months: datesFrom(p.Month)}
}

// frameworkNamed is the framework version that a question is about.
type frameworkNamed struct{ code, version string }

func skillsFilter(p spec.GetDigitalLiteracyTotalsParams) (domain.TotalsFilter, totalsPeriod, frameworkNamed) {
	return domain.TotalsFilter{
		GroupBy: textsAs[domain.Dimension](p.GroupBy), Regions: textsAs[string](p.Region), ICBs: textsAs[string](p.Icb),
		Organisations: textsAs[string](p.Organisation), StaffGroups: textsAs[string](p.StaffGroup), Bands: textsAs[string](p.Band),
		Competences: textsAs[string](p.Competence),
	}, totalsPeriod{asAt: dateFrom(p.AsAt)}, frameworkOf(p.Framework, p.FrameworkVersion)
}

func skillsCSVFilter(p spec.GetDigitalLiteracyTotalsCsvParams) (domain.TotalsFilter, totalsPeriod, frameworkNamed) {
	return domain.TotalsFilter{
		GroupBy: textsAs[domain.Dimension](p.GroupBy), Regions: textsAs[string](p.Region), ICBs: textsAs[string](p.Icb),
		Organisations: textsAs[string](p.Organisation), StaffGroups: textsAs[string](p.StaffGroup), Bands: textsAs[string](p.Band),
		Competences: textsAs[string](p.Competence),
	}, totalsPeriod{asAt: dateFrom(p.AsAt)}, frameworkOf(p.Framework, p.FrameworkVersion)
}

// frameworkOf takes the default framework version where none is named, and the newest
// version of a framework that is named alone.
func frameworkOf(code, version *string) frameworkNamed {
	if code != nil && version == nil {
		return frameworkNamed{code: *code}
	}
	return frameworkNamed{
		code:    orDefault(code, domain.DefaultFramework),
		version: orDefault(version, domain.DefaultFrameworkVersion),
	}
}

func datesFrom(days *[]openapi_types.Date) []domain.Date {
	if days == nil {
		return nil
	}
	dates := make([]domain.Date, len(*days))
	for i, day := range *days {
		dates[i] = domain.DateOf(day.Time)
	}
	return dates
}

// settle turns what a question says about time into its month ends, which are
// never later than the last one that has passed. Vacancies are stocks: a question
// about several months is answered for each and never added up over them.
func (p totalsPeriod) settle(filter *domain.TotalsFilter, today domain.Date) error {
	last := today.LastMonthEnd()
	if err := p.check(last); err != nil {
		return err
	}
	filter.AsAt = orDefault(p.asAt, last)
	byMonth := filter.Has(domain.ByMonth)
	if p.from == nil && p.to == nil && len(p.months) == 0 && !byMonth {
		filter.Months = []domain.Date{filter.AsAt}
		return nil
	}
	if p.asAt != nil && (len(p.months) > 0 || p.from != nil || p.to != nil) {
		return domain.Invalid("period_contradicts", "A question names its months or the day it is about, and not both.",
			domain.FieldFault{Field: "as_at", Message: "Leave out as_at, or leave out month, from and to."})
	}
	if !byMonth {
		filter.GroupBy = append(filter.GroupBy, domain.ByMonth)
	}
	if len(p.months) > 0 && p.from == nil && p.to == nil {
		filter.Months = slices.Compact(slices.Sorted(slices.Values(p.months)))
		return nil
	}
	to := orDefault(p.to, filter.AsAt)
	from := orDefault(p.from, to.AddMonths(1-defaultMonths).MonthEnd())
	for month := from; month <= to; month = month.AddMonths(1).MonthEnd() {
		if len(p.months) == 0 || slices.Contains(p.months, month) {
			filter.Months = append(filter.Months, month)
		}
		if len(filter.Months) > maxMonths {
			return domain.Invalid("period_too_long", "A question is about at most 120 month ends. Ask for a shorter period.",
				domain.FieldFault{Field: "from", Message: "Use a later month end."})
		}
	}
	if len(filter.Months) == 0 {
		return domain.Invalid("period_empty", "No month end lies in the period that the question names.",
			domain.FieldFault{Field: "from", Message: "Use a month end that is not after to, and months that lie between the two."})
	}
	return nil
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
