package repository

import (
	"context"
	"time"

	"skillstracker/domain"
)

// PrivacyChanges returns of each organisation and kind the newest erasure, restriction
// and purge made after a time, or at any time when it is nil, the newest first. It tells
// of every organisation when one was made and nothing about whom: it is for commands
// that verify figures, whose caller may read the database.
func (s *Store) PrivacyChanges(ctx context.Context, after *time.Time) ([]domain.PrivacyChange, error) {
	type row struct {
		Organisation string
		Kind         string
		At           time.Time
	}
	var changes []domain.PrivacyChange
	err := s.inScope(ctx, scope{aggregate: true}, true, func(t tx) error {
		rows, err := readRows[row](ctx, t, `SELECT organisation, kind, max(made_at) AS at FROM change
			WHERE kind = ANY (CAST(@kinds AS text[])) AND organisation IS NOT NULL AND made_at > coalesce(CAST(@after AS timestamptz), '-infinity')
			GROUP BY organisation, kind ORDER BY 3 DESC, 1, 2`, args{"kinds": textArray(domain.PrivacyKinds()), "after": after})
		for _, r := range rows {
			changes = append(changes, domain.PrivacyChange{Organisation: r.Organisation, Kind: r.Kind, At: r.At.UTC()})
		}
		return err
	})
	return changes, err
}

// PurgedBefore returns the latest horizons of purges. See domain.TotalsReader.
func (s *Store) PurgedBefore(ctx context.Context, organisations []string) (*domain.PurgeHorizon, error) {
	var horizon *domain.PurgeHorizon
	err := s.inScope(ctx, scope{aggregate: true}, true, func(t tx) (err error) {
		horizon, err = purgedBefore(ctx, t, organisations)
		return err
	})
	return horizon, err
}

// purgedBefore returns the latest horizons of purges of organisations, or of all when
// none is named; nil when there was none.
func purgedBefore(ctx context.Context, t tx, organisations []string) (*domain.PurgeHorizon, error) {
	type row struct{ Assessed, Left *time.Time }
	latest, err := readRow[row](ctx, t, `SELECT max(assessed_before) AS assessed, max(left_before) AS "left" FROM destruction
		WHERE CAST(@organisations AS text[]) IS NULL OR organisation = ANY (CAST(@organisations AS text[]))`,
		args{"organisations": textArray(organisations)})
	if err != nil || latest.Assessed == nil || latest.Left == nil {
		return nil, err
	}
	return &domain.PurgeHorizon{AssessedBefore: domain.DateOf(*latest.Assessed), LeftBefore: domain.DateOf(*latest.Left)}, nil
}
