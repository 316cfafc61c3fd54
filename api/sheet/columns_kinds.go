package sheet

func staffColumns() []Column {
	return []Column{
		employeeNumberColumn(),
		staffGroupColumn(true, false),
		jobRoleColumn(false),
		bandColumn(false),
		areaOfWorkColumn(false),
		teamColumn(),
		{
			Name: fieldFTE, Compulsory: true, Synonyms: []string{
				"WTE", "Contracted FTE", "Contracted WTE", "FTE contracted", "WTE contracted", "Assignment FTE",
				"Full time equivalent", "Whole time equivalent",
			},
			Description: "Full-time equivalent of the assignment, with up to five decimals.", Example: "0.8",
		},
		{
			Name: fieldContractType, Synonyms: []string{"Contract", "Type of contract", "Assignment category"},
			Description: "Contract type of the National Workforce Data Set, by code or name. Bank, honorary and non-executive contracts are not staff in post.",
			Example:     "05",
		},
		{
			Name: fieldAsAt, Synonyms: []string{
				"As at date", "As of", "As of date", "Snapshot date", "Position date", "Census date", "Reporting date",
			},
			Description: "The day whose position the list states, the same in every row. Without it the list is of the day of upload.", Example: "2026-10-31",
		},
		{
			Name: fieldStartedOn, Synonyms: []string{
				"Start date", "Date started", "Latest start date", "Employment start date", "Hire date", "Date of joining",
			},
			Description: "First day of the employment.", Example: "2024-04-01",
		},
		{
			Name: fieldLeftOn, Synonyms: []string{
				"Leaving date", "Leave date", "Date left", "Date of leaving", "Last day in post", "Last working day", "Termination date",
			},
			Description: "Last day in post. It may lie in the future.", Example: "2027-03-31",
		},
		actionColumn(),
		ownerColumn(),
	}
}

func assessmentColumns() []Column {
	return []Column{
		employeeNumberColumn(),
		{
			Name: fieldAssessedOn, Compulsory: true, Key: true, Synonyms: []string{
				"Assessment date", "Date assessed", "Date of assessment", "Completion date", "Date completed",
			},
			Description: "Day of the assessment.", Example: "2026-10-05",
		},
		{
			Name: fieldAssessorKind, Key: true, Synonyms: []string{"Assessor", "Assessor type", "Assessed by"},
			Description: "Who judged: self, manager or assessor. Empty means self.", Example: "self",
		},
		{
			Name: fieldFramework, Key: true, Synonyms: []string{"Framework code", "Framework name"},
			Description: "Code of the framework. Empty means the one of the upload's options, else hdc.", Example: "hdc",
		},
		{
			Name: fieldFrameworkVersion, Key: true, Synonyms: []string{"Version of framework"},
			Description: "Version of the framework. Empty means the one of the upload's options, else 2018.", Example: "2018",
		},
		staffGroupColumn(false, false),
		jobRoleColumn(false),
		bandColumn(false),
		teamColumn(),
		actionColumn(),
		ownerColumn(),
	}
}

// A heading "Vacancies" alone is no synonym: some mean posts being recruited to
// and others the establishment's gap in FTE, and unlike measures are never mixed.
func vacancyColumns() []Column {
	const states = " Write None for none at all and Don't know where it is not known."
	return []Column{
		{
			Name: fieldAsAt, Compulsory: true, Key: true, Synonyms: []string{
				"As at date", "As of", "As of date", "Snapshot date", "Position date", "Census date", "Reporting date",
				"Month", "Month end", "Month ending", "Reporting month", "Return month", "Period end", "Period ending",
			},
			Description: "Last day of the month of the return.", Example: "2026-10-31",
		},
		staffGroupColumn(true, true),
		jobRoleColumn(true),
		bandColumn(true),
		areaOfWorkColumn(true),
		{
			Name: fieldBudgetedFTE, Synonyms: []string{
				"Budgeted WTE", "Budget FTE", "Budget WTE", "Budgeted establishment", "Budgeted establishment FTE", "Budgeted establishment WTE",
				"Establishment", "Establishment FTE", "Establishment WTE", "Funded establishment", "Funded establishment FTE",
				"Funded establishment WTE", "Funded FTE", "Funded WTE",
			},
			Description: "FTE of the funded establishment." + states, Example: "12.5",
		},
		{
			Name: fieldContractedFTE, Synonyms: []string{
				"Contracted WTE", "In post", "In post FTE", "In post WTE", "Staff in post FTE", "Staff in post WTE", "SIP FTE", "SIP WTE",
			},
			Description: "FTE contracted to substantive staff in post." + states, Example: "10.8",
		},
		{
			Name: fieldBankFTE, Synonyms: []string{"Bank WTE", "Bank", "Bank staff FTE", "Bank staff WTE"},
			Description: "FTE worked by bank staff." + states, Example: "0.6",
		},
		{
			Name: fieldAgencyFTE, Synonyms: []string{"Agency WTE", "Agency", "Agency staff FTE", "Agency staff WTE"},
			Description: "FTE worked by agency staff." + states, Example: "None",
		},
		{
			Name: fieldReportedVacancies, Synonyms: []string{
				"Vacancies reported", "Current vacancies", "Vacancies being recruited to", "Posts being recruited to",
			},
			Description: "Number of posts being recruited to." + states, Example: "2",
		},
		{
			Name: fieldAdvertisedPosts, Synonyms: []string{"Posts advertised", "Advertised vacancies", "Vacancies advertised", "Adverts"},
			Description: "Number of posts advertised." + states, Example: "1",
		},
		{
			Name: fieldStaffHeadcount, Synonyms: []string{"Headcount", "Staff in post headcount", "Headcount in post"},
			Description: "Number of people in post." + states, Example: "12",
		},
		actionColumn(),
		ownerColumn(),
	}
}
