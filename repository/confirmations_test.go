package repository_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// What an upload found unchanged is noted, of each kind and nothing else.
func TestUnchangedRecordsAreNoted(t *testing.T) {
	t.Parallel()
	r := newStaffedRegister(t)
	day, month := date(2026, 10, 1), date(2026, 10, 31)
	first := []domain.UploadFile{
		r.assessmentFile(t, "RXA", assessed("0001", day, all(1)), assessed("0002", day, all(2), by(domain.AssessorManager)), assessed("0002", day, all(2))),
		vacancies("RXA", cell(month, "03", "5", establishment(50, 40)), cell(month, "03", "6", establishment(10, 12)), cell(month, "04", "", establishment(1, 1))),
	}
	for _, file := range first {
		r.store(t, file)
	}
	if got := one(t, r.admin, `SELECT (SELECT count(*) FROM assessment_confirmation) + (SELECT count(*) FROM vacancy_confirmation)`); got != "0" {
		t.Errorf("%s confirmations although all was new", got)
	}
	assessments := r.store(t, r.assessmentFile(t, "RXA", assessed("0002", day, all(2)), assessed("0001", day, all(3)), assessed("0002", day, all(2), by(domain.AssessorManager)), assessed("0001", day+1, all(1))))
	cells := r.store(t, vacancies("RXA", cell(month, "03", "6", establishment(10, 12)), cell(month, "03", "5", establishment(51, 40)), withdrawnCell(month, "04", "")))
	got := column(t, r.admin, `SELECT concat_ws(' ', c.upload_id, m.employee_number, k.assessed_on, k.kind, c.framework_version, c.ended_by)
		FROM assessment_confirmation c CROSS JOIN LATERAL unnest(c.staff_ids, c.assessed_on, c.assessor_kinds) AS k (staff_id, assessed_on, kind)
		JOIN staff_member m ON m.id = k.staff_id JOIN upload u ON u.id = c.upload_id AND u.change_id = c.added_by ORDER BY 1`)
	want := []string{assessments.ID + " 0002 2026-10-01 manager 1", assessments.ID + " 0002 2026-10-01 self 1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got = column(t, r.admin, `SELECT concat_ws(' ', c.upload_id, k.month, k.staff_group, k.job_role, k.band, k.area_of_work, c.ended_by)
		FROM vacancy_confirmation c
		CROSS JOIN LATERAL unnest(c.months, c.staff_groups, c.job_roles, c.bands, c.areas_of_work) AS k (month, staff_group, job_role, band, area_of_work)
		JOIN upload u ON u.id = c.upload_id AND u.change_id = c.added_by ORDER BY 1`)
	if want := []string{cells.ID + " 2026-10-31 03 - 6 -"}; !slices.Equal(got, want) {
		t.Errorf("noted are %v, want %v", got, want)
	}
}

// A download has one row for each person, whatever the number of assignments was:
// sending it back changes nothing.
func TestAListWithOneRowForEachPersonIsUnchanged(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	day := date(2026, 9, 30)
	r.store(t, people("RXA", day, true, nurse("0001", ofFTE(60_000)), nurse("0001", ofFTE(30_000), inBand("4")), nurse("0002")))
	before := r.positions(t, "RXA")
	upload := r.store(t, people("RXA", day, true, nurse("0001", ofFTE(90_000)), nurse("0002")))
	if want := (domain.UploadCounts{RowsRead: 2, Unchanged: 2}); upload.Counts != want {
		t.Errorf("counts %+v, want %+v", upload.Counts, want)
	}
	if diff := cmp.Diff(before, r.positions(t, "RXA")); diff != "" {
		t.Error(diff)
	}
}

func TestUploadsAreFiltered(t *testing.T) {
	t.Parallel()
	r := newStaffedRegister(t)
	void := r.store(t, monthOf("RXA", 1))
	if _, err := r.VoidUpload(t.Context(), hr("RXA"), void.ID); err != nil {
		t.Fatal(err)
	}
	last := r.send(t, r.assessmentFile(t, "RXA", assessed("unknown", date(2026, 10, 1), all(1))))
	for name, c := range map[string]struct {
		filter domain.UploadFilter
		total  int
	}{
		"everything":   {domain.UploadFilter{}, 3},
		"a kind":       {domain.UploadFilter{Kinds: []domain.UploadKind{domain.UploadVacancies}}, 1},
		"two kinds":    {domain.UploadFilter{Kinds: []domain.UploadKind{domain.UploadVacancies, domain.UploadStaff}}, 2},
		"a state":      {domain.UploadFilter{States: []domain.UploadState{domain.UploadVoided}}, 1},
		"two states":   {domain.UploadFilter{States: []domain.UploadState{domain.UploadRejected, domain.UploadApplied}}, 2},
		"no such":      {domain.UploadFilter{Kinds: []domain.UploadKind{domain.UploadStaff}, States: []domain.UploadState{domain.UploadRejected}}, 0},
		"from its day": {domain.UploadFilter{From: &last.ReceivedAt}, 1},
		"before it":    {domain.UploadFilter{Before: &last.ReceivedAt}, 2},
	} {
		list, total, err := r.Uploads(t.Context(), hr("RXA"), "RXA", c.filter, domain.Page{Limit: 10})
		if err != nil || total != c.total || len(list) != c.total {
			t.Errorf("%s: %d of %d uploads, %v, want %d", name, len(list), total, err, c.total)
		}
	}
}
