package repository_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// staffRows are the rows handed out of an organisation's staff on a day.
func (r register) staffRows(t *testing.T, query domain.DataQuery) []domain.StaffRow {
	t.Helper()
	rows := []domain.StaffRow{}
	if err := r.StaffRows(t.Context(), hr(query.Organisation), query, func(row domain.StaffRow) error {
		rows = append(rows, row)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return rows
}

// answerDays are the dates of the assessments handed out.
func (r register) answerDays(t *testing.T, query domain.DataQuery) []string {
	t.Helper()
	lines := []string{}
	if err := r.AssessmentRows(t.Context(), hr(query.Organisation), query, func(row domain.AssessmentRow) error {
		lines = append(lines, fmt.Sprint(row.EmployeeNumber, " ", row.AssessedOn, " ", row.AssessorKind, " ", row.Levels[0], " ", row.Needs != nil))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return lines
}

func (r register) cellMonths(t *testing.T, query domain.DataQuery) []string {
	t.Helper()
	lines := []string{}
	if err := r.VacancyRows(t.Context(), hr(query.Organisation), query, func(row domain.VacancyRow) error {
		lines = append(lines, fmt.Sprint(row.Key.Month, " ", row.Key.StaffGroup, " ", row.Key.Band, " ", row.Measures.Budgeted.Value))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestStaffRowsAreThePositionOfADay(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	june, july := date(2026, 6, 30), date(2026, 7, 31)
	stated := nurse("b", startedOn(date(2020, 1, 1)), leftOn(date(2026, 12, 31)), onContract("01"))
	stated.JobRole, stated.AreaOfWork, stated.Team = "03001", "A001", "Ward 1"
	stated.StaffGroup = "03"
	r.store(t, people("RXA", june, true, nurse("a"), stated, nurse("B", ofFTE(60_000)), nurse("B", ofFTE(20_000), inBand("6")), nurse("01")))
	r.store(t, people("RXA", july, true, nurse("a", inBand("6")), stated, nurse("B", leftOn(date(2026, 7, 15)))))
	r.store(t, people("RXB", june, true, nurse("a", inBand("9"))))
	r.store(t, r.assessmentFile(t, "RXA", assessed("a", june, all(1))))
	row := func(asAt domain.Date, row domain.StaffRow) domain.StaffRow {
		row.AsAt = asAt
		return row
	}
	for day, want := range map[domain.Date][]domain.StaffRow{
		june - 1: {},
		june: {
			row(june, nurse("01", leftOn(july-1), func(r *domain.StaffRow) { r.LeftOn = nil })), row(june, nurse("B", ofFTE(80_000), leftOn(date(2026, 7, 15)))),
			row(june, nurse("a")), row(june, stated),
		},
		july: {row(july, nurse("a", inBand("6"))), row(july, stated)},
	} {
		if diff := cmp.Diff(want, r.staffRows(t, domain.DataQuery{Organisation: "RXA", AsAt: day})); diff != "" {
			t.Errorf("staff on %s:\n%s", day, diff)
		}
	}
	// Somebody who was erased has no number any more.
	run(t, r.database.Admin(t), `UPDATE staff_member SET employee_number = NULL WHERE organisation = 'RXA' AND employee_number = 'a'`)
	if got := r.staffRows(t, domain.DataQuery{Organisation: "RXA", AsAt: july}); len(got) != 1 {
		t.Errorf("after an erasure: %+v", got)
	}
	if got := r.answerDays(t, domain.DataQuery{Organisation: "RXA", Framework: r.framework(t, "hdc", "2018")}); len(got) != 0 {
		t.Errorf("assessments after an erasure: %v", got)
	}
}

func TestAssessmentAndVacancyRowsHaveBounds(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	may, june, july := date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)
	r.store(t, people("RXA", may, true, nurse("2"), nurse("10")))
	r.store(t, r.assessmentFile(t, "RXA", assessed("2", july, all(1)), assessed("10", july, all(2), by(domain.AssessorManager)),
		assessed("10", july, all(1), needing(all(3))), assessed("10", may, all(0)), assessed("2", june, levels(na, no, no, no, no, no))))
	r.store(t, vacancies("RXA", cell(july, "03", "6", establishment(3, 1)), cell(july, "03", "5", establishment(4, 1)), cell(june, "08", "", establishment(5, 1)), cell(may, "08", "", establishment(6, 1))))
	query := domain.DataQuery{Organisation: "RXA", Framework: r.framework(t, "hdc", "2018")}
	everything := []string{
		"10 2026-05-31 self 0 false", "10 2026-07-31 manager 2 false", "10 2026-07-31 self 1 true", "2 2026-06-30 self -1 false", "2 2026-07-31 self 1 false",
	}
	cells := []string{"2026-05-31 08 - 600000", "2026-06-30 08 - 500000", "2026-07-31 03 5 400000", "2026-07-31 03 6 300000"}
	for _, c := range []struct {
		from, to *domain.Date
		answers  []string
		cells    []string
	}{
		{nil, nil, everything, cells},
		{&june, nil, everything[1:], cells[1:]},
		{nil, &june, []string{everything[0], everything[3]}, cells[:2]},
		{&june, &june, everything[3:4], cells[1:2]},
		{&july, &may, []string{}, []string{}},
	} {
		query.From, query.To = c.from, c.to
		if got := r.answerDays(t, query); !slices.Equal(got, c.answers) {
			t.Errorf("assessments from %v to %v: %v", c.from, c.to, got)
		}
		if got := r.cellMonths(t, query); !slices.Equal(got, c.cells) {
			t.Errorf("cells from %v to %v: %v", c.from, c.to, got)
		}
	}
	query = domain.DataQuery{Organisation: "RXA", Framework: r.framework(t, "digcomp", "3.0")}
	if got := r.answerDays(t, query); len(got) != 0 {
		t.Errorf("assessments of another framework: %v", got)
	}
}

// Rows are fetched in several batches, an error of the taker ends the reading and is
// returned as it is, and what an organisation outside the scope holds is not read.
func TestReadingManyRows(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	june := date(2026, 6, 30)
	r.store(t, staffList("RXA", june, 2500))
	query := domain.DataQuery{Organisation: "RXA", AsAt: june}
	rows := r.staffRows(t, query)
	if len(rows) != 2500 || !slices.IsSortedFunc(rows, func(a, b domain.StaffRow) int { return cmpNumbers(a, b) }) {
		t.Errorf("%d rows, or not in order", len(rows))
	}
	enough := errors.New("enough")
	n := 0
	err := r.StaffRows(t.Context(), hr("RXA"), query, func(domain.StaffRow) error {
		if n++; n == 1200 {
			return enough
		}
		return nil
	})
	if err == nil || err.Error() != enough.Error() || n != 1200 {
		t.Errorf("after %d rows: %v", n, err)
	}
	err = r.StaffRows(t.Context(), hr("RXB"), query, func(domain.StaffRow) error { return enough })
	if domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("another organisation's rows: %v", err)
	}
}

// A row that cannot be understood is a fault of ours and not of whoever takes it.
func TestRowsThatCannotBeUnderstood(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	june := date(2026, 6, 30)
	r.store(t, people("RXA", june, true, nurse("a")))
	r.store(t, r.assessmentFile(t, "RXA", assessed("a", june, all(1))))
	run(t, r.database.Admin(t), `UPDATE assessment SET assessed_on = 'infinity'`)
	query := domain.DataQuery{Organisation: "RXA", Framework: r.framework(t, "hdc", "2018")}
	err := r.AssessmentRows(t.Context(), hr("RXA"), query, func(row domain.AssessmentRow) error {
		t.Errorf("got %+v", row)
		return nil
	})
	if ours, ok := errors.AsType[*domain.Error](err); !ok || ours.Kind != domain.KindInternal || ours.Code != "internal" {
		t.Errorf("the error is %v", err)
	}
}

func cmpNumbers(a, b domain.StaffRow) int {
	if a.EmployeeNumber < b.EmployeeNumber {
		return -1
	}
	return 1
}

// What was known at a time is what the uploads up to it had stored, voids included.
func TestDataAsKnownAtATime(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	june := date(2026, 6, 30)
	query := domain.DataQuery{Organisation: "RXA"}
	at := func() *time.Time {
		t.Helper()
		var made time.Time
		if err := r.database.Admin(t).QueryRow(`SELECT max(made_at) FROM change`).Scan(&made); err != nil {
			t.Fatal(err)
		}
		return &made
	}
	start := at()
	r.store(t, vacancies("RXA", cell(june, "03", "5", establishment(1, 1))))
	first := at()
	second := r.store(t, vacancies("RXA", cell(june, "03", "5", establishment(2, 1))))
	changed := at()
	r.store(t, vacancies("RXB", cell(june, "03", "5", establishment(9, 1))))
	other := at()
	r.void(t, second)
	before := changed.Add(-time.Microsecond)
	for what, c := range map[string]struct {
		at   *time.Time
		want []string
	}{
		"before anything":           {start, []string{}},
		"after the first":           {first, []string{"2026-06-30 03 5 100000"}},
		"just before the second":    {&before, []string{"2026-06-30 03 5 100000"}},
		"after the second":          {changed, []string{"2026-06-30 03 5 200000"}},
		"after another one's write": {other, []string{"2026-06-30 03 5 200000"}},
		"after the void":            {at(), []string{"2026-06-30 03 5 100000"}},
		"now":                       {nil, []string{"2026-06-30 03 5 100000"}},
	} {
		query.KnownAt = c.at
		if got := r.cellMonths(t, query); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", what, got, c.want)
		}
	}
}

func TestAReadIsNoted(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	upload := r.store(t, monthOf("RXA", 6))
	before := contents(t, r)
	for _, read := range []domain.DataRead{
		{Organisations: []string{"RXA"}, Operation: "readStaff", Object: "staff.csv as_at=2026-09-30"},
		{Organisations: []string{"RXA"}, Operation: "readUploadFile", UploadID: upload.ID},
	} {
		if err := r.NoteRead(t.Context(), hr("RXA"), read); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.NoteRead(t.Context(), hr("RXA"), domain.DataRead{Organisations: []string{"RXB"}, Operation: "readStaff"}); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("a read outside the scope: %v", err)
	}
	if grown, ended := wantGrown(t, before, contents(t, r)); !slices.Equal(grown, []string{"audit_event"}) || len(ended) > 0 {
		t.Errorf("new rows in %v, rows ended in %v", grown, ended)
	}
	got := column(t, r.database.Admin(t), `SELECT concat_ws(' ', organisation, actor, role, operation, object, upload_id, request_id, outcome)
		FROM audit_event WHERE operation LIKE 'read%' ORDER BY id`)
	want := []string{"RXA hr hr readStaff staff.csv as_at=2026-09-30 test done", "RXA hr hr readUploadFile " + upload.ID + " test done"}
	if !slices.Equal(got, want) {
		t.Errorf("the audit trail has %v, want %v", got, want)
	}
}

// A read of several organisations is an event in the chain of each, once, or in none.
func TestAReadOfSeveralOrganisationsIsNotedInEachChain(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	read := domain.DataRead{Organisations: []string{"RXB", "RXA", "RXB"}, Operation: "exportPeople", Object: "staff.csv"}
	if err := r.NoteRead(t.Context(), hr("RXA"), read); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("a read partly outside the scope: %v", err)
	}
	both := hr("RXA")
	both.Organisations = []string{"RXA", "RXB"}
	for range 2 {
		if err := r.NoteRead(t.Context(), both, read); err != nil {
			t.Fatal(err)
		}
	}
	got := column(t, r.admin, `SELECT concat_ws(' ', organisation, operation, object, outcome) FROM audit_event WHERE operation = 'exportPeople' ORDER BY id`)
	want := []string{"RXA exportPeople staff.csv done", "RXB exportPeople staff.csv done", "RXA exportPeople staff.csv done", "RXB exportPeople staff.csv done"}
	if !slices.Equal(got, want) {
		t.Errorf("noted %q", got)
	}
	read.Organisations = nil
	if err := r.NoteRead(t.Context(), both, read); err != nil {
		t.Fatal(err)
	}
	if got := column(t, r.admin, `SELECT object FROM audit_event WHERE organisation IS NULL AND operation = 'exportPeople'`); len(got) != 1 {
		t.Errorf("of no organisation: noted %q", got)
	}
}
