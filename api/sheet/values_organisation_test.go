package sheet_test

import (
	"strings"
	"testing"

	"skillstracker/domain"
)

func TestOrganisationColumn(t *testing.T) {
	tests := []struct{ value, wanted, found string }{
		{"RRK", "RRK", ""},
		{" rrk ", "RRK", ""},
		{"", "RRK", ""},
		{"RYJ", "RRK", "organisation_other 2 ODS code"},
		{"RYJ", "", ""},
		{"G6V2S", "RRK", "organisation_other 2 ODS code"},
		{"000", "000", ""},
		{"0", "000", "code_zeros_lost 2 ODS code"},
		{"78", "", "code_zeros_lost 2 ODS code"},
		{"5.00E+01", "5E1", "code_scientific 2 ODS code"},
		{"5E+01", "5E1", "code_scientific 2 ODS code"},
		{"5E1", "5E1", ""},
		{"08-Jan", "8-1", "code_as_date 2 ODS code"},
		{"#N/A", "RRK", "cell_error 2 ODS code"},
		{"Synthetic NHS Trust", "RRK", "organisation_not_compared 0 ODS code"},
	}
	rows := map[domain.UploadKind][2]string{
		domain.UploadStaff:       {"employee_number,staff_group,fte", "E1,08,1"},
		domain.UploadAssessments: {"employee_number,assessed_on,CCP", "E1,2026-10-31,1"},
		domain.UploadVacancies:   {"as_at,staff_group,bank_fte", "2026-10-31,08,1"},
		domain.UploadPositions:   {"vacancy_reference,opened_on,staff_group,fte", "V1,2026-10-05,08,1"},
		domain.UploadTargets:     {"framework,framework_version,domain_code,valid_from,level", "hdc,2018,TEC,2026-04-01,1"},
	}
	for kind, row := range rows {
		for _, test := range tests {
			t.Run(string(kind)+" "+test.value, func(t *testing.T) {
				opts := options(t, kind)
				opts.Organisation = test.wanted
				file := parseBytes(t, []byte(row[0]+",ODS code\n"+row[1]+","+test.value+"\n"), opts)
				var want []string
				if test.found != "" {
					want = []string{test.found}
				}
				wantFound(t, file, want...)
				if last := file.Mapping[len(file.Mapping)-1]; last.Field != "organisation" {
					t.Errorf("the column is taken for %q", last.Field)
				}
			})
		}
	}
}

func TestOrganisationCodesOfWorkbooks(t *testing.T) {
	opts := options(t, domain.UploadStaff)
	opts.Organisation = "RRK"
	file := parseBytes(t, workbook(t, "Data", []any{"employee_number", "staff_group", "fte", "org code"},
		[]any{"E1", "08", 1, 50}, []any{"E2", "08", 1, 0}, []any{"E3", "08", 1, onDay(t, "2026-01-08").Time()}, []any{"E4", "08", 1, 5e25},
		[]any{"E5", "08", 1, true}, []any{"E6", "08", 1, "a name"}), opts)
	wantFound(t, file, "code_numeric 2 org code", "code_numeric 3 org code", "code_as_date 4 org code", "code_scientific 5 org code",
		"organisation_not_compared 0 org code")
}

func TestRowsThatRemoveAreComparedToo(t *testing.T) {
	opts := options(t, domain.UploadStaff)
	opts.Organisation = "RRK"
	file := parseBytes(t, []byte(strings.Join([]string{"employee_number,organisation,action", "E1,RYJ,remove", "E2,RRK,remove"}, "\n")), opts)
	wantFound(t, file, "organisation_other 2 organisation")
}
