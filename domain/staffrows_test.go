package domain_test

import (
	"slices"
	"testing"

	"skillstracker/domain"
)

// assignment builds a synthetic row of E1 with a contract type and FTE in hundredths.
func assignment(row int, band, contract string, hundredths int64) domain.StaffRow {
	r := staffRow(row, "E1", band)
	r.ContractType, r.FTE = contract, domain.FTE(hundredths)*domain.FTEUnit/100
	return r
}

func leaving(row domain.StaffRow, left int) domain.StaffRow {
	row.LeftOn = dayPointer(left)
	return row
}

func TestAssignmentsBecomeOnePosition(t *testing.T) {
	merged := func(band, contract string, hundredths int64, assignments int, inPost bool) domain.Position {
		p := positionOf(band)
		p.ContractType, p.FTE = contract, domain.FTE(hundredths)*domain.FTEUnit/100
		p.Assignments, p.InPost = assignments, inPost
		return p
	}
	cases := map[string]struct {
		rows   []domain.StaffRow
		want   domain.Position
		spells string
		codes  []string
	}{
		"one": {
			rows: []domain.StaffRow{assignment(2, "5", "02", 60)},
			want: merged("5", "02", 60, 1, true), spells: "[10~..]",
		},
		"the greatest gives the attributes": {
			rows: []domain.StaffRow{assignment(2, "5", "02", 20), assignment(3, "6", "04", 60), assignment(4, "7", "02", 10)},
			want: merged("6", "04", 90, 3, true), spells: "[10~..]",
		},
		"of equals the first does": {
			rows: []domain.StaffRow{assignment(2, "5", "02", 50), assignment(3, "6", "02", 50)},
			want: merged("5", "02", 100, 2, true), spells: "[10~..]",
		},
		"bank does not count beside substantive": {
			rows: []domain.StaffRow{assignment(2, "7", "01", 80), assignment(3, "5", "02", 40), assignment(4, "6", "03", 90)},
			want: merged("5", "02", 40, 1, true), spells: "[10~..]",
		},
		"bank alone is a position out of post": {
			rows: []domain.StaffRow{assignment(2, "7", "01", 30), assignment(3, "5", "03", 40)},
			want: merged("5", "03", 70, 2, false), spells: "[10~..]",
		},
		"no contract type counts as in post": {
			rows: []domain.StaffRow{assignment(2, "5", domain.NotGiven, 0), assignment(3, "6", "01", 30)},
			want: merged("5", domain.NotGiven, 0, 1, true), spells: "[10~..]",
		},
		"rows equal in every column both count": {
			rows: []domain.StaffRow{assignment(2, "5", "02", 50), assignment(3, "5", "02", 50), assignment(4, "5", "02", 50)},
			want: merged("5", "02", 150, 3, true), spells: "[10~..]",
			codes: []string{"assignment_repeated@3", "assignment_repeated@4"},
		},
		"rows with the same dates are equal too": {
			rows: []domain.StaffRow{leaving(assignment(2, "5", "02", 50), 20), leaving(assignment(3, "5", "02", 50), 20)},
			want: merged("5", "02", 100, 2, true), spells: "[10~..20]", codes: []string{"assignment_repeated@3"},
		},
		"an assignment without an end keeps the person": {
			rows: []domain.StaffRow{leaving(assignment(2, "5", "02", 50), 20), assignment(3, "6", "02", 40)},
			want: merged("5", "02", 90, 2, true), spells: "[10~..]",
		},
		"the last end is the person's": {
			rows: []domain.StaffRow{leaving(assignment(2, "5", "02", 50), 20), leaving(assignment(3, "6", "02", 40), 25)},
			want: merged("5", "02", 90, 2, true), spells: "[10~..25]",
		},
		"an assignment that had ended is no part of the position": {
			rows: []domain.StaffRow{leaving(assignment(2, "5", "02", 100), 8), assignment(3, "6", "02", 40)},
			want: merged("6", "02", 40, 1, true), spells: "[10~..]",
		},
		"unless all had": {
			rows: []domain.StaffRow{leaving(assignment(2, "5", "02", 100), 8), leaving(assignment(3, "6", "02", 40), 7)},
			want: merged("5", "02", 140, 2, true), spells: "[8~..8]",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			register := newStaffRegister()
			plan, faults := register.apply(domain.StaffList{AsAt: day(10), Rows: c.rows})
			wantCodes(t, faults, c.codes...)
			if got := register.people["E1"].Versions; len(got) != 1 || got[0].Position != c.want {
				t.Errorf("versions are %+v, want %+v", got, c.want)
			}
			if got := spellsText(register.people["E1"].Spells); got != c.spells {
				t.Errorf("spells are %s, want %s", got, c.spells)
			}
			if plan.Counts.New != len(c.rows) || !plan.Counts.AddsUp() {
				t.Errorf("counts are %+v", plan.Counts)
			}
		})
	}
}

