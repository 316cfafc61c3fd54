package repository_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// void withdraws an upload and fails the test when that is refused.
func (r register) void(t *testing.T, upload domain.Upload) domain.Upload {
	t.Helper()
	voided, err := r.VoidUpload(t.Context(), hr(upload.Organisation), upload.ID)
	if err != nil {
		t.Fatal(err)
	}
	if voided.State != domain.UploadVoided || voided.ID != upload.ID || voided.Voided == nil || voided.Voided.Actor != "hr" {
		t.Fatalf("the voided upload is %+v", voided)
	}
	if len(voided.Findings) != voided.Errors+voided.Warnings {
		t.Errorf("%d findings of %d are returned", len(voided.Findings), voided.Errors+voided.Warnings)
	}
	return voided
}

// refusals are the records for which a void is refused, one line each, or nil.
func (r register) refusals(t *testing.T, upload domain.Upload) []string {
	t.Helper()
	_, err := r.VoidUpload(t.Context(), hr(upload.Organisation), upload.ID)
	if err == nil {
		return nil
	}
	conflict, ok := errors.AsType[*domain.VoidConflictError](err)
	if !ok || domain.KindOf(err) != domain.KindConflict || conflict.Total < len(conflict.Conflicts) {
		t.Fatalf("the void: %v", err)
	}
	lines := []string{}
	for _, c := range conflict.Conflicts {
		line := string(c.Kind)
		for _, value := range c.Record {
			line += " " + value.Column + "=" + value.Value
		}
		lines = append(lines, line)
	}
	return lines
}

// Each kind of upload is withdrawn: what it added ends, what it had replaced, removed
// or ended is held again by new rows, and nothing is overwritten.
func TestAVoidTakesAnUploadBack(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	september := date(2026, 9, 30)
	first := []domain.UploadFile{
		people("RXA", september, true, nurse("1"), nurse("2"), nurse("3")),
		r.assessmentFile(t, "RXA", assessed("1", september, all(1)), assessed("2", september, all(1)), assessed("3", september, all(1))),
		complete(vacancies("RXA", cell(september, "03", "5", establishment(9, 8)), cell(september, "03", "6", establishment(9, 8)), cell(september, "03", "7", establishment(9, 8)))),
	}
	for _, file := range first {
		r.store(t, file)
	}
	for _, file := range []domain.UploadFile{
		people("RXA", date(2026, 10, 31), true, nurse("1"), nurse("2", inBand("6")), nurse("4")),
		r.assessmentFile(t, "RXA", assessed("1", september, all(1)), assessed("2", september, all(2)), assessed("3", september, nil, withdrawn), assessed("1", date(2026, 8, 1), all(2))),
		complete(vacancies("RXA", cell(september, "03", "5", establishment(9, 8)), cell(september, "03", "6", establishment(9, 9)), cell(date(2026, 8, 31), "03", "", establishment(1, 1)))),
	} {
		t.Run(string(file.Kind), func(t *testing.T) {
			facts := r.facts(t, "RXA")
			upload := r.store(t, file)
			if upload.Counts.New == 0 || upload.Counts.Changed == 0 || upload.Counts.Unchanged == 0 || upload.Counts.Removed+upload.Counts.Ended == 0 {
				t.Fatalf("the upload does not do everything: %+v", upload.Counts)
			}
			if cmp.Equal(facts, r.facts(t, "RXA")) {
				t.Fatal("the upload changed nothing")
			}
			before := contents(t, r)
			r.void(t, upload)
			voided := contents(t, r)
			// The row of the upload is the one that may say something else than before.
			delete(before, "upload")
			wantGrown(t, before, voided)
			if diff := cmp.Diff(facts, r.facts(t, "RXA")); diff != "" {
				t.Errorf("what is held (-before the upload +after its void):\n%s", diff)
			}
			again, err := r.VoidUpload(t.Context(), hr("RXA"), upload.ID)
			if err != nil || again.State != domain.UploadVoided {
				t.Errorf("a second void: %s, %v", again.State, err)
			}
			if grown, ended := wantGrown(t, voided, contents(t, r)); !slices.Equal(grown, []string{"audit_event"}) || len(ended) > 0 {
				t.Errorf("a second void: new rows in %v, rows ended in %v", grown, ended)
			}
		})
	}
}

// facts are the facts of an organisation that are not ended, without its code and the
// marks of their changes.
func (r register) facts(t *testing.T, organisation string) map[string][]string {
	t.Helper()
	db, facts := r.database.Admin(t), make(map[string][]string)
	for _, table := range []string{
		"staff_member", "employment_spell", "staff_version", "staff_list", "assessment", "assessment_confirmation",
		"vacancy_cell", "vacancy_confirmation", "reporting_start",
	} {
		facts[table] = column(t, db, `SELECT to_jsonb(f) - 'added_by' - 'organisation' FROM `+table+` f
			WHERE organisation = $1 AND ended_by IS NULL ORDER BY 1`, organisation)
	}
	return facts
}

