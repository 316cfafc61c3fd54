package repository

import (
	"context"
	"fmt"

	"skillstracker/domain"
)

// expiryActor stands in the audit trail for the service itself, which deletes what
// has run out without anybody's request.
const expiryActor = "service"

// ExpireFiles deletes the sent files and the keys of requests whose time has run
// out, of all organisations, and returns how many of each there were. The time is
// the database's. Nothing else can be seen or deleted: the policies of the two
// tables see to that, whatever the statement says. The numbers of what was deleted,
// if anything was, stand in the audit trail.
func (s *Store) ExpireFiles(ctx context.Context) (files, keys int, err error) {
	err = s.inScope(ctx, scope{write: systemRows}, false, func(t tx) error {
		if _, err := t.exec(ctx, `SELECT set_config('skills.expire', 'on', true)`); err != nil {
			return err
		}
		type countRow struct{ Count int }
		gone, err := readRow[countRow](ctx, t, `WITH gone AS (
				DELETE FROM upload_file_part WHERE kept_until <= now() RETURNING organisation, upload_id)
			SELECT count(DISTINCT (organisation, upload_id)) AS count FROM gone`)
		if err != nil {
			return err
		}
		files = gone.Count
		deleted, err := t.exec(ctx, `DELETE FROM idempotency_key WHERE kept_until <= now()`)
		if err != nil {
			return err
		}
		keys = int(deleted)
		if files+keys == 0 {
			return nil
		}
		return audit(ctx, t, domain.Actor{ID: expiryActor, Role: domain.RoleAdmin}, auditEntry{
			operation: "expireFiles", object: fmt.Sprintf("%d files, %d keys", files, keys), outcome: "done",
		})
	})
	if err != nil {
		return 0, 0, err
	}
	return files, keys, nil
}
