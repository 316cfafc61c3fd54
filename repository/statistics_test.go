package repository_test

import (
	"testing"

	"skillstracker/domain"
)

// Right after a bulk load the tables have no statistics. What is planned wrongly then
// takes minutes for the rows of a large trust, and the time limit of statements ends
// it.
func TestLargeFilesRightAfterOneAnother(t *testing.T) {
	t.Parallel()
	const n = 25_000
	r := newRegister(t)
	r.store(t, staffList("RXA", date(2026, 9, 30), n))
	file := func(change func(i int, row *domain.AssessmentRow)) domain.UploadFile {
		f := r.assessments(t, "RXA", date(2026, 10, 1), n, 2)
		for i := range f.Assessments.Rows {
			change(i, &f.Assessments.Rows[i])
		}
		return creating(f)
	}
	for _, step := range []struct {
		change func(i int, row *domain.AssessmentRow)
		want   domain.UploadCounts
	}{
		{func(int, *domain.AssessmentRow) {}, domain.UploadCounts{RowsRead: n, New: n}},
		{func(i int, row *domain.AssessmentRow) { row.EmployeeNumber = number(n - i) }, domain.UploadCounts{RowsRead: n, Unchanged: n}},
		{func(i int, row *domain.AssessmentRow) { row.Levels[0] = domain.Level(min(i, 2)) }, domain.UploadCounts{RowsRead: n, Changed: 2, Unchanged: n - 2}},
		{func(i int, row *domain.AssessmentRow) { row.EmployeeNumber = "0T" + number(i) }, domain.UploadCounts{RowsRead: n, New: n}},
	} {
		if upload := r.store(t, file(step.change)); upload.Counts != step.want {
			t.Errorf("counts %+v, want %+v", upload.Counts, step.want)
		}
	}
	lost := r.send(t, inPart(file(func(i int, row *domain.AssessmentRow) { row.EmployeeNumber = "T" + number(i) })))
	if want := (domain.UploadCounts{RowsRead: n, Rejected: n}); lost.Counts != want {
		t.Errorf("%s with %+v", lost.State, lost.Counts)
	}
}
