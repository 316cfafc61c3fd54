package domain

import (
	"fmt"
	"slices"
	"strings"
)

// StaffList is one staff list: the position on AsAt. Complete says that it names
// everybody employed on that day.
type StaffList struct {
	AsAt     Date
	Complete bool
	// Rows are in the order of the file, with cells already checked. A row that
	// already has an error stands for its person, who is then neither changed nor
	// taken as absent.
	Rows []StaffRow
}

// HeldStaff is what the register holds of one organisation's staff when a list
// arrives.
type HeldStaff struct {
	// People holds everybody of the organisation, in any order.
	People []StaffHistory
	// CompleteOn holds the days of the complete lists that are in force (applied
	// and not voided), in any order. A list that arrives late must know them:
	// whoever it names was absent on those of its later days that do not name
	// them.
	CompleteOn []Date
	// Contracts says for each contract type code whether people on it are staff
	// in post. NotGiven counts as in post without being listed.
	Contracts map[string]bool
}

// PlanStaffList decides what a staff list changes (DESIGN 3.9, 3.12, 3.13). It
// changes nothing itself, and the order of what it returns depends on nothing
// but its arguments.
//
// A list states who is in post on AsAt and in which position, and nothing about
// any other day: lists with different days may arrive in any order. Dates that
// rows state themselves (started_on, left_on) reach further, and of two that
// contradict each other the one that arrives later wins. A person whose row
// gives a leaving date before AsAt is not in post on AsAt; the row's position is
// then used only when nothing is held of that employment.
//
// Findings between rows and against the register are added to faults. Counts
// covers the rows that have no error, so that it adds up by itself: the caller
// adds rejected and blank rows. Skipped counts rows without an error whose person
// has another row with one; they are left aside.
func PlanStaffList(list StaffList, held HeldStaff, faults *Findings) StaffPlan {
	planner := staffPlanner{
		list:       list,
		held:       held,
		completeOn: slices.Sorted(slices.Values(held.CompleteOn)),
		named:      make([]bool, len(held.People)),
		plan:       StaffPlan{AsAt: list.AsAt, Complete: list.Complete},
	}
	places := make(map[string]int, len(held.People))
	for i := range held.People {
		places[held.People[i].EmployeeNumber] = i
	}
	order := staffRowOrder(list.Rows)
	for first := 0; first < len(order); {
		number := list.Rows[order[first]].EmployeeNumber
		next := first + 1
		for next < len(order) && list.Rows[order[next]].EmployeeNumber == number {
			next++
		}
		before := StaffHistory{EmployeeNumber: number}
		if place, known := places[number]; known {
			planner.named[place] = true
			before = held.People[place]
		}
		planner.person(staffStatementOf(list, order[first:next], held.Contracts, &planner.found, faults), before)
		first = next
	}
	planner.found.record(faults)
	planner.leaveAside(faults)
	planner.absentees(faults)
	planner.lost.record(faults)
	slices.SortStableFunc(planner.plan.Changes, func(a, b StaffChange) int {
		return strings.Compare(a.EmployeeNumber, b.EmployeeNumber)
	})
	slices.Sort(planner.plan.Confirmed)
	slices.Sort(planner.plan.FoundLeft)
	return planner.plan
}

// staffPlanner gathers the plan of one staff list.
type staffPlanner struct {
	list       StaffList
	held       HeldStaff
	completeOn []Date // days of the complete lists, ascending
	named      []bool // by place in held.People
	open       staffRecord
	found      rowFaults
	lost       lostDetails
	aside      []int // rows of people of whom nothing is stored, with and without an error
	plan       StaffPlan
}

// person decides what the list changes for one person whom it names.
func (p *staffPlanner) person(s staffStatement, before StaffHistory) {
	if s.bad > 0 {
		p.setAside(&s)
		return
	}
	record := p.record(before)
	if s.action == ActionRemove {
		p.remove(&s, record)
		return
	}
	known := len(before.Versions) > 0 || len(before.Spells) > 0
	if clash := record.state(&s); clash != nil {
		p.refuse(&s, clash)
		return
	}
	if p.list.Complete && s.leaver(p.list.AsAt) {
		record.leaveBefore()
	}
	if record.confirmed {
		p.plan.Confirmed = append(p.plan.Confirmed, before.ID)
	}
	if !s.leaver(p.list.AsAt) {
		p.lost.compare(&before, p.list.AsAt, &s.position)
	}
	outcome := OutcomeChanged
	if !known {
		outcome = OutcomeNew
	}
	changed := p.keep(record, outcome, p.firstRow(&s))
	if !changed && s.leaver(p.list.AsAt) {
		p.plan.FoundLeft = append(p.plan.FoundLeft, before.ID)
	}
	switch {
	case !known:
		p.count(len(s.rows), &p.plan.Counts.New)
	case changed:
		p.count(len(s.rows), &p.plan.Counts.Changed)
	default:
		p.count(len(s.rows), &p.plan.Counts.Unchanged)
	}
}

