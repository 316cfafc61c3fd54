package sheet_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// Values that look like personal data and are nobody's: the prefix ZZ is given
// to no one, 999 begins NHS numbers for tests, the numbers 020 7946 0xxx and
// 07700 900xxx are kept for drama, and example.org belongs to nobody.
const (
	syntheticNI    = "ZZ 12 34 56 C"
	syntheticNHS   = "9990000018"
	syntheticEmail = "somebody@example.org"
	syntheticPhone = "07700 900123"
)

// wantRefused checks that a file was refused with these findings and that
// nothing of it is left.
func wantRefused(t *testing.T, file domain.UploadFile, want ...string) {
	t.Helper()
	if !file.Refused {
		t.Fatalf("the file was not refused: %v", found(file))
	}
	if file.Staff != nil || file.Assessments.Rows != nil || file.Vacancies != nil || file.Mapping != nil || file.AsAt != nil {
		t.Errorf("something of the file is left: %+v", file)
	}
	wantFound(t, file, want...)
	for _, f := range file.Faults.List() {
		if f.Severity != domain.SeverityError || !strings.Contains(f.Message, "refuses") {
			t.Errorf("got finding %+v", f)
		}
	}
}

func TestRefusedHeadings(t *testing.T) {
	classes := map[string][]string{
		"National Insurance number":         {"NI number", "NINO", "NINumber", "NI No.", "national_insurance_number", "NATIONALINSURANCENUMBER", "NI", "NIN", "Nat Ins No", "NI numbers"},
		"NHS number":                        {"NHS Number", "nhs_no"},
		"date of birth or age":              {"DOB", "D.O.B.", "Date of birth", "DateOfBirth", "DATE_OF_BIRTH", "birth date", "Birthday", "Year of birth", "Age", "Age band", "Age at start"},
		"name of a person":                  {"Name", "Full name", "First Name", "FIRSTNAME", "Surname", "forename(s)", "Last name", "Middle initial", "Initials", "Employee name", "EMPLOYEENAME", "Staff name", "Known as", "Title", "Line manager", "Manager's name", "Assessor name", "Forename1", "First names", "Last names", "Other names", "Known name", "Supervisor name", "Forename and surname", "Salutation"},
		"address or postcode":               {"Address", "Home address", "Address1", "ADDRESS_LINE_2", "Postcode", "POST CODE", "Post town", "Home postcode", "Street", "Home city", "Street address"},
		"e-mail address":                    {"E-mail", "email", "Email Address", "Work e-mail address", "eMail"},
		"telephone number":                  {"Telephone", "Phone", "Mobile", "Mobile number", "Tel. no.", "Contact number", "Home phone", "Fax", "Mobile numbers"},
		"ethnicity":                         {"Ethnicity", "Ethnic origin", "Ethnic group", "ETHNICORIGIN", "Race"},
		"religion or belief":                {"Religion", "Religious belief", "Religion or belief"},
		"disability":                        {"Disability", "Disabled?", "Disability status", "Has disability"},
		"sexual orientation":                {"Sexual orientation", "SEXUAL_ORIENTATION", "Sexuality"},
		"sex or gender":                     {"Sex", "Gender", "Gender identity", "Legal sex", "Pronouns", "M/F", "Gender reassignment"},
		"nationality or immigration status": {"Nationality", "Country of birth", "Passport number", "Visa type", "Right to work", "BRITISHCITIZENSHIP", "COUNTRYOFBIRTH", "YEAROFENTRY", "Work permit", "Share code", "Settled status", "Driving licence"},
		"marital status":                    {"Marital status", "MARITALSTATUS", "Civil partner", "Married"},
		"pregnancy":                         {"Pregnant", "Pregnancy and maternity"},
		"bank details":                      {"Sort code", "Bank account", "Account number", "Bank details", "Bank Sort Code", "IBAN", "BIC", "Account holder", "Swift code"},
		"reason for sickness or absence":    {"Sickness reason", "Reason for absence", "Absence Reason", "Sick note", "Medical history"},
		"trade union membership":            {"Trade union membership", "Union name"},
		"criminal record":                   {"Criminal record", "DBS certificate number", "Unspent convictions"},
		"photograph":                        {"Photo", "Staff photo"},
		"next of kin or emergency contact":  {"Next of kin", "Emergency contact number"},
	}
	for class, headings := range classes {
		for _, heading := range headings {
			t.Run(heading, func(t *testing.T) {
				file := parseText(t, domain.UploadStaff, "employee_number,staff_group,fte,"+heading, "E1,08,1,x")
				wantRefused(t, file, "personal_data_column 0 Column D")
				message := file.Faults.List()[0].Message
				if !strings.Contains(message, ": "+class+".") {
					t.Errorf("the finding names another class than %s: %s", class, message)
				}
				if file.Counts.RowsRead != 1 {
					t.Errorf("got %d rows read", file.Counts.RowsRead)
				}
			})
		}
	}
}

