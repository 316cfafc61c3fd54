package repository_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// look compares what is held with the model, and now and then an earlier time with
// what was seen then.
func (h *history) look(t *testing.T) {
	t.Helper()
	var at *time.Time
	if err := h.db.QueryRow(`SELECT max(made_at) FROM change WHERE organisation = $1`, h.organisation).Scan(&at); err != nil {
		t.Fatal(err)
	}
	if at == nil {
		return
	}
	s := sight{at: *at}
	for range 2 {
		s.days = append(s.days, modelDay(h.random.IntN(modelDays+2)))
	}
	s.lines = h.read(t, s.days, nil)
	if _, held := play(h.inForce); !h.dates {
		if diff := cmp.Diff(held.lines(s.days), s.lines); diff != "" {
			t.Fatalf("what is held (-model +register):\n%s", diff)
		}
	}
	h.seen = append(h.seen, s)
	if h.one(3) {
		h.lookBack(t, h.seen[h.random.IntN(len(h.seen))])
	}
}

// lookBack asks for what was known at an earlier time.
func (h *history) lookBack(t *testing.T, s sight) {
	t.Helper()
	if diff := cmp.Diff(s.lines, h.read(t, s.days, &s.at)); diff != "" {
		t.Fatalf("what was known at %s (-then +now):\n%s", s.at, diff)
	}
}

