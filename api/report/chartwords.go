package report

import (
	"fmt"
	"math"
	"slices"
)

// drawnRows are the rows of a sheet that a chart draws: those in which no figure of its
// series is absent. Its sentences are about them alone.
type drawnRows struct {
	rows []rowOfChart
	some bool // others are left out
}

// rowOfChart is a row with the figure that a sentence is about.
type rowOfChart struct {
	label  string
	figure float64
}

// drawnOf returns the rows, of those at the places, that a chart of the series draws;
// the sentence is to be about the first of the series.
func (s *sheet) drawnOf(kind chartKind, label int, places []int, series ...int) drawnRows {
	var d drawnRows
	for _, at := range places {
		row := s.rows[at]
		if !complete(row, series) || kind == chartStackedBars && !addsUp(s, row, series) {
			d.some = true
			continue
		}
		d.rows = append(d.rows, rowOfChart{row[label].text, row[series[0]].number})
	}
	return d
}

// complete says whether no figure of a row is absent.
func complete(row []value, series []int) bool {
	return !slices.ContainsFunc(series, func(column int) bool { return !row[column].isNumber })
}

// addsUp says whether the parts of a stacked bar in per cent make up a whole but for the
// rounding of each. Shares of a handful of people miss it by far.
func addsUp(s *sheet, row []value, series []int) bool {
	if _, unit := s.columns[series[0]].headerAndUnit(); unit != "per cent" {
		return true
	}
	const rounding = 5
	sum := 0.0
	for _, column := range series {
		sum += row[column].number
	}
	return math.Abs(sum-100) <= rounding
}

// of starts a sentence: it says when it is not about every row.
func (d drawnRows) of(sentence string) string {
	if d.some {
		return "Of those shown, " + lowerFirst(sentence)
	}
	return sentence
}

// most returns the greatest figure as it is shown, with the rows that have it.
func (d drawnRows) most(kind kind) (names, figure string) {
	return d.having(kind, slices.MaxFunc(d.rows, byFigure))
}

// least returns the smallest figure as it is shown, with the rows that have it.
func (d drawnRows) least(kind kind) (names, figure string) {
	return d.having(kind, slices.MinFunc(d.rows, byFigure))
}

func byFigure(a, b rowOfChart) int {
	switch {
	case a.figure < b.figure:
		return -1
	case a.figure > b.figure:
		return 1
	}
	return 0
}

func (d drawnRows) having(kind kind, row rowOfChart) (names, figure string) {
	figure = kind.shown(row.figure)
	var equal []string
	for _, each := range d.rows {
		if kind.shown(each.figure) == figure {
			equal = append(equal, each.label)
		}
	}
	switch len(equal) {
	case 1:
		return equal[0], figure
	case 2:
		return equal[0] + " and " + equal[1], figure
	}
	return fmt.Sprintf("%s and %d others", equal[0], len(equal)-1), figure
}
