package api

import (
	"bytes"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// A kept file of somebody else is not taken for one that names the person because the
// limits have become lower since it was stored.
func TestKeptFilesBeyondTheLimitsOfToday(t *testing.T) {
	t.Parallel()
	file := []byte("employee_number,staff_group,fte\n1,03,1\n2,03,1\n3,03,1\n")
	size := int64(len(file))
	upload := domain.Upload{Kind: domain.UploadStaff, Format: "csv", Mapping: []domain.MappedColumn{
		{Header: "employee_number", Field: "employee_number"}, {Header: "staff_group", Field: "staff_group"}, {Header: "fte", Field: "fte"},
	}}
	low := sheet.Limits{MaxBytes: 1, MaxRows: 1, MaxColumns: 1, MaxUnzipped: 1, MaxCellChars: 1000}
	for name, limits := range map[string]sheet.Limits{"raised": limitsOfKept(low, size), "as they are": sheet.DefaultLimits()} {
		for number, named := range map[string]bool{"3": true, "4": false} {
			found, err := sheet.FindEmployee(t.Context(), sheet.Source{File: bytes.NewReader(file), Size: size}, upload, number, limits)
			if err != nil || found.Named != named {
				t.Errorf("%s, %s: %+v, %v", name, number, found, err)
			}
		}
	}
	if got := limitsOfKept(low, 100<<20); got.MaxUnzipped != 1000<<20 {
		t.Errorf("a workbook of 100 MiB may unpack to %d bytes", got.MaxUnzipped)
	}
}
