package repository_test

import (
	"testing"

	"skillstracker/domain"
)

// scene is a register with the test that looks at it.
type scene struct {
	register
	t *testing.T
}

// Without a key a file is recognised when it was stored whole and nothing of the
// organisation has changed since. Each step says whether the answer is an earlier one.
func TestTheSameFileWithoutAKey(t *testing.T) {
	t.Parallel()
	type step struct {
		do       func(scene) domain.Upload
		repeated bool
		state    domain.UploadState
	}
	store := func(name string, month int) func(scene) domain.Upload {
		return func(r scene) domain.Upload { return r.send(r.t, sent(name, monthOf("RXA", month))) }
	}
	applied, rejected := domain.UploadApplied, domain.UploadRejected
	staffOn := func(day domain.Date) func(scene) domain.Upload {
		return func(r scene) domain.Upload {
			return r.send(r.t, sent("list", people("RXA", day, true, nurse("0001"))))
		}
	}
	assessment := func(r scene) domain.Upload {
		return r.send(r.t, sent("assessments", r.assessmentFile(t, "RXA", assessed("0001", date(2026, 10, 1), all(1)))))
	}
	inPart := func(r scene) domain.Upload {
		file := sent("part", vacancies("RXA", cell(date(2026, 5, 31), "03", "5", establishment(2, 1)), withdrawnCell(date(2026, 5, 31), "04", "5")))
		file.Mode = domain.ModeValidRows
		return r.send(r.t, file)
	}
	void := func(r scene) domain.Upload {
		list, _, err := r.Uploads(r.t.Context(), hr("RXA"), "RXA", domain.UploadFilter{}, domain.Page{Limit: 1})
		if err != nil {
			r.t.Fatal(err)
		}
		upload, err := r.VoidUpload(r.t.Context(), hr("RXA"), list[0].ID)
		if err != nil {
			r.t.Fatal(err)
		}
		return upload
	}
	otherOptions := func(r scene) domain.Upload {
		file := sent("a", monthOf("RXA", 1))
		file.Options[31] = 7
		return r.send(r.t, file)
	}
	preview := func(r scene) domain.Upload {
		return r.send(r.t, previewed(sent("a", monthOf("RXA", 1))))
	}
	for name, steps := range map[string][]step{
		"A-A":                     {{store("a", 1), false, applied}, {store("a", 1), true, applied}, {store("a", 1), true, applied}},
		"A-B-A":                   {{store("a", 1), false, applied}, {store("b", 2), false, applied}, {store("a", 1), false, applied}, {store("a", 1), true, applied}},
		"A-void-A":                {{store("a", 1), false, applied}, {void, false, domain.UploadVoided}, {store("a", 1), false, applied}},
		"other options":           {{store("a", 1), false, applied}, {otherOptions, false, applied}},
		"another change between":  {{store("a", 1), false, applied}, {staffOn(date(2026, 9, 30)), false, applied}, {store("a", 1), false, applied}},
		"a list on the next day":  {{staffOn(date(2026, 9, 29)), false, applied}, {staffOn(date(2026, 9, 30)), false, applied}, {staffOn(date(2026, 9, 30)), true, applied}},
		"rejected and mended":     {{assessment, false, rejected}, {assessment, false, rejected}, {staffOn(date(2026, 9, 30)), false, applied}, {assessment, false, applied}, {assessment, true, applied}},
		"a rejection between":     {{store("a", 1), false, applied}, {assessment, false, rejected}, {store("a", 1), true, applied}},
		"stored in part":          {{inPart, false, domain.UploadPartlyApplied}, {inPart, false, domain.UploadPartlyApplied}},
		"preview, then store":     {{preview, false, applied}, {store("a", 1), false, applied}, {store("a", 1), true, applied}},
		"store, then preview":     {{store("a", 1), false, applied}, {preview, false, applied}, {store("a", 1), true, applied}},
		"of another organisation": {{store("a", 1), false, applied}, {func(r scene) domain.Upload { return r.send(r.t, sent("a", monthOf("RXB", 1))) }, false, applied}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := scene{newRegister(t), t}
			for i, step := range steps {
				upload := step.do(r)
				if upload.Repeated != step.repeated || upload.State != step.state {
					t.Errorf("step %d: %s, repeated %t, want %s and %t: %v", i+1, upload.State, upload.Repeated, step.state, step.repeated, foundCodes(upload.Findings))
				}
			}
		})
	}
}