// remove withdraws what the register holds of the person as at the list's day.
// In a complete list a removed person is not in post on that day.
func (p *staffPlanner) remove(s *staffStatement, record *staffRecord) {
	if !record.withdraw() {
		for _, i := range s.rows {
			code, detail := notHeldOn(p.list.AsAt, record.before.Versions)
			p.found.add(p.list.Rows[i].Row, code, detail)
		}
		return
	}
	if p.list.Complete {
		record.leaveBefore()
	}
	p.keep(record, OutcomeRemoved, p.firstRow(s))
	p.count(len(s.rows), &p.plan.Counts.Removed)
}

// absentees ends or counts the people in post on the list's day whom it does
// not name.
func (p *staffPlanner) absentees(faults *Findings) {
	absent, inPost := 0, 0
	for i := range p.held.People {
		employed := employedOn(&p.held.People[i], p.list.AsAt)
		if employed {
			inPost++
		}
		if p.named[i] {
			continue
		}
		if !p.list.Complete {
			if employed {
				absent++
			}
			continue
		}
		if record := p.record(p.held.People[i]); record.leaveBefore() {
			p.keep(record, OutcomeEnded, 0)
			p.plan.Counts.Ended++
		}
	}
	if endsMany(p.plan.Counts.Ended, inPost) && !faults.OfFile() {
		faults.Add(FindingCompleteEnds, Cell{}, fmt.Sprintf(
			"The complete list ends %d of the %d staff in post on %s.", p.plan.Counts.Ended, inPost, p.list.AsAt.LongLabel(),
		))
	}
	if absent == 0 {
		return
	}
	text := fmt.Sprintf("%d staff in post on %s are absent from the file and stay in post.", absent, p.list.AsAt.LongLabel())
	if absent == 1 {
		text = fmt.Sprintf("1 staff member in post on %s is absent from the file and stays in post.", p.list.AsAt.LongLabel())
	}
	faults.Add(FindingStaffAbsent, Cell{}, text)
}

// refuse records a contradiction at the rows that state the date in question,
// and leaves the person's other rows aside.
func (p *staffPlanner) refuse(s *staffStatement, clash *staffDateClash) {
	for _, i := range s.rows {
		row := &p.list.Rows[i]
		stated := row.StartedOn
		if clash.leaving {
			stated = row.LeftOn
		}
		if stated != nil && *stated == clash.day {
			p.found.add(row.Row, clash.code(), "")
		}
	}
	p.setAside(s)
}

// setAside notes the rows of a person of whom nothing is stored. Which of them have
// an error of their own is known when all findings are recorded.
func (p *staffPlanner) setAside(s *staffStatement) {
	for _, i := range s.rows {
		p.aside = append(p.aside, p.list.Rows[i].Row)
	}
}

// leaveAside leaves out the noted rows that have no error of their own.
func (p *staffPlanner) leaveAside(faults *Findings) {
	slices.Sort(p.aside)
	for _, row := range p.aside {
		if !faults.BadRow(row) {
			faults.LeaveAside(row)
			p.count(1, &p.plan.Counts.Skipped)
		}
	}
}

// firstRow is the row of the file that stands for the person.
func (p *staffPlanner) firstRow(s *staffStatement) int { return p.list.Rows[s.rows[0]].Row }

// count adds rows to one of the counts.
func (p *staffPlanner) count(rows int, outcome *int) {
	*outcome += rows
	p.plan.Counts.RowsRead += rows
}

// keep adds the person to the plan when the record differs from what is held.
func (p *staffPlanner) keep(record *staffRecord, outcome ChangeOutcome, row int) bool {
	if !record.differs() {
		return false
	}
	p.plan.Changes = append(p.plan.Changes, StaffChange{
		ID: record.before.ID, EmployeeNumber: record.before.EmployeeNumber,
		Row: row, Outcome: outcome, Before: record.before, Spells: record.spells, Versions: record.versions,
	})
	record.spells, record.versions = nil, nil
	return true
}
