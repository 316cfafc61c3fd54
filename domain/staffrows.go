package domain

import (
	"fmt"
	"slices"
	"strings"
)

// staffStatement is what a staff list says of one person, all rows taken together.
type staffStatement struct {
	number    string
	rows      []int // places in the list's rows, in the order of the file
	action    Action
	position  Position
	startedOn *Date
	leftOn    *Date
	bad       int // rows with an error; when there is one, nothing is stored of the person
}

// leaver says whether the person had left before the day of the list, so that
// the list states no position on that day.
func (s *staffStatement) leaver(asAt Date) bool { return s.leftOn != nil && *s.leftOn < asAt }

// staffRowOrder returns the places of the rows in the order of employee numbers,
// those of one person in the order of the file.
func staffRowOrder(rows []StaffRow) []int {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if c := strings.Compare(rows[a].EmployeeNumber, rows[b].EmployeeNumber); c != 0 {
			return c
		}
		return a - b
	})
	return order
}

// staffStatementOf checks the rows of one person, given by their places, against
// each other and merges them (DESIGN 3.9).
func staffStatementOf(list StaffList, rows []int, contracts map[string]bool, found *rowFaults, faults *Findings) staffStatement {
	s := staffStatement{number: list.Rows[rows[0]].EmployeeNumber, rows: rows}
	s.check(list, found, faults)
	if s.bad == 0 && s.action == ActionStore {
		s.warnRepeated(list, found)
		s.merge(list, contracts)
		s.checkSum(list, found)
	}
	return s
}

// check looks for faults of and between the person's rows and sets the action.
func (s *staffStatement) check(list StaffList, found *rowFaults, faults *Findings) {
	store, remove := -1, -1
	for _, i := range s.rows {
		row := &list.Rows[i]
		switch {
		case faults.BadRow(row.Row):
			s.bad++
		case row.Action == ActionRemove:
			remove = firstPlace(remove, i)
		default:
			store = firstPlace(store, i)
			if code := staffDateFault(row, list.AsAt); code != "" {
				found.add(row.Row, code, "")
				s.bad++
			}
		}
	}
	if remove >= 0 {
		s.action = ActionRemove
	}
	if store < 0 || remove < 0 {
		return
	}
	s.bad = len(s.rows)
	for _, i := range s.rows {
		row, other := &list.Rows[i], remove
		if row.Action == ActionRemove {
			other = store
		}
		if !faults.BadRow(row.Row) {
			found.add(row.Row, FindingRowsStoreRemove, fmt.Sprintf(
				"Row %d is about the same staff member: one row states the person and the other removes the person.",
				list.Rows[other].Row,
			))
		}
	}
}

func firstPlace(known, place int) int {
	if known >= 0 {
		return known
	}
	return place
}

// staffDateFault returns the code of what is wrong with the dates of one row, if anything. A starting date
// after the day of the list is refused: a list states who is in post on its day,
// and somebody who has yet to start is not.
func staffDateFault(row *StaffRow, asAt Date) FindingCode {
	switch {
	case row.StartedOn == nil:
		return ""
	case row.LeftOn != nil && *row.LeftOn < *row.StartedOn:
		return FindingDateOrder
	case *row.StartedOn > asAt:
		return FindingStartedAfterList
	}
	return ""
}

// warnRepeated warns of rows that are the same in every column. Both count.
func (s *staffStatement) warnRepeated(list StaffList, found *rowFaults) {
	if len(s.rows) < 2 {
		return
	}
	type assignment struct {
		cells             StaffRow
		startedOn, leftOn Date
	}
	seen := make(map[assignment]struct{}, len(s.rows))
	for _, i := range s.rows {
		key := assignment{cells: list.Rows[i], startedOn: dateOr(list.Rows[i].StartedOn), leftOn: dateOr(list.Rows[i].LeftOn)}
		key.cells.Row, key.cells.StartedOn, key.cells.LeftOn = 0, nil, nil
		if _, twice := seen[key]; twice {
			found.add(list.Rows[i].Row, FindingAssignmentRepeated, "")
		}
		seen[key] = struct{}{}
	}
}

// dateOr returns the day, or Forever when none is given.
func dateOr(day *Date) Date {
	if day == nil {
		return Forever
	}
	return *day
}

// merge takes the person's assignments together. Employment runs from the
// earliest starting date to the latest leaving date, or has no end when any
// assignment has none. An assignment that had ended before the day of the list
// is part of the position only when all had: it is not held on that day.
func (s *staffStatement) merge(list StaffList, contracts map[string]bool) {
	earliest, latest := Forever, -Forever
	for _, i := range s.rows {
		earliest = min(earliest, dateOr(list.Rows[i].StartedOn))
		latest = max(latest, dateOr(list.Rows[i].LeftOn))
	}
	if earliest < Forever {
		s.startedOn = &earliest
	}
	if latest < Forever {
		s.leftOn = &latest
	}
	ended := s.leaver(list.AsAt)
	s.position = mergePosition(list, s.rows, contracts, func(row *StaffRow) bool {
		return ended || dateOr(row.LeftOn) >= list.AsAt
	})
}

// maxAssignments is the greatest number of assignments of one person that the
// register holds, a smallint.
const maxAssignments = 1<<15 - 1

// checkSum refuses a person whose assignments together are beyond what the
// register holds, although each is within it.
func (s *staffStatement) checkSum(list StaffList, found *rowFaults) {
	code := FindingFTESum
	switch {
	case s.position.FTE > maxFTE:
	case s.position.Assignments > maxAssignments:
		code = FindingAssignmentsMany
	default:
		return
	}
	s.bad = 1
	found.add(list.Rows[s.rows[0]].Row, code, "")
}

// mergePosition adds the FTE of the held assignments that count as in post; the
// greatest FTE among them, then the first row, gives the attributes. When no
// contract counts, the position is out of post and has the FTE of all.
func mergePosition(list StaffList, rows []int, contracts map[string]bool, held func(*StaffRow) bool) Position {
	var sum Position
	var lead *StaffRow
	for _, i := range rows {
		row := &list.Rows[i]
		if !held(row) {
			continue
		}
		inPost := row.ContractType == NotGiven || contracts[row.ContractType]
		if sum.InPost && !inPost {
			continue
		}
		if inPost && !sum.InPost {
			sum, lead = Position{InPost: true}, nil
		}
		sum.FTE += row.FTE
		sum.Assignments++
		if lead == nil || row.FTE > lead.FTE {
			lead = row
		}
	}
	if lead != nil {
		sum.StaffGroup, sum.JobRole, sum.Band = lead.StaffGroup, lead.JobRole, lead.Band
		sum.AreaOfWork, sum.Team, sum.ContractType = lead.AreaOfWork, lead.Team, lead.ContractType
	}
	return sum
}