func TestWhatCannotBeVoided(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	rejected, err := r.StoreUpload(t.Context(), hr("RXA"), vacancies("RXA", withdrawnCell(date(2026, 9, 30), "03", "5")))
	if err != nil || rejected.State != domain.UploadRejected {
		t.Fatalf("%s, %v", rejected.State, err)
	}
	stored := r.store(t, monthOf("RXA", 9))
	before := contents(t, r)
	for what, void := range map[string]struct {
		actor domain.Actor
		id    string
		code  string
	}{
		"a rejected upload":            {hr("RXA"), rejected.ID, "upload_stored_nothing"},
		"another organisation's":       {hr("RXB"), stored.ID, "upload_not_found"},
		"that of nobody":               {hr("RXA"), "00000000-0000-0000-0000-000000000000", "upload_not_found"},
		"one without any organisation": {hr(), stored.ID, "upload_not_found"},
	} {
		_, err := r.VoidUpload(t.Context(), void.actor, void.id)
		if e, ok := errors.AsType[*domain.Error](err); !ok || e.Code != void.code {
			t.Errorf("%s: %v", what, err)
		}
	}
	if grown, ended := wantGrown(t, before, contents(t, r)); !slices.Equal(grown, []string{"audit_event"}) || len(ended) > 0 {
		t.Errorf("new rows in %v, rows ended in %v", grown, ended)
	}
	r.void(t, stored)
}

// An upload is withdrawn after a later one about the same records was, which had
// added its rows again; and one that only found records unchanged can be withdrawn.
func TestVoidsOfSeveralUploads(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	september := date(2026, 9, 30)
	nothing := r.facts(t, "RXA")
	for kind, file := range map[string]func(n int) domain.UploadFile{
		"staff": func(n int) domain.UploadFile {
			return people("RXA", september+domain.Date(n), true, nurse("1", inBand(fmt.Sprint(4+n))))
		},
		"vacancies": func(n int) domain.UploadFile {
			return vacancies("RXA", cell(september, "03", "5", establishment(int64(n), 1)))
		},
		"assessments": func(n int) domain.UploadFile {
			f := r.assessmentFile(t, "RXA", assessed("9", september, all(domain.Level(n))))
			f.CreateMissingStaff = true
			return f
		},
	} {
		a, b := r.store(t, file(1)), r.store(t, file(2))
		if got := r.refusals(t, a); len(got) == 0 {
			t.Errorf("%s: the void of the first is not refused", kind)
		}
		r.void(t, b)
		c := r.store(t, file(3))
		same := r.store(t, file(3))
		if got := r.refusals(t, c); len(got) == 0 {
			t.Errorf("%s: the void of one that another confirmed is not refused", kind)
		}
		r.void(t, same)
		r.void(t, c)
		r.void(t, a)
		if diff := cmp.Diff(nothing, r.facts(t, "RXA")); diff != "" {
			t.Fatalf("%s: something is left:\n%s", kind, diff)
		}
	}
}

// A refusal lists 100 records and counts all, each with the newest upload in the way.
func TestARefusedVoidListsTheRecords(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	september := date(2026, 9, 30)
	list := r.store(t, staffList("RXA", september, 150))
	r.store(t, r.assessments(t, "RXA", september, 130, 1))
	newest := r.store(t, r.assessments(t, "RXA", september, 120, 1))
	_, err := r.VoidUpload(t.Context(), hr("RXA"), list.ID)
	conflict, ok := errors.AsType[*domain.VoidConflictError](err)
	if !ok || conflict.Total != 130 || len(conflict.Conflicts) != domain.VoidConflicts {
		t.Fatalf("%v: %+v", err, conflict)
	}
	want := domain.VoidConflict{
		Record: []domain.ColumnValue{{Column: "employee_number", Value: number(1)}}, UploadID: newest.ID, Kind: domain.UploadAssessments,
	}
	if diff := cmp.Diff(want, conflict.Conflicts[0]); diff != "" {
		t.Errorf("the first conflict:\n%s", diff)
	}
	first := r.store(t, complete(vacancies("RXA", cell(september, "03", "5", establishment(2, 1)), cell(september, "08", "", establishment(2, 1)))))
	r.store(t, vacancies("RXA", cell(september, "03", "5", establishment(3, 1))))
	if got := r.refusals(t, first); !slices.Equal(got, []string{"vacancies as_at=2026-09-30 staff_group=03 job_role_code= band=5 area_of_work="}) {
		t.Errorf("the void of a return is refused for %v", got)
	}
	refused := r.refusals(t, mustUpload(t, r, 2))
	if len(refused) != domain.VoidConflicts || !strings.HasPrefix(refused[0], "assessments employee_number=S00001 assessed_on=2026-09-30 assessor_kind=self framework=hdc framework_version=2018") {
		t.Errorf("the void of assessments is refused for %v", refused)
	}
}

// mustUpload is the nth upload of RXA, from 1.
func mustUpload(t *testing.T, r register, n int) domain.Upload {
	t.Helper()
	id := one(t, r.database.Admin(t), `SELECT id FROM upload WHERE organisation = 'RXA' ORDER BY change_id OFFSET $1 LIMIT 1`, n-1)
	upload, err := r.Upload(t.Context(), hr("RXA"), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	return upload
}
