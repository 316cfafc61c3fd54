package domain

import "strings"

// StaffGroup is one of the ten ESR staff groups.
type StaffGroup struct {
	Code string `json:"code"` // 01 to 10
	Name string `json:"name"`
	// ShortName is the abbreviation that ESR screens show.
	ShortName string `json:"short_name"`
}

// Band is an Agenda for Change band or one of the three pay groups outside it.
type Band struct {
	Code    string `json:"code"` // 1 to 7, 8a to 8d, 9, VSM, MD, OTHER
	Name    string `json:"name"`
	Ordinal int    `json:"ordinal"`
}

// JobRole is a role of the National Workforce Data Set (five digits, the first
// two being its staff group) or a social care digital role (ASC33 to ASC38,
// without a staff group).
type JobRole struct {
	Code       string `json:"code"`
	Name       string `json:"name"`
	StaffGroup string `json:"staff_group,omitempty"`
	Retired    string `json:"retired,omitempty"` // the standard's own note
	Digital    bool   `json:"digital"`
}

// AreaOfWork is an area of the National Workforce Data Set. The standard gives
// names only; Code is ours and never changes.
type AreaOfWork struct {
	Code      string `json:"code"` // A001 and on
	Primary   string `json:"primary"`
	Secondary string `json:"secondary"`
	Tertiary  string `json:"tertiary"`
	Retired   string `json:"retired,omitempty"`
	Digital   bool   `json:"digital"`
}

// Path writes the area as primary > secondary > tertiary.
func (a AreaOfWork) Path() string {
	return a.Primary + " > " + a.Secondary + " > " + a.Tertiary
}

// ContractType is a contract type of the National Workforce Data Set.
type ContractType struct {
	Code string `json:"code"` // 01 to 09
	Name string `json:"name"`
	// InPost says whether people on it are staff in post: bank (01), honorary
	// (03) and non-executive (07) contracts are not.
	InPost bool `json:"in_post"`
}

// Lists holds the reference lists against which files and queries are checked.
type Lists struct {
	StaffGroups   []StaffGroup
	Bands         []Band
	JobRoles      []JobRole
	AreasOfWork   []AreaOfWork
	ContractTypes []ContractType
	Frameworks    []FrameworkVersion
	Crosswalks    []Crosswalk
	// PositionStatuses are the statuses of position vacancies, NotGiven left out.
	PositionStatuses []PositionStatus
}

// PositionStatus is a status of position vacancies of the National Workforce Data Set.
type PositionStatus struct {
	Code    string          `json:"code"` // 01 to 12
	Name    string          `json:"name"`
	Outcome PositionOutcome `json:"outcome"`
}

// PositionOutcome says what the status of a position vacancy means for a count.
type PositionOutcome string

// The outcomes. A vacancy without a status is open until its closing date and
// closed from then on.
const (
	PositionOpen         PositionOutcome = "open"
	PositionFilled       PositionOutcome = "filled"
	PositionClosed       PositionOutcome = "closed"        // without being filled
	PositionNotRecruited PositionOutcome = "not_recruited" // rejected or unapproved
)

// Crosswalk is a named mapping of one framework version's levels to another's. It is
// applied only when asked for.
type Crosswalk struct {
	Code   string           `json:"code"`
	Name   string           `json:"name"`
	From   FrameworkRef     `json:"from"`
	To     FrameworkRef     `json:"to"`
	Source string           `json:"source"` // who made it and why it holds
	Levels []CrosswalkLevel `json:"levels"`
}

// FrameworkRef names a framework version. ID is set when it comes from the register.
type FrameworkRef struct {
	ID        int16  `json:"-"`
	Framework string `json:"framework"`
	Version   string `json:"version"`
}

// CrosswalkLevel says which level a level of a competence stands for. A level
// without one is not translated; of several competences that lead to one, the
// lowest level counts.
type CrosswalkLevel struct {
	FromCompetence string `json:"from_competence"`
	FromLevel      Level  `json:"from_level"`
	ToCompetence   string `json:"to_competence"`
	ToLevel        Level  `json:"to_level"`
}

// Crosswalk returns a crosswalk by its code.
func (l Lists) Crosswalk(code string) (Crosswalk, bool) {
	for _, c := range l.Crosswalks {
		if c.Code == code {
			return c, true
		}
	}
	return Crosswalk{}, false
}

// Framework returns a published framework version by its code and version. An empty
// version means the newest of the framework.
func (l Lists) Framework(code, version string) (FrameworkVersion, bool) {
	var newest FrameworkVersion
	found := false
	for _, f := range l.Frameworks {
		if !strings.EqualFold(f.Framework, code) {
			continue
		}
		if version != "" && strings.EqualFold(f.Version, version) {
			return f, true
		}
		if version == "" && (!found || f.ValidFrom > newest.ValidFrom) {
			newest, found = f, true
		}
	}
	return newest, found
}

// ScoringKind says how a framework's answers are read.
type ScoringKind string

// The two scoring models (domain.md 1.8): a level for each competence, or a
// count of tasks done for each area with a threshold rule.
const (
	ScoringLevel ScoringKind = "level_per_competence"
	ScoringTasks ScoringKind = "task_checklist"
)

// The framework that is used when a file or a query names none.
const (
	DefaultFramework        = "hdc"
	DefaultFrameworkVersion = "2018"
)

// FrameworkVersion is a published, immutable version of a framework.
type FrameworkVersion struct {
	ID             int16            `json:"-"`
	Framework      string           `json:"framework"`
	Version        string           `json:"version"`
	Name           string           `json:"name"`
	Scoring        ScoringKind      `json:"scoring"`
	ValidFrom      Date             `json:"valid_from"`
	ValidityMonths int              `json:"validity_months"` // how long an assessment is current
	Source         string           `json:"source"`
	Licence        string           `json:"licence"`
	Domains        []CompetenceArea `json:"domains"`
	Competences    []Competence     `json:"competences"` // in the order in which levels are stored
	Levels         []ScaleLevel     `json:"levels"`      // in ascending order
}

// CompetenceArea is a domain of a framework.
type CompetenceArea struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Competence is one thing that is assessed.
type Competence struct {
	Code     string `json:"code"` // text, such as CCP or 1.1
	Name     string `json:"name"`
	Domain   string `json:"domain"`
	MaxLevel Level  `json:"max_level"` // the highest level; the lowest is always 0
	// Threshold is, in a task checklist, the number of tasks that must be done; 0
	// otherwise.
	Threshold Level `json:"threshold,omitempty"`
}

// ScaleLevel is one level of a framework's scale.
type ScaleLevel struct {
	Level Level  `json:"level"`
	Name  string `json:"name"`
	Band  string `json:"band,omitempty"`
}

// CompetenceIndex returns the place of a competence in the framework's order.
func (f FrameworkVersion) CompetenceIndex(code string) (int, bool) {
	for i, c := range f.Competences {
		if strings.EqualFold(c.Code, code) {
			return i, true
		}
	}
	return 0, false
}

// MaxLevel returns the highest level of the scale.
func (f FrameworkVersion) MaxLevel() Level {
	highest := Level(0)
	for _, c := range f.Competences {
		highest = max(highest, c.MaxLevel)
	}
	return highest
}
