package domain_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"skillstracker/domain"
)

// drawLists draws staff lists with distinct days over a few people and bands.
func drawLists(t *rapid.T, stated bool) []domain.StaffList {
	days := rapid.SliceOfNDistinct(rapid.IntRange(1, 31), 1, 7, rapid.ID[int]).Draw(t, "days")
	lists := make([]domain.StaffList, 0, len(days))
	for _, asAt := range days {
		lists = append(lists, drawList(t, asAt, stated))
	}
	return lists
}

// drawList draws one list; with stated, rows may state their own dates, which
// may reach beyond the lists' days on both sides.
func drawList(t *rapid.T, asAt int, stated bool) domain.StaffList {
	list := domain.StaffList{AsAt: day(asAt), Complete: rapid.Bool().Draw(t, "complete")}
	for i := range rapid.IntRange(1, 3).Draw(t, "people") {
		if !rapid.Bool().Draw(t, "named") {
			continue
		}
		row := staffRow(i+2, fmt.Sprintf("E%d", i), rapid.SampledFrom([]string{"5", "6"}).Draw(t, "band"))
		if stated && rapid.Bool().Draw(t, "states start") {
			row.StartedOn = dayPointer(rapid.IntRange(-3, asAt).Draw(t, "start"))
		}
		if stated && rapid.Bool().Draw(t, "states end") {
			earliest := -3
			if row.StartedOn != nil {
				earliest = int(*row.StartedOn - day(0))
			}
			row.LeftOn = dayPointer(rapid.IntRange(earliest, 35).Draw(t, "end"))
		}
		list.Rows = append(list.Rows, row)
	}
	return list
}

// employmentModel is what lists without dates of their own say, read all at once:
// the position on each day of a list that names the person, and the days of
// complete lists that do not.
type employmentModel struct {
	named  map[domain.Date]string // band by day
	absent map[domain.Date]bool
}

func modelOf(lists []domain.StaffList, number string) employmentModel {
	model := employmentModel{named: make(map[domain.Date]string), absent: make(map[domain.Date]bool)}
	for _, list := range lists {
		i := slices.IndexFunc(list.Rows, func(r domain.StaffRow) bool { return r.EmployeeNumber == number })
		switch {
		case i >= 0:
			model.named[list.AsAt] = list.Rows[i].Band
		case list.Complete:
			model.absent[list.AsAt] = true
		}
	}
	return model
}

// spells reads the model from the first day to the last: a spell begins on the
// first day on which a list names the person and ends before the next complete
// list that does not.
func (m employmentModel) spells() []domain.Spell {
	var spells []domain.Spell
	open := false
	for n := range 40 {
		on := day(n)
		if _, named := m.named[on]; named && !open {
			spells = append(spells, domain.Spell{StartedOn: on, StartedOnEstimated: true})
			open = true
		}
		if m.absent[on] && open {
			last := on - 1
			spells[len(spells)-1].LeftOn, spells[len(spells)-1].LeftOnEstimated = &last, true
			open = false
		}
	}
	return spells
}

// band returns the position that the newest list up to the day states.
func (m employmentModel) band(on domain.Date) string {
	for ; on >= day(0); on-- {
		if band, named := m.named[on]; named {
			return band
		}
	}
	return ""
}

// Lists with distinct days and no dates of their own give the same history in
// whatever order they arrive, complete ones too: that of reading them in the
// order of their days.
func TestStaffListsDoNotDependOnTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lists := drawLists(t, false)
		register := newStaffRegister()
		for _, list := range lists {
			plan, faults := register.apply(list)
			if faults.Errors() > 0 || !plan.Counts.AddsUp() || plan.Counts.RowsRead != len(list.Rows) {
				t.Fatalf("findings %v, counts %+v", codes(faults), plan.Counts)
			}
		}
		for _, number := range []string{"E0", "E1", "E2"} {
			model := modelOf(lists, number)
			if got, want := spellsText(register.people[number].Spells), spellsText(model.spells()); got != want {
				t.Fatalf("%s has the spells %s, want %s", number, got, want)
			}
			for n := range 40 {
				position, _ := register.position(number, day(n))
				if want := model.band(day(n)); position.Band != want {
					t.Fatalf("%s has band %q on day %d, want %q: %s", number, position.Band, n, want,
						versionsText(register.people[number].Versions))
				}
			}
		}
		again := rapid.SampledFrom(lists).Draw(t, "again")
		plan, faults := register.plan(again)
		if len(plan.Changes) > 0 || plan.Counts.Ended > 0 || plan.Counts.Unchanged != len(again.Rows) || faults.Errors() > 0 {
			t.Fatalf("a list sent again changes %+v, counts %+v", plan.Changes, plan.Counts)
		}
	})
}

