package sheet

import "skillstracker/domain"

// Codes of faults that only a file of organisations can have.
const (
	findingOrganisationQuotes   domain.FindingCode = "organisation_quotes_unbalanced"
	findingOrganisationFields   domain.FindingCode = "organisation_fields_wrong"
	findingOrganisationCode     domain.FindingCode = "organisation_code_invalid"
	findingOrganisationRepeated domain.FindingCode = "organisation_code_repeated"
	findingOrganisationKind     domain.FindingCode = "organisation_kind_unknown"
	findingOrganisationText     domain.FindingCode = "organisation_text_invalid"
	findingOrganisationFlag     domain.FindingCode = "organisation_flag_invalid"
	findingOrganisationParent   domain.FindingCode = "organisation_parent_itself"
)

// OrganisationFindingRules lists every check of a file of organisations. Codes
// that an upload can have too mean the same here, in words for this kind of file.
func OrganisationFindingRules() []domain.FindingRule {
	e, w := domain.SeverityError, domain.SeverityWarning
	return []domain.FindingRule{
		{Code: domain.FindingFileUnreadable, Severity: e, Message: "The file could not be read.", Mend: "Save it as CSV UTF-8 with commas and send it again."},
		{Code: domain.FindingFileEmpty, Severity: e, Message: "The file holds no organisation.", Mend: "Add a row for each organisation, or check that this is the right file."},
		{Code: domain.FindingHeaderMissing, Severity: e, Message: "The file has no header row.", Mend: "Send the ODS trust file as it is published, or put the names code, name, kind, region, icb, opened_on and closed_on, separated by commas, in the first row."},
		{Code: domain.FindingColumnMissing, Severity: e, Message: "A compulsory column is missing.", Mend: "Add the column with the name shown; its cells may be empty unless it is the code, the name or the kind."},
		{Code: domain.FindingColumnTwice, Severity: e, Message: "Two columns have the same name.", Mend: "Keep one of the two columns and delete the other."},
		{Code: domain.FindingColumnUnknown, Severity: w, Message: "This column is not part of a file of organisations; its values were not read.", Mend: "Delete it if it is not needed, or correct its name."},
		{Code: domain.FindingValueMissing, Severity: e, Message: "A compulsory value is empty.", Mend: "Fill in the cell."},
		{Code: domain.FindingValueTooLong, Severity: e, Message: "The value is longer than this column allows.", Mend: "Shorten it to the number of characters shown."},
		{Code: domain.FindingDateInvalid, Severity: e, Message: "This is not a date.", Mend: "Correct the date, or leave the cell empty if the organisation has none."},
		{Code: domain.FindingDateOrder, Severity: e, Message: "The closing date is before the opening date.", Mend: "Correct one of the two dates."},
		{Code: findingOrganisationQuotes, Severity: e, Message: "A quotation mark is out of place, so the row cannot be divided into fields.", Mend: "Put the whole value in quotation marks and write each one inside it twice."},
		{Code: findingOrganisationFields, Severity: e, Message: "The row does not have the number of fields of the others.", Mend: "Put a value that holds a comma in quotation marks, and give every row all fields."},
		{Code: findingOrganisationCode, Severity: e, Message: "This does not have the shape of an ODS code: 3 to 9 letters and digits.", Mend: "Enter the code as ODS publishes it. Format the column as text: a spreadsheet drops leading zeros and takes codes such as 5E1 for numbers."},
		{Code: findingOrganisationRepeated, Severity: e, Message: "The code is in the file more than once.", Mend: "Keep the right row and delete the other."},
		{Code: findingOrganisationKind, Severity: e, Message: "This is not a kind of organisation.", Mend: "Use nhs_trust, icb, region, social_care_provider or other."},
		{Code: findingOrganisationText, Severity: e, Message: "The value holds bytes or characters that are not text.", Mend: "Save the file as CSV UTF-8 and enter the value again."},
		{Code: findingOrganisationFlag, Severity: e, Message: "This is neither true nor false.", Mend: "Enter true or false, or leave the cell empty for false."},
		{Code: findingOrganisationParent, Severity: e, Message: "An organisation cannot be its own region or ICB.", Mend: "Enter the code of the region or ICB above it, or leave the cell empty."},
	}
}

// organisationFaults gathers findings in the words of OrganisationFindingRules.
type organisationFaults struct {
	found *domain.Findings
	rules map[domain.FindingCode]domain.FindingRule
}

func newOrganisationFaults() organisationFaults {
	rules := make(map[domain.FindingCode]domain.FindingRule)
	for _, rule := range OrganisationFindingRules() {
		rules[rule.Code] = rule
	}
	return organisationFaults{found: domain.NewFindings(), rules: rules}
}

// add records a fault; detail, when not empty, replaces the rule's message.
func (f organisationFaults) add(code domain.FindingCode, row int, column, detail string) {
	rule := f.rules[code]
	if detail == "" {
		detail = rule.Message
	}
	f.found.AddFinding(domain.Finding{
		Code: code, Severity: rule.Severity, Row: row, Column: column, Message: detail, Mend: rule.Mend,
	})
}
