package api

import (
	"fmt"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// classColumns are a distribution: one array in the JSON, whose items call the class
// by one name, and one column for each class in the CSV.
func classColumns(name, class, means, each string, highest int, of func(rankedSkills) *disclosure.Distribution) []figureColumn[rankedSkills] {
	item := class
	if class == "need_gap" {
		item = "gap"
	}
	figures := []figureColumn[rankedSkills]{{name: name, unit: unitPeople, means: means, list: func(r rankedSkills) any { return classList(of(r), item) }}}
	for i := range highest + 1 {
		column := people(fmt.Sprintf("%s_%d_people", class, i), fmt.Sprintf(each, i), func(r rankedSkills) disclosure.Count { return classOf(of(r), i) })
		column.tableOnly = true
		figures = append(figures, column)
	}
	return figures
}

// classList writes a distribution as the contract has it; nil when the row has none.
func classList(d *disclosure.Distribution, item string) any {
	if d == nil {
		return nil
	}
	list := make([]map[string]any, len(d.Levels))
	for i, people := range d.Levels {
		list[i] = map[string]any{item: i, "people": peopleValue(people).is, "status": string(people.Status)}
	}
	return list
}

// classOf is how many people are in a class. One that the row does not have, such as a
// level that is not on the competence's scale, is not applicable.
func classOf(d *disclosure.Distribution, class int) disclosure.Count {
	if d == nil || class >= len(d.Levels) {
		return disclosure.Count{Status: domain.StatusNotApplicable}
	}
	return d.Levels[class]
}

// baseOf is the base of a distribution.
func baseOf(d *disclosure.Distribution) disclosure.Count {
	if d == nil {
		return disclosure.Count{Status: domain.StatusNotApplicable}
	}
	return d.Base
}

func distributionOf(g *disclosure.Gaps) *disclosure.Distribution {
	if g == nil {
		return nil
	}
	return &g.Distribution
}

func gapValue(g *disclosure.Gaps, figure func(disclosure.Gaps) value) value {
	if g == nil {
		return value{status: domain.StatusNotApplicable}
	}
	return figure(*g)
}

func averageValue(d *disclosure.Distribution, of func(disclosure.Distribution) disclosure.Average) value {
	if d == nil {
		return value{status: domain.StatusNotApplicable}
	}
	average := of(*d)
	return numberValue(average.Value, average.Status)
}

func meanOf(d disclosure.Distribution) disclosure.Average   { return d.Mean }
func medianOf(d disclosure.Distribution) disclosure.Average { return d.Median }
