package repository_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// post is one open nursing post in band 5, opened on 2 March 2026; edits change it.
func post(reference string, edits ...func(*domain.PositionRow)) domain.PositionRow {
	r := domain.PositionRow{
		Reference: reference, StaffGroup: "10", JobRole: domain.NotGiven, Band: "5", AreaOfWork: domain.NotGiven,
		Posts: 1, FTE: domain.FTEUnit, OpenedOn: date(2026, 3, 2), Status: "01",
	}
	for _, edit := range edits {
		edit(&r)
	}
	return r
}

func takenBack(r *domain.PositionRow) { r.Action = domain.ActionRemove }

func filledOn(day domain.Date) func(*domain.PositionRow) {
	return func(r *domain.PositionRow) { r.Status, r.ClosedOn = "09", &day }
}

func openedOn(day domain.Date) func(*domain.PositionRow) {
	return func(r *domain.PositionRow) { r.OpenedOn = day }
}

func positions(organisation string, rows ...domain.PositionRow) domain.UploadFile {
	file := newFile(domain.UploadPositions, organisation, len(rows))
	for i := range rows {
		rows[i].Row = i + 2
	}
	file.Positions = rows
	return file
}

// positionRows are the position vacancies that are handed out.
func (r register) positionRows(t *testing.T, query domain.DataQuery) []domain.PositionRow {
	t.Helper()
	var rows []domain.PositionRow
	if err := r.PositionRows(t.Context(), hr(query.Organisation), query, func(row domain.PositionRow) error {
		rows = append(rows, row)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return rows
}

func (r register) wantPosts(t *testing.T, organisation string, want ...domain.PositionRow) {
	t.Helper()
	if diff := cmp.Diff(want, r.positionRows(t, domain.DataQuery{Organisation: organisation})); diff != "" {
		t.Errorf("held by %s:\n%s", organisation, diff)
	}
}

// A file of position vacancies adds, replaces, confirms, removes and, when it is
// complete, ends; what another organisation holds under the same references stays.
func TestPositionVacanciesAreStored(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	may := date(2026, 5, 4)
	whole := func(row *domain.PositionRow) {
		row.JobRole, row.AreaOfWork, row.Team, row.Posts, row.FTE, row.Status = "10001", "A001", "Team 1", 3, 2*domain.FTEUnit+domain.FTEUnit/4, domain.NotGiven
	}
	r.store(t, positions("RXB", post("A", openedOn(date(2020, 1, 1)))))
	first := r.store(t, positions("RXA", post("B"), post("A", whole), post("Ç|1")))
	if want := (domain.UploadCounts{RowsRead: 3, New: 3}); first.Counts != want || first.Warnings != 0 {
		t.Errorf("the first file: %+v, %v", first.Counts, foundCodes(first.Findings))
	}
	r.wantPosts(t, "RXA", post("A", whole), post("B"), post("Ç|1"))
	second := r.store(t, positions("RXA", post("B", filledOn(may)), post("A", whole), post("Ç|1", takenBack), post("C", openedOn(date(2026, 2, 1)))))
	if want := (domain.UploadCounts{RowsRead: 4, New: 1, Changed: 1, Unchanged: 1, Removed: 1}); second.Counts != want {
		t.Errorf("the second file: %+v", second.Counts)
	}
	r.wantPosts(t, "RXA", post("A", whole), post("B", filledOn(may)), post("C", openedOn(date(2026, 2, 1))))
	third := r.store(t, complete(positions("RXA", post("C", openedOn(date(2026, 2, 1))))))
	if want := (domain.UploadCounts{RowsRead: 1, Unchanged: 1, Ended: 2}); third.Counts != want || !slices.Equal(foundCodes(third.Findings), []string{"complete_ends_many@0"}) {
		t.Errorf("the complete file: %+v, %v", third.Counts, foundCodes(third.Findings))
	}
	r.wantPosts(t, "RXA", post("C", openedOn(date(2026, 2, 1))))
	r.wantPosts(t, "RXB", post("A", openedOn(date(2020, 1, 1))))
	starts := column(t, r.admin, `SELECT organisation || ' ' || reports_from FROM reporting_start WHERE kind = 'position_vacancies' AND ended_by IS NULL ORDER BY 1`)
	if want := []string{"RXA 2026-02-01", "RXB 2020-01-01"}; !slices.Equal(starts, want) {
		t.Errorf("reporting starts %v, want %v", starts, want)
	}
	wantWholeUploads(t, r.admin)
}

func TestPositionVacanciesInPart(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, positions("RXA", post("0042"), post("B")))
	file := faulty(inPart(positions("RXA", post("A"), post("A"), post("B", filledOn(date(2026, 6, 1))), post("C"), post("C", openedOn(date(2026, 1, 1))),
		post("42"), post("D", takenBack), post(""))), 3, 9)
	upload := r.send(t, file)
	if want := (domain.UploadCounts{RowsRead: 8, Changed: 1, Skipped: 1, Rejected: 6}); upload.Counts != want || upload.State != domain.UploadPartlyApplied {
		t.Errorf("%s: %+v", upload.State, upload.Counts)
	}
	want := []string{
		"action_remove_not_held@8", "number_invalid@3", "number_invalid@9", "row_left_aside@2", "rows_conflict@5", "rows_conflict@6",
		"vacancy_reference_zeros_lost@7",
	}
	if got := foundCodes(upload.Findings); !slices.Equal(got, want) {
		t.Errorf("findings %v, want %v", got, want)
	}
	r.wantPosts(t, "RXA", post("0042"), post("B", filledOn(date(2026, 6, 1))))
	rejected := r.send(t, again(positions("RXA", post("A"), post("D", takenBack))))
	if want := (domain.UploadCounts{RowsRead: 2, Rejected: 1, NotStored: 1}); rejected.Counts != want || rejected.State != domain.UploadRejected {
		t.Errorf("%s: %+v", rejected.State, rejected.Counts)
	}
	r.wantPosts(t, "RXA", post("0042"), post("B", filledOn(date(2026, 6, 1))))
	wantWholeUploads(t, r.admin)
}

func TestPositionVacancyPreviewsAndRepeats(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	file := positions("RXA", post("A"), post("B"))
	stored := r.store(t, file)
	repeated, err := r.StoreUpload(t.Context(), hr("RXA"), file)
	if err != nil || !repeated.Repeated || repeated.ID != stored.ID {
		t.Errorf("the same file again: %+v, %v", repeated, err)
	}
	before := contents(t, r)
	preview := complete(positions("RXA", post("A", filledOn(date(2026, 6, 1)), openedOn(date(2026, 4, 1))), post("C")))
	preview.CheckOnly = true
	seen := r.send(t, preview)
	want := []string{
		`0 ended vacancy_reference=B | staff_group "10" > "" | band "5" > "" | posts "1" > "" | fte "1" > "" | opened_on "2026-03-02" > "" | status "01" > ""`,
		`2 changed vacancy_reference=A | opened_on "2026-03-02" > "2026-04-01" | closed_on "" > "2026-06-01" | status "01" > "09"`,
		`3 new vacancy_reference=C | staff_group "" > "10" | band "" > "5" | posts "" > "1" | fte "" > "1" | opened_on "" > "2026-03-02" | status "" > "01"`,
	}
	if diff := cmp.Diff(want, changeLines(seen.Changes)); diff != "" {
		t.Errorf("the preview:\n%s", diff)
	}
	if got := foundCodes(seen.Findings); !slices.Equal(got, []string{"position_opening_changed@2"}) {
		t.Errorf("findings %v", got)
	}
	if grown, ended := wantGrown(t, before, contents(t, r)); !slices.Equal(grown, []string{"audit_event"}) || len(ended) > 0 {
		t.Errorf("a preview leaves rows in %v and ends rows in %v", grown, ended)
	}
}

func TestPositionVacanciesOutsideAnOrganisationsLife(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	importAll(t, r.Store, edition(date(2025, 1, 2), entry("RXA", "Trust A (synthetic)", func(e *domain.OrganisationEntry) {
		e.OpenedOn, e.ClosedOn = datePointer(date(2026, 1, 1)), datePointer(date(2026, 3, 31))
	})))
	upload := r.store(t, positions("RXA", post("A", openedOn(date(2025, 12, 31))), post("B", openedOn(date(2026, 1, 1))),
		post("C", openedOn(date(2026, 3, 31))), post("D", openedOn(date(2026, 4, 1)))))
	if len(upload.Findings) != 1 || upload.Findings[0].Message != "The organisation was not open on the opening dates of 2 position vacancies." {
		t.Errorf("findings %+v", upload.Findings)
	}
	version := r.framework(t, "hdc", "2018")
	upload = r.store(t, targets("RXA", aim(version, "TEC", date(2020, 1, 1)), aim(version, "TEC", date(2026, 4, 1))))
	if len(upload.Findings) != 1 || upload.Findings[0].Message != "The organisation is closed on the day from which 1 target holds." {
		t.Errorf("findings %+v", upload.Findings)
	}
}

func TestPositionRowsHaveBounds(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	january, may := date(2026, 1, 1), date(2026, 5, 1)
	r.store(t, positions("RXA", post("A", openedOn(january)), post("B"), post("C", openedOn(may))))
	for _, c := range []struct {
		from, to *domain.Date
		want     []string
	}{
		{nil, nil, []string{"A", "B", "C"}},
		{datePointer(january + 1), nil, []string{"B", "C"}},
		{nil, datePointer(may - 1), []string{"A", "B"}},
		{&may, &may, []string{"C"}},
	} {
		var got []string
		for _, row := range r.positionRows(t, domain.DataQuery{Organisation: "RXA", From: c.from, To: c.to}) {
			got = append(got, row.Reference)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("from %v to %v: %v", c.from, c.to, got)
		}
	}
	err := r.PositionRows(t.Context(), hr("RXB"), domain.DataQuery{Organisation: "RXA"}, func(domain.PositionRow) error { return nil })
	if domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("another organisation's rows: %v", err)
	}
}

