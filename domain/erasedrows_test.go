package domain_test

import (
	"slices"
	"testing"

	"skillstracker/domain"
)

// Rows about erased people go out of a file with whatever was found about them; what was
// found about others, and about the file, stays.
func TestSkipErased(t *testing.T) {
	t.Parallel()
	file := domain.UploadFile{
		Faults: domain.NewFindings(),
		Staff:  []domain.StaffRow{{Row: 2, EmployeeNumber: "gone"}, {Row: 3, EmployeeNumber: "stays"}, {Row: 4}},
		Assessments: domain.AssessmentFile{
			Rows: []domain.AssessmentRow{{Row: 5, EmployeeNumber: "gone", FileRows: 3}, {Row: 8, EmployeeNumber: "stays", FileRows: 2}},
			Spoilt: []domain.SpoiltRows{
				{EmployeeNumber: "gone", Rows: []int{10, 11}}, {EmployeeNumber: "stays", Rows: []int{12}}, {Rows: []int{13}},
			},
		},
	}
	file.Faults.ValidRows = true
	for _, row := range []int{0, 2, 2, 3, 4, 11, 12} {
		file.Faults.Add(domain.FindingValueMissing, domain.Cell{Row: row}, "")
	}
	file.Faults.Add(domain.FindingFTEHigh, domain.Cell{Row: 2}, "")
	file.Faults.LeaveAside(10)
	asked := 0
	file.SkipErased(func(number string) bool { asked++; return number == "gone" }, "Staff no")
	if asked != 2 || file.Erased != 6 {
		t.Errorf("asked %d times, %d rows", asked, file.Erased)
	}
	if len(file.Staff) != 2 || len(file.Assessments.Rows) != 1 || len(file.Assessments.Spoilt) != 2 {
		t.Errorf("%+v", file)
	}
	var found []int
	for _, f := range file.Faults.List() {
		if f.Code == domain.FindingErasedPerson && f.Column == "Staff no" {
			found = append(found, f.Row)
		}
	}
	if !slices.Equal(found, []int{2, 5, 10}) {
		t.Errorf("warned of rows %v", found)
	}
	if file.Faults.Errors() != 4 || file.Faults.Warnings() != 3 || file.Faults.BadRows() != 3 || file.Faults.LeftAside() != 0 || file.Faults.BadRow(2) || !file.Faults.OfFile() {
		t.Errorf("%d errors, %d warnings, %d bad rows, %d aside", file.Faults.Errors(), file.Faults.Warnings(), file.Faults.BadRows(), file.Faults.LeftAside())
	}
}
