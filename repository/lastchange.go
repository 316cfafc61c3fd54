package repository

import (
	"context"
	"time"
)

// LastChangeAt returns when the newest change was made that the register held at
// knownAt, or holds now when that is nil; nil when it held none. A change of whatever
// organisation counts: nothing but its time leaves here.
func (s *Store) LastChangeAt(ctx context.Context, knownAt *time.Time) (*time.Time, error) {
	type row struct{ MadeAt time.Time }
	var newest *time.Time
	err := s.inScope(ctx, scope{aggregate: true}, true, func(t tx) error {
		// Times have the order of numbers, and the numbers have the index.
		rows, err := readRows[row](ctx, t, `SELECT made_at FROM change WHERE number IS NOT NULL AND (CAST(@known_at AS timestamptz) IS NULL OR made_at <= CAST(@known_at AS timestamptz)) ORDER BY number DESC LIMIT 1`,
			args{"known_at": knownAt})
		if err != nil || len(rows) == 0 {
			return err
		}
		at := rows[0].MadeAt.UTC()
		newest = &at
		return nil
	})
	return newest, err
}