// harmless are headings that only look like refused ones.
func harmless(lists domain.Lists) []string {
	names := []string{
		"Team name", "Organisation name", "Role name", "Staff group name", "Competence name", "Job title", "Post title", "Position title",
		"Area", "Stage", "Language", "Percentage", "Manager", "Initial assessment", "Initial level", "Bank FTE", "Bank", "Learning disability team",
		"Contract end", "Mobile working", "Skills passport", "Telephone services", "Site postcode", "Trust address", "Cost centre", "Assignment number",
		"Position number", "Username count", "Sexual health clinic", "Age-related care", "Account manager", "Nationally reported", "Namespace",
		"Addressing needs", "Unisex ward", "Sickness rate", "Absence days", "Country", "Religiously", "Supervisor", "Citizenship skills", "Union", "Picture archiving", "Swift ward", "Given hours", "Street team",
		"DBS checked", "Names checked", "Licences", "Marriage counselling team", "Photography skills", "2026-10-31", "Oct 2026", "31/03/2025", "01-Jan",
	}
	for _, kind := range allKinds() {
		for _, column := range sheet.Columns(kind) {
			names = append(append(names, column.Name), column.Synonyms...)
		}
	}
	for _, framework := range lists.Frameworks {
		names = append(names, framework.Name)
		for _, column := range sheet.CompetenceColumns(framework) {
			names = append(append(names, column.Name), column.Synonyms...)
		}
	}
	for _, g := range lists.StaffGroups {
		names = append(names, g.Name)
	}
	for _, r := range lists.JobRoles {
		names = append(names, r.Name)
	}
	for _, a := range lists.AreasOfWork {
		names = append(names, a.Tertiary, a.Path())
	}
	for _, c := range lists.ContractTypes {
		names = append(names, c.Name)
	}
	return names
}

func TestHarmlessHeadings(t *testing.T) {
	for headings := range slices.Chunk(harmless(realLists(t)), 100) {
		file := parseText(t, domain.UploadVacancies, `as_at,staff_group,budgeted_fte,"`+strings.Join(headings, `","`)+`"`, "2026-10-31,08,1,")
		if file.Refused {
			t.Errorf("of %q one was refused: %s", headings, file.Faults.List()[0].Message)
		}
	}
}

func TestRefusedValues(t *testing.T) {
	tests := map[string]string{
		// value: class, empty for a value that is harmless
		"ZZ123456C":                         "National Insurance number",
		syntheticNI:                         "National Insurance number",
		"zz123456c":                         "National Insurance number",
		"QQ 12 34 56 A":                     "National Insurance number",
		"ZZ-12-34-56-D":                     "National Insurance number",
		"number ZZ123456C, see file":        "National Insurance number",
		"ZZ\u00A012\u00A034\u00A056\u00A0C": "National Insurance number",
		"ZZ123456":                          "",
		"ZZ123456E":                         "",
		"DA123456C":                         "",
		"AO123456C":                         "",
		"AZZ123456C":                        "",
		"ZZ123456CD":                        "",
		"ZZ1234567C":                        "",
		syntheticNHS:                        "NHS number",
		"999 000 0018":                      "NHS number",
		"999-000-0018":                      "NHS number",
		"NHS: 9990000018.":                  "NHS number",
		"9990000019":                        "",
		"1111111111":                        "",
		"0000000000":                        "",
		"0.9990000018":                      "",
		"9990000018.5":                      "",
		"99900000180":                       "",
		"X9990000018":                       "",
		syntheticEmail:                      "e-mail address",
		"mail to Some.Body+x@mail.example.org please": "e-mail address",
		"josé@example.org":                            "e-mail address",
		"half @ desk":                                 "",
		"a@b":                                         "",
		"ward@night 3.5":                              "",
		"@example.org":                                "",
		syntheticPhone:                                "telephone number",
		"07700900123":                                 "telephone number",
		"(020) 7946 0123":                             "telephone number",
		"Tel 020-7946-0123":                           "telephone number",
		"+44 7700 900123":                             "telephone number",
		"+44 (0)20 7946 0123":                         "telephone number",
		"00447700900123":                              "telephone number",
		"+1 202 555 0123":                             "",
		"01/02/2026":                                  "",
		"01-02-2026":                                  "",
		"2026-10-31 12:30:45":                         "",
		"0800 123456":                                 "",
		"12345678":                                    "",
	}
	for value, class := range tests {
		t.Run(value, func(t *testing.T) {
			file := parseText(t, domain.UploadStaff, "employee_number,staff_group,fte,Remarks", "E1,08,1,", `E2,08,1,"`+value+`"`)
			if class == "" {
				wantFound(t, file, "column_unknown 0 Remarks")
				return
			}
			wantRefused(t, file, "personal_data_value 3 Column D")
			if message := file.Faults.List()[0].Message; !strings.Contains(message, class) {
				t.Errorf("the finding names another class than %s: %s", class, message)
			}
		})
	}
}

