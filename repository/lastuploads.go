package repository

import (
	"context"
	"slices"
	"time"

	"skillstracker/domain"
)

// LastUploads tells when organisations last sent files. See domain.LastUploadReader.
func (s *Store) LastUploads(ctx context.Context, actor domain.Actor, organisations []string, knownAt *time.Time) ([]domain.LastUpload, error) {
	if slices.ContainsFunc(organisations, func(code string) bool { return !actor.Covers(code) }) {
		return nil, domain.NotFound("organisation_not_found", "No organisation with this ODS code is in your scope.")
	}
	var list []domain.LastUpload
	err := s.inScope(ctx, scope{read: organisations}, true, func(t tx) error {
		type row struct {
			Organisation string
			Kind         string
			ReceivedAt   time.Time
		}
		rows, err := readRows[row](ctx, t, query("last_uploads"), args{"organisations": textArray(organisations), "known_at": knownAt})
		list = make([]domain.LastUpload, len(rows))
		for i, r := range rows {
			list[i] = domain.LastUpload{Organisation: r.Organisation, Kind: domain.UploadKind(r.Kind), ReceivedAt: r.ReceivedAt.UTC()}
		}
		return err
	})
	return list, err
}
