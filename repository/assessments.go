package repository

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
	"gorm.io/gorm"

	"skillstracker/domain"
)

// planAssessments stages the rows, resolves them against the register in one join
// and returns the function that writes what differs.
func planAssessments(ctx context.Context, t tx, upload *domain.Upload, file domain.UploadFile) (func(int64) error, error) {
	rows, duplicates := domain.CheckAssessments(file.Assessments, file.Faults)
	framework := file.Assessments.Framework
	names := args{"organisation": upload.Organisation, "framework": framework.ID, "validity": framework.ValidityMonths}
	if err := stageAssessments(ctx, t, rows); err != nil {
		return nil, err
	}
	if err := t.preferIndexes(ctx); err != nil {
		return nil, err
	}
	if _, err := t.exec(ctx, "ANALYZE staged_assessment"); err != nil {
		return nil, err
	}
	if _, err := t.exec(ctx, query("assessments_resolve"), names); err != nil {
		return nil, err
	}
	if _, err := t.exec(ctx, "ANALYZE resolved_assessment"); err != nil {
		return nil, err
	}
	if err := findAssessmentFaults(ctx, t, file, names); err != nil {
		return nil, err
	}
	type outcomeRow struct {
		New, Changed, Unchanged, Removed int
		Earliest                         *time.Time
	}
	outcome, err := gorm.G[outcomeRow](t.DB).Raw(query("assessments_outcomes")).Take(ctx)
	if err != nil {
		return nil, err
	}
	upload.Counts = domain.UploadCounts{
		RowsRead: upload.Counts.RowsRead, Blank: file.Blank, Duplicate: duplicates,
		New: outcome.New, Changed: outcome.Changed, Unchanged: outcome.Unchanged, Removed: outcome.Removed,
	}
	return func(change int64) error {
		names["change"] = change
		ended, err := t.exec(ctx, query("assessments_end"), names)
		if err := allTouched("end assessments", ended, outcome.Changed+outcome.Removed, err); err != nil {
			return err
		}
		added, err := t.exec(ctx, query("assessments_add"), names)
		if err := allTouched("add assessments", added, outcome.New+outcome.Changed, err); err != nil {
			return err
		}
		if outcome.Earliest == nil {
			return nil
		}
		return startReporting(ctx, t, upload.Organisation, domain.UploadAssessments, domain.DateOf(*outcome.Earliest), change)
	}, nil
}

func stageAssessments(ctx context.Context, t tx, rows []domain.AssessmentRow) error {
	return t.stage(ctx, `staged_assessment (row_number integer, employee_number text, assessed_on date, assessor_kind text,
		levels smallint[], needs smallint[], staff_group text, job_role text, band text, team text, remove boolean)`,
		len(rows), func(i int) []any {
			r := &rows[i]
			var needs any
			if r.Needs != nil {
				needs = levelArray(r.Needs)
			}
			return []any{
				r.Row, r.EmployeeNumber, day(r.AssessedOn), string(r.AssessorKind), levelArray(r.Levels), needs,
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

// findAssessmentFaults adds the findings that only the register can tell.
func findAssessmentFaults(ctx context.Context, t tx, file domain.UploadFile, names args) error {
	type unknownRow struct {
		RowNumber int
		ZerosLost bool
	}
	unknown, err := gorm.G[unknownRow](t.DB).Raw(query("assessments_unknown"), names).Find(ctx)
	if err != nil {
		return err
	}
	cell := domain.Cell{Sheet: file.Assessments.Sheet, Column: file.Assessments.EmployeeNumberColumn}
	for _, r := range unknown {
		cell.Row = r.RowNumber
		if r.ZerosLost {
			file.Faults.Add(domain.FindingEmployeeZeros, cell, "")
		} else {
			file.Faults.Add(domain.FindingEmployeeUnknown, cell, "")
		}
	}
	for _, check := range []struct {
		name string
		args []any
		code domain.FindingCode
	}{
		{"assessments_not_held", nil, domain.FindingActionNotHeld},
		{"assessments_left", []any{names}, domain.FindingStaffLeft},
	} {
		type numberRow struct{ RowNumber int }
		found, err := gorm.G[numberRow](t.DB).Raw(query(check.name), check.args...).Find(ctx)
		if err != nil {
			return err
		}
		for _, r := range found {
			file.Faults.Add(check.code, domain.Cell{Sheet: file.Assessments.Sheet, Row: r.RowNumber}, "")
		}
	}
	type withdrawnRow struct{ Answers int }
	withdrawn, err := gorm.G[withdrawnRow](t.DB).Raw(query("assessments_withdrawn"), names).Take(ctx)
	if err != nil {
		return err
	}
	if withdrawn.Answers > 0 {
		file.Faults.Add(domain.FindingAnswersWithdrawn, domain.Cell{}, fmt.Sprintf(
			"%d answers that an earlier file had given are empty in this one and now count as not assessed.", withdrawn.Answers,
		))
	}
	return warnClosedAssessments(ctx, t, file, names)
}

// warnClosedAssessments warns once of all assessments dated outside the
// organisation's life.
func warnClosedAssessments(ctx context.Context, t tx, file domain.UploadFile, names args) error {
	type countRow struct{ Count int }
	outside, err := gorm.G[countRow](t.DB).Raw(`SELECT count(*) AS count FROM resolved_assessment r
		JOIN organisation_lifespan life ON life.code = CAST(@organisation AS text) AND life.ended_by IS NULL
		WHERE r.assessed_on < life.opened_on OR r.assessed_on > life.closed_on`, names).Take(ctx)
	if err != nil {
		return err
	}
	if outside.Count > 0 {
		file.Faults.Add(domain.FindingOrganisationClosed, domain.Cell{}, fmt.Sprintf(
			"The organisation was not open on the dates of %d assessments.", outside.Count,
		))
	}
	return nil
}
