package report

import (
	"cmp"
	"slices"
	"strings"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// areaFigures is what a roll-up says of one group at one date: its posts, the digital
// ones among them, and its people, nil when no totals of people hold it.
type areaFigures struct {
	group          domain.Group
	posts, digital VacancyRow
	skills         *disclosure.Skills
}

func noFigures(group domain.Group) areaFigures {
	return areaFigures{group: group, posts: noReturn(), digital: noReturn()}
}

// withoutDigital says whether a row is a subtotal over digital, and what it is a subtotal
// over besides.
func withoutDigital(over string) (rest string, subtotal bool) {
	parts := strings.Split(over, ",")
	kept := slices.DeleteFunc(slices.Clone(parts), func(part string) bool { return part == string(domain.ByDigital) })
	return strings.Join(kept, ","), len(kept) < len(parts)
}

// foundAreas puts the rows together that are subtotals over what over names, one for each
// key. Rows of posts are by digital with its subtotal.
func foundAreas(posts []VacancyRow, skills []disclosure.Skills, over string, key func(domain.Group) string) []areaFigures {
	var found []areaFigures
	places := map[string]int{}
	for _, row := range posts {
		rest, all := withoutDigital(row.posts.Over)
		if rest != over || !all && row.posts.Digital != domain.DigitalYes {
			continue
		}
		place, known := places[key(row.posts.Group)]
		if !known {
			place = len(found)
			places[key(row.posts.Group)] = place
			found = append(found, noFigures(row.posts.Group))
		}
		if all {
			found[place].posts = row
		} else if row.held() {
			found[place].digital = row
		}
	}
	joinSkills(&found, skills, over, key)
	return found
}

// joinSkills adds the people of the rows that are subtotals over what over names.
func joinSkills(found *[]areaFigures, skills []disclosure.Skills, over string, key func(domain.Group) string) {
	places := map[string]int{}
	for i, each := range *found {
		places[key(each.group)] = i
	}
	for i, row := range skills {
		if row.Over != over {
			continue
		}
		place, known := places[key(row.Group)]
		if !known {
			place = len(*found)
			places[key(row.Group)] = place
			*found = append(*found, noFigures(row.Group))
		}
		(*found)[place].skills = &skills[i]
	}
}

// sortAreas puts areas in the order of their keys; those without one, and those that
// nobody can say where they belong, come last.
func sortAreas(areas []areaFigures, keys ...func(domain.Group) string) {
	last := func(code string) int {
		if code == "" || code == domain.UnassignedSplit {
			return 1
		}
		return 0
	}
	slices.SortFunc(areas, func(a, b areaFigures) int {
		for _, key := range keys {
			x, y := key(a.group), key(b.group)
			if order := cmp.Or(cmp.Compare(last(x), last(y)), cmp.Compare(x, y)); order != 0 {
				return order
			}
		}
		return 0
	})
}

// placeCells returns the code and the name of a region or an ICB as cells.
func placeCells(code, name string) []value {
	switch code {
	case "":
		return []value{absent(domain.StatusNotAvailable), textValue("Not recorded")}
	case domain.UnassignedSplit:
		return []value{absent(domain.StatusNotApplicable), textValue("Unassigned, several successors")}
	}
	return []value{textValue(code), nameOr(name, code)}
}

func nameOr(name, otherwise string) value {
	if plain(name) == "" {
		return textValue(otherwise)
	}
	return textValue(name)
}

// areaMeasure is a figure of an area with its header.
type areaMeasure struct {
	column
	figure func(areaFigures) value
}

func areaCells(measures []areaMeasure, a areaFigures, labels ...value) []value {
	for _, m := range measures {
		labels = append(labels, m.figure(a))
	}
	return labels
}

// measures returns all measures of an area: who reports, posts, and people.
func (in RollupInput) measures() []areaMeasure {
	return slices.Concat(coverageMeasures(), postMeasures(), in.peopleMeasures())
}

func coverageMeasures() []areaMeasure {
	return []areaMeasure{
		{column{"Organisations reporting (number)", kindWhole, []note{noteReporting}}, func(a areaFigures) value { return numberValue(float64(a.posts.posts.Reporting)) }},
		{column{"Organisations expected (number)", kindWhole, []note{noteReporting}}, func(a areaFigures) value { return numberValue(float64(a.posts.posts.Expected)) }},
		{column{"Coverage (per cent)", kindOne, []note{noteReporting}}, func(a areaFigures) value {
			if a.posts.posts.Expected == 0 {
				return absent(domain.StatusNotApplicable)
			}
			return numberValue(100 * float64(a.posts.posts.Reporting) / float64(a.posts.posts.Expected))
		}},
	}
}

// postMeasures are the measures of posts, the digital ones beside all, and the two that
// social care reports.
func postMeasures() []areaMeasure {
	var list []areaMeasure
	for _, m := range establishmentMeasures() {
		list = append(list, areaMeasure{m.column, func(a areaFigures) value { return m.figure(a.posts) }})
	}
	return append(list,
		areaMeasure{column{"Digital vacancy FTE (full-time equivalent)", kindOne, []note{noteDigital}}, func(a areaFigures) value { return fteValue(a.digital.posts.Vacancy) }},
		areaMeasure{column{"Digital vacancy rate (per cent)", kindOne, []note{noteDigital, noteRate}}, func(a areaFigures) value { return a.digital.rate() }},
		areaMeasure{column{"Reported vacancies (number)", kindWhole, []note{noteUnlike}}, func(a areaFigures) value { return postsValue(a.posts.posts.Reported) }},
		areaMeasure{column{"Reported vacancy rate (per cent)", kindOne, []note{noteReportedRate}}, func(a areaFigures) value { return shareValue(a.posts.reportedRate) }},
	)
}

// peopleMeasures are the measures of people, all of which have passed the rule.
func (in RollupInput) peopleMeasures() []areaMeasure {
	of := func(shown func(disclosure.Skills) value) func(areaFigures) value {
		return func(a areaFigures) value {
			if a.skills == nil {
				return absent(domain.StatusNotAvailable)
			}
			return shown(*a.skills)
		}
	}
	return []areaMeasure{
		{column{"Organisations with a staff list (number)", kindWhole, []note{noteListed}}, of(func(s disclosure.Skills) value { return numberValue(float64(s.Listed)) })},
		{column{"Staff in post (people)", kindWhole, []note{noteListed}}, of(func(s disclosure.Skills) value { return countValue(s.StaffInPost) })},
		{column{"Completion rate (per cent)", kindOne, []note{noteAreaCompletion}}, of(func(s disclosure.Skills) value { return shareValue(s.CompletionRate) })},
		{column{"Share at or above target (per cent)", kindOne, []note{noteAreaTarget}}, of(in.atTarget)},
	}
}

// atTarget is the share of people who are at or above every target; of a task checklist,
// of those who reached every threshold.
func (in RollupInput) atTarget(s disclosure.Skills) value {
	switch {
	case in.Framework.Scoring == domain.ScoringTasks && s.Checklist != nil && len(s.Checklist.Shares) > 1:
		return shareValue(s.Checklist.Shares[1])
	case s.Gaps == nil:
		return absent(domain.StatusNotApplicable)
	}
	return shareValue(s.Gaps.Reached)
}
