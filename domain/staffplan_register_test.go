package domain_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"skillstracker/domain"
)

// staffRegister carries plans out in memory, as the repository does in tables.
type staffRegister struct {
	people     map[string]domain.StaffHistory
	completeOn []domain.Date
	nextID     int64
}

func newStaffRegister() *staffRegister {
	return &staffRegister{people: make(map[string]domain.StaffHistory)}
}

// held returns the register's people in an order that has no meaning.
func (r *staffRegister) held() domain.HeldStaff {
	people := slices.Collect(maps.Values(r.people))
	return domain.HeldStaff{
		People: people, CompleteOn: r.completeOn,
		Contracts: map[string]bool{"01": false, "02": true, "03": false, "04": true, "07": false},
	}
}

// plan decides on a list without applying it.
func (r *staffRegister) plan(list domain.StaffList) (domain.StaffPlan, *domain.Findings) {
	faults := domain.NewFindings()
	return domain.PlanStaffList(list, r.held(), faults), faults
}

// apply decides on a list and, when it has no error, carries the plan out.
func (r *staffRegister) apply(list domain.StaffList) (domain.StaffPlan, *domain.Findings) {
	plan, faults := r.plan(list)
	if faults.Errors() == 0 {
		r.carryOut(plan)
	}
	return plan, faults
}

func (r *staffRegister) carryOut(plan domain.StaffPlan) {
	confirmed := make(map[int64]bool)
	for _, id := range plan.Confirmed {
		confirmed[id] = true
	}
	for number, person := range r.people {
		if confirmed[person.ID] {
			person.Confirmed = append(slices.Clone(person.Confirmed), plan.AsAt)
			r.people[number] = person
		}
	}
	for _, change := range plan.Changes {
		person := r.people[change.EmployeeNumber]
		if person.ID == 0 {
			r.nextID++
			person.ID, person.EmployeeNumber = r.nextID, change.EmployeeNumber
		}
		person.Spells, person.Versions = change.Spells, change.Versions
		r.people[change.EmployeeNumber] = person
		if len(person.Spells) == 0 && len(person.Versions) == 0 {
			delete(r.people, change.EmployeeNumber)
		}
	}
	if plan.Complete {
		r.completeOn = append(r.completeOn, plan.AsAt)
	}
}

// inPost says whether a spell covers the day.
func (r *staffRegister) inPost(number string, on domain.Date) bool {
	return slices.ContainsFunc(r.people[number].Spells, func(s domain.Spell) bool { return s.Covers(on) })
}

// position returns the position in force on the day.
func (r *staffRegister) position(number string, on domain.Date) (domain.Position, bool) {
	var found domain.Position
	known := false
	for _, version := range r.people[number].Versions {
		if version.ValidFrom <= on {
			found, known = version.Position, true
		}
	}
	return found, known
}

// day returns the nth day of October 2026; n may be below 1 or above 31.
func day(n int) domain.Date { return domain.NewDate(2026, time.October, n) }

func dayPointer(n int) *domain.Date {
	d := day(n)
	return &d
}

// staffRow returns the synthetic row of a nurse in the given band.
func staffRow(row int, number, band string) domain.StaffRow {
	return domain.StaffRow{
		Row: row, EmployeeNumber: number, StaffGroup: "10", JobRole: domain.NotGiven, Band: band,
		AreaOfWork: domain.NotGiven, ContractType: domain.NotGiven, FTE: domain.FTEUnit,
	}
}

// positionOf returns what staffRow states.
func positionOf(band string) domain.Position {
	return domain.Position{
		StaffGroup: "10", JobRole: domain.NotGiven, Band: band, AreaOfWork: domain.NotGiven,
		ContractType: domain.NotGiven, FTE: domain.FTEUnit, Assignments: 1, InPost: true,
	}
}

// spellsText writes spells as days of October 2026, with ~ for estimated dates.
func spellsText(spells []domain.Spell) string {
	text := ""
	for _, s := range spells {
		text += fmt.Sprintf("[%s..", dayText(s.StartedOn, s.StartedOnEstimated))
		if s.LeftOn != nil {
			text += dayText(*s.LeftOn, s.LeftOnEstimated)
		}
		text += "]"
	}
	return text
}

func dayText(d domain.Date, estimated bool) string {
	text := fmt.Sprint(int(d - day(0)))
	if estimated {
		return text + "~"
	}
	return text
}

func versionsText(versions []domain.StaffVersion) string {
	text := ""
	for _, v := range versions {
		text += fmt.Sprintf("(%d:%s)", v.ValidFrom-day(0), v.Position.Band)
	}
	return text
}

// checkSpells fails when spells are out of order, overlap or end before they start.
func checkSpells(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, spells []domain.Spell,
) {
	t.Helper()
	for i, s := range spells {
		if s.LeftOn != nil && *s.LeftOn < s.StartedOn {
			t.Fatalf("a spell ends before it starts: %s", spellsText(spells))
		}
		if i > 0 && (spells[i-1].LeftOn == nil || *spells[i-1].LeftOn >= s.StartedOn) {
			t.Fatalf("spells overlap: %s", spellsText(spells))
		}
	}
}

// codes lists the findings as code@row.
func codes(faults *domain.Findings) []string {
	list := make([]string, 0, len(faults.List()))
	for _, f := range faults.List() {
		list = append(list, fmt.Sprintf("%s@%d", f.Code, f.Row))
	}
	return list
}

func wantCodes(t *testing.T, faults *domain.Findings, want ...string) {
	t.Helper()
	if got := codes(faults); !slices.Equal(got, want) {
		t.Errorf("findings are %v, want %v", got, want)
	}
}
