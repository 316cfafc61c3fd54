package repository

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"skillstracker/domain"
)

var errCompleteInPart = domain.Invalid("options_contradict",
	"A complete file ends what is absent from it, so it cannot be stored in part. Leave out complete=true or mode=valid_rows.",
	domain.FieldFault{Field: "mode", Message: "Use all with a complete file."})

// StoreUpload checks a file against the register and applies it. See domain.UploadStore.
func (s *Store) StoreUpload(ctx context.Context, actor domain.Actor, file domain.UploadFile) (domain.Upload, error) {
	if err := actor.RefuseReadOnly(file.Organisation); err != nil {
		return domain.Upload{}, err
	}
	if !mayWrite(actor, file.Organisation, file.Kind) {
		return domain.Upload{}, errNotInScope
	}
	file.Mode = cmp.Or(file.Mode, domain.ModeAll)
	if file.Complete && file.Mode == domain.ModeValidRows {
		return domain.Upload{}, errCompleteInPart
	}
	file.Faults.ValidRows = file.Mode == domain.ModeValidRows
	var stored domain.Upload
	work := turn{organisation: file.Organisation, then: func(t tx) error {
		var err error
		stored, err = s.judge(ctx, t, actor, file)
		return err
	}}
	if file.IdempotencyKey != "" && !file.CheckOnly {
		work.first = func(t tx) (bool, error) {
			earlier, err := answeredUnderKey(ctx, t, actor, &file)
			if err != nil || earlier == "" {
				return false, err
			}
			stored, err = repeat(ctx, t, actor, earlier)
			return true, err
		}
	}
	if err := s.takeTurn(ctx, work); err != nil {
		return domain.Upload{}, err
	}
	return stored, nil
}

// judge decides in the caller's transaction whether a file had been stored before,
// is only to be previewed, or is to be applied.
func (s *Store) judge(ctx context.Context, t tx, actor domain.Actor, file domain.UploadFile) (domain.Upload, error) {
	if file.IdempotencyKey == "" && !file.CheckOnly {
		earlier, err := newestTwin(ctx, t, &file)
		if err != nil {
			return domain.Upload{}, err
		}
		if earlier != "" {
			return repeat(ctx, t, actor, earlier)
		}
	}
	erasedAny, err := s.skipErased(ctx, t, &file)
	if err != nil {
		return domain.Upload{}, err
	}
	if err := warnPurged(ctx, t, file); err != nil {
		return domain.Upload{}, err
	}
	upload := file.Upload
	upload.Actor, upload.RequestID = actor.ID, actor.RequestID
	upload.ReceivedAt = s.clock().UTC().Truncate(time.Microsecond) // as the database keeps it
	// A file that has errors already is checked against the register as well, so
	// that HR learns of every fault at once.
	decided, err := decide(ctx, t, &upload, file)
	if err != nil {
		return domain.Upload{}, err
	}
	upload.Counts.Skipped += file.Erased
	if err := settle(&upload, file, decided); err != nil {
		return domain.Upload{}, err
	}
	if erasedAny && upload.State == domain.UploadRejected && headingOf("employee_number", file.Mapping) == "" {
		file.Content = nil // whom it names nobody can say, such as in a staff list sent as another kind
	}
	upload.Errors, upload.Warnings, upload.Findings = file.Faults.Errors(), file.Faults.Warnings(), file.Faults.List()
	if file.CheckOnly {
		return preview(ctx, t, actor, upload, decided)
	}
	if err := s.apply(ctx, t, actor, file, &upload, decided); err != nil {
		return domain.Upload{}, err
	}
	return upload, nil
}

// apply writes an upload. Facts are written only when it is not rejected, so a
// rejection leaves its record, its findings, the kept file, its key and an audit row.
func (s *Store) apply(ctx context.Context, t tx, actor domain.Actor, file domain.UploadFile, upload *domain.Upload, decided *decision) error {
	var err error
	if upload.ID, err = newID(ctx, t); err != nil {
		return err
	}
	var change *int64
	if upload.State != domain.UploadRejected {
		number, err := beginChange(ctx, t, "upload", upload.Organisation, actor.ID, &upload.ID)
		if err != nil {
			return err
		}
		if err := decided.write(number); err != nil {
			return err
		}
		if err := carryRestrictions(ctx, t, *upload, number); err != nil {
			return err
		}
		if err := refreshRollups(ctx, t, upload.Organisation, number); err != nil {
			return err
		}
		change = &number
	}
	if s.keeps(&file) {
		upload.KeptUntil = keepUntil(upload.ReceivedAt, s.keepFiles)
	}
	if err := storeUploadRow(ctx, t, *upload, file.Options, change); err != nil {
		return err
	}
	if err := storeFindings(ctx, t, *upload, upload.Findings); err != nil {
		return err
	}
	if upload.KeptUntil != nil {
		if err := storeKeptFile(ctx, t, *upload, file.Content); err != nil {
			return err
		}
	}
	if file.IdempotencyKey != "" {
		if err := s.storeKey(ctx, t, actor, &file, *upload); err != nil {
			return err
		}
	}
	err = audit(ctx, t, actor, auditEntry{
		organisation: upload.Organisation, operation: ofNation(upload.Organisation, "createUpload", "createNationalUpload"),
		uploadID: &upload.ID, changeID: change, outcome: string(upload.State),
	})
	if err != nil || change == nil {
		return err
	}
	return finishChange(ctx, t, *change)
}

