package repository_test

import (
	"strings"
	"testing"

	"skillstracker/domain"
)

// A purge leaves no file that may name who went, and says how many it deleted; files of
// posts and those of organisations of which nothing goes stay.
func TestPurgeDeletesKeptFilesThatMayNamePeople(t *testing.T) {
	t.Parallel()
	r := newRegister(t, keepingFiles)
	gone := nurse("1", startedOn(date(2010, 1, 1)), leftOn(date(2015, 1, 1)))
	r.store(t, withContent(t, people("RXA", date(2026, 9, 30), false, gone, nurse("2")), 3<<19))
	r.store(t, withContent(t, r.assessmentFile(t, "RXA", assessed("2", date(2026, 9, 1), all(1))), 1))
	r.store(t, withContent(t, monthOf("RXA", 1), 1))
	// A staff list that was sent as something else looks like this.
	wrongKind := withContent(t, vacancies("RXA", domain.VacancyRow{
		Key: domain.VacancyKey{Month: date(2026, 9, 30), StaffGroup: "04"}, Action: domain.ActionRemove,
	}), 1)
	if upload, err := r.StoreUpload(t.Context(), hr("RXA"), wrongKind); err != nil || upload.State != domain.UploadRejected {
		t.Fatalf("%s, %v", upload.State, err)
	}
	r.store(t, withContent(t, people("RXB", date(2026, 9, 30), false, nurse("2")), 1))
	kept := func() string {
		return strings.Join(column(t, r.admin, `SELECT u.organisation || ' ' || u.kind FROM upload u
			WHERE u.kept_until IS NOT NULL AND EXISTS (SELECT FROM upload_file_part p WHERE p.upload_id = u.id) ORDER BY 1`), ", ")
	}
	options := bothBefore(date(2020, 1, 1))
	options.DryRun = true
	before := kept()
	if would := r.purge(t, options); would["RXA"].Files != 3 || kept() != before || before != "RXA assessments, RXA staff, RXA vacancies, RXA vacancies, RXB staff" {
		t.Errorf("a dry run: %+v, kept %s, then %s", would, before, kept())
	}
	options.DryRun = false
	if got := r.purge(t, options); len(got) != 1 || got["RXA"].Files != 3 {
		t.Errorf("purged %+v", got)
	}
	if got := kept(); got != "RXA vacancies, RXB staff" {
		t.Errorf("kept are %s", got)
	}
	if n := one(t, r.admin, `SELECT count(*) FROM upload WHERE (kept_until IS NOT NULL) <> EXISTS (SELECT FROM upload_file_part p WHERE p.upload_id = id)`); n != "0" {
		t.Errorf("%s uploads say the wrong thing of their files", n)
	}
	log, err := r.database.Owner(t).Destructions(t.Context())
	if err != nil || len(log) != 1 || log[0].Files != 3 {
		t.Errorf("the log holds %+v, %v", log, err)
	}
	if event := one(t, r.admin, `SELECT object FROM audit_event WHERE operation = 'purge'`); !strings.Contains(event, " files=3 ") {
		t.Errorf("the event says %q", event)
	}
}

// Nothing is left that a file could be compared with, so what is about days before a
// purge is stored with a warning.
func TestFilesOfDaysBeforeAPurgeAreWarnedOf(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	long, horizon := startedOn(date(2010, 1, 1)), date(2020, 6, 1)
	r.store(t, people("RXA", date(2026, 8, 31), false, nurse("1", long, leftOn(date(2015, 1, 1))), nurse("2", long)))
	warned := func(file domain.UploadFile) bool {
		for _, found := range r.send(t, previewed(file)).Findings {
			if found.Code == domain.FindingBeforePurge {
				return found.Severity == domain.SeverityWarning && strings.Contains(found.Message, "1 Jun 2020")
			}
		}
		return false
	}
	files := map[string]struct {
		file func() domain.UploadFile
		want bool
	}{
		"a list of the day before": {func() domain.UploadFile { return people("RXA", horizon-1, false, nurse("2", long)) }, true},
		"a list of the day":        {func() domain.UploadFile { return people("RXA", horizon, false, nurse("2", long)) }, false},
		"a later list with an earlier leaver": {func() domain.UploadFile {
			return people("RXA", date(2026, 9, 30), false, nurse("1", long, leftOn(horizon-1)))
		}, true},
		"a later list with a later leaver": {func() domain.UploadFile {
			return people("RXA", date(2026, 9, 30), false, nurse("3", long, leftOn(horizon)))
		}, false},
		"an assessment of the day before":      {func() domain.UploadFile { return r.assessmentFile(t, "RXA", assessed("2", horizon-1, all(1))) }, true},
		"an assessment of the day":             {func() domain.UploadFile { return r.assessmentFile(t, "RXA", assessed("2", horizon, all(1))) }, false},
		"another organisation's list":          {func() domain.UploadFile { return people("RXB", horizon-1, false, nurse("2", long)) }, false},
		"the removal of an earlier assessment": {func() domain.UploadFile { return r.assessmentFile(t, "RXA", assessed("2", horizon-1, nil, withdrawn)) }, false},
	}
	for name, c := range files {
		if warned(c.file()) {
			t.Errorf("%s is warned of before there was a purge", name)
		}
	}
	r.purge(t, bothBefore(horizon))
	for name, c := range files {
		if got := warned(c.file()); got != c.want {
			t.Errorf("%s: warned of %t, want %t", name, got, c.want)
		}
	}
}