// A void takes position vacancies back, and is refused for those that later files
// touched: by naming them, or by being complete.
func TestVoidsOfPositionVacancies(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	first := r.store(t, positions("RXA", post("A"), post("B")))
	second := r.store(t, positions("RXA", post("A", filledOn(date(2026, 6, 1))), post("B", takenBack), post("C", openedOn(date(2026, 1, 1)))))
	if diff := cmp.Diff([]string{"position_vacancies vacancy_reference=A", "position_vacancies vacancy_reference=B"}, r.refusals(t, first)); diff != "" {
		t.Errorf("the first file:\n%s", diff)
	}
	same := r.store(t, positions("RXA", post("A", filledOn(date(2026, 6, 1)))))
	if diff := cmp.Diff([]string{"position_vacancies vacancy_reference=A"}, r.refusals(t, second)); diff != "" {
		t.Errorf("a file of which one was found unchanged:\n%s", diff)
	}
	r.void(t, same)
	r.void(t, second)
	r.wantPosts(t, "RXA", post("A"), post("B"))
	starts := column(t, r.admin, `SELECT CAST(reports_from AS text) FROM reporting_start WHERE kind = 'position_vacancies' AND ended_by IS NULL`)
	if !slices.Equal(starts, []string{"2026-03-02"}) {
		t.Errorf("reporting starts %v", starts)
	}
	removal := r.store(t, positions("RXA", post("B", takenBack)))
	whole := r.store(t, complete(positions("RXA", post("A"))))
	if diff := cmp.Diff([]string{"position_vacancies vacancy_reference=B"}, r.refusals(t, removal)); diff != "" {
		t.Errorf("a removal before a complete file:\n%s", diff)
	}
	r.void(t, whole)
	r.void(t, removal)
	r.wantPosts(t, "RXA", post("A"), post("B"))
	r.void(t, first)
	r.wantPosts(t, "RXA")
	if left := column(t, r.admin, `SELECT kind FROM reporting_start WHERE ended_by IS NULL`); len(left) > 0 {
		t.Errorf("reporting starts %v", left)
	}
	wantWholeUploads(t, r.admin)
}