// read writes what the register hands out, as the model writes it.
func (h *history) read(t *testing.T, days []domain.Date, known *time.Time) []string {
	t.Helper()
	var lines []string
	query := domain.DataQuery{Organisation: h.organisation, Framework: h.version, KnownAt: known}
	for _, on := range days {
		query.AsAt = on
		if err := h.StaffRows(t.Context(), hr(h.organisation), query, func(r domain.StaffRow) error {
			line := staffLine(on, r.EmployeeNumber, place{r.Band, r.FTE})
			if r.StartedOn != nil {
				line += " from " + r.StartedOn.String()
			}
			if r.LeftOn != nil {
				line += " to " + r.LeftOn.String()
			}
			lines = append(lines, line)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.AssessmentRows(t.Context(), hr(h.organisation), query, func(r domain.AssessmentRow) error {
		lines = append(lines, fmt.Sprint(answerKey{r.EmployeeNumber, r.AssessedOn, r.AssessorKind}, answerOf(r)))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := h.VacancyRows(t.Context(), hr(h.organisation), query, func(r domain.VacancyRow) error {
		lines = append(lines, fmt.Sprint(r.Key, r.Measures))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, r := range h.positionRows(t, query) {
		lines = append(lines, fmt.Sprint(reference(r.Reference), " ", postText(r)))
	}
	for _, r := range h.targetRows(t, query) {
		lines = append(lines, fmt.Sprint(r.Key, " ", aimText(r)))
	}
	return lines
}

// replay sends what is in force to another organisation, in the order in which it
// arrived: both hold the same then, down to every date and mark.
func (h *history) replay(t *testing.T, other string) {
	t.Helper()
	for _, u := range h.inForce {
		file := u.file
		file.Organisation, file.Faults = other, domain.NewFindings()
		file.Counts = domain.UploadCounts{RowsRead: u.counts.RowsRead}
		for row := range u.left {
			file.Faults.Add(domain.FindingBandUnknown, domain.Cell{Row: row}, "")
		}
		upload, err := h.StoreUpload(t.Context(), hr(other), file)
		if err != nil {
			t.Fatal(err)
		}
		got, want := upload.Counts, u.counts
		// The same rows are left out, all of them here as rows with an error.
		got.Rejected, got.Skipped = want.Rejected, want.Skipped
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("the counts of %s when it is sent to %s:\n%s\n%+v", u.id, other, diff, upload.Findings)
		}
	}
	if diff := cmp.Diff(h.holds(t, other), h.holds(t, h.organisation)); diff != "" {
		t.Fatalf("what is held (-sent to another +with voids):\n%s", diff)
	}
}

// holds writes every fact of an organisation that is not ended.
func (h *history) holds(t *testing.T, organisation string) map[string][]string {
	t.Helper()
	const number = `(SELECT m.employee_number FROM staff_member m WHERE m.organisation = r.organisation AND m.id = r.staff_id AND m.ended_by IS NULL)`
	numbers := func(column string) string {
		return `(SELECT string_agg(m.employee_number, ' ' ORDER BY m.employee_number) FROM staff_member m
			WHERE m.organisation = r.organisation AND m.ended_by IS NULL AND m.id = ANY (r.` + column + `))`
	}
	all := make(map[string][]string)
	for table, columns := range map[string]string{
		"staff_member":     "r.employee_number",
		"employment_spell": number + ", started_on, started_on_estimated, left_on, left_on_estimated",
		"staff_version":    number + ", valid_from, staff_group, job_role, band, area_of_work, team, contract_type, fte, assignments, in_post",
		"staff_list":       "as_at, complete, " + numbers("confirmed") + ", " + numbers("found_left"),
		"assessment":       number + ", framework_version, assessed_on, assessor_kind, levels, needs, staff_group, job_role, band, team",
		"vacancy_cell":     "month, staff_group, job_role, band, area_of_work, budgeted_fte, contracted_fte, reported_vacancies, dont_know",
		"reporting_start":  "kind, reports_from",
		"position_vacancy": "vacancy_reference, staff_group, job_role, band, area_of_work, team, posts, fte, opened_on, closed_on, status",
		"target":           "framework_version, competence, domain, job_role, staff_group, band, valid_from, level",
	} {
		all[table] = column(t, h.db, `SELECT CAST(ROW(`+columns+`) AS text) FROM `+table+` r
			WHERE r.organisation = $1 AND r.ended_by IS NULL ORDER BY 1`, organisation)
	}
	for what, query := range map[string]string{
		"facts of nobody": `SELECT 1 FROM staff_version r WHERE organisation = $1 AND ended_by IS NULL AND ` + number + ` IS NULL
			UNION ALL SELECT 2 FROM employment_spell r WHERE organisation = $1 AND ended_by IS NULL AND ` + number + ` IS NULL
			UNION ALL SELECT 3 FROM assessment r WHERE organisation = $1 AND ended_by IS NULL AND ` + number + ` IS NULL`,
		"confirmations of what is not in force": `SELECT c.upload_id FROM (
				SELECT organisation, upload_id, ended_by FROM assessment_confirmation UNION ALL
				SELECT organisation, upload_id, ended_by FROM vacancy_confirmation UNION ALL
				SELECT organisation, upload_id, ended_by FROM record_confirmation UNION ALL
				SELECT organisation, upload_id, ended_by FROM staff_list) c
			JOIN upload u ON u.organisation = c.organisation AND u.id = c.upload_id
			WHERE c.organisation = $1 AND (c.ended_by IS NULL) <> (u.state <> 'voided')`,
		"voids without their change": `SELECT u.id FROM upload u LEFT JOIN change c ON c.id = u.void_change_id AND c.kind = 'void' AND c.upload_id = u.id
			WHERE u.organisation = $1 AND u.state = 'voided' AND (c.number IS NULL OR NOT EXISTS (
				SELECT FROM audit_event a WHERE a.operation = 'voidUpload' AND a.upload_id = u.id AND a.change_id = c.id))`,
	} {
		if found := column(t, h.db, query, organisation); len(found) > 0 {
			t.Errorf("%s: %v", what, found)
		}
	}
	return all
}

// sendBack uploads what is handed out: nothing of it is new.
func (h *history) sendBack(t *testing.T) {
	t.Helper()
	query := domain.DataQuery{Organisation: h.organisation, Framework: h.version}
	for _, on := range []domain.Date{modelDay(2), modelDay(5), modelDay(8), modelDay(modelDays), modelDay(modelDays + 10)} {
		query.AsAt = on
		var rows []domain.StaffRow
		if err := h.StaffRows(t.Context(), hr(h.organisation), query, func(r domain.StaffRow) error {
			rows = append(rows, r)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		h.wantUnchanged(t, people(h.organisation, on, !h.dates, rows...))
	}
	file := newFile(domain.UploadAssessments, h.organisation, 0)
	file.Assessments.Framework = h.version
	if err := h.AssessmentRows(t.Context(), hr(h.organisation), query, func(r domain.AssessmentRow) error {
		r.Row = len(file.Assessments.Rows) + 2
		file.Assessments.Rows = append(file.Assessments.Rows, r)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	file.Counts.RowsRead = len(file.Assessments.Rows)
	h.wantUnchanged(t, file)
	var rows []domain.VacancyRow
	if err := h.VacancyRows(t.Context(), hr(h.organisation), query, func(r domain.VacancyRow) error {
		rows = append(rows, r)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	h.wantUnchanged(t, complete(vacancies(h.organisation, rows...)))
	h.wantUnchanged(t, complete(positions(h.organisation, h.positionRows(t, query)...)))
	h.wantUnchanged(t, complete(targets(h.organisation, h.targetRows(t, query)...)))
}

// wantUnchanged sends a file in which nothing may be new.
func (h *history) wantUnchanged(t *testing.T, file domain.UploadFile) {
	t.Helper()
	n := file.Counts.RowsRead
	if n == 0 {
		return
	}
	upload := h.store(t, file)
	if want := (domain.UploadCounts{RowsRead: n, Unchanged: n}); upload.Counts != want {
		h.note(upload, file)
		t.Fatalf("%s sent back: %+v, want %+v\n%s", file.Kind, upload.Counts, want, strings.Join(h.log[len(h.log)-1:], ""))
	}
}
