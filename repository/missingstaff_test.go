package repository_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

func creating(file domain.UploadFile) domain.UploadFile {
	file.CreateMissingStaff = true
	return file
}

// members are the staff members that are held, with the number of their positions.
func (r register) members(t *testing.T) []string {
	t.Helper()
	return column(t, r.admin, `SELECT concat_ws(' ', organisation, employee_number, (SELECT count(*) FROM staff_version v
			WHERE v.organisation = m.organisation AND v.staff_id = m.id AND v.ended_by IS NULL))
		FROM staff_member m WHERE ended_by IS NULL ORDER BY 1`)
}

func TestMissingStaffAreMadeOnRequest(t *testing.T) {
	t.Parallel()
	r := newStaffedRegister(t)
	day := date(2026, 10, 1)
	file := func() domain.UploadFile {
		return creating(r.assessmentFile(t, "RXA", assessed("0001", day, all(1)), assessed("77", day, all(2)), assessed("88", day, all(3)),
			assessed("77", day, all(2)), assessed("77", day+1, all(4))))
	}
	before := contents(t, r)
	if would := r.send(t, previewed(file())); would.Counts.New != 4 || len(would.Changes) != 4 {
		t.Errorf("the preview has %+v and %v", would.Counts, changeLines(would.Changes))
	}
	if grown, _ := wantGrown(t, before, contents(t, r)); !slices.Equal(grown, []string{"audit_event"}) {
		t.Errorf("the preview wrote into %v", grown)
	}
	upload := r.store(t, file())
	if want := (domain.UploadCounts{RowsRead: 5, New: 4, Duplicate: 1}); upload.Counts != want {
		t.Errorf("counts %+v, want %+v", upload.Counts, want)
	}
	if got := foundCodes(upload.Findings); !slices.Equal(got, []string{"row_duplicate@5", "staff_created@0"}) {
		t.Errorf("findings %v", got)
	}
	text := upload.Findings[0].Message
	if !strings.HasPrefix(text, "2 staff members") || !strings.Contains(text, "rows 3, 4.") || strings.Contains(text, "77") || strings.Contains(text, "88") {
		t.Errorf("the finding is %q", text)
	}
	want := []string{"RXA 0001 1", "RXA 0002 1", "RXA 0003 1", "RXA 77 0", "RXA 88 0"}
	if diff := cmp.Diff(want, r.members(t)); diff != "" {
		t.Error(diff)
	}
	stored, err := r.Upload(t.Context(), hr("RXA"), upload.ID, 10)
	if err != nil || !stored.CreateMissingStaff {
		t.Errorf("%+v, %v", stored, err)
	}
	// Once made they are nobody new, with the option or without it for what is held.
	again := r.store(t, file())
	if want := (domain.UploadCounts{RowsRead: 5, Unchanged: 4, Duplicate: 1}); again.Counts != want || len(again.Findings) != 1 {
		t.Errorf("counts %+v, findings %v", again.Counts, foundCodes(again.Findings))
	}
	without := file()
	without.CreateMissingStaff = false
	if upload := r.store(t, without); upload.Counts.Unchanged != 4 {
		t.Errorf("counts %+v, findings %v", upload.Counts, foundCodes(upload.Findings))
	}
	refused := r.send(t, r.assessmentFile(t, "RXA", assessed("77", day+2, all(1))))
	if got := foundCodes(refused.Findings); !slices.Equal(got, []string{"employee_unknown@2"}) {
		t.Errorf("another assessment of theirs without the option: %v", got)
	}
	// A staff list that holds them makes them whole and nobody twice.
	list := r.store(t, people("RXA", date(2026, 9, 30), false, nurse("77"), nurse("0001")))
	if want := (domain.UploadCounts{RowsRead: 2, New: 1, Unchanged: 1}); list.Counts != want {
		t.Errorf("counts %+v, want %+v", list.Counts, want)
	}
	if got := r.members(t); !slices.Contains(got, "RXA 77 1") || len(got) != 5 {
		t.Errorf("held are %v", got)
	}
	if upload := r.store(t, r.assessmentFile(t, "RXA", assessed("77", day+2, all(1)))); upload.Counts.New != 1 {
		t.Errorf("counts %+v", upload.Counts)
	}
}

func TestWhoIsNeverMade(t *testing.T) {
	t.Parallel()
	r := newStaffedRegister(t)
	day := date(2026, 10, 1)
	r.store(t, creating(r.assessmentFile(t, "RXA", assessed("0044", day, all(1)))))
	members := r.members(t)
	file := creating(r.assessmentFile(t, "RXA", assessed("1", day, all(1)), assessed("44", day, all(1)), assessed("55", day, nil, withdrawn)))
	upload := r.send(t, file)
	want := []string{"employee_number_zeros_lost@2", "employee_number_zeros_lost@3", "employee_unknown@4"}
	if got := foundCodes(upload.Findings); !slices.Equal(got, want) || upload.State != domain.UploadRejected {
		t.Errorf("%s with %v, want %v", upload.State, got, want)
	}
	inPart := r.send(t, inPart(creating(r.assessmentFile(t, "RXA", assessed("1", day, all(1)), assessed("66", day, all(1)), assessed("0002", day, all(1))))))
	if want := (domain.UploadCounts{RowsRead: 3, New: 2, Rejected: 1}); inPart.Counts != want {
		t.Errorf("counts %+v, want %+v", inPart.Counts, want)
	}
	if diff := cmp.Diff(append(members, "RXA 66 0"), r.members(t)); diff != "" {
		t.Error(diff)
	}
}

// The finding names ten rows at most.
func TestManyMissingStaff(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	var rows []domain.AssessmentRow
	for i := range 25 {
		rows = append(rows, assessed(fmt.Sprintf("N%d", i), date(2026, 10, 1), all(1)))
	}
	for n, want := range map[int]string{
		1:  "1 staff member who is on no staff list is made from this file, first named in row 2.",
		25: "25 staff members who are on no staff list are made from this file, first named in the rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 15 more.",
	} {
		upload := r.send(t, previewed(creating(r.assessmentFile(t, "RXA", rows[:n]...))))
		if got := upload.Findings[0].Message; !strings.HasPrefix(got, want) {
			t.Errorf("the finding is %q", got)
		}
	}
}
