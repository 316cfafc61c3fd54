package domain

import (
	"cmp"
	"slices"
)

// RecordPlan is what a file of records with a key of their own changes. A changed
// record is in both lists: what is held of it ends and its new state is added.
type RecordPlan[K comparable, R any] struct {
	Add       []R // in the order of the file
	End       []K
	Unchanged []K            // records that the file states as they are held
	Changes   []RowChange[R] // the same as Add and End, record by record
	Counts    UploadCounts
}

// RowChange is a record that a file changes. Before is nil for a new record and
// After for one that is removed or ended.
type RowChange[R any] struct {
	Row           int // row of the file; 0 for a record that is absent from it
	Outcome       ChangeOutcome
	Before, After *R
}

// recordRow is a row of a file as planRecords looks at it.
type recordRow[K comparable] struct {
	row    int
	key    K
	read   bool // whether the whole key could be read; that of a row without an error could
	remove bool
}

// recordKind says how the records of a kind of upload are told apart.
type recordKind[K comparable, R any] struct {
	row     func(*R) recordRow[K]
	same    func(a, b *R) bool // of two records with one key
	compare func(a, b K) int
	covers  func(K) bool // whether a complete file speaks for a held record
	about   string       // what rows of one key are about, for findings
}

// planRecords decides what the rows of a file change. held has at least what is held
// under the keys of the rows, and for a complete file everything that it may end.
//
// Rows that already have an error are left out; others of the same key are left
// aside with them. Counts covers the rows that have no error, so that it adds up by
// itself: the caller adds rejected and blank rows. A record that is absent from a file
// stays as it is, or ends when the file is complete.
func planRecords[K comparable, R any](rows []R, complete bool, held []R, kind recordKind[K, R], faults *Findings) RecordPlan[K, R] {
	p := recordPlanner[K, R]{rows: rows, kind: kind, faults: faults, groups: make(map[K][]int), held: make(map[K]*R, len(held))}
	for i := range held {
		p.held[kind.row(&held[i]).key] = &held[i]
	}
	for i := range rows {
		row := kind.row(&rows[i])
		if !row.read && faults.BadRow(row.row) {
			continue
		}
		if _, known := p.groups[row.key]; !known {
			p.order = append(p.order, row.key)
		}
		p.groups[row.key] = append(p.groups[row.key], i)
	}
	for _, key := range p.order {
		p.decide(key)
	}
	p.found.record(faults)
	p.leaveAside()
	if complete {
		p.endAbsent()
	}
	return p.plan
}

// recordPlanner gathers the plan of one file.
type recordPlanner[K comparable, R any] struct {
	rows   []R
	kind   recordKind[K, R]
	faults *Findings
	groups map[K][]int // places of the rows of a key
	order  []K         // in which the keys come in the file
	held   map[K]*R
	aside  []int
	found  rowFaults
	plan   RecordPlan[K, R]
}

// decide decides on the rows of one key.
func (p *recordPlanner[K, R]) decide(key K) {
	group, held := p.groups[key], p.held[key]
	good := make([]int, 0, len(group))
	for _, i := range group {
		row := p.kind.row(&p.rows[i])
		switch {
		case p.faults.BadRow(row.row):
		case row.remove && held == nil:
			p.found.add(row.row, FindingActionNotHeld, "")
		default:
			good = append(good, i)
		}
	}
	if !p.agree(good) || len(good) < len(group) {
		for _, i := range good {
			p.aside = append(p.aside, p.kind.row(&p.rows[i]).row)
		}
		return
	}
	p.plan.Counts.RowsRead += len(good)
	p.plan.Counts.Duplicate += len(good) - 1
	first := &p.rows[good[0]]
	row := p.kind.row(first)
	switch {
	case row.remove:
		p.plan.Counts.Removed++
		p.end(row.row, OutcomeRemoved, key, held, nil)
	case held == nil:
		p.plan.Counts.New++
		p.plan.Add = append(p.plan.Add, *first)
		p.plan.Changes = append(p.plan.Changes, RowChange[R]{Row: row.row, Outcome: OutcomeNew, After: first})
	case p.kind.same(first, held):
		p.plan.Counts.Unchanged++
		p.plan.Unchanged = append(p.plan.Unchanged, key)
	default:
		p.plan.Counts.Changed++
		p.plan.Add = append(p.plan.Add, *first)
		p.end(row.row, OutcomeChanged, key, held, first)
	}
}

// end notes that what is held under a key ends.
func (p *recordPlanner[K, R]) end(row int, outcome ChangeOutcome, key K, before, after *R) {
	p.plan.End = append(p.plan.End, key)
	p.plan.Changes = append(p.plan.Changes, RowChange[R]{Row: row, Outcome: outcome, Before: before, After: after})
}

// agree says whether the rows of one key say the same; those that do not have a
// finding then.
func (p *recordPlanner[K, R]) agree(rows []int) bool {
	if len(rows) == 0 {
		return false
	}
	at := func(i int) recordRow[K] { return p.kind.row(&p.rows[i]) }
	first := at(rows[0])
	return !p.found.compare(rows, func(i int) int { return at(i).row }, func(i int) bool {
		return at(i).remove == first.remove && (first.remove || p.kind.same(&p.rows[i], &p.rows[rows[0]]))
	}, p.kind.about)
}

// leaveAside leaves out the noted rows that have no error of their own.
func (p *recordPlanner[K, R]) leaveAside() {
	slices.Sort(p.aside)
	for _, row := range p.aside {
		if !p.faults.BadRow(row) {
			p.faults.LeaveAside(row)
			p.plan.Counts.RowsRead++
			p.plan.Counts.Skipped++
		}
	}
}

// endAbsent ends the held records for which a complete file speaks and which are not
// in it. A row with an error has its record in the file.
func (p *recordPlanner[K, R]) endAbsent() {
	var absent []K
	for key := range p.held {
		if _, stated := p.groups[key]; !stated && p.kind.covers(key) {
			absent = append(absent, key)
		}
	}
	slices.SortFunc(absent, p.kind.compare)
	for _, key := range absent {
		p.end(0, OutcomeEnded, key, p.held[key], nil)
	}
	p.plan.Counts.Ended = len(absent)
}

// examples writes out up to limit of the records that a plan changes, removed and
// ended ones first.
func (p *RecordPlan[K, R]) examples(limit int, write func(*RowChange[R]) RecordChange) []RecordChange {
	order := make([]*RowChange[R], len(p.Changes))
	for i := range p.Changes {
		order[i] = &p.Changes[i]
	}
	// Ended records, which have no row, are in the order of their keys already.
	slices.SortStableFunc(order, func(a, b *RowChange[R]) int {
		return cmp.Or(compareOutcomes(a.Outcome, b.Outcome), cmp.Compare(a.Row, b.Row))
	})
	examples := make([]RecordChange, 0, min(limit, len(order)))
	for _, c := range order[:min(limit, len(order))] {
		examples = append(examples, write(c))
	}
	return examples
}
