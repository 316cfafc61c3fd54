package domain

import "slices"

// VacancyCell is one cell of a vacancy return with its figures.
type VacancyCell struct {
	Key      VacancyKey
	Measures VacancyMeasures
}

// VacancyPlan is what a vacancy return changes, in the order of its keys. A
// changed cell is in both lists: its held figures end and its new ones are added.
type VacancyPlan struct {
	Add       []VacancyCell
	End       []VacancyKey
	Unchanged []VacancyKey    // cells that the file states as they are held
	Changes   []VacancyChange // the same as Add and End, cell by cell
	After     []VacancyCell   // what will be held for the months of the file
	Months    []Date          // on which rows without an error report
	Counts    UploadCounts
}

// PlanVacancies decides what a vacancy return changes (DESIGN 3.5 to 3.8). The
// rows have been checked cell by cell; one that already has an error is left out
// and only shows that its cell is in the file. held has every cell that is held
// for the months on which the file reports; previous has those held for the
// months before these, as far as the file does not report on them. Complete says
// that for every month and staff group in the file all cells are in it.
//
// Findings between rows and against the register are added to faults. Counts
// covers the rows that have no error, so that it adds up by itself: the caller
// adds rejected and blank rows. Skipped counts rows without an error whose cell has
// another row with one; they are left aside. The comparisons with the month before
// are made only when nothing has an error, because they would compare half a return.
//
// Where rows with errors are left out and the others stored, a row with an error
// does not report on its month and staff group. A row whose key could be read stands
// for its own cell alone; where a part of the key is empty because it could not be
// read, the held cells that the row may be about are not absent.
func PlanVacancies(rows []VacancyRow, complete bool, held, previous []VacancyCell, faults *Findings) VacancyPlan {
	planner := vacancyPlanner{
		rows: rows, complete: complete, validRows: faults.ValidRows,
		sections: make(map[vacancySection]struct{}), strays: make(map[vacancySection]int),
	}
	for i := range rows {
		// A row that withdraws a cell does not report on the others.
		if rows[i].Action == ActionStore && (!faults.ValidRows || !faults.BadRow(rows[i].Row)) {
			planner.sections[sectionOf(&rows[i].Key)] = struct{}{}
		}
	}
	for i := range held {
		if planner.speaksFor(&held[i].Key) {
			planner.reported++
		}
	}
	planner.merge(sortCells(held), faults)
	planner.found.record(faults)
	planner.leaveAside(faults)
	if complete {
		planner.plan.Counts.Ended = len(planner.absent)
		planner.warnEnded(faults)
	} else {
		planner.reportAbsent(faults)
	}
	if faults.Errors() == 0 {
		planner.compareReturns(sortCells(previous), faults)
	}
	return planner.plan
}

// vacancySection is what a file speaks for as a whole: a month of a staff group.
type vacancySection struct {
	Month      Date
	StaffGroup string
}

func sectionOf(key *VacancyKey) vacancySection {
	return vacancySection{Month: key.Month, StaffGroup: key.StaffGroup}
}

// speaksFor says whether the file reports on the month and staff group of a cell.
func (p *vacancyPlanner) speaksFor(key *VacancyKey) bool {
	_, reported := p.sections[sectionOf(key)]
	return reported
}

// vacancyPlanner gathers the plan of one vacancy return. It goes through the
// file and what is held side by side, both in the order of keys.
type vacancyPlanner struct {
	rows      []VacancyRow
	complete  bool
	validRows bool                        // rows with errors are left out and the others stored
	sections  map[vacancySection]struct{} // on which the file reports
	absent    []*VacancyKey               // held in these sections and not in the file
	strays    map[vacancySection]int      // rows with errors whose key could not be read, which may be about any cell of the section
	reported  int                         // held cells of the sections
	aside     []int                       // rows of cells of which another row has an error
	after     []*VacancyCell              // what will be held
	found     rowFaults
	plan      VacancyPlan
}

// merge decides on every cell of the file and every held cell.
func (p *vacancyPlanner) merge(held []*VacancyCell, faults *Findings) {
	order := make([]int, len(p.rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if c := compareVacancyKeys(&p.rows[a].Key, &p.rows[b].Key); c != 0 {
			return c
		}
		return a - b
	})
	for first := 0; first < len(order); {
		key := &p.rows[order[first]].Key
		next := first + 1
		for next < len(order) && p.rows[order[next]].Key == *key {
			next++
		}
		for len(held) > 0 && compareVacancyKeys(&held[0].Key, key) < 0 {
			p.leave(held[0])
			held = held[1:]
		}
		var known *VacancyCell
		if len(held) > 0 && held[0].Key == *key {
			known, held = held[0], held[1:]
		}
		p.decide(order[first:next], known, faults)
		first = next
	}
	for _, cell := range held {
		p.leave(cell)
	}
	p.plan.After = make([]VacancyCell, len(p.after))
	for i, cell := range p.after {
		p.plan.After[i] = *cell
	}
}

