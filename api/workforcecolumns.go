package api

import (
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// workforceTable describes workforce totals. Published turnover leaves its denominator
// open; the mean of opening and closing staff is taken, and the column says so
// (domain.md 2.2).
func workforceTable(periodMonths int) totalsTable[disclosure.Workforce] {
	type row = disclosure.Workforce
	figures := []figureColumn[row]{
		people("staff_in_post", staffInPostMeans+" (HEADCOUNT (ORGANISATION CURRENT) of the National Workforce Data Set.)", func(r row) disclosure.Count { return r.Headcount }),
		shownFTEColumn("staff_in_post_fte", "Full-time equivalents of staff_in_post.", func(r row) disclosure.FTE { return r.FTE }),
		people("opening_staff", "People in post at the end of the day before the period begins, in the organisations that were open and had a staff list from the first day of the period to the last. So are all figures of movement.", func(r row) disclosure.Count { return r.Opening }),
		people("closing_staff", "People in post at the reference date in the same organisations: opening_staff and starters less leavers, over whole organisations.", func(r row) disclosure.Count { return r.Closing }),
		people("starters", "People who joined one of these organisations in the period. Somebody who changes employer leaves one and joins the other.", func(r row) disclosure.Count { return r.Starters }),
		people("leavers", "People who left one of these organisations in the period.", func(r row) disclosure.Count { return r.Leavers }),
		people("estimated_leavers", "Leavers whose last day is estimated, because they were absent from a staff list that said it was complete.", func(r row) disclosure.Count { return r.EstimatedLeavers }),
		people("stayers", "People of opening_staff who were in post in their organisation on every day of the period.", func(r row) disclosure.Count { return r.Stayers }),
		shownFTEColumn("opening_fte", "Full-time equivalents of opening_staff.", func(r row) disclosure.FTE { return r.OpeningFTE }),
		shownFTEColumn("closing_fte", "Full-time equivalents of closing_staff.", func(r row) disclosure.FTE { return r.ClosingFTE }),
		shownFTEColumn("starters_fte", "Full-time equivalents of starters.", func(r row) disclosure.FTE { return r.StarterFTE }),
		shownFTEColumn("leavers_fte", "Full-time equivalents of leavers.", func(r row) disclosure.FTE { return r.LeaverFTE }),
		optionalFigure("turnover_rate", numberType, unitFraction, "leavers divided by the mean of opening_staff and closing_staff, from the figures as they are shown. The National Workforce Data Set does not settle the denominator of HEADCOUNT TURNOVER RATE; the mean of both ends of the period is the usual one.", func(r row) value { return shareValue(r.Turnover) }),
		optionalFigure("turnover_rate_fte", numberType, unitFraction, "leavers_fte divided by the mean of opening_fte and closing_fte.", func(r row) value { return numberValue(r.TurnoverFTE.Value, r.TurnoverFTE.Status) }),
		optionalFigure("joiner_rate", numberType, unitFraction, "starters divided by the mean of opening_staff and closing_staff.", func(r row) value { return shareValue(r.Joiners) }),
		optionalFigure("stability_rate", numberType, unitFraction, "stayers divided by opening_staff (HEADCOUNT STABILITY RATE). It is not one less the turnover rate: those who join and leave in the period count in turnover alone.", func(r row) value { return shareValue(r.Stability) }),
	}
	coverage := func(r row) domain.Coverage { return r.Coverage }
	figures = append(figures, coverageColumns(coverage, "with a staff list of the reference date or before")...)
	figures = append(figures,
		whole("organisations_with_movement", unitOrganisations, "Organisations of the row behind the figures of movement.", func(r row) int { return r.Moving }),
		optionalFigure("oldest_list", dayType, "", "Day of the oldest of the organisations' newest staff lists.", func(r row) value { return dayOrNone(r.OldestList) }),
		optionalFigure("newest_list", dayType, "", "Day of the newest of them.", func(r row) value { return dayOrNone(r.NewestList) }),
	)
	return totalsTable[row]{
		subject: "workforce-totals", title: "Workforce totals", path: "/api/v1/workforce/totals",
		about:      "People in post at month ends, from staff lists, and who joined, left and stayed in the months before.",
		dimensions: append(postDimensions(), domain.ByTeam), fixed: []fixedColumn{periodColumn(periodMonths)}, figures: figures, coverage: coverage,
		group: func(r row) domain.Group { return r.Group },
	}
}

func shownFTEColumn(name, means string, of func(disclosure.Workforce) disclosure.FTE) figureColumn[disclosure.Workforce] {
	return optionalFigure(name, numberType, unitFTE, means, func(r disclosure.Workforce) value { return fteShown(of(r)) })
}

func fteShown(shown disclosure.FTE) value { return numberValue(shown.Value.Float(), shown.Status) }
