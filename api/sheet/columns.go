package sheet

import "skillstracker/domain"

// The canonical columns of DESIGN 4: the names that templates, exports and the
// mapping of an upload use.
const (
	fieldEmployeeNumber    = "employee_number"
	fieldStaffGroup        = "staff_group"
	fieldJobRole           = "job_role_code"
	fieldBand              = "band"
	fieldAreaOfWork        = "area_of_work"
	fieldTeam              = "team"
	fieldFTE               = "fte"
	fieldContractType      = "contract_type"
	fieldAsAt              = "as_at"
	fieldStartedOn         = "started_on"
	fieldLeftOn            = "left_on"
	fieldAction            = "action"
	fieldOrganisation      = "organisation"
	fieldAssessedOn        = "assessed_on"
	fieldAssessorKind      = "assessor_kind"
	fieldFramework         = "framework"
	fieldFrameworkVersion  = "framework_version"
	fieldCompetence        = "competence_code"
	fieldLevel             = "level"
	fieldNeed              = "need"
	fieldBudgetedFTE       = "budgeted_fte"
	fieldContractedFTE     = "contracted_fte"
	fieldBankFTE           = "bank_fte"
	fieldAgencyFTE         = "agency_fte"
	fieldReportedVacancies = "reported_vacancies"
	fieldAdvertisedPosts   = "advertised_posts"
	fieldStaffHeadcount    = "staff_headcount"
	fieldVacancyReference  = "vacancy_reference"
	fieldPosts             = "posts"
	fieldOpenedOn          = "opened_on"
	fieldClosedOn          = "closed_on"
	fieldStatus            = "status"
	fieldDomain            = "domain_code"
	fieldValidFrom         = "valid_from"
)

// needSuffix makes the name of a competence's need column of its code.
const needSuffix = "_need"

// Column is a canonical column of a kind of file and the headings under which
// people send it.
type Column struct {
	Name string

	// Compulsory says that a file must have the column. A column that is not in
	// the key may be left out of a file whose rows all remove records.
	Compulsory bool

	// Key says that the column names the record, so that a row which removes
	// the record needs it.
	Key bool

	// Extra says that the column is read where a file has it, but is no part of
	// templates and exports.
	Extra bool

	// Synonyms are further headings that mean the column. Like Name they are
	// compared blind to case, spaces, underscores and punctuation.
	Synonyms []string

	// Description says in whole sentences what the column holds, and Example is
	// a synthetic value of it.
	Description, Example string
}

// Columns lists the canonical columns of a kind of file with their synonyms, in
// the order of the templates. A file of assessments also has those of
// [CompetenceColumns] in wide form or those of [LongColumns] in long form. An
// unknown kind has none.
func Columns(kind domain.UploadKind) []Column {
	switch kind {
	case domain.UploadStaff:
		return staffColumns()
	case domain.UploadAssessments:
		return assessmentColumns()
	case domain.UploadVacancies:
		return vacancyColumns()
	case domain.UploadPositions:
		return positionColumns()
	case domain.UploadTargets:
		return targetColumns()
	}
	return nil
}

// CompetenceColumns lists the columns of a framework's competences in wide form,
// a row for each assessment: for each competence its code, and its code with
// _need behind it.
func CompetenceColumns(framework domain.FrameworkVersion) []Column {
	columns := make([]Column, 0, 2*len(framework.Competences))
	for _, c := range framework.Competences {
		level := Column{
			Name: c.Code, Synonyms: []string{c.Code + " level", c.Name, c.Code + " " + c.Name},
			Description: "Level of " + c.Name + ". Empty means not assessed, N/A not applicable.", Example: "2",
		}
		need := Column{
			Name: c.Code + needSuffix, Synonyms: []string{
				c.Code + " needed", "need " + c.Code, c.Name + " need", c.Code + " " + c.Name + " need",
			},
			Description: "Level of " + c.Name + " that the person says the job needs. It may be empty.", Example: "3",
		}
		columns = append(columns, level, need)
	}
	return columns
}

// LongColumns lists the columns of the long form of assessments, a row for each
// competence of an assessment. A heading such as Skill is no synonym: in files of
// wide form it is a column of free text.
func LongColumns() []Column {
	return []Column{
		{
			Name: fieldCompetence, Compulsory: true, Synonyms: competenceSynonyms(),
			Description: "Code or exact name of a competence of the framework version. With this column the file has a row for each competence.",
			Example:     "TEC",
		},
		{
			Name: fieldLevel, Compulsory: true, Synonyms: []string{
				"Score", "Level achieved", "Achieved level", "Current level", "Assessed level", "Competence level", "Competency level",
				"Proficiency level", "Rating", "Where are you now",
			},
			Description: "Level of the competence. Empty means not assessed, N/A not applicable.", Example: "2",
		},
		{
			Name: fieldNeed, Synonyms: []string{"Level needed", "Needed level", "Need level", "Where do you need to be"},
			Description: "Level that the person says the job needs. It may be empty.", Example: "3",
		},
	}
}

func competenceSynonyms() []string {
	return []string{
		"Competence", "Competency", "Competency code", "Competence ID", "Competency ID", "Competence name", "Competency name",
		"Capability", "Capability code", "Capability name",
	}
}
