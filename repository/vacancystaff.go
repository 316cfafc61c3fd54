package repository

import (
	"context"
	"time"

	"skillstracker/domain"
)

// compareWithStaffList warns of months whose contracted FTE is far from what the
// staff list has. A return with an error is not compared: it would be half a return.
func compareWithStaffList(ctx context.Context, t tx, organisation string, plan domain.VacancyPlan, faults *domain.Findings) error {
	if faults.Errors() > 0 {
		return nil
	}
	days := make([]string, 0, len(plan.Months))
	for _, month := range plan.Months {
		days = append(days, month.String())
	}
	if err := t.preferIndexes(ctx); err != nil {
		return err
	}
	type groupRow struct {
		Month      time.Time
		StaffGroup string
		FTE        int64 `gorm:"column:fte"`
	}
	rows, err := readRows[groupRow](ctx, t, compose("vacancies_staff_in_post", plainParts),
		args{"organisation": organisation, "months": textArray(days)})
	if err != nil {
		return err
	}
	inPost := make(map[domain.Date]map[string]domain.FTE)
	for _, r := range rows {
		month := domain.DateOf(r.Month)
		if inPost[month] == nil {
			inPost[month] = make(map[string]domain.FTE)
		}
		inPost[month][r.StaffGroup] = domain.FTE(r.FTE)
	}
	plan.CompareWithStaffList(inPost, faults)
	return nil
}

// confirmCells notes the cells that the file found as they are held.
func confirmCells(ctx context.Context, t tx, upload domain.Upload, unchanged []domain.VacancyKey, change int64) error {
	if len(unchanged) == 0 {
		return nil
	}
	var months, groups, roles, bands, areas textArray
	for _, k := range unchanged {
		months, groups = append(months, k.Month.String()), append(groups, k.StaffGroup)
		roles, bands, areas = append(roles, k.JobRole), append(bands, k.Band), append(areas, k.AreaOfWork)
	}
	_, err := t.exec(ctx, `INSERT INTO vacancy_confirmation (organisation, upload_id, months, staff_groups, job_roles, bands, areas_of_work, added_by)
		VALUES (?, CAST(? AS uuid), CAST(? AS date[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]), ?)`,
		upload.Organisation, upload.ID, months, groups, roles, bands, areas, change)
	return err
}
