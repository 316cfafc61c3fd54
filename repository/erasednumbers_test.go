package repository_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/repository"
)

// A row about an erased person is skipped with a warning, whatever is wrong with it,
// and makes nobody; a complete list does not miss them.
func TestRowsOfErasedPeopleAreSkipped(t *testing.T) {
	t.Parallel()
	r := newRegister(t, erasing, keepingFiles)
	r.store(t, people("RXA", date(2026, 3, 31), true, nurse("0042"), nurse("7"), nurse("007"), nurse("9")))
	for _, number := range []string{"0042", "007"} {
		if _, err := r.ErasePerson(t.Context(), hr("RXA"), "RXA", number, date(2026, 4, 1), named()); err != nil {
			t.Fatal(err)
		}
	}
	hdc := date(2026, 4, 2)
	faulty := func(file domain.UploadFile) domain.UploadFile {
		file.Faults.Add(domain.FindingBandUnknown, domain.Cell{Row: 2}, "")
		file.Faults.Add(domain.FindingNumberInvalid, domain.Cell{Row: 2}, "")
		return file
	}
	create := func(file domain.UploadFile) domain.UploadFile {
		file.CreateMissingStaff = true
		return file
	}
	long := r.assessmentFile(t, "RXA", assessed("7", hdc, all(1)))
	long.Counts.RowsRead, long.Assessments.Spoilt = 3, []domain.SpoiltRows{{EmployeeNumber: "0042", Rows: []int{3, 4}}}
	long.Faults.Add(domain.FindingLevelInvalid, domain.Cell{Row: 4}, "")
	preview := faulty(people("RXA", hdc, true, nurse("0042"), nurse("7"), nurse("9")))
	preview.CheckOnly = true
	inPart := faulty(people("RXA", hdc, false, nurse("0042"), nurse("7"), nurse("9")))
	inPart.Mode = domain.ModeValidRows
	for name, c := range map[string]struct {
		file domain.UploadFile
		want domain.UploadCounts
	}{
		"preview":                  {preview, domain.UploadCounts{RowsRead: 3, Unchanged: 2, Skipped: 1}},
		"complete staff list":      {faulty(people("RXA", hdc, true, nurse("0042"), nurse("7"), nurse("9"))), domain.UploadCounts{RowsRead: 3, Unchanged: 2, Skipped: 1}},
		"without zeros":            {people("RXA", hdc, true, nurse("42"), nurse("7"), nurse("9")), domain.UploadCounts{RowsRead: 3, Unchanged: 2, Skipped: 1}},
		"in part":                  {inPart, domain.UploadCounts{RowsRead: 3, Unchanged: 2, Skipped: 1}},
		"assessments":              {faulty(r.assessmentFile(t, "RXA", assessed("0042", hdc, all(1)), assessed("7", hdc, all(2)))), domain.UploadCounts{RowsRead: 2, New: 1, Skipped: 1}},
		"assessments making staff": {create(r.assessmentFile(t, "RXA", assessed("0042", hdc+1, all(1)), assessed("7", hdc+1, all(2)))), domain.UploadCounts{RowsRead: 2, New: 1, Skipped: 1}},
		"long form":                {long, domain.UploadCounts{RowsRead: 3, New: 1, Skipped: 2}},
		"nobody else":              {r.assessmentFile(t, "RXA", assessed("0042", hdc, all(1))), domain.UploadCounts{RowsRead: 1, Skipped: 1}},
		"removal":                  {people("RXA", hdc, false, nurse("0042", removed), nurse("9")), domain.UploadCounts{RowsRead: 2, Unchanged: 1, Skipped: 1}},
	} {
		if name == "long form" {
			for i := range c.file.Assessments.Rows {
				c.file.Assessments.Rows[i].AssessedOn += 5
			}
		}
		upload := r.store(t, withContent(t, c.file, 10))
		if upload.Counts != c.want || upload.Errors != 0 || upload.KeptUntil != nil {
			t.Errorf("%s: %+v, %d errors, kept until %v: %+v", name, upload.Counts, upload.Errors, upload.KeptUntil, upload.Findings)
		}
		if !slices.ContainsFunc(upload.Findings, func(f domain.Finding) bool { return f.Code == domain.FindingErasedPerson && f.Row > 1 }) {
			t.Errorf("%s: %+v", name, upload.Findings)
		}
	}
	if held := column(t, r.admin, `SELECT coalesce(employee_number, '?') FROM staff_member ORDER BY id`); !slices.Equal(slices.Sorted(slices.Values(held)), []string{"7", "9", "?", "?"}) {
		t.Errorf("the register holds %v", held)
	}
	// Somebody else has the number 7 and the one of another organisation is another's.
	r.store(t, people("RXB", hdc, true, nurse("0042")))
	if got := column(t, r.admin, `SELECT count(*) FROM staff_member WHERE employee_number IN ('0042', '42', '007')`); !slices.Equal(got, []string{"1"}) {
		t.Errorf("%v people with erased numbers", got)
	}
}

