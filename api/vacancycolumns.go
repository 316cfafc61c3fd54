package api

import (
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// vacancyRow is a row of vacancy totals with its figures about people as they may be
// shown. The true ones in the total are not to be written.
type vacancyRow struct {
	domain.VacancyTotal
	headcount    disclosure.Count
	reportedRate disclosure.Share
}

// postDimensions are the dimensions of totals of posts.
func postDimensions() []domain.Dimension {
	return []domain.Dimension{
		domain.ByNation, domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector, domain.ByKind,
		domain.ByStaffGroup, domain.ByJobRole, domain.ByBand, domain.ByAreaOfWork, domain.ByDigital,
	}
}

// vacancyTable describes vacancy totals: establishment gap, reported vacancies and
// adverts, which are unlike measures and never added up (DESIGN 3.7 and 5).
func vacancyTable() totalsTable[vacancyRow] {
	figures := append(establishmentColumns(), reportedColumns()...)
	figures = append(figures, coverageColumns(vacancyCoverage, "with a return for the reference date")...)
	figures = append(figures,
		whole("organisations_with_gap", unitOrganisations, "Organisations of the row that state an establishment gap: those behind vacancy_fte.", func(r vacancyRow) int { return r.WithGap }),
		whole("organisations_with_reported", unitOrganisations, "Organisations of the row that state reported vacancies.", func(r vacancyRow) int { return r.WithReported }),
		whole("organisations_with_advertised", unitOrganisations, "Organisations of the row that state advertised posts.", func(r vacancyRow) int { return r.WithAdvertised }),
		optionalFigure("oldest_received", dayType, "", "Day on which the oldest figure of the row was received.", func(r vacancyRow) value { return dayOrNone(r.OldestReceived) }),
		optionalFigure("newest_received", dayType, "", "Day on which the newest figure of the row was received.", func(r vacancyRow) value { return dayOrNone(r.NewestReceived) }),
	)
	return totalsTable[vacancyRow]{
		subject: "vacancy-totals", title: "Vacancy totals", path: "/api/v1/vacancies/totals",
		about:      "Posts budgeted, filled and vacant at month ends, from the vacancy returns of organisations. The establishment gap, reported vacancies and advertised posts are unlike measures: do not add them to each other.",
		dimensions: postDimensions(), figures: figures, coverage: vacancyCoverage,
		group: func(r vacancyRow) domain.Group { return r.Group },
	}
}

func vacancyCoverage(r vacancyRow) domain.Coverage {
	return domain.Coverage{Reporting: r.Reporting, Expected: r.Expected, Estimated: r.Estimated}
}

// establishmentColumns are the figures of the establishment gap (domain.md 2.2).
func establishmentColumns() []figureColumn[vacancyRow] {
	fte := func(name, means string, of func(vacancyRow) *domain.FTE) figureColumn[vacancyRow] {
		return optionalFigure(name, numberType, unitFTE, means, func(r vacancyRow) value { return fteOrNone(of(r)) })
	}
	return []figureColumn[vacancyRow]{
		whole("cells", unitCells, "Lines of the vacancy returns that are in the row.", func(r vacancyRow) int { return r.Cells }),
		whole("incomplete", unitCells, "Lines without both budgeted and contracted FTE. The gap and its rate leave them out.", func(r vacancyRow) int { return r.Incomplete }),
		fte("budgeted_fte", "Full-time equivalents that are paid for in the budget (POSITION BUDGETED FTE of the National Workforce Data Set).", func(r vacancyRow) *domain.FTE { return r.Budgeted }),
		fte("contracted_fte", "Full-time equivalents of staff under contract (POSITION CONTRACTED FTE of the National Workforce Data Set).", func(r vacancyRow) *domain.FTE { return r.Contracted }),
		fte("vacancy_fte", "Budgeted less contracted FTE of the lines that have both. Below zero means more staff than budgeted.", func(r vacancyRow) *domain.FTE { return r.Vacancy }),
		fte("vacancy_fte_gross", "The sum of the gaps above zero, so that over-established lines do not hide the others.", func(r vacancyRow) *domain.FTE { return r.VacancyGross }),
		fte("rate_budgeted_fte", "Budgeted FTE of the lines that have both parts: the denominator of the rate.", func(r vacancyRow) *domain.FTE { return r.RateBudgeted }),
		optionalFigure("establishment_vacancy_rate", numberType, unitFraction, "vacancy_fte divided by rate_budgeted_fte; not applicable when nothing is budgeted. Rates are worked out from sums and never averaged.",
			func(r vacancyRow) value { return numberValue(r.EstablishmentRate()) }),
		fte("bank_fte", "Full-time equivalents worked by bank staff.", func(r vacancyRow) *domain.FTE { return r.Bank }),
		fte("agency_fte", "Full-time equivalents worked by agency staff.", func(r vacancyRow) *domain.FTE { return r.Agency }),
		fte("cover_fte", "Bank and agency FTE of the lines that vacancy_fte is of.", func(r vacancyRow) *domain.FTE { return r.Cover }),
		optionalFigure("temporary_cover", numberType, unitFraction, "cover_fte divided by vacancy_fte; not applicable when there is no gap to cover. It may exceed 1.",
			func(r vacancyRow) value { return numberValue(r.TemporaryCover()) }),
	}
}

// reportedColumns are the figures that organisations count themselves, the measure of
// social care among them (domain.md 2.5).
func reportedColumns() []figureColumn[vacancyRow] {
	return []figureColumn[vacancyRow]{
		optionalFigure("reported_vacancies", wholeType, unitPosts, "Posts being recruited to, as counted by the organisation. It is not the gap in FTE.", func(r vacancyRow) value { return countOrNone(r.Reported) }),
		optionalFigure("advertised_posts", wholeType, unitPosts, "Adverts or advertised posts at the month end.", func(r vacancyRow) value { return countOrNone(r.Advertised) }),
		people("staff_headcount", "People in post, as the vacancy returns state them. Subject to the disclosure rule.", func(r vacancyRow) disclosure.Count { return r.headcount }),
		optionalFigure("reported_vacancy_rate", numberType, unitFraction, "Reported vacancies divided by staff headcount and reported vacancies together, over the lines that have both. Subject to the disclosure rule.",
			func(r vacancyRow) value { return shareValue(r.reportedRate) }),
	}
}
