package sheet

import (
	"slices"
	"strconv"
	"strings"

	"skillstracker/domain"
)

// What stands in a cell for an answer that is none.
const (
	wordNotApplicable = "N/A"
	wordDontKnow      = "Don't know"
	wordNone          = "None"
	wordRemove        = "remove"
)

// formColumns lists the columns of templates and data files in their order: those
// of the kind, and in a file of assessments the competences behind the framework.
func formColumns(kind domain.UploadKind, framework domain.FrameworkVersion) []Column {
	columns := slices.DeleteFunc(Columns(kind), func(c Column) bool { return c.Extra })
	if kind != domain.UploadAssessments {
		return columns
	}
	behind := slices.IndexFunc(columns, func(c Column) bool { return c.Name == fieldFrameworkVersion }) + 1
	return slices.Insert(columns, behind, CompetenceColumns(framework)...)
}

// dataColumn is a column of a data file and, in a file of assessments, the
// competence that it is about.
type dataColumn struct {
	name       string
	competence int // -1 for none
	need       bool
}

func dataColumns(columns []Column, framework domain.FrameworkVersion) []dataColumn {
	list := make([]dataColumn, len(columns))
	for i := range columns {
		list[i] = dataColumn{name: columns[i].Name, competence: -1}
		for place := range framework.Competences {
			switch code := framework.Competences[place].Code; columns[i].Name {
			case code:
				list[i].competence = place
			case code + needSuffix:
				list[i].competence, list[i].need = place, true
			}
		}
	}
	return list
}

// staffCell is what a column holds of a row of a staff list.
func staffCell(row *domain.StaffRow, column string) Cell {
	switch column {
	case fieldEmployeeNumber:
		return textValue(row.EmployeeNumber)
	case fieldStaffGroup:
		return codeValue(row.StaffGroup)
	case fieldJobRole:
		return codeValue(row.JobRole)
	case fieldBand:
		return codeValue(row.Band)
	case fieldAreaOfWork:
		return codeValue(row.AreaOfWork)
	case fieldTeam:
		return textValue(row.Team)
	case fieldFTE:
		return Cell{Kind: Number, Text: row.FTE.String()}
	case fieldContractType:
		return codeValue(row.ContractType)
	case fieldAsAt:
		return dateValue(&row.AsAt)
	case fieldStartedOn:
		return dateValue(row.StartedOn)
	case fieldLeftOn:
		return dateValue(row.LeftOn)
	case fieldAction:
		return actionValue(row.Action)
	}
	return Cell{}
}

// assessmentCell is what a column holds of an assessment.
func assessmentCell(row *domain.AssessmentRow, framework *domain.FrameworkVersion, column dataColumn) Cell {
	switch {
	case column.competence >= 0 && column.need && row.Needs == nil:
		return Cell{}
	case column.competence >= 0 && column.need:
		return levelValue(row.Needs[column.competence])
	case column.competence >= 0:
		return levelValue(row.Levels[column.competence])
	}
	switch column.name {
	case fieldEmployeeNumber:
		return textValue(row.EmployeeNumber)
	case fieldAssessedOn:
		return dateValue(&row.AssessedOn)
	case fieldAssessorKind:
		return textValue(string(row.AssessorKind))
	case fieldFramework:
		return textValue(framework.Framework)
	case fieldFrameworkVersion:
		return textValue(framework.Version)
	case fieldStaffGroup:
		return codeValue(row.StaffGroup)
	case fieldJobRole:
		return codeValue(row.JobRole)
	case fieldBand:
		return codeValue(row.Band)
	case fieldTeam:
		return textValue(row.Team)
	case fieldAction:
		return actionValue(row.Action)
	}
	return Cell{}
}

// vacancyCell is what a column holds of a cell of a vacancy return.
func vacancyCell(row *domain.VacancyRow, column string) Cell {
	switch column {
	case fieldAsAt:
		return dateValue(&row.Key.Month)
	case fieldStaffGroup:
		return codeValue(row.Key.StaffGroup)
	case fieldJobRole:
		return codeValue(row.Key.JobRole)
	case fieldBand:
		return codeValue(row.Key.Band)
	case fieldAreaOfWork:
		return codeValue(row.Key.AreaOfWork)
	case fieldBudgetedFTE:
		return fteValue(row.Measures.Budgeted)
	case fieldContractedFTE:
		return fteValue(row.Measures.Contracted)
	case fieldBankFTE:
		return fteValue(row.Measures.Bank)
	case fieldAgencyFTE:
		return fteValue(row.Measures.Agency)
	case fieldReportedVacancies:
		return countValue(row.Measures.Reported)
	case fieldAdvertisedPosts:
		return countValue(row.Measures.Advertised)
	case fieldStaffHeadcount:
		return countValue(row.Measures.Headcount)
	case fieldAction:
		return actionValue(row.Action)
	}
	return Cell{}
}

func textValue(text string) Cell {
	if text == "" {
		return Cell{}
	}
	return Cell{Kind: Text, Text: text}
}

func codeValue(code string) Cell { return textValue(domain.GivenOnly(code)) }

func dateValue(date *domain.Date) Cell {
	if date == nil {
		return Cell{}
	}
	return Cell{Kind: Date, Days: int(*date)}
}

func actionValue(action domain.Action) Cell {
	if action == domain.ActionRemove {
		return textValue(wordRemove)
	}
	return Cell{}
}

func levelValue(level domain.Level) Cell {
	switch level {
	case domain.NotAssessed:
		return Cell{}
	case domain.NotApplicable:
		return textValue(wordNotApplicable)
	}
	return Cell{Kind: Number, Text: strconv.Itoa(int(level))}
}

func fteValue(measure domain.Measure) Cell {
	return measureValue(measure, domain.FTE(measure.Value).String())
}

func countValue(measure domain.Measure) Cell {
	return measureValue(measure, strconv.FormatInt(measure.Value, 10))
}

func measureValue(measure domain.Measure, known string) Cell {
	switch measure.State {
	case domain.Known:
		return Cell{Kind: Number, Text: known}
	case domain.DontKnow:
		return textValue(wordDontKnow)
	case domain.NotStated:
	}
	return Cell{}
}

// valueForm is how the values of a column are held in a workbook.
type valueForm uint8

const (
	formText valueForm = iota
	formNumber
	formDate
)

// formOf returns the form of a canonical column. A competence's level is a number.
func formOf(column string) valueForm {
	switch column {
	case fieldAsAt, fieldStartedOn, fieldLeftOn, fieldAssessedOn, fieldOpenedOn, fieldClosedOn, fieldValidFrom:
		return formDate
	case fieldEmployeeNumber, fieldStaffGroup, fieldJobRole, fieldBand, fieldAreaOfWork, fieldTeam, fieldContractType, fieldAction,
		fieldAssessorKind, fieldFramework, fieldFrameworkVersion, fieldCompetence, fieldDomain, fieldOrganisation,
		fieldVacancyReference, fieldStatus:
		return formText
	}
	return formNumber
}

// kindTitle is what people call a kind of file.
func kindTitle(kind domain.UploadKind) string {
	switch kind {
	case domain.UploadStaff:
		return "Staff list"
	case domain.UploadAssessments:
		return "Digital literacy assessments"
	case domain.UploadVacancies:
		return "Vacancy return"
	case domain.UploadPositions:
		return "Position vacancies"
	case domain.UploadTargets:
		return "Targets of digital literacy"
	}
	return strings.ToUpper(string(kind[:1])) + string(kind[1:])
}
