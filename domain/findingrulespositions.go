package domain

// referenceRules are about references of position vacancies.
func referenceRules() []FindingRule {
	const e, w = SeverityError, SeverityWarning
	return []FindingRule{
		{
			FindingReferenceNumber, w, "Vacancy references are stored as numbers in this file: any leading zeros are already lost.",
			"Format the column as text if your references can start with a zero.",
			"Wrong: the number 4711. Right: the text 004711.", ofPositions(),
		},
		{
			FindingReferenceBad, e, "This is not a vacancy reference: it is neither text nor a whole number, or it holds characters that cannot be seen.",
			"Enter your own reference of the vacancy again.",
			"Wrong: 4711.5. Right: 004711.", ofPositions(),
		},
		{
			FindingReferenceLong, e, "The vacancy reference has more than 50 characters.",
			"Enter your own reference of the vacancy, without anything before or behind it.",
			"Wrong: a reference with the title of the job behind it. Right: 201-DIG-0042.", ofPositions(),
		},
		{
			FindingReferenceWords, e, "The vacancy reference consists of words without any digit, so it may be the title of a job or the name of a person.",
			"Enter your own reference of the vacancy. Names of people must not be sent.",
			"Wrong: two words. Right: 201-DIG-0042.", ofPositions(),
		},
		{
			FindingReferenceScientific, e, "A spreadsheet has turned the vacancy reference into a number with an exponent, so digits of it are lost.",
			"Format the column as text, enter the references again and save the file again.",
			"Wrong: 2.01E+11. Right: 201000000042.", ofPositions(),
		},
		{
			FindingReferenceDigits, e, "The vacancy reference is stored as a number of more than 15 digits, of which a spreadsheet does not keep the last.",
			"Format the column as text and enter the references again.",
			"Wrong: the number 20100000000004200. Right: the text 20100000000004217.", ofPositions(),
		},
		{
			FindingReferenceZeros, e, "The register holds this vacancy reference only with leading zeros, which this file has lost.",
			"Format the column as text and enter the reference as it was sent before.",
			"Wrong: 4711. Right: 004711.", ofPositions(),
		},
	}
}

// positionRules are about single position vacancies.
func positionRules() []FindingRule {
	const e, w = SeverityError, SeverityWarning
	return []FindingRule{
		{
			FindingStatusUnknown, e, "This is not a status of position vacancies of the National Workforce Data Set.",
			"Use a code from 01 to 12 or its name, or leave the cell empty.",
			"Wrong: shortlisting. Right: 01 or Open.", ofPositions(),
		},
		{
			FindingPostsRange, e, "The number of posts is not between 1 and 999.",
			"Enter the number of posts that are recruited to under this reference; an empty cell means one post. Delete the row if there is none.",
			"Wrong: 0. Right: 2.", ofPositions(),
		},
		{
			FindingPostsFTEZero, e, "The FTE of a position vacancy is zero, and a post has some.",
			"Enter the full-time equivalent of all posts of the row together.",
			"Wrong: 0 for a post of 30 hours. Right: 0.8.", ofPositions(),
		},
		{
			FindingPostsFTEHigh, w, "The FTE is above 1.5 for each post of the row.",
			"Check that fte is full-time equivalent and not hours, and that posts counts all posts of the row.",
			"Wrong: 37.5, which is hours, for one post. Right: 1.", ofPositions(),
		},
		{
			FindingClosedBeforeOpened, e, "The closing day of the vacancy is before its opening day.",
			"Correct one of the two days.",
			"Wrong: opened 2026-10-05, closed 2026-09-30. Right: opened 2026-08-05, closed 2026-09-30.", ofPositions(),
		},
		{
			FindingClosedOnMissing, e, "The status says that the vacancy is filled, closed or terminated, and the row has no closing day.",
			"Enter in closed_on the day on which an offer was accepted or recruitment ended, or correct the status.",
			"Wrong: status 09 with an empty closed_on. Right: status 09 with 2026-10-20.", ofPositions(),
		},
		{
			FindingClosedOnOpen, e, "The row has a closing day, and its status says that the vacancy is still open.",
			"Use status 09 if it was filled, 10 if it was closed and 08 if it was terminated, or clear closed_on. The last day for applications is no closing day.",
			"Wrong: status 01 with closed_on 2026-10-20. Right: status 09 with closed_on 2026-10-20.", ofPositions(),
		},
		{
			FindingOpenLong, w, "The vacancy has been open for more than two years, or was open for so long before it closed.",
			"Check the year of the opening day; send a closing day if recruitment has ended.",
			"Wrong: opened 2016-10-05, mistyped. Right: opened 2026-10-05.", ofPositions(),
		},
	}
}

// targetRules are about single targets.
func targetRules() []FindingRule {
	const e, w = SeverityError, SeverityWarning
	return []FindingRule{
		{
			FindingDomainUnknown, e, "This is not a domain of the framework version.",
			"Use a domain code or the exact name of a domain.",
			"Wrong: Machines. Right: 2 or Communication and collaboration in digcomp 3.0.", ofTargets(),
		},
		{
			FindingSubjectMissing, e, "The row names neither a competence nor a domain.",
			"Say what the target is for: fill in competence_code or domain_code.",
			"Wrong: both cells empty. Right: TEC in competence_code.", ofTargets(),
		},
		{
			FindingSubjectTwice, e, "The row names both a competence and a domain, and a target is for one of them.",
			"Clear one of the two cells, or send a row for each.",
			"Wrong: 2.1 in competence_code and 2 in domain_code. Right: 2.1 in competence_code alone.", ofTargets(),
		},
		{
			FindingValidFromUnusual, w, "The target is valid from a day more than ten years ago or more than five years ahead.",
			"Check the year of valid_from.",
			"Wrong: 2062-04-01, mistyped. Right: 2026-04-01.", ofTargets(),
		},
	}
}
