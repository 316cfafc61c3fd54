package sheet

import "skillstracker/domain"

// Codes of the faults of a file of organisations. An upload has none of them.
const (
	findingOrganisationFile     domain.FindingCode = "organisation_file_not_csv"
	findingOrganisationEmpty    domain.FindingCode = "organisation_file_empty"
	findingOrganisationHeader   domain.FindingCode = "organisation_header_missing"
	findingOrganisationMissing  domain.FindingCode = "organisation_column_missing"
	findingOrganisationTwice    domain.FindingCode = "organisation_column_twice"
	findingOrganisationUnknown  domain.FindingCode = "organisation_column_unknown"
	findingOrganisationValue    domain.FindingCode = "organisation_value_missing"
	findingOrganisationLong     domain.FindingCode = "organisation_value_too_long"
	findingOrganisationDate     domain.FindingCode = "organisation_date_invalid"
	findingOrganisationDates    domain.FindingCode = "organisation_date_order"
	findingOrganisationQuotes   domain.FindingCode = "organisation_quotes_unbalanced"
	findingOrganisationFields   domain.FindingCode = "organisation_fields_wrong"
	findingOrganisationCode     domain.FindingCode = "organisation_code_invalid"
	findingOrganisationRepeated domain.FindingCode = "organisation_code_repeated"
	findingOrganisationKind     domain.FindingCode = "organisation_kind_unknown"
	findingOrganisationText     domain.FindingCode = "organisation_text_invalid"
	findingOrganisationFlag     domain.FindingCode = "organisation_flag_invalid"
	findingOrganisationParent   domain.FindingCode = "organisation_parent_itself"
	findingOrganisationShape    domain.FindingCode = "organisation_code_not_of_kind"
	findingOrganisationCQCID    domain.FindingCode = "organisation_cqc_id_invalid"
	findingOrganisationOwner    domain.FindingCode = "organisation_parent_not_wanted"
	findingOrganisationMany     domain.FindingCode = "organisation_faults_too_many"
)