func TestEarliestStartIsThePersons(t *testing.T) {
	first, second := assignment(2, "5", "02", 50), assignment(3, "6", "02", 60)
	first.StartedOn, second.StartedOn = dayPointer(4), dayPointer(2)
	register := newStaffRegister()
	register.apply(domain.StaffList{AsAt: day(10), Rows: []domain.StaffRow{first, second, assignment(4, "7", "02", 10)}})
	if got := spellsText(register.people["E1"].Spells); got != "[2..]" {
		t.Errorf("spells are %s", got)
	}
}

func TestRowsThatContradictEachOther(t *testing.T) {
	remove := removal()
	remove.Row = 3
	early := dated(9, 8)
	coming := dated(11, 0)
	huge := staffRow(4, "E1", "5")
	huge.FTE = 900_000_000_000
	cases := map[string]struct {
		rows   []domain.StaffRow
		codes  []string
		counts domain.UploadCounts
	}{
		"store and remove": {
			[]domain.StaffRow{staffRow(2, "E1", "5"), remove, staffRow(4, "E1", "6")},
			[]string{"rows_store_and_remove@2", "rows_store_and_remove@3", "rows_store_and_remove@4"},
			domain.UploadCounts{},
		},
		"left before started": {
			[]domain.StaffRow{early, staffRow(3, "E1", "6")},
			[]string{"date_order@2"},
			domain.UploadCounts{RowsRead: 1, Skipped: 1},
		},
		"starts after the day of the list": {
			[]domain.StaffRow{coming, staffRow(3, "E2", "6")},
			[]string{"started_after_list@2"},
			domain.UploadCounts{RowsRead: 1, New: 1},
		},
		"more FTE than the register holds": {
			[]domain.StaffRow{huge, func() domain.StaffRow { r := huge; r.Row = 5; r.Band = "6"; return r }()},
			[]string{"fte_sum_too_large@4"},
			domain.UploadCounts{RowsRead: 1, Skipped: 1},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			plan, faults := newStaffRegister().plan(domain.StaffList{AsAt: day(10), Rows: c.rows})
			wantCodes(t, faults, c.codes...)
			if plan.Counts != c.counts {
				t.Errorf("counts are %+v, want %+v", plan.Counts, c.counts)
			}
			if slices.ContainsFunc(plan.Changes, func(change domain.StaffChange) bool { return change.EmployeeNumber == "E1" }) {
				t.Error("half a person is planned")
			}
		})
	}
}

func TestMoreRowsThanAssignments(t *testing.T) {
	rows := make([]domain.StaffRow, 40_000)
	for i := range rows {
		rows[i] = staffRow(i+2, "E1", "5")
		rows[i].FTE = domain.FTE(i)
	}
	plan, faults := newStaffRegister().plan(domain.StaffList{AsAt: day(10), Rows: rows})
	wantCodes(t, faults, "assignments_too_many@2")
	if len(plan.Changes) != 0 || plan.Counts.Skipped != len(rows)-1 {
		t.Errorf("counts are %+v with %d changes", plan.Counts, len(plan.Changes))
	}
}

