package repository

import (
	"context"

	"skillstracker/domain"
)

// OpenPositions lists the position vacancies that are open on a day. See
// domain.OpenPositionReader.
func (s *Store) OpenPositions(ctx context.Context, actor domain.Actor, wanted domain.DataQuery) ([]domain.OpenPosition, error) {
	if !actor.Covers(wanted.Organisation) {
		return nil, domain.NotFound("organisation_not_found", "No organisation with this ODS code is in your scope.")
	}
	if wanted.KnownAt != nil {
		if err := s.settle(ctx, *wanted.KnownAt); err != nil {
			return nil, err
		}
	}
	var open []domain.OpenPosition
	err := s.inScope(ctx, scope{read: []string{wanted.Organisation}}, true, func(t tx) error {
		known, err := lastChange(ctx, t, wanted.Organisation, wanted.KnownAt)
		if err != nil {
			return err
		}
		if err := t.preferIndexes(ctx); err != nil {
			return err
		}
		rows, err := readRows[positionRow](ctx, t, query("open_positions"), args{
			"organisation": wanted.Organisation, "as_at": day(wanted.AsAt), "known": known,
		})
		open = make([]domain.OpenPosition, len(rows))
		for i, row := range rows {
			held := row.toDomain()
			open[i] = domain.OpenPosition{
				Reference: held.Reference, StaffGroup: held.StaffGroup, JobRole: held.JobRole, Band: held.Band, AreaOfWork: held.AreaOfWork,
				Team: held.Team, Posts: held.Posts, FTE: held.FTE, OpenedOn: held.OpenedOn, Status: held.Status,
			}
		}
		return err
	})
	return open, err
}
