package repository

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skillstracker/domain"
)

// StaffRows hands out the position of everybody employed on a day. See
// domain.DataReader.
func (s *Store) StaffRows(ctx context.Context, actor domain.Actor, query domain.DataQuery, row func(domain.StaffRow) error) error {
	return s.readData(ctx, actor, query, "data_staff", args{"as_at": day(query.AsAt)}, func(rows pgx.Rows) error {
		held := domain.StaffRow{AsAt: query.AsAt}
		var startedOn, leftOn *time.Time
		if err := rows.Scan(&held.EmployeeNumber, &held.StaffGroup, &held.JobRole, &held.Band, &held.AreaOfWork, &held.Team,
			&held.ContractType, &held.FTE, &startedOn, &leftOn); err != nil {
			return err
		}
		held.StartedOn, held.LeftOn = dateOrNil(startedOn), dateOrNil(leftOn)
		return row(held)
	})
}

// AssessmentRows hands out the assessments of a framework version. See
// domain.DataReader.
func (s *Store) AssessmentRows(ctx context.Context, actor domain.Actor, query domain.DataQuery, row func(domain.AssessmentRow) error) error {
	names := args{"framework": query.Framework.ID, "first": dayOrNull(query.From), "last": dayOrNull(query.To)}
	return s.readData(ctx, actor, query, "data_assessments", names, func(rows pgx.Rows) error {
		held := domain.AssessmentRow{FileRows: 1}
		var assessedOn time.Time
		var levels, needs []*int16
		if err := rows.Scan(&held.EmployeeNumber, &assessedOn, &held.AssessorKind, &levels, &needs,
			&held.StaffGroup, &held.JobRole, &held.Band, &held.Team); err != nil {
			return err
		}
		held.AssessedOn, held.Levels, held.Needs = domain.DateOf(assessedOn), heldLevels(levels), heldLevels(needs)
		return row(held)
	})
}

// heldLevels reads levels as levelArray writes them; no array stays none.
func heldLevels(array []*int16) []domain.Level {
	if array == nil {
		return nil
	}
	levels := make([]domain.Level, len(array))
	for i, level := range array {
		levels[i] = domain.NotAssessed
		if level != nil {
			levels[i] = domain.Level(*level)
		}
	}
	return levels
}

// VacancyRows hands out the cells of vacancy returns. See domain.DataReader.
func (s *Store) VacancyRows(ctx context.Context, actor domain.Actor, query domain.DataQuery, row func(domain.VacancyRow) error) error {
	names := args{"first": dayOrNull(query.From), "last": dayOrNull(query.To)}
	return s.readData(ctx, actor, query, "data_vacancies", names, func(rows pgx.Rows) error {
		var held cellRow
		if err := rows.Scan(&held.Month, &held.StaffGroup, &held.JobRole, &held.Band, &held.AreaOfWork,
			&held.BudgetedFTE, &held.ContractedFTE, &held.BankFTE, &held.AgencyFTE,
			&held.ReportedVacancies, &held.AdvertisedPosts, &held.StaffHeadcount, &held.DontKnow); err != nil {
			return err
		}
		cell := held.toDomain()
		return row(domain.VacancyRow{Key: cell.Key, Measures: cell.Measures})
	})
}
