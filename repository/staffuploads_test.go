package repository_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// people are synthetic rows of one staff list, from row 2 on.
func people(organisation string, asAt domain.Date, complete bool, rows ...domain.StaffRow) domain.UploadFile {
	file := newFile(domain.UploadStaff, organisation, len(rows))
	file.AsAt, file.Complete = &asAt, complete
	for i, row := range rows {
		row.Row, row.AsAt = i+2, asAt
		file.Staff = append(file.Staff, row)
	}
	return file
}

// nurse is one synthetic assignment in band 5; changes adjust it.
func nurse(number string, changes ...func(*domain.StaffRow)) domain.StaffRow {
	row := domain.StaffRow{
		EmployeeNumber: number, StaffGroup: "03", JobRole: domain.NotGiven, Band: "5", AreaOfWork: domain.NotGiven,
		ContractType: domain.NotGiven, FTE: domain.FTEUnit,
	}
	for _, change := range changes {
		change(&row)
	}
	return row
}

func inBand(band string) func(*domain.StaffRow) { return func(r *domain.StaffRow) { r.Band = band } }

func onContract(code string) func(*domain.StaffRow) {
	return func(r *domain.StaffRow) { r.ContractType = code }
}

func ofFTE(f domain.FTE) func(*domain.StaffRow) { return func(r *domain.StaffRow) { r.FTE = f } }

func leftOn(d domain.Date) func(*domain.StaffRow) { return func(r *domain.StaffRow) { r.LeftOn = &d } }

func startedOn(d domain.Date) func(*domain.StaffRow) {
	return func(r *domain.StaffRow) { r.StartedOn = &d }
}

func removed(r *domain.StaffRow) { r.Action = domain.ActionRemove }

// positions are the versions that hold, one line each.
func (r register) positions(t *testing.T, organisation string) []string {
	t.Helper()
	return column(t, r.admin, `SELECT concat_ws(' ', m.employee_number, v.valid_from, v.staff_group, v.band, v.fte, v.assignments, v.in_post)
		FROM staff_version v JOIN staff_member m ON m.organisation = v.organisation AND m.id = v.staff_id
		WHERE v.organisation = $1 AND v.ended_by IS NULL ORDER BY 1`, organisation)
}

// spells are the periods of employment that hold, one line each; ~ marks an estimate.
func (r register) spells(t *testing.T, organisation string) []string {
	t.Helper()
	return column(t, r.admin, `SELECT concat(m.employee_number, ' ', started_on, CASE WHEN started_on_estimated THEN '~' END,
			' to ', left_on, CASE WHEN left_on_estimated THEN '~' END)
		FROM employment_spell s JOIN staff_member m ON m.organisation = s.organisation AND m.id = s.staff_id
		WHERE s.organisation = $1 AND s.ended_by IS NULL ORDER BY 1`, organisation)
}

func TestStaffListsKeepTheirHistory(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 6, 30), true, nurse("0001"), nurse("0002", ofFTE(60_000)), nurse("0003"), nurse("0004", onContract("01"))))
	before := contents(t, r)
	// 0001 is promoted, 0002 has a second assignment, 0003 is absent, 0005 is new.
	second := r.store(t, people("RXA", date(2026, 9, 30), true, nurse("0001", inBand("6")), nurse("0002", ofFTE(60_000)),
		nurse("0002", ofFTE(33_333), inBand("4")), nurse("0004", onContract("01")), nurse("0005", startedOn(date(2026, 9, 1)))))
	if want := (domain.UploadCounts{RowsRead: 5, New: 1, Changed: 3, Unchanged: 1, Ended: 1}); second.Counts != want {
		t.Errorf("counts %+v, want %+v", second.Counts, want)
	}
	grown, ended := wantGrown(t, before, contents(t, r))
	if want := []string{"audit_event", "change", "employment_spell", "staff_list", "staff_member", "staff_version", "upload"}; !slices.Equal(grown, want) {
		t.Errorf("new rows in %v, want %v", grown, want)
	}
	if want := []string{"employment_spell"}; !slices.Equal(ended, want) {
		t.Errorf("rows ended in %v, want %v", ended, want)
	}
	if diff := cmp.Diff([]string{
		"0001 2026-06-30 03 5 1.00000 1 t", "0001 2026-09-30 03 6 1.00000 1 t",
		"0002 2026-06-30 03 5 0.60000 1 t", "0002 2026-09-30 03 5 0.93333 2 t",
		"0003 2026-06-30 03 5 1.00000 1 t", "0004 2026-06-30 03 5 1.00000 1 f", "0005 2026-09-30 03 5 1.00000 1 t",
	}, r.positions(t, "RXA")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{
		"0001 2026-06-30~ to ", "0002 2026-06-30~ to ", "0003 2026-06-30~ to 2026-09-29~", "0004 2026-06-30~ to ", "0005 2026-09-01 to ",
	}, r.spells(t, "RXA")); diff != "" {
		t.Error(diff)
	}
}

