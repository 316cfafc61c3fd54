package api

import (
	"cmp"
	"slices"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// inOrder returns the rows as they are to be shown: as they were read, or by priority,
// where most is to be done first. The order goes by the figures as they are shown, so
// that it tells nothing of those withheld; these come last, and rows that are alike
// stay as they were read and share a rank.
func inOrder(rows []disclosure.Skills, priorities bool) []rankedSkills {
	ranked := make([]rankedSkills, len(rows))
	for i, row := range rows {
		ranked[i] = rankedSkills{Skills: row, priorities: priorities}
	}
	if !priorities {
		return ranked
	}
	place := map[priorityList]int{}
	for _, row := range ranked {
		list := priorityListOf(row)
		if _, known := place[list]; !known {
			place[list] = len(place)
		}
	}
	slices.SortStableFunc(ranked, func(a, b rankedSkills) int {
		return cmp.Or(cmp.Compare(place[priorityListOf(a)], place[priorityListOf(b)]), cmp.Compare(toClose(b), toClose(a)))
	})
	first := 0
	for i := range ranked {
		if priorityListOf(ranked[i]) != priorityListOf(ranked[first]) {
			first = i
		}
		switch {
		case toClose(ranked[i]) < 0:
		case i > first && toClose(ranked[i]) == toClose(ranked[i-1]):
			ranked[i].rank = ranked[i-1].rank
		default:
			ranked[i].rank = i - first + 1
		}
	}
	return ranked
}

// priorityList is what rows are ranked within: one month, and rows that add up over
// the same dimensions.
type priorityList struct {
	month domain.Date
	over  string
}

func priorityListOf(r rankedSkills) priorityList {
	list := priorityList{over: r.Over}
	if r.Month != nil {
		list.month = *r.Month
	}
	return list
}

// toClose is what a row is ranked by; -1 when it is not shown.
func toClose(r rankedSkills) int {
	if r.Gaps == nil || r.Gaps.ToClose.Status != "" {
		return -1
	}
	return r.Gaps.ToClose.Value
}
