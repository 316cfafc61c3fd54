package repository_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// A file stored in part leaves what the same file without its rejected and skipped
// rows leaves: random files with errors of every sort go to one organisation and
// their sound rows to another with the same past.
func TestAFileStoredInPartIsItsSoundRows(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 5))
	r := newRegister(t)
	for _, organisation := range []string{"RXA", "RXB"} {
		r.store(t, people(organisation, date(2026, 1, 31), true, nurse("0001"), nurse("0002"), nurse("0003"), nurse("0004")))
	}
	states := make(map[domain.UploadState]int)
	for round := range 60 {
		file := r.randomFile(t, random, round)
		sound := file
		sound.Organisation, sound.Faults = "RXB", domain.NewFindings()
		upload := r.send(t, inPart(file))
		states[upload.State]++
		out := make(map[int]bool)
		for _, f := range upload.Findings {
			if f.Severity == domain.SeverityError || f.Code == domain.FindingRowLeftAside {
				out[f.Row] = true
			}
		}
		sound.Staff = slices.DeleteFunc(slices.Clone(file.Staff), func(row domain.StaffRow) bool { return out[row.Row] })
		sound.Assessments.Rows = slices.DeleteFunc(slices.Clone(file.Assessments.Rows), func(row domain.AssessmentRow) bool { return out[row.Row] })
		left := len(sound.Staff) + len(sound.Assessments.Rows)
		if sound.Counts.RowsRead = left; left == 0 {
			if upload.State != domain.UploadRejected {
				t.Fatalf("round %d: no row was sound and the file is %s", round, upload.State)
			}
			continue
		}
		want := r.store(t, sound).Counts
		// The sound rows alone have none of these; how many there must be stands below.
		want.RowsRead, want.Rejected, want.Skipped = upload.Counts.RowsRead, upload.Counts.Rejected, upload.Counts.Skipped
		if upload.Counts != want || upload.Counts.Rejected+upload.Counts.Skipped != len(out) {
			t.Fatalf("round %d: counts %+v, of the sound rows %+v, %d rows left out", round, upload.Counts, want, len(out))
		}
		for what, held := range map[string]func(*testing.T, string) []string{"positions": r.positions, "spells": r.spells, "answers": r.answers} {
			if diff := cmp.Diff(held(t, "RXB"), held(t, "RXA")); diff != "" {
				t.Fatalf("round %d: %s (-sound rows +stored in part):\n%s", round, what, diff)
			}
		}
	}
	if states[domain.UploadPartlyApplied] < 20 || states[domain.UploadApplied] == 0 || states[domain.UploadRejected] == 0 {
		t.Errorf("the files came to %v", states)
	}
}

func (r register) randomFile(t *testing.T, random *rand.Rand, round int) domain.UploadFile {
	t.Helper()
	number := func() string { return pick(random, "0001", "0002", "0003", "0004", "0005", "1", "0006") }
	rows := 1 + random.IntN(7)
	var file domain.UploadFile
	if round%2 == 0 {
		var list []domain.StaffRow
		for range rows {
			list = append(list, nurse(number(), func(row *domain.StaffRow) {
				row.Band, row.FTE = pick(random, "5", "6"), pick(random, domain.FTEUnit, domain.FTEUnit/2)
				if random.IntN(6) == 0 {
					removed(row)
				}
				if random.IntN(6) == 0 {
					row.StartedOn = datePointer(date(2026, 1, 1) + domain.Date(random.IntN(400)))
				}
			}))
		}
		file = people("RXA", date(2026, 2, 28)+domain.Date(random.IntN(200)), false, list...)
	} else {
		var list []domain.AssessmentRow
		for range rows {
			list = append(list, assessed(number(), date(2026, 3, 1)+domain.Date(random.IntN(2)), all(pick(random, domain.Level(1), 2, no)), func(row *domain.AssessmentRow) {
				if random.IntN(6) == 0 {
					withdrawn(row)
				}
			}))
		}
		file = r.assessmentFile(t, "RXA", list...)
	}
	for i := range rows {
		if random.IntN(6) == 0 {
			file = faulty(file, i+2)
		}
	}
	return file
}
