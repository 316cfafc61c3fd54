package repository

import (
	"context"
	"database/sql"
	"fmt"

	"skillstracker/domain"
)

// destroy deletes what is old enough, in the transaction that holds the organisation's
// lock, and writes down that it did.
func (p *Purged) destroy(ctx context.Context, t *sql.Tx) error {
	if _, err := t.ExecContext(ctx, `CREATE TEMPORARY TABLE purged_person ON COMMIT DROP AS `+query("parts/purge_people"), p.arguments()); err != nil {
		return fmt.Errorf("find people: %w", err)
	}
	if _, err := t.ExecContext(ctx, `ANALYZE purged_person`); err != nil {
		return fmt.Errorf("find people: %w", err)
	}
	p.People, p.Assessments, p.StaffVersions, p.Files = 0, 0, 0, 0
	for _, step := range purgeSteps() {
		result, err := t.ExecContext(ctx, step.statement, p.arguments())
		if err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
		n, err := result.RowsAffected()
		if err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
		if step.count != nil {
			*step.count(p) += n
		}
	}
	if p.nothing() {
		return nil
	}
	if err := p.forgetFiles(ctx, t); err != nil {
		return err
	}
	return p.note(ctx, t)
}

// purgeStep is one statement of a purge and the count that its rows go to.
type purgeStep struct {
	what      string
	statement string
	count     func(*Purged) *int64
}

const ofPurged = ` WHERE organisation = CAST(@organisation AS text) AND staff_id IN (SELECT staff_id FROM purged_person)`

// purgeSteps lists them in their order: what refers to people goes before them. The
// roll-ups lose what comes from rows that go. A person who stays keeps every assessment
// that is later than one that goes, so the latest one goes only when all do. Lists of
// people that uploads found unchanged forget those who go.
func purgeSteps() []purgeStep {
	assessments := func(p *Purged) *int64 { return &p.Assessments }
	versions := func(p *Purged) *int64 { return &p.StaffVersions }
	const tooOld = ` OR organisation = CAST(@organisation AS text) AND assessed_on < CAST(@assessed_before AS date)`
	return []purgeStep{
		{"delete latest assessments", `DELETE FROM latest_assessment` + ofPurged + tooOld, nil},
		{"delete positions kept for totals", `DELETE FROM staff_position` + ofPurged, nil},
		{"delete assessments", `DELETE FROM assessment` + ofPurged + tooOld, assessments},
		{"delete positions", `DELETE FROM staff_version` + ofPurged, versions},
		{"delete employments", `DELETE FROM employment_spell` + ofPurged, versions},
		{"delete restrictions", `DELETE FROM restriction` + ofPurged, nil},
		{"shorten confirmed assessments", query("purge_confirmations"), nil},
		{"shorten staff lists", query("purge_lists"), nil},
		{
			"delete people",
			`DELETE FROM staff_member WHERE organisation = CAST(@organisation AS text) AND id IN (SELECT staff_id FROM purged_person)`,
			func(p *Purged) *int64 { return &p.People },
		},
	}
}

// forgetFiles deletes the kept files of staff and assessments. Any of them may name who
// went, and a file is kept as it was sent or not at all.
func (p *Purged) forgetFiles(ctx context.Context, t *sql.Tx) error {
	result, err := t.ExecContext(ctx, query("purge_files"), p.arguments())
	if err != nil {
		return fmt.Errorf("delete kept files: %w", err)
	}
	if p.Files, err = result.RowsAffected(); err != nil {
		return fmt.Errorf("delete kept files: %w", err)
	}
	return nil
}

// note writes the change, the row of the destruction log and the event.
func (p *Purged) note(ctx context.Context, t *sql.Tx) error {
	var change int64
	err := t.QueryRowContext(ctx, `INSERT INTO change (kind, organisation, actor) VALUES ('purge', $1, 'command') RETURNING id`, p.Organisation).Scan(&change)
	if err != nil {
		return fmt.Errorf("begin change: %w", err)
	}
	if _, err := t.ExecContext(ctx, `INSERT INTO destruction (organisation, change_id, assessed_before, left_before, assessments, people, staff_versions, files)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		p.Organisation, change, p.AssessedBefore.Time(), p.LeftBefore.Time(), p.Assessments, p.People, p.StaffVersions, p.Files); err != nil {
		return fmt.Errorf("write destruction log: %w", err)
	}
	if _, err := t.ExecContext(ctx, `INSERT INTO audit_event (organisation, actor, role, operation, object, change_id, request_id, outcome)
		VALUES ($1, 'command', $2, 'purge', $3, $4, '', 'done')`, p.Organisation, string(domain.RoleAdmin), p.object(), change); err != nil {
		return fmt.Errorf("write audit trail: %w", err)
	}
	if err := t.QueryRowContext(ctx, `SELECT change_number, changed_at FROM finish_change($1)`, change).Scan(&p.Change, &p.At); err != nil {
		return fmt.Errorf("finish change: %w", err)
	}
	p.At = p.At.UTC()
	return nil
}

// object is what the audit trail says of a purge: counts and horizons.
func (p *Purged) object() string {
	return fmt.Sprintf("people=%d assessments=%d staff_versions=%d files=%d left_before=%s assessed_before=%s",
		p.People, p.Assessments, p.StaffVersions, p.Files, p.LeftBefore, p.AssessedBefore)
}
