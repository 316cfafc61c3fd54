package repository_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

const (
	no = domain.NotAssessed
	na = domain.NotApplicable
)

// assessed is one synthetic self-assessment by hdc 2018; changes adjust it.
func assessed(number string, on domain.Date, levels []domain.Level, changes ...func(*domain.AssessmentRow)) domain.AssessmentRow {
	row := domain.AssessmentRow{
		EmployeeNumber: number, AssessedOn: on, AssessorKind: domain.AssessorSelf, Levels: levels,
		StaffGroup: domain.NotGiven, JobRole: domain.NotGiven, Band: domain.NotGiven,
	}
	for _, change := range changes {
		change(&row)
	}
	return row
}

func levels(all ...domain.Level) []domain.Level { return all }

func all(level domain.Level) []domain.Level {
	return []domain.Level{level, level, level, level, level, level}
}

func by(kind domain.AssessorKind) func(*domain.AssessmentRow) {
	return func(r *domain.AssessmentRow) { r.AssessorKind = kind }
}

func needing(needs []domain.Level) func(*domain.AssessmentRow) {
	return func(r *domain.AssessmentRow) { r.Needs = needs }
}

func withdrawn(r *domain.AssessmentRow) { r.Action, r.Levels = domain.ActionRemove, all(no) }

func (r register) assessmentFile(t *testing.T, organisation string, rows ...domain.AssessmentRow) domain.UploadFile {
	t.Helper()
	file := newFile(domain.UploadAssessments, organisation, len(rows))
	file.Assessments.Framework = r.framework(t, "hdc", "2018")
	file.Assessments.EmployeeNumberColumn = "Staff no"
	for i, row := range rows {
		row.Row = i + 2
		file.Assessments.Rows = append(file.Assessments.Rows, row)
	}
	return file
}

// answers are the assessments that hold, one line each.
func (r register) answers(t *testing.T, organisation string) []string {
	t.Helper()
	return column(t, r.admin, `SELECT concat_ws(' ', m.employee_number, a.assessed_on, a.assessor_kind, a.levels, a.needs)
		FROM assessment a JOIN staff_member m ON m.organisation = a.organisation AND m.id = a.staff_id
		WHERE a.organisation = $1 AND a.ended_by IS NULL ORDER BY 1`, organisation)
}

func newStaffedRegister(t *testing.T) register {
	t.Helper()
	r := newRegister(t)
	r.store(t, people("RXA", date(2025, 1, 31), true, nurse("0001"), nurse("0002"), nurse("0003", leftOn(date(2026, 6, 30)))))
	return r
}

func TestAssessmentsAreReplacedWholeAndNeverOverwritten(t *testing.T) {
	t.Parallel()
	r := newStaffedRegister(t)
	day := date(2026, 10, 1)
	r.store(t, r.assessmentFile(t, "RXA",
		assessed("0001", day, levels(0, 1, 2, 3, 4, na), needing(levels(4, 4, 4, no, na, 0))),
		assessed("0001", day, all(2), by(domain.AssessorManager)),
		assessed("0002", day, all(1)),
		assessed("0002", date(2026, 9, 1), all(0))))
	before := contents(t, r)
	second := r.store(t, r.assessmentFile(t, "RXA",
		assessed("0001", day, levels(0, 1, no, 3, 4, na)),
		assessed("0001", day, all(2), by(domain.AssessorManager)),
		assessed("0001", day, all(3), by(domain.AssessorOther)),
		assessed("0002", day, nil, withdrawn),
		assessed("0001", day, all(3), by(domain.AssessorOther))))
	if want := (domain.UploadCounts{RowsRead: 5, New: 1, Changed: 1, Unchanged: 1, Removed: 1, Duplicate: 1}); second.Counts != want {
		t.Errorf("counts %+v, want %+v", second.Counts, want)
	}
	grown, ended := wantGrown(t, before, contents(t, r))
	if want := []string{"assessment", "assessment_confirmation", "audit_event", "change", "upload", "upload_finding"}; !slices.Equal(grown, want) {
		t.Errorf("new rows in %v, want %v", grown, want)
	}
	if !slices.Equal(ended, []string{"assessment"}) {
		t.Errorf("rows ended in %v", ended)
	}
	if diff := cmp.Diff([]string{
		"0001 2026-10-01 assessor {3,3,3,3,3,3}", "0001 2026-10-01 manager {2,2,2,2,2,2}",
		"0001 2026-10-01 self {0,1,NULL,3,4,-1}", "0002 2026-09-01 self {0,0,0,0,0,0}",
	}, r.answers(t, "RXA")); diff != "" {
		t.Error(diff)
	}
	if got := foundCodes(second.Findings); !slices.Equal(got, []string{"answers_withdrawn@0", "row_duplicate@6"}) {
		t.Errorf("findings %v", got)
	}
}

