package repository

import (
	"context"
	"time"

	"skillstracker/domain"
)

// planPositions decides what a file of position vacancies changes.
func planPositions(ctx context.Context, t tx, upload *domain.Upload, file domain.UploadFile) (*decision, error) {
	if err := warnPositionsClosed(ctx, t, file); err != nil {
		return nil, err
	}
	if err := t.joinByHash(ctx); err != nil {
		return nil, err
	}
	held, err := readPositions(ctx, t, file)
	if err != nil {
		return nil, err
	}
	domain.CheckLostReferenceZeros(file.Positions, held, headingOf("vacancy_reference", upload.Mapping), file.Faults)
	plan := domain.PlanPositions(file.Positions, upload.Complete, held, file.Faults)
	upload.Counts = ofRowsWithoutErrors(plan.Counts, upload.Counts.RowsRead, file.Blank)
	return &decision{
		write: func(change int64) error {
			if err := storePositions(ctx, t, upload.Organisation, plan, change); err != nil {
				return err
			}
			if err := confirmRecords(ctx, t, *upload, plan.Unchanged, change); err != nil || plan.FirstOpened == nil {
				return err
			}
			return startReporting(ctx, t, upload.Organisation, domain.UploadPositions, *plan.FirstOpened, change)
		},
		examples: func() ([]domain.RecordChange, error) { return plan.Examples(domain.ChangeExamples), nil },
	}, nil
}

// warnPositionsClosed warns once of all position vacancies that open on a day on which
// the organisation is not open.
func warnPositionsClosed(ctx context.Context, t tx, file domain.UploadFile) error {
	opened, closed, err := lifespan(ctx, t, file.Organisation)
	if err != nil {
		return err
	}
	outside := 0
	for i := range file.Positions {
		row := &file.Positions[i]
		if row.Action == domain.ActionStore && !file.Faults.BadRow(row.Row) && !domain.OpenOn(opened, closed, row.OpenedOn) {
			outside++
		}
	}
	warnOutside(file.Faults, outside, "The organisation was not open on the opening date of 1 position vacancy.",
		"The organisation was not open on the opening dates of %d position vacancies.")
	return nil
}

type positionRow struct {
	VacancyReference string
	StaffGroup       string
	JobRole          string
	Band             string
	AreaOfWork       string
	Team             string
	Posts            int
	FTE              int64 `gorm:"column:fte"`
	OpenedOn         time.Time
	ClosedOn         *time.Time
	Status           string
}

// positionColumns are those of positionRow.
const positionColumns = `p.vacancy_reference, p.staff_group, p.job_role, p.band, p.area_of_work, p.team, p.posts,
	CAST(p.fte * 100000 AS bigint) AS fte, p.opened_on, p.closed_on, p.status`

func (r positionRow) toDomain() domain.PositionRow {
	return domain.PositionRow{
		Reference: r.VacancyReference, StaffGroup: r.StaffGroup, JobRole: r.JobRole, Band: r.Band, AreaOfWork: r.AreaOfWork,
		Team: r.Team, Posts: r.Posts, FTE: domain.FTE(r.FTE), OpenedOn: domain.DateOf(r.OpenedOn), ClosedOn: dateOrNil(r.ClosedOn),
		Status: r.Status,
	}
}

// readPositions reads what is held under the references of a file, with and without
// leading zeros, or, when the file is complete, everything that its organisation holds.
func readPositions(ctx context.Context, t tx, file domain.UploadFile) ([]domain.PositionRow, error) {
	statement := `SELECT ` + positionColumns + ` FROM position_vacancy p WHERE p.organisation = ? AND p.ended_by IS NULL`
	if !file.Complete {
		if err := t.stage(ctx, "file_position (vacancy_reference text)", len(file.Positions), func(i int) []any {
			return []any{file.Positions[i].Reference}
		}); err != nil {
			return nil, err
		}
		statement += ` AND (p.vacancy_reference IN (SELECT vacancy_reference FROM file_position)
			OR p.vacancy_reference LIKE '0%' AND ltrim(p.vacancy_reference, '0') IN (SELECT vacancy_reference FROM file_position))`
	}
	rows, err := readRows[positionRow](ctx, t, statement, file.Organisation)
	if err != nil {
		return nil, err
	}
	held := make([]domain.PositionRow, 0, len(rows))
	for _, r := range rows {
		held = append(held, r.toDomain())
	}
	return held, nil
}

// storePositions ends and adds what a plan says.
func storePositions(ctx context.Context, t tx, organisation string, plan domain.PositionPlan, change int64) error {
	if err := t.stage(ctx, "ended_position (vacancy_reference text)", len(plan.End), func(i int) []any { return []any{plan.End[i]} }); err != nil {
		return err
	}
	n, err := t.exec(ctx, `UPDATE position_vacancy p SET ended_by = ? FROM ended_position e
		WHERE p.organisation = ? AND p.vacancy_reference = e.vacancy_reference AND p.ended_by IS NULL`, change, organisation)
	if err := allTouched("end position vacancies", n, len(plan.End), err); err != nil {
		return err
	}
	if err := t.stage(ctx, `added_position (vacancy_reference text, staff_group text, job_role text, band text, area_of_work text, team text,
		posts smallint, fte bigint, opened_on date, closed_on date, status text)`, len(plan.Add), func(i int) []any {
		r := &plan.Add[i]
		return []any{
			r.Reference, r.StaffGroup, r.JobRole, r.Band, r.AreaOfWork, r.Team, r.Posts, int64(r.FTE), day(r.OpenedOn), dayOrNull(r.ClosedOn), r.Status,
		}
	}); err != nil {
		return err
	}
	n, err = t.exec(ctx, `INSERT INTO position_vacancy (organisation, vacancy_reference, staff_group, job_role, band, area_of_work, team, posts, fte,
			opened_on, closed_on, status, added_by)
		SELECT ?, vacancy_reference, staff_group, job_role, band, area_of_work, team, posts, CAST(fte AS numeric) / 100000,
			opened_on, closed_on, status, ?
		FROM added_position ORDER BY vacancy_reference`, organisation, change)
	return allTouched("add position vacancies", n, len(plan.Add), err)
}

// confirmRecords notes the records that a file found as they are held, by their keys.
func confirmRecords(ctx context.Context, t tx, upload domain.Upload, keys []string, change int64) error {
	if len(keys) == 0 {
		return nil
	}
	_, err := t.exec(ctx, `INSERT INTO record_confirmation (organisation, upload_id, kind, keys, added_by)
		VALUES (?, CAST(? AS uuid), ?, CAST(? AS text[]), ?)`,
		upload.Organisation, upload.ID, string(upload.Kind), textArray(keys), change)
	return err
}

// joinByHash has the planner of this transaction join by hash over indexes. How many
// rows two lists have is not known beforehand, and a nested loop over two long ones
// would take hours; joins by hash take what reading the lists takes.
func (t tx) joinByHash(ctx context.Context) error {
	if _, err := t.exec(ctx, `SET LOCAL enable_nestloop = off`); err != nil {
		return err
	}
	return t.preferIndexes(ctx)
}