func TestValuesAreRefusedInEveryPosition(t *testing.T) {
	good := "employee_number,staff_group,fte,team,Remarks\nE1,08,1,Ward,x\nE2,08,1,Ward,x\n"
	tests := map[string]struct{ text, want string }{
		"title row":               {"Staff list of " + syntheticEmail + "\n\n" + good, "personal_data_value 0 Column A"},
		"title row, other column": {",,," + syntheticNI + "\n" + good, "personal_data_value 0 Column D"},
		"heading":                 {strings.Replace(good, "Remarks", syntheticNHS, 1), "personal_data_value 0 Column E"},
		"heading, NI number":      {strings.Replace(good, "Remarks", "x "+syntheticNI, 1), "personal_data_value 0 Column E"},
		"heading, e-mail":         {strings.Replace(good, "Remarks", syntheticEmail, 1), "personal_data_value 0 Column E"},
		"heading, telephone":      {strings.Replace(good, "Remarks", syntheticPhone, 1), "personal_data_value 0 Column E"},
		"heading, birth date":     {strings.Replace(good, "Remarks", "31/10/1980", 1), "personal_data_value 0 Column E"},
		"heading, birth day":      {strings.Replace(good, "Remarks", "3 March 1975", 1), "personal_data_value 0 Column E"},
		"heading, in brackets":    {strings.Replace(good, "team", "Team ("+syntheticEmail+")", 1), "personal_data_value 0 Column D"},
		"used column":             {strings.Replace(good, "E2,08,1,Ward", "E2,08,1,"+syntheticEmail, 1), "personal_data_value 3 Column D"},
		"employee number":         {strings.Replace(good, "E2", syntheticNI, 1), "personal_data_value 3 Column A"},
		"staff group":             {strings.Replace(good, "E2,08", "E2,"+syntheticNHS, 1), "personal_data_value 3 Column B"},
		"beyond the headings":     {good + "E3,08,1,Ward,x,," + syntheticPhone + "\n", "personal_data_value 4 Column G"},
		"a blank row's column":    {good + ",,,,,," + syntheticNI + "\n", "personal_data_value 4 Column G"},
		"without a header row":    {"who,what\nsomebody," + syntheticNI + "\n", "personal_data_value 0 Column B"},
		"a title row's heading":   {"Contact,Telephone\n" + good, "personal_data_column 0 Column B"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantRefused(t, parseText(t, domain.UploadStaff, test.text), test.want)
		})
	}
	far := parseText(t, domain.UploadStaff, "employee_number,fte\n"+strings.Repeat("E1,1\n", 3000)+syntheticEmail+"\n")
	wantRefused(t, far, "personal_data_value 3002 Column A")
	if far.Counts.RowsRead != 3001 {
		t.Errorf("got %d rows read", far.Counts.RowsRead)
	}
	noHeader := parseText(t, domain.UploadStaff, "Name,Date of birth,Shoe size", "x,y,44")
	wantRefused(t, noHeader, "personal_data_column 0 Column A", "personal_data_column 0 Column B")
}

func TestEveryRefusedColumnIsNamedOnce(t *testing.T) {
	file := parseText(t, domain.UploadStaff, "employee_number,DOB,Surname,fte,Remarks",
		"E1,x,y,1,"+syntheticNI, "E2,x,y,1,"+syntheticNI+" and "+syntheticEmail, "E3,x,y,oops,"+syntheticPhone)
	wantRefused(t, file, "personal_data_column 0 Column B", "personal_data_column 0 Column C",
		"personal_data_value 2 Column E", "personal_data_value 3 Column E", "personal_data_value 4 Column E")
}

