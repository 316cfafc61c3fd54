package sheet_test

import (
	"testing"

	"skillstracker/domain"
)

// TestFaultsOfTheWholeFile tells the faults with which no row can be stored, even
// where rows with errors are left out, from faults of rows.
func TestFaultsOfTheWholeFile(t *testing.T) {
	staff := "employee_number,staff_group,fte"
	tests := map[string]struct {
		kind   domain.UploadKind
		lines  []string
		ofFile bool
		bad    []int
	}{
		"a column is missing":         {domain.UploadStaff, []string{"employee_number,fte", "E1,1"}, true, nil},
		"two columns mean the same":   {domain.UploadStaff, []string{staff + ",wte", "E1,08,1,1"}, true, nil},
		"month first":                 {domain.UploadStaff, []string{staff + ",started_on", "E1,08,1,12/31/2020", "E2,08,1,2020-01-01"}, true, nil},
		"the list lies in the future": {domain.UploadStaff, []string{staff + ",as_at", "E1,08,1,2026-12-31", "E2,08,1,"}, true, nil},
		"a date of another list":      {domain.UploadStaff, []string{staff + ",as_at", "E1,08,1,2026-10-31", "E2,08,1,2026-12-31", "E3,08,1,2026-10-30", "E4,08,1,"}, false, []int{3, 4}},
		"another framework": {
			domain.UploadAssessments,
			[]string{"employee_number,assessed_on,framework,CCP", "E1,2026-10-31,hdc,1", "E2,2026-10-31,digcomp,1", "E3,2026-10-31,digcomp,1", "E4,2026-10-31,none,1", "E5,2026-10-31,,1"},
			false,
			[]int{3, 4, 5},
		},
		"no competence":                 {domain.UploadAssessments, []string{"employee_number,assessed_on,band", "E1,2026-10-31,5"}, true, nil},
		"both forms":                    {domain.UploadAssessments, []string{"employee_number,assessed_on,competence,level,CCP", "E1,2026-10-31,CCP,1,1"}, true, nil},
		"a row that is too long":        {domain.UploadStaff, []string{staff, "E1,08,0,5", "E2,08,1"}, false, []int{2}},
		"another organisation":          {domain.UploadStaff, []string{staff + ",organisation", "E1,08,1,RYJ", "E2,08,1,RRK"}, false, []int{2}},
		"neither competence nor domain": {domain.UploadTargets, []string{"framework,framework_version,level,valid_from", "hdc,2018,1,2026-04-01"}, true, nil},
		"a framework of one row": {
			domain.UploadTargets,
			[]string{"framework,framework_version,domain_code,level,valid_from", "hdc,2018,TEC,1,2026-04-01", "none,1,TEC,1,2026-04-01", "digcomp,3.0,2,1,2026-04-01"},
			false,
			[]int{3},
		},
		"a vacancy that closed too early": {
			domain.UploadPositions, []string{"vacancy_reference,staff_group,fte,opened_on,closed_on", "V1,08,1,2026-10-05,2026-10-04", "V2,08,1,2026-10-05,"}, false, []int{2},
		},
		"a value that is no code": {domain.UploadVacancies, []string{"as_at,staff_group,bank_fte", "2026-10-31,x,1", "2026-10-31,08,1"}, false, []int{2}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			opts := options(t, test.kind)
			opts.ValidRows, opts.Organisation = true, "RRK"
			data := ""
			for _, line := range test.lines {
				data += line + "\n"
			}
			file := parseBytes(t, []byte(data), opts)
			if !file.Faults.ValidRows || file.Faults.OfFile() != test.ofFile || file.Faults.BadRows() != len(test.bad) {
				t.Errorf("of the file: %t, found %v", file.Faults.OfFile(), found(file))
			}
			for _, row := range test.bad {
				if !file.Faults.BadRow(row) {
					t.Errorf("row %d has no error: %v", row, found(file))
				}
			}
		})
	}
}
