package sheet_test

import (
	"fmt"
	"strings"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

func unusualFiles() map[domain.FindingCode]codeFile {
	return map[domain.FindingCode]codeFile{
		domain.FindingFTEHigh:   staffCells("E1", "08", "37.5"),
		domain.FindingFTEZero:   staffCells("E1", "08", "0"),
		domain.FindingListOld:   staffFile("as_at", "2016-10-31"),
		domain.FindingReturnOld: lines(domain.UploadVacancies, "as_at,staff_group,bank_fte", "2016-10-31,08,1"),
		domain.FindingAssessmentOld: assessmentFile("CCP", "1").with(func(o *sheet.Options) {
			o.Today = o.Today.AddMonths(121)
		}),
		domain.FindingStartedLongAgo:       staffFile("started_on", "1926-01-01"),
		domain.FindingLeftFarAhead:         staffFile("left_on", "2099-12-31"),
		domain.FindingBudgetZero:           vacancyFile("budgeted_fte,contracted_fte", "0,1"),
		domain.FindingReportedAboveBudget:  vacancyFile("budgeted_fte,reported_vacancies", "1.5,3"),
		domain.FindingAdvertAboveBudget:    vacancyFile("budgeted_fte,advertised_posts", "1.5,3"),
		domain.FindingTemporaryAboveBudget: vacancyFile("budgeted_fte,bank_fte,agency_fte", "1.5,1,0.6"),
		domain.FindingFTEAboveHeadcount:    vacancyFile("contracted_fte,staff_headcount", "3.1,2"),
	}
}

func recordFiles() map[domain.FindingCode]codeFile {
	more := func(file codeFile, rows ...string) codeFile {
		file.data = []byte(string(file.data) + "\n" + strings.Join(rows, "\n"))
		return file
	}
	crowd := make([]string, 33_000)
	for i := range crowd {
		crowd[i] = fmt.Sprintf("E1,08,0.%05d", i%10_000+1)
	}
	return map[domain.FindingCode]codeFile{
		domain.FindingAsAtMixed:          more(staffFile("as_at", "2026-10-31"), "E2,08,1,2026-10-30"),
		domain.FindingFrameworkMixed:     more(assessmentFile("framework,CCP", "hdc,1"), "E2,2026-10-31,digcomp,1"),
		domain.FindingDateOrder:          staffFile("started_on,left_on", "2026-01-02,2026-01-01"),
		domain.FindingStartedAfterList:   staffFile("as_at,started_on", "2026-10-31,2026-11-01"),
		domain.FindingFTESum:             more(staffCells("E1", "08", "9000000"), "E1,08,9000000"),
		domain.FindingAssignmentsMany:    more(staffCells("E1", "08", "1"), crowd...),
		domain.FindingAssignmentRepeated: more(staffCells("E1", "08", "1"), "E1,08,1"),
		domain.FindingActionNotHeld:      staffFile("action", "remove"),
		domain.FindingRowConflict:        vacancyFile("bank_fte", "1", "2"),
		domain.FindingRowsStoreRemove:    more(staffFile("action", "remove"), "E1,08,1,"),
		domain.FindingAnswersConflict:    more(assessmentFile("competence_code,level", "CCP,1"), "E1,2026-10-31,CCP,2"),
		domain.FindingRowDuplicate:       vacancyFile("bank_fte", "1", "1"),
		domain.FindingRowLeftAside: more(staffCells("E1", "08", "x"), "E1,08,1").with(func(o *sheet.Options) {
			o.ValidRows = true
		}),
		domain.FindingLevelsMissing:   assessmentFile("CCP", ""),
		domain.FindingMeasuresMissing: vacancyFile("bank_fte", ""),
		domain.FindingReturnUnchanged: more(vacancyFile("bank_fte", "1"), "2026-09-30,08,1"),
		domain.FindingReturnJump:      more(vacancyFile("contracted_fte", "1"), "2026-09-30,08,5"),
	}
}