// preview answers with what the upload would be. It leaves nothing but an audit row.
func preview(ctx context.Context, t tx, actor domain.Actor, upload domain.Upload, decided *decision) (domain.Upload, error) {
	if decided != nil && upload.State != domain.UploadRejected {
		var err error
		if upload.Changes, err = decided.examples(); err != nil {
			return domain.Upload{}, err
		}
	}
	return upload, audit(ctx, t, actor, auditEntry{
		organisation: upload.Organisation, operation: "previewUpload", outcome: string(upload.State),
	})
}

// decision is what the checks of a kind that need the register came to. The counts
// of the upload were set with it; for the rows with errors and those left aside they
// hold only what the findings do not tell.
type decision struct {
	write    func(change int64) error
	examples func() ([]domain.RecordChange, error)
}

// decide runs the checks of the kind that need the register; it returns nil when
// there is no row to write.
func decide(ctx context.Context, t tx, upload *domain.Upload, file domain.UploadFile) (*decision, error) {
	switch upload.Kind {
	case domain.UploadStaff:
		if len(file.Staff)+file.Erased == 0 || upload.AsAt == nil {
			return nil, nil //nolint:nilnil // a file without rows has an error
		}
		if len(file.Staff) == 0 {
			return planNobody(upload, file), nil
		}
		return planStaff(ctx, t, upload, file)
	case domain.UploadAssessments:
		if len(file.Assessments.Rows)+file.Erased == 0 {
			return nil, nil //nolint:nilnil // a file without rows has an error
		}
		return planAssessments(ctx, t, upload, file)
	case domain.UploadVacancies:
		if len(file.Vacancies) == 0 {
			return nil, nil //nolint:nilnil // a file without rows has an error
		}
		return planVacancies(ctx, t, upload, file)
	case domain.UploadPositions:
		if len(file.Positions) == 0 {
			return nil, nil //nolint:nilnil // a file without rows has an error
		}
		return planPositions(ctx, t, upload, file)
	case domain.UploadTargets:
		if len(file.Targets) == 0 {
			return nil, nil //nolint:nilnil // a file without rows has an error
		}
		return planTargets(ctx, t, upload, file)
	}
	return nil, fmt.Errorf("uploads of kind %q are not known", upload.Kind)
}

// ofRowsWithoutErrors takes the counts of a plan over for the upload. The rows that
// were left aside are counted by the findings.
func ofRowsWithoutErrors(plan domain.UploadCounts, read, blank int) domain.UploadCounts {
	plan.RowsRead, plan.Blank, plan.Skipped = read, blank, 0
	return plan
}

// settle decides what becomes of the upload and makes its line add up. Rows with
// errors are rejected, and rows that fall with another row of the same record are
// skipped; a file with an error of its own, or of which no row remains, is rejected.
func settle(upload *domain.Upload, file domain.UploadFile, decided *decision) error {
	c, faults := &upload.Counts, file.Faults
	switch stored := c.New + c.Changed + c.Unchanged + c.Removed; {
	case faults.Errors() == 0 && (decided == nil || file.Refused):
		return errors.New("the file has no row to store and no error")
	case faults.Errors() == 0:
		upload.State = domain.UploadApplied
	case file.Mode == domain.ModeValidRows && !faults.OfFile() && !file.Refused && stored > 0:
		upload.State = domain.UploadPartlyApplied
		c.Rejected += faults.BadRows()
		c.Skipped += faults.LeftAside()
	default:
		upload.State = domain.UploadRejected
		rejected := min(faults.BadRows()+c.Rejected, c.RowsRead-file.Blank)
		*c = domain.UploadCounts{
			RowsRead: c.RowsRead, Blank: file.Blank, Rejected: rejected, NotStored: c.RowsRead - file.Blank - rejected,
		}
	}
	if file.Refused {
		upload.Mapping = nil
	}
	if !c.AddsUp() {
		return fmt.Errorf("the counts of the upload do not add up: %+v", *c)
	}
	return nil
}
