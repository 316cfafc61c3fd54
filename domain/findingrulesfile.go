package domain

// unreadableRules are about files that cannot be read to their end. They have no
// rows: half of a file is never taken for the whole.
func unreadableRules() []FindingRule {
	const e = SeverityError
	return []FindingRule{
		{
			FindingFileEmpty, e, "The file holds nothing.",
			"Check that you chose the right file and that it was saved before it was sent.",
			"Wrong: a file of 0 bytes. Right: a row of column names with the data below it.", nil,
		},
		{
			FindingCellTooLong, e, "A cell holds more characters than a cell of a spreadsheet can have.",
			"Shorten the text in that cell and send the file again.",
			"Wrong: a cell with 40,000 characters. Right: a team name of up to 100 characters.", nil,
		},
		{
			FindingXLSXDamaged, e, "The workbook is damaged.",
			"Open it in a spreadsheet program, check that all rows are there, save it again as .xlsx and send the new file.",
			"Wrong: a workbook that was cut off on its way. Right: the same workbook, saved again and sent whole.", nil,
		},
		{
			FindingXLSXHostile, e, "The workbook has a shape that no spreadsheet program writes.",
			"Copy the rows into a new workbook, save it as .xlsx and send that file.",
			"Wrong: a workbook whose parts declare entities or are nested very deeply. Right: the same rows in a new workbook.", nil,
		},
		{
			FindingCSVNulByte, e, "The CSV file holds a NUL character, so it is not a text or was damaged.",
			"Open the file in a spreadsheet program, save it as CSV UTF-8 and send the new file.",
			"Wrong: a CSV file of which a part was overwritten with zero bytes. Right: the same table, saved again as CSV UTF-8.", nil,
		},
		{
			FindingCSVControl, e, "The CSV file holds a control character that no table has.",
			"Remove that character from the row shown, or save the file again as CSV UTF-8.",
			"Wrong: a backspace character inside a team name. Right: the team name without it.", nil,
		},
		{
			FindingCSVQuote, e, "A quotation mark in the CSV file is out of place or is never closed, so the row cannot be divided into cells.",
			"Put quotation marks around the whole value and double those inside it, or let a spreadsheet program save the file as CSV UTF-8.",
			`Wrong: 00123,"Ward 5,08. Right: 00123,"Ward 5",08.`, nil,
		},
		{
			FindingCSVLineTooLong, e, "A line of the CSV file is longer than a line of a table can be.",
			"Check that the file is a table and that its quotation marks are closed, then save it as CSV UTF-8 and send it again.",
			"Wrong: all rows on one line. Right: one row on each line.", nil,
		},
		{
			FindingCSVEncoding, e, "The CSV file holds bytes that are no text in its encoding.",
			"Open the file in a spreadsheet program, save it as CSV UTF-8 and send the new file.",
			"Wrong: a file that is UTF-8 in one half and Windows-1252 in the other. Right: the whole file in UTF-8.", nil,
		},
		{
			FindingJSONSyntax, e, "The JSON file is not JSON to its end.",
			"Check that the file was sent whole, and let a JSON library write it.",
			`Wrong: {"rows": [{"fte": 0.8}. Right: {"rows": [{"fte": 0.8}]}.`, nil,
		},
		{
			FindingJSONShape, e, "The JSON file does not have the form of an upload.",
			`Send one object whose only member, "rows", is a list of records with plain values.`,
			`Wrong: [{"fte": 0.8}]. Right: {"rows": [{"fte": 0.8}]}.`, nil,
		},
		{
			FindingJSONTwice, e, "A record of the JSON file gives one member twice.",
			"Give each member of a record once.",
			`Wrong: {"fte": 0.8, "fte": 1}. Right: {"fte": 0.8}.`, nil,
		},
		{
			FindingJSONEncoding, e, "The JSON file holds bytes that are no UTF-8.",
			"Write the JSON file in UTF-8 and send it again.",
			"Wrong: a JSON file in UTF-16. Right: the same file in UTF-8.", nil,
		},
		{
			FindingJSONControl, e, "A value of the JSON file holds a control character.",
			"Remove that character from the value and send the file again.",
			`Wrong: "Ward\u0000 5". Right: "Ward 5".`, nil,
		},
	}
}

