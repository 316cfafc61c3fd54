package domain

import (
	"cmp"
	"slices"
	"strings"
)

// CheckAssessments compares the rows of an assessments file with each other. It
// returns the rows to store or remove, in the order of employee number, date and
// assessor kind, without the rows that have an error (found here or before), and
// the number of rows of the file that repeat another and were left out, those that
// the file itself counts as such among them. FileRows of the returned rows is the
// number of rows of the file that each was made from, 1 at least.
//
// Two rows with one key are the same record: equal in every column but Row, the
// later is a duplicate; otherwise each is an error. A row that removes has no
// other columns. A row without any answer is an error; not applicable is an
// answer.
func CheckAssessments(file AssessmentFile, faults *Findings) (rows []AssessmentRow, duplicates int) {
	found := &rowFaults{}
	duplicates = file.Duplicates
	order := make([]int, 0, len(file.Rows))
	for i := range file.Rows {
		row := &file.Rows[i]
		switch {
		case faults.BadRow(row.Row):
		case row.Action == ActionStore && !AnswersAny(row.Levels):
			found.add(row.Row, FindingLevelsMissing, "")
		default:
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		if c := compareAssessmentKeys(&file.Rows[a], &file.Rows[b]); c != 0 {
			return c
		}
		return a - b
	})
	rows = make([]AssessmentRow, 0, len(order))
	for first := 0; first < len(order); {
		next := first + 1
		for next < len(order) && compareAssessmentKeys(&file.Rows[order[first]], &file.Rows[order[next]]) == 0 {
			next++
		}
		group := order[first:next]
		first = next
		lead := &file.Rows[group[0]]
		conflict := found.compare(group, func(i int) int { return file.Rows[i].Row }, func(i int) bool {
			return sameAssessment(lead, &file.Rows[i])
		}, "the assessment of the same employee number, date and assessor kind")
		if !conflict {
			rows = append(rows, *lead)
			rows[len(rows)-1].FileRows = max(1, lead.FileRows)
			for _, i := range group[1:] {
				duplicates += max(1, file.Rows[i].FileRows)
			}
		}
	}
	found.record(faults)
	return rows, duplicates
}

func compareAssessmentKeys(a, b *AssessmentRow) int {
	if c := strings.Compare(a.EmployeeNumber, b.EmployeeNumber); c != 0 {
		return c
	}
	if c := cmp.Compare(a.AssessedOn, b.AssessedOn); c != 0 {
		return c
	}
	return cmp.Compare(a.AssessorKind, b.AssessorKind)
}

func sameAssessment(a, b *AssessmentRow) bool {
	if a.Action == ActionRemove && b.Action == ActionRemove {
		return true
	}
	return a.Action == b.Action && a.StaffGroup == b.StaffGroup && a.JobRole == b.JobRole &&
		a.Band == b.Band && a.Team == b.Team &&
		slices.Equal(a.Levels, b.Levels) && slices.Equal(a.Needs, b.Needs)
}

// AnswersAny says whether levels or needs hold an answer: any but NotAssessed.
func AnswersAny(levels []Level) bool {
	return slices.ContainsFunc(levels, func(level Level) bool { return level != NotAssessed })
}
