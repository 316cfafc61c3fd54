package repository

import (
	"context"
	"fmt"
)

// unrestricted is the condition that a row of an alias is not of somebody who is kept
// out of figures.
func unrestricted(alias string) string {
	return compose("parts/unrestricted", func(name, _ string) (string, bool) { return alias, name == "of" })
}

// heldPositions is what stands for {{held}} where positions are derived: the rows held
// now of an organisation that count.
func heldPositions() string {
	return "held.organisation = CAST(@organisation AS text) AND held.ended_by IS NULL AND " + unrestricted("held")
}

// heldOfTouched narrows them to the people whom a change touched, and heldOfPeople to
// those in @people.
func heldOfTouched() string {
	return heldPositions() + " AND held.staff_id IN (SELECT touched.staff_id FROM touched)"
}

func heldOfPeople() string {
	return heldPositions() + " AND held.staff_id = ANY (CAST(@people AS bigint[]))"
}

// staffRollupQuery returns the text of a query about staff_position, with the rows
// from which it derives positions.
func staffRollupQuery(name, held string) string {
	return compose(name, func(name, _ string) (string, bool) { return held, name == "held" })
}

// staffPositionsQuery derives everything that staff_position must hold of
// @organisation, in the order of the table's columns and of its key.
func staffPositionsQuery() string { return staffRollupQuery("rollup_staff", heldPositions()) }

// refreshStaffPositions derives the positions of the people whose spells or versions a
// change added or ended, in the transaction of the change.
func refreshStaffPositions(ctx context.Context, t tx, organisation string, change int64) error {
	names := args{"organisation": organisation, "change": change}
	type row struct{ Touched bool }
	found, err := readRow[row](ctx, t, staffRollupQuery("rollup_staff_touched", ""), names)
	if err != nil || !found.Touched {
		return err
	}
	if err := t.joinByHash(ctx); err != nil {
		return err
	}
	for _, name := range []string{"rollup_staff_end", "rollup_staff_add"} {
		if _, err := t.exec(ctx, staffRollupQuery(name, heldOfTouched()), names); err != nil {
			return fmt.Errorf("derive staff positions: %w", err)
		}
	}
	return nil
}