// tableRules are about the header row and the columns.
func tableRules() []FindingRule {
	const e, w = SeverityError, SeverityWarning
	return []FindingRule{
		{
			FindingRowsMissing, e, "The file has column names and no row of data below them.",
			"Add at least one row, or check that the right sheet is in the file.",
			"Wrong: a template sent as it was downloaded. Right: a template with a row for each record.", nil,
		},
		{
			FindingHeaderMissing, e, "No header row was found in the first rows of the sheet.",
			"Put the column names of the template in one row above the data.",
			"Wrong: data from the first row on. Right: employee_number, staff_group and fte above the first row of data.", nil,
		},
		{
			FindingColumnMissing, e, "A compulsory column is missing.",
			"Add the column with the name shown and fill it in for every row.",
			"Wrong: a staff list without the column fte. Right: a staff list with the column fte.", nil,
		},
		{
			FindingColumnTwice, e, "Two columns mean the same thing.",
			"Keep one of the two columns and delete the other.",
			"Wrong: a column FTE and a column WTE. Right: one of them.", nil,
		},
		{
			FindingColumnUnknown, w, "This column is not used for this kind of upload; its values were not read into the register.",
			"Delete it if it is not needed, or give it a name from the template.",
			"Wrong: a column Cost centre. Right: no such column, or band if it holds bands.", nil,
		},
		{
			FindingColumnUnnamed, w, "A column has values and no heading; they were not read into the register.",
			"Give the column a name from the template, or clear its cells.",
			"Wrong: notes beside the table. Right: notes on a sheet of their own.", nil,
		},
		{
			FindingCompetencesMissing, e, "No column of the file is a competence of the framework version.",
			"Name the columns with the competence codes of the framework version, or send the columns competence_code and level.",
			"Wrong: columns 1.1 and 1.2 in a file for hdc 2018. Right: columns CCP and TLS, or the framework digcomp 3.0.", ofAssessments(),
		},
		{
			FindingFormsMixed, e, "The file has a column of competence codes and also columns for single competences.",
			"Use one form: a row for each competence with competence_code and level, or a row for each assessment with a column for each competence.",
			"Wrong: the columns competence_code, level and CCP. Right: competence_code and level alone.", ofAssessments(),
		},
		{
			FindingRowLong, e, "The row has more values than the header has columns, so some of its values may be in the wrong column.",
			"Look for a comma inside a value, such as 0,5 for 0.5, or for a missing heading; values with commas must be in quotation marks.",
			"Wrong: 00123,08,0,5. Right: 00123,08,0.5.", nil,
		},
		{
			FindingSheetsSeveral, e, "Another sheet of the workbook holds rows of this kind too, and only one sheet is read.",
			"Put all rows on one sheet, or send each sheet as a file of its own; delete or rename what is not meant to be read.",
			"Wrong: the sheets Site A and Site B with a staff list each. Right: one sheet with all rows.", nil,
		},
		{
			FindingFormulasNever, e, "The column holds formulas that were never worked out.",
			"Open the file in a spreadsheet program, check the values and save it again.",
			"Wrong: a workbook that a program wrote with formulas and without results. Right: the same workbook after it was opened and saved in Excel.", nil,
		},
	}
}

// noteRules are about what was left aside or assumed; nothing is lost by it.
func noteRules() []FindingRule {
	const w = SeverityWarning
	return []FindingRule{
		{
			FindingSheetChosen, w, "The workbook has several sheets, and one of them was read.",
			"Nothing needs doing if it was the right sheet; otherwise name the right one Data.",
			"Wrong: the list on the third of three sheets. Right: the list on a sheet named Data.", nil,
		},
		{
			FindingHiddenSheet, w, "The sheet that was read is hidden.",
			"Check that it holds the rows that you meant to send, and unhide it.",
			"Wrong: the list on a hidden sheet. Right: the list on a sheet that everybody sees.", nil,
		},
		{
			FindingMacros, w, "The workbook holds macros; they were not looked at.",
			"Nothing needs doing; save it as .xlsx to leave them out.",
			"Wrong: a workbook saved as .xlsm. Right: the same workbook saved as .xlsx.", nil,
		},
		{
			FindingExternalLinks, w, "The workbook refers to other files; the values stored with it were read.",
			"Check that those values are up to date.",
			"Wrong: a cell that takes its value from another workbook. Right: the value itself.", nil,
		},
		{
			FindingEncodingAssumed, w, "The file is not written in UTF-8, so its encoding was worked out.",
			"Save the file as CSV UTF-8 if letters or signs come out wrong.",
			"Wrong: a file saved as CSV. Right: the same file saved as CSV UTF-8.", nil,
		},
		{
			FindingAsAtOption, w, "The option as_at was left aside, because the file itself gives another date of the list.",
			"Nothing needs doing if the date in the file is right; otherwise correct it there.",
			"Wrong: the option 2026-10-31 and the date 2026-09-30 in the file. Right: the same date in both.", ofStaff(),
		},
		{
			FindingNumbersRounded, w, "Numbers with more than five decimals were rounded to five.",
			"Nothing needs doing if five decimals are enough.",
			"Wrong: 0.533333333. Right: 0.53333.", ofPosts(),
		},
	}
}

// personalRules are about personal data that the register refuses (DESIGN 3.15).
func personalRules() []FindingRule {
	const e = SeverityError
	return []FindingRule{
		{
			FindingPersonalDataColumn, e, "A column holds personal data that the register refuses. The whole file was refused and nothing of it was kept.",
			"Delete the column from the file and send it again.",
			"Wrong: a column headed Date of birth. Right: the same file without that column.", nil,
		},
		{
			FindingPersonalDataValue, e, "A cell holds personal data that the register refuses. The whole file was refused and nothing of it was kept.",
			"Remove such values from the file and send it again.",
			"Wrong: an e-mail address in a column of remarks. Right: the same file without that column.", nil,
		},
		{
			FindingPersonalDataSheet, e, "The name of a sheet holds personal data that the register refuses. The whole file was refused and nothing of it was kept.",
			"Rename the sheet and send the file again.",
			"Wrong: a sheet named with an e-mail address. Right: a sheet named Data.", nil,
		},
		{
			FindingPersonalDataEmployee, e, "The employee numbers are NHS numbers, which the register refuses. The whole file was refused and nothing of it was kept.",
			"Replace them with the employer's own staff numbers and send the file again.",
			"Wrong: NHS numbers as employee numbers. Right: the staff numbers of the payroll.", nil,
		},
		{
			FindingPersonalDataReference, e, "The vacancy references are NHS numbers, which the register refuses. The whole file was refused and nothing of it was kept.",
			"Replace them with your own references of the vacancies and send the file again.",
			"Wrong: NHS numbers as vacancy references. Right: the references of the recruitment system.", nil,
		},
	}
}
