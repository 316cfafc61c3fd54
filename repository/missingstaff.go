package repository

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"skillstracker/domain"
)

// missingListed is the number of rows that the finding about staff members who are
// made names.
const missingListed = 10

// findMissingStaff marks the rows about staff members who are not held and are to be
// made, when the sender asks for that, and warns once of how many there are. A number
// that is held only with leading zeros is never made.
func findMissingStaff(ctx context.Context, t tx, file domain.UploadFile, names args) error {
	if !file.CreateMissingStaff {
		return nil
	}
	if _, err := t.exec(ctx, query("assessments_make"), names); err != nil {
		return err
	}
	type rowNumber struct{ RowNumber int }
	people, err := readRows[rowNumber](ctx, t, `SELECT min(row_number) AS row_number FROM resolved_assessment
		WHERE make GROUP BY employee_number ORDER BY 1`)
	if err != nil || len(people) == 0 {
		return err
	}
	var rows []string
	for _, p := range people[:min(len(people), missingListed)] {
		rows = append(rows, strconv.Itoa(p.RowNumber))
	}
	text := fmt.Sprintf("%d staff members who are on no staff list are made from this file, first named in the rows %s", len(people), strings.Join(rows, ", "))
	switch {
	case len(people) == 1:
		text = "1 staff member who is on no staff list is made from this file, first named in row " + rows[0]
	case len(people) > missingListed:
		text += fmt.Sprintf(" and %d more", len(people)-missingListed)
	}
	file.Faults.Add(domain.FindingStaffCreated, domain.Cell{}, text+". Their FTE is not known until a staff list holds them.")
	return nil
}

// addMissingStaff makes the marked staff members and fills in their ids.
func addMissingStaff(ctx context.Context, t tx, asked bool, names args) error {
	if !asked {
		return nil
	}
	if _, err := t.exec(ctx, `INSERT INTO staff_member (organisation, employee_number, added_by)
		SELECT CAST(@organisation AS text), employee_number, CAST(@change AS bigint)
		FROM resolved_assessment WHERE make GROUP BY employee_number ORDER BY employee_number`, names); err != nil {
		return err
	}
	// One look-up by index for each row: a join would depend on statistics that the
	// rows just made have made wrong.
	_, err := t.exec(ctx, `UPDATE resolved_assessment r SET staff_id = (SELECT m.id FROM staff_member m
			WHERE m.organisation = CAST(@organisation AS text) AND m.employee_number = r.employee_number AND m.ended_by IS NULL)
		WHERE r.make`, names)
	return err
}
