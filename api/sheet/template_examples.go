package sheet

import (
	"time"

	xlsx "skillstracker/api/workbook"
	"skillstracker/domain"
)

// examples are made-up rows, each of which would load.
func (t *template) examples() bookTable {
	rows := t.exampleRows()
	return bookTable{rows: rows, Sheet: xlsx.Sheet{
		Name: sheetExamples, Table: "examples", Columns: t.form(), Rows: len(rows), Lines: lines(
			"Examples of filled in rows",
			"This worksheet contains one table.",
			"All rows are synthetic: nobody and nothing in them is real. They are not read when the workbook is sent in.",
			"A cell is blank where an optional value is not given.",
		),
	}}
}

func (t *template) exampleRows() [][]Cell {
	from := exampleSource{lists: t.opts.Lists, day: max(domain.NewDate(2026, time.March, 31), t.opts.Framework.ValidFrom)}
	columns := dataColumns(t.columns, t.opts.Framework)
	var rows [][]Cell
	add := func(cell func(column dataColumn) Cell) {
		row := make([]Cell, len(columns))
		for i := range columns {
			row[i] = cell(columns[i])
		}
		rows = append(rows, row)
	}
	switch t.kind {
	case domain.UploadStaff:
		for _, row := range from.staff() {
			add(func(column dataColumn) Cell { return staffCell(&row, column.name) })
		}
	case domain.UploadAssessments:
		for _, row := range from.assessments(t.opts.Framework) {
			add(func(column dataColumn) Cell { return assessmentCell(&row, &t.opts.Framework, column) })
		}
	case domain.UploadVacancies:
		for _, row := range from.vacancies() {
			add(func(column dataColumn) Cell { return vacancyCell(&row, column.name) })
		}
	case domain.UploadPositions:
		for _, row := range from.positions() {
			add(func(column dataColumn) Cell { return positionCell(&row, column.name) })
		}
	case domain.UploadTargets:
		for _, row := range from.targets(t.opts.Framework) {
			add(func(column dataColumn) Cell { return targetCell(&row, column.name) })
		}
	}
	return rows
}

// exampleSource makes rows of the codes of the lists.
type exampleSource struct {
	lists domain.Lists
	day   domain.Date
}

// role returns a current job role, each place one of another staff group as long as
// there are any.
func (s exampleSource) role(place int) (group, role string) {
	role = domain.NotGiven
	if len(s.lists.StaffGroups) == 0 {
		return domain.NotGiven, role
	}
	group = s.lists.StaffGroups[place%len(s.lists.StaffGroups)].Code
	for _, r := range s.lists.JobRoles {
		if r.StaffGroup == group && r.Retired == "" {
			return group, r.Code
		}
	}
	return group, role
}

func (s exampleSource) band(place int) string {
	if place < len(s.lists.Bands) {
		return s.lists.Bands[place].Code
	}
	return domain.NotGiven
}

// area returns a current area of work, one of digital posts if there is any.
func (s exampleSource) area() string {
	code := domain.NotGiven
	for _, a := range s.lists.AreasOfWork {
		switch {
		case a.Retired != "" || a.Code == domain.NotGiven:
		case a.Digital:
			return a.Code
		case code == domain.NotGiven:
			code = a.Code
		}
	}
	return code
}

// contract returns a contract type of staff in post.
func (s exampleSource) contract() string {
	for _, c := range s.lists.ContractTypes {
		if c.InPost && c.Code != domain.NotGiven {
			return c.Code
		}
	}
	return domain.NotGiven
}

func (s exampleSource) staff() []domain.StaffRow {
	started, left := s.day.AddMonths(-30), s.day.AddMonths(-1)
	rows := make([]domain.StaffRow, 3)
	for i := range rows {
		row := domain.StaffRow{Band: s.band(3 + 2*i), AreaOfWork: domain.NotGiven, ContractType: s.contract(), AsAt: s.day}
		row.StaffGroup, row.JobRole = s.role(3 * i)
		rows[i] = row
	}
	rows[0].EmployeeNumber, rows[0].FTE, rows[0].Team, rows[0].StartedOn = "00123", domain.FTEUnit, "Community team 4", &started
	rows[1].EmployeeNumber, rows[1].FTE, rows[1].AreaOfWork = "00124", domain.FTEUnit*6/10, s.area()
	rows[2].EmployeeNumber, rows[2].FTE, rows[2].StartedOn, rows[2].LeftOn = "E-1007", domain.FTEUnit*8/10, &started, &left
	return rows
}

// assessments has one row with every level, one with needs too, and one with
// competences that are not assessed or not applicable.
func (s exampleSource) assessments(framework domain.FrameworkVersion) []domain.AssessmentRow {
	kinds := []domain.AssessorKind{domain.AssessorSelf, domain.AssessorManager, domain.AssessorOther}
	rows := make([]domain.AssessmentRow, len(kinds))
	for i, kind := range kinds {
		row := domain.AssessmentRow{
			EmployeeNumber: []string{"00123", "00124", "E-1007"}[i], AssessedOn: s.day, AssessorKind: kind,
			StaffGroup: domain.NotGiven, JobRole: domain.NotGiven, Band: domain.NotGiven,
			Levels: make([]domain.Level, len(framework.Competences)), Needs: make([]domain.Level, len(framework.Competences)),
		}
		for place, c := range framework.Competences {
			row.Levels[place] = domain.Level((place + i) % int(c.MaxLevel+1))
			row.Needs[place] = domain.NotAssessed
			if kind == domain.AssessorManager {
				row.Needs[place] = min(row.Levels[place]+1, c.MaxLevel)
			}
			if kind == domain.AssessorOther && place > 0 {
				row.Levels[place] = []domain.Level{domain.NotAssessed, domain.NotApplicable, c.MaxLevel}[place%3]
			}
		}
		rows[i] = row
	}
	rows[1].StaffGroup, rows[1].JobRole = s.role(3)
	rows[1].Band, rows[1].Team = s.band(5), "Community team 4"
	return rows
}

// vacancies has one cell with every measure, one with staff above the budget, and
// one whose figures are in part not known, none or not stated.
func (s exampleSource) vacancies() []domain.VacancyRow {
	known := func(value int64) domain.Measure { return domain.Measure{State: domain.Known, Value: value} }
	tenth := int64(domain.FTEUnit) / 10
	rows := make([]domain.VacancyRow, 3)
	for i := range rows {
		key := domain.VacancyKey{Month: s.day.LastMonthEnd(), Band: domain.NotGiven, JobRole: domain.NotGiven, AreaOfWork: domain.NotGiven}
		key.StaffGroup, _ = s.role(3 * i)
		rows[i].Key = key
	}
	rows[0].Key.StaffGroup, rows[0].Key.JobRole = s.role(0)
	rows[0].Key.Band, rows[0].Key.AreaOfWork = s.band(6), s.area()
	rows[0].Measures = domain.VacancyMeasures{
		Budgeted: known(125 * tenth), Contracted: known(108 * tenth), Bank: known(6 * tenth), Agency: known(0),
		Reported: known(2), Advertised: known(1), Headcount: known(12),
	}
	rows[1].Measures = domain.VacancyMeasures{Budgeted: known(40 * tenth), Contracted: known(46 * tenth), Headcount: known(5)}
	rows[2].Measures = domain.VacancyMeasures{
		Budgeted: known(80 * tenth), Contracted: known(80 * tenth), Agency: domain.Measure{State: domain.DontKnow}, Reported: known(0),
	}
	return rows
}
