package domain

// FindingRule is one published check: its code, what it does to the upload, its
// wording and how to mend the fault.
type FindingRule struct {
	Code     FindingCode
	Severity Severity
	Message  string
	Mend     string
}

// The finding codes. They are part of the API and never change their meaning.
const (
	FindingFileUnreadable       FindingCode = "file_unreadable"
	FindingFileEmpty            FindingCode = "file_empty"
	FindingHeaderMissing        FindingCode = "header_missing"
	FindingColumnMissing        FindingCode = "column_missing"
	FindingColumnTwice          FindingCode = "column_twice"
	FindingColumnUnknown        FindingCode = "column_unknown"
	FindingPersonalDataColumn   FindingCode = "personal_data_column"
	FindingPersonalDataValue    FindingCode = "personal_data_value"
	FindingValueMissing         FindingCode = "value_missing"
	FindingValueTooLong         FindingCode = "value_too_long"
	FindingCodeNumeric          FindingCode = "code_numeric"
	FindingCellError            FindingCode = "cell_error"
	FindingEmployeeNumberNumber FindingCode = "employee_number_numeric"
	FindingEmployeeNumberBad    FindingCode = "employee_number_invalid"
	FindingEmployeeUnknown      FindingCode = "employee_unknown"
	FindingEmployeeZeros        FindingCode = "employee_number_zeros_lost"
	FindingStaffGroupUnknown    FindingCode = "staff_group_unknown"
	FindingJobRoleUnknown       FindingCode = "job_role_unknown"
	FindingJobRoleGroup         FindingCode = "job_role_not_of_group"
	FindingJobRoleRetired       FindingCode = "job_role_retired"
	FindingBandUnknown          FindingCode = "band_unknown"
	FindingAreaUnknown          FindingCode = "area_of_work_unknown"
	FindingAreaAmbiguous        FindingCode = "area_of_work_ambiguous"
	FindingContractUnknown      FindingCode = "contract_type_unknown"
	FindingDateInvalid          FindingCode = "date_invalid"
	FindingDateMonthDay         FindingCode = "date_month_first"
	FindingDateTwoDigit         FindingCode = "date_two_digit_year"
	FindingDateFuture           FindingCode = "date_future"
	FindingDateNotMonthEnd      FindingCode = "date_not_month_end"
	FindingDateOrder            FindingCode = "date_order"
	FindingDateBeforeFramework  FindingCode = "date_before_framework"
	FindingAsAtMixed            FindingCode = "as_at_mixed"
	FindingNumberInvalid        FindingCode = "number_invalid"
	FindingNumberNegative       FindingCode = "number_negative"
	FindingNumberTooLarge       FindingCode = "number_too_large"
	FindingFTEHigh              FindingCode = "fte_high"
	FindingFTEZero              FindingCode = "fte_zero"
	FindingActionUnknown        FindingCode = "action_unknown"
	FindingActionNotHeld        FindingCode = "action_remove_not_held"
	FindingAssessorUnknown      FindingCode = "assessor_kind_unknown"
	FindingFrameworkUnknown     FindingCode = "framework_unknown"
	FindingFrameworkMixed       FindingCode = "framework_mixed"
	FindingLevelInvalid         FindingCode = "level_invalid"
	FindingLevelOutOfRange      FindingCode = "level_out_of_range"
	FindingLevelsMissing        FindingCode = "levels_missing"
	FindingCompetencesMissing   FindingCode = "competence_columns_missing"
	FindingAnswersWithdrawn     FindingCode = "answers_withdrawn"
	FindingRowConflict          FindingCode = "rows_conflict"
	FindingRowDuplicate         FindingCode = "row_duplicate"
	FindingAssignmentRepeated   FindingCode = "assignment_repeated"
	FindingOrganisationClosed   FindingCode = "organisation_closed"
	FindingMeasuresMissing      FindingCode = "measures_missing"
	FindingBudgetZero           FindingCode = "budget_zero"
	FindingCellsAbsent          FindingCode = "cells_absent"
	FindingStaffAbsent          FindingCode = "staff_absent"
	FindingStaffLeft            FindingCode = "staff_left"
	FindingReturnUnchanged      FindingCode = "return_unchanged"
	FindingReturnJump           FindingCode = "return_jump"
	FindingEncodingAssumed      FindingCode = "encoding_assumed"
	FindingFileNote             FindingCode = "file_note"
	FindingRowLong              FindingCode = "row_longer_than_header"
	FindingSheetsSeveral        FindingCode = "sheets_several"
)

