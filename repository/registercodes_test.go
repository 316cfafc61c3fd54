package repository_test

import (
	"slices"
	"testing"

	"skillstracker/domain"
)

// Each code that only the register can tell is produced by a file after another one.
// The tests of the files' reader produce all other codes and list these.
func TestEveryCodeOfTheRegisterIsProduced(t *testing.T) {
	t.Parallel()
	day, month := date(2026, 9, 30), date(2026, 9, 30)
	list := func(rows ...domain.StaffRow) domain.UploadFile {
		return people("RXA", date(2026, 6, 30), true, rows...)
	}
	for code, files := range map[domain.FindingCode]func(r register) []domain.UploadFile{
		domain.FindingEmployeeUnknown: func(r register) []domain.UploadFile {
			return []domain.UploadFile{list(nurse("0001")), r.assessmentFile(t, "RXA", assessed("0002", day, all(1)))}
		},
		domain.FindingEmployeeZeros: func(r register) []domain.UploadFile {
			return []domain.UploadFile{list(nurse("0001")), r.assessmentFile(t, "RXA", assessed("1", day, all(1)))}
		},
		domain.FindingStartedInEarlier: func(register) []domain.UploadFile {
			return []domain.UploadFile{
				list(nurse("1", startedOn(date(2026, 2, 1)), leftOn(date(2026, 7, 31)))), people("RXA", day, false, nurse("1", startedOn(date(2026, 7, 1)))),
			}
		},
		domain.FindingLeftInLater: func(register) []domain.UploadFile {
			return []domain.UploadFile{
				people("RXA", day, false, nurse("1", startedOn(date(2026, 8, 1)))), list(nurse("1", leftOn(date(2026, 8, 31)))),
			}
		},
		domain.FindingAnswersWithdrawn: func(r register) []domain.UploadFile {
			return []domain.UploadFile{
				list(nurse("1")), r.assessmentFile(t, "RXA", assessed("1", day, all(1))), r.assessmentFile(t, "RXA", assessed("1", day, levels(1, 1, 1, 1, 1, no))),
			}
		},
		domain.FindingOrganisationClosed: func(r register) []domain.UploadFile {
			importAll(t, r.Store, edition(date(2025, 2, 1), entry("RXD", "Trust D (synthetic)", open(nil, datePointer(date(2026, 3, 31))))))
			return []domain.UploadFile{people("RXD", day, true, nurse("1"))}
		},
		domain.FindingCellsAbsent: func(register) []domain.UploadFile {
			return []domain.UploadFile{
				vacancies("RXA", cell(month, "03", "5", establishment(1, 1))), vacancies("RXA", cell(month, "03", "6", establishment(1, 1))),
			}
		},
		domain.FindingStaffAbsent: func(register) []domain.UploadFile {
			return []domain.UploadFile{list(nurse("1"), nurse("2")), people("RXA", day, false, nurse("1"))}
		},
		domain.FindingActionOtherDay: func(register) []domain.UploadFile {
			return []domain.UploadFile{list(nurse("1"), nurse("2")), people("RXA", day, false, nurse("1", removed), nurse("2"))}
		},
		domain.FindingStaffDetails: func(register) []domain.UploadFile {
			return []domain.UploadFile{list(nurse("1")), people("RXA", day, false, nurse("1", inBand(domain.NotGiven)))}
		},
		domain.FindingCompleteEnds: func(register) []domain.UploadFile {
			return []domain.UploadFile{list(nurse("1"), nurse("2"), nurse("3")), people("RXA", day, true, nurse("1"))}
		},
		domain.FindingStaffLeft: func(r register) []domain.UploadFile {
			return []domain.UploadFile{list(nurse("1", leftOn(date(2026, 8, 31)))), r.assessmentFile(t, "RXA", assessed("1", day, all(1)))}
		},
		domain.FindingStaffCreated: func(r register) []domain.UploadFile {
			return []domain.UploadFile{creating(r.assessmentFile(t, "RXA", assessed("1", day, all(1))))}
		},
		domain.FindingReturnStaffList: func(register) []domain.UploadFile {
			return []domain.UploadFile{people("RXA", day, true, nurse("1")), vacancies("RXA", cell(month, "03", "", establishment(9, 9)))}
		},
		domain.FindingReferenceZeros: func(register) []domain.UploadFile {
			return []domain.UploadFile{positions("RXA", post("0042")), positions("RXA", post("42"))}
		},
		domain.FindingPositionReopened: func(register) []domain.UploadFile {
			return []domain.UploadFile{positions("RXA", post("A", filledOn(date(2026, 5, 4)))), positions("RXA", post("A"))}
		},
		domain.FindingPositionOpenedOn: func(register) []domain.UploadFile {
			return []domain.UploadFile{positions("RXA", post("A")), positions("RXA", post("A", openedOn(date(2026, 3, 3))))}
		},
	} {
		t.Run(string(code), func(t *testing.T) {
			t.Parallel()
			r := newRegister(t)
			steps := files(r)
			for i, file := range steps {
				upload := r.send(t, file)
				found := slices.ContainsFunc(upload.Findings, func(f domain.Finding) bool { return f.Code == code })
				if last := i == len(steps)-1; found != last {
					t.Errorf("file %d: the finding is there: %t, want %t: %v", i+1, found, last, foundCodes(upload.Findings))
				}
			}
		})
	}
}
