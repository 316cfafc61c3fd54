package sheet

// "Closing date" is no synonym of closed_on: in recruitment systems it is the last day
// for applications, on which a vacancy is still open. Nor is a position number one of
// the reference: a position is recruited to time and again.
func positionColumns() []Column {
	return []Column{
		{
			Name: fieldVacancyReference, Compulsory: true, Key: true, Synonyms: []string{
				"Reference", "Vacancy ref", "Vacancy ID", "Vacancy number", "Vacancy No", "Job reference", "Job ref", "Job reference number",
				"Requisition", "Requisition number", "Requisition ID", "Advert reference", "Trac reference", "NHS Jobs reference",
			},
			Description: "Your own reference of the vacancy, as text of up to 50 characters, leading zeros kept. A recruitment that begins anew has a new one.",
			Example:     "201-DIG-0042",
		},
		staffGroupColumn(true, false),
		jobRoleColumn(false),
		bandColumn(false),
		areaOfWorkColumn(false),
		teamColumn(),
		{
			Name: fieldPosts, Synonyms: []string{"Number of posts", "No of posts", "Post count", "Vacant posts", "Number of vacancies"},
			Description: "How many alike posts are recruited to under the reference, 1 to 999. Empty means one.", Example: "2",
		},
		{
			Name: fieldFTE, Compulsory: true, Synonyms: []string{
				"WTE", "Vacancy FTE", "Vacancy WTE", "Vacant FTE", "Vacant WTE", "Advertised FTE", "Advertised WTE", "Full time equivalent",
				"Whole time equivalent", "Position vacancy FTE",
			},
			Description: "Full-time equivalent of all posts of the row together, with up to five decimals.", Example: "1.6",
		},
		{
			Name: fieldOpenedOn, Compulsory: true, Synonyms: []string{
				"Opened", "Date opened", "Opening date", "Open date", "Vacancy start date", "Position vacancy start date", "Recruitment start date",
			},
			Description: "Day on which active recruitment began. It is not in the future.", Example: "2026-08-05",
		},
		{
			Name: fieldClosedOn, Synonyms: []string{
				"Closed", "Date closed", "Date filled", "Filled on", "Offer accepted on", "Date offer accepted", "Vacancy end date",
				"Position vacancy end date", "Recruitment end date",
			},
			Description: "Day on which an offer was accepted or recruitment ended, not the last day for applications. Empty while the vacancy is open.",
			Example:     "2026-10-20",
		},
		{
			Name: fieldStatus, Synonyms: []string{"Vacancy status", "Position vacancy status", "Recruitment status", "Status code"},
			Description: "Status of the National Workforce Data Set, 01 to 12, by code or name. Empty means open until closed_on and closed from then on.",
			Example:     "09",
		},
		actionColumn(),
		ownerColumn(),
	}
}

func targetColumns() []Column {
	return []Column{
		{
			Name: fieldFramework, Compulsory: true, Key: true, Synonyms: []string{"Framework code", "Framework name"},
			Description: "Code of the framework. Rows may name different ones.", Example: "hdc",
		},
		{
			Name: fieldFrameworkVersion, Compulsory: true, Key: true, Synonyms: []string{"Version of framework"},
			Description: "Version of the framework.", Example: "2018",
		},
		{
			Name: fieldCompetence, Key: true, Synonyms: competenceSynonyms(),
			Description: "Code or exact name of a competence of the framework version. A row has either this or domain_code.", Example: "TEC",
		},
		{
			Name: fieldDomain, Key: true, Synonyms: []string{"Domain", "Domain name", "Domain ID", "Competence area", "Competency area", "Capability area"},
			Description: "Code or exact name of a domain: the target is then one for each of its competences.", Example: "TEC",
		},
		{
			Name: fieldLevel, Compulsory: true, Synonyms: []string{
				"Target", "Target level", "Level expected", "Expected level", "Level required", "Required level", "Minimum level",
			},
			Description: "Level expected, on the scale of the competence, or of every competence of the domain. Empty ends the target from valid_from on.",
			Example:     "3",
		},
		jobRoleColumn(true),
		staffGroupColumn(false, true),
		bandColumn(true),
		{
			Name: fieldValidFrom, Compulsory: true, Key: true, Synonyms: []string{
				"Valid from date", "From", "From date", "Effective from", "Effective date", "Applies from",
			},
			Description: "First day on which the target holds, until a later row for the same. It may lie in the future.", Example: "2026-04-01",
		},
		actionColumn(),
		ownerColumn(),
	}
}