// FindingRules lists every check, in the order of the published page.
func FindingRules() []FindingRule {
	e, w := SeverityError, SeverityWarning
	return []FindingRule{
		{FindingFileUnreadable, e, "The file could not be read to its end.", "Open it in your spreadsheet program, save it again as .xlsx or .csv and send it again."},
		{FindingFileEmpty, e, "The file holds no row below its header.", "Add at least one row, or check that the right sheet is in the file."},
		{FindingHeaderMissing, e, "No header row was found in the first rows of the sheet.", "Put the column names of the template in one row above the data."},
		{FindingColumnMissing, e, "A compulsory column is missing.", "Add the column with the name shown, filled in for every row."},
		{FindingColumnTwice, e, "Two columns mean the same thing.", "Keep one of the two columns and delete the other."},
		{FindingColumnUnknown, w, "This column is not used for this kind of upload; its values were not read into the register.", "Delete it if it is not needed, or give it a name from the template."},
		{FindingPersonalDataColumn, e, "A column holds personal data that the register refuses. The whole file was refused and nothing of it was kept.", "Delete the column from the file and send it again."},
		{FindingPersonalDataValue, e, "A cell holds personal data that the register refuses. The whole file was refused and nothing of it was kept.", "Remove such values from the column and send the file again."},
		{FindingValueMissing, e, "A compulsory value is empty.", "Fill in the cell."},
		{FindingValueTooLong, e, "The value is longer than this column allows.", "Shorten it to the number of characters shown."},
		{FindingCodeNumeric, e, "A code is stored as a number, so leading zeros or letters may be lost.", "Format the column as text, enter the codes again and send the file again."},
		{FindingCellError, e, "The cell shows a spreadsheet error instead of a value.", "Mend the formula or enter the value."},
		{FindingEmployeeNumberNumber, w, "Employee numbers are stored as numbers in this file: any leading zeros are already lost.", "Format the column as text if your employee numbers can start with a zero."},
		{FindingEmployeeNumberBad, e, "This is not an employee number: text of 1 to 32 characters that is not made of words alone, or a whole number below 1,000,000,000,000,000.", "Enter the employer's own staff number."},
		{FindingEmployeeUnknown, e, "No staff member with this employee number is on a staff list of the organisation.", "Check the number, or send a staff list that holds this person first."},
		{FindingEmployeeZeros, e, "The staff list holds this employee number only with leading zeros, which this file has lost.", "Format the column as text and enter the number as the staff list has it."},
		{FindingStaffGroupUnknown, e, "This is not one of the ten ESR staff groups.", "Use a code from 01 to 10 or the full ESR name."},
		{FindingJobRoleUnknown, e, "This is not a job role of the National Workforce Data Set nor a social care digital role.", "Use the five-digit job role code, or the exact role name."},
		{FindingJobRoleGroup, e, "The job role belongs to another staff group.", "Correct the staff group or the job role; the first two digits of a job role code are its staff group."},
		{FindingJobRoleRetired, w, "The job role is retired or closed to new entrants.", "Use the role that replaced it where there is one."},
		{FindingBandUnknown, e, "This is not a pay band.", "Use 1 to 7, 8a, 8b, 8c, 8d, 9, VSM, Medical and Dental, or Other."},
		{FindingAreaUnknown, e, "This is not an area of work of the National Workforce Data Set.", "Use a code of the reference list, or primary > secondary > tertiary."},
		{FindingAreaAmbiguous, e, "More than one area of work has this name.", "Write it as primary > secondary > tertiary."},
		{FindingContractUnknown, e, "This is not a contract type of the National Workforce Data Set.", "Use a code from 01 to 09 or its name."},
		{FindingDateInvalid, e, "This is not a date.", "Write dates as 2026-10-31 or 31/10/2026, or use a date cell."},
		{FindingDateMonthDay, e, "Dates in this column are written month first, so none of them can be trusted.", "Write all dates of the column as 2026-10-31 or 31/10/2026."},
		{FindingDateTwoDigit, e, "The year has two digits.", "Write the year with four digits."},
		{FindingDateFuture, e, "The date lies in the future.", "Correct the date; only organisation dates and leaving dates may lie in the future."},
		{FindingDateNotMonthEnd, e, "The date of a vacancy return must be the last day of a month.", "Use the month's last day, such as 2026-10-31."},
		{FindingDateOrder, e, "The leaving date is before the starting date.", "Correct one of the two dates."},
		{FindingDateBeforeFramework, e, "The assessment is dated before the framework version existed.", "Correct the date or name the framework version that was used."},
		{FindingAsAtMixed, e, "A staff list states one position: all rows must carry the same as_at date.", "Send one file for each date."},
		{FindingNumberInvalid, e, "This is not a number of the kind this column takes.", "Enter a number, without words or units."},
		{FindingNumberNegative, e, "The number must not be negative.", "Correct the number."},
		{FindingNumberTooLarge, e, "The number is larger than this column allows.", "Correct the number."},
		{FindingFTEHigh, w, "The FTE of this row is above 1.5.", "Check that it is full-time equivalent and not hours."},
		{FindingFTEZero, w, "The FTE of this row is zero.", "Check that the person has contracted hours."},
		{FindingActionUnknown, e, "The action is not known.", "Leave it empty to store the row, or write remove."},
		{FindingActionNotHeld, e, "The row asks to remove a record that is not held.", "Delete the row, or correct its key."},
		{FindingAssessorUnknown, e, "This is not an assessor kind.", "Use self, manager or assessor."},
		{FindingFrameworkUnknown, e, "No such framework version is published.", "Use a code and version of the reference list, such as hdc 2018."},
		{FindingFrameworkMixed, e, "A file with a column per competence holds one framework version.", "Send one file for each framework version."},
		{FindingLevelInvalid, e, "A level is a whole number; leave the cell empty for not assessed, or write N/A for not applicable.", "Correct the level."},
		{FindingLevelOutOfRange, e, "The level is not on the scale of this framework.", "Use a level of the framework's scale."},
		{FindingLevelsMissing, e, "The row holds no answer to any competence.", "Fill in at least one level, or delete the row."},
		{FindingCompetencesMissing, e, "No column of the file is a competence of the framework version.", "Name the columns with the competence codes of the framework version."},
		{FindingAnswersWithdrawn, w, "Competences that an earlier file had answered are empty in this one and now count as not assessed.", "Send the rows again with those levels if they should stay."},
		{FindingRowConflict, e, "Two rows are about the same record and differ.", "Keep the right row and delete the other."},
		{FindingRowDuplicate, w, "The row repeats an earlier row of the file and was counted once.", "Delete the repeated row."},
		{FindingAssignmentRepeated, w, "Two rows for one employee number are the same in every column; both were counted as assignments.", "Delete one of them if it is not a second assignment."},
		{FindingOrganisationClosed, w, "The organisation was not open on this date; what the file says is stored but not counted.", "Check the date and the organisation's code."},
		{FindingMeasuresMissing, e, "The row holds none of the measures.", "Fill in at least one measure, or delete the row."},
		{FindingBudgetZero, w, "Nothing is budgeted although staff are contracted.", "Check the budgeted FTE; it may be right for a zero-budget post."},
		{FindingCellsAbsent, e, "Cells already held for this month and staff group are absent from the file.", "Add the missing cells, send them with action remove, or send the file with complete=true to end them."},
		{FindingStaffAbsent, w, "Staff in post on the date are absent from the file and stay in post.", "Send the list with complete=true if it names everybody."},
		{FindingStaffLeft, w, "The staff member had left before the date of the assessment.", "Check the date and the leaving date."},
		{FindingReturnUnchanged, w, "Every figure of this month is the same as the month before.", "Check that the return was brought up to date."},
		{FindingReturnJump, w, "The total differs by more than 20 per cent from the month before.", "Check the figures; they are stored as sent."},
		{FindingEncodingAssumed, w, "The file is not UTF-8; it was read as Windows-1252.", "Save the file as CSV UTF-8 if letters look wrong."},
		{FindingRowLong, e, "The row has more values than the header has columns, so some of its values may be in the wrong column.", "Look for a comma inside a value, such as 0,5 for 0.5, or for a missing heading; values with commas must be quoted."},
		{FindingSheetsSeveral, e, "Another sheet of the workbook holds rows of this kind too, and one sheet is read.", "Put all rows on one sheet, or send each sheet as a file of its own; delete or rename what is not meant to be read."},
		{FindingFileNote, w, "Something in the file was left aside.", "Nothing needs doing if that part was not meant to be read."},
	}
}
