package repository

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"skillstracker/domain"
)

// ErasePerson erases a person. See domain.PeopleRights.
func (s *Store) ErasePerson(ctx context.Context, actor domain.Actor, organisation, employeeNumber string, today domain.Date, locate domain.LocateRows) (domain.Erasure, error) {
	erasure := domain.Erasure{Organisation: organisation}
	if err := mayChangePerson(actor, organisation); err != nil {
		return erasure, err
	}
	if s.erasure == nil {
		return erasure, errErasureKeyMissing
	}
	if err := s.CheckErasureKey(ctx); err != nil {
		return erasure, err
	}
	err := s.writeAlone(ctx, organisation, func(t tx) error {
		if err := s.sameErasureKey(ctx, t, organisation); err != nil {
			return err
		}
		people, err := peopleWith(ctx, t, organisation, employeeNumber)
		if err != nil {
			return err
		}
		// The files are read before anything is written: that takes its time.
		files, err := filesNaming(ctx, t, organisation, employeeNumber, locate)
		if err != nil {
			return err
		}
		change, err := beginChange(ctx, t, "erasure", organisation, actor.ID, nil)
		if err != nil {
			return err
		}
		if err := erase(ctx, t, people, today, change, &erasure); err != nil {
			return err
		}
		if err := forgetFiles(ctx, t, files, &erasure); err != nil {
			return err
		}
		if err := s.noteErasedNumber(ctx, t, organisation, employeeNumber, change); err != nil {
			return err
		}
		err = audit(ctx, t, actor, auditEntry{
			organisation: organisation, operation: "erasePerson", object: personObject(people), changeID: &change, outcome: "erased",
		})
		if err != nil {
			return err
		}
		if err := finishChange(ctx, t, change); err != nil {
			return err
		}
		type row struct {
			Number int64
			MadeAt time.Time
		}
		made, err := readRow[row](ctx, t, `SELECT number, made_at FROM change WHERE id = ?`, change)
		erasure.Change, erasure.ErasedAt = made.Number, made.MadeAt.UTC()
		return err
	})
	if err != nil {
		return domain.Erasure{}, err
	}
	return erasure, nil
}

// erase takes what tells who a person is from all that is and was held about them, and
// ends an employment that lasts on the day, so that figures up to it stay as they are: on
// the organisation's last day, when it has closed before.
func erase(ctx context.Context, t tx, people []int64, today domain.Date, change int64, erasure *domain.Erasure) error {
	for _, id := range people {
		type row struct{ Taken int }
		from, err := readRow[row](ctx, t, `SELECT erase_person(?, ?) AS taken`, erasure.Organisation, id)
		if err != nil {
			return fmt.Errorf("erase rows: %w", err)
		}
		erasure.Rows += from.Taken
	}
	_, closed, err := lifespan(ctx, t, erasure.Organisation)
	if err != nil {
		return err
	}
	last := today
	if closed != nil {
		last = min(today, *closed)
	}
	named := args{"organisation": erasure.Organisation, "people": idArray(people), "today": day(today), "last": day(last), "change": change}
	ended, err := t.exec(ctx, `UPDATE employment_spell SET ended_by = @change WHERE organisation = @organisation AND staff_id = ANY (CAST(@people AS bigint[]))
		AND ended_by IS NULL AND (left_on IS NULL OR left_on > @today)`, named)
	if err != nil {
		return err
	}
	if ended > 0 {
		erasure.EmploymentEndsOn = &last
		if _, err := t.exec(ctx, `INSERT INTO employment_spell (organisation, staff_id, started_on, started_on_estimated, left_on, left_on_estimated, added_by)
			SELECT organisation, staff_id, started_on, started_on_estimated, greatest(started_on, CAST(@last AS date)), true, CAST(@change AS bigint)
			FROM employment_spell WHERE organisation = @organisation AND ended_by = CAST(@change AS bigint)`, named); err != nil {
			return err
		}
	}
	return refreshPeople(ctx, t, erasure.Organisation, people)
}

// namingFile is a kept file that names a person.
type namingFile struct {
	upload string // id
	rows   []int
}

