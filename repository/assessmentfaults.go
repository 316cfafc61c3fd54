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
	if withdrawn.Answers > 0 && !file.Faults.OfFile() {
		text := "1 answer that an earlier file had given is empty in this one and now counts as not assessed."
		if withdrawn.Answers > 1 {
			text = fmt.Sprintf("%d answers that an earlier file had given are empty in this one and now count as not assessed.", withdrawn.Answers)
		}
		file.Faults.Add(domain.FindingAnswersWithdrawn, domain.Cell{}, text)
	}
	return warnClosedAssessments(ctx, t, file, names)
}

// warnClosedAssessments warns once of all assessments dated outside the
// organisation's life. A date that could not be read is the zero date, which says
// nothing.
func warnClosedAssessments(ctx context.Context, t tx, file domain.UploadFile, names args) error {
	type countRow struct{ Count int }
	outside, err := readRow[countRow](ctx, t, `SELECT count(*) AS count FROM resolved_assessment r
		JOIN organisation_lifespan life ON life.code = CAST(@organisation AS text) AND life.ended_by IS NULL
		WHERE (r.assessed_on < life.opened_on OR r.assessed_on > life.closed_on) AND r.assessed_on <> CAST(@unread AS date)`,
		args{"organisation": names["organisation"], "unread": domain.Date(0).String()})
	if err != nil {
		return err
	}
	if outside.Count > 0 {
		text := "The organisation was not open on the date of 1 assessment."
		if outside.Count > 1 {
			text = fmt.Sprintf("The organisation was not open on the dates of %d assessments.", outside.Count)
		}
		file.Faults.Add(domain.FindingOrganisationClosed, domain.Cell{}, text)
	}
	return nil
}
