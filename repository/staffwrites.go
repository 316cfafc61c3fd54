package repository

import (
	"context"
	"fmt"
	"slices"

	"skillstracker/domain"
)

// storeStaffPlan writes a staff plan: new people, the difference of each changed
// history, and the list with the people it found unchanged.
func storeStaffPlan(ctx context.Context, t tx, upload domain.Upload, plan domain.StaffPlan, change int64) error {
	if err := addStaffMembers(ctx, t, upload.Organisation, plan.Changes, change); err != nil {
		return err
	}
	if err := storeSpells(ctx, t, upload.Organisation, plan.Changes, change); err != nil {
		return err
	}
	if err := storeVersions(ctx, t, upload.Organisation, plan.Changes, change); err != nil {
		return err
	}
	unchanged := slices.Concat(plan.Confirmed, plan.FoundLeft)
	if err := t.stage(ctx, "unchanged_staff (id bigint, found_left boolean)", len(unchanged), func(i int) []any {
		return []any{unchanged[i], i >= len(plan.Confirmed)}
	}); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO staff_list (organisation, as_at, upload_id, complete, confirmed, found_left, added_by)
		SELECT ?, CAST(? AS date), CAST(? AS uuid), ?, ARRAY(SELECT id FROM unchanged_staff WHERE NOT found_left ORDER BY id),
			ARRAY(SELECT id FROM unchanged_staff WHERE found_left ORDER BY id), ?`,
		upload.Organisation, day(plan.AsAt), upload.ID, plan.Complete, change)
	return err
}

// addStaffMembers makes the people who are not held yet and fills in their ids.
func addStaffMembers(ctx context.Context, t tx, organisation string, changes []domain.StaffChange, change int64) error {
	place := make(map[string]*domain.StaffChange)
	numbers := make([]string, 0)
	for i := range changes {
		if changes[i].ID == 0 {
			place[changes[i].EmployeeNumber] = &changes[i]
			numbers = append(numbers, changes[i].EmployeeNumber)
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	type row struct {
		ID             int64
		EmployeeNumber string
	}
	made, err := readRows[row](ctx, t, `INSERT INTO staff_member (organisation, employee_number, added_by)
		SELECT CAST(@organisation AS text), number, CAST(@change AS bigint) FROM unnest(CAST(@numbers AS text[])) AS sent (number)
		ORDER BY number RETURNING id, employee_number`,
		args{"organisation": organisation, "change": change, "numbers": textArray(numbers)})
	if err != nil {
		return err
	}
	if len(made) != len(numbers) {
		return fmt.Errorf("made %d of %d staff members", len(made), len(numbers))
	}
	for _, r := range made {
		place[r.EmployeeNumber].ID = r.ID
	}
	return nil
}

type staffSpell struct {
	staff int64
	spell domain.Spell
}

func sameSpell(a, b domain.Spell) bool {
	return a.StartedOn == b.StartedOn && a.StartedOnEstimated == b.StartedOnEstimated &&
		a.LeftOnEstimated == b.LeftOnEstimated && sameDay(a.LeftOn, b.LeftOn)
}

func sameDay(a, b *domain.Date) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

func storeSpells(ctx context.Context, t tx, organisation string, changes []domain.StaffChange, change int64) error {
	var ended, added []staffSpell
	for _, c := range changes {
		for _, s := range c.Before.Spells {
			if !slices.ContainsFunc(c.Spells, func(o domain.Spell) bool { return sameSpell(s, o) }) {
				ended = append(ended, staffSpell{c.ID, s})
			}
		}
		for _, s := range c.Spells {
			if !slices.ContainsFunc(c.Before.Spells, func(o domain.Spell) bool { return sameSpell(s, o) }) {
				added = append(added, staffSpell{c.ID, s})
			}
		}
	}
	if err := t.stage(ctx, "ended_spell (staff_id bigint, started_on date)", len(ended), func(i int) []any {
		return []any{ended[i].staff, day(ended[i].spell.StartedOn)}
	}); err != nil {
		return err
	}
	n, err := t.exec(ctx, `UPDATE employment_spell s SET ended_by = ? FROM ended_spell e
		WHERE s.organisation = ? AND s.staff_id = e.staff_id AND s.started_on = e.started_on AND s.ended_by IS NULL`, change, organisation)
	if err := allTouched("end spells", n, len(ended), err); err != nil {
		return err
	}
	if err := t.stage(ctx, "added_spell (staff_id bigint, started_on date, started_on_estimated boolean, left_on date, left_on_estimated boolean)",
		len(added), func(i int) []any {
			s := added[i].spell
			return []any{added[i].staff, day(s.StartedOn), s.StartedOnEstimated, dayOrNull(s.LeftOn), s.LeftOnEstimated}
		}); err != nil {
		return err
	}
	n, err = t.exec(ctx, `INSERT INTO employment_spell (organisation, staff_id, started_on, started_on_estimated, left_on, left_on_estimated, added_by)
		SELECT ?, staff_id, started_on, started_on_estimated, left_on, left_on_estimated, ? FROM added_spell ORDER BY staff_id, started_on`,
		organisation, change)
	return allTouched("add spells", n, len(added), err)
}

type staffPosition struct {
	staff   int64
	version domain.StaffVersion
}

func storeVersions(ctx context.Context, t tx, organisation string, changes []domain.StaffChange, change int64) error {
	var ended, added []staffPosition
	for _, c := range changes {
		for _, v := range c.Before.Versions {
			if !slices.Contains(c.Versions, v) {
				ended = append(ended, staffPosition{c.ID, v})
			}
		}
		for _, v := range c.Versions {
			if !slices.Contains(c.Before.Versions, v) {
				added = append(added, staffPosition{c.ID, v})
			}
		}
	}
	if err := t.stage(ctx, "ended_version (staff_id bigint, valid_from date)", len(ended), func(i int) []any {
		return []any{ended[i].staff, day(ended[i].version.ValidFrom)}
	}); err != nil {
		return err
	}
	n, err := t.exec(ctx, `UPDATE staff_version v SET ended_by = ? FROM ended_version e
		WHERE v.organisation = ? AND v.staff_id = e.staff_id AND v.valid_from = e.valid_from AND v.ended_by IS NULL`, change, organisation)
	if err := allTouched("end staff versions", n, len(ended), err); err != nil {
		return err
	}
	if err := t.stage(ctx, `added_version (staff_id bigint, valid_from date, staff_group text, job_role text, band text, area_of_work text,
		team text, contract_type text, fte bigint, assignments smallint, in_post boolean)`, len(added), func(i int) []any {
		v, p := added[i].version, added[i].version.Position
		return []any{added[i].staff, day(v.ValidFrom), p.StaffGroup, p.JobRole, p.Band, p.AreaOfWork, p.Team, p.ContractType, int64(p.FTE), p.Assignments, p.InPost}
	}); err != nil {
		return err
	}
	n, err = t.exec(ctx, `INSERT INTO staff_version (organisation, staff_id, valid_from, staff_group, job_role, band, area_of_work, team,
			contract_type, fte, assignments, in_post, added_by)
		SELECT ?, staff_id, valid_from, staff_group, job_role, band, area_of_work, team, contract_type, CAST(fte AS numeric) / 100000,
			assignments, in_post, ? FROM added_version ORDER BY staff_id, valid_from`, organisation, change)
	return allTouched("add staff versions", n, len(added), err)
}

// allTouched makes sure that a set-wise statement met every row that was meant.
func allTouched(operation string, touched int64, meant int, err error) error {
	if err != nil {
		return err
	}
	if touched != int64(meant) {
		return fmt.Errorf("%s: touched %d rows instead of %d", operation, touched, meant)
	}
	return nil
}
