package domain

import (
	"context"
	"time"
)

// AssessmentStatus says where a person stands with assessments on a day.
type AssessmentStatus string

// The statuses: the latest assessment stays current for 90 days and more, it stops
// being current before, it is no longer current, or there is none by the framework
// version.
const (
	AssessmentCurrent AssessmentStatus = "current"
	AssessmentDue     AssessmentStatus = "due"
	AssessmentOverdue AssessmentStatus = "overdue"
	NeverAssessed     AssessmentStatus = "never_assessed"
)

// Person is one person of an organisation as skills totals count people on a day, with
// the assessment that counts, be it current or not. A code that is not given is NotGiven.
type Person struct {
	EmployeeNumber string
	StaffGroup     string
	JobRole        string
	Band           string
	Team           string // empty when it is not given
	Status         AssessmentStatus
	// AssessedOn, AssessorKind and Levels are those of the latest assessment, the levels
	// in the framework's order; nil and empty for whoever was never assessed.
	AssessedOn   *Date
	AssessorKind AssessorKind
	Levels       []Level
	// Targets are the levels expected of the person, in the framework's order;
	// NotAssessed for a competence without a target.
	Targets []Level
}

// Lowest returns the place, in the framework's order, of the competence in which the
// person has the lowest level, the first of several; false when there is no level.
func (p Person) Lowest() (int, bool) {
	lowest, found := 0, false
	for i, level := range p.Levels {
		if level >= 0 && (!found || level < p.Levels[lowest]) {
			lowest, found = i, true
		}
	}
	return lowest, found
}

// Gap returns by how many levels the person is below the target in the competence
// where that is most, 0 for nobody below; false when no competence has both a level
// and a target (DESIGN 5: the greatest gap of each person).
func (p Person) Gap() (Level, bool) {
	gap, found := Level(0), false
	for i, level := range p.Levels {
		if level >= 0 && p.Targets[i] >= 0 {
			gap, found = max(gap, p.Targets[i]-level), true
		}
	}
	return gap, found
}

// PeopleQuery asks for the people of an organisation on a day.
type PeopleQuery struct {
	Organisation string
	AsAt         Date
	Today        Date
	Framework    FrameworkVersion
	KnownAt      *time.Time // what the register held at a time; nil for now
}

// PeopleReader hands out people.
type PeopleReader interface {
	// People hands out those whom skills totals count: people in post on the day by the
	// staff lists, or, in an organisation without one, those with a current
	// assessment, in the order of their employee numbers. It returns an error of person
	// as it is, and a not-found error for an organisation outside the actor's scope.
	People(ctx context.Context, actor Actor, query PeopleQuery, person func(Person) error) error
}
