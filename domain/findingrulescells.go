package domain

// cellRules are about cells of any column.
func cellRules() []FindingRule {
	const e = SeverityError
	return []FindingRule{
		{
			FindingValueMissing, e, "A compulsory value is empty.",
			"Fill in the cell.",
			"Wrong: an empty staff group. Right: 08.", nil,
		},
		{
			FindingValueTooLong, e, "The value is longer than this column allows.",
			"Shorten it to the number of characters shown.",
			"Wrong: a team name of 130 characters. Right: one of up to 100 characters.", ofTeams(),
		},
		{
			FindingCellError, e, "The cell shows a spreadsheet error instead of a value.",
			"Mend the formula or enter the value.",
			"Wrong: #REF!. Right: 0.8.", nil,
		},
		{
			FindingFormulaEmpty, e, "The cell of a compulsory value holds a formula that gives no value.",
			"Mend the formula or enter the value.",
			"Wrong: a formula that finds no staff group. Right: 08.", nil,
		},
		{
			FindingCodeNumeric, e, "A code is stored as a number, so leading zeros or letters may be lost.",
			"Format the column as text, enter the codes again and send the file again. In JSON, put codes in quotation marks.",
			"Wrong: the number 8014. Right: the text 08014.", nil,
		},
		{
			FindingCodeScientific, e, "A spreadsheet has turned the code into a number with an exponent.",
			"Format the column as text and enter the code again.",
			"Wrong: 5.00E+01. Right: 5E1.", nil,
		},
		{
			FindingCodeDate, e, "A spreadsheet has turned the code or name into a date.",
			"Format the column as text and enter the value again.",
			"Wrong: 08-Jan. Right: 8-1.", nil,
		},
		{
			FindingCodeZeros, e, "A spreadsheet seems to have taken the leading zeros of the code away.",
			"Format the column as text and enter the code with its zeros.",
			"Wrong: 8014. Right: 08014.", nil,
		},
	}
}

// employeeRules are about employee numbers.
func employeeRules() []FindingRule {
	const e, w = SeverityError, SeverityWarning
	return []FindingRule{
		{
			FindingEmployeeNumberNumber, w, "Employee numbers are stored as numbers in this file: any leading zeros are already lost.",
			"Format the column as text if your employee numbers can start with a zero.",
			"Wrong: the number 123. Right: the text 00123.", ofPeople(),
		},
		{
			FindingEmployeeNumberBad, e, "This is not an employee number: it is neither text nor a whole number, or it holds characters that cannot be seen.",
			"Enter the employer's own staff number again.",
			"Wrong: 123.5. Right: 00123.", ofPeople(),
		},
		{
			FindingEmployeeNumberLong, e, "The employee number has more than 32 characters.",
			"Enter the employer's own staff number, without anything before or behind it.",
			"Wrong: a staff number with a sentence behind it. Right: 00123.", ofPeople(),
		},
		{
			FindingEmployeeNumberWords, e, "The employee number consists of words without any digit, so it may be a name.",
			"Enter the employer's own staff number. Names of people must not be sent.",
			"Wrong: two words. Right: 00123.", ofPeople(),
		},
		{
			FindingEmployeeNumberScientific, e, "A spreadsheet has turned the employee number into a number with an exponent, so digits of it are lost.",
			"Format the column as text, enter the staff numbers again and save the file again.",
			"Wrong: 1.23E+12. Right: 1230000004567.", ofPeople(),
		},
		{
			FindingEmployeeNumberDigits, e, "The employee number is stored as a number of more than 15 digits, of which a spreadsheet does not keep the last.",
			"Format the column as text and enter the staff numbers again.",
			"Wrong: the number 12345678901234500. Right: the text 12345678901234567.", ofPeople(),
		},
		{
			FindingEmployeeUnknown, e, "No staff member with this employee number is on a staff list of the organisation.",
			"Check the number, send a staff list that holds this person first, or send the file with create_missing_staff=true.",
			"Wrong: 00132, mistyped. Right: 00123, which the staff list has.", ofAssessments(),
		},
		{
			FindingEmployeeZeros, e, "The staff list holds this employee number only with leading zeros, which this file has lost.",
			"Format the column as text and enter the number as the staff list has it.",
			"Wrong: 123. Right: 00123.", ofPeople(),
		},
	}
}

