package sheet

import "skillstracker/domain"

// status returns the first status of an outcome, if there is any.
func (s exampleSource) status(outcome domain.PositionOutcome) string {
	for _, status := range s.lists.PositionStatuses {
		if status.Outcome == outcome {
			return status.Code
		}
	}
	return domain.NotGiven
}

// positions has one vacancy that is open, one of several posts that was filled, and one
// that gives the compulsory columns alone.
func (s exampleSource) positions() []domain.PositionRow {
	opened, closed := s.day.AddMonths(-2), s.day.AddMonths(-1)
	rows := make([]domain.PositionRow, 3)
	for i := range rows {
		rows[i] = domain.PositionRow{
			Reference: []string{"201-DIG-0042", "201-NUR-0107", "004711"}[i], JobRole: domain.NotGiven, Band: domain.NotGiven,
			AreaOfWork: domain.NotGiven, Posts: 1, FTE: domain.FTEUnit, OpenedOn: opened, Status: domain.NotGiven,
		}
		rows[i].StaffGroup, _ = s.role(3 * i)
	}
	rows[0].StaffGroup, rows[0].JobRole = s.role(7)
	rows[0].Band, rows[0].AreaOfWork, rows[0].Team, rows[0].Status = s.band(6), s.area(), "Digital services", s.status(domain.PositionOpen)
	rows[1].StaffGroup, _ = s.role(2)
	rows[1].Band, rows[1].Posts, rows[1].FTE = s.band(4), 3, domain.FTEUnit*26/10
	rows[1].ClosedOn, rows[1].Status = &closed, s.status(domain.PositionFilled)
	return rows
}

// targets has one for everybody, one for a staff group, a domain's for a job role and
// band, one that replaces an earlier one and one that ends.
func (s exampleSource) targets(framework domain.FrameworkVersion) []domain.TargetRow {
	first := framework.Competences[0]
	level := min(2, first.MaxLevel)
	rows := make([]domain.TargetRow, 5)
	for i := range rows {
		rows[i] = domain.TargetRow{Level: &level, Key: domain.TargetKey{
			Framework: framework.Framework, Version: framework.Version, Competence: first.Code, Domain: domain.NotGiven,
			JobRole: domain.NotGiven, StaffGroup: domain.NotGiven, Band: domain.NotGiven, ValidFrom: s.day,
		}}
	}
	rows[1].Key.StaffGroup, _ = s.role(2)
	_, rows[2].Key.JobRole = s.role(7)
	rows[2].Key.Band, rows[2].Key.Competence, rows[2].Key.Domain = s.band(6), domain.NotGiven, first.Domain
	lowest := min(level, newTargetFramework(framework, nil).ofDomain[first.Domain])
	rows[2].Level = &lowest
	higher := min(level+1, first.MaxLevel)
	rows[3].Key.ValidFrom, rows[3].Level = s.day.AddMonths(12), &higher
	rows[4].Key.StaffGroup, rows[4].Key.ValidFrom, rows[4].Level = rows[1].Key.StaffGroup, s.day.AddMonths(12), nil
	return rows
}
