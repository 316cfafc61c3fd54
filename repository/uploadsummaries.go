package repository

import (
	"context"
	"time"

	"skillstracker/domain"
)

type uploadSummaryRow struct {
	ID            string
	Kind          string
	State         string
	ReceivedAt    time.Time
	RowsRead      int
	RowsNew       int
	RowsChanged   int
	RowsUnchanged int
	RowsRemoved   int
	RowsDuplicate int
	RowsSkipped   int
	RowsRejected  int
	RowsBlank     int
	RowsNotStored int
	RecordsEnded  int
	Errors        int
	Warnings      int
	CommonError   string
}

func (r uploadSummaryRow) toDomain() domain.UploadSummary {
	return domain.UploadSummary{
		ID: r.ID, Kind: domain.UploadKind(r.Kind), State: domain.UploadState(r.State), ReceivedAt: r.ReceivedAt.UTC(),
		Counts: domain.UploadCounts{
			RowsRead: r.RowsRead, New: r.RowsNew, Changed: r.RowsChanged, Unchanged: r.RowsUnchanged, Removed: r.RowsRemoved,
			Duplicate: r.RowsDuplicate, Skipped: r.RowsSkipped, Rejected: r.RowsRejected, Blank: r.RowsBlank,
			NotStored: r.RowsNotStored, Ended: r.RecordsEnded,
		},
		Errors: r.Errors, Warnings: r.Warnings, CommonError: domain.FindingCode(r.CommonError),
	}
}

// UploadSummaries lists the files of an organisation. See domain.UploadSummaryReader.
func (s *Store) UploadSummaries(ctx context.Context, actor domain.Actor, wanted domain.UploadSummaryQuery) ([]domain.UploadSummary, error) {
	if !actor.Covers(wanted.Organisation) {
		return nil, domain.NotFound("organisation_not_found", "No organisation with this ODS code is in your scope.")
	}
	kinds := make(textArray, len(wanted.Kinds))
	for i, kind := range wanted.Kinds {
		kinds[i] = string(kind)
	}
	var list []domain.UploadSummary
	err := s.inScope(ctx, scope{read: []string{wanted.Organisation}}, true, func(t tx) error {
		rows, err := readRows[uploadSummaryRow](ctx, t, query("upload_summaries"), args{
			"organisation": wanted.Organisation, "kinds": kinds, "received_from": wanted.From.Time(), "known_at": wanted.KnownAt,
		})
		list = make([]domain.UploadSummary, len(rows))
		for i, row := range rows {
			list[i] = row.toDomain()
		}
		return err
	})
	return list, err
}
