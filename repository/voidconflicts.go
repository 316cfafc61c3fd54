package repository

import (
	"context"
	"time"

	"skillstracker/domain"
)

// voidConflicts looks for records that the upload of a change touched and later
// uploads that are in force touched as well. Nothing may be withdrawn from under a
// later upload: the register would then hold what no sequence of uploads makes. It
// returns nil when there are none.
func voidConflicts(ctx context.Context, t tx, upload domain.Upload, change int64) (*domain.VoidConflictError, error) {
	names := args{"organisation": upload.Organisation, "change": change, "listed": domain.VoidConflicts}
	found := &domain.VoidConflictError{}
	searches := map[domain.UploadKind][]func(context.Context, tx, args, *domain.VoidConflictError) error{
		domain.UploadStaff:       {staffConflicts},
		domain.UploadAssessments: {staffConflicts, assessmentConflicts},
		domain.UploadVacancies:   {vacancyConflicts},
		domain.UploadPositions:   {positionConflicts},
		domain.UploadTargets:     {targetConflicts},
	}
	for _, search := range searches[upload.Kind] {
		if err := search(ctx, t, names, found); err != nil {
			return nil, err
		}
	}
	if found.Total == 0 {
		return nil, nil //nolint:nilnil // no conflict is no error
	}
	found.Conflicts = found.Conflicts[:min(len(found.Conflicts), domain.VoidConflicts)]
	return found, nil
}

func staffConflicts(ctx context.Context, t tx, names args, found *domain.VoidConflictError) error {
	type row struct {
		Total          int
		UploadID       string
		Kind           domain.UploadKind
		EmployeeNumber string
	}
	rows, err := readRows[row](ctx, t, query("void_staff_conflicts"), names)
	if err != nil || len(rows) == 0 {
		return err
	}
	found.Total += rows[0].Total
	for _, r := range rows {
		record := []domain.ColumnValue{{Column: "employee_number", Value: r.EmployeeNumber}}
		found.Conflicts = append(found.Conflicts, domain.VoidConflict{Record: record, UploadID: r.UploadID, Kind: r.Kind})
	}
	return nil
}

func assessmentConflicts(ctx context.Context, t tx, names args, found *domain.VoidConflictError) error {
	type row struct {
		Total          int
		UploadID       string
		Kind           domain.UploadKind
		EmployeeNumber string
		AssessedOn     time.Time
		AssessorKind   string
		Framework      string
		Version        string
	}
	rows, err := readRows[row](ctx, t, query("void_assessment_conflicts"), names)
	if err != nil || len(rows) == 0 {
		return err
	}
	found.Total += rows[0].Total
	for _, r := range rows {
		record := []domain.ColumnValue{
			{Column: "employee_number", Value: r.EmployeeNumber},
			{Column: "assessed_on", Value: domain.DateOf(r.AssessedOn).String()},
			{Column: "assessor_kind", Value: r.AssessorKind},
			{Column: "framework", Value: r.Framework},
			{Column: "framework_version", Value: r.Version},
		}
		found.Conflicts = append(found.Conflicts, domain.VoidConflict{Record: record, UploadID: r.UploadID, Kind: r.Kind})
	}
	return nil
}

func vacancyConflicts(ctx context.Context, t tx, names args, found *domain.VoidConflictError) error {
	type row struct {
		Total      int
		UploadID   string
		Kind       domain.UploadKind
		Month      time.Time
		StaffGroup string
		JobRole    string
		Band       string
		AreaOfWork string
	}
	rows, err := readRows[row](ctx, t, query("void_vacancy_conflicts"), names)
	if err != nil || len(rows) == 0 {
		return err
	}
	found.Total += rows[0].Total
	for _, r := range rows {
		record := []domain.ColumnValue{
			{Column: "as_at", Value: domain.DateOf(r.Month).String()},
			{Column: "staff_group", Value: r.StaffGroup},
			{Column: "job_role_code", Value: domain.GivenOnly(r.JobRole)},
			{Column: "band", Value: domain.GivenOnly(r.Band)},
			{Column: "area_of_work", Value: domain.GivenOnly(r.AreaOfWork)},
		}
		found.Conflicts = append(found.Conflicts, domain.VoidConflict{Record: record, UploadID: r.UploadID, Kind: r.Kind})
	}
	return nil
}

func positionConflicts(ctx context.Context, t tx, names args, found *domain.VoidConflictError) error {
	type row struct {
		Total            int
		UploadID         string
		Kind             domain.UploadKind
		VacancyReference string
	}
	rows, err := readRows[row](ctx, t, query("void_position_conflicts"), names)
	if err != nil || len(rows) == 0 {
		return err
	}
	found.Total += rows[0].Total
	for _, r := range rows {
		record := domain.PositionRow{Reference: r.VacancyReference}
		found.Conflicts = append(found.Conflicts, domain.VoidConflict{Record: record.Columns(), UploadID: r.UploadID, Kind: r.Kind})
	}
	return nil
}

func targetConflicts(ctx context.Context, t tx, names args, found *domain.VoidConflictError) error {
	type row struct {
		Total      int
		UploadID   string
		Kind       domain.UploadKind
		Framework  string
		Version    string
		Competence string
		Domain     string
		JobRole    string
		StaffGroup string
		Band       string
		ValidFrom  time.Time
	}
	rows, err := readRows[row](ctx, t, query("void_target_conflicts"), names)
	if err != nil || len(rows) == 0 {
		return err
	}
	found.Total += rows[0].Total
	for _, r := range rows {
		key := domain.TargetKey{
			Framework: r.Framework, Version: r.Version, Competence: r.Competence, Domain: r.Domain,
			JobRole: r.JobRole, StaffGroup: r.StaffGroup, Band: r.Band, ValidFrom: domain.DateOf(r.ValidFrom),
		}
		found.Conflicts = append(found.Conflicts, domain.VoidConflict{Record: key.Columns(), UploadID: r.UploadID, Kind: r.Kind})
	}
	return nil
}
