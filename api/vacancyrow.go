package api

import (
	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// specVacancyTotals writes an answer as the contract has it.
func (h *handlers) specVacancyTotals(answer vacancyAnswer, names codeNames) spec.VacancyTotals {
	totals := spec.VacancyTotals{
		Meta: h.meta(answer.filter, answer.reach.rule, vacancyDefinitions(answer.peopleLeftOut())),
		Rows: make([]spec.VacancyTotal, len(answer.totals)),
	}
	for i, total := range answer.totals {
		totals.Rows[i] = specVacancyRow(answer.rule, total, answer.filter, names)
	}
	return totals
}

// specVacancyRow writes a row: the dimensions grouped by, and for every figure
// that is absent the reason in its status.
func specVacancyRow(rule disclosure.Rule, t domain.VacancyTotal, filter domain.TotalsFilter, names codeNames) spec.VacancyTotal {
	status := spec.Status{}
	headcount, reportedRate := rule.VacancyPeople(t)
	d := dimensionsOf(t.Group, filter, names)
	rate, rateStatus := t.EstablishmentRate()
	cover, coverStatus := t.TemporaryCover()
	written := spec.VacancyTotal{
		Nation: d.nation, Region: d.region, RegionName: d.regionName, Icb: d.icb, IcbName: d.icbName,
		Organisation: d.organisation, OrganisationName: d.organisationName, StaffGroup: d.staffGroup, StaffGroupName: d.staffGroupName,
		Band: d.band, BandName: d.bandName, Month: specDate(*t.Month),
		Cells: t.Cells, Incomplete: t.Incomplete, OrganisationsReporting: t.Reporting, OrganisationsExpected: t.Expected,

		BudgetedFte:              fteFigure(status, "budgeted_fte", t.Budgeted),
		ContractedFte:            fteFigure(status, "contracted_fte", t.Contracted),
		VacancyFte:               fteFigure(status, "vacancy_fte", t.Vacancy),
		VacancyFteGross:          fteFigure(status, "vacancy_fte_gross", t.VacancyGross),
		RateBudgetedFte:          fteFigure(status, "rate_budgeted_fte", t.RateBudgeted),
		EstablishmentVacancyRate: figure(status, "establishment_vacancy_rate", rate, rateStatus),
		BankFte:                  fteFigure(status, "bank_fte", t.Bank),
		AgencyFte:                fteFigure(status, "agency_fte", t.Agency),
		TemporaryCover:           figure(status, "temporary_cover", cover, coverStatus),
		ReportedVacancies:        countFigure(status, "reported_vacancies", t.Reported),
		AdvertisedPosts:          countFigure(status, "advertised_posts", t.Advertised),
		StaffHeadcount:           peopleFigure(status, "staff_headcount", headcount),
		ReportedVacancyRate:      figure(status, "reported_vacancy_rate", reportedRate.Value, reportedRate.Status),
		Status:                   status,
	}
	if filter.Has(domain.ByDigital) {
		digital := spec.DigitalValue(t.Digital)
		written.Digital = &digital
	}
	return written
}

// rowDimensions holds what a row was grouped by; the rest is nil and left out.
type rowDimensions struct {
	nation, region, regionName, icb, icbName *string
	organisation, organisationName           *string
	staffGroup, staffGroupName               *string
	band, bandName                           *string
}

func dimensionsOf(group domain.Group, filter domain.TotalsFilter, names codeNames) rowDimensions {
	var d rowDimensions
	for _, dimension := range filter.GroupBy {
		switch dimension {
		case domain.ByNation:
			nation := domain.Nation
			d.nation = &nation
		case domain.ByRegion:
			d.region, d.regionName = &group.Region, &group.RegionName
		case domain.ByICB:
			d.icb, d.icbName = &group.ICB, &group.ICBName
		case domain.ByOrganisation:
			d.organisation, d.organisationName = &group.Organisation, &group.Name
		case domain.ByStaffGroup:
			name := names.staffGroups[group.StaffGroup]
			d.staffGroup, d.staffGroupName = &group.StaffGroup, &name
		case domain.ByBand:
			name := names.bands[group.Band]
			d.band, d.bandName = &group.Band, &name
		case domain.ByMonth, domain.ByDigital, domain.ByCompetence:
			// Written by the row itself: only one kind of total has each.
		}
	}
	return d
}

// figure returns a value, or nil with its reason in the status of the row.
func figure[T any](status spec.Status, name string, value T, reason domain.Status) *T {
	if reason != "" {
		status[name] = string(reason)
		return nil
	}
	return &value
}

func fteFigure(status spec.Status, name string, fte *domain.FTE) *float64 {
	if fte == nil {
		return figure(status, name, 0.0, domain.StatusNotAvailable)
	}
	return figure(status, name, fte.Float(), "")
}

func countFigure(status spec.Status, name string, count *int) *int {
	if count == nil {
		return figure(status, name, 0, domain.StatusNotAvailable)
	}
	return count
}

func peopleFigure(status spec.Status, name string, people disclosure.Count) *int {
	return figure(status, name, people.Value, people.Status)
}
