package repository_test

import (
	"slices"
	"testing"

	"skillstracker/domain"
)

func TestReturnsFarFromTheStaffList(t *testing.T) {
	t.Parallel()
	october, november := date(2026, 10, 31), date(2026, 11, 30)
	contracted := func(group string, whole int64) domain.VacancyRow {
		return cell(october, group, "", establishment(30, whole))
	}
	clerk := func(row *domain.StaffRow) { row.StaffGroup, row.Band = "04", "3" }
	// Ten nurses and four clerks are in post at the end of October; of the nurses one
	// has left since and one is on the bank.
	list := func(asAt domain.Date) domain.UploadFile {
		var rows []domain.StaffRow
		for i := range 10 {
			rows = append(rows, nurse(number(i)))
		}
		for i := range 4 {
			rows = append(rows, nurse(number(20+i), clerk))
		}
		return people("RXA", asAt, true, append(rows, nurse(number(30), leftOn(date(2026, 10, 30))), nurse(number(31), onContract("01")))...)
	}
	for name, c := range map[string]struct {
		list domain.UploadFile
		file domain.UploadFile
		want []string
	}{
		"near": {list(october), vacancies("RXA", contracted("03", 12), contracted("04", 4)), nil},
		"far": {
			list(october), vacancies("RXA", contracted("03", 13), contracted("04", 6), contracted("05", 2)),
			[]string{"The contracted FTE of Oct 2026 is far from the FTE of the staff list: staff group 03 has 13 in the return and 10 on the staff list; " +
				"staff group 04 has 6 in the return and 4 on the staff list; staff group 05 has 2 in the return and 0 on the staff list."},
		},
		"by one FTE only":    {list(october), vacancies("RXA", contracted("04", 5), contracted("05", 1)), nil},
		"far below":          {list(october), vacancies("RXA", contracted("03", 7)), []string{"The contracted FTE of Oct 2026 is far from the FTE of the staff list: staff group 03 has 7 in the return and 10 on the staff list."}},
		"cells add up":       {list(october), vacancies("RXA", cell(october, "03", "5", establishment(6, 6)), cell(october, "03", "6", establishment(6, 5))), nil},
		"partly not known":   {list(october), vacancies("RXA", cell(october, "03", "5", establishment(2, 2)), cell(october, "03", "6", domain.VacancyMeasures{Budgeted: fte(9), Contracted: domain.Measure{State: domain.DontKnow}})), nil},
		"no staff list":      {monthOf("RXA", 3), vacancies("RXA", contracted("03", 25)), nil},
		"a later list":       {list(november), vacancies("RXA", contracted("03", 25)), nil},
		"a list of July":     {list(date(2026, 7, 31)), vacancies("RXA", contracted("03", 25)), nil},
		"a list of August":   {list(date(2026, 8, 1)), vacancies("RXA", contracted("03", 25)), []string{"The contracted FTE of Oct 2026 is far from the FTE of the staff list: staff group 03 has 25 in the return and 10 on the staff list."}},
		"with another error": {list(october), vacancies("RXA", contracted("03", 25), withdrawnCell(october, "06", "")), nil},
		"removed":            {list(october), vacancies("RXA", contracted("03", 10)), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRegister(t)
			r.store(t, c.list)
			var got []string
			for _, f := range r.send(t, c.file).Findings {
				if f.Code == domain.FindingReturnStaffList {
					got = append(got, f.Message)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// What is held of the month and not in the file counts too, and each month is
// compared by itself with those who were in post then.
func TestReturnsAreComparedAsTheyWillBeHeld(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	september, october := date(2026, 9, 30), date(2026, 10, 31)
	r.store(t, people("RXA", september, true, nurse("1"), nurse("2"), nurse("3"), nurse("4"), nurse("5")))
	r.store(t, people("RXA", october, true, nurse("1")))
	upload := r.store(t, vacancies("RXA", cell(september, "03", "", establishment(5, 5)), cell(october, "03", "", establishment(5, 5))))
	var got []string
	for _, f := range upload.Findings {
		if f.Code == domain.FindingReturnStaffList {
			got = append(got, f.Message)
		}
	}
	if want := []string{"The contracted FTE of Oct 2026 is far from the FTE of the staff list: staff group 03 has 5 in the return and 1 on the staff list."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	upload = r.store(t, vacancies("RXA", withdrawnCell(october, "03", ""), cell(october, "04", "", establishment(1, 1))))
	if codes := foundCodes(upload.Findings); slices.Contains(codes, "return_far_from_staff_list@0") {
		t.Errorf("a removed cell is compared: %v", codes)
	}
}
