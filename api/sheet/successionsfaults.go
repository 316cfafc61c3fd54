package sheet

import (
	"fmt"

	"skillstracker/domain"
)

// Codes of the faults of a file of successions. No other file has any of them.
const (
	findingSuccessionFile    domain.FindingCode = "succession_file_not_csv"
	findingSuccessionEmpty   domain.FindingCode = "succession_file_empty"
	findingSuccessionHeader  domain.FindingCode = "succession_header_missing"
	findingSuccessionMissing domain.FindingCode = "succession_column_missing"
	findingSuccessionTwice   domain.FindingCode = "succession_column_twice"
	findingSuccessionUnknown domain.FindingCode = "succession_column_unknown"
	findingSuccessionQuotes  domain.FindingCode = "succession_quotes_unbalanced"
	findingSuccessionFields  domain.FindingCode = "succession_fields_wrong"
	findingSuccessionValue   domain.FindingCode = "succession_value_missing"
	findingSuccessionCode    domain.FindingCode = "succession_code_invalid"
	findingSuccessionDate    domain.FindingCode = "succession_date_invalid"
	findingSuccessionAction  domain.FindingCode = "succession_action_unknown"
	findingSuccessionMany    domain.FindingCode = "succession_faults_too_many"
)

// SuccessionFindingRules lists every check of the cells of a file of successions.
// What the register finds wrong with the codes has no codes of its own.
func SuccessionFindingRules() []domain.FindingRule {
	e := domain.SeverityError
	years := fmt.Sprintf("from %d to %d", domain.SuccessionFirstYear, domain.SuccessionLastYear)
	return []domain.FindingRule{
		{Code: findingSuccessionFile, Severity: e, Message: "The file is no CSV file in UTF-8.", Mend: "Save it as CSV UTF-8 with commas and send it again.", Example: "Wrong: a workbook. Right: its sheet saved as CSV UTF-8."},
		{Code: findingSuccessionEmpty, Severity: e, Message: "The file holds no succession.", Mend: "Add a row for each predecessor and successor, or check that this is the right file.", Example: "Wrong: a header row alone. Right: a header row with a row for each succession."},
		{Code: findingSuccessionHeader, Severity: e, Message: "The first row holds none of the columns of a file of successions.", Mend: "Put the names predecessor, successor, effective_on and action, separated by commas, in the first row.", Example: "Wrong: a title in the first row. Right: predecessor,successor,effective_on,action."},
		{Code: findingSuccessionMissing, Severity: e, Message: "A compulsory column of the file of successions is missing.", Mend: "Add the column with the name shown.", Example: "Wrong: a file without effective_on. Right: a file with predecessor, successor and effective_on."},
		{Code: findingSuccessionTwice, Severity: e, Message: "Two columns have the same name.", Mend: "Keep one of the two columns and delete the other.", Example: "Wrong: two columns named successor. Right: one column named successor."},
		{Code: findingSuccessionUnknown, Severity: e, Message: "This column is not part of a file of successions.", Mend: "Delete it, or correct its name.", Example: "Wrong: a column reason. Right: no such column."},
		{Code: findingSuccessionQuotes, Severity: e, Message: "A quotation mark is out of place, so the row cannot be divided into fields.", Mend: "Delete the quotation mark: no value of such a file needs one.", Example: `Wrong: "ZZ1,ZZ2,2026-04-01. Right: ZZ1,ZZ2,2026-04-01.`},
		{Code: findingSuccessionFields, Severity: e, Message: "The row does not have the number of fields of the first.", Mend: "Give every row all fields, and no comma inside a value.", Example: "Wrong: ZZ1,ZZ2. Right: ZZ1,ZZ2,2026-04-01,."},
		{Code: findingSuccessionValue, Severity: e, Message: "The predecessor, the successor or the day is empty.", Mend: "Fill in the cell. Only a removal may leave the day empty.", Example: "Wrong: ZZ1,,2026-04-01. Right: ZZ1,ZZ2,2026-04-01."},
		{Code: findingSuccessionCode, Severity: e, Message: "This does not have the shape of an ODS code: 3 to 9 letters and digits.", Mend: "Enter one code; where an organisation has several successors, give each a row. Format the column as text: a spreadsheet takes codes such as 5E1 for numbers.", Example: "Wrong: ZZ2;ZZ3. Right: two rows, one for ZZ2 and one for ZZ3."},
		{Code: findingSuccessionDate, Severity: e, Message: "The day is not a day " + years + " written as YYYY-MM-DD.", Mend: "Enter the first day on which the successor stands in the place of the predecessor.", Example: "Wrong: 01/04/2026. Right: 2026-04-01."},
		{Code: findingSuccessionAction, Severity: e, Message: "This is not an action.", Mend: "Leave the cell empty to store the succession, or enter remove to withdraw it.", Example: "Wrong: delete. Right: remove."},
		{Code: findingSuccessionMany, Severity: e, Message: "The file has so many faults that it was not read to its end.", Mend: "Mend the faults shown and import the file again.", Example: "Wrong: a file of another kind with thousands of rows. Right: the file of successions."},
	}
}

func newSuccessionFaults() organisationFaults {
	faults := organisationFaults{found: domain.NewFindings(), rules: make(map[domain.FindingCode]domain.FindingRule)}
	for _, rule := range SuccessionFindingRules() {
		faults.rules[rule.Code] = rule
	}
	return faults
}