// codeRules are about values of the reference lists.
func codeRules() []FindingRule {
	const e, w = SeverityError, SeverityWarning
	return []FindingRule{
		{
			FindingOrganisationOther, e, "The row names another organisation than the one that the file was sent for.",
			"Send the row for that organisation, or correct the code.",
			"Wrong: RYJ in a file that was sent for RRK. Right: RRK.", nil,
		},
		{
			FindingOrganisationNotCompared, w, "The column of organisation codes holds values that are no ODS codes; they were not compared with the organisation that the file was sent for.",
			"Enter ODS codes, or delete the column.",
			"Wrong: the name of the trust. Right: RRK.", nil,
		},
		{
			FindingStaffGroupUnknown, e, "This is not one of the ten ESR staff groups.",
			"Use a code from 01 to 10, the full ESR name or its usual abbreviation. Leave out total rows.",
			"Wrong: Gardeners. Right: 09, Estates and Ancillary or E&A.", nil,
		},
		{
			FindingJobRoleUnknown, e, "This is not a job role of the National Workforce Data Set nor a social care digital role.",
			"Use the five-digit job role code or the exact role name.",
			"Wrong: Head of Everything. Right: 08014 or Analyst.", nil,
		},
		{
			FindingJobRoleAmbiguous, e, "Several staff groups have a job role of this name.",
			"Give the code of the job role, or the staff group too.",
			"Wrong: Manager without a staff group. Right: 08007.", ofLevels(),
		},
		{
			FindingJobRoleGroup, e, "The job role belongs to another staff group.",
			"Correct the staff group or the job role; the first two digits of a job role code are its staff group.",
			"Wrong: staff group 03 with job role 08014. Right: staff group 08 with job role 08014.", nil,
		},
		{
			FindingJobRoleRetired, w, "The job role is retired or closed to new entrants.",
			"Use the role that replaced it where there is one.",
			"Wrong: 08028 after its retirement. Right: a current role.", nil,
		},
		{
			FindingBandUnknown, e, "This is not a pay band.",
			"Use 1 to 7, 8a, 8b, 8c, 8d, 9, VSM, Medical and Dental, or Other.",
			"Wrong: 10. Right: 8a, Band 8a or AfC 8a.", nil,
		},
		{
			FindingBandAmbiguous, e, "Band 8 has four parts, and the value does not say which.",
			"Use 8a, 8b, 8c or 8d.",
			"Wrong: 8. Right: 8a.", nil,
		},
		{
			FindingAreaUnknown, e, "This is not an area of work of the National Workforce Data Set.",
			"Use a code of the reference list, or write it as primary > secondary > tertiary.",
			"Wrong: Space. Right: Corporate > Informatics > Coding.", ofPosts(),
		},
		{
			FindingAreaAmbiguous, e, "More than one area of work has this name.",
			"Write it as primary > secondary > tertiary.",
			"Wrong: Coding. Right: Corporate > Informatics > Coding.", ofPosts(),
		},
		{
			FindingAreaRetired, w, "The area of work is retired.",
			"Use the area that replaced it where there is one.",
			"Wrong: an area that was retired in 2019, in a list of 2026. Right: a current area.", ofPosts(),
		},
		{
			FindingContractUnknown, e, "This is not a contract type of the National Workforce Data Set.",
			"Use a code from 01 to 09 or its name.",
			"Wrong: zero hours. Right: 05 or Permanent.", ofStaff(),
		},
		{
			FindingActionUnknown, e, "The action is not known.",
			"Leave it empty to store the row, or write remove.",
			"Wrong: update. Right: an empty cell or remove.", nil,
		},
		{
			FindingAssessorUnknown, e, "This is not an assessor kind.",
			"Use self, manager or assessor.",
			"Wrong: colleague. Right: manager.", ofAssessments(),
		},
		{
			FindingFrameworkUnknown, e, "No such framework version is published.",
			"Use a code and version of the reference list.",
			"Wrong: hdc 1999. Right: hdc 2018.", ofLevels(),
		},
		{
			FindingCompetenceUnknown, e, "This is not a competence of the framework version.",
			"Use a competence code or the exact name of a competence.",
			"Wrong: Typing. Right: TEC or Technical proficiency.", ofLevels(),
		},
	}
}
