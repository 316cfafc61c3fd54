package repository

import (
	"context"
	"slices"
	"time"

	"skillstracker/domain"
)

// planVacancies decides what a vacancy return changes.
func planVacancies(ctx context.Context, t tx, upload *domain.Upload, file domain.UploadFile) (*decision, error) {
	months := monthsOf(file.Vacancies, file.Faults)
	if err := warnClosed(ctx, t, upload.Organisation, months, file.Faults); err != nil {
		return nil, err
	}
	var before []domain.Date
	for _, month := range months {
		if last := month.AddMonths(-1).MonthEnd(); !slices.Contains(months, last) {
			before = append(before, last)
		}
	}
	held, err := readCells(ctx, t, upload.Organisation, months)
	if err != nil {
		return nil, err
	}
	previous, err := readCells(ctx, t, upload.Organisation, before)
	if err != nil {
		return nil, err
	}
	plan := domain.PlanVacancies(file.Vacancies, upload.Complete, held, previous, file.Faults)
	if err := compareWithStaffList(ctx, t, upload.Organisation, plan, file.Faults); err != nil {
		return nil, err
	}
	upload.Counts = ofRowsWithoutErrors(plan.Counts, upload.Counts.RowsRead, file.Blank)
	return &decision{
		write: func(change int64) error {
			if err := storeCells(ctx, t, upload.Organisation, plan, change); err != nil {
				return err
			}
			if err := confirmCells(ctx, t, *upload, plan.Unchanged, change); err != nil {
				return err
			}
			return startReporting(ctx, t, upload.Organisation, domain.UploadVacancies, plan.Months[0], change)
		},
		examples: func() ([]domain.RecordChange, error) { return plan.Examples(domain.ChangeExamples), nil },
	}, nil
}

// monthsOf returns the months on which a file reports, in order. The month of a row
// with an error may be one that nobody wrote, and a month that could not be read is 0.
func monthsOf(rows []domain.VacancyRow, faults *domain.Findings) []domain.Date {
	seen := make(map[domain.Date]struct{})
	var months []domain.Date
	for i := range rows {
		month := rows[i].Key.Month
		if _, known := seen[month]; !known && month != 0 && !faults.BadRow(rows[i].Row) {
			seen[month] = struct{}{}
			months = append(months, month)
		}
	}
	slices.Sort(months)
	return months
}

type cellRow struct {
	Month             time.Time
	StaffGroup        string
	JobRole           string
	Band              string
	AreaOfWork        string
	BudgetedFTE       *int64 `gorm:"column:budgeted_fte"`
	ContractedFTE     *int64 `gorm:"column:contracted_fte"`
	BankFTE           *int64 `gorm:"column:bank_fte"`
	AgencyFTE         *int64 `gorm:"column:agency_fte"`
	ReportedVacancies *int64
	AdvertisedPosts   *int64
	StaffHeadcount    *int64
	DontKnow          int
}

func (r cellRow) toDomain() domain.VacancyCell {
	measure := func(place int, value *int64) domain.Measure {
		switch {
		case value != nil:
			return domain.Measure{State: domain.Known, Value: *value}
		case r.DontKnow&(1<<place) != 0:
			return domain.Measure{State: domain.DontKnow}
		}
		return domain.Measure{}
	}
	return domain.VacancyCell{
		Key: domain.VacancyKey{Month: domain.DateOf(r.Month), StaffGroup: r.StaffGroup, JobRole: r.JobRole, Band: r.Band, AreaOfWork: r.AreaOfWork},
		Measures: domain.VacancyMeasures{
			Budgeted: measure(0, r.BudgetedFTE), Contracted: measure(1, r.ContractedFTE), Bank: measure(2, r.BankFTE),
			Agency: measure(3, r.AgencyFTE), Reported: measure(4, r.ReportedVacancies), Advertised: measure(5, r.AdvertisedPosts),
			Headcount: measure(6, r.StaffHeadcount),
		},
	}
}

// readCells reads the cells held of an organisation for some months.
func readCells(ctx context.Context, t tx, organisation string, months []domain.Date) ([]domain.VacancyCell, error) {
	days := make([]string, 0, len(months))
	for _, month := range months {
		days = append(days, month.String())
	}
	rows, err := readRows[cellRow](ctx, t, `SELECT month, staff_group, job_role, band, area_of_work,
			CAST(budgeted_fte * 100000 AS bigint) AS budgeted_fte, CAST(contracted_fte * 100000 AS bigint) AS contracted_fte,
			CAST(bank_fte * 100000 AS bigint) AS bank_fte, CAST(agency_fte * 100000 AS bigint) AS agency_fte,
			reported_vacancies, advertised_posts, staff_headcount, dont_know
		FROM vacancy_cell WHERE organisation = @organisation AND month = ANY (CAST(@months AS date[])) AND ended_by IS NULL
		ORDER BY month, staff_group, job_role, band, area_of_work`,
		args{"organisation": organisation, "months": textArray(days)})
	if err != nil {
		return nil, err
	}
	cells := make([]domain.VacancyCell, 0, len(rows))
	for _, r := range rows {
		cells = append(cells, r.toDomain())
	}
	return cells, nil
}

func storeCells(ctx context.Context, t tx, organisation string, plan domain.VacancyPlan, change int64) error {
	if err := t.stage(ctx, "ended_cell (month date, staff_group text, job_role text, band text, area_of_work text)", len(plan.End), func(i int) []any {
		k := plan.End[i]
		return []any{day(k.Month), k.StaffGroup, k.JobRole, k.Band, k.AreaOfWork}
	}); err != nil {
		return err
	}
	n, err := t.exec(ctx, `UPDATE vacancy_cell c SET ended_by = ? FROM ended_cell e
		WHERE c.organisation = ? AND c.month = e.month AND c.staff_group = e.staff_group AND c.job_role = e.job_role
		  AND c.band = e.band AND c.area_of_work = e.area_of_work AND c.ended_by IS NULL`, change, organisation)
	if err := allTouched("end vacancy cells", n, len(plan.End), err); err != nil {
		return err
	}
	if err := t.stage(ctx, `added_cell (month date, staff_group text, job_role text, band text, area_of_work text,
		budgeted bigint, contracted bigint, bank bigint, agency bigint, reported integer, advertised integer, headcount integer, dont_know smallint)`,
		len(plan.Add), func(i int) []any {
			k := plan.Add[i].Key
			row := []any{day(k.Month), k.StaffGroup, k.JobRole, k.Band, k.AreaOfWork}
			unknown := 0
			for place, m := range plan.Add[i].Measures.List() {
				switch m.State {
				case domain.Known:
					row = append(row, m.Value)
				case domain.DontKnow:
					unknown |= 1 << place
					row = append(row, nil)
				case domain.NotStated:
					row = append(row, nil)
				}
			}
			return append(row, unknown)
		}); err != nil {
		return err
	}
	n, err = t.exec(ctx, `INSERT INTO vacancy_cell (organisation, month, staff_group, job_role, band, area_of_work, budgeted_fte, contracted_fte,
			bank_fte, agency_fte, reported_vacancies, advertised_posts, staff_headcount, dont_know, added_by)
		SELECT ?, month, staff_group, job_role, band, area_of_work, CAST(budgeted AS numeric) / 100000, CAST(contracted AS numeric) / 100000,
			CAST(bank AS numeric) / 100000, CAST(agency AS numeric) / 100000, reported, advertised, headcount, dont_know, ?
		FROM added_cell ORDER BY month, staff_group, job_role, band, area_of_work`, organisation, change)
	return allTouched("add vacancy cells", n, len(plan.Add), err)
}