// OrganisationFindingRules lists every check of a file of organisations. No code
// is one that an upload can have. Kinds are not given: the file is no upload.
func OrganisationFindingRules() []domain.FindingRule {
	e, w := domain.SeverityError, domain.SeverityWarning
	return []domain.FindingRule{
		{Code: findingOrganisationFile, Severity: e, Message: "The file is no CSV file in UTF-8.", Mend: "Save it as CSV UTF-8 with commas and send it again.", Example: "Wrong: a workbook. Right: its sheet saved as CSV UTF-8."},
		{Code: findingOrganisationEmpty, Severity: e, Message: "The file holds no organisation.", Mend: "Add a row for each organisation, or check that this is the right file.", Example: "Wrong: a header row alone. Right: a header row with a row for each organisation."},
		{Code: findingOrganisationHeader, Severity: e, Message: "The first row is neither a header row with the columns of a file of organisations nor a row of the ODS trust file.", Mend: "Send the ODS trust file as it is published, or put the names code, name, kind, region, icb, opened_on and closed_on, separated by commas, in the first row.", Example: "Wrong: a title in the first row. Right: code,name,kind,region,icb,opened_on,closed_on."},
		{Code: findingOrganisationMissing, Severity: e, Message: "A compulsory column of the file of organisations is missing.", Mend: "Add the column with the name shown; its cells may be empty unless it is the code, the name or the kind.", Example: "Wrong: a file without the column icb. Right: a file with the column icb, empty where there is none."},
		{Code: findingOrganisationTwice, Severity: e, Message: "Two columns have the same name.", Mend: "Keep one of the two columns and delete the other.", Example: "Wrong: two columns named region. Right: one column named region."},
		{Code: findingOrganisationUnknown, Severity: w, Message: "This column is not part of a file of organisations; its values were not read.", Mend: "Delete it if it is not needed, or correct its name.", Example: "Wrong: a column county. Right: no such column."},
		{Code: findingOrganisationValue, Severity: e, Message: "The code, the name or the kind of the organisation is empty.", Mend: "Fill in the cell.", Example: "Wrong: an organisation without a name. Right: an organisation with its name."},
		{Code: findingOrganisationLong, Severity: e, Message: "The name or sector of the organisation is too long.", Mend: "Shorten it to the number of characters shown.", Example: "Wrong: a name with an address behind it. Right: the name alone."},
		{Code: findingOrganisationDate, Severity: e, Message: "The opening or closing date is not a date.", Mend: "Correct the date, or leave the cell empty if the organisation has none.", Example: "Wrong: 31/10/2026. Right: 2026-10-31."},
		{Code: findingOrganisationDates, Severity: e, Message: "The closing date is before the opening date.", Mend: "Correct one of the two dates.", Example: "Wrong: opened 2026-04-01, closed 2025-03-31. Right: opened 2015-04-01, closed 2025-03-31."},
		{Code: findingOrganisationQuotes, Severity: e, Message: "A quotation mark is out of place, so the row cannot be divided into fields.", Mend: "Put the whole value in quotation marks and write each one inside it twice.", Example: `Wrong: ZZ1,"Synthetic Trust,nhs_trust. Right: ZZ1,"Synthetic Trust",nhs_trust.`},
		{Code: findingOrganisationFields, Severity: e, Message: "The row does not have the number of fields of the others.", Mend: "Put a value that holds a comma in quotation marks, and give every row all fields.", Example: `Wrong: ZZ1,Synthetic, North,nhs_trust. Right: ZZ1,"Synthetic, North",nhs_trust.`},
		{Code: findingOrganisationCode, Severity: e, Message: "This does not have the shape of an ODS code: 3 to 9 letters and digits.", Mend: "Enter the code as ODS publishes it. Format the column as text: a spreadsheet drops leading zeros and takes codes such as 5E1 for numbers.", Example: "Wrong: 5E+01. Right: 5E1."},
		{Code: findingOrganisationRepeated, Severity: e, Message: "The code is in the file more than once.", Mend: "Keep the right row and delete the other.", Example: "Wrong: two rows for ZZ1. Right: one row for ZZ1."},
		{Code: findingOrganisationKind, Severity: e, Message: "This is not a kind of organisation.", Mend: "Use nhs_trust, icb, region, social_care_provider, social_care_site or other.", Example: "Wrong: hospital. Right: nhs_trust."},
		{Code: findingOrganisationText, Severity: e, Message: "The value holds bytes or characters that are not text.", Mend: "Save the file as CSV UTF-8 and enter the value again.", Example: "Wrong: a name in Windows-1252. Right: the name in UTF-8."},
		{Code: findingOrganisationFlag, Severity: e, Message: "This is neither true nor false.", Mend: "Enter true or false, or leave the cell empty for false.", Example: "Wrong: maybe. Right: true."},
		{Code: findingOrganisationParent, Severity: e, Message: "An organisation cannot be its own region, ICB or headquarters.", Mend: "Enter the code of the region, ICB or headquarters above it, or leave the cell empty.", Example: "Wrong: QZ1 with the ICB QZ1. Right: QZ1 without an ICB."},
		{Code: findingOrganisationShape, Severity: e, Message: "The code does not have the shape of one of this kind: providers of social care have A, C or D and three more, their sites VL, VM or VN and three more, and new codes of both are letter, digit, letter, digit, letter.", Mend: "Check the code and the kind: a provider has a code for itself and another for each site.", Example: "Wrong: the site VL01A as social_care_provider. Right: VL01A as social_care_site."},
		{Code: findingOrganisationCQCID, Severity: e, Message: "This does not have the shape of a provider or location id of the Care Quality Commission: a digit, a hyphen and 8 to 12 digits.", Mend: "Enter the id as the Commission publishes it, or leave the cell empty. Format the column as text.", Example: "Wrong: 123456789. Right: 1-123456789."},
		{Code: findingOrganisationOwner, Severity: e, Message: "A region or an ICB has no headquarters.", Mend: "Leave the column parent empty, or correct the kind.", Example: "Wrong: an ICB with a parent. Right: a social_care_site with its provider as parent."},
		{Code: findingOrganisationMany, Severity: e, Message: "The file has so many faults that it was not read to its end.", Mend: "Mend the faults shown and import the file again.", Example: "Wrong: a file of another kind with thousands of rows. Right: the file of organisations."},
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
