package repository

import (
	"context"
	"fmt"

	"skillstracker/domain"
)

// findAssessmentFaults adds the findings that only the register can tell.
func findAssessmentFaults(ctx context.Context, t tx, file domain.UploadFile, names args) error {
	if err := findMissingStaff(ctx, t, file, names); err != nil {
		return err
	}
	type unknownRow struct {
		RowNumber int
		ZerosLost bool
	}
	unknown, err := readRows[unknownRow](ctx, t, query("assessments_unknown"), names)
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
		found, err := readRows[numberRow](ctx, t, query(check.name), check.args...)
		if err != nil {
			return err
		}
		for _, r := range found {
			file.Faults.Add(check.code, domain.Cell{Sheet: file.Assessments.Sheet, Row: r.RowNumber}, "")
		}
	}
	type withdrawnRow struct{ Answers int }
	withdrawn, err := readRow[withdrawnRow](ctx, t, query("assessments_withdrawn"), names)
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
	outside, err := readRow[countRow](ctx, t, `SELECT count(*) AS count FROM resolved_assessment r
		JOIN organisation_lifespan life ON life.code = CAST(@organisation AS text) AND life.ended_by IS NULL
		WHERE r.assessed_on < life.opened_on OR r.assessed_on > life.closed_on`, names)
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
