package domain_test

import (
	"testing"

	"skillstracker/domain"
)

// A list with one row for each person, as the register hands it out, says the same
// as one with several assignments.
func TestPositionsAreTheSameWhateverTheAssignments(t *testing.T) {
	one := domain.Position{StaffGroup: "03", Band: "5", FTE: 90_000, Assignments: 1, InPost: true}
	two := one
	two.Assignments = 2
	if !one.Same(two) || !two.Same(one) {
		t.Error("another number of assignments is another position")
	}
	for name, change := range map[string]func(*domain.Position){
		"group": func(p *domain.Position) { p.StaffGroup = "04" }, "role": func(p *domain.Position) { p.JobRole = "03001" },
		"band": func(p *domain.Position) { p.Band = "6" }, "area": func(p *domain.Position) { p.AreaOfWork = "A1" },
		"team": func(p *domain.Position) { p.Team = "T" }, "contract": func(p *domain.Position) { p.ContractType = "01" },
		"FTE": func(p *domain.Position) { p.FTE++ }, "in post": func(p *domain.Position) { p.InPost = false },
	} {
		other := two
		change(&other)
		if one.Same(other) {
			t.Errorf("another %s is the same position", name)
		}
	}
	asAt := domain.NewDate(2026, 9, 30)
	held := domain.HeldStaff{People: []domain.StaffHistory{{
		ID: 7, EmployeeNumber: "1", Spells: []domain.Spell{{StartedOn: asAt, StartedOnEstimated: true}},
		Versions: []domain.StaffVersion{{ValidFrom: asAt, Position: domain.Position{
			StaffGroup: "03", JobRole: domain.NotGiven, Band: "5", AreaOfWork: domain.NotGiven, ContractType: domain.NotGiven,
			FTE: 90_000, Assignments: 2, InPost: true,
		}}},
	}}}
	row := domain.StaffRow{
		Row: 2, EmployeeNumber: "1", StaffGroup: "03", JobRole: domain.NotGiven, Band: "5", AreaOfWork: domain.NotGiven,
		ContractType: domain.NotGiven, FTE: 90_000, AsAt: asAt,
	}
	plan := domain.PlanStaffList(domain.StaffList{AsAt: asAt, Rows: []domain.StaffRow{row}}, held, domain.NewFindings())
	if plan.Counts.Unchanged != 1 || len(plan.Changes) > 0 || len(plan.Confirmed) != 1 {
		t.Errorf("sent back it is %+v", plan)
	}
}
