package repository_test

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// named says of every kept file that it names the person, on the rows given.
func named(rows ...int) domain.LocateRows {
	return func(_ context.Context, _ domain.Upload, kept io.Reader, _ string) (domain.Mention, error) {
		_, err := io.Copy(io.Discard, kept)
		return domain.Mention{Named: true, Rows: rows}, err
	}
}

// After an erasure every figure up to its day is as before, but that the person counts
// under no team and no area of work.
func TestAnErasureKeepsTheFigures(t *testing.T) {
	t.Parallel()
	r := newRightsRegister(t)
	day := date(2026, 6, 30)
	before := r.peoplesFigures(t, day, theirJob(), theirAnswers())
	after := r.workforceOf(t, quarterTo([]domain.Date{date(2026, 7, 31)}))
	teams := func() []string {
		return r.workforceOf(t, quarterTo([]domain.Date{date(2026, 6, 30)}, domain.ByTeam, domain.ByAreaOfWork))
	}
	was := teams()
	for _, number := range []string{number(1), number(10)} { // one in post, one who has left
		for _, organisation := range []string{"RXA", "RXB"} {
			erasure, err := r.ErasePerson(t.Context(), hr(organisation), organisation, number, day, named())
			if err != nil {
				t.Fatal(err)
			}
			lasts := number == "S00001" && organisation == "RXA"
			if erasure.Rows < 2 || erasure.Change == 0 || (erasure.EmploymentEndsOn != nil) != lasts || lasts && *erasure.EmploymentEndsOn != day {
				t.Errorf("%+v", erasure)
			}
			if _, err := r.PersonRecord(t.Context(), hr(organisation), organisation, number); domain.KindOf(err) != domain.KindNotFound {
				t.Errorf("an erased person's record: %v", err)
			}
			if _, err := r.ErasePerson(t.Context(), hr(organisation), organisation, number, day, named()); domain.KindOf(err) != domain.KindNotFound {
				t.Errorf("a second erasure: %v", err)
			}
		}
	}
	r.verified(t)
	if diff := cmp.Diff(before, r.peoplesFigures(t, day, theirJob(), theirAnswers())); diff != "" {
		t.Errorf("figures (-before +after):\n%s", diff)
	}
	if now := r.workforceOf(t, quarterTo([]domain.Date{date(2026, 7, 31)})); slices.Equal(now, after) {
		t.Errorf("an erased person stays in post: %v", now)
	}
	compareLines(t, "by team before", was, []string{
		"-: 12 (12) in post, 12 (12) + 0 (0) - 0 (0) = 12 (12), 0 estimated, 12 (12) stay; 1 moving, 1 of 1 listed",
		"- Ward 7: 8 (8) in post, 8 (8) + 0 (0) - 0 (0) = 8 (8), 0 estimated, 8 (8) stay; 1 moving, 1 of 1 listed",
		"A004: 6 (6) in post, 6 (6) + 0 (0) - 0 (0) = 6 (6), 0 estimated, 6 (6) stay; 1 moving, 1 of 1 listed",
		"A004 Ward 7: 3 (3) in post, 4 (4) + 0 (0) - 1 (1) = 3 (3), 0 estimated, 3 (3) stay; 1 moving, 1 of 1 listed",
	})
	compareLines(t, "by team after", teams(), []string{
		"-: 13 (13) in post, 14 (14) + 0 (0) - 1 (1) = 13 (13), 0 estimated, 13 (13) stay; 1 moving, 1 of 1 listed",
		"- Ward 7: 8 (8) in post, 8 (8) + 0 (0) - 0 (0) = 8 (8), 0 estimated, 8 (8) stay; 1 moving, 1 of 1 listed",
		"A004: 6 (6) in post, 6 (6) + 0 (0) - 0 (0) = 6 (6), 0 estimated, 6 (6) stay; 1 moving, 1 of 1 listed",
		"A004 Ward 7: 2 (2) in post, 2 (2) + 0 (0) - 0 (0) = 2 (2), 0 estimated, 2 (2) stay; 1 moving, 1 of 1 listed",
	})
	for _, line := range r.rowsAbout(t) {
		if strings.Contains(line, number(1)) || strings.Contains(line, number(10)) {
			t.Errorf("an erased person is handed out: %s", line)
		}
	}
	for table, text := range map[string]string{
		"staff_member": "employee_number", "staff_version": "team || area_of_work", "assessment": "team", "staff_position": "team || area_of_work", "latest_assessment": "team",
	} {
		id := "staff_id"
		if table == "staff_member" {
			id = "id"
		}
		if left := column(t, r.admin, `SELECT DISTINCT `+text+` FROM `+table+` WHERE (organisation, `+id+`) IN (SELECT organisation, id FROM staff_member WHERE employee_number IS NULL)
			AND coalesce(`+text+`, '') NOT IN ('', '-')`); len(left) > 0 {
			t.Errorf("%s holds %v", table, left)
		}
	}
}

