package domain

import (
	"fmt"
	"strconv"
	"strings"
)

// statusNextAttempt is the status of a recruitment that is made again under its
// reference (National Workforce Data Set).
const statusNextAttempt = "11"

// PositionPlan is what a file of position vacancies changes. Its records are known by
// their references.
type PositionPlan struct {
	RecordPlan[string, PositionRow]
	// FirstOpened is the earliest opening date among the rows that are stored or found
	// unchanged; nil when there are none.
	FirstOpened *Date
}

// PlanPositions decides what a file of position vacancies changes. The rows have been
// checked cell by cell; one that already has an error is left out. A row whose
// reference is held with other values replaces it whole. held has what is held under
// the references of the file, and for a complete file everything that the organisation
// holds: references that are absent from a complete file end, and otherwise stay.
//
// Findings between rows and against the register are added to faults. Counts covers
// the rows that have no error; the caller adds rejected and blank rows.
func PlanPositions(rows []PositionRow, complete bool, held []PositionRow, faults *Findings) PositionPlan {
	plan := PositionPlan{RecordPlan: planRecords(rows, complete, held, recordKind[string, PositionRow]{
		row: func(r *PositionRow) recordRow[string] {
			return recordRow[string]{row: r.Row, key: r.Reference, read: r.Reference != "", remove: r.Action == ActionRemove}
		},
		same:    samePosition,
		compare: strings.Compare,
		covers:  func(string) bool { return true },
		about:   "the same vacancy reference",
	}, faults)}
	plan.findFirst(held)
	plan.warn(faults)
	if ended := plan.Counts.Ended; endsMany(ended, len(held)) && !faults.OfFile() {
		faults.Add(FindingCompleteEnds, Cell{}, fmt.Sprintf("The complete file ends %d of the %d position vacancies held.", ended, len(held)))
	}
	return plan
}

// findFirst finds the earliest opening date of which the file speaks.
func (p *PositionPlan) findFirst(held []PositionRow) {
	note := func(day Date) {
		if p.FirstOpened == nil || day < *p.FirstOpened {
			p.FirstOpened = &day
		}
	}
	for i := range p.Add {
		note(p.Add[i].OpenedOn)
	}
	unchanged := make(map[string]struct{}, len(p.Unchanged))
	for _, reference := range p.Unchanged {
		unchanged[reference] = struct{}{}
	}
	for i := range held {
		if _, found := unchanged[held[i].Reference]; found {
			note(held[i].OpenedOn)
		}
	}
}

// warn warns of references that seem to be used for another recruitment than the one
// that is held.
func (p *PositionPlan) warn(faults *Findings) {
	for i := range p.Changes {
		c := &p.Changes[i]
		if c.Outcome != OutcomeChanged {
			continue
		}
		if c.Before.ClosedOn != nil && c.After.ClosedOn == nil && c.After.Status != statusNextAttempt {
			faults.Add(FindingPositionReopened, Cell{Row: c.Row}, "")
		}
		if c.Before.OpenedOn != c.After.OpenedOn {
			faults.Add(FindingPositionOpenedOn, Cell{Row: c.Row}, "")
		}
	}
}

// samePosition says whether two rows with one reference say the same.
func samePosition(a, b *PositionRow) bool {
	x, y := *a, *b
	x.Row, y.Row = 0, 0
	x.Action, y.Action = ActionStore, ActionStore
	x.ClosedOn, y.ClosedOn = nil, nil
	return x == y && sameDay(a.ClosedOn, b.ClosedOn)
}

func sameDay(a, b *Date) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// Columns writes the key of a position vacancy as an upload has it.
func (r *PositionRow) Columns() []ColumnValue {
	return []ColumnValue{{Column: "vacancy_reference", Value: r.Reference}}
}

// Examples writes out up to limit of the position vacancies that the plan changes,
// removed and ended ones first.
func (p *PositionPlan) Examples(limit int) []RecordChange {
	columns := []string{
		"staff_group", "job_role_code", "band", "area_of_work", "team", "posts", "fte", "opened_on", "closed_on", "status",
	}
	return p.examples(limit, func(c *RowChange[PositionRow]) RecordChange {
		record := c.After
		if record == nil {
			record = c.Before
		}
		return RecordChange{
			Row: c.Row, Outcome: c.Outcome, Record: record.Columns(),
			Fields: FieldsThatDiffer(columns, positionTexts(c.Before), positionTexts(c.After)),
		}
	})
}

// positionTexts writes what is said of a position vacancy as an upload has it; nil is
// one that is not held.
func positionTexts(r *PositionRow) []string {
	if r == nil {
		return make([]string, 10)
	}
	return []string{
		r.StaffGroup, GivenOnly(r.JobRole), GivenOnly(r.Band), GivenOnly(r.AreaOfWork), r.Team, strconv.Itoa(r.Posts), r.FTE.String(),
		r.OpenedOn.String(), dayText(r.ClosedOn), GivenOnly(r.Status),
	}
}

// dayText writes a day, or nothing when there is none.
func dayText(day *Date) string {
	if day == nil {
		return ""
	}
	return day.String()
}
