package report

import "skillstracker/domain/disclosure"

// targetsHeader is the header of the share that the chart over time shows.
const targetsHeader = "Share at or above target in every competence (per cent)"

// trend returns a sheet with a row for each month of a year and competence, and one with
// a row for each month.
func (in DigitalLiteracyInput) trend() (byCompetence, overall *sheet, err error) {
	byCompetence = &sheet{
		name:  "Trend",
		about: "Staff assessed, mean level and share at target by month and competence for a year",
		title: in.sheetTitle("Digital literacy by month and competence, year to the date"),
		table: "digital_literacy_trend",
		lines: in.scope(),
		columns: []column{
			{header: "Month", kind: kindMonth},
			{header: "Competence code", kind: kindCode},
			{header: "Competence", kind: kindText},
			{header: "Staff assessed (people)", kind: kindWhole, notes: []note{noteAnswered}},
			{header: "Mean level (level)", kind: kindTwo, notes: []note{in.noteAverages()}},
			{header: "Share at or above target (per cent)", kind: kindOne, notes: []note{noteAtTarget}},
		},
	}
	overall = &sheet{
		name:  "Trend_overall",
		about: "Staff assessed, completion and share at target in every competence by month for a year",
		title: in.sheetTitle("Digital literacy by month, year to the date"),
		table: "digital_literacy_trend_overall",
		lines: in.scope(),
		columns: []column{
			{header: "Month", kind: kindMonth},
			{header: "Staff in post (people)", kind: kindWhole, notes: []note{noteStaffInPost}},
			{header: "Staff assessed (people)", kind: kindWhole, notes: []note{in.noteAssessed()}},
		},
	}
	for _, m := range in.shares() {
		overall.columns = append(overall.columns, column{header: m.label, kind: kindOne, notes: m.notes})
	}
	for _, month := range Months(in.AsAt) {
		p, err := in.period(month)
		if err != nil {
			return nil, nil, err
		}
		for _, c := range p.competences {
			byCompetence.rows = append(byCompetence.rows, []value{
				dateValue(month), textValue(c.Code), textValue(c.Name), countValue(c.distribution.Base), averageValue(c.distribution.Mean), c.gaps(reached),
			})
		}
		row := []value{
			dateValue(month),
			p.figure(func(s disclosure.Skills) value { return countValue(s.StaffInPost) }),
			p.figure(func(s disclosure.Skills) value { return countValue(s.Assessed) }),
		}
		for _, m := range in.shares() {
			row = append(row, p.figure(m.figure))
		}
		overall.rows = append(overall.rows, row)
	}
	return byCompetence, overall, nil
}