func TestTitlesAreNotNames(t *testing.T) {
	for _, title := range []string{"Title,Staff list", "Name,Synthetic NHS Trust", "Name: Staff list of the synthetic trust"} {
		wantFound(t, parseText(t, domain.UploadStaff, title, "employee_number,staff_group,fte", "E1,08,1"))
	}
}

func TestTelephonesCountOnlyInColumnsThatAreNotUsed(t *testing.T) {
	file := parseText(t, domain.UploadStaff, "employee_number,staff_group,fte,team", "01234567890,08,1,07700900123")
	wantFound(t, file)
}

// passing returns different numbers of ten digits that pass the check of an NHS
// number; 999 begins those for tests.
func passing(count int) []string {
	var numbers []string
	for body := 999000001; len(numbers) < count; body++ {
		sum := 0
		for i, digit := range fmt.Sprint(body) {
			sum += int(digit-'0') * (10 - i)
		}
		if check := (11 - sum%11) % 11; check < 10 {
			numbers = append(numbers, fmt.Sprintf("%d%d", body, check))
		}
	}
	return numbers
}

func TestEmployeeNumbersOfTenDigits(t *testing.T) {
	failing := func(count int) []string {
		var numbers []string
		for i := range count {
			numbers = append(numbers, fmt.Sprintf("400%07d", i+1))
		}
		return slices.DeleteFunc(numbers, func(n string) bool { return slices.Contains([]string{"4000000004"}, n) })
	}
	tests := map[string]struct {
		numbers []string
		row     int // of the finding, 0 for a file that is not refused
	}{
		"one":                       {passing(1), 0},
		"two":                       {passing(2), 0},
		"three":                     {passing(3), 2},
		"two, often":                {slices.Repeat(passing(2), 50), 0},
		"three beside other shapes": {append([]string{"1", "E2", "12345678"}, passing(3)...), 5},
		"two in three":              {append(failing(1), passing(2)...), 0},
		"eight in nine":             {append(failing(1), passing(8)...), 0},
		"nine in ten":               {append(failing(1), passing(9)...), 3},
		"half of eighteen":          {append(failing(9), passing(9)...), 0},
		"half of twenty":            {append(failing(11)[:10], passing(10)...), 12},
		"by chance":                 {append(failing(200), passing(18)...), 0},
		"in groups, one":            {[]string{"1", "999 000 0018"}, 3},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			lines := []string{"employee_number,staff_group,fte"}
			for i, number := range test.numbers {
				lines = append(lines, fmt.Sprintf("%s,08,0.%d", number, i+1))
			}
			file := parseText(t, domain.UploadStaff, lines...)
			switch {
			case test.row == 0:
				wantFound(t, file)
			case name == "in groups, one":
				wantRefused(t, file, fmt.Sprintf("personal_data_value %d Column A", test.row))
			default:
				wantRefused(t, file, fmt.Sprintf("personal_data_employee_numbers %d Column A", test.row))
			}
		})
	}
	rows := [][]any{{"employee_number", "staff_group", "fte", "Remarks"}}
	for _, number := range []int{9990000018, 9990000026, 9990000034} {
		rows = append(rows, []any{number, "08", 1})
	}
	wantRefused(t, parseBytes(t, workbook(t, "Data", rows...), options(t, domain.UploadStaff)), "personal_data_employee_numbers 2 Column A")
	rows[1] = []any{"E1", "08", 1, 9990000018}
	wantRefused(t, parseBytes(t, workbook(t, "Data", rows...), options(t, domain.UploadStaff)), "personal_data_value 2 Column D")
}

// References of vacancies may have ten digits, of which some look like NHS numbers.
func TestReferencesOfTenDigits(t *testing.T) {
	const header = "vacancy_reference,staff_group,fte,opened_on"
	file := func(references []string) domain.UploadFile {
		lines := []string{header}
		for _, reference := range references {
			lines = append(lines, reference+",08,1,2026-08-05")
		}
		return parseText(t, domain.UploadPositions, lines...)
	}
	wantFound(t, file(passing(2)))
	wantFound(t, file([]string{passing(1)[0], "4000000013", "4000000021", "4000000031"}))
	wantRefused(t, file(passing(3)), "personal_data_vacancy_references 2 Column A")
	wantRefused(t, file([]string{"V1", "999 000 0018"}), "personal_data_value 3 Column A")
	wantRefused(t, file([]string{"V1", "ref " + syntheticNI}), "personal_data_value 3 Column A")
	wantRefused(t, file([]string{syntheticEmail}), "personal_data_value 2 Column A")
}

