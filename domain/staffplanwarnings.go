package domain

import (
	"fmt"
	"slices"
	"strings"
)

// lostDetails counts the people who lose details that the register held of them:
// a list states a whole position, so that an empty cell takes away what was there.
type lostDetails struct {
	people  int
	columns [5]int // people by the details of detailsOf
}

// detailsOf returns the details of a position that a list may leave out, in the
// order of detailNames.
func detailsOf(p *Position) [5]string {
	return [5]string{p.Band, p.Team, p.JobRole, p.AreaOfWork, p.ContractType}
}

func detailNames() [5]string {
	return [5]string{"band", "team", "job role", "area of work", "contract type"}
}

// compare counts what the person loses on the list's day. Somebody who was not in
// post on it loses nothing: what is held is about an earlier employment.
func (l *lostDetails) compare(before *StaffHistory, asAt Date, now *Position) {
	var inForce *Position
	for i := range before.Versions {
		if before.Versions[i].ValidFrom <= asAt {
			inForce = &before.Versions[i].Position
		}
	}
	if !employedOn(before, asAt) || inForce == nil {
		return
	}
	loses, stated := false, detailsOf(now)
	for i, held := range detailsOf(inForce) {
		if GivenOnly(held) != "" && GivenOnly(stated[i]) == "" {
			l.columns[i]++
			loses = true
		}
	}
	if loses {
		l.people++
	}
}

// employedOn says whether a held period of employment covers the day.
func employedOn(person *StaffHistory, day Date) bool {
	return slices.ContainsFunc(person.Spells, func(s Spell) bool { return s.Covers(day) })
}

// record warns once of all people who lose details. An error of the file may be why
// they seem to.
func (l *lostDetails) record(faults *Findings) {
	if l.people == 0 || faults.OfFile() {
		return
	}
	var columns []string
	for i, name := range detailNames() {
		if l.columns[i] > 0 {
			columns = append(columns, fmt.Sprintf("%s (%d)", name, l.columns[i]))
		}
	}
	who := "1 staff member loses"
	if l.people > 1 {
		who = fmt.Sprintf("%d staff members lose", l.people)
	}
	faults.Add(FindingStaffDetails, Cell{}, fmt.Sprintf("%s details that were held: %s.", who, strings.Join(columns, ", ")))
}

// endsMany says whether a complete file ends more than 20 per cent of what is held.
// A single record is no sign of a file that is only a part.
func endsMany(ended, held int) bool { return ended >= 2 && 5*ended > held }

// notHeldOn says why a person cannot be removed from the list of a day: nothing is
// held, or it is held from other days, of which it names the latest before the day
// or else the first after it.
func notHeldOn(asAt Date, versions []StaffVersion) (FindingCode, string) {
	if len(versions) == 0 {
		return FindingActionNotHeld, ""
	}
	on := versions[0].ValidFrom
	for _, version := range versions {
		if version.ValidFrom <= asAt {
			on = version.ValidFrom
		}
	}
	return FindingActionOtherDay, fmt.Sprintf(
		"The staff list of %s holds this person; send the row with as_at=%s.", on.LongLabel(), on,
	)
}
