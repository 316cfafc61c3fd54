package domain

import (
	"cmp"
	"slices"
	"strconv"
)

// VacancyChange is a cell that a return changes. Before is nil for a new cell and
// After for one that is removed or ended.
type VacancyChange struct {
	Row           int // row of the file; 0 for a cell that is absent from it
	Outcome       ChangeOutcome
	Key           VacancyKey
	Before, After *VacancyMeasures
}

// dontKnowText is how an upload says that a measure is not known.
const dontKnowText = "Don't know"

// Examples writes out up to limit of the cells that the plan changes, removed and
// ended ones first.
func (p *VacancyPlan) Examples(limit int) []RecordChange {
	order := make([]*VacancyChange, len(p.Changes))
	for i := range p.Changes {
		order[i] = &p.Changes[i]
	}
	slices.SortFunc(order, func(a, b *VacancyChange) int {
		return cmp.Or(compareOutcomes(a.Outcome, b.Outcome), cmp.Compare(a.Row, b.Row), compareVacancyKeys(&a.Key, &b.Key))
	})
	columns := []string{
		"budgeted_fte", "contracted_fte", "bank_fte", "agency_fte", "reported_vacancies", "advertised_posts", "staff_headcount",
	}
	examples := make([]RecordChange, 0, min(limit, len(order)))
	for _, c := range order[:min(limit, len(order))] {
		examples = append(examples, RecordChange{
			Row: c.Row, Outcome: c.Outcome, Record: c.Key.Columns(),
			Fields: FieldsThatDiffer(columns, measureTexts(c.Before), measureTexts(c.After)),
		})
	}
	return examples
}

// Columns writes the key of a cell as an upload has it.
func (k VacancyKey) Columns() []ColumnValue {
	return []ColumnValue{
		{Column: "as_at", Value: k.Month.String()},
		{Column: "staff_group", Value: k.StaffGroup},
		{Column: "job_role_code", Value: GivenOnly(k.JobRole)},
		{Column: "band", Value: GivenOnly(k.Band)},
		{Column: "area_of_work", Value: GivenOnly(k.AreaOfWork)},
	}
}

// measureTexts writes measures as an upload has them; nil is a cell that is not held.
func measureTexts(measures *VacancyMeasures) []string {
	texts := make([]string, 7)
	if measures == nil {
		return texts
	}
	for i, measure := range measures.List() {
		switch {
		case measure.State == DontKnow:
			texts[i] = dontKnowText
		case measure.State == Known && i < 4:
			texts[i] = FTE(measure.Value).String()
		case measure.State == Known:
			texts[i] = strconv.FormatInt(measure.Value, 10)
		}
	}
	return texts
}