// An erased number is known in another case of its letters, unless somebody else has it so.
func TestErasedNumbersInAnotherCase(t *testing.T) {
	t.Parallel()
	r := newRegister(t, erasing)
	r.store(t, people("RXA", date(2026, 3, 31), true, nurse("S0255"), nurse("0ab7"), nurse("x9"), nurse("X9"), nurse("00y9"), nurse("Y9"), nurse("1")))
	for _, number := range []string{"S0255", "0ab7", "x9", "00y9"} {
		if _, err := r.ErasePerson(t.Context(), hr("RXA"), "RXA", number, date(2026, 4, 1), named()); err != nil {
			t.Fatal(err)
		}
	}
	for number, erased := range map[string]bool{
		"S0255": true, "s0255": true, "0ab7": true, "0AB7": true, "AB7": true, "aB7": true, "x9": true, "X9": false, "00Y9": true, "Y9": false, "S0256": false,
	} {
		file := people("RXA", date(2026, 4, 2), false, nurse(number), nurse("1"))
		file.CheckOnly = true
		if upload := r.store(t, file); (upload.Counts.Skipped == 1) != erased {
			t.Errorf("%s: %+v", number, upload.Counts)
		}
	}
}

// An erased number is known with more and fewer zeros before it, unless somebody else's
// number is the same without its zeros.
func TestErasedNumbersWithOtherZeros(t *testing.T) {
	t.Parallel()
	r := newRegister(t, erasing)
	r.store(t, people("RXA", date(2026, 3, 31), true, nurse("0042"), nurse("55"), nurse("0081"), nurse("081"), nurse("1")))
	for _, number := range []string{"0042", "55", "0081"} {
		if _, err := r.ErasePerson(t.Context(), hr("RXA"), "RXA", number, date(2026, 4, 1), named()); err != nil {
			t.Fatal(err)
		}
	}
	for number, erased := range map[string]bool{
		"0042": true, "42": true, "00042": true, "042": true, "420": false, "55": true, "0055": true, "0081": true, "81": false, "081": false, "00081": false, "001": false,
	} {
		file := people("RXA", date(2026, 4, 2), false, nurse(number), nurse("1"))
		file.CheckOnly = true
		if upload, err := r.StoreUpload(t.Context(), hr("RXA"), file); err != nil || (upload.Counts.Skipped == 1) != erased {
			t.Errorf("%s: %+v, %v", number, upload.Counts, err)
		}
	}
}

// A staff list of which no row is left says nothing: it leaves no list, and ends nobody
// when it says that it is complete.
func TestAListOfErasedPeopleAlone(t *testing.T) {
	t.Parallel()
	r := newRegister(t, erasing)
	r.store(t, people("RXA", date(2026, 3, 31), true, nurse("1"), nurse("2"), nurse("3")))
	if _, err := r.ErasePerson(t.Context(), hr("RXA"), "RXA", "1", date(2026, 4, 1), named()); err != nil {
		t.Fatal(err)
	}
	in := `SELECT concat_ws(' ', s.staff_id, s.left_on) FROM employment_spell s WHERE s.ended_by IS NULL UNION ALL SELECT CAST(as_at AS text) FROM staff_list ORDER BY 1`
	before := column(t, r.admin, in)
	alone := r.store(t, people("RXA", date(2026, 4, 2), false, nurse("1")))
	if want := (domain.UploadCounts{RowsRead: 1, Skipped: 1}); alone.Counts != want || alone.State != domain.UploadApplied {
		t.Errorf("%s %+v: %+v", alone.State, alone.Counts, alone.Findings)
	}
	complete := people("RXA", date(2026, 4, 3), true, nurse("1"))
	for _, checkOnly := range []bool{true, false} {
		file := again(complete)
		file.CheckOnly = checkOnly
		upload, err := r.StoreUpload(t.Context(), hr("RXA"), file)
		if err != nil || upload.State != domain.UploadRejected || !slices.ContainsFunc(upload.Findings, func(f domain.Finding) bool { return f.Code == domain.FindingRowsMissing }) {
			t.Errorf("%v, %s %+v: %+v", err, upload.State, upload.Counts, upload.Findings)
		}
	}
	if after := column(t, r.admin, in); !slices.Equal(before, after) {
		t.Errorf("%v became %v", before, after)
	}
	if _, err := r.VoidUpload(t.Context(), hr("RXA"), alone.ID); err != nil {
		t.Error(err)
	}
}

