package repository

import (
	"context"

	"skillstracker/domain"
)

var _ domain.TargetReader = (*Store)(nil)

// Targets returns the targets that hold on a day. See domain.TargetReader.
func (s *Store) Targets(ctx context.Context, actor domain.Actor, wanted domain.TargetQuery) ([]domain.Target, error) {
	if wanted.Organisation != "" && wanted.Organisation != domain.NationCode && !actor.Covers(wanted.Organisation) {
		return nil, domain.NotFound("organisation_not_found", "No organisation with this ODS code is in your scope.")
	}
	var targets []domain.Target
	err := s.inScope(ctx, scope{read: []string{wanted.Organisation}}, true, func(t tx) error {
		rows, err := readRows[targetRow](ctx, t, query("targets"), args{
			"organisation": wanted.Organisation, "nation": domain.NationCode, "framework": wanted.Framework.ID, "as_at": day(wanted.AsAt),
		})
		if err != nil {
			return err
		}
		targets = make([]domain.Target, 0, len(rows))
		for _, r := range rows {
			targets = append(targets, domain.Target{TargetKey: r.key(), SetBy: r.Organisation, Level: domain.Level(*r.Level)})
		}
		return nil
	})
	return targets, err
}
