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
	names := args{"organisation": wanted.Organisation, "nation": domain.NationCode, "framework": wanted.Framework.ID, "as_at": day(wanted.AsAt)}
	if wanted.KnownAt != nil {
		names["known_at"] = *wanted.KnownAt
		if err := s.settle(ctx, *wanted.KnownAt); err != nil {
			return nil, err
		}
	}
	// What was known of the nation's targets is told by its changes.
	err := s.inScope(ctx, scope{read: []string{wanted.Organisation, domain.NationCode}}, true, func(t tx) error {
		rows, err := readRows[targetRow](ctx, t, targetsStatement(wanted), names)
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

// targetsStatement composes the statement of targets.
func targetsStatement(wanted domain.TargetQuery) string {
	return compose("targets", func(name, about string) (string, bool) {
		return live(about, wanted.KnownAt != nil), name == "live"
	})
}
