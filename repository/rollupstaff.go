package repository

import (
	"context"
	"fmt"
)

// What stands for {{held}} where positions are derived: the rows held now of an
// organisation, and of them those of the people whom a change touched.
const (
	heldOfOrganisation = "held.organisation = CAST(@organisation AS text) AND held.ended_by IS NULL"
	heldOfTouched      = heldOfOrganisation + " AND held.staff_id IN (SELECT touched.staff_id FROM touched)"
)

// staffRollupQuery returns the text of a query about staff_position, with the rows
// from which it derives positions.
func staffRollupQuery(name, held string) string {
	return compose(name, func(name, _ string) (string, bool) { return held, name == "held" })
}

// staffPositionsQuery derives everything that staff_position must hold of
// @organisation, in the order of the table's columns and of its key.
func staffPositionsQuery() string { return staffRollupQuery("rollup_staff", heldOfOrganisation) }

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
		if _, err := t.exec(ctx, staffRollupQuery(name, heldOfTouched), names); err != nil {
			return fmt.Errorf("derive staff positions: %w", err)
		}
	}
	return nil
}
