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
	scan := func(rows pgx.Rows) (domain.StaffRow, error) {
		held := domain.StaffRow{AsAt: query.AsAt}
		var startedOn, leftOn *time.Time
		err := rows.Scan(&held.EmployeeNumber, &held.StaffGroup, &held.JobRole, &held.Band, &held.AreaOfWork, &held.Team,
			&held.ContractType, &held.FTE, &startedOn, &leftOn)
		held.StartedOn, held.LeftOn = dateOrNil(startedOn), dateOrNil(leftOn)
		return held, err
	}
	names := args{"as_at": day(query.AsAt)}
	return readData(ctx, s, actor, query, dataRows[domain.StaffRow]{"data_staff", names, scan}, row)
}

// AssessmentRows hands out the assessments of a framework version. See
// domain.DataReader.
func (s *Store) AssessmentRows(ctx context.Context, actor domain.Actor, query domain.DataQuery, row func(domain.AssessmentRow) error) error {
	names := args{"framework": query.Framework.ID, "first": dayOrNull(query.From), "last": dayOrNull(query.To)}
	scan := func(rows pgx.Rows) (domain.AssessmentRow, error) {
		held := domain.AssessmentRow{FileRows: 1}
		var assessedOn time.Time
		var levels, needs []*int16
		err := rows.Scan(&held.EmployeeNumber, &assessedOn, &held.AssessorKind, &levels, &needs,
			&held.StaffGroup, &held.JobRole, &held.Band, &held.Team)
		held.AssessedOn, held.Levels, held.Needs = domain.DateOf(assessedOn), heldLevels(levels), heldLevels(needs)
		return held, err
	}
	return readData(ctx, s, actor, query, dataRows[domain.AssessmentRow]{"data_assessments", names, scan}, row)
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
	scan := func(rows pgx.Rows) (domain.VacancyRow, error) {
		var held cellRow
		err := rows.Scan(&held.Month, &held.StaffGroup, &held.JobRole, &held.Band, &held.AreaOfWork,
			&held.BudgetedFTE, &held.ContractedFTE, &held.BankFTE, &held.AgencyFTE,
			&held.ReportedVacancies, &held.AdvertisedPosts, &held.StaffHeadcount, &held.DontKnow)
		cell := held.toDomain()
		return domain.VacancyRow{Key: cell.Key, Measures: cell.Measures}, err
	}
	return readData(ctx, s, actor, query, dataRows[domain.VacancyRow]{"data_vacancies", names, scan}, row)
}

// PositionRows hands out the position vacancies. See domain.DataReader.
func (s *Store) PositionRows(ctx context.Context, actor domain.Actor, query domain.DataQuery, row func(domain.PositionRow) error) error {
	names := args{"first": dayOrNull(query.From), "last": dayOrNull(query.To)}
	scan := func(rows pgx.Rows) (domain.PositionRow, error) {
		var held positionRow
		err := rows.Scan(&held.VacancyReference, &held.StaffGroup, &held.JobRole, &held.Band, &held.AreaOfWork, &held.Team,
			&held.Posts, &held.FTE, &held.OpenedOn, &held.ClosedOn, &held.Status)
		return held.toDomain(), err
	}
	return readData(ctx, s, actor, query, dataRows[domain.PositionRow]{"data_positions", names, scan}, row)
}

// TargetRows hands out the targets that an organisation has set. See
// domain.DataReader.
func (s *Store) TargetRows(ctx context.Context, actor domain.Actor, query domain.DataQuery, row func(domain.TargetRow) error) error {
	names := args{"first": dayOrNull(query.From), "last": dayOrNull(query.To)}
	scan := func(rows pgx.Rows) (domain.TargetRow, error) {
		var held targetRow
		err := rows.Scan(&held.FrameworkVersion, &held.Framework, &held.Version, &held.Competence, &held.Domain,
			&held.JobRole, &held.StaffGroup, &held.Band, &held.ValidFrom, &held.Level)
		return held.toDomain(), err
	}
	return readData(ctx, s, actor, query, dataRows[domain.TargetRow]{"data_targets", names, scan}, row)
}
