package domain

// NotGiven is the lookup code of an optional key part that a row does not give:
// the figure is not broken down by it. It is shown empty.
const NotGiven = "-"

// Action says what a row asks for.
type Action uint8

// The actions of a row.
const (
	ActionStore  Action = iota // the row states a record
	ActionRemove               // the row withdraws a record
)

// StaffRow is one assignment of a staff list, with codes already matched.
type StaffRow struct {
	Row            int
	EmployeeNumber string
	StaffGroup     string
	JobRole        string // NotGiven when empty
	Band           string // NotGiven when empty
	AreaOfWork     string // NotGiven when empty
	Team           string // empty when not given
	ContractType   string // NotGiven when the list does not say
	FTE            FTE
	AsAt           Date
	StartedOn      *Date
	LeftOn         *Date
	Action         Action
}

// Level is an answer to one competence: a level of the framework's scale, or one
// of the two answers that are not levels.
type Level int16

// Not assessed and not applicable are two things (DESIGN 3.5): the first is no
// answer, the second leaves the competence's denominator.
const (
	NotApplicable Level = -1
	NotAssessed   Level = -2
)

// AssessorKind says who judged.
type AssessorKind string

// The kinds of assessor.
const (
	AssessorSelf    AssessorKind = "self"
	AssessorManager AssessorKind = "manager"
	AssessorOther   AssessorKind = "assessor"
)

// AssessmentFile is the rows of one assessments file with their framework version.
type AssessmentFile struct {
	Framework FrameworkVersion
	Rows      []AssessmentRow
	// Sheet and EmployeeNumberColumn are the file's own names, for findings that
	// only the register can make.
	Sheet                string
	EmployeeNumberColumn string
	// Duplicates is the number of rows that repeat another within a record of the
	// long form. They are in no record's FileRows.
	Duplicates int
	// Spoilt names the rows of the long form that are in none of Rows because one of
	// their record has an error.
	Spoilt []SpoiltRows
}

// SpoiltRows are rows of a file about one person that cannot be stored.
type SpoiltRows struct {
	EmployeeNumber string
	Rows           []int
}

// AssessmentRow is one assessment, its levels in the framework's order of competences.
type AssessmentRow struct {
	Row int // its first row
	// FileRows is the number of rows of the file that it was made from: 1 in wide
	// form, one for each competence in long form.
	FileRows       int
	EmployeeNumber string
	AssessedOn     Date
	AssessorKind   AssessorKind
	Levels         []Level
	Needs          []Level // nil when no need is given
	StaffGroup     string  // NotGiven when not sent, as the next two
	JobRole        string
	Band           string
	Team           string
	Action         Action
}

// MeasureState tells apart the three ways of having no or some figure.
type MeasureState uint8

// A measure is not stated (empty), not known (the sender said so) or known.
const (
	NotStated MeasureState = iota
	DontKnow
	Known
)

// Measure is one figure of a vacancy return: FTE in hundred-thousandths, or a count.
type Measure struct {
	State MeasureState
	Value int64
}

// VacancyRow is one cell of a vacancy return.
type VacancyRow struct {
	Row      int
	Key      VacancyKey
	Measures VacancyMeasures
	Action   Action
}

// VacancyKey names a cell: a month end and what the figures are broken down by.
type VacancyKey struct {
	Month      Date
	StaffGroup string
	JobRole    string
	Band       string
	AreaOfWork string
}

// VacancyMeasures holds the figures of a cell. The first four are FTE in
// hundred-thousandths, the rest are counts. Unlike measures are never added.
type VacancyMeasures struct {
	Budgeted   Measure
	Contracted Measure
	Bank       Measure
	Agency     Measure
	Reported   Measure // posts being recruited to, a headcount
	Advertised Measure // adverts or advertised posts
	Headcount  Measure // staff in post, people
}

// List returns the measures in the order of the canonical columns.
func (m VacancyMeasures) List() [7]Measure {
	return [7]Measure{m.Budgeted, m.Contracted, m.Bank, m.Agency, m.Reported, m.Advertised, m.Headcount}
}
