package repository

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"skillstracker/domain"
)

// peopleFilter is the question of skills totals whose people are wanted.
func peopleFilter(wanted domain.PeopleQuery) domain.TotalsFilter {
	return domain.TotalsFilter{
		Organisations: []string{wanted.Organisation}, Months: []domain.Date{wanted.AsAt}, AsAt: wanted.AsAt, Today: wanted.Today,
		Framework: wanted.Framework, KnownAt: wanted.KnownAt,
	}
}

// peopleStatement composes the statement of people from the parts of skills totals.
func peopleStatement(filter domain.TotalsFilter) string {
	return compose("people", skillsParts(filter, nil))
}

// People hands out the people of an organisation. See domain.PeopleReader.
func (s *Store) People(ctx context.Context, actor domain.Actor, wanted domain.PeopleQuery, person func(domain.Person) error) error {
	if !actor.Covers(wanted.Organisation) {
		return domain.NotFound("organisation_not_found", "No organisation with this ODS code is in your scope.")
	}
	filter := peopleFilter(wanted)
	names := args{
		"organisation": wanted.Organisation, "nation": domain.NationCode, "months": []time.Time{day(wanted.AsAt)},
		"framework": wanted.Framework.ID, "validity": wanted.Framework.ValidityMonths,
	}
	if wanted.KnownAt != nil {
		names["known_at"] = *wanted.KnownAt
		if err := s.settle(ctx, *wanted.KnownAt); err != nil {
			return err
		}
	}
	var refused error
	// What was known of the nation's targets and of the registry is told by their changes.
	err := s.inScope(ctx, scope{read: []string{wanted.Organisation, domain.NationCode, systemRows}}, true, func(t tx) error {
		if err := t.joinByHash(ctx); err != nil {
			return err
		}
		return t.fetch(ctx, peopleStatement(filter), names, func(rows pgx.Rows) error {
			held, err := scanPerson(rows, wanted.Framework)
			if err != nil {
				return fmt.Errorf("read row: %w", err)
			}
			refused = person(held)
			return refused
		})
	})
	if refused != nil {
		return refused
	}
	return err
}

func scanPerson(rows pgx.Rows, framework domain.FrameworkVersion) (domain.Person, error) {
	var held domain.Person
	var assessedOn *time.Time
	var levels, targets []*int16
	err := rows.Scan(&held.EmployeeNumber, &held.StaffGroup, &held.JobRole, &held.Band, &held.Team, &held.Status,
		&assessedOn, &held.AssessorKind, &levels, &targets)
	held.AssessedOn, held.Levels, held.Targets = dateOrNil(assessedOn), heldLevels(levels), heldLevels(targets)
	if held.Targets == nil {
		for range framework.Competences {
			held.Targets = append(held.Targets, domain.NotAssessed)
		}
	}
	return held, err
}
