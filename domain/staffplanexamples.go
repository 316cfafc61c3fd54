package domain

import (
	"cmp"
	"slices"
	"strings"
)

// Examples writes out up to limit of the people whom the plan changes, removed and
// ended ones first, as they are and as they would be on the day of the list. A
// starting date is shown when it was stated, a leaving date always: it is what a
// complete list gives to people who are absent from it. Fields is empty for a change
// that shows on other days only.
func (p *StaffPlan) Examples(limit int) []RecordChange {
	order := make([]*StaffChange, len(p.Changes))
	for i := range p.Changes {
		order[i] = &p.Changes[i]
	}
	slices.SortFunc(order, func(a, b *StaffChange) int {
		return cmp.Or(compareOutcomes(a.Outcome, b.Outcome), cmp.Compare(a.Row, b.Row), strings.Compare(a.EmployeeNumber, b.EmployeeNumber))
	})
	columns := []string{
		"staff_group", "job_role_code", "band", "area_of_work", "team", "fte", "contract_type", "started_on", "left_on",
	}
	examples := make([]RecordChange, 0, min(limit, len(order)))
	for _, c := range order[:min(limit, len(order))] {
		examples = append(examples, RecordChange{
			Row: c.Row, Outcome: c.Outcome,
			Record: []ColumnValue{{Column: "employee_number", Value: c.EmployeeNumber}},
			Fields: FieldsThatDiffer(columns, staffOn(p.AsAt, c.Before.Spells, c.Before.Versions), staffOn(p.AsAt, c.Spells, c.Versions)),
		})
	}
	return examples
}

// staffOn writes a history as a staff list of the day would state it: the version in
// force, and the spell that covers the day or else the last one before it. A person
// without such a spell is stated by nothing.
func staffOn(day Date, spells []Spell, versions []StaffVersion) []string {
	columns := make([]string, 9)
	spell := -1
	for i := range spells {
		if spells[i].StartedOn <= day {
			spell = i
		}
	}
	if spell < 0 {
		return columns
	}
	for i := range versions {
		if p := &versions[i].Position; versions[i].ValidFrom <= day {
			columns = append(columns[:0], p.StaffGroup, GivenOnly(p.JobRole), GivenOnly(p.Band), GivenOnly(p.AreaOfWork),
				p.Team, p.FTE.String(), GivenOnly(p.ContractType), "", "")
		}
	}
	if !spells[spell].StartedOnEstimated {
		columns[7] = spells[spell].StartedOn.String()
	}
	if spells[spell].LeftOn != nil {
		columns[8] = spells[spell].LeftOn.String()
	}
	return columns
}