func TestAssessmentFindings(t *testing.T) {
	t.Parallel()
	r := newStaffedRegister(t)
	importAll(t, r.Store, edition(date(2025, 1, 1), entry("RXD", "Trust D (synthetic)", open(nil, datePointer(date(2026, 3, 31))))))
	r.store(t, people("RXD", date(2025, 1, 31), true, nurse("0001")))
	r.store(t, r.assessmentFile(t, "RXA", assessed("0002", date(2026, 1, 15), levels(1, 1, 1, 1, 1, no))))
	before := contents(t, r)
	day := date(2026, 10, 1)
	for name, c := range map[string]struct {
		file     domain.UploadFile
		rejected bool
		codes    []string
	}{
		"people on no list": {
			r.assessmentFile(t, "RXA", assessed("0001", day, all(1)), assessed("9999", day, all(1)), assessed("8888", day, nil, withdrawn)),
			true,
			[]string{"employee_unknown@3", "employee_unknown@4"},
		},
		"people of another organisation": {
			r.assessmentFile(t, "RXB", assessed("0001", day, all(1))), true, []string{"employee_unknown@2"},
		},
		"lost zeros": {
			r.assessmentFile(t, "RXA", assessed("2", day, all(1))), true, []string{"employee_number_zeros_lost@2"},
		},
		"a removal of what is not held": {
			r.assessmentFile(t, "RXA", assessed("0001", day, nil, withdrawn)), true, []string{"action_remove_not_held@2"},
		},
		"a removal of another assessor's": {
			r.assessmentFile(t, "RXA", assessed("0002", date(2026, 1, 15), nil, withdrawn, by(domain.AssessorManager))), true,
			[]string{"action_remove_not_held@2"},
		},
		"somebody who had left": {
			r.assessmentFile(t, "RXA", assessed("0003", date(2026, 7, 1), all(1))), false, []string{"staff_left@2"},
		},
		"somebody on their last day": {
			r.assessmentFile(t, "RXA", assessed("0003", date(2026, 6, 30), all(1))), false, nil,
		},
		"answers of an earlier assessment that is still valid": {
			r.assessmentFile(t, "RXA", assessed("0002", day, levels(no, no, 2, 2, 2, no))), false, []string{"answers_withdrawn@0"},
		},
		"answers of an assessment that is no longer valid": {
			r.assessmentFile(t, "RXA", assessed("0002", date(2027, 1, 16), levels(no, no, 2, 2, 2, no))), false, nil,
		},
		"answers of another assessor": {
			r.assessmentFile(t, "RXA", assessed("0002", day, levels(no, no, 2, 2, 2, no), by(domain.AssessorManager))), false, nil,
		},
		"answers of a later assessment": {
			r.assessmentFile(t, "RXA", assessed("0002", date(2026, 1, 14), levels(no, no, 2, 2, 2, no))), false, nil,
		},
		"an organisation that was closed": {
			r.assessmentFile(t, "RXD", assessed("0001", date(2026, 3, 31), all(1)), assessed("0001", date(2026, 4, 1), all(1))), false,
			[]string{"organisation_closed@0"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			// One after the other in one register: what is stored is taken back.
			upload, err := r.StoreUpload(t.Context(), hr(c.file.Organisation), c.file)
			if err != nil {
				t.Fatal(err)
			}
			if got := foundCodes(upload.Findings); (upload.State == domain.UploadRejected) != c.rejected || !slices.Equal(got, c.codes) {
				t.Errorf("%s with %v, want rejected %t with %v", upload.State, got, c.rejected, c.codes)
			}
			for _, f := range upload.Findings {
				if strings.HasPrefix(string(f.Code), "employee_") && f.Column != "Staff no" {
					t.Errorf("the finding %+v does not name the column", f)
				}
			}
			if upload.State != domain.UploadApplied {
				return
			}
			for i := range c.file.Assessments.Rows {
				withdrawn(&c.file.Assessments.Rows[i])
			}
			r.store(t, again(c.file))
		})
	}
	after := contents(t, r)
	held := func(c tableContents) (rows []string) {
		for row, ended := range c["assessment"] {
			if ended == "" {
				rows = append(rows, row)
			}
		}
		slices.Sort(rows)
		return rows
	}
	if diff := cmp.Diff(held(before), held(after)); diff != "" {
		t.Errorf("after all was taken back:\n%s", diff)
	}
	wantGrown(t, before, after)
}

