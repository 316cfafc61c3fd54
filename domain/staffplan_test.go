package domain_test

import (
	"fmt"
	"slices"
	"testing"

	"skillstracker/domain"
)

// spell builds a spell of October 2026; the marks are e for an estimated start
// and l for an estimated end; left 0 is none.
func spell(started, left int, marks string) domain.Spell {
	s := domain.Spell{StartedOn: day(started)}
	if left != 0 {
		s.LeftOn = dayPointer(left)
	}
	for _, mark := range marks {
		switch mark {
		case 'e':
			s.StartedOnEstimated = true
		case 'l':
			s.LeftOnEstimated = true
		}
	}
	return s
}

func version(from int, band string) domain.StaffVersion {
	return domain.StaffVersion{ValidFrom: day(from), Position: positionOf(band)}
}

// person builds the held history of E1.
func person(spells []domain.Spell, versions []domain.StaffVersion, confirmed ...int) domain.StaffHistory {
	history := domain.StaffHistory{ID: 1, EmployeeNumber: "E1", Spells: spells, Versions: versions}
	for _, n := range confirmed {
		history.Confirmed = append(history.Confirmed, day(n))
	}
	return history
}

// dated gives the row of E1 in band 5 the dates; 0 is none.
func dated(started, left int) domain.StaffRow {
	row := staffRow(2, "E1", "5")
	if started != 0 {
		row.StartedOn = dayPointer(started)
	}
	if left != 0 {
		row.LeftOn = dayPointer(left)
	}
	return row
}

func removal() domain.StaffRow {
	row := staffRow(2, "E1", "5")
	row.Action = domain.ActionRemove
	return row
}

type staffPlanCase struct {
	held       domain.StaffHistory // zero for a person not held
	asAt       int
	complete   bool
	completeOn []int
	row        *domain.StaffRow // nil when the list does not name the person
	spells     string
	versions   string
	counts     domain.UploadCounts
	confirmed  bool
	codes      []string
}

