package sheet

// An assignment number is no synonym: it is the employee number with a suffix
// for each assignment, so that it would make one person into several.
func employeeNumberColumn() Column {
	return Column{
		Name: fieldEmployeeNumber, Compulsory: true, Key: true, Synonyms: []string{
			"Employee No", "Employee ID", "Employee local identifier", "Emp No", "ESR employee number", "Staff number",
			"Staff No", "Staff ID", "Payroll number", "Payroll No", "Personnel number", "Unique worker ID",
		},
		Description: "The employer's own staff number, as text of up to 32 characters, leading zeros kept.", Example: "00123",
	}
}

func staffGroupColumn(compulsory, key bool) Column {
	return Column{
		Name: fieldStaffGroup, Compulsory: compulsory, Key: key, Synonyms: []string{
			"ESR staff group", "Staff group code", "Staff group name",
		},
		Description: "One of the ten ESR staff groups, by code, name or usual abbreviation.", Example: "08",
	}
}

func jobRoleColumn(key bool) Column {
	return Column{
		Name: fieldJobRole, Key: key, Synonyms: []string{
			"Job role", "Job role name", "Role code", "NWD job role",
		},
		Description: "Job role of the National Workforce Data Set, by its five-digit code or exact name, or a social care digital role.", Example: "08014",
	}
}

func bandColumn(key bool) Column {
	return Column{
		Name: fieldBand, Key: key, Synonyms: []string{
			"AfC band", "AfC", "Agenda for Change band", "Pay band", "Pay grade", "Pay scale", "Grade",
		},
		Description: "Agenda for Change band 1 to 7, 8a to 8d or 9, or VSM, Medical and Dental or Other.", Example: "8a",
	}
}

func areaOfWorkColumn(key bool) Column {
	return Column{
		Name: fieldAreaOfWork, Key: key, Synonyms: []string{"Area of work code", "Area of work name", "NWD area of work"},
		Description: "Area of work of the National Workforce Data Set, by code or as primary > secondary > tertiary.",
		Example:     "Corporate > Informatics > Coding",
	}
}

func teamColumn() Column {
	return Column{
		Name: fieldTeam, Synonyms: []string{"Team name", "Ward or team"},
		Description: "Name of the team, up to 100 characters. No names of people.", Example: "Community team 4",
	}
}

func actionColumn() Column {
	return Column{
		Name: fieldAction, Synonyms: []string{"Row action"},
		Description: "Empty to store the row, or remove to withdraw the record that it names.", Example: "remove",
	}
}

// ownerColumn lets a file say whose it is, so that it cannot be sent for
// another organisation by mistake.
func ownerColumn() Column {
	return Column{
		Name: fieldOrganisation, Extra: true, Synonyms: []string{
			"Organisation code", "Organization", "Organization code", "Org", "Org code", "ODS", "ODS code", "Employing org code",
			"Employing organisation code", "Employer code", "Trust code", "Provider code", "NHS organisation code",
		},
		Description: "ODS code of the organisation. It must be the one that the file is sent for.", Example: "RRK",
	}
}