// A list about an earlier day arrives last: what later lists said stays.
func TestALateStaffListOverwritesNothing(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 6, 30), false, nurse("0001"), nurse("0002")))
	r.store(t, people("RXA", date(2026, 9, 30), false, nurse("0001"), nurse("0002", inBand("7"))))
	late := r.store(t, people("RXA", date(2026, 7, 31), false, nurse("0001", inBand("6")), nurse("0002", inBand("6"))))
	if want := (domain.UploadCounts{RowsRead: 2, Changed: 2}); late.Counts != want {
		t.Errorf("counts %+v, want %+v", late.Counts, want)
	}
	if diff := cmp.Diff([]string{
		"0001 2026-06-30 03 5 1.00000 1 t", "0001 2026-07-31 03 6 1.00000 1 t", "0001 2026-09-30 03 5 1.00000 1 t",
		"0002 2026-06-30 03 5 1.00000 1 t", "0002 2026-07-31 03 6 1.00000 1 t", "0002 2026-09-30 03 7 1.00000 1 t",
	}, r.positions(t, "RXA")); diff != "" {
		t.Error(diff)
	}
}

func TestARehireOpensANewSpell(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2025, 12, 31), false, nurse("0001", startedOn(date(2020, 1, 1)), leftOn(date(2026, 3, 31)))))
	r.store(t, people("RXA", date(2026, 9, 30), false, nurse("0001", startedOn(date(2026, 9, 1)))))
	if diff := cmp.Diff([]string{"0001 2020-01-01 to 2026-03-31", "0001 2026-09-01 to "}, r.spells(t, "RXA")); diff != "" {
		t.Error(diff)
	}
	if got := one(t, r.database.Admin(t), `SELECT count(*) FROM staff_member`); got != "1" {
		t.Errorf("there are %s staff members, want the same person", got)
	}
}

func TestStaffListFindings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file  domain.UploadFile
		state domain.UploadState
		codes []string
	}{
		"a number that lost its zeros": {
			people("RXA", date(2026, 9, 30), false, nurse("0001"), nurse("0002"), nurse("3")), domain.UploadRejected, []string{"employee_number_zeros_lost@4", "staff_absent@0"},
		},
		"a number with other zeros is another person": {
			people("RXA", date(2026, 9, 30), false, nurse("0001"), nurse("0002"), nurse("0003"), nurse("00003")), domain.UploadApplied, nil,
		},
		"absent staff stay in post": {
			people("RXA", date(2026, 9, 30), false, nurse("0001")), domain.UploadApplied, []string{"staff_absent@0"},
		},
		"a removal of what is not held": {
			people("RXA", date(2026, 9, 30), true, nurse("0009", removed)), domain.UploadRejected, []string{"action_remove_not_held@2", "complete_ends_many@0"},
		},
		"a removal of another day's row": {
			people("RXA", date(2026, 9, 30), true, nurse("0001", removed)), domain.UploadRejected, []string{"action_remove_other_day@2", "complete_ends_many@0"},
		},
		"a day on which the organisation was closed": {
			people("RXD", date(2026, 9, 30), true, nurse("0001")), domain.UploadApplied, []string{"organisation_closed@0"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRegister(t)
			importAll(t, r.Store, edition(date(2025, 1, 1), entry("RXD", "Trust D (synthetic)", open(nil, datePointer(date(2026, 3, 31))))))
			r.store(t, people("RXA", date(2026, 6, 30), true, nurse("0001"), nurse("0002"), nurse("0003")))
			upload, err := r.StoreUpload(t.Context(), hr(c.file.Organisation), c.file)
			if err != nil {
				t.Fatal(err)
			}
			if got := foundCodes(upload.Findings); upload.State != c.state || !slices.Equal(got, c.codes) {
				t.Errorf("%s with %v, want %s with %v", upload.State, got, c.state, c.codes)
			}
		})
	}
}

func TestARemovedStaffRowIsWithdrawn(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 6, 30), false, nurse("0001"), nurse("0002")))
	before := contents(t, r)
	upload := r.store(t, people("RXA", date(2026, 6, 30), true, nurse("0001", removed), nurse("0002")))
	if want := (domain.UploadCounts{RowsRead: 2, Unchanged: 1, Removed: 1}); upload.Counts != want {
		t.Errorf("counts %+v, want %+v", upload.Counts, want)
	}
	if _, ended := wantGrown(t, before, contents(t, r)); !slices.Equal(ended, []string{"employment_spell", "staff_version"}) {
		t.Errorf("rows ended in %v", ended)
	}
	if got := r.spells(t, "RXA"); !slices.Equal(got, []string{"0002 2026-06-30~ to "}) {
		t.Errorf("spells %v", got)
	}
}

// The same numbers in two organisations are different people.
func TestEmployeeNumbersBelongToTheirOrganisation(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 6, 30), true, nurse("0001"), nurse("0002")))
	r.store(t, people("RXB", date(2026, 6, 30), true, nurse("0002", inBand("7")), nurse("3")))
	upload := r.store(t, people("RXB", date(2026, 9, 30), true, nurse("0001", inBand("8a"))))
	if want := (domain.UploadCounts{RowsRead: 1, New: 1, Ended: 2}); upload.Counts != want {
		t.Errorf("counts %+v, want %+v", upload.Counts, want)
	}
	if diff := cmp.Diff([]string{"0001 2026-06-30~ to ", "0002 2026-06-30~ to "}, r.spells(t, "RXA")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"0001 2026-06-30 03 5 1.00000 1 t", "0002 2026-06-30 03 5 1.00000 1 t"}, r.positions(t, "RXA")); diff != "" {
		t.Error(diff)
	}
	// RXB's list holds 3 without zeros; that RXC has none of these numbers is its own affair.
	if state := r.store(t, people("RXC", date(2026, 9, 30), false, nurse("1"), nurse("2"))).State; state != domain.UploadApplied {
		t.Errorf("RXC's list is %s", state)
	}
}
