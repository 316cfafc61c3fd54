package repository

import (
	"context"
	"strings"
	"time"

	"skillstracker/domain"
)

// answersRow is an assessment as text: levels and needs joined by commas, an empty
// one for not assessed. All are null where there is no assessment.
type answersRow struct {
	Levels     *string
	Needs      *string
	StaffGroup *string
	JobRole    *string
	Band       *string
	Team       *string
}

// exampleRow is an assessment of the file beside the one that is held.
type exampleRow struct {
	RowNumber      int
	Outcome        string
	EmployeeNumber string
	AssessedOn     time.Time
	AssessorKind   string
	After          answersRow `gorm:"embedded;embeddedPrefix:after_"`
	Before         answersRow `gorm:"embedded;embeddedPrefix:before_"`
}

// assessmentExamples writes out some of the assessments that the file would change.
func assessmentExamples(ctx context.Context, t tx, framework domain.FrameworkVersion, names args) ([]domain.RecordChange, error) {
	rows, err := readRows[exampleRow](ctx, t, query("assessments_examples"), names)
	if err != nil {
		return nil, err
	}
	var columns []string
	for _, c := range framework.Competences {
		columns = append(columns, c.Code)
	}
	for _, c := range framework.Competences {
		columns = append(columns, c.Code+"_need")
	}
	columns = append(columns, "staff_group", "job_role_code", "band", "team")
	examples := make([]domain.RecordChange, 0, len(rows))
	for _, r := range rows {
		count := len(framework.Competences)
		examples = append(examples, domain.RecordChange{
			Row: r.RowNumber, Outcome: domain.ChangeOutcome(r.Outcome),
			Record: []domain.ColumnValue{
				{Column: "employee_number", Value: r.EmployeeNumber},
				{Column: "assessed_on", Value: domain.DateOf(r.AssessedOn).String()},
				{Column: "assessor_kind", Value: r.AssessorKind},
			},
			Fields: domain.FieldsThatDiffer(columns, r.Before.texts(count), r.After.texts(count)),
		})
	}
	return examples, nil
}

// texts writes an assessment of some competences as an upload has it.
func (r answersRow) texts(competences int) []string {
	texts := append(levelTexts(r.Levels, competences), levelTexts(r.Needs, competences)...)
	return append(texts, domain.GivenOnly(textOf(r.StaffGroup)), domain.GivenOnly(textOf(r.JobRole)), domain.GivenOnly(textOf(r.Band)), textOf(r.Team))
}

func levelTexts(joined *string, competences int) []string {
	if joined == nil {
		return make([]string, competences)
	}
	texts := strings.Split(*joined, ",")
	for i, text := range texts {
		if text == "-1" {
			texts[i] = "N/A"
		}
	}
	return texts
}
