package domain

// dateRules are about single dates.
func dateRules() []FindingRule {
	const e = SeverityError
	return []FindingRule{
		{
			FindingDateInvalid, e, "This is not a date.",
			"Write dates as 2026-10-31 or 31/10/2026, or use a date cell.",
			"Wrong: soon. Right: 2026-10-31.", nil,
		},
		{
			FindingDateNoSuchDay, e, "The calendar has no such day.",
			"Correct the day or the month.",
			"Wrong: 31/02/2026. Right: 28/02/2026.", nil,
		},
		{
			FindingDateYear, e, "The year of the date is not between 1901 and 2200.",
			"Correct the year.",
			"Wrong: 31/10/0206. Right: 31/10/2026.", nil,
		},
		{
			FindingDateMonthDay, e, "Dates in this column are written month first, so none of them can be trusted.",
			"Write all dates of the column as 2026-10-31 or 31/10/2026.",
			"Wrong: 10/31/2026. Right: 31/10/2026.", nil,
		},
		{
			FindingDateTwoDigit, e, "The year has two digits.",
			"Write the year with four digits.",
			"Wrong: 31/10/26. Right: 31/10/2026.", nil,
		},
		{
			FindingDateFuture, e, "The date lies in the future.",
			"Correct the date; only leaving dates may lie in the future.",
			"Wrong: an assessment dated next month. Right: the day on which it was made.", ofFacts(),
		},
		{
			FindingDateNotMonthEnd, e, "The date of a vacancy return must be the last day of a month.",
			"Use the month's last day.",
			"Wrong: 2026-10-01. Right: 2026-10-31.", ofVacancies(),
		},
		{
			FindingDateBeforeFramework, e, "The assessment is dated before the framework version existed.",
			"Correct the date or name the framework version that was used.",
			"Wrong: digcomp 3.0 with a date of 2020. Right: the version that was in use in 2020.", ofAssessments(),
		},
	}
}

// numberRules are about single numbers and levels.
func numberRules() []FindingRule {
	const e = SeverityError
	return []FindingRule{
		{
			FindingNumberInvalid, e, "This is not a number.",
			"Enter digits with a point for decimals, without units or thousands separators. For a measure of a vacancy return, write 0 or None, Don't know, or leave the cell empty.",
			"Wrong: 37.5 hours. Right: 1.", ofPosts(),
		},
		{
			FindingNumberNotWhole, e, "This column takes whole numbers.",
			"Enter a whole number, or use the column for FTE.",
			"Wrong: 2.5 adverts. Right: 2 adverts.", ofCounts(),
		},
		{
			FindingNumberDate, e, "The cell holds a date in place of a number; a spreadsheet may have turned the number into one.",
			"Format the column as a number and enter the value again.",
			"Wrong: 01-Feb. Right: 1.2.", nil,
		},
		{
			FindingNumberNegative, e, "The number must not be negative.",
			"Correct the number.",
			"Wrong: -0.5. Right: 0.5.", ofPosts(),
		},
		{
			FindingNumberTooLarge, e, "The number is larger than this column allows.",
			"Correct the number.",
			"Wrong: 123456789. Right: 1234.5.", ofPosts(),
		},
		{
			FindingLevelInvalid, e, "A level is a whole number; leave the cell empty for not assessed, or write N/A for not applicable.",
			"Correct the level.",
			"Wrong: good. Right: 3.", ofLevels(),
		},
		{
			FindingLevelOutOfRange, e, "The level is not on the scale of this framework.",
			"Use a level of the framework's scale.",
			"Wrong: 7 in hdc 2018. Right: a level from 0 to 4.", ofLevels(),
		},
	}
}

// rangeRules warn of values that are possible and unusual.
func rangeRules() []FindingRule {
	const w = SeverityWarning
	return []FindingRule{
		{
			FindingFTEHigh, w, "The FTE of this row is above 1.5.",
			"Check that it is full-time equivalent and not hours.",
			"Wrong: 37.5, which is hours. Right: 1.", ofStaff(),
		},
		{
			FindingFTEZero, w, "The FTE of this row is zero.",
			"Check that the person has contracted hours.",
			"Wrong: 0 for somebody who works half time. Right: 0.5.", ofStaff(),
		},
		{
			FindingListOld, w, "The date of the staff list is more than ten years ago.",
			"Check the year of the date.",
			"Wrong: 2006-10-31, mistyped. Right: 2026-10-31.", ofStaff(),
		},
		{
			FindingReturnOld, w, "The month of the vacancy return is more than ten years ago.",
			"Check the year of the month.",
			"Wrong: Oct 2006, mistyped. Right: Oct 2026.", ofVacancies(),
		},
		{
			FindingAssessmentOld, w, "The assessment is dated more than ten years ago.",
			"Check the year of the assessment.",
			"Wrong: a year mistyped by ten. Right: the year in which it was made.", ofAssessments(),
		},
		{
			FindingStartedLongAgo, w, "The starting date is more than 60 years ago.",
			"Check the year of the starting date.",
			"Wrong: 1925-04-01, mistyped. Right: 2025-04-01.", ofStaff(),
		},
		{
			FindingLeftFarAhead, w, "The leaving date is more than five years ahead.",
			"Check the leaving date; leave it empty when no date of leaving is known.",
			"Wrong: 2099-12-31 for no leaving date. Right: an empty cell.", ofStaff(),
		},
		{
			FindingBudgetZero, w, "Nothing is budgeted although staff are contracted.",
			"Check the budgeted FTE; it may be right for a zero-budget post.",
			"Wrong: budgeted 0 and contracted 4.6. Right: budgeted 5 and contracted 4.6.", ofVacancies(),
		},
		{
			FindingReportedAboveBudget, w, "More vacancies are reported than posts are budgeted.",
			"Check that reported_vacancies counts posts being recruited to now.",
			"Wrong: 50 reported vacancies in a budget of 5 FTE. Right: 5.", ofVacancies(),
		},
		{
			FindingAdvertAboveBudget, w, "More posts are advertised than are budgeted.",
			"Check that advertised_posts counts posts and not views or applications.",
			"Wrong: 80 advertised posts in a budget of 5 FTE. Right: 4.", ofVacancies(),
		},
		{
			FindingTemporaryAboveBudget, w, "Bank and agency staff together are more than the budgeted FTE.",
			"Check that both are full-time equivalent and not hours or shifts.",
			"Wrong: 150 bank FTE, which is hours, in a budget of 10 FTE. Right: 4.", ofVacancies(),
		},
		{
			FindingFTEAboveHeadcount, w, "The contracted FTE is more than 1.5 for each person of the headcount.",
			"Check that staff_headcount counts people and contracted_fte is full-time equivalent.",
			"Wrong: 375 contracted FTE, which is hours, for 12 people. Right: 10.", ofVacancies(),
		},
	}
}
