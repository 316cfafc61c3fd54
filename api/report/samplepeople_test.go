package report_test

import (
	"fmt"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// samplePeopleReport is the report about so many made-up people.
func samplePeopleReport(people int) report.PeopleInput {
	about := sampleAbout()
	about.Rule = disclosure.Unaltered()
	about.Receipt.Audience, about.Receipt.Framework, about.Receipt.FrameworkVersion = domain.RoleHR, "hdc", "2018"
	return report.PeopleInput{
		About: about, Framework: sampleFramework(), StaffGroups: sampleStaffGroups(), Bands: sampleBands(),
		JobRoles: []domain.JobRole{{Code: "08001", Name: "Staff Nurse", StaffGroup: "08"}},
		Each: func(person func(domain.Person) error) error {
			for i := range people {
				if err := person(samplePerson(i, about.AsAt)); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// samplePerson is one of six kinds of people, by their number.
func samplePerson(i int, asAt domain.Date) domain.Person {
	none := domain.NotAssessed
	p := domain.Person{
		EmployeeNumber: fmt.Sprintf("%08d", 4711+i), StaffGroup: "08", JobRole: "08001", Band: "5", Team: "Ward 7", Status: domain.AssessmentCurrent,
		AssessorKind: domain.AssessorSelf, Levels: []domain.Level{2, 3, 1, 4, 2, 0}, Targets: []domain.Level{2, 2, 2, none, 4, none},
	}
	assessedOn := asAt - 100
	switch i % 6 {
	case 1:
		assessedOn, p.Status, p.AssessorKind = asAt-300, domain.AssessmentDue, domain.AssessorManager
		p.Levels = []domain.Level{2, 2, 2, 2, 4, none}
	case 2:
		assessedOn, p.Status, p.AssessorKind, p.Band, p.Team = asAt-800, domain.AssessmentOverdue, domain.AssessorOther, domain.NotGiven, ""
	case 3:
		p.StaffGroup, p.JobRole, p.Team = "03", domain.NotGiven, "[c]"
		p.Targets = []domain.Level{none, none, none, none, none, none}
	case 4:
		p.Levels = []domain.Level{none, domain.NotApplicable, none, none, none, none}
	case 5:
		p.Status, p.AssessorKind, p.Levels = domain.NeverAssessed, "", nil
		return p
	}
	p.AssessedOn = &assessedOn
	return p
}
