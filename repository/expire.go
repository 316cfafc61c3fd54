package repository

import (
	"context"
)

// ExpireFiles deletes the sent files and the keys of requests whose time has run
// out, of all organisations, and returns how many of each there were. The time is
// the database's. Nothing else can be deleted: the policies of the two tables see to
// that, whatever the statement says.
func (s *Store) ExpireFiles(ctx context.Context) (files, keys int, err error) {
	err = s.inScope(ctx, scope{aggregate: true}, false, func(t tx) error {
		type countRow struct{ Count int }
		gone, err := readRow[countRow](ctx, t, `WITH gone AS (
				DELETE FROM upload_file_part WHERE kept_until <= now() RETURNING organisation, upload_id)
			SELECT count(DISTINCT (organisation, upload_id)) AS count FROM gone`)
		if err != nil {
			return err
		}
		files = gone.Count
		deleted, err := t.exec(ctx, `DELETE FROM idempotency_key WHERE kept_until <= now()`)
		keys = int(deleted)
		return err
	})
	if err != nil {
		return 0, 0, err
	}
	return files, keys, nil
}