func TestADamagedFileWithPersonalDataIsRefused(t *testing.T) {
	wantRefused(t, parseText(t, domain.UploadStaff, "employee_number,staff_group,fte", "E1,08,"+syntheticNI, `E2,"open`), "personal_data_value 2 Column C")
	many := strings.Repeat("E1,08,1\n", 20)
	wantRefused(t, parseText(t, domain.UploadStaff, "employee_number,staff_group,fte", syntheticNI, many+`E2,"open`), "personal_data_value 2 Column A")
}

// TestNoValueIsEverRepeated puts a value that nobody may see again at every
// position of files of every kind and looks for it in all that is answered.
func TestNoValueIsEverRepeated(t *testing.T) {
	files := map[domain.UploadKind][][]string{
		domain.UploadStaff: {
			{"Synthetic staff list", "", ""},
			{"employee_number", "staff_group", "fte", "band", "job_role_code", "area_of_work", "contract_type", "started_on", "team", "as_at", "action", "Extra"},
			{"E1", "08", "1", "5", "08014", "A326", "05", "2020-01-01", "Ward", "2026-10-31", "", "x"},
		},
		domain.UploadAssessments: {
			{"employee_number", "assessed_on", "CCP", "CCP_need", "assessor_kind", "framework", "framework_version", "team", "Extra"},
			{"E1", "2026-10-31", "1", "2", "self", "hdc", "2018", "Ward", "x"},
		},
		domain.UploadVacancies: {
			{"as_at", "staff_group", "budgeted_fte", "reported_vacancies", "Extra"},
			{"2026-10-31", "08", "1.5", "2", "x"},
		},
		domain.UploadPositions: {
			{"vacancy_reference", "staff_group", "posts", "fte", "opened_on", "closed_on", "status", "team", "action", "Extra"},
			{"201-DIG-0042", "08", "2", "1.6", "2026-08-05", "2026-10-20", "09", "Ward", "", "x"},
		},
		domain.UploadTargets: {
			{"framework", "framework_version", "competence_code", "domain_code", "level", "job_role_code", "staff_group", "band", "valid_from", "Extra"},
			{"hdc", "2018", "TEC", "", "3", "08014", "", "8a", "2026-04-01", "x"},
		},
	}
	values := []string{syntheticNI, syntheticNHS, syntheticEmail, "999 000 0018", "zz123456c"}
	for kind, rows := range files {
		for i := range rows {
			for j := range rows[i] {
				for _, value := range values {
					changed := slices.Clone(rows)
					changed[i] = slices.Clone(rows[i])
					changed[i][j] = "see " + value
					text := ""
					sheetRows := make([][]any, len(changed))
					for k, row := range changed {
						text += strings.Join(row, ",") + "\n"
						for _, cell := range row {
							sheetRows[k] = append(sheetRows[k], cell)
						}
					}
					forms := map[string][]byte{"csv": []byte(text)}
					if value == syntheticNI {
						forms["xlsx"] = workbook(t, "Data", sheetRows...)
					}
					for form, data := range forms {
						file := parseBytes(t, data, options(t, kind))
						if !file.Refused {
							t.Errorf("%s as %s with a value in row %d, column %d was not refused", kind, form, i+1, j+1)
						}
						if answer := fmt.Sprintf("%+v %+v", file, file.Faults.List()); strings.Contains(answer, value) || strings.Contains(answer, "Extra") {
							t.Errorf("%s as %s with a value in row %d, column %d is answered with %s", kind, form, i+1, j+1, answer)
						}
					}
				}
			}
		}
	}
}

// TestFaultsNameNoValue gives every column a value that is wrong but not
// personal, and looks for it in the findings.
func TestFaultsNameNoValue(t *testing.T) {
	const canary = "Canarybird"
	for _, kind := range allKinds() {
		var names, values []string
		for _, column := range sheet.Columns(kind) {
			names, values = append(names, column.Name), append(values, canary)
		}
		for _, framework := range realLists(t).Frameworks[:1] {
			for _, column := range sheet.CompetenceColumns(framework) {
				names, values = append(names, column.Name), append(values, canary)
			}
		}
		long := strings.Repeat(canary, 20)
		file := parseText(t, kind, strings.Join(names, ","), strings.Join(values, ","), strings.Repeat(long+",", len(names)))
		if file.Refused || file.Faults.Errors() < len(names)/2 {
			t.Fatalf("%s: got %v", kind, found(file))
		}
		for _, f := range file.Faults.List() {
			if strings.Contains(fmt.Sprintf("%+v", f), canary) {
				t.Errorf("%s: a finding repeats a value: %+v", kind, f)
			}
		}
	}
}
