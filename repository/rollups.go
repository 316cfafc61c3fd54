package repository

import (
	"context"
	"fmt"
	"time"

	"skillstracker/domain"
)

// rollup is a table of rows that are worked out from an organisation's facts.
type rollup struct {
	table string
	key   string // columns of the primary key
	// query gives the rows of @organisation as the facts that are held now give them,
	// with the table's columns in their order. Its other arguments narrow it to a part
	// and are null for all of it.
	query string
	whole args
}

// rollups lists them all.
func rollups() []rollup {
	return []rollup{
		{"vacancy_rollup", "organisation, month, staff_group, band, digital", vacancySumsQuery(), args{"months": textArray(nil)}},
		{"staff_position", "organisation, staff_id, from_day", staffPositionsQuery(), nil},
		{"latest_assessment", "organisation, framework_version, staff_id, assessor_kind", latestAssessmentsQuery(), args{"people": textArray(nil)}},
	}
}

// vacancySumsQuery derives what vacancy_rollup must hold of @organisation, for @months
// or, when that is null, for all of them.
func vacancySumsQuery() string {
	return totalsQuery("rollup_vacancies", domain.TotalsFilter{}, nil)
}

// refreshRollups writes again what is kept of the facts that a change of an
// organisation added or ended. It belongs in the transaction of every such change,
// after its facts.
func refreshRollups(ctx context.Context, t tx, organisation string, change int64) error {
	// The plans must not depend on what was set for the facts, nor on statistics,
	// which rows of this transaction do not have.
	if _, err := t.exec(ctx, `SET LOCAL enable_nestloop = on`); err != nil {
		return err
	}
	if err := t.preferIndexes(ctx); err != nil {
		return err
	}
	for _, refresh := range []func(context.Context, tx, string, int64) error{
		refreshVacancies, refreshStaffPositions, refreshLatestAssessments,
	} {
		if err := refresh(ctx, t, organisation, change); err != nil {
			return err
		}
	}
	return nil
}

// refreshPeople writes again what is kept of some people's facts, after something was
// changed about them that is no fact: that they are erased, or kept out of figures.
func refreshPeople(ctx context.Context, t tx, organisation string, people []int64) error {
	if err := t.preferIndexes(ctx); err != nil {
		return err
	}
	named := args{"organisation": organisation, "people": idArray(people)}
	for table, rows := range map[string]string{
		"staff_position": staffRollupQuery("rollup_staff", heldOfPeople()), "latest_assessment": latestAssessmentsQuery(),
	} {
		if _, err := t.exec(ctx, `DELETE FROM `+table+` WHERE organisation = @organisation AND staff_id = ANY (CAST(@people AS bigint[]))`, named); err != nil {
			return fmt.Errorf("delete %s of people: %w", table, err)
		}
		if _, err := t.exec(ctx, `INSERT INTO `+table+` `+rows, named); err != nil {
			return fmt.Errorf("derive %s of people: %w", table, err)
		}
	}
	return nil
}

// refreshVacancies writes the sums of the months whose cells a change touched.
func refreshVacancies(ctx context.Context, t tx, organisation string, change int64) error {
	type row struct{ Month time.Time }
	touched, err := readRows[row](ctx, t, `SELECT month FROM vacancy_cell WHERE organisation = @organisation AND added_by = @change
		UNION SELECT month FROM vacancy_cell WHERE organisation = @organisation AND ended_by = @change`,
		args{"organisation": organisation, "change": change})
	if err != nil || len(touched) == 0 {
		return err
	}
	months := make(textArray, 0, len(touched))
	for _, r := range touched {
		months = append(months, domain.DateOf(r.Month).String())
	}
	named := args{"organisation": organisation, "months": months}
	if _, err := t.exec(ctx, `DELETE FROM vacancy_rollup WHERE organisation = @organisation AND month = ANY (CAST(@months AS date[]))`, named); err != nil {
		return fmt.Errorf("delete sums of vacancies: %w", err)
	}
	if _, err := t.exec(ctx, `INSERT INTO vacancy_rollup `+vacancySumsQuery(), named); err != nil {
		return fmt.Errorf("add up vacancies: %w", err)
	}
	return nil
}