// leave decides on a held cell that is not in the file.
func (p *vacancyPlanner) leave(cell *VacancyCell) {
	if p.speaksFor(&cell.Key) {
		p.absent = append(p.absent, &cell.Key)
		if p.complete {
			p.plan.End = append(p.plan.End, cell.Key)
			p.change(0, OutcomeEnded, cell, nil)
			return
		}
	}
	p.after = append(p.after, cell)
}

// decide decides on the rows of one cell, given by their places in the file;
// held is nil when the cell is not held.
func (p *vacancyPlanner) decide(group []int, held *VacancyCell, faults *Findings) {
	good := make([]int, 0, len(group))
	for _, i := range group {
		row := &p.rows[i]
		if faults.BadRow(row.Row) {
			p.stray(&row.Key)
			continue
		}
		if code := refusal(row, held != nil); code != "" {
			p.found.add(row.Row, code, "")
			continue
		}
		good = append(good, i)
	}
	if !p.agree(good) || len(good) < len(group) {
		for _, i := range good {
			p.aside = append(p.aside, p.rows[i].Row)
		}
		if held != nil {
			p.after = append(p.after, held)
		}
		return
	}
	row := &p.rows[good[0]]
	p.plan.Counts.RowsRead += len(good)
	p.plan.Counts.Duplicate += len(good) - 1
	if months := p.plan.Months; len(months) == 0 || months[len(months)-1] != row.Key.Month {
		p.plan.Months = append(p.plan.Months, row.Key.Month)
	}
	if row.Action == ActionRemove {
		p.plan.End = append(p.plan.End, row.Key)
		p.plan.Counts.Removed++
		p.change(row.Row, OutcomeRemoved, held, nil)
		return
	}
	if budgetZero(row.Measures) {
		p.found.add(row.Row, FindingBudgetZero, "")
	}
	p.store(row.Row, &VacancyCell{Key: row.Key, Measures: row.Measures}, held)
}

// agree says whether the rows of one cell say the same; those that do not have a
// finding then.
func (p *vacancyPlanner) agree(rows []int) bool {
	if len(rows) == 0 {
		return true
	}
	first := &p.rows[rows[0]]
	return !p.found.compare(rows, func(i int) int { return p.rows[i].Row }, func(i int) bool {
		other := &p.rows[i]
		return other.Action == first.Action && (first.Action == ActionRemove || other.Measures == first.Measures)
	}, "the same month, staff group, job role, band and area of work")
}

// leaveAside leaves out the noted rows that have no error of their own.
func (p *vacancyPlanner) leaveAside(faults *Findings) {
	slices.Sort(p.aside)
	for _, row := range p.aside {
		if !faults.BadRow(row) {
			faults.LeaveAside(row)
			p.plan.Counts.RowsRead++
			p.plan.Counts.Skipped++
		}
	}
}

// store plans the storing of a cell, of which held is what is held, if anything.
func (p *vacancyPlanner) store(row int, cell, held *VacancyCell) {
	p.after = append(p.after, cell)
	switch {
	case held == nil:
		p.plan.Counts.New++
		p.change(row, OutcomeNew, nil, cell)
	case held.Measures == cell.Measures:
		p.plan.Counts.Unchanged++
		p.plan.Unchanged = append(p.plan.Unchanged, cell.Key)
		return
	default:
		p.plan.Counts.Changed++
		p.plan.End = append(p.plan.End, cell.Key)
		p.change(row, OutcomeChanged, held, cell)
	}
	p.plan.Add = append(p.plan.Add, *cell)
}

// change notes what becomes of a cell.
func (p *vacancyPlanner) change(row int, outcome ChangeOutcome, before, after *VacancyCell) {
	change := VacancyChange{Row: row, Outcome: outcome}
	if before != nil {
		change.Key, change.Before = before.Key, &before.Measures
	}
	if after != nil {
		change.Key, change.After = after.Key, &after.Measures
	}
	p.plan.Changes = append(p.plan.Changes, change)
}

// refusal returns the code of what keeps a row from being carried out, if anything.
func refusal(row *VacancyRow, held bool) FindingCode {
	if row.Action == ActionRemove {
		if !held {
			return FindingActionNotHeld
		}
		return ""
	}
	if !statesAny(row.Measures) {
		return FindingMeasuresMissing
	}
	return ""
}

func statesAny(measures VacancyMeasures) bool {
	for _, measure := range measures.List() {
		if measure.State != NotStated {
			return true
		}
	}
	return false
}

func budgetZero(measures VacancyMeasures) bool {
	return measures.Budgeted.State == Known && measures.Budgeted.Value == 0 &&
		measures.Contracted.State == Known && measures.Contracted.Value > 0
}
