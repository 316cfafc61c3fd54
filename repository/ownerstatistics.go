package repository

import "context"

// Analyze makes the planner's statistics of every table of the owner, and notes which
// pages hold rows that everybody sees, as PostgreSQL does by itself some time after a
// bulk load.
func (o *Owner) Analyze(ctx context.Context) error {
	_, err := o.pool.ExecContext(ctx, `VACUUM (ANALYZE)`)
	return mapError("make statistics", err)
}
