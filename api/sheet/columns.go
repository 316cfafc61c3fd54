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
	fieldAssessedOn        = "assessed_on"
	fieldAssessorKind      = "assessor_kind"
	fieldFramework         = "framework"
	fieldFrameworkVersion  = "framework_version"
	fieldBudgetedFTE       = "budgeted_fte"
	fieldContractedFTE     = "contracted_fte"
	fieldBankFTE           = "bank_fte"
	fieldAgencyFTE         = "agency_fte"
	fieldReportedVacancies = "reported_vacancies"
	fieldAdvertisedPosts   = "advertised_posts"
	fieldStaffHeadcount    = "staff_headcount"
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

	// Synonyms are further headings that mean the column. Like Name they are
	// compared blind to case, spaces, underscores and punctuation.
	Synonyms []string
}

// Columns lists the canonical columns of a kind of file with their synonyms, in
// the order of the templates. A file of assessments also has a column for each
// competence of its framework, which [CompetenceColumns] lists. An unknown kind
// has none.
func Columns(kind domain.UploadKind) []Column {
	switch kind {
	case domain.UploadStaff:
		return staffColumns()
	case domain.UploadAssessments:
		return assessmentColumns()
	case domain.UploadVacancies:
		return vacancyColumns()
	}
	return nil
}

// CompetenceColumns lists the columns of a framework's competences: for each its
// code, and its code with _need behind it.
func CompetenceColumns(framework domain.FrameworkVersion) []Column {
	columns := make([]Column, 0, 2*len(framework.Competences))
	for _, c := range framework.Competences {
		level := Column{Name: c.Code, Synonyms: []string{c.Code + " level", c.Name, c.Code + " " + c.Name}}
		need := Column{Name: c.Code + needSuffix, Synonyms: []string{
			c.Code + " needed", "need " + c.Code, c.Name + " need", c.Code + " " + c.Name + " need",
		}}
		columns = append(columns, level, need)
	}
	return columns
}

// An assignment number is no synonym: it is the employee number with a suffix
// for each assignment, so that it would make one person into several.
func employeeNumberColumn() Column {
	return Column{Name: fieldEmployeeNumber, Compulsory: true, Key: true, Synonyms: []string{
		"Employee No", "Employee ID", "Employee local identifier", "Emp No", "ESR employee number", "Staff number",
		"Staff No", "Staff ID", "Payroll number", "Payroll No", "Personnel number", "Unique worker ID",
	}}
}

func staffGroupColumn(compulsory, key bool) Column {
	return Column{Name: fieldStaffGroup, Compulsory: compulsory, Key: key, Synonyms: []string{
		"ESR staff group", "Staff group code", "Staff group name",
	}}
}

func jobRoleColumn(key bool) Column {
	return Column{Name: fieldJobRole, Key: key, Synonyms: []string{
		"Job role", "Job role name", "Role code", "NWD job role",
	}}
}

func bandColumn(key bool) Column {
	return Column{Name: fieldBand, Key: key, Synonyms: []string{
		"AfC band", "AfC", "Agenda for Change band", "Pay band", "Pay grade", "Pay scale", "Grade",
	}}
}

func areaOfWorkColumn(key bool) Column {
	return Column{Name: fieldAreaOfWork, Key: key, Synonyms: []string{"Area of work code", "Area of work name", "NWD area of work"}}
}

func teamColumn() Column {
	return Column{Name: fieldTeam, Synonyms: []string{"Team name", "Ward or team"}}
}

func actionColumn() Column {
	return Column{Name: fieldAction, Synonyms: []string{"Row action"}}
}

func staffColumns() []Column {
	return []Column{
		employeeNumberColumn(),
		staffGroupColumn(true, false),
		jobRoleColumn(false),
		bandColumn(false),
		areaOfWorkColumn(false),
		teamColumn(),
		{Name: fieldFTE, Compulsory: true, Synonyms: []string{
			"WTE", "Contracted FTE", "Contracted WTE", "FTE contracted", "WTE contracted", "Assignment FTE",
			"Full time equivalent", "Whole time equivalent",
		}},
		{Name: fieldContractType, Synonyms: []string{"Contract", "Type of contract", "Assignment category"}},
		{Name: fieldAsAt, Synonyms: []string{
			"As at date", "As of", "As of date", "Snapshot date", "Position date", "Census date", "Reporting date",
		}},
		{Name: fieldStartedOn, Synonyms: []string{
			"Start date", "Date started", "Latest start date", "Employment start date", "Hire date", "Date of joining",
		}},
		{Name: fieldLeftOn, Synonyms: []string{
			"Leaving date", "Leave date", "Date left", "Date of leaving", "Last day in post", "Last working day", "Termination date",
		}},
		actionColumn(),
	}
}

func assessmentColumns() []Column {
	return []Column{
		employeeNumberColumn(),
		{Name: fieldAssessedOn, Compulsory: true, Key: true, Synonyms: []string{
			"Assessment date", "Date assessed", "Date of assessment", "Completion date", "Date completed",
		}},
		{Name: fieldAssessorKind, Key: true, Synonyms: []string{"Assessor", "Assessor type", "Assessed by"}},
		{Name: fieldFramework, Key: true, Synonyms: []string{"Framework code", "Framework name"}},
		{Name: fieldFrameworkVersion, Key: true, Synonyms: []string{"Version of framework"}},
		staffGroupColumn(false, false),
		jobRoleColumn(false),
		bandColumn(false),
		teamColumn(),
		actionColumn(),
	}
}

// A heading "Vacancies" alone is no synonym: some mean posts being recruited to
// and others the establishment's gap in FTE, and unlike measures are never mixed.
func vacancyColumns() []Column {
	return []Column{
		{Name: fieldAsAt, Compulsory: true, Key: true, Synonyms: []string{
			"As at date", "As of", "As of date", "Snapshot date", "Position date", "Census date", "Reporting date",
			"Month", "Month end", "Month ending", "Reporting month", "Return month", "Period end", "Period ending",
		}},
		staffGroupColumn(true, true),
		jobRoleColumn(true),
		bandColumn(true),
		areaOfWorkColumn(true),
		{Name: fieldBudgetedFTE, Synonyms: []string{
			"Budgeted WTE", "Budget FTE", "Budget WTE", "Budgeted establishment", "Budgeted establishment FTE", "Budgeted establishment WTE",
			"Establishment", "Establishment FTE", "Establishment WTE", "Funded establishment", "Funded establishment FTE",
			"Funded establishment WTE", "Funded FTE", "Funded WTE",
		}},
		{Name: fieldContractedFTE, Synonyms: []string{
			"Contracted WTE", "In post", "In post FTE", "In post WTE", "Staff in post FTE", "Staff in post WTE", "SIP FTE", "SIP WTE",
		}},
		{Name: fieldBankFTE, Synonyms: []string{"Bank WTE", "Bank", "Bank staff FTE", "Bank staff WTE"}},
		{Name: fieldAgencyFTE, Synonyms: []string{"Agency WTE", "Agency", "Agency staff FTE", "Agency staff WTE"}},
		{Name: fieldReportedVacancies, Synonyms: []string{
			"Vacancies reported", "Current vacancies", "Vacancies being recruited to", "Posts being recruited to",
		}},
		{Name: fieldAdvertisedPosts, Synonyms: []string{"Posts advertised", "Advertised vacancies", "Vacancies advertised", "Adverts"}},
		{Name: fieldStaffHeadcount, Synonyms: []string{"Headcount", "Staff in post headcount", "Headcount in post"}},
		actionColumn(),
	}
}
