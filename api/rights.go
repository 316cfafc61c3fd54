package api

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// rightsOf returns the caller and the employee number of a request about one person. It
// stands in the body alone, and is trimmed as the numbers of a file are.
func (h *handlers) rightsOf(ctx context.Context, employeeNumber string) (domain.Actor, string, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return actor, "", err
	}
	number := strings.TrimSpace(employeeNumber)
	if number == "" {
		return actor, "", domain.Invalid("employee_number_missing", "The request names nobody.",
			domain.FieldFault{Field: "employee_number", Message: "Give the employee number as the register holds it, with its leading zeros."})
	}
	return actor, number, nil
}

// ErasePerson erases a person of one of the caller's organisations.
func (h *handlers) ErasePerson(ctx context.Context, request spec.ErasePersonRequestObject) (spec.ErasePersonResponseObject, error) {
	actor, number, err := h.rightsOf(ctx, request.Body.EmployeeNumber)
	if err != nil {
		return nil, err
	}
	erasure, err := h.deps.Rights.ErasePerson(ctx, actor, request.Organisation, number, h.today(), h.locateRows)
	if err != nil {
		return nil, fmt.Errorf("erase person: %w", err)
	}
	answer := spec.ErasePerson200JSONResponse{
		Organisation: erasure.Organisation, Change: erasure.Change, ErasedAt: erasure.ErasedAt, Rows: erasure.Rows,
		FilesDeleted: erasure.FilesDeleted, FindingsDeleted: erasure.FindingsDeleted,
	}
	if erasure.EmploymentEndsOn != nil {
		answer.EmploymentEndedOn = &openapi_types.Date{Time: erasure.EmploymentEndsOn.Time()}
	}
	return answer, nil
}

// RestrictPerson keeps a person of one of the caller's organisations out of every
// figure, or lets them in again.
func (h *handlers) RestrictPerson(ctx context.Context, request spec.RestrictPersonRequestObject) (spec.RestrictPersonResponseObject, error) {
	actor, number, err := h.rightsOf(ctx, request.Body.EmployeeNumber)
	if err != nil {
		return nil, err
	}
	restriction, err := h.deps.Rights.RestrictPerson(ctx, actor, request.Organisation, number, request.Body.Restricted)
	if err != nil {
		return nil, fmt.Errorf("restrict person: %w", err)
	}
	return spec.RestrictPerson200JSONResponse{
		Organisation: restriction.Organisation, Restricted: restriction.Restricted, Since: restriction.Since,
	}, nil
}

// locateRows looks for an employee number in a kept file, of which it makes a temporary
// copy as it was sent. One that cannot be unpacked names everybody.
func (h *handlers) locateRows(ctx context.Context, upload domain.Upload, kept io.Reader, employeeNumber string) (_ domain.Mention, err error) {
	packed, damaged := &readFaults{from: kept}, false
	file, size, err := h.writtenFile(func(to io.Writer) error {
		reader, err := gzip.NewReader(packed)
		if err != nil {
			damaged = true
			return packed.err
		}
		unpacked := &readFaults{from: reader}
		// The buffer would keep an error of reading as one of writing.
		_, err = io.Copy(struct{ io.Writer }{to}, io.LimitReader(unpacked, upload.Bytes+1))
		if unpacked.err != nil {
			damaged = true
			return packed.err
		}
		return err
	})
	if err != nil {
		return domain.Mention{}, fmt.Errorf("unpack kept file: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if damaged || size != upload.Bytes {
		return domain.Mention{Named: true}, nil
	}
	return sheet.FindEmployee(ctx, *sourceOf(file, upload), upload, employeeNumber, limitsOfKept(h.deps.Limits.File, size))
}

// limitsOfKept are the limits with which a kept file is read. They may be lower now than when
// the file was stored: rows and columns are as many as settings ever allow, and a workbook
// may unpack to what workbooks do by default, or to ten times its size. One that unpacks to
// more counts as one that cannot be read.
func limitsOfKept(now sheet.Limits, size int64) sheet.Limits {
	const mostColumns, timesUnzipped = 16_384, 10
	now.MaxBytes, now.MaxRows, now.MaxColumns = max(now.MaxBytes, size), math.MaxInt32, mostColumns
	now.MaxUnzipped = max(now.MaxUnzipped, sheet.DefaultLimits().MaxUnzipped, timesUnzipped*size)
	return now
}

// readFaults remembers why a reader could not be read, so that this is not taken for
// damage of what it holds.
type readFaults struct {
	from io.Reader
	err  error
}

func (r *readFaults) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}
