package report_test

import (
	"skillstracker/api/report"
	"skillstracker/domain"
)

// oddNames are names that organisations may give and that no cell may hold as they are.
func oddNames() []string {
	return []string{"n/a", "NA", "---", "[c]", "Ward [x]", "01/02/24", "Intake 2024/25", "Ward 7 (2)", "Ward 7(2)", "Total", "All wards", "Ward\u0085\u007F\u009B9", "\u0091"}
}

// oddlyNamed returns an open vacancy in many teams and under many references.
func oddlyNamed(open domain.OpenPosition) []domain.OpenPosition {
	var all []domain.OpenPosition
	for _, name := range oddNames() {
		open.Reference, open.Team = name, name
		all = append(all, open)
	}
	return all
}

// oddTeams adds a team for each odd name.
func oddTeams(in *report.DigitalLiteracyInput) {
	for _, name := range oddNames() {
		row := in.ByTeam.ByMonth[0]
		row.Team, row.Month = name, &in.AsAt
		in.ByTeam.ByMonth = append(in.ByTeam.ByMonth, row)
	}
}
