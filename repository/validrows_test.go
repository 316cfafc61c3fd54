package repository_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// inPart asks that rows with errors be left out and the others stored.
func inPart(file domain.UploadFile) domain.UploadFile {
	file.Mode, file.Faults.ValidRows = domain.ModeValidRows, true
	return file
}

// faulty gives rows an error that the reader of the file has found.
func faulty(file domain.UploadFile, rows ...int) domain.UploadFile {
	for _, row := range rows {
		file.Faults.Add(domain.FindingNumberInvalid, domain.Cell{Row: row, Column: "Figures"}, "")
	}
	return file
}

func made(rows int) func(*domain.AssessmentRow) {
	return func(r *domain.AssessmentRow) { r.FileRows = rows }
}

// withoutBand makes the band of one row of a return one that could not be read, which
// is empty and not a dash.
func withoutBand(file domain.UploadFile, place int) domain.UploadFile {
	file.Vacancies[place].Key.Band = ""
	return file
}

// partCase is a file of which rows have errors, what becomes of it and what is held
// afterwards.
type partCase struct {
	file   domain.UploadFile
	state  domain.UploadState
	counts domain.UploadCounts
	codes  []string
	held   []string
}

func (c partCase) check(t *testing.T, r register, held func(*testing.T, string) []string) {
	t.Helper()
	preview := c.file
	preview.Faults = domain.NewFindings()
	for _, f := range c.file.Faults.List() {
		preview.Faults.AddFinding(f)
	}
	would := r.send(t, previewed(preview))
	upload := r.send(t, c.file)
	if upload.State != c.state || upload.Counts != c.counts || !upload.Counts.AddsUp() {
		t.Errorf("%s with %+v, want %s with %+v", upload.State, upload.Counts, c.state, c.counts)
	}
	if got := foundCodes(upload.Findings); !slices.Equal(got, c.codes) {
		t.Errorf("findings %v, want %v", got, c.codes)
	}
	if would.State != upload.State || would.Counts != upload.Counts || !cmp.Equal(would.Findings, upload.Findings) {
		t.Errorf("the preview was %s with %+v and %v", would.State, would.Counts, foundCodes(would.Findings))
	}
	if got := held(t, "RXA"); !slices.Equal(got, c.held) {
		t.Errorf("held are %v, want %v", got, c.held)
	}
}

func TestStaffListsStoredInPart(t *testing.T) {
	t.Parallel()
	day, applied := date(2026, 9, 30), domain.UploadPartlyApplied
	const one, two = "0001 2026-06-30 03 5 1.00000 1 t", "0002 2026-06-30 03 5 1.00000 1 t"
	for name, c := range map[string]partCase{
		"a faulty row": {
			faulty(people("RXA", day, false, nurse("0001", inBand("9")), nurse("0002", inBand("6")), nurse("0003")), 2), applied,
			domain.UploadCounts{RowsRead: 3, New: 1, Changed: 1, Rejected: 1},
			[]string{"number_invalid@2"},
			[]string{one, two, "0002 2026-09-30 03 6 1.00000 1 t", "0003 2026-09-30 03 5 1.00000 1 t"},
		},
		"an assignment falls with the other": {
			faulty(people("RXA", day, false, nurse("0001", ofFTE(50_000)), nurse("0001", ofFTE(20_000)), nurse("0002")), 3), applied,
			domain.UploadCounts{RowsRead: 3, Unchanged: 1, Rejected: 1, Skipped: 1},
			[]string{"number_invalid@3", "row_left_aside@2"},
			[]string{one, two},
		},
		"faults between rows": {
			people("RXA", day, false, nurse("0001", startedOn(date(2026, 5, 1)), leftOn(date(2026, 4, 1))), nurse("0001", ofFTE(1)), nurse("0002", removed), nurse("0002"),
				nurse("3"), nurse("0004", removed), nurse("0005")), applied,
			domain.UploadCounts{RowsRead: 7, New: 2, Rejected: 4, Skipped: 1},
			[]string{"action_remove_not_held@7", "date_order@2", "row_left_aside@3", "rows_store_and_remove@4", "rows_store_and_remove@5"},
			[]string{one, two, "0005 2026-09-30 03 5 1.00000 1 t", "3 2026-09-30 03 5 1.00000 1 t"},
		},
		"no row remains": {
			faulty(people("RXA", day, false, nurse("0001", inBand("9")), nurse("0001"), nurse("1")), 2), domain.UploadRejected,
			domain.UploadCounts{RowsRead: 3, Rejected: 2, NotStored: 1},
			[]string{"employee_number_zeros_lost@4", "number_invalid@2", "row_left_aside@3", "staff_absent@0"},
			[]string{one, two},
		},
		"an error of the file": {
			faulty(people("RXA", day, false, nurse("0001", inBand("9")), nurse("0002")), 0), domain.UploadRejected,
			domain.UploadCounts{RowsRead: 2, NotStored: 2},
			[]string{"number_invalid@0"},
			[]string{one, two},
		},
		"nothing is wrong": {
			people("RXA", day, false, nurse("0001"), nurse("0002")), domain.UploadApplied,
			domain.UploadCounts{RowsRead: 2, Unchanged: 2},
			nil,
			[]string{one, two},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRegister(t)
			r.store(t, people("RXA", date(2026, 6, 30), false, nurse("0001"), nurse("0002")))
			c.file = inPart(c.file)
			c.check(t, r, r.positions)
		})
	}
}

