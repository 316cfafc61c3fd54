package repository

import (
	"context"
	"time"

	"skillstracker/domain"
)

// planStaff decides what a staff list changes.
func planStaff(ctx context.Context, t tx, upload *domain.Upload, file domain.UploadFile) (*decision, error) {
	held, err := readHeldStaff(ctx, t, upload.Organisation)
	if err != nil {
		return nil, err
	}
	if err := warnClosed(ctx, t, upload.Organisation, []domain.Date{*upload.AsAt}, file.Faults); err != nil {
		return nil, err
	}
	domain.CheckLostZeros(file.Staff, held.People, headingOf("employee_number", upload.Mapping), file.Faults)
	plan := domain.PlanStaffList(domain.StaffList{AsAt: *upload.AsAt, Complete: upload.Complete, Rows: file.Staff}, held, file.Faults)
	upload.Counts = ofRowsWithoutErrors(plan.Counts, upload.Counts.RowsRead, file.Blank)
	return &decision{
		write: func(change int64) error {
			if err := storeStaffPlan(ctx, t, *upload, plan, change); err != nil {
				return err
			}
			return startReporting(ctx, t, upload.Organisation, domain.UploadStaff, *upload.AsAt, change)
		},
		examples: func() ([]domain.RecordChange, error) { return plan.Examples(domain.ChangeExamples), nil },
	}, nil
}

// planNobody decides about a staff list whose rows were all about erased people, which
// says nothing of anybody else: it leaves no list, and is no complete one, which would end
// the employment of everybody.
func planNobody(upload *domain.Upload, file domain.UploadFile) *decision {
	upload.Counts = ofRowsWithoutErrors(domain.UploadCounts{}, upload.Counts.RowsRead, file.Blank)
	if upload.Complete {
		file.Faults.Add(domain.FindingRowsMissing, domain.Cell{}, "A complete list needs a row about somebody who was not erased.")
		return nil
	}
	return &decision{
		write:    func(int64) error { return nil },
		examples: func() ([]domain.RecordChange, error) { return nil, nil },
	}
}

// headingOf returns the file's own heading of a canonical column, or nothing when the
// file has none.
func headingOf(field string, mapping []domain.MappedColumn) string {
	for _, column := range mapping {
		if column.Field == field {
			return column.Header
		}
	}
	return ""
}

// readHeldStaff reads everything that is held of an organisation's staff.
func readHeldStaff(ctx context.Context, t tx, organisation string) (domain.HeldStaff, error) {
	held := domain.HeldStaff{Contracts: make(map[string]bool)}
	type memberRow struct {
		ID             int64
		EmployeeNumber string
	}
	members, err := readRows[memberRow](ctx, t, `SELECT id, employee_number FROM staff_member
		WHERE organisation = ? AND ended_by IS NULL AND employee_number IS NOT NULL ORDER BY id`, organisation)
	if err != nil {
		return held, err
	}
	held.People = make([]domain.StaffHistory, len(members))
	place := make(map[int64]*domain.StaffHistory, len(members))
	for i, m := range members {
		held.People[i] = domain.StaffHistory{ID: m.ID, EmployeeNumber: m.EmployeeNumber}
		place[m.ID] = &held.People[i]
	}
	if err := readSpells(ctx, t, organisation, place); err != nil {
		return held, err
	}
	if err := readStaffVersions(ctx, t, organisation, place); err != nil {
		return held, err
	}
	if held.CompleteOn, err = readStaffLists(ctx, t, organisation, place); err != nil {
		return held, err
	}
	contracts, err := readRows[domain.ContractType](ctx, t, `SELECT code, in_post FROM contract_type`)
	for _, c := range contracts {
		held.Contracts[c.Code] = c.InPost
	}
	return held, err
}

type spellRow struct {
	StaffID            int64
	StartedOn          time.Time
	StartedOnEstimated bool
	LeftOn             *time.Time
	LeftOnEstimated    bool
}

func readSpells(ctx context.Context, t tx, organisation string, place map[int64]*domain.StaffHistory) error {
	rows, err := readRows[spellRow](ctx, t, `SELECT staff_id, started_on, started_on_estimated, left_on, left_on_estimated
		FROM employment_spell WHERE organisation = ? AND ended_by IS NULL ORDER BY staff_id, started_on`, organisation)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if person, ok := place[r.StaffID]; ok {
			person.Spells = append(person.Spells, domain.Spell{
				StartedOn: domain.DateOf(r.StartedOn), StartedOnEstimated: r.StartedOnEstimated,
				LeftOn: dateOrNil(r.LeftOn), LeftOnEstimated: r.LeftOnEstimated,
			})
		}
	}
	return nil
}

type staffVersionRow struct {
	StaffID      int64
	ValidFrom    time.Time
	StaffGroup   string
	JobRole      string
	Band         string
	AreaOfWork   string
	Team         string
	ContractType string
	FTE          int64 `gorm:"column:fte"`
	Assignments  int
	InPost       bool
}

func readStaffVersions(ctx context.Context, t tx, organisation string, place map[int64]*domain.StaffHistory) error {
	rows, err := readRows[staffVersionRow](ctx, t, `SELECT staff_id, valid_from, staff_group, job_role, band, area_of_work, team,
			contract_type, CAST(fte * 100000 AS bigint) AS fte, assignments, in_post
		FROM staff_version WHERE organisation = ? AND ended_by IS NULL ORDER BY staff_id, valid_from`, organisation)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if person, ok := place[r.StaffID]; ok {
			person.Versions = append(person.Versions, domain.StaffVersion{
				ValidFrom: domain.DateOf(r.ValidFrom),
				Position: domain.Position{
					StaffGroup: r.StaffGroup, JobRole: r.JobRole, Band: r.Band, AreaOfWork: r.AreaOfWork, Team: r.Team,
					ContractType: r.ContractType, FTE: domain.FTE(r.FTE), Assignments: r.Assignments, InPost: r.InPost,
				},
			})
		}
	}
	return nil
}

// readStaffLists notes for each person the lists that found them unchanged, and
// returns the days of the complete lists.
func readStaffLists(ctx context.Context, t tx, organisation string, place map[int64]*domain.StaffHistory) ([]domain.Date, error) {
	type listRow struct {
		AsAt     time.Time
		Complete bool
	}
	lists, err := readRows[listRow](ctx, t, `SELECT as_at, bool_or(complete) AS complete FROM staff_list
		WHERE organisation = ? AND ended_by IS NULL GROUP BY as_at ORDER BY as_at`, organisation)
	if err != nil {
		return nil, err
	}
	var complete []domain.Date
	for _, list := range lists {
		if list.Complete {
			complete = append(complete, domain.DateOf(list.AsAt))
		}
	}
	type confirmedRow struct {
		AsAt    time.Time
		StaffID int64
	}
	rows, err := readRows[confirmedRow](ctx, t, `SELECT DISTINCT l.as_at, person.id AS staff_id
		FROM staff_list l CROSS JOIN LATERAL unnest(l.confirmed) AS person (id)
		WHERE l.organisation = ? AND l.ended_by IS NULL ORDER BY 2, 1`, organisation)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if person, ok := place[r.StaffID]; ok {
			person.Confirmed = append(person.Confirmed, domain.DateOf(r.AsAt))
		}
	}
	return complete, nil
}