func TestWithdrawnAnswersAreCounted(t *testing.T) {
	t.Parallel()
	r := newStaffedRegister(t)
	day := date(2026, 10, 1)
	r.store(t, r.assessmentFile(t, "RXA", assessed("0001", day, levels(1, na, 1, no, no, no)), assessed("0002", day, all(1))))
	upload := r.store(t, r.assessmentFile(t, "RXA", assessed("0001", day, levels(no, no, 1, 1, no, no)), assessed("0002", day, all(2))))
	if len(upload.Findings) != 1 || !strings.HasPrefix(upload.Findings[0].Message, "2 answers") {
		t.Errorf("findings %+v, want 2 answers withdrawn", upload.Findings)
	}
}

func TestAssessmentsOfEachFrameworkAreKeptApart(t *testing.T) {
	t.Parallel()
	r := newStaffedRegister(t)
	day := date(2026, 10, 1)
	r.store(t, r.assessmentFile(t, "RXA", assessed("0001", day, all(4))))
	other := r.assessmentFile(t, "RXA", assessed("0001", day, nil))
	other.Assessments.Framework = r.framework(t, "digcomp", "3.0")
	for range other.Assessments.Framework.Competences {
		other.Assessments.Rows[0].Levels = append(other.Assessments.Rows[0].Levels, 8)
	}
	if upload := r.store(t, other); upload.Counts.New != 1 {
		t.Errorf("counts %+v", upload.Counts)
	}
	if got := r.answers(t, "RXA"); len(got) != 2 {
		t.Errorf("held are %v", got)
	}
	beyond := r.assessmentFile(t, "RXA", assessed("0002", day, levels(5, 0, 0, 0, 0, 0)))
	if upload, err := r.StoreUpload(t.Context(), hr("RXA"), beyond); domain.KindOf(err) != domain.KindInternal || err == nil {
		t.Errorf("a level that the checks in front should have refused: %+v, %v", upload.State, err)
	}
	if got := r.answers(t, "RXA"); len(got) != 2 {
		t.Errorf("held are %v", got)
	}
}

// Whoever was taken off every staff list can have no new assessment; those held of
// them can still be sent again and removed.
func TestAssessmentsOfPeopleTakenOffEveryList(t *testing.T) {
	t.Parallel()
	r := newStaffedRegister(t)
	day := date(2026, 10, 1)
	r.store(t, r.assessmentFile(t, "RXA", assessed("0001", day, all(1))))
	r.store(t, people("RXA", date(2025, 1, 31), false, nurse("0001", removed)))
	refused, err := r.StoreUpload(t.Context(), hr("RXA"), r.assessmentFile(t, "RXA",
		assessed("0001", day+1, all(2)), assessed("0001", day, all(2), by(domain.AssessorManager)), assessed("1", day, all(2)), assessed("0001", day, all(2))))
	want := []string{"employee_number_zeros_lost@4", "employee_unknown@2", "employee_unknown@3"}
	if got := foundCodes(refused.Findings); err != nil || !slices.Equal(got, want) {
		t.Errorf("findings %v, %v, want %v", got, err, want)
	}
	if upload := r.store(t, r.assessmentFile(t, "RXA", assessed("0001", day, all(1)))); upload.Counts.Unchanged != 1 {
		t.Errorf("counts %+v", upload.Counts)
	}
	if upload := r.store(t, r.assessmentFile(t, "RXA", assessed("0001", day, nil, withdrawn))); upload.Counts.Removed != 1 {
		t.Errorf("counts %+v", upload.Counts)
	}
	if got := r.answers(t, "RXA"); len(got) > 0 {
		t.Errorf("still held: %v", got)
	}
}