func TestAssessmentsStoredInPart(t *testing.T) {
	t.Parallel()
	day, partly := date(2026, 10, 1), domain.UploadPartlyApplied
	const one, two = "0001 2026-10-01 self {1,1,1,1,1,1}", "0002 2026-10-01 self {2,2,2,2,2,2}"
	for name, c := range map[string]struct {
		rows   []domain.AssessmentRow
		read   int
		bad    []int
		state  domain.UploadState
		counts domain.UploadCounts
		codes  []string
		held   []string
	}{
		"every kind of row": {
			[]domain.AssessmentRow{
				assessed("0001", day, all(3)), assessed("0002", day, all(2)), assessed("0003", day, all(4)), assessed("0003", day, all(4)),
				assessed("9999", day, all(1)), assessed("2", day, all(1)), assessed("0001", day+1, nil, withdrawn),
				assessed("0002", day+1, all(1)), assessed("0002", day+1, all(2)), assessed("0003", day+1, all(no)),
				assessed("0001", day+2, all(1)), assessed("0001", day+2, all(1)),
			},
			14,
			[]int{12},
			partly,
			domain.UploadCounts{RowsRead: 14, New: 1, Changed: 1, Unchanged: 1, Duplicate: 1, Rejected: 7, Skipped: 1, Blank: 2},
			[]string{
				"action_remove_not_held@8", "employee_number_zeros_lost@7", "employee_unknown@6", "levels_missing@11", "number_invalid@12",
				"row_duplicate@5", "row_left_aside@13", "rows_conflict@10", "rows_conflict@9", "staff_left@4",
			},
			[]string{"0001 2026-10-01 self {3,3,3,3,3,3}", two, "0003 2026-10-01 self {4,4,4,4,4,4}"},
		},
		"a removal": {
			[]domain.AssessmentRow{assessed("0001", day, nil, withdrawn), assessed("9999", day, all(1))},
			2, nil, partly,
			domain.UploadCounts{RowsRead: 2, Removed: 1, Rejected: 1},
			[]string{"employee_unknown@3"},
			[]string{two},
		},
		"no row remains": {
			[]domain.AssessmentRow{assessed("0001", day, all(4)), assessed("9999", day, all(1))},
			2,
			[]int{2},
			domain.UploadRejected,
			domain.UploadCounts{RowsRead: 2, Rejected: 2},
			[]string{"employee_unknown@3", "number_invalid@2"},
			[]string{one, two},
		},
		"rows of long form": {
			[]domain.AssessmentRow{
				assessed("0001", day, all(3), made(6)), assessed("0002", day, all(2), made(5)), assessed("9999", day, all(2), made(4)),
				assessed("0003", day, all(1), made(3)), assessed("0003", day, all(2), made(2)), assessed("0001", day, nil, withdrawn, by(domain.AssessorManager), made(7)),
			},
			27, nil, partly,
			domain.UploadCounts{RowsRead: 27, Changed: 6, Unchanged: 5, Rejected: 16},
			[]string{"action_remove_not_held@7", "employee_unknown@4", "rows_conflict@5", "rows_conflict@6"},
			[]string{"0001 2026-10-01 self {3,3,3,3,3,3}", two},
		},
		"a record of long form falls with another row": {
			[]domain.AssessmentRow{assessed("0001", day, all(3)), assessed("0001", day, all(3), made(4)), assessed("0002", day, all(2), made(2))},
			7,
			[]int{2},
			partly,
			domain.UploadCounts{RowsRead: 7, Unchanged: 2, Rejected: 1, Skipped: 4},
			[]string{"number_invalid@2", "row_left_aside@3"},
			[]string{one, two},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newStaffedRegister(t)
			r.store(t, r.assessmentFile(t, "RXA", assessed("0001", day, all(1)), assessed("0002", day, all(2))))
			file := inPart(r.assessmentFile(t, "RXA", c.rows...))
			file.Counts.RowsRead, file.Blank = c.read, c.counts.Blank
			partCase{faulty(file, c.bad...), c.state, c.counts, c.codes, c.held}.check(t, r, r.answers)
		})
	}
}

