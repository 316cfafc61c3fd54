package api

import (
	"strconv"

	"skillstracker/domain"
)

// positionTable describes position-vacancy totals: POSITION VACANCY of the National
// Workforce Data Set, which begins when recruitment does (domain.md 2.1).
func positionTable(periodMonths int) totalsTable[domain.PositionTotal] {
	type row = domain.PositionTotal
	reported := func(r row, figure any) value {
		// A missing return is never a zero.
		if r.Reporting == 0 {
			return value{status: domain.StatusNotAvailable}
		}
		return value{is: figure}
	}
	posts := func(name, means string, of func(row) int) figureColumn[row] {
		return optionalFigure(name, wholeType, unitPosts, means, func(r row) value { return reported(r, of(r)) })
	}
	fte := func(name, means string, of func(row) domain.FTE) figureColumn[row] {
		return optionalFigure(name, numberType, unitFTE, means, func(r row) value { return reported(r, of(r).Float()) })
	}
	days := func(name string, datatype valueType, means string, of func(row) (any, bool)) figureColumn[row] {
		return optionalFigure(name, datatype, unitDays, means, func(r row) value {
			found, known := of(r)
			if !known && r.Reporting > 0 {
				return value{status: domain.StatusNotApplicable}
			}
			return reported(r, found)
		})
	}
	figures := []figureColumn[row]{
		posts("open_posts", "Posts being recruited to at the reference date. A record may stand for several alike; each post counts.", func(r row) int { return r.OpenPosts }),
		fte("open_fte", "FTE of the open posts.", func(r row) domain.FTE { return r.OpenFTE }),
		posts("opened_posts", "Posts whose recruitment began in the period that ends at the reference date.", func(r row) int { return r.Opened }),
		fte("opened_fte", "FTE of the posts opened.", func(r row) domain.FTE { return r.OpenedFTE }),
		posts("filled_posts", "Posts filled in the period.", func(r row) int { return r.Filled }),
		fte("filled_fte", "FTE of the posts filled.", func(r row) domain.FTE { return r.FilledFTE }),
		posts("closed_posts", "Posts whose recruitment ended in the period without the post being filled, or without it being known.", func(r row) int { return r.Closed }),
		fte("closed_fte", "FTE of the posts closed.", func(r row) domain.FTE { return r.ClosedFTE }),
		days("median_days_open", numberType, "Median days from opening to the reference date, over the open posts; not applicable when there are none.", func(r row) (any, bool) { return known(r.MedianDaysOpen) }),
		days("longest_days_open", wholeType, "Most days that an open post has been open.", func(r row) (any, bool) { return known(r.LongestDaysOpen) }),
		days("median_days_to_fill", numberType, "Median days from opening to filling (POSITION VACANCY LENGTH OF TIME UNFILLED), over the posts filled in the period; not applicable when there are none.", func(r row) (any, bool) { return known(r.MedianDaysToFill) }),
	}
	coverage := func(r row) domain.Coverage { return r.Coverage }
	figures = append(figures, coverageColumns(coverage, "with a record of a position vacancy opened by the reference date")...)
	figures = append(figures,
		optionalFigure("oldest_received", dayType, "", "Day on which the oldest record of the row was received.", func(r row) value { return dayOrNone(r.OldestReceived) }),
		optionalFigure("newest_received", dayType, "", "Day on which the newest record of the row was received.", func(r row) value { return dayOrNone(r.NewestReceived) }),
	)
	return totalsTable[row]{
		subject: "position-vacancy-totals", title: "Position-vacancy totals", path: "/api/v1/position-vacancies/totals",
		about:      "Posts being recruited to at month ends, posts opened and filled in the months before, and how long it took.",
		dimensions: postDimensions(), fixed: []fixedColumn{periodColumn(periodMonths)}, figures: figures, coverage: coverage,
		group: func(r row) domain.Group { return r.Group },
	}
}

// periodColumn says how long the period before each reference date is.
func periodColumn(months int) fixedColumn {
	return fixedColumn{name: "period_months", datatype: wholeType, means: "Months of the period that ends at the reference date.", text: strconv.Itoa(months)}
}

// known returns what a pointer leads to, and whether it leads anywhere.
func known[T any](pointer *T) (any, bool) {
	if pointer == nil {
		return nil, false
	}
	return *pointer, true
}