// Whatever lists came before, dates of their own included, a list that is
// accepted holds: it says who is in post on its day and in which position, takes
// nothing from the days of other lists unless it names a leaving date before
// them, and changes nothing when sent again.
func TestStaffListHoldsOnceApplied(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		register := newStaffRegister()
		for range rapid.IntRange(1, 8).Draw(t, "lists") {
			list := drawList(t, rapid.IntRange(1, 31).Draw(t, "day"), true)
			before := make(map[string][]domain.Date)
			for number := range register.people {
				before[number] = evidenceBeside(register, number, list)
			}
			bands := bandsOn(register, before)
			plan, faults := register.apply(list)
			checkPlan(t, list, plan, faults)
			if faults.Errors() > 0 {
				continue
			}
			for number, person := range register.people {
				checkSpells(t, person.Spells)
				if !slices.IsSortedFunc(person.Versions, func(a, b domain.StaffVersion) int { return cmp.Compare(a.ValidFrom, b.ValidFrom) }) {
					t.Fatalf("versions are out of order: %s", versionsText(person.Versions))
				}
				for _, on := range before[number] {
					if position, _ := register.position(number, on); !register.inPost(number, on) || position.Band != bands[number][on] {
						t.Fatalf("day %d of %s is lost: %s %s", on-day(0), number, spellsText(person.Spells), versionsText(person.Versions))
					}
				}
			}
			checkHolds(t, register, list)
			if repeated, _ := register.plan(list); len(repeated.Changes) > 0 {
				t.Fatalf("the same list again changes %s to %s", spellsText(repeated.Changes[0].Before.Spells), spellsText(repeated.Changes[0].Spells))
			}
		}
	})
}

// evidenceBeside returns the days, other than the list's own, on which lists
// named the person in post, nothing has contradicted that, and the list does not
// contradict it by a leaving date before its day.
func evidenceBeside(register *staffRegister, number string, list domain.StaffList) []domain.Date {
	person := register.people[number]
	days := slices.Clone(person.Confirmed)
	for _, version := range person.Versions {
		days = append(days, version.ValidFrom)
	}
	left := domain.Forever
	if i := slices.IndexFunc(list.Rows, func(r domain.StaffRow) bool { return r.EmployeeNumber == number }); i >= 0 && list.Rows[i].LeftOn != nil {
		left = *list.Rows[i].LeftOn
	}
	return slices.DeleteFunc(days, func(on domain.Date) bool {
		return on == list.AsAt || !register.inPost(number, on) || on > left && on < list.AsAt
	})
}

func bandsOn(register *staffRegister, days map[string][]domain.Date) map[string]map[domain.Date]string {
	bands := make(map[string]map[domain.Date]string)
	for number, list := range days {
		bands[number] = make(map[domain.Date]string)
		for _, on := range list {
			position, _ := register.position(number, on)
			bands[number][on] = position.Band
		}
	}
	return bands
}

func checkPlan(t *rapid.T, list domain.StaffList, plan domain.StaffPlan, faults *domain.Findings) {
	t.Helper()
	if !plan.Counts.AddsUp() || plan.Counts.RowsRead+faults.BadRows() != len(list.Rows) {
		t.Fatalf("counts do not add up: %+v, %d bad rows of %d", plan.Counts, faults.BadRows(), len(list.Rows))
	}
	for _, f := range faults.List() {
		switch f.Code {
		case domain.FindingDateOrder, domain.FindingStartedAfterList, domain.FindingStartedInEarlier, domain.FindingLeftInLater:
			continue
		}
		if f.Severity == domain.SeverityError {
			t.Fatalf("the list has %s", f.Code)
		}
	}
	for _, change := range plan.Changes {
		if spellsText(change.Before.Spells) == spellsText(change.Spells) && slices.Equal(change.Before.Versions, change.Versions) {
			t.Fatalf("%s is among the changes without one", change.EmployeeNumber)
		}
	}
}

func checkHolds(t *rapid.T, register *staffRegister, list domain.StaffList) {
	t.Helper()
	for _, number := range []string{"E0", "E1", "E2"} {
		i := slices.IndexFunc(list.Rows, func(r domain.StaffRow) bool { return r.EmployeeNumber == number })
		person := register.people[number]
		if i < 0 {
			if list.Complete && register.inPost(number, list.AsAt) {
				t.Fatalf("%s is absent from the complete list and in post: %s", number, spellsText(person.Spells))
			}
			continue
		}
		row := list.Rows[i]
		if row.LeftOn != nil && !slices.ContainsFunc(person.Spells, func(s domain.Spell) bool {
			return s.LeftOn != nil && *s.LeftOn == *row.LeftOn && !s.LeftOnEstimated
		}) || row.StartedOn != nil && !slices.ContainsFunc(person.Spells, func(s domain.Spell) bool {
			return s.StartedOn == *row.StartedOn && !s.StartedOnEstimated
		}) {
			t.Fatalf("a stated date of %s is not kept: %s", number, spellsText(person.Spells))
		}
		if row.LeftOn != nil && *row.LeftOn < list.AsAt {
			if !register.inPost(number, *row.LeftOn) || list.Complete && register.inPost(number, list.AsAt) {
				t.Fatalf("the leaver %s has %s", number, spellsText(person.Spells))
			}
			if _, known := register.position(number, *row.LeftOn); !known {
				t.Fatalf("the leaver %s has no position on the last day: %s", number, versionsText(person.Versions))
			}
			continue
		}
		if position, _ := register.position(number, list.AsAt); !register.inPost(number, list.AsAt) || position != positionOf(row.Band) {
			t.Fatalf("%s does not have band %s on day %d: %s %s", number, row.Band, list.AsAt-day(0),
				spellsText(person.Spells), versionsText(person.Versions))
		}
	}
}