func TestPlanStaffListForOnePerson(t *testing.T) {
	type spells = []domain.Spell
	type versions = []domain.StaffVersion
	row := func(r domain.StaffRow) *domain.StaffRow { return &r }
	isNew := domain.UploadCounts{RowsRead: 1, New: 1}
	changed := domain.UploadCounts{RowsRead: 1, Changed: 1}
	unchanged := domain.UploadCounts{RowsRead: 1, Unchanged: 1}
	removed := domain.UploadCounts{RowsRead: 1, Removed: 1}
	ended := domain.UploadCounts{Ended: 1}
	cases := map[string]staffPlanCase{
		"a new person starts on the day of the list": {
			asAt: 10, row: row(dated(0, 0)), spells: "[10~..]", versions: "(10:5)", counts: isNew,
		},
		"a new person with a stated start": {
			asAt: 10, row: row(dated(3, 0)), spells: "[3..]", versions: "(10:5)", counts: isNew,
		},
		"a new person who leaves later": {
			asAt: 10, row: row(dated(0, 40)), spells: "[10~..40]", versions: "(10:5)", counts: isNew,
		},
		"a new person whose last day is that of the list": {
			asAt: 10, row: row(dated(0, 10)), spells: "[10~..10]", versions: "(10:5)", counts: isNew,
		},
		"a new person who had left": {
			asAt: 10, row: row(dated(2, 7)), spells: "[2..7]", versions: "(7:5)", counts: isNew,
		},
		"a new person who had left, start not stated": {
			asAt: 10, row: row(dated(0, 7)), spells: "[7~..7]", versions: "(7:5)", counts: isNew,
		},
		"a late list ends a new person before the complete list that did not name them": {
			asAt: 10, completeOn: []int{20, 15, 3}, row: row(dated(0, 0)), spells: "[10~..14~]", versions: "(10:5)", counts: isNew,
		},
		"a held person without history is new": {
			held: person(nil, nil), asAt: 10, row: row(dated(0, 0)), spells: "[10~..]", versions: "(10:5)", counts: isNew,
		},
		"unchanged is confirmed": {
			held: person(spells{spell(1, 0, "e")}, versions{version(1, "5")}),
			asAt: 10, row: row(dated(0, 0)), spells: "[1~..]", versions: "(1:5)", counts: unchanged, confirmed: true,
		},
		"another band is a version": {
			held: person(spells{spell(1, 0, "e")}, versions{version(1, "6")}),
			asAt: 10, row: row(dated(0, 0)), spells: "[1~..]", versions: "(1:6)(10:5)", counts: changed,
		},
		"a version of the same day is replaced": {
			held: person(spells{spell(1, 0, "e")}, versions{version(1, "4"), version(10, "6")}),
			asAt: 10, row: row(dated(0, 0)), spells: "[1~..]", versions: "(1:4)(10:5)", counts: changed,
		},
		"an earlier list leaves the day that a later one confirmed": {
			held: person(spells{spell(1, 0, "e")}, versions{version(1, "6")}, 20, 30),
			asAt: 10, row: row(dated(0, 0)), spells: "[1~..]", versions: "(1:6)(10:5)(20:6)", counts: changed,
		},
		"an earlier list leaves a later version": {
			held: person(spells{spell(1, 0, "e")}, versions{version(1, "6"), version(20, "7")}, 30),
			asAt: 10, row: row(dated(0, 0)), spells: "[1~..]", versions: "(1:6)(10:5)(20:7)", counts: changed,
		},
		"a list before everything held": {
			held: person(spells{spell(20, 0, "e")}, versions{version(20, "6")}, 30),
			asAt: 10, row: row(dated(0, 0)), spells: "[10~..]", versions: "(10:5)(20:6)", counts: changed,
		},
		"a list before a spell with a stated start": {
			held: person(spells{spell(20, 0, "")}, versions{version(20, "5")}),
			asAt: 10, row: row(dated(0, 0)), spells: "[10~..19~][20..]", versions: "(10:5)(20:5)", counts: changed,
		},
		"a list before a spell, with a leaving date": {
			held: person(spells{spell(20, 0, "e")}, versions{version(20, "5")}),
			asAt: 10, row: row(dated(0, 12)), spells: "[10~..12][20~..]", versions: "(10:5)(20:5)", counts: changed,
		},
		"a leaving date beyond the estimated start of the next spell joins the two": {
			held: person(spells{spell(1, 14, "el"), spell(20, 0, "e")}, versions{version(1, "5")}, 20, 30),
			asAt: 10, row: row(dated(0, 25)), spells: "[1~..25][30~..]", versions: "(1:5)", counts: changed, confirmed: true,
		},
		"a leaving date beyond the stated start of the next spell is refused": {
			held: person(spells{spell(1, 14, "el"), spell(20, 0, "")}, versions{version(1, "5")}),
			asAt: 10, row: row(dated(0, 25)), spells: "[1~..14~][20..]", versions: "(1:5)", codes: []string{"left_in_later_employment@2"},
		},
		"a stated start replaces an estimated one": {
			held: person(spells{spell(5, 0, "e")}, versions{version(5, "5")}),
			asAt: 10, row: row(dated(2, 0)), spells: "[2..]", versions: "(5:5)", counts: changed, confirmed: true,
		},
		"an estimated start may turn out to be right": {
			held: person(spells{spell(5, 0, "e")}, versions{version(5, "5")}),
			asAt: 10, row: row(dated(5, 0)), spells: "[5..]", versions: "(5:5)", counts: changed, confirmed: true,
		},
		"a stated start is corrected": {
			held: person(spells{spell(2, 0, "")}, versions{version(8, "5")}),
			asAt: 10, row: row(dated(4, 0)), spells: "[4..]", versions: "(8:5)", counts: changed, confirmed: true,
		},
		"a start after a day on which a list named the person leaves that employment": {
			held: person(spells{spell(2, 0, "e")}, versions{version(2, "5")}),
			asAt: 10, row: row(dated(6, 0)), spells: "[2~..5~][6..]", versions: "(2:5)", counts: changed, confirmed: true,
		},
		"a start in an employment whose end is estimated reopens it": {
			held: person(spells{spell(1, 5, "l")}, versions{version(1, "5")}), completeOn: []int{6},
			asAt: 10, row: row(dated(1, 0)), spells: "[1..]", versions: "(1:5)", counts: changed, confirmed: true,
		},
		"a start in an employment whose end was stated is refused": {
			held: person(spells{spell(1, 5, "")}, versions{version(1, "5")}),
			asAt: 10, row: row(dated(4, 0)), spells: "[1..5]", versions: "(1:5)", codes: []string{"started_in_earlier_employment@2"},
		},
		"the very start of an employment with a stated end says that it did not end": {
			held: person(spells{spell(1, 5, "")}, versions{version(1, "5")}),
			asAt: 10, row: row(dated(1, 0)), spells: "[1..]", versions: "(1:5)", counts: changed, confirmed: true,
		},
		"a re-hire opens a spell": {
			held: person(spells{spell(1, 5, "")}, versions{version(1, "5")}),
			asAt: 10, row: row(dated(0, 0)), spells: "[1..5][10~..]", versions: "(1:5)", counts: changed, confirmed: true,
		},
		"a re-hire with its date": {
			held: person(spells{spell(1, 5, "el")}, versions{version(1, "6")}), completeOn: []int{6},
			asAt: 10, row: row(dated(8, 0)), spells: "[1~..5~][8..]", versions: "(1:6)(10:5)", counts: changed,
		},
		"named between two spells, nobody said absent after": {
			held: person(spells{spell(1, 5, "el"), spell(20, 0, "e")}, versions{version(1, "5")}, 20), completeOn: []int{6},
			asAt: 10, row: row(dated(0, 0)), spells: "[1~..5~][10~..]", versions: "(1:5)", counts: changed, confirmed: true,
		},
		"named between two spells, absent before and after": {
			held: person(spells{spell(1, 5, "el"), spell(20, 0, "e")}, versions{version(1, "5")}, 20), completeOn: []int{6, 15},
			asAt: 10, row: row(dated(0, 0)), spells: "[1~..5~][10~..14~][20~..]", versions: "(1:5)", counts: changed, confirmed: true,
		},
		"a list of the same day mends an absence": {
			held: person(spells{spell(1, 9, "el"), spell(20, 0, "e")}, versions{version(1, "5")}, 20), completeOn: []int{10},
			asAt: 10, row: row(dated(0, 0)), spells: "[1~..]", versions: "(1:5)", counts: changed, confirmed: true,
		},
		"a late leaving date overrides the lists that did not know it": {
			held: person(spells{spell(1, 0, "e")}, versions{version(1, "5")}, 10, 20, 30),
			asAt: 25, row: row(dated(0, 7)), spells: "[1~..7][30~..]", versions: "(1:5)", counts: changed,
		},
		"a leaving date states no position": {
			held: person(spells{spell(1, 0, "e")}, versions{version(1, "6")}),
			asAt: 25, row: row(dated(0, 7)), spells: "[1~..7]", versions: "(1:6)", counts: changed,
		},
		"a leaving date before the first list that named the person": {
			held: person(spells{spell(10, 0, "e")}, versions{version(10, "6")}),
			asAt: 20, row: row(dated(0, 7)), spells: "[7~..7]", versions: "(7:5)(10:6)", counts: changed,
		},
		"a leaving date before the first list, named again by a later one": {
			held: person(spells{spell(10, 40, "e")}, versions{version(10, "6")}, 15, 30),
			asAt: 20, row: row(dated(5, 7)), spells: "[5..7][30~..40]", versions: "(7:5)(10:6)", counts: changed,
		},
		"the leaving date of an earlier employment": {
			held: person(spells{spell(1, 9, "el"), spell(15, 0, "")}, versions{version(1, "5")}), completeOn: []int{10},
			asAt: 20, row: row(dated(0, 7)), spells: "[1~..7][15..]", versions: "(1:5)", counts: changed,
		},
		"a stated leaving date takes the place of the estimated one": {
			held: person(spells{spell(1, 9, "el")}, versions{version(1, "5")}), completeOn: []int{10},
			asAt: 20, row: row(dated(0, 12)), spells: "[1~..12]", versions: "(1:5)", counts: changed,
		},
		"an employment that came and went between two lists": {
			held: person(spells{spell(1, 5, "")}, versions{version(1, "6")}),
			asAt: 20, row: row(dated(8, 12)), spells: "[1..5][8..12]", versions: "(1:6)(12:5)", counts: changed,
		},
		"an estimated leaving date may turn out to be right": {
			held: person(spells{spell(1, 9, "el")}, versions{version(1, "5")}), completeOn: []int{10},
			asAt: 5, row: row(dated(0, 9)), spells: "[1~..9]", versions: "(1:5)", counts: changed, confirmed: true,
		},
		"a leaver who started in an employment whose end was stated": {
			held: person(spells{spell(1, 5, ""), spell(8, 0, "e")}, versions{version(1, "5")}),
			asAt: 20, row: row(dated(4, 12)), spells: "[1..5][8~..]", versions: "(1:5)", codes: []string{"started_in_earlier_employment@2"},
		},
		"a leaver who is known to have left is unchanged": {
			held: person(spells{spell(1, 7, "e")}, versions{version(1, "5")}),
			asAt: 20, row: row(dated(0, 7)), spells: "[1~..7]", versions: "(1:5)", counts: unchanged,
		},
		"a complete list that names a leaver says that the person is not in post": {
			held: person(spells{spell(1, 5, ""), spell(8, 0, "")}, versions{version(1, "5")}),
			asAt: 20, complete: true, row: row(dated(1, 5)), spells: "[1..5][8..19~]", versions: "(1:5)", counts: changed,
		},
		"absence from a complete list ends employment": {
			held: person(spells{spell(1, 0, "e")}, versions{version(1, "5")}),
			asAt: 10, complete: true, spells: "[1~..9~]", versions: "(1:5)", counts: ended,
		},
		"absence from any other list is a warning": {
			held: person(spells{spell(1, 0, "e")}, versions{version(1, "5")}),
			asAt: 10, spells: "[1~..]", versions: "(1:5)", codes: []string{"staff_absent@0"},
		},
		"absence of somebody who had left is nothing": {
			held: person(spells{spell(1, 5, "e")}, versions{version(1, "5")}),
			asAt: 10, spells: "[1~..5]", versions: "(1:5)",
		},
		"absence from a late complete list leaves later lists": {
			held: person(spells{spell(1, 30, "e")}, versions{version(1, "5"), version(25, "6")}, 20),
			asAt: 10, complete: true, spells: "[1~..9~][20~..30]", versions: "(1:5)(25:6)", counts: ended,
		},
		"absence from the list of the first day takes the employment back": {
			held: person(spells{spell(10, 0, "e")}, versions{version(10, "5")}, 20),
			asAt: 10, complete: true, spells: "[20~..]", versions: "(20:5)", counts: ended,
		},
		"absence from the only day takes everything back": {
			held: person(spells{spell(10, 0, "e")}, versions{version(10, "5")}, 10),
			asAt: 10, complete: true, counts: ended,
		},
		"a day that was taken back is no evidence": {
			held: person(spells{spell(1, 9, "el")}, versions{version(1, "6")}, 10), completeOn: []int{10},
			asAt: 4, row: row(dated(0, 0)), spells: "[1~..9~]", versions: "(1:6)(4:5)", counts: changed,
		},
		"remove withdraws the only version and the person": {
			held: person(spells{spell(10, 0, "e")}, versions{version(10, "5")}, 10),
			asAt: 10, row: row(removal()), counts: removed,
		},
		"remove of the only version leaves no employment": {
			held: person(spells{spell(1, 5, ""), spell(10, 0, "")}, versions{version(10, "5")}),
			asAt: 10, row: row(removal()), counts: removed,
		},
		"remove of one of several days leaves a stated start": {
			held: person(spells{spell(2, 0, "")}, versions{version(10, "5"), version(20, "6")}),
			asAt: 10, row: row(removal()), spells: "[2..]", versions: "(20:6)", counts: removed,
		},
		"remove withdraws a version": {
			held: person(spells{spell(1, 0, "e")}, versions{version(1, "6"), version(10, "5")}),
			asAt: 10, row: row(removal()), spells: "[1~..]", versions: "(1:6)", counts: removed,
		},
		"remove leaves what later lists confirmed": {
			held: person(spells{spell(10, 0, "e")}, versions{version(10, "6")}, 20),
			asAt: 10, row: row(removal()), spells: "[20~..]", versions: "(20:6)", counts: removed,
		},
		"remove withdraws a re-hire": {
			held: person(spells{spell(1, 5, "e"), spell(10, 0, "e")}, versions{version(1, "6"), version(10, "5")}),
			asAt: 10, row: row(removal()), spells: "[1~..5]", versions: "(1:6)", counts: removed,
		},
		"remove in a complete list ends employment too": {
			held: person(spells{spell(1, 0, "e")}, versions{version(1, "6"), version(10, "5")}),
			asAt: 10, complete: true, row: row(removal()), spells: "[1~..9~]", versions: "(1:6)", counts: removed,
		},
		"remove of a day without a version": {
			held: person(spells{spell(1, 0, "e")}, versions{version(1, "6")}, 10),
			asAt: 10, row: row(removal()), spells: "[1~..]", versions: "(1:6)", codes: []string{"action_remove_other_day@2"},
		},
		"remove of nobody": {
			asAt: 10, row: row(removal()), codes: []string{"action_remove_not_held@2"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) { c.check(t) })
	}
}

