package sheet_test

import (
	"strings"
	"testing"

	"skillstracker/domain"
)

func TestFormsAreToldApart(t *testing.T) {
	tests := map[string]struct {
		header, row string
		mapping     string
		found       []string
	}{
		"long":                  {"competence,score,needed level", "CCP,1,2", "competence_code level need", nil},
		"wide":                  {"CCP,TEC", "1,2", "CCP TEC", nil},
		"wide with a score":     {"CCP,Score,Need", "1,2,3", "CCP  ", []string{"column_unknown 0 Score", "column_unknown 0 Need"}},
		"both":                  {"competence,level,TEC_need", "CCP,1,2", "competence_code level ", []string{"column_unknown 0 TEC_need", "assessment_forms_mixed 0 TEC_need"}},
		"long without levels":   {"competence", "CCP", "competence_code", []string{"column_missing 0 level", "levels_missing 2"}},
		"neither":               {"band", "5", "band", []string{"competence_columns_missing 0"}},
		"a heading that is one": {"CCP,01-Feb", "1,2", "CCP ", []string{"column_unknown 0 01-Feb"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			file := parseText(t, domain.UploadAssessments, "employee_number,assessed_on,"+test.header, "E1,2026-10-31,"+test.row)
			wantFound(t, file, test.found...)
			var fields []string
			for _, column := range file.Mapping[2:] {
				fields = append(fields, column.Field)
			}
			if got := strings.Join(fields, " "); got != test.mapping {
				t.Errorf("got mapping %q, want %q", got, test.mapping)
			}
		})
	}
	removing := parseText(t, domain.UploadAssessments, "employee_number,assessed_on,action", "E1,2026-10-31,remove")
	wantFound(t, removing)
	storing := parseText(t, domain.UploadAssessments, "employee_number,assessed_on,action", "E1,2026-10-31,remove", "E2,2026-10-31,")
	wantFound(t, storing, "competence_columns_missing 0")
}

func TestCompetenceHeadingsThatBecameDates(t *testing.T) {
	opts := options(t, domain.UploadAssessments)
	opts.Framework, opts.FrameworkVersion = "digcomp", "3.0"
	file := parseBytes(t, workbook(t, "Data", []any{"employee_number", "assessed_on", "1.2", onDay(t, "2026-01-01").Time()},
		[]any{"E1", "2026-10-31", 1, 1}), opts)
	wantFound(t, file, "column_unknown 0 Column D", "code_as_date 0 Column D")
	text := parseBytes(t, []byte("employee_number,assessed_on,1.2,01-Jan\nE1,2026-10-31,1,1\n"), opts)
	wantFound(t, text, "column_unknown 0 01-Jan", "code_as_date 0 01-Jan")
}
