package api

import (
	"fmt"

	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// meta says of an answer what it is about and by which rules it was made.
func (h *handlers) meta(filter domain.TotalsFilter, rule disclosure.Rule, definitions map[string]string) spec.TotalsMeta {
	groupBy := make([]string, len(filter.GroupBy))
	for i, d := range filter.GroupBy {
		groupBy[i] = string(d)
	}
	return spec.TotalsMeta{
		GroupBy: groupBy, AsAt: specDate(filter.AsAt), Basis: spec.AsWas,
		DisclosureRule: rule.Name(), Synthetic: h.deps.Synthetic, Definitions: definitions,
	}
}

// vacancyDefinitions explains the figures of vacancy totals in plain words.
func vacancyDefinitions(peopleLeftOut bool) map[string]string {
	definitions := map[string]string{
		"basis":                      "An organisation counts for the region and ICB that it belonged to at the month end.",
		"month":                      "Vacancies are a stock: each row is about one month end, and months are never added up.",
		"cells":                      "Lines of the vacancy returns that are in the row.",
		"incomplete":                 "Lines without both budgeted and contracted FTE. The gap and its rate leave them out.",
		"budgeted_fte":               "Full-time equivalents that are paid for in the budget.",
		"contracted_fte":             "Full-time equivalents of staff under contract.",
		"vacancy_fte":                "Budgeted less contracted FTE of the lines that have both. Below zero means more staff than budgeted.",
		"vacancy_fte_gross":          "The sum of the gaps above zero, so that over-established lines do not hide the others.",
		"rate_budgeted_fte":          "Budgeted FTE of the lines that have both parts: the denominator of the rate.",
		"establishment_vacancy_rate": "vacancy_fte divided by rate_budgeted_fte, as a fraction. Rates are worked out from sums and never averaged.",
		"bank_fte":                   "Full-time equivalents worked by bank staff.",
		"agency_fte":                 "Full-time equivalents worked by agency staff.",
		"temporary_cover":            "Bank and agency FTE of the lines that vacancy_fte is of, divided by it, as a fraction; absent when there is no gap to cover.",
		"reported_vacancies":         "Posts being recruited to, as counted by the organisation. It is not the gap in FTE.",
		"advertised_posts":           "Adverts or advertised posts at the month end.",
		"staff_headcount":            "People in post. Subject to the disclosure rule.",
		"reported_vacancy_rate":      "reported_vacancies divided by staff_headcount and reported_vacancies together, as a fraction, over the lines that have both. Subject to the disclosure rule.",
		"digital":                    "yes: the area of work or the job role is a digital one; no: the area of work is another; not_stated: neither was given.",
		"organisations_reporting":    "Organisations of the row with a return for the month end.",
		"organisations_expected":     "Organisations of the row from which a return was expected. A missing return is never a zero.",
		"status":                     statusDefinition,
	}
	if peopleLeftOut {
		definitions["people"] = "Figures about people are withheld throughout: the question filters to several values without grouping by them, or breaks down by more than three dimensions. Group by the filter, or ask for less, to see them."
	}
	return definitions
}

// skillsDefinitions explains the figures of digital-literacy totals in plain words.
func skillsDefinitions(framework domain.FrameworkVersion) map[string]string {
	return map[string]string{
		"basis":                   "An organisation counts for the region and ICB that it belonged to at the reference date.",
		"staff_in_post":           "People in post at the reference date; bank, honorary and non-executive contracts are left out. Not available when people of an organisation without a staff list are in the row.",
		"assessed":                fmt.Sprintf("People in post with an assessment by this framework version that was not older than %d months at the reference date. Where an organisation has no staff list, everybody whom it has assessed.", framework.ValidityMonths),
		"completion_rate":         "assessed divided by staff_in_post, as a fraction, from the figures as they are shown.",
		"answered":                "People who have a level for the competence: the base of the distribution. Not assessed and not applicable are left out.",
		"levels":                  "People at each level of the competence, from the latest current assessment of each.",
		"mean_level":              "Mean of the levels as they are shown.",
		"median_level":            "Median of the levels as they are shown.",
		"newest_assessment":       "Date of the latest assessment that counts.",
		"oldest_assessment":       "Date of the earliest assessment that counts.",
		"organisations_reporting": "Organisations of the row with a current assessment.",
		"organisations_expected":  "Organisations of the row from which assessments were expected. A missing return is never a zero.",
		"status":                  statusDefinition,
	}
}

const statusDefinition = "Why a figure is absent: c confidential, x not available, z not applicable."
