package repository

import (
	"context"
	"fmt"
)

// latestAssessmentsQuery derives everything that latest_assessment must hold of
// @organisation, in the order of the table's columns and of its key.
func latestAssessmentsQuery() string { return latestRollupQuery("rollup_latest") }

// latestRollupQuery returns the text of a query about latest_assessment.
func latestRollupQuery(name string) string {
	return compose(name, plainParts)
}

// refreshLatestAssessments brings the latest assessments up to what a change added and
// ended, in the transaction of the change. It is on the way of the longest uploads:
// most end nothing, and those of people who had none before find nothing to replace.
func refreshLatestAssessments(ctx context.Context, t tx, organisation string, change int64) error {
	names := args{"organisation": organisation, "change": change}
	type row struct{ Added, Ended bool }
	touched, err := readRow[row](ctx, t, query("rollup_latest_touched"), names)
	if err != nil || !touched.Added && !touched.Ended {
		return err
	}
	if err := t.joinByHash(ctx); err != nil {
		return err
	}
	var statements []string
	if touched.Ended {
		statements = append(statements, "rollup_latest_end", "rollup_latest_restore")
	}
	if touched.Added {
		statements = append(statements, "rollup_latest_replace", "rollup_latest_add")
	}
	for _, name := range statements {
		if _, err := t.exec(ctx, latestRollupQuery(name), names); err != nil {
			return fmt.Errorf("derive latest assessments: %w", err)
		}
	}
	return nil
}