// An upload from before an erasure is withdrawn as far as nothing of the person's
// employment depends on it, and brings nothing of them back.
func TestWithdrawingAfterAnErasure(t *testing.T) {
	t.Parallel()
	r := newRegister(t, erasing)
	first := r.store(t, people("RXA", date(2026, 3, 31), true, nurse("1", withTeam("Ward 1")), nurse("2")))
	second := r.store(t, people("RXA", date(2026, 4, 30), true, nurse("1", withTeam("Ward 2"), withBand("6")), nurse("2")))
	answers := r.store(t, r.assessmentFile(t, "RXA", assessed("1", date(2026, 4, 2), all(2), func(row *domain.AssessmentRow) { row.Team = "Ward 1" })))
	if _, err := r.ErasePerson(t.Context(), hr("RXA"), "RXA", "1", date(2026, 5, 1), named()); err != nil {
		t.Fatal(err)
	}
	for _, upload := range []string{answers.ID, second.ID} {
		if voided, err := r.VoidUpload(t.Context(), hr("RXA"), upload); err != nil || voided.State != domain.UploadVoided {
			t.Errorf("%+v, %v", voided.State, err)
		}
		r.verified(t)
	}
	before := contents(t, r)
	if _, err := r.VoidUpload(t.Context(), hr("RXA"), first.ID); domain.KindOf(err) != domain.KindConflict || !strings.Contains(err.Error(), "upload_before_erasure") {
		t.Errorf("the list that made the person: %v", err)
	}
	grown, ended := wantGrown(t, withoutAuditHeads(before), withoutAuditHeads(contents(t, r)))
	if !slices.Equal(grown, []string{"audit_event"}) || len(ended) > 0 {
		t.Errorf("a refused withdrawal wrote %v and ended %v", grown, ended)
	}
	if left := column(t, r.admin, `SELECT team FROM staff_version WHERE team <> '' UNION ALL SELECT team FROM assessment WHERE team <> ''`); len(left) > 0 {
		t.Errorf("teams are back: %v", left)
	}
}

// withoutAuditHeads leaves out the ends of chains, which every event moves.
func withoutAuditHeads(all tableContents) tableContents {
	delete(all, "audit_head")
	return all
}

// Kept files that name the person are deleted whole, with the findings about the
// person's rows; others stay.
func TestErasingForgetsFilesAndFindings(t *testing.T) {
	t.Parallel()
	r := newRegister(t, keepingFiles, erasing)
	send := func(kind string, warned ...int) domain.Upload {
		file := people("RXA", date(2026, 3, 31), false, nurse("1"), nurse("2"), nurse("3"))
		file.Format = kind
		for _, row := range warned {
			file.Faults.Add(domain.FindingFTEHigh, domain.Cell{Row: row}, "")
		}
		return r.store(t, withContent(t, file, 3<<20))
	}
	names, others := send("csv", 2, 3, 4), send("json", 2)
	returned := r.store(t, withContent(t, monthOf("RXA", 1), 10))
	var looked []string
	erasure, err := r.ErasePerson(t.Context(), hr("RXA"), "RXA", "1", date(2026, 4, 1), func(_ context.Context, upload domain.Upload, kept io.Reader, number string) (domain.Mention, error) {
		content, err := io.ReadAll(kept)
		want := synthetic(3 << 20)
		if upload.ID == returned.ID {
			want = synthetic(10)
		}
		if err != nil || !bytes.Equal(content, want) || number != "1" {
			t.Errorf("%d bytes of %s for %q, %v", len(content), upload.ID, number, err)
		}
		looked = append(looked, upload.ID)
		return domain.Mention{Named: upload.ID == names.ID, Rows: []int{2, 4}}, nil
	})
	if err != nil || erasure.FilesDeleted != 1 || erasure.FindingsDeleted != 2 || !slices.Equal(looked, []string{names.ID, others.ID, returned.ID}) {
		t.Errorf("%+v after %v, %v", erasure, looked, err)
	}
	for id, kept := range map[string]bool{names.ID: false, others.ID: true, returned.ID: true} {
		if _, _, err := r.content(t, hr("RXA"), id); (err == nil) != kept || !kept && domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("%s: %v", id, err)
		}
	}
	upload, err := r.Upload(t.Context(), hr("RXA"), names.ID, 10)
	if err != nil || upload.KeptUntil != nil || len(upload.Findings) != 1 || upload.Findings[0].Row != 3 {
		t.Errorf("%+v, %v", upload, err)
	}
	failing := func(context.Context, domain.Upload, io.Reader, string) (domain.Mention, error) {
		return domain.Mention{}, io.ErrUnexpectedEOF
	}
	before := contents(t, r)
	if _, err := r.ErasePerson(t.Context(), hr("RXA"), "RXA", "2", date(2026, 4, 1), failing); err == nil {
		t.Error("a file could not be read, and the person was erased all the same")
	}
	if diff := cmp.Diff(before, contents(t, r)); diff != "" {
		t.Errorf("a failed erasure left something:\n%s", diff)
	}
}
