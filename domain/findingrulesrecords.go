package domain

// rowRules are about rows and how they fit with each other.
func rowRules() []FindingRule {
	const e, w = SeverityError, SeverityWarning
	return []FindingRule{
		{
			FindingAsAtMixed, e, "A staff list states one position: all rows must carry the same as_at date.",
			"Send one file for each date.",
			"Wrong: 2026-09-30 and 2026-10-31 in one list. Right: a list for each of the two days.", ofStaff(),
		},
		{
			FindingFrameworkMixed, e, "A file of assessments holds one framework version.",
			"Send one file for each framework version.",
			"Wrong: rows of hdc 2018 and of digcomp 3.0. Right: a file for each.", ofAssessments(),
		},
		{
			FindingDateOrder, e, "The leaving date is before the starting date.",
			"Correct one of the two dates.",
			"Wrong: started 2026-04-01, left 2025-03-31. Right: started 2024-04-01, left 2025-03-31.", ofStaff(),
		},
		{
			FindingStartedAfterList, e, "The starting date is after the date of the list.",
			"Leave people who have yet to start out of the list, or correct one of the two dates.",
			"Wrong: a list of 31 October 2026 with a start on 9 November 2026. Right: that person in the next list.", ofStaff(),
		},
		{
			FindingStartedInEarlier, e, "The starting date lies in or before an earlier period of employment whose leaving date was stated.",
			"Correct the starting date, or send the earlier leaving date again.",
			"Wrong: a start on 1 March for somebody who left on 31 March. Right: a start on 1 April.", ofStaff(),
		},
		{
			FindingLeftInLater, e, "The leaving date lies in or after a later period of employment whose starting date was stated.",
			"Correct the leaving date, or send the later starting date again.",
			"Wrong: left on 30 June, with a new start on 1 June. Right: left on 31 May.", ofStaff(),
		},
		{
			FindingFTESum, e, "The FTE of all rows of this employee number adds up to more than the register holds.",
			"Check the FTE of the rows and whether they are about one person.",
			"Wrong: a filler such as 9 as the employee number of everybody. Right: each person's own staff number.", ofStaff(),
		},
		{
			FindingAssignmentsMany, e, "There are more rows of this employee number than a person can have assignments.",
			"Give each person their own employee number.",
			"Wrong: the same employee number in every row. Right: each person's own staff number.", ofStaff(),
		},
		{
			FindingAssignmentRepeated, w, "Two rows for one employee number are the same in every column; both were counted as assignments.",
			"Delete one of them if it is not a second assignment.",
			"Wrong: a row copied twice by mistake. Right: one row for each assignment.", ofStaff(),
		},
		{
			FindingRowConflict, e, "Two rows are about the same record and differ.",
			"Keep the right row and delete the other.",
			"Wrong: two rows for staff group 08 in one month with 5 and 6 budgeted FTE. Right: one row.", ofRecords(),
		},
		{
			FindingRowsStoreRemove, e, "One row of the record stores it and another removes it.",
			"Delete one of the two rows, or give all rows of the record the same action.",
			"Wrong: 00123 with an empty action and again with remove. Right: one of the two.", ofPeople(),
		},
		{
			FindingAnswersConflict, e, "The file gives two different answers to one competence of the same assessment.",
			"Keep the right row and delete the other.",
			"Wrong: TEC with level 2 and again with level 3. Right: TEC with level 3.", ofAssessments(),
		},
		{
			FindingRowDuplicate, w, "The row repeats an earlier row of the file and was counted once.",
			"Delete the repeated row.",
			"Wrong: a row copied twice by mistake. Right: the row once.", ofRecords(),
		},
		{
			FindingRowLeftAside, w, "The row has no error of its own but belongs to a record of which another row has one, so it was left out too.",
			"Mend the other row and send all rows of the record again.",
			"Wrong: one of a person's two assignments has no FTE. Right: both rows with their FTE.", nil,
		},
		{
			FindingLevelsMissing, e, "The assessment holds no answer to any competence.",
			"Fill in at least one level, or delete the row.",
			"Wrong: a row without any level. Right: a row with at least one level or N/A.", ofAssessments(),
		},
		{
			FindingMeasuresMissing, e, "The row holds none of the measures.",
			"Fill in at least one measure, or delete the row.",
			"Wrong: a month and a staff group alone. Right: the same with its budgeted FTE.", ofVacancies(),
		},
	}
}

