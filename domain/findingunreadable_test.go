package domain_test

import (
	"testing"

	"skillstracker/domain"
)

func TestUnreadableFiles(t *testing.T) {
	t.Parallel()
	for code, want := range map[domain.FindingCode]bool{
		domain.FindingFileEmpty:       true,
		domain.FindingCellTooLong:     true,
		domain.FindingXLSXDamaged:     true,
		domain.FindingXLSXHostile:     true,
		domain.FindingCSVNulByte:      true,
		domain.FindingCSVControl:      true,
		domain.FindingCSVQuote:        true,
		domain.FindingCSVLineTooLong:  true,
		domain.FindingCSVEncoding:     true,
		domain.FindingJSONSyntax:      true,
		domain.FindingJSONShape:       true,
		domain.FindingJSONTwice:       true,
		domain.FindingJSONEncoding:    true,
		domain.FindingJSONControl:     true,
		domain.FindingRowsMissing:     false,
		domain.FindingColumnMissing:   false,
		domain.FindingBandUnknown:     false,
		domain.FindingEmployeeUnknown: false,
	} {
		faults := domain.NewFindings()
		faults.Add(code, domain.Cell{}, "")
		if faults.Unreadable() != want {
			t.Errorf("%s: the file is unreadable: %t", code, !want)
		}
	}
	if domain.NewFindings().Unreadable() {
		t.Error("a file without findings is unreadable")
	}
}
