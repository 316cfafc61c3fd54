package sheet_test

import (
	"strings"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// codeFile is the smallest file that has a fault.
type codeFile struct {
	kind   domain.UploadKind
	data   []byte
	change func(*sheet.Options) // nil for the options of every test
}

// ofRegister lists the codes that no file has by itself: what the register holds
// makes them. The tests of the repository produce them.
func ofRegister() []domain.FindingCode {
	return []domain.FindingCode{
		domain.FindingEmployeeUnknown, domain.FindingEmployeeZeros, domain.FindingStartedInEarlier, domain.FindingLeftInLater,
		domain.FindingAnswersWithdrawn, domain.FindingOrganisationClosed, domain.FindingCellsAbsent, domain.FindingStaffAbsent,
		domain.FindingStaffLeft, domain.FindingStaffCreated, domain.FindingReturnStaffList,
		domain.FindingStaffDetails, domain.FindingCompleteEnds, domain.FindingActionOtherDay,
		domain.FindingErasedPerson, domain.FindingBeforePurge, domain.FindingReferenceZeros, domain.FindingPositionReopened, domain.FindingPositionOpenedOn,
	}
}

// checked reads a file and compares its rows with each other and with a register
// that holds nothing, as storing it would.
func (c codeFile) checked(t *testing.T) *domain.Findings {
	t.Helper()
	opts := options(t, c.kind)
	if c.change != nil {
		c.change(&opts)
	}
	file := parseBytes(t, c.data, opts)
	switch {
	case len(file.Staff) > 0:
		domain.PlanStaffList(domain.StaffList{AsAt: *file.AsAt, Rows: file.Staff}, domain.HeldStaff{}, file.Faults)
	case len(file.Assessments.Rows) > 0:
		domain.CheckAssessments(file.Assessments, file.Faults)
	case len(file.Vacancies) > 0:
		domain.PlanVacancies(file.Vacancies, false, nil, nil, file.Faults)
	case len(file.Positions) > 0:
		domain.PlanPositions(file.Positions, false, nil, file.Faults)
	case len(file.Targets) > 0:
		domain.PlanTargets(file.Targets, false, nil, file.Faults)
	}
	return file.Faults
}

func TestEveryCodeIsProduced(t *testing.T) {
	files := codeFiles(t)
	for _, code := range ofRegister() {
		if _, both := files[code]; both {
			t.Errorf("%s is produced by a file and is said to need the register", code)
		}
		files[code] = codeFile{}
	}
	for _, rule := range domain.FindingRules() {
		file, known := files[rule.Code]
		if !known {
			t.Errorf("no file of this test produces %s", rule.Code)
		}
		delete(files, rule.Code)
		if !known || file.data == nil && rule.Code != domain.FindingFileEmpty {
			continue
		}
		t.Run(string(rule.Code), func(t *testing.T) {
			faults := file.checked(t)
			for _, f := range faults.List() {
				if f.Code != rule.Code {
					continue
				}
				if f.Severity != rule.Severity || f.Message == "" || f.Mend == "" {
					t.Errorf("got %+v", f)
				}
				if len(rule.Kinds) > 0 && !containsKind(rule.Kinds, file.kind) {
					t.Errorf("it is published for %v and was found in %s", rule.Kinds, file.kind)
				}
				return
			}
			t.Errorf("found %v", found(domain.UploadFile{Faults: faults}))
		})
	}
	for code := range files {
		t.Errorf("%s is not published", code)
	}
}

func containsKind(kinds []domain.UploadKind, kind domain.UploadKind) bool {
	for _, k := range kinds {
		if k == kind {
			return true
		}
	}
	return false
}

// TestCodesOfFilesAndOrganisationsDiffer looks for a code that a file of
// organisations shares with an upload.
func TestCodesOfFilesAndOrganisationsDiffer(t *testing.T) {
	seen := make(map[domain.FindingCode]bool)
	messages := make(map[string]bool)
	for _, rule := range append(domain.FindingRules(), sheet.OrganisationFindingRules()...) {
		if seen[rule.Code] || messages[rule.Message] && !strings.HasPrefix(string(rule.Code), "organisation_") {
			t.Errorf("%s is published twice, or its words are", rule.Code)
		}
		seen[rule.Code], messages[rule.Message] = true, true
		if !strings.HasPrefix(rule.Example, "Wrong: ") || !strings.Contains(rule.Example, ". Right: ") {
			t.Errorf("%s has no example", rule.Code)
		}
	}
}

// TestFaultsOfFilesArePublished looks for a fault of the reader that becomes a
// finding without being published. The others are problems of the whole request.
func TestFaultsOfFilesArePublished(t *testing.T) {
	published := make(map[domain.FindingCode]bool)
	for _, rule := range domain.FindingRules() {
		published[rule.Code] = true
	}
	problems := map[string]bool{
		sheet.CodeFileTooLarge: true, sheet.CodeTypeUnsupported: true, sheet.CodeOldXLS: true, sheet.CodeEncrypted: true,
		sheet.CodeUnzippedTooLarge: true, sheet.CodeTooManyRows: true, sheet.CodeTooManyColumns: true, sheet.CodeXLSXTooMuchText: true,
		sheet.CodeSheetNotFound: true, // Parse chooses the sheet itself
	}
	notes := map[string]bool{sheet.NoteDelimiter: true} // shown by the mapping
	codes, all := faultCodes(t), 0
	for _, code := range codes {
		all++
		if published[domain.FindingCode(code)] == (problems[code] || notes[code]) {
			t.Errorf("%s is both published as a finding and a problem, or neither", code)
		}
	}
	if all < 25 {
		t.Errorf("only %d codes were found: %v", all, codes)
	}
}
