package repository

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"skillstracker/domain"
)

type uploadRow struct {
	Total         int
	Organisation  string
	ID            string
	Kind          string
	State         string
	Format        string
	ContentSHA256 []byte `gorm:"column:content_sha256"`
	ContentBytes  int64
	Mode          string
	Complete      bool
	AsAt          *time.Time
	KeptUntil     *time.Time
	VoidedAt      *time.Time
	VoidedBy      *string
	ReceivedAt    time.Time
	Actor         string
	RequestID     string
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
	Mapping       string
	Errors        int
	Warnings      int
	CreateMissing bool
}

const uploadColumns = `organisation, CAST(id AS text) AS id, kind, state, format, content_sha256, content_bytes, mode, complete,
	create_missing_staff AS create_missing, CASE WHEN kept_until > now() THEN kept_until END AS kept_until, voided_at, voided_by,
	as_at, received_at, actor, request_id,
	rows_read, rows_new, rows_changed, rows_unchanged, rows_removed, rows_duplicate, rows_skipped, rows_rejected, rows_blank, rows_not_stored, records_ended, CAST(mapping AS text) AS mapping, errors, warnings`

func (r uploadRow) toDomain() (domain.Upload, error) {
	u := domain.Upload{
		ID: r.ID, Organisation: r.Organisation, Kind: domain.UploadKind(r.Kind), State: domain.UploadState(r.State),
		Format: r.Format, Bytes: r.ContentBytes, Mode: domain.UploadMode(r.Mode), Complete: r.Complete,
		CreateMissingStaff: r.CreateMissing, AsAt: dateOrNil(r.AsAt), ReceivedAt: r.ReceivedAt.UTC(), KeptUntil: inUTC(r.KeptUntil),
		Actor: r.Actor, RequestID: r.RequestID, Errors: r.Errors, Warnings: r.Warnings,
		Counts: domain.UploadCounts{
			RowsRead: r.RowsRead, New: r.RowsNew, Changed: r.RowsChanged, Unchanged: r.RowsUnchanged, Removed: r.RowsRemoved,
			Duplicate: r.RowsDuplicate, Skipped: r.RowsSkipped, Rejected: r.RowsRejected, Blank: r.RowsBlank,
			NotStored: r.RowsNotStored, Ended: r.RecordsEnded,
		},
	}
	if r.VoidedAt != nil {
		u.Voided = &domain.Void{At: r.VoidedAt.UTC(), Actor: textOf(r.VoidedBy)}
	}
	copy(u.SHA256[:], r.ContentSHA256)
	if err := json.Unmarshal([]byte(r.Mapping), &u.Mapping); err != nil {
		return u, fmt.Errorf("decode mapping: %w", err)
	}
	return u, nil
}

var errUploadNotFound = domain.NotFound("upload_not_found", "No upload with this id is in your scope.")

func findUpload(ctx context.Context, t tx, actor domain.Actor, id string) (domain.Upload, error) {
	rows, err := readRows[uploadRow](ctx, t, `SELECT `+uploadColumns+` FROM upload
		WHERE id = CAST(@id AS uuid) AND organisation = ANY (CAST(@scope AS text[]))`,
		args{"id": id, "scope": textArray(actor.Organisations)})
	if err != nil {
		return domain.Upload{}, err
	}
	if len(rows) == 0 {
		return domain.Upload{}, errUploadNotFound
	}
	return rows[0].toDomain()
}

// Upload returns one upload with its first findings.
func (s *Store) Upload(ctx context.Context, actor domain.Actor, id string, findings int) (domain.Upload, error) {
	var found domain.Upload
	err := s.inScope(ctx, readScope(actor), true, func(t tx) error {
		var err error
		if found, err = findUpload(ctx, t, actor, id); err != nil {
			return err
		}
		found.Findings, err = readFindings(ctx, t, found, domain.Page{Limit: findings})
		return err
	})
	return found, err
}