// A clash of a stated date names the rows that state it and keeps the person's
// other rows out.
func TestDateClashNamesItsRows(t *testing.T) {
	register := newStaffRegister()
	register.people["E1"] = person([]domain.Spell{spell(1, 5, "")}, []domain.StaffVersion{version(1, "5")})
	first, second := dated(4, 0), staffRow(3, "E1", "6")
	plan, faults := register.plan(domain.StaffList{AsAt: day(10), Rows: []domain.StaffRow{first, second}})
	wantCodes(t, faults, "started_in_earlier_employment@2")
	if want := (domain.UploadCounts{RowsRead: 1, Skipped: 1}); plan.Counts != want {
		t.Errorf("counts are %+v, want %+v", plan.Counts, want)
	}
}

// A row with an error still names its person, who is neither changed nor ended.
func TestRowsWithErrorsNameTheirPerson(t *testing.T) {
	register := newStaffRegister()
	register.apply(domain.StaffList{AsAt: day(1), Rows: []domain.StaffRow{staffRow(2, "E1", "5"), staffRow(3, "E2", "5")}})
	faults := domain.NewFindings()
	faults.Add(domain.FindingBandUnknown, domain.Cell{Row: 2}, "")
	list := domain.StaffList{AsAt: day(10), Complete: true, Rows: []domain.StaffRow{
		staffRow(2, "E1", ""), staffRow(3, "E1", "6"), staffRow(4, "E3", "6"),
	}}
	plan := domain.PlanStaffList(list, register.held(), faults)
	want := domain.UploadCounts{RowsRead: 2, New: 1, Skipped: 1, Ended: 1}
	if plan.Counts != want {
		t.Errorf("counts are %+v, want %+v", plan.Counts, want)
	}
	if len(plan.Changes) != 2 || plan.Changes[0].EmployeeNumber != "E2" || plan.Changes[1].EmployeeNumber != "E3" {
		t.Errorf("changes are %+v", plan.Changes)
	}
}

// Where rows with errors are left out and the others stored, rows that fall with
// another row of their person are left aside with a finding of their own.
func TestRowsThatFallWithAnotherAreLeftAside(t *testing.T) {
	register := newStaffRegister()
	register.people["E1"] = person([]domain.Spell{spell(1, 5, "")}, []domain.StaffVersion{version(1, "5")})
	clash := dated(4, 0)
	clash.Row, clash.EmployeeNumber = 5, "E1"
	huge := staffRow(7, "E3", "5")
	huge.FTE = 9_999_999 * domain.FTEUnit
	huger := huge
	huger.Row, huger.Band = 8, "6"
	list := domain.StaffList{AsAt: day(10), Rows: []domain.StaffRow{
		staffRow(2, "E2", ""), staffRow(3, "E2", "6"), staffRow(4, "E4", "6"), clash, staffRow(6, "E1", "6"), huge, huger,
	}}
	plan := func(validRows bool) *domain.Findings {
		faults := domain.NewFindings()
		faults.ValidRows = validRows
		faults.Add(domain.FindingBandUnknown, domain.Cell{Row: 2}, "")
		domain.PlanStaffList(list, register.held(), faults)
		return faults
	}
	wantCodes(t, plan(false), "band_unknown@2", "started_in_earlier_employment@5", "fte_sum_too_large@7")
	aside := plan(true)
	wantCodes(t, aside, "band_unknown@2", "row_left_aside@3", "started_in_earlier_employment@5", "row_left_aside@6", "fte_sum_too_large@7", "row_left_aside@8")
	if aside.LeftAside() != 3 || aside.BadRows() != 3 {
		t.Errorf("%d rows are left aside and %d are bad", aside.LeftAside(), aside.BadRows())
	}
}
