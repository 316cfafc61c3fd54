package api_test

import (
	"context"
	"errors"
	"strings"

	"skillstracker/domain"
)

// fakeData holds one row of each kind, and remembers in order what was noted and read.
type fakeData struct {
	steps   []string
	queries []domain.DataQuery
	people  []domain.PeopleQuery
	noting  error
	reading error
}

// NoteRead implements domain.ReadAudit.
func (f *fakeData) NoteRead(_ context.Context, _ domain.Actor, read domain.DataRead) error {
	f.steps = append(f.steps, strings.Join([]string{"note", strings.Join(read.Organisations, ","), read.Operation, read.UploadID, read.Object}, " "))
	return f.noting
}

func (f *fakeData) read(kind string, query domain.DataQuery) {
	f.steps = append(f.steps, "read "+kind)
	f.queries = append(f.queries, query)
}

// StaffRows implements domain.DataReader.
func (f *fakeData) StaffRows(_ context.Context, _ domain.Actor, query domain.DataQuery, row func(domain.StaffRow) error) error {
	f.read("staff", query)
	if f.reading != nil {
		return f.reading
	}
	return row(domain.StaffRow{EmployeeNumber: "00123", StaffGroup: "01", JobRole: domain.NotGiven, Band: "8a", AreaOfWork: domain.NotGiven, ContractType: domain.NotGiven, FTE: 80_000, AsAt: query.AsAt})
}

// AssessmentRows implements domain.DataReader.
func (f *fakeData) AssessmentRows(_ context.Context, _ domain.Actor, query domain.DataQuery, row func(domain.AssessmentRow) error) error {
	f.read("assessments", query)
	return row(domain.AssessmentRow{
		EmployeeNumber: "00123", AssessedOn: domain.DateOf(now), AssessorKind: domain.AssessorSelf, Levels: []domain.Level{2, domain.NotApplicable},
		StaffGroup: domain.NotGiven, JobRole: domain.NotGiven, Band: domain.NotGiven,
	})
}

// VacancyRows implements domain.DataReader.
func (f *fakeData) VacancyRows(_ context.Context, _ domain.Actor, query domain.DataQuery, row func(domain.VacancyRow) error) error {
	f.read("vacancies", query)
	return row(domain.VacancyRow{
		Key:      domain.VacancyKey{Month: domain.DateOf(now).LastMonthEnd(), StaffGroup: "01", JobRole: domain.NotGiven, Band: domain.NotGiven, AreaOfWork: domain.NotGiven},
		Measures: domain.VacancyMeasures{Budgeted: domain.Measure{State: domain.Known, Value: 1_000_000}, Contracted: domain.Measure{State: domain.DontKnow}},
	})
}

// PositionRows implements domain.DataReader.
func (f *fakeData) PositionRows(_ context.Context, _ domain.Actor, query domain.DataQuery, row func(domain.PositionRow) error) error {
	f.read("position-vacancies", query)
	return row(domain.PositionRow{
		Reference: "004711", StaffGroup: "01", JobRole: domain.NotGiven, Band: domain.NotGiven, AreaOfWork: domain.NotGiven, Posts: 2, FTE: 160_000,
		OpenedOn: domain.DateOf(now).LastMonthEnd(), Status: "01",
	})
}

// TargetRows implements domain.DataReader.
func (f *fakeData) TargetRows(_ context.Context, _ domain.Actor, query domain.DataQuery, row func(domain.TargetRow) error) error {
	f.read("targets", query)
	return row(domain.TargetRow{FrameworkID: 1, Key: domain.TargetKey{
		Framework: "hdc", Version: "2018", Competence: "TEC", Domain: domain.NotGiven,
		JobRole: domain.NotGiven, StaffGroup: domain.NotGiven, Band: "8a", ValidFrom: domain.DateOf(now).LastMonthEnd(),
	}})
}

// OpenPositions implements domain.OpenPositionReader.
func (f *fakeData) OpenPositions(_ context.Context, _ domain.Actor, query domain.DataQuery) ([]domain.OpenPosition, error) {
	f.read("open positions", query)
	return []domain.OpenPosition{{
		Reference: "004711", StaffGroup: "10", JobRole: "10001", Band: domain.NotGiven, AreaOfWork: domain.NotGiven, Team: "Ward 7", Posts: 2, FTE: 160_000,
		OpenedOn: query.AsAt - 30, Status: domain.NotGiven,
	}}, nil
}

// People implements domain.PeopleReader: one person who was assessed and one who never was.
func (f *fakeData) People(_ context.Context, _ domain.Actor, query domain.PeopleQuery, person func(domain.Person) error) error {
	f.steps, f.people = append(f.steps, "read people"), append(f.people, query)
	if f.reading != nil {
		return f.reading
	}
	assessedOn := query.AsAt - 40
	return errors.Join(
		person(domain.Person{
			EmployeeNumber: "00123", StaffGroup: "10", JobRole: "10001", Band: "8a", Team: "Ward 7", Status: domain.AssessmentCurrent, AssessedOn: &assessedOn,
			AssessorKind: domain.AssessorSelf, Levels: []domain.Level{3, domain.NotApplicable}, Targets: []domain.Level{4, domain.NotAssessed},
		}),
		person(domain.Person{
			EmployeeNumber: "00124", StaffGroup: "01", JobRole: domain.NotGiven, Band: domain.NotGiven, Status: domain.NeverAssessed,
			Targets: []domain.Level{1, domain.NotAssessed},
		}))
}
