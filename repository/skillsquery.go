package repository

import (
	"cmp"
	"slices"
	"strings"

	"skillstracker/domain"
)

// keptReach is how long before today a question may lie that is answered from the
// latest assessments: of each person assessed since, the one before must be looked up
// by itself, and the longer ago the question lies, the more these are.
const keptReach = 62

// skillsStatement composes the statement of skills totals. from is what answerPlaces
// returns.
func skillsStatement(filter domain.TotalsFilter, from map[string]int) string {
	return compose("skills_totals", skillsParts(filter, from))
}

// skillsParts gives the parts of statements about people. People in post come from
// staff_position and, for one day that is not long past, their assessments from
// latest_assessment; what was known at an earlier time comes from the facts, and so
// does every assessment when more is asked than one late day.
func skillsParts(filter domain.TotalsFilter, from map[string]int) parts {
	counting, days, posts := "skills_counting_sent", "skills_posts_of_days", "skills_posts_kept"
	if filter.KnownAt == nil && len(filter.Months) == 1 && filter.Months[0] >= filter.Today-keptReach {
		counting = "skills_counting_kept"
	}
	switch {
	case filter.KnownAt != nil:
		posts = "staff_positions"
	case len(filter.Months) == 1:
		days = "skills_posts_of_day"
	}
	shared := totalsParts(filter, nil)
	answers := answerColumns{filter: filter, from: from}
	var known parts
	known = func(name, about string) (string, bool) {
		switch name {
		case "skills_counting":
			return compose("parts/"+counting, known), true
		case "skills_posts":
			return compose("parts/"+days, known), true
		case "posts":
			return compose("parts/"+posts, known), true
		case "nation_targets", "own_targets":
			owner := "h.code"
			if name == "nation_targets" {
				owner = "CAST(@nation AS text)"
			}
			return compose("parts/skills_targets", func(name, about string) (string, bool) {
				if name == "owner" {
					return owner, true
				}
				return known(name, about)
			}), true
		case "held":
			return "held.organisation = h.code AND " + live("held", filter.KnownAt != nil) + " AND " + unrestricted("held"), true
		case "versions":
			return frameworkVersions(filter), true
		case "kinds":
			if len(filter.AssessorKinds) == 0 {
				return "", true
			}
			return " AND " + about + ".assessor_kind = ANY (CAST(@assessor_kinds AS text[]))", true
		case "finer":
			return finerColumns(filter), true
		case "people_filters":
			return peopleFilters(filter), true
		case "month":
			if len(filter.Months) == 1 {
				return "h.last_month", true
			}
			return "p.month", true
		case "cohort":
			columns := strings.TrimPrefix(cohortColumns(filter), ", ")
			if len(filter.Months) == 1 {
				return cmp.Or(columns, "()"), true
			}
			return "p.month" + cohortColumns(filter), true
		case "cohort_columns":
			return cohortColumns(filter), true
		}
		if text, ok := groupColumns(filter, name, about); ok {
			return text, true
		}
		if text, ok := answers.part(name); ok {
			return text, true
		}
		return shared(name, about)
	}
	return known
}

func frameworkVersions(filter domain.TotalsFilter) string {
	if filter.Crosswalk.Code == "" {
		return "CAST(@framework AS smallint)"
	}
	return "CAST(@framework AS smallint), CAST(@translated AS smallint)"
}

// peopleDimensions are the dimensions that people have, in the order of the columns of
// the statement.
func peopleDimensions() []domain.Dimension {
	return []domain.Dimension{
		domain.ByStaffGroup, domain.ByJobRole, domain.ByBand, domain.ByAreaOfWork, domain.ByDigital, domain.ByTeam, domain.ByAssessorKind,
	}
}

// finerAttribute is what a person has of a dimension: by the position held, or, in an
// organisation without a staff list, by what was sent with the assessment.
func finerAttribute(d domain.Dimension) string {
	switch d {
	case domain.ByAreaOfWork:
		return "coalesce(p.area_of_work, '-')"
	case domain.ByDigital:
		return "coalesce(p.digital, CASE WHEN a.job_role = ANY (ARRAY(SELECT r.code FROM job_role r WHERE r.digital)) THEN 'yes' ELSE 'not_stated' END)"
	case domain.ByTeam:
		return "coalesce(p.team, a.team)"
	default:
		return "coalesce(p." + string(d) + ", a." + string(d) + ")"
	}
}

// finerColumns are the attributes beside those that tell targets, as far as the question
// is about them.
func finerColumns(filter domain.TotalsFilter) string {
	var b strings.Builder
	for _, d := range []domain.Dimension{domain.ByAreaOfWork, domain.ByDigital, domain.ByTeam} {
		if filter.Has(d) {
			b.WriteString(finerAttribute(d) + " AS " + string(d) + ", ")
		}
	}
	return b.String()
}

// peopleFilters narrows people to the values asked for, and by assessor kind to those
// with a current assessment.
func peopleFilters(filter domain.TotalsFilter) string {
	var b strings.Builder
	arguments := map[domain.Dimension]string{
		domain.ByStaffGroup: "staff_groups", domain.ByJobRole: "job_roles", domain.ByBand: "bands",
		domain.ByAreaOfWork: "areas_of_work", domain.ByDigital: "digital", domain.ByTeam: "teams",
	}
	for _, d := range peopleDimensions() {
		if argument, filters := arguments[d]; filters && len(filter.Values(d)) > 0 {
			b.WriteString("\n              AND " + finerAttribute(d) + " = ANY (CAST(@" + argument + " AS text[]))")
		}
	}
	if filter.Has(domain.ByAssessorKind) {
		b.WriteString("\n              AND a.assessed_on >= d.current_from")
	}
	return b.String()
}

// cohortColumns lists what people of an organisation are counted by.
func cohortColumns(filter domain.TotalsFilter) string {
	var b strings.Builder
	for _, d := range peopleDimensions() {
		if filter.Has(d) {
			b.WriteString(", p." + string(d))
		}
	}
	return b.String()
}

// groupColumns writes the dimensions that the question is grouped by, and only those:
// rows are counted by each column that they have, many times over. "columns" takes
// them from places (m) and from what is counted (c), "grouped" and "words" name them,
// "sets" and "over" group by them, and "every" lists all dimensions for the caller.
func groupColumns(filter domain.TotalsFilter, name, about string) (string, bool) {
	places := []domain.Dimension{domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector, domain.ByKind}
	var columns, taken, named, every []string
	for _, d := range slices.Concat(places, peopleDimensions()) {
		if !filter.Has(d) {
			every = append(every, "''")
			continue
		}
		from := "c."
		if isPlace(d) {
			from = "m."
		}
		columns, taken = append(columns, string(d)), append(taken, from+string(d))
		named, every = append(named, "a."+string(d)), append(every, string(d))
	}
	listed := func(items []string) string {
		if len(items) == 0 {
			return ""
		}
		return ", " + strings.Join(items, ", ")
	}
	switch {
	case name == "columns":
		return listed(taken), true
	case name == "grouped":
		return listed(columns), true
	case name == "words":
		return listed(named), true
	case name == "every":
		return listed(every), true
	case name == "sets" && about == "":
		return groupingSets(filter, append([]string{"month"}, columns...)), true
	case name == "over" && about == "":
		return groupingOver(filter, columns), true
	}
	return "", false
}
