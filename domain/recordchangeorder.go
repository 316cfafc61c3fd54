package domain

import "cmp"

// compareOutcomes orders examples of changes: what is taken away comes first,
// because HR looks for that.
func compareOutcomes(a, b ChangeOutcome) int { return cmp.Compare(outcomePlace(a), outcomePlace(b)) }

func outcomePlace(outcome ChangeOutcome) int {
	switch outcome {
	case OutcomeRemoved:
		return 0
	case OutcomeEnded:
		return 1
	case OutcomeChanged:
		return 2
	case OutcomeNew:
		return 3
	}
	return 4
}

// GivenOnly writes an optional code as an upload has it: NotGiven is empty.
func GivenOnly(code string) string {
	if code == NotGiven {
		return ""
	}
	return code
}

// FieldsThatDiffer compares two records column by column. Both have a value for
// each of the columns, in their order.
func FieldsThatDiffer(columns, before, after []string) []FieldChange {
	var fields []FieldChange
	for i, column := range columns {
		if before[i] != after[i] {
			fields = append(fields, FieldChange{Column: column, Before: before[i], After: after[i]})
		}
	}
	return fields
}