// filesNaming reads all kept files of an organisation and returns those that name a person:
// a list of people may have been sent as another kind of file.
func filesNaming(ctx context.Context, t tx, organisation, employeeNumber string, locate domain.LocateRows) ([]namingFile, error) {
	rows, err := readRows[uploadRow](ctx, t, `SELECT `+uploadColumns+` FROM upload
		WHERE organisation = @organisation
		  AND EXISTS (SELECT FROM upload_file_part p WHERE p.organisation = upload.organisation AND p.upload_id = upload.id AND p.part = 1)
		ORDER BY received_at, id`, args{"organisation": organisation})
	if err != nil {
		return nil, err
	}
	var files []namingFile
	for _, r := range rows {
		upload, err := r.toDomain()
		if err != nil {
			return nil, err
		}
		found, err := locate(ctx, upload, &keptParts{ctx: ctx, t: t, upload: upload}, employeeNumber)
		if err != nil {
			return nil, fmt.Errorf("look through kept file: %w", err)
		}
		if found.Named {
			files = append(files, namingFile{upload: upload.ID, rows: found.Rows})
		}
	}
	return files, nil
}

// forgetFiles deletes files and the findings about the person's rows.
func forgetFiles(ctx context.Context, t tx, files []namingFile, erasure *domain.Erasure) error {
	type row struct{ Gone int }
	for _, file := range files {
		if _, err := readRow[row](ctx, t, `SELECT forget_file(?, CAST(? AS uuid)) AS gone`, erasure.Organisation, file.upload); err != nil {
			return fmt.Errorf("delete kept file: %w", err)
		}
		erasure.FilesDeleted++
		numbers := make(textArray, len(file.rows))
		for i, number := range file.rows {
			numbers[i] = strconv.Itoa(number)
		}
		findings, err := readRow[row](ctx, t, `SELECT forget_findings(?, CAST(? AS uuid), CAST(? AS integer[])) AS gone`, erasure.Organisation, file.upload, numbers)
		if err != nil {
			return fmt.Errorf("delete findings: %w", err)
		}
		erasure.FindingsDeleted += findings.Gone
	}
	return nil
}

// keptParts reads a kept file as it lies in the database. The context is that of the
// transaction in which it is read.
type keptParts struct {
	ctx    context.Context //nolint:containedctx // an io.Reader takes none
	t      tx
	upload domain.Upload
	read   int // parts
	rest   bytes.Reader
}

// Read reads on, part by part.
func (k *keptParts) Read(p []byte) (int, error) {
	for k.rest.Len() == 0 {
		type row struct{ Content []byte }
		rows, err := readRows[row](k.ctx, k.t, `SELECT content FROM upload_file_part WHERE organisation = ? AND upload_id = CAST(? AS uuid) AND part = ?`,
			k.upload.Organisation, k.upload.ID, k.read+1)
		if err != nil {
			return 0, err
		}
		if len(rows) == 0 {
			return 0, io.EOF
		}
		k.read++
		k.rest.Reset(rows[0].Content)
	}
	return k.rest.Read(p)
}

// errErasedSince says why an upload can no longer be withdrawn: of the employment of a
// person who was erased since, nobody can say any more how it stood without it.
var errErasedSince = domain.Conflict("upload_before_erasure",
	"Somebody whose employment this upload told of was erased since, so it can no longer be withdrawn. Send a corrected file instead.")

// refuseErasedSince refuses to withdraw the upload of a change when it added or ended an
// employment of somebody who was erased since.
func refuseErasedSince(ctx context.Context, t tx, organisation string, change int64) error {
	type row struct{ Erased bool }
	found, err := readRow[row](ctx, t, `SELECT EXISTS (
			SELECT FROM employment_spell s JOIN staff_member m ON m.organisation = s.organisation AND m.id = s.staff_id
			WHERE s.organisation = @organisation AND s.added_by = @change AND m.employee_number IS NULL
		) OR EXISTS (
			SELECT FROM employment_spell s JOIN staff_member m ON m.organisation = s.organisation AND m.id = s.staff_id
			WHERE s.organisation = @organisation AND s.ended_by = @change AND m.employee_number IS NULL
		) AS erased`, args{"organisation": organisation, "change": change})
	if err == nil && found.Erased {
		return errErasedSince
	}
	return err
}