func TestReturnsStoredInPart(t *testing.T) {
	t.Parallel()
	month, partly := date(2026, 10, 31), domain.UploadPartlyApplied
	unread := func(group, band string) domain.VacancyRow { return cell(month, group, band, domain.VacancyMeasures{}) }
	const five, six = "2026-10-31 03 5 50.00000 40.00000 * * * * * 0", "2026-10-31 03 6 10.00000 12.00000 * * * * * 0"
	const clerks = "2026-10-31 04 - 7.00000 7.00000 * * * * * 0"
	for name, c := range map[string]partCase{
		"the cell of a faulty row is held": {
			faulty(vacancies("RXA", cell(month, "03", "5", establishment(50, 45)), unread("03", "6")), 3), partly,
			domain.UploadCounts{RowsRead: 2, Changed: 1, Rejected: 1},
			[]string{"number_invalid@3"},
			[]string{"2026-10-31 03 5 50.00000 45.00000 * * * * * 0", six, clerks},
		},
		"the band of a faulty row cannot be read": {
			withoutBand(faulty(vacancies("RXA", cell(month, "03", "5", establishment(50, 45)), unread("03", "6")), 3), 1), partly,
			domain.UploadCounts{RowsRead: 2, Changed: 1, Rejected: 1},
			[]string{"number_invalid@3"},
			[]string{"2026-10-31 03 5 50.00000 45.00000 * * * * * 0", six, clerks},
		},
		"the group of a faulty row cannot be read": {
			faulty(vacancies("RXA", cell(month, "03", "5", establishment(50, 45)), unread("", "6")), 3), partly,
			domain.UploadCounts{RowsRead: 2, Changed: 1, Rejected: 1},
			[]string{"number_invalid@3"},
			[]string{"2026-10-31 03 5 50.00000 45.00000 * * * * * 0", six, clerks},
		},
		"more cells are absent than rows are faulty": {
			faulty(vacancies("RXA", cell(month, "03", "7", establishment(1, 1)), unread("03", "8a")), 3), domain.UploadRejected,
			domain.UploadCounts{RowsRead: 2, Rejected: 1, NotStored: 1},
			[]string{"cells_absent@0", "number_invalid@3"},
			[]string{five, six, clerks},
		},
		"a faulty row excuses no other cell than its own": {
			faulty(vacancies("RXA", cell(month, "03", "5", establishment(50, 45)), unread("03", "7")), 3), domain.UploadRejected,
			domain.UploadCounts{RowsRead: 2, Rejected: 1, NotStored: 1},
			[]string{"cells_absent@0", "number_invalid@3"},
			[]string{five, six, clerks},
		},
		"a faulty row does not speak for its group": {
			faulty(vacancies("RXA", cell(month, "04", "", establishment(7, 6)), unread("03", "7")), 3), partly,
			domain.UploadCounts{RowsRead: 2, Changed: 1, Rejected: 1},
			[]string{"number_invalid@3"},
			[]string{five, six, "2026-10-31 04 - 7.00000 6.00000 * * * * * 0"},
		},
		"every kind of row": {
			faulty(vacancies("RXA", cell(month, "03", "5", establishment(50, 40)), withdrawnCell(month, "03", "6"),
				cell(month, "05", "", establishment(1, 1)), cell(month, "05", "", establishment(1, 1)), withdrawnCell(month, "06", ""),
				cell(month, "07", "", domain.VacancyMeasures{}), cell(month, "04", "", establishment(7, 6)), unread("04", ""),
				cell(month, "08", "", establishment(1, 1)), cell(month, "08", "", establishment(2, 1))), 9), partly,
			domain.UploadCounts{RowsRead: 10, New: 1, Unchanged: 1, Removed: 1, Duplicate: 1, Rejected: 5, Skipped: 1},
			[]string{
				"action_remove_not_held@6", "measures_missing@7", "number_invalid@9", "row_duplicate@5", "row_left_aside@8", "rows_conflict@10", "rows_conflict@11",
			},
			[]string{five, clerks, "2026-10-31 05 - 1.00000 1.00000 * * * * * 0"},
		},
		"no row remains": {
			faulty(vacancies("RXA", unread("03", "5"), withdrawnCell(month, "06", "")), 2), domain.UploadRejected,
			domain.UploadCounts{RowsRead: 2, Rejected: 2},
			[]string{"action_remove_not_held@3", "number_invalid@2"},
			[]string{five, six, clerks},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRegister(t)
			r.store(t, vacancies("RXA", cell(month, "03", "5", establishment(50, 40)), cell(month, "03", "6", establishment(10, 12)),
				cell(month, "04", "", establishment(7, 7))))
			c.file = inPart(c.file)
			c.check(t, r, r.cells)
		})
	}
}

func TestACompleteFileIsNotStoredInPart(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	for _, file := range []domain.UploadFile{
		inPart(people("RXA", date(2026, 9, 30), true, nurse("0001"))), previewed(inPart(complete(monthOf("RXA", 1)))),
	} {
		_, err := r.StoreUpload(t.Context(), hr("RXA"), file)
		wantRefusal(t, err, domain.KindInvalid, "options_contradict", 0)
	}
	r.store(t, monthOf("RXA", 1))
	db := r.database.Admin(t)
	run(t, db, `ALTER TABLE upload DISABLE TRIGGER upload_is_final`)
	_, err := db.Exec(`UPDATE upload SET complete = true, mode = 'valid_rows'`)
	if _, constraint := sqlState(err); constraint != "upload_complete_check" {
		t.Errorf("%v", err)
	}
}
