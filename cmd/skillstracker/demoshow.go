package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// rowOf returns the row of a finding, 0 for the whole file.
func rowOf(finding spec.Finding) int {
	if finding.Row == nil {
		return 0
	}
	return *finding.Row
}

func lowerFirst(text string) string {
	return strings.ToLower(text[:min(1, len(text))]) + text[min(1, len(text)):]
}

// vacancyTable is what the demonstration shows of vacancy totals.
type vacancyTable struct {
	Rows []struct {
		Region                   *string           `json:"region"`
		RegionName               *string           `json:"region_name"`
		Organisation             *string           `json:"organisation"`
		OrganisationName         *string           `json:"organisation_name"`
		StaffGroup               *string           `json:"staff_group"`
		StaffGroupName           *string           `json:"staff_group_name"`
		BudgetedFte              *float64          `json:"budgeted_fte"`
		ContractedFte            *float64          `json:"contracted_fte"`
		VacancyFte               *float64          `json:"vacancy_fte"`
		EstablishmentVacancyRate *float64          `json:"establishment_vacancy_rate"`
		ReportedVacancies        *int              `json:"reported_vacancies"`
		StaffHeadcount           *int              `json:"staff_headcount"`
		ReportedVacancyRate      *float64          `json:"reported_vacancy_rate"`
		OrganisationsReporting   int               `json:"organisations_reporting"`
		OrganisationsExpected    int               `json:"organisations_expected"`
		Status                   map[string]string `json:"status"`
	} `json:"rows"`
}

// totalsPath is the planner's question.
func (d *demonstration) totalsPath(extension string) string {
	return "/api/v1/vacancies/totals" + extension + "?group_by=region,staff_group&as_at=" + d.dates.LastList.String()
}

// showTotals shows the planner's vacancies by region and staff group.
func (d *demonstration) showTotals(ctx context.Context) error {
	totals, err := askJSON[vacancyTable](ctx, d.client, question{path: d.totalsPath(""), token: d.tokens.planner})
	if err != nil {
		return fmt.Errorf("ask for vacancy totals: %w", err)
	}
	d.line("\n5. What a planner sees: vacancies on %s by region and staff group, in FTE\n", d.dates.LastList.LongLabel())
	rows := make([][]string, 0, len(totals.Rows))
	before := ""
	for _, total := range totals.Rows {
		region := text(total.RegionName, total.Region)
		shown := region
		if region == before {
			shown = ""
		}
		before = region
		rows = append(rows, []string{
			shown, text(total.StaffGroupName, total.StaffGroup),
			figure(total.BudgetedFte, 1, 1, total.Status["budgeted_fte"]),
			figure(total.ContractedFte, 1, 1, total.Status["contracted_fte"]),
			figure(total.VacancyFte, 1, 1, total.Status["vacancy_fte"]),
			figure(total.EstablishmentVacancyRate, 100, 1, total.Status["establishment_vacancy_rate"]),
			fmt.Sprintf("%d of %d", total.OrganisationsReporting, total.OrganisationsExpected),
		})
	}
	d.line("%s", textTable([]textColumn{
		{heading: "Region", width: 24},
		{heading: "Staff group", width: 32},
		{heading: "Budget", width: 8, right: true},
		{heading: "In post", width: 8, right: true},
		{heading: "Vacant", width: 8, right: true},
		{heading: "Rate %", width: 8, right: true},
		{heading: "Reporting", width: 9, right: true},
	}, rows))
	d.line("   Rate: vacant of budget, from the sums. Reporting: organisations that sent a return, of those expected to.")
	return d.showSocialCare(ctx)
}

// showSocialCare shows that a measure of another kind is never added to the FTE.
func (d *demonstration) showSocialCare(ctx context.Context) error {
	entries, err := demoOrganisations(ctx)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry.Kind != domain.KindSocialCare {
			continue
		}
		path := "/api/v1/vacancies/totals?group_by=organisation&organisation=" + entry.Code + "&as_at=" + d.dates.LastList.String()
		totals, err := askJSON[vacancyTable](ctx, d.client, question{path: path, token: d.tokens.planner})
		if err != nil {
			return fmt.Errorf("ask for vacancy totals: %w", err)
		}
		for _, total := range totals.Rows {
			d.line("   %s counts posts being recruited to instead of FTE, so it is not in the sums: %s posts beside about %s people, a rate of %s %%.",
				text(total.OrganisationName, total.Organisation),
				figure(whole(total.ReportedVacancies), 1, 0, total.Status["reported_vacancies"]),
				figure(whole(total.StaffHeadcount), 1, 0, total.Status["staff_headcount"]),
				figure(total.ReportedVacancyRate, 100, 1, total.Status["reported_vacancy_rate"]))
		}
	}
	return nil
}

func whole(value *int) *float64 {
	if value == nil {
		return nil
	}
	wide := float64(*value)
	return &wide
}

// text returns a name, or the code when there is none.
func text(name, code *string) string {
	switch {
	case name != nil && *name != "":
		return *name
	case code != nil && *code != "":
		return *code
	}
	return "(none)"
}

// figure writes a number times a factor, or the mark of an absent one.
func figure(value *float64, factor float64, decimals int, status string) string {
	if value == nil {
		return "[" + status + "]"
	}
	return grouped(*value*factor, decimals)
}

// grouped writes a number with commas between thousands.
func grouped(value float64, decimals int) string {
	digits := strconv.FormatFloat(value, 'f', decimals, 64)
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	for place := len(whole) - 3; place > 0; place -= 3 {
		whole = whole[:place] + "," + whole[place:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}