// Where somebody was erased, a rejected file is kept only when its employee numbers could be
// told from the rest of it.
func TestRejectedFilesThatMayNameErasedPeople(t *testing.T) {
	t.Parallel()
	r := newRegister(t, keepingFiles, erasing)
	r.store(t, people("RXA", date(2026, 3, 31), true, nurse("1"), nurse("2")))
	rejected := func(kind domain.UploadKind, heading string) domain.Upload {
		file := newFile(kind, "RXA", 1)
		file.Mapping = []domain.MappedColumn{{Header: "Number", Field: heading}, {Header: "Other"}}
		file.Faults.Add(domain.FindingColumnMissing, domain.Cell{}, "")
		upload, err := r.StoreUpload(t.Context(), hr("RXA"), withContent(t, file, 10))
		if err != nil || upload.State != domain.UploadRejected {
			t.Fatalf("%s, %v", upload.State, err)
		}
		return upload
	}
	before := []domain.Upload{rejected(domain.UploadVacancies, ""), rejected(domain.UploadPositions, ""), rejected(domain.UploadTargets, ""), rejected(domain.UploadStaff, "")}
	erasure, err := r.ErasePerson(t.Context(), hr("RXA"), "RXA", "1", date(2026, 4, 1), named())
	if err != nil || erasure.FilesDeleted != len(before) {
		t.Errorf("%+v, %v", erasure, err)
	}
	for _, upload := range before {
		if _, _, err := r.content(t, hr("RXA"), upload.ID); domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("%s: %v", upload.Kind, err)
		}
	}
	for _, kind := range []domain.UploadKind{domain.UploadVacancies, domain.UploadPositions, domain.UploadTargets, domain.UploadStaff} {
		if upload := rejected(kind, ""); upload.KeptUntil != nil {
			t.Errorf("%s is kept until %v", kind, upload.KeptUntil)
		}
	}
	if upload := rejected(domain.UploadStaff, "employee_number"); upload.KeptUntil == nil {
		t.Error("a list whose employee numbers are known is not kept")
	}
	if upload := r.store(t, withContent(t, monthOf("RXA", 1), 10)); upload.KeptUntil == nil {
		t.Error("a return that is stored is not kept")
	}
}

// Without the key of the numbers nobody is erased and nothing is taken in that might be
// about an erased person; with another key the register says so.
func TestErasedNumbersNeedTheirKey(t *testing.T) {
	t.Parallel()
	r := newRegister(t, erasing)
	r.store(t, people("RXA", date(2026, 3, 31), true, nurse("1"), nurse("2")))
	without := r.database.Store(t)
	if _, err := without.ErasePerson(t.Context(), hr("RXA"), "RXA", "1", date(2026, 4, 1), named()); !strings.Contains(fmt.Sprint(err), "erasure_key_missing") {
		t.Errorf("without a key: %v", err)
	}
	if err := without.CheckErasureKey(t.Context()); err != nil {
		t.Errorf("nobody is erased: %v", err)
	}
	if _, err := r.ErasePerson(t.Context(), hr("RXA"), "RXA", "1", date(2026, 4, 1), named()); err != nil {
		t.Fatal(err)
	}
	if err := without.CheckErasureKey(t.Context()); !strings.Contains(fmt.Sprint(err), "erasure_key_missing") {
		t.Errorf("somebody is erased and there is no key: %v", err)
	}
	if _, err := without.StoreUpload(t.Context(), hr("RXA"), people("RXA", date(2026, 4, 2), true, nurse("1"))); !strings.Contains(fmt.Sprint(err), "erasure_key_missing") {
		t.Errorf("an upload without a key: %v", err)
	}
	other := r.database.Store(t, func(c *repository.Config) { c.ErasureKey = bytes.Repeat([]byte{8}, 32) })
	if err := other.CheckErasureKey(t.Context()); !strings.Contains(fmt.Sprint(err), "erasure_key_other") {
		t.Errorf("another key: %v", err)
	}
	if _, err := other.ErasePerson(t.Context(), hr("RXA"), "RXA", "2", date(2026, 4, 1), named()); !strings.Contains(fmt.Sprint(err), "erasure_key_other") {
		t.Errorf("an erasure with another key: %v", err)
	}
	if _, err := other.StoreUpload(t.Context(), hr("RXA"), people("RXA", date(2026, 4, 2), false, nurse("1"))); !strings.Contains(fmt.Sprint(err), "erasure_key_other") {
		t.Errorf("an upload with another key: %v", err)
	}
	if err := r.CheckErasureKey(t.Context()); err != nil {
		t.Errorf("the same key: %v", err)
	}
	if _, err := repository.Open(t.Context(), repository.Config{URL: "postgres://", Clock: time.Now, ErasureKey: make([]byte, 31)}); err == nil || !strings.Contains(err.Error(), "31 bytes") {
		t.Errorf("a short key: %v", err)
	}
}