// registerRules are about rows and what the register holds.
func registerRules() []FindingRule {
	const e, w = SeverityError, SeverityWarning
	return []FindingRule{
		{
			FindingActionNotHeld, e, "The row asks to remove a record that is not held.",
			"Delete the row, or correct what names the record.",
			"Wrong: remove for an assessment of 1 October that was sent as of 2 October. Right: remove for 2 October.", nil,
		},
		{
			FindingActionOtherDay, e, "The row asks to remove a staff member who is held as of another day.",
			"Send the row with the as_at date of the list that holds the person.",
			"Wrong: remove as of 31 October for a person on the list of 30 September. Right: remove as of 30 September.", ofStaff(),
		},
		{
			FindingAnswersWithdrawn, w, "Competences that an earlier file had answered are empty in this one and now count as not assessed.",
			"Send the rows again with those levels if they should stay.",
			"Wrong: a second file with the new levels alone. Right: a second file with all levels of the assessment.", ofAssessments(),
		},
		{
			FindingOrganisationClosed, w, "The organisation was not open on this date; what the file says is stored but not counted.",
			"Check the date and the organisation's code.",
			"Wrong: a return of 2026 for a trust that closed in 2025. Right: the return of the trust that followed it.", nil,
		},
		{
			FindingCellsAbsent, e, "Cells already held for this month and staff group are absent from the file.",
			"Add the missing cells, send them with action remove, or send the file with complete=true to end them.",
			"Wrong: band 5 held and only band 6 sent. Right: both bands, or complete=true.", ofVacancies(),
		},
		{
			FindingStaffAbsent, w, "Staff in post on the date are absent from the file and stay in post.",
			"Send the list with complete=true if it names everybody.",
			"Wrong: a list of starters sent as the whole list. Right: the whole list with complete=true.", ofStaff(),
		},
		{
			FindingStaffDetails, w, "Staff members lose details that were held, because the file leaves their cells empty or has no such column.",
			"Fill the columns in if the details should stay, or download staff.csv and start from it.",
			"Wrong: a list without the column band for staff whose bands are held. Right: the list with their bands.", ofStaff(),
		},
		{
			FindingCompleteEnds, w, "The complete file ends more than 20 per cent of what is held.",
			"Check that the file is whole. Send it without complete=true if it is a part.",
			"Wrong: the list of one team with complete=true. Right: the list of all staff with complete=true.", ofComplete(),
		},
		{
			FindingStaffLeft, w, "The staff member had left before the date of the assessment.",
			"Check the date and the leaving date.",
			"Wrong: an assessment in June of somebody who left in May. Right: the day in May on which it was made.", ofAssessments(),
		},
		{
			FindingStaffCreated, w, "Staff members who are on no staff list were made from this file; their FTE is not known.",
			"Send a staff list that holds them.",
			"Wrong: assessments of starters before the staff list. Right: the staff list first.", ofAssessments(),
		},
		{
			FindingErasedPerson, w, "The employee number is that of somebody who was erased from the register; the row was left out and nothing of it is stored.",
			"Take the person out of the files that are sent. Somebody else who was given the number needs another one.",
			"Wrong: an erased person on the next staff list. Right: the list without them.", ofPeople(),
		},
		{
			FindingBeforePurge, w, "The file is about days of which the register has purged what was kept for long enough; it takes in again who or what had gone.",
			"Leave out people who left and assessments made before the day that the finding names. If the file was stored, withdraw the upload.",
			"Wrong: the staff list of seven years ago sent again, with everybody who has left since. Right: lists of days that are still kept.", ofPeople(),
		},
		{
			FindingReturnUnchanged, w, "Every figure of this month is the same as the month before.",
			"Check that the return was brought up to date.",
			"Wrong: the return of September sent as that of October. Right: the figures of October.", ofVacancies(),
		},
		{
			FindingReturnJump, w, "The total differs by more than 20 per cent from the month before.",
			"Check the figures; they are stored as sent.",
			"Wrong: 1,000 budgeted FTE after 100, by a slip of a digit. Right: 100.", ofVacancies(),
		},
		{
			FindingReturnStaffList, w, "The contracted FTE of the return is far from the FTE of the staff list.",
			"Check which of the two is right; both are stored as sent.",
			"Wrong: 80 contracted FTE in the return and 120 FTE on the staff list. Right: the same day and the same staff in both.", ofVacancies(),
		},
	}
}