func (c staffPlanCase) check(t *testing.T) {
	t.Helper()
	register := newStaffRegister()
	if c.held.ID != 0 {
		register.people[c.held.EmployeeNumber] = c.held
		register.nextID = c.held.ID
	}
	for _, n := range c.completeOn {
		register.completeOn = append(register.completeOn, day(n))
	}
	list := domain.StaffList{AsAt: day(c.asAt), Complete: c.complete}
	if c.row != nil {
		list.Rows = []domain.StaffRow{*c.row}
	}
	heldBefore := fmt.Sprint(spellsText(c.held.Spells), versionsText(c.held.Versions))
	plan, faults := register.apply(list)
	wantCodes(t, faults, c.codes...)
	got := register.people["E1"]
	checkSpells(t, got.Spells)
	if spellsText(got.Spells) != c.spells {
		t.Errorf("spells are %s, want %s", spellsText(got.Spells), c.spells)
	}
	if versionsText(got.Versions) != c.versions {
		t.Errorf("versions are %s, want %s", versionsText(got.Versions), c.versions)
	}
	if plan.Counts != c.counts {
		t.Errorf("counts are %+v, want %+v", plan.Counts, c.counts)
	}
	if (len(plan.Confirmed) == 1) != c.confirmed {
		t.Errorf("confirmed are %v, want one: %v", plan.Confirmed, c.confirmed)
	}
	if after := fmt.Sprint(spellsText(c.held.Spells), versionsText(c.held.Versions)); after != heldBefore {
		t.Errorf("what was held was altered from %s to %s", heldBefore, after)
	}
}

