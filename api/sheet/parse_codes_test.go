package sheet_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/domain"
)

// TestEveryCodeIsProduced has a file for each finding that can be made without
// the register, and the list of those that need it or other rows of the file.
func TestEveryCodeIsProduced(t *testing.T) {
	staff := func(column, value string) []string {
		return []string{"employee_number,staff_group,fte," + column, "E1,08,1," + value}
	}
	instead := func(column, value string) []string {
		cells := map[string]string{"employee_number": "E1", "staff_group": "08", "fte": "1"}
		cells[column] = value
		return []string{"employee_number,staff_group,fte", cells["employee_number"] + "," + cells["staff_group"] + "," + cells["fte"]}
	}
	levels := func(columns, values string) []string {
		return []string{"employee_number,assessed_on," + columns, "E1,2026-10-31," + values}
	}
	files := map[domain.FindingCode][]string{
		domain.FindingFileUnreadable:      append(instead("fte", "1"), `"open`),
		domain.FindingFileEmpty:           instead("fte", "1")[:1],
		domain.FindingHeaderMissing:       {"a,b"},
		domain.FindingColumnMissing:       {"fte,band", "1,5"},
		domain.FindingColumnTwice:         staff("wte", "1"),
		domain.FindingColumnUnknown:       staff("shoe", "1"),
		domain.FindingPersonalDataColumn:  staff("surname", "x"),
		domain.FindingPersonalDataValue:   staff("team", syntheticEmail),
		domain.FindingValueMissing:        instead("fte", ""),
		domain.FindingValueTooLong:        staff("team", strings.Repeat("x", 101)),
		domain.FindingCellError:           staff("team", "#VALUE!"),
		domain.FindingEmployeeNumberBad:   instead("employee_number", "1E+12"),
		domain.FindingStaffGroupUnknown:   instead("staff_group", "x"),
		domain.FindingJobRoleUnknown:      staff("job_role_code", "x"),
		domain.FindingJobRoleGroup:        staff("job_role_code", "03007"),
		domain.FindingJobRoleRetired:      staff("job_role_code", "08028"),
		domain.FindingBandUnknown:         staff("band", "x"),
		domain.FindingAreaUnknown:         staff("area_of_work", "x"),
		domain.FindingAreaAmbiguous:       staff("area_of_work", "Coding"),
		domain.FindingContractUnknown:     staff("contract_type", "x"),
		domain.FindingDateInvalid:         staff("as_at", "x"),
		domain.FindingDateMonthDay:        staff("as_at", "10/31/2026"),
		domain.FindingDateTwoDigit:        staff("as_at", "31/10/26"),
		domain.FindingDateFuture:          staff("as_at", "2027-10-31"),
		domain.FindingDateNotMonthEnd:     {"as_at,staff_group,bank_fte", "2026-10-30,08,1"},
		domain.FindingDateOrder:           {"employee_number,staff_group,fte,started_on,left_on", "E1,08,1,2026-01-02,2026-01-01"},
		domain.FindingDateBeforeFramework: {"employee_number,assessed_on,CCP", "E1,2001-10-31,1"},
		domain.FindingAsAtMixed:           append(staff("as_at", "2026-10-31"), "E2,08,1,2026-10-30"),
		domain.FindingNumberInvalid:       instead("fte", "x"),
		domain.FindingNumberNegative:      instead("fte", "-1"),
		domain.FindingNumberTooLarge:      instead("fte", "123456789"),
		domain.FindingFTEHigh:             instead("fte", "37.5"),
		domain.FindingFTEZero:             instead("fte", "0"),
		domain.FindingActionUnknown:       staff("action", "x"),
		domain.FindingAssessorUnknown:     levels("assessor_kind,CCP", "x,1"),
		domain.FindingFrameworkUnknown:    levels("framework,CCP", "x,1"),
		domain.FindingFrameworkMixed:      append(levels("framework,CCP", "hdc,1"), "E2,2026-10-31,digcomp,1"),
		domain.FindingLevelInvalid:        levels("CCP", "x"),
		domain.FindingLevelOutOfRange:     levels("CCP", "5"),
		domain.FindingCompetencesMissing:  levels("team", "x"),
		domain.FindingEncodingAssumed:     staff("team", "Caf\xe9"),
		domain.FindingFileNote:            instead("fte", "0.666666667"),
		domain.FindingRowLong:             {"employee_number,staff_group,fte", "E1,08,0,5"},
	}
	elsewhere := []domain.FindingCode{
		domain.FindingEmployeeUnknown, domain.FindingEmployeeZeros, domain.FindingActionNotHeld, domain.FindingLevelsMissing,
		domain.FindingAnswersWithdrawn, domain.FindingRowConflict, domain.FindingRowDuplicate, domain.FindingAssignmentRepeated,
		domain.FindingOrganisationClosed, domain.FindingMeasuresMissing, domain.FindingBudgetZero, domain.FindingCellsAbsent,
		domain.FindingStaffAbsent, domain.FindingStaffLeft, domain.FindingReturnUnchanged, domain.FindingReturnJump,
	}
	workbooks := map[domain.FindingCode][]byte{
		domain.FindingSheetsSeveral:        twoSheets(t),
		domain.FindingCodeNumeric:          workbook(t, "Data", []any{"employee_number", "staff_group", "fte", "job_role_code"}, []any{"E1", "08", 1, 8014}),
		domain.FindingEmployeeNumberNumber: workbook(t, "Data", []any{"employee_number", "staff_group", "fte"}, []any{7, "08", 1}),
	}
	for _, rule := range domain.FindingRules() {
		data := workbooks[rule.Code]
		if lines, ok := files[rule.Code]; ok {
			data = []byte(strings.Join(lines, "\n"))
		}
		if data == nil {
			if !slices.Contains(elsewhere, rule.Code) {
				t.Errorf("no file of this test produces %s", rule.Code)
			}
			continue
		}
		t.Run(string(rule.Code), func(t *testing.T) {
			kind := domain.UploadStaff
			switch {
			case strings.Contains(string(data), "assessed_on"):
				kind = domain.UploadAssessments
			case strings.Contains(string(data), "bank_fte"):
				kind = domain.UploadVacancies
			}
			file := parseBytes(t, data, options(t, kind))
			at := slices.IndexFunc(file.Faults.List(), func(f domain.Finding) bool { return f.Code == rule.Code })
			if at < 0 {
				t.Fatalf("found %v", found(file))
			}
			if got := file.Faults.List()[at]; got.Severity != rule.Severity || got.Message == "" || got.Mend == "" {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// twoSheets is a workbook with the rows of two sites on a sheet each.
func twoSheets(t *testing.T) []byte {
	t.Helper()
	book := excelize.NewFile()
	if err := book.SetSheetName("Sheet1", "Site A"); err != nil {
		t.Fatal(err)
	}
	if _, err := book.NewSheet("Site B"); err != nil {
		t.Fatal(err)
	}
	for i, sheet := range []string{"Site A", "Site B"} {
		fill(t, book, sheet, [][]any{{"employee_number", "staff_group", "fte"}, {fmt.Sprintf("E%d", i), "08", 1}})
	}
	return saved(t, book)
}
