package api

import (
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// digitalTable describes the totals of the digital workforce. A post or a person is
// digital by the area of work or the job role (DESIGN 2).
func digitalTable(periodMonths int, baseline *domain.Date) totalsTable[digitalRow] {
	began := ""
	if baseline != nil {
		began = baseline.String()
	}
	figures := append(digitalPostColumns(), digitalStaffColumns()...)
	figures = append(figures, digitalGrowthColumns()...)
	coverage := func(r digitalRow) domain.Coverage {
		return domain.Coverage{Reporting: r.posts.Reporting, Expected: r.posts.Expected, Estimated: r.posts.Estimated}
	}
	figures = append(figures, coverageColumns(coverage, "with a vacancy return for the reference date")...)
	figures = append(figures, whole("organisations_with_staff_list", unitOrganisations, "Organisations of the row with a staff list of the reference date or before: those behind the figures of staff.", func(r digitalRow) int { return r.staff.Reporting }))
	return totalsTable[digitalRow]{
		subject: "digital-workforce-totals", title: "Digital workforce totals", path: "/api/v1/digital-workforce/totals",
		about:      "Posts and people of the digital workforce: budgeted, in post, vacant, joining and leaving, and growth since a baseline.",
		dimensions: []domain.Dimension{domain.ByNation, domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector, domain.ByKind},
		fixed: []fixedColumn{
			periodColumn(periodMonths),
			{name: "baseline", datatype: dayType, means: "The month end from which growth is measured; empty when the question names none.", text: began, optional: true},
		},
		figures: figures, coverage: coverage, group: func(r digitalRow) domain.Group { return r.group },
	}
}

// digitalPostColumns are the figures of posts, from vacancy returns and position
// vacancies.
func digitalPostColumns() []figureColumn[digitalRow] {
	fte := func(name, means string, of func(digitalRow) *domain.FTE) figureColumn[digitalRow] {
		return optionalFigure(name, numberType, unitFTE, means, func(r digitalRow) value { return fteOrNone(of(r)) })
	}
	return []figureColumn[digitalRow]{
		fte("budgeted_fte", "Budgeted FTE of digital posts: those with a digital area of work or job role.", func(r digitalRow) *domain.FTE { return r.posts.Budgeted }),
		fte("contracted_fte", "Contracted FTE of digital posts.", func(r digitalRow) *domain.FTE { return r.posts.Contracted }),
		fte("vacancy_fte", "Budgeted less contracted FTE of the lines of digital posts that have both.", func(r digitalRow) *domain.FTE { return r.posts.Vacancy }),
		optionalFigure("establishment_vacancy_rate", numberType, unitFraction, "vacancy_fte divided by the budgeted FTE of the same lines.", func(r digitalRow) value { return numberValue(r.posts.EstablishmentRate()) }),
		optionalFigure("reported_vacancies", wholeType, unitPosts, "Digital posts being recruited to, as counted by the organisations.", func(r digitalRow) value { return countOrNone(r.posts.Reported) }),
		optionalFigure("open_posts", wholeType, unitPosts, "Digital position vacancies open at the reference date.", func(r digitalRow) value { return countOrNone(r.openPosts) }),
		fte("digital_not_stated_fte", "Budgeted FTE of posts of which nobody can say whether they are digital, because no area of work was given. Some of it may belong to the figures above.", func(r digitalRow) *domain.FTE { return r.notStated }),
	}
}

// digitalStaffColumns are the figures of people, as in workforce totals.
func digitalStaffColumns() []figureColumn[digitalRow] {
	return []figureColumn[digitalRow]{
		people("staff_in_post", "Digital staff: "+staffInPostMeans, func(r digitalRow) disclosure.Count { return r.staff.Headcount }),
		optionalFigure("staff_in_post_fte", numberType, unitFTE, "Full-time equivalents of staff_in_post.", func(r digitalRow) value { return fteShown(r.staff.FTE) }),
		people("starters", "Digital staff who joined in the period, as in workforce totals.", func(r digitalRow) disclosure.Count { return r.staff.Starters }),
		people("leavers", "Digital staff who left in the period, as in workforce totals.", func(r digitalRow) disclosure.Count { return r.staff.Leavers }),
		optionalFigure("turnover_rate", numberType, unitFraction, "Leavers divided by the mean of digital staff at both ends of the period, as in workforce totals.", func(r digitalRow) value { return shareValue(r.staff.Turnover) }),
		optionalFigure("stability_rate", numberType, unitFraction, "Share of the digital staff at the beginning of the period who were in post throughout, as in workforce totals.", func(r digitalRow) value { return shareValue(r.staff.Stability) }),
	}
}

// digitalGrowthColumns are what has grown since the baseline and how far that is
// towards a target. Without a baseline they are not applicable.
func digitalGrowthColumns() []figureColumn[digitalRow] {
	return []figureColumn[digitalRow]{
		optionalFigure("baseline_budgeted_fte", numberType, unitFTE, "Budgeted FTE of digital posts at the baseline, of the organisations that state it at both dates.", func(r digitalRow) value { return numberValue(r.growth.baseline.Float(), r.growth.why) }),
		optionalFigure("comparable_budgeted_fte", numberType, unitFTE, "Budgeted FTE of digital posts at the reference date, of the same organisations.", func(r digitalRow) value { return numberValue(r.growth.current.Float(), r.growth.why) }),
		optionalFigure("growth_fte", numberType, unitFTE, "comparable_budgeted_fte less baseline_budgeted_fte.", func(r digitalRow) value {
			return numberValue((r.growth.current - r.growth.baseline).Float(), r.growth.why)
		}),
		optionalFigure("growth_rate", numberType, unitFraction, "growth_fte divided by baseline_budgeted_fte.", func(r digitalRow) value {
			return ratioOr(r.growth.current-r.growth.baseline, r.growth.baseline, r.growth.why)
		}),
		people("baseline_staff", "Digital staff in post at the baseline, of the organisations with a staff list at both dates.", func(r digitalRow) disclosure.Count { return r.growth.baselineStaff }),
		people("comparable_staff", "Digital staff in post at the reference date, of the same organisations.", func(r digitalRow) disclosure.Count { return r.growth.comparableStaff }),
		optionalFigure("growth_staff", wholeType, unitPeople, "comparable_staff less baseline_staff, as they are shown.", growthOfStaff),
		optionalFigure("target_posts", numberType, unitFTE, "The growth in budgeted FTE since the baseline that is aimed at, as the question states it.", func(r digitalRow) value {
			if r.target == nil {
				return value{status: domain.StatusNotApplicable}
			}
			return value{is: float64(*r.target)}
		}),
		optionalFigure("progress", numberType, unitFraction, "growth_fte divided by target_posts.", func(r digitalRow) value {
			if r.target == nil {
				return value{status: domain.StatusNotApplicable}
			}
			return ratioOr(r.growth.current-r.growth.baseline, domain.FTE(*r.target)*domain.FTEUnit, r.growth.why)
		}),
	}
}

func growthOfStaff(r digitalRow) value {
	before, now := r.growth.baselineStaff, r.growth.comparableStaff
	if before.Status != "" {
		return value{status: before.Status}
	}
	if now.Status != "" {
		return value{status: now.Status}
	}
	return value{is: now.Value - before.Value}
}

// ratioOr is part divided by whole, or the reason why there is none.
func ratioOr(part, whole domain.FTE, why domain.Status) value {
	if why != "" {
		return value{status: why}
	}
	ratio, ok := domain.Ratio(part, whole)
	if !ok {
		return value{status: domain.StatusNotApplicable}
	}
	return value{is: ratio}
}