func TestPlanStaffListIsInOrder(t *testing.T) {
	register := newStaffRegister()
	var rows []domain.StaffRow
	for i := range 50 {
		rows = append(rows, staffRow(i+2, fmt.Sprintf("E%02d", (i*7)%50), "5"))
	}
	plan, _ := register.plan(domain.StaffList{AsAt: day(1), Rows: rows})
	for i, change := range plan.Changes {
		if want := fmt.Sprintf("E%02d", i); change.EmployeeNumber != want || change.ID != 0 {
			t.Fatalf("change %d is about %s (%d), want %s", i, change.EmployeeNumber, change.ID, want)
		}
	}
	register.apply(domain.StaffList{AsAt: day(1), Rows: rows[30:]})
	register.apply(domain.StaffList{AsAt: day(1), Rows: rows[:30]})
	plan, faults := register.apply(domain.StaffList{AsAt: day(2), Rows: rows[:48]})
	if !slices.IsSorted(plan.Confirmed) || len(plan.Confirmed) != 48 {
		t.Errorf("confirmed ids are not 48 in order: %v", plan.Confirmed)
	}
	if len(plan.Changes) != 0 || plan.Counts.Unchanged != 48 {
		t.Errorf("counts are %+v", plan.Counts)
	}
	want := "2 staff in post on 2 Oct 2026 are absent from the file and stay in post."
	if list := faults.List(); len(list) != 1 || list[0].Message != want {
		t.Errorf("findings are %+v, want %q", list, want)
	}
	plan, _ = register.apply(domain.StaffList{AsAt: day(3), Complete: true, Rows: rows[:40]})
	if plan.Counts.Ended != 10 || len(plan.Changes) != 10 || plan.Changes[0].ID == 0 {
		t.Errorf("counts are %+v with %d changes", plan.Counts, len(plan.Changes))
	}
}

func BenchmarkPlanStaffList(b *testing.B) {
	register := newStaffRegister()
	rows := make([]domain.StaffRow, 250_000)
	for i := range rows {
		rows[i] = staffRow(i+2, fmt.Sprintf("%08d", (i*7919)%len(rows)), "5")
	}
	register.apply(domain.StaffList{AsAt: day(1), Rows: rows})
	for i := range rows {
		if i%10 == 0 {
			rows[i].Band = "6"
		}
	}
	held := register.held()
	for b.Loop() {
		domain.PlanStaffList(domain.StaffList{AsAt: day(2), Complete: true, Rows: rows}, held, domain.NewFindings())
	}
}
