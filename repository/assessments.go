package repository

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"skillstracker/domain"
)

// planAssessments stages the rows, resolves them against the register in one join
// and decides what differs.
func planAssessments(ctx context.Context, t tx, upload *domain.Upload, file domain.UploadFile) (*decision, error) {
	long := longRecordsOf(file)
	checked, duplicates := domain.CheckAssessments(file.Assessments, file.Faults)
	framework := file.Assessments.Framework
	names := args{
		"organisation": upload.Organisation, "framework": framework.ID, "validity": framework.ValidityMonths,
		"create": upload.CreateMissingStaff, "limit": domain.ChangeExamples,
	}
	if err := resolveAssessments(ctx, t, domain.SoundAssessments(file.Assessments, checked, file.Faults), names); err != nil {
		return nil, err
	}
	if err := findAssessmentFaults(ctx, t, file, names); err != nil {
		return nil, err
	}
	others, repeated := domain.LeaveAssessmentsAside(file.Assessments, checked, file.Faults)
	type outcomeRow struct {
		NewRows, ChangedRows, UnchangedRows, RemovedRows int
		Added, Ended                                     int
		Earliest                                         *time.Time
	}
	outcome, err := readRow[outcomeRow](ctx, t, query("assessments_outcomes"))
	if err != nil {
		return nil, err
	}
	upload.Counts = domain.UploadCounts{
		RowsRead: upload.Counts.RowsRead, Blank: file.Blank, Duplicate: duplicates - repeated, Skipped: others,
		New: outcome.NewRows, Changed: outcome.ChangedRows, Unchanged: outcome.UnchangedRows, Removed: outcome.RemovedRows,
		Rejected: long.rejected(file.Faults),
	}
	return &decision{
		write: func(change int64) error {
			names["change"], names["upload"] = change, upload.ID
			if err := addMissingStaff(ctx, t, upload.CreateMissingStaff, names); err != nil {
				return err
			}
			ended, err := t.exec(ctx, query("assessments_end"), names)
			if err := allTouched("end assessments", ended, outcome.Ended, err); err != nil {
				return err
			}
			added, err := t.exec(ctx, query("assessments_add"), names)
			if err := allTouched("add assessments", added, outcome.Added, err); err != nil {
				return err
			}
			if _, err := t.exec(ctx, query("assessments_confirm"), names); err != nil {
				return err
			}
			if outcome.Earliest == nil && file.Erased > 0 {
				return nil
			}
			if outcome.Earliest == nil {
				return errors.New("no assessment is stored and none is found unchanged")
			}
			return startReporting(ctx, t, upload.Organisation, domain.UploadAssessments, domain.DateOf(*outcome.Earliest), change)
		},
		examples: func() ([]domain.RecordChange, error) { return assessmentExamples(ctx, t, framework, names) },
	}, nil
}

// resolveAssessments finds the staff member and the assessment held for each row.
func resolveAssessments(ctx context.Context, t tx, rows []domain.AssessmentRow, names args) error {
	if err := stageAssessments(ctx, t, rows); err != nil {
		return err
	}
	if err := t.preferIndexes(ctx); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "ANALYZE staged_assessment (employee_number, assessed_on)"); err != nil {
		return err
	}
	if _, err := t.exec(ctx, query("assessments_resolve"), names); err != nil {
		return err
	}
	_, err := t.exec(ctx, "ANALYZE resolved_assessment (staff_id, assessed_on, held, same)")
	return err
}

// longRecords are the records of a file that were made from several of its rows and
// had no error when the register was asked, by their first row: the number of their
// other rows. What the register finds wrong with such a record is wrong with all of
// its rows, and the finding names the first.
type longRecords map[int]int

func longRecordsOf(file domain.UploadFile) longRecords {
	records := make(longRecords)
	for i := range file.Assessments.Rows {
		if row := &file.Assessments.Rows[i]; row.FileRows > 1 && !file.Faults.BadRow(row.Row) {
			records[row.Row] = row.FileRows - 1
		}
	}
	return records
}

// rejected counts the other rows of the records that turned out to have an error.
func (r longRecords) rejected(faults *domain.Findings) int {
	rows := 0
	for first, others := range r {
		if faults.BadRow(first) {
			rows += others
		}
	}
	return rows
}

func stageAssessments(ctx context.Context, t tx, rows []domain.AssessmentRow) error {
	return t.stage(ctx, `staged_assessment (row_number integer, file_rows integer, employee_number text, assessed_on date, assessor_kind text,
		levels smallint[], needs smallint[], staff_group text, job_role text, band text, team text, remove boolean)`,
		len(rows), func(i int) []any {
			r := &rows[i]
			var needs any
			if r.Needs != nil {
				needs = levelArray(r.Needs)
			}
			return []any{
				r.Row, max(1, r.FileRows), r.EmployeeNumber, day(r.AssessedOn), string(r.AssessorKind), levelArray(r.Levels), needs,
				r.StaffGroup, r.JobRole, r.Band, r.Team, r.Action == domain.ActionRemove,
			}
		})
}

// levelArray writes levels as the database keeps them: null for not assessed.
func levelArray(levels []domain.Level) []pgtype.Int2 {
	array := make([]pgtype.Int2, len(levels))
	for i, level := range levels {
		if level != domain.NotAssessed {
			array[i] = pgtype.Int2{Int16: int16(level), Valid: true}
		}
	}
	return array
}