// Uploads lists those of an organisation's uploads that the filter keeps, newest
// first, without findings.
func (s *Store) Uploads(ctx context.Context, actor domain.Actor, organisation string, filter domain.UploadFilter, page domain.Page) ([]domain.Upload, int, error) {
	if !actor.Covers(organisation) {
		return nil, 0, domain.NotFound("organisation_not_found", "No organisation with this ODS code is in your scope.")
	}
	var list []domain.Upload
	total := 0
	err := s.inScope(ctx, scope{read: []string{organisation}}, true, func(t tx) error {
		names := filterArgs(filter)
		names["organisation"], names["limit"], names["offset"] = organisation, page.Limit, page.Offset
		type countRow struct{ Count int }
		counted, err := readRow[countRow](ctx, t, `SELECT count(*) AS count FROM upload WHERE `+uploadFilter, names)
		if err != nil {
			return err
		}
		total = counted.Count
		rows, err := readRows[uploadRow](ctx, t, `SELECT `+uploadColumns+` FROM upload WHERE `+uploadFilter+`
			ORDER BY received_at DESC, id LIMIT @limit OFFSET @offset`, names)
		if err != nil {
			return err
		}
		for _, row := range rows {
			u, err := row.toDomain()
			if err != nil {
				return err
			}
			list = append(list, u)
		}
		return nil
	})
	return list, total, err
}

// uploadFilter keeps the uploads of an organisation that a filter names.
const uploadFilter = `organisation = @organisation
	AND (CAST(@kinds AS text[]) IS NULL OR kind = ANY (CAST(@kinds AS text[])))
	AND (CAST(@states AS text[]) IS NULL OR state = ANY (CAST(@states AS text[])))
	AND (CAST(@from AS timestamptz) IS NULL OR received_at >= CAST(@from AS timestamptz))
	AND (CAST(@before AS timestamptz) IS NULL OR received_at < CAST(@before AS timestamptz))`

func filterArgs(filter domain.UploadFilter) args {
	var kinds, states textArray
	for _, kind := range filter.Kinds {
		kinds = append(kinds, string(kind))
	}
	for _, state := range filter.States {
		states = append(states, string(state))
	}
	return args{"kinds": kinds, "states": states, "from": filter.From, "before": filter.Before}
}

// UploadFindings lists the stored findings of an upload and their number.
func (s *Store) UploadFindings(ctx context.Context, actor domain.Actor, id string, page domain.Page) ([]domain.Finding, int, error) {
	var list []domain.Finding
	total := 0
	err := s.inScope(ctx, readScope(actor), true, func(t tx) error {
		upload, err := findUpload(ctx, t, actor, id)
		if err != nil {
			return err
		}
		type countRow struct{ Count int }
		counted, err := readRow[countRow](ctx, t, `SELECT count(*) AS count FROM upload_finding
			WHERE organisation = ? AND upload_id = CAST(? AS uuid)`, upload.Organisation, upload.ID)
		if err != nil {
			return err
		}
		total = counted.Count
		list, err = readFindings(ctx, t, upload, page)
		return err
	})
	return list, total, err
}

func readFindings(ctx context.Context, t tx, upload domain.Upload, page domain.Page) ([]domain.Finding, error) {
	type findingRow struct {
		Code       string
		Severity   string
		Sheet      string
		RowNumber  int
		ColumnName string
		Message    string
		Mend       string
	}
	rows, err := readRows[findingRow](ctx, t, `SELECT code, severity, sheet, row_number, column_name, message, mend FROM upload_finding
		WHERE organisation = ? AND upload_id = CAST(? AS uuid) ORDER BY ordinal LIMIT ? OFFSET ?`,
		upload.Organisation, upload.ID, page.Limit, page.Offset)
	if err != nil {
		return nil, err
	}
	list := make([]domain.Finding, 0, len(rows))
	for _, r := range rows {
		list = append(list, domain.Finding{
			Code: domain.FindingCode(r.Code), Severity: domain.Severity(r.Severity), Sheet: r.Sheet,
			Row: r.RowNumber, Column: r.ColumnName, Message: r.Message, Mend: r.Mend,
		})
	}
	return list, nil
}
