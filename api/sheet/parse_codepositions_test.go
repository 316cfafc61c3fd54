package sheet_test

import (
	"strings"
	"testing"

	"skillstracker/domain"
)

// positionFile is a file of one vacancy with one more column.
func positionFile(column, value string) codeFile {
	return lines(domain.UploadPositions, "vacancy_reference,staff_group,opened_on,fte,"+column, "V1,08,2026-08-05,1,"+value)
}

// referenceFile is a file of one vacancy with another reference.
func referenceFile(reference string) codeFile {
	return lines(domain.UploadPositions, "vacancy_reference,staff_group,opened_on,fte", reference+",08,2026-08-05,1")
}

func positionFiles(t *testing.T) map[domain.FindingCode]codeFile {
	t.Helper()
	cell := func(reference any) codeFile {
		return codeFile{kind: domain.UploadPositions, data: workbook(t, "Data",
			[]any{"vacancy_reference", "staff_group", "opened_on", "fte"}, []any{reference, "08", "2026-08-05", 1})}
	}
	return map[domain.FindingCode]codeFile{
		domain.FindingReferenceNumber:     cell(4711),
		domain.FindingReferenceBad:        cell(4711.5),
		domain.FindingReferenceLong:       referenceFile(strings.Repeat("7", 51)),
		domain.FindingReferenceWords:      referenceFile("two words"),
		domain.FindingReferenceScientific: referenceFile("2.01E+11"),
		domain.FindingReferenceDigits:     cell(1e16),
		domain.FindingPersonalDataReference: lines(domain.UploadPositions, append([]string{"vacancy_reference"}, passing(3)...)...).
			headed(",staff_group,opened_on,fte", ",08,2026-08-05,1"),
		domain.FindingStatusUnknown:      positionFile("status", "13"),
		domain.FindingPostsRange:         positionFile("posts", "1000"),
		domain.FindingPostsFTEZero:       lines(domain.UploadPositions, "vacancy_reference,staff_group,opened_on,fte", "V1,08,2026-08-05,0"),
		domain.FindingPostsFTEHigh:       lines(domain.UploadPositions, "vacancy_reference,staff_group,opened_on,fte", "V1,08,2026-08-05,37.5"),
		domain.FindingClosedBeforeOpened: positionFile("closed_on", "2026-08-04"),
		domain.FindingClosedOnMissing:    positionFile("status", "09"),
		domain.FindingClosedOnOpen:       positionFile("status,closed_on", "01,2026-08-20"),
		domain.FindingOpenLong:           lines(domain.UploadPositions, "vacancy_reference,staff_group,opened_on,fte", "V1,08,2016-08-05,1"),
	}
}

// targetFile is a file of one target.
func targetFile(columns, values string) codeFile {
	return lines(domain.UploadTargets, "framework,framework_version,valid_from,"+columns, "digcomp,3.0,2026-04-01,"+values)
}

func targetFiles() map[domain.FindingCode]codeFile {
	return map[domain.FindingCode]codeFile{
		domain.FindingDomainUnknown:    targetFile("level,domain_code", "1,9"),
		domain.FindingSubjectMissing:   targetFile("level,domain_code", "1,"),
		domain.FindingSubjectTwice:     targetFile("level,domain_code,competence_code", "1,2,2.1"),
		domain.FindingValidFromUnusual: lines(domain.UploadTargets, "framework,framework_version,valid_from,level,domain_code", "digcomp,3.0,2062-04-01,1,2"),
		domain.FindingTargetEndNotHeld: targetFile("level,domain_code", ",2"),
	}
}
