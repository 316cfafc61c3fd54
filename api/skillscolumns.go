package api

import (
	"fmt"
	"net/url"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// rankedSkills is a row of digital-literacy totals with its place in the order of
// priorities; 0 when no such order was asked for or the row has no place in it.
type rankedSkills struct {
	disclosure.Skills
	rank int
	// priorities says that the order was asked for.
	priorities bool
}

// skillsTable describes digital-literacy totals by a framework version. There are
// columns for every level of its scale, whatever the rows hold.
func skillsTable(framework domain.FrameworkVersion) totalsTable[rankedSkills] {
	type row = rankedSkills
	figures := []figureColumn[row]{
		{name: "rank", means: "Place in the order of person_levels_to_close among the rows of its month and subtotal; rows without that figure have none and come last. With order=priority only.", list: rankOf},
		rankColumn(),
		people("staff_in_post", staffInPostMeans, func(r row) disclosure.Count { return r.StaffInPost }),
		people("assessed", fmt.Sprintf("People with an assessment by this framework version that was not older than %d months at the reference date.", framework.ValidityMonths), func(r row) disclosure.Count { return r.Assessed }),
		people("assessed_on_list", "Those of assessed who are in staff_in_post.", func(r row) disclosure.Count { return r.AssessedListed }),
		optionalFigure("completion_rate", numberType, unitFraction, "assessed_on_list divided by staff_in_post, from the figures as they are shown.", func(r row) value { return shareValue(r.CompletionRate) }),
		people("due", "People in staff_in_post whose current assessment stops being current within 90 days. They are in assessed too.", func(r row) disclosure.Count { return r.Due }),
		people("overdue", "People in staff_in_post whose latest assessment is no longer current.", func(r row) disclosure.Count { return r.Overdue }),
		people("never_assessed", "People in staff_in_post without any assessment by this framework version.", func(r row) disclosure.Count { return r.NeverAssessed }),
		optionalFigure("share_self", numberType, unitFraction, "Share of assessed whose assessment that counts was made by themselves.", func(r row) value { return shareValue(r.BySelf) }),
		optionalFigure("share_manager", numberType, unitFraction, "Share of assessed whose assessment that counts was made by a manager.", func(r row) value { return shareValue(r.ByManager) }),
		optionalFigure("share_assessor", numberType, unitFraction, "Share of assessed whose assessment that counts was made by an assessor.", func(r row) value { return shareValue(r.ByAssessor) }),
	}
	figures = append(figures, levelColumns(int(framework.MaxLevel()))...)
	figures = append(figures, gapColumns(int(framework.MaxLevel()))...)
	figures = append(figures, needColumns(int(framework.MaxLevel()))...)
	figures = append(figures, checklistColumns()...)
	figures = append(figures, coverageColumns(skillsCoverage, "with a current assessment")...)
	figures = append(figures,
		whole("organisations_with_staff_list", unitOrganisations, "Organisations of the row with a staff list.", func(r row) int { return r.Listed }),
		optionalFigure("newest_assessment", dayType, "", "Day of the latest assessment that counts; for everybody but HR of the organisation the end of its month.", func(r row) value { return dayOr(r.Newest, r.DatesStatus) }),
		optionalFigure("oldest_assessment", dayType, "", "Day of the earliest assessment that counts; for everybody but HR of the organisation the end of its month.", func(r row) value { return dayOr(r.Oldest, r.DatesStatus) }),
	)
	return totalsTable[row]{
		subject: "digital-literacy-totals", title: "Digital-literacy totals: " + framework.Name, path: "/api/v1/digital-literacy/totals",
		about:      "People in post, how many of them have a current assessment, their levels, and how far they are below what is expected.",
		dimensions: append(postDimensions(), domain.ByTeam, domain.ByCompetence, domain.ByDomain, domain.ByAssessorKind),
		fixed: []fixedColumn{
			{name: "framework", datatype: textType, means: "Framework by which people were assessed.", text: framework.Framework},
			{name: "framework_version", datatype: textType, means: "Its version.", text: framework.Version},
		},
		metadataQuery: url.Values{"framework": {framework.Framework}, "framework_version": {framework.Version}}.Encode(),
		figures:       figures, coverage: skillsCoverage,
		group: func(r row) domain.Group { return r.Group },
	}
}

func skillsCoverage(r rankedSkills) domain.Coverage {
	return domain.Coverage{Reporting: r.Reporting, Expected: r.Expected, Estimated: r.Estimated}
}

// rankOf is the place of a row in the JSON, which leaves it out when there is none.
func rankOf(r rankedSkills) any {
	if r.rank == 0 {
		return nil
	}
	return r.rank
}

// rankColumn is the place of a row in the CSV.
func rankColumn() figureColumn[rankedSkills] {
	column := optionalFigure("rank", wholeType, "", "Place in the order of priorities; with order=priority only.", func(r rankedSkills) value {
		switch {
		case r.rank > 0:
			return countValue(r.rank)
		case r.priorities && r.Gaps != nil:
			return value{status: r.Gaps.ToClose.Status}
		}
		return value{status: domain.StatusNotApplicable}
	})
	column.tableOnly = true
	return column
}

// levelColumns are the distribution over levels.
func levelColumns(highest int) []figureColumn[rankedSkills] {
	type row = rankedSkills
	of := func(r row) *disclosure.Distribution { return r.Distribution }
	figures := []figureColumn[row]{
		people("answered", "People who have a level: the base of the distribution. Not assessed and not applicable are left out. Not applicable in rows by neither competence nor domain.", func(r row) disclosure.Count { return baseOf(of(r)) }),
	}
	figures = append(figures, classColumns("levels", "level", "People at each level, from the latest current assessment of each. By domain each person counts at the lowest level among its competences.",
		"People at level %d. Not applicable when the competence has no such level.", highest, of)...)
	return append(figures,
		optionalFigure("mean_level", numberType, unitLevel, "Mean of the levels as they are shown.", func(r row) value { return averageValue(of(r), meanOf) }),
		optionalFigure("median_level", numberType, unitLevel, "Median of the levels as they are shown.", func(r row) value { return averageValue(of(r), medianOf) }),
	)
}

// gapColumns are how far people are below their targets.
func gapColumns(highest int) []figureColumn[rankedSkills] {
	type row = rankedSkills
	of := func(r row) *disclosure.Distribution { return distributionOf(r.Gaps) }
	gap := func(name string, datatype valueType, unit, means string, figure func(disclosure.Gaps) value) figureColumn[row] {
		return optionalFigure(name, datatype, unit, means, func(r row) value { return gapValue(r.Gaps, figure) })
	}
	figures := []figureColumn[row]{
		optionalFigure("target_level", wholeType, unitLevel, "The level expected, when it is the same for everybody in the row who has a level. Rows by domain or by neither have none.", func(r row) value {
			if r.Target == nil {
				return value{status: domain.StatusNotApplicable}
			}
			return countValue(int(*r.Target))
		}),
		people("with_target", "People with a level and a target: the base of the gaps. Not applicable when nobody has one.", func(r row) disclosure.Count { return baseOf(of(r)) }),
	}
	figures = append(figures, classColumns("people_by_gap", "gap", "People by the number of levels that they are below their target, those at or above it under 0. Each person counts with the greatest gap among the competences of the row.",
		"People %d levels below their target; 0 is at or above it.", highest, of)...)
	return append(figures,
		gap("at_or_above_target", wholeType, unitPeople, "People at or above their target.", func(g disclosure.Gaps) value { return peopleValue(g.AtOrAbove) }),
		gap("below_target", wholeType, unitPeople, "People below their target, from the figures as they are shown.", func(g disclosure.Gaps) value { return peopleValue(g.Below) }),
		gap("share_at_or_above_target", numberType, unitFraction, "Share at or above target, from the classes of people_by_gap as they are shown.", func(g disclosure.Gaps) value { return shareValue(g.Reached) }),
		gap("mean_gap", numberType, unitLevel, "Mean levels below target, people at or above it counting 0, from the classes as they are shown.", func(g disclosure.Gaps) value { return numberValue(g.Mean.Value, g.Mean.Status) }),
		gap("person_levels_to_close", wholeType, "person-levels", "Levels below target, added up over people, from the classes as they are shown.", func(g disclosure.Gaps) value { return peopleValue(g.ToClose) }),
	)
}

// needColumns are how far people are below what they say their job needs.
func needColumns(highest int) []figureColumn[rankedSkills] {
	type row = rankedSkills
	of := func(r row) *disclosure.Distribution { return distributionOf(r.NeedGaps) }
	figures := []figureColumn[row]{
		people("with_need", "People with a level who stated the level that their job needs. Not applicable when nobody did.", func(r row) disclosure.Count { return baseOf(of(r)) }),
	}
	figures = append(figures, classColumns("people_by_need_gap", "need_gap", "People by the number of levels that they are below the need they stated, those at or above it under 0.",
		"People %d levels below the need they stated; 0 is at or above it.", highest, of)...)
	return append(figures,
		optionalFigure("share_below_need", numberType, unitFraction, "Share of people below the need they stated, from the classes as they are shown.", func(r row) value {
			return gapValue(r.NeedGaps, func(g disclosure.Gaps) value { return shareValue(g.Missed) })
		}),
		optionalFigure("mean_need_gap", numberType, unitLevel, "Mean levels below the need stated, from the classes as they are shown.", func(r row) value { return averageValue(of(r), meanOf) }),
	)
}

// checklistColumns are who reached every threshold of a task checklist.
func checklistColumns() []figureColumn[rankedSkills] {
	type row = rankedSkills
	reached := func(r row) disclosure.Count {
		if r.Checklist == nil {
			return disclosure.Count{Status: domain.StatusNotApplicable}
		}
		return r.Checklist.Levels[1]
	}
	return []figureColumn[row]{
		people("threshold_base", "Task checklists: people with an answer for every area. Not applicable in rows by competence or domain, and in other frameworks.", func(r row) disclosure.Count { return baseOf(r.Checklist) }),
		people("threshold_reached", "Those of them who reached the threshold of every area.", reached),
		optionalFigure("share_threshold_reached", numberType, unitFraction, "threshold_reached divided by threshold_base, from the figures as they are shown.", func(r row) value {
			if r.Checklist == nil {
				return value{status: domain.StatusNotApplicable}
			}
			return shareValue(r.Checklist.Shares[1])
		}),
	}
}
