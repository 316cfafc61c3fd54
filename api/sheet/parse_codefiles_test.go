package sheet_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// faultCodes are the values of the Code and Note constants of the package.
func faultCodes(t *testing.T) []string {
	t.Helper()
	var codes []string
	for _, name := range []string{"guard_error.go", "reader.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			spec, is := node.(*ast.ValueSpec)
			if !is || !strings.HasPrefix(spec.Names[0].Name, "Code") && !strings.HasPrefix(spec.Names[0].Name, "Note") {
				return true
			}
			literal, is := spec.Values[0].(*ast.BasicLit)
			if !is {
				t.Fatalf("%s is not a plain text", spec.Names[0].Name)
			}
			code, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			codes = append(codes, code)
			return true
		})
	}
	return codes
}

// codeFiles has a file for each code that a file makes by itself.
func codeFiles(t *testing.T) map[domain.FindingCode]codeFile {
	t.Helper()
	files := make(map[domain.FindingCode]codeFile)
	for _, some := range []map[domain.FindingCode]codeFile{
		unreadableFiles(t), tableFiles(t), valueFiles(t), unusualFiles(), recordFiles(), positionFiles(t), targetFiles(),
	} {
		for code, file := range some {
			if _, twice := files[code]; twice {
				t.Fatalf("two files are to produce %s", code)
			}
			files[code] = file
		}
	}
	return files
}

func lines(kind domain.UploadKind, rows ...string) codeFile {
	return codeFile{kind: kind, data: []byte(strings.Join(rows, "\n"))}
}

// staffFile is a staff list of one row with one more column.
func staffFile(column, value string) codeFile {
	return lines(domain.UploadStaff, "employee_number,staff_group,fte,"+column, "E1,08,1,"+value)
}

// staffCells is a staff list of one row.
func staffCells(employee, group, fte string) codeFile {
	return lines(domain.UploadStaff, "employee_number,staff_group,fte", employee+","+group+","+fte)
}

func assessmentFile(columns, values string) codeFile {
	return lines(domain.UploadAssessments, "employee_number,assessed_on,"+columns, "E1,2026-10-31,"+values)
}

func vacancyFile(columns string, values ...string) codeFile {
	rows := []string{"as_at,staff_group," + columns}
	for _, v := range values {
		rows = append(rows, "2026-10-31,08,"+v)
	}
	return lines(domain.UploadVacancies, rows...)
}

func (c codeFile) with(change func(*sheet.Options)) codeFile {
	c.change = change
	return c
}

func unreadableFiles(t *testing.T) map[domain.FindingCode]codeFile {
	t.Helper()
	staff := func(data string) codeFile { return codeFile{kind: domain.UploadStaff, data: []byte(data)} }
	header := "employee_number,staff_group,fte\n"
	whole := workbook(t, "Data", []any{"employee_number"})
	return map[domain.FindingCode]codeFile{
		domain.FindingFileEmpty:      {kind: domain.UploadStaff},
		domain.FindingCellTooLong:    staff(header + "E1,08," + strings.Repeat("9", 33_000)),
		domain.FindingXLSXDamaged:    {kind: domain.UploadStaff, data: whole[:len(whole)/2]},
		domain.FindingXLSXHostile:    {kind: domain.UploadStaff, data: book(t, `<!DOCTYPE w [<!ENTITY a "b">]>`+strings.TrimPrefix(sheetXML(""), xmlHead))},
		domain.FindingCSVNulByte:     staff(header + "E1,08,1\nE\x002,08,1\n"),
		domain.FindingCSVControl:     staff(header + "E1\x08,08,1\n"),
		domain.FindingCSVQuote:       staff(header + `E1,08,"1`),
		domain.FindingCSVLineTooLong: staff(header + strings.Repeat("x,", 60_000)),
		domain.FindingCSVEncoding:    staff("\xEF\xBB\xBF" + header + "E1,08,1\xFF\xFE\n"),
		domain.FindingJSONSyntax:     staff(`{"rows":[{"fte":1}`),
		domain.FindingJSONShape:      staff(`[{"fte":1}]`),
		domain.FindingJSONTwice:      staff(`{"rows":[{"fte":1,"fte":2}]}`),
		domain.FindingJSONEncoding:   staff("{\"rows\":[{\"team\":\"\xFF\"}]}"),
		domain.FindingJSONControl:    staff(`{"rows":[{"team":"a\u0000"}]}`),
	}
}

func tableFiles(t *testing.T) map[domain.FindingCode]codeFile {
	t.Helper()
	staff := [][]any{{"employee_number", "staff_group", "fte"}, {"E1", "08", 1}}
	hidden := bookOf(t, "Data", staff, "Lists", nil)
	hidden.SetActiveSheet(1)
	if err := hidden.SetSheetVisible("Data", false); err != nil {
		t.Fatal(err)
	}
	withParts := func(parts ...string) []byte {
		relation := relations(append([]string{
			`worksheet`, `worksheets/sheet1.xml`, `styles`, `styles.xml`, `sharedStrings`, `sharedStrings.xml`,
		}, parts...)...)
		return zipped(t, with(bookParts(sheetXML("")), "xl/_rels/workbook.xml.rels", relation))
	}
	never := sheetXML(`<row><c t="inlineStr"><is><t>employee_number</t></is></c><c t="inlineStr"><is><t>fte</t></is></c></row>` +
		`<row><c t="inlineStr"><is><t>E1</t></is></c><c><f>1</f></c></row>`)
	book := func(data []byte) codeFile { return codeFile{kind: domain.UploadStaff, data: data} }
	return map[domain.FindingCode]codeFile{
		domain.FindingRowsMissing:          lines(domain.UploadStaff, "employee_number,staff_group,fte"),
		domain.FindingHeaderMissing:        lines(domain.UploadStaff, "a,b"),
		domain.FindingColumnMissing:        lines(domain.UploadStaff, "fte,band", "1,5"),
		domain.FindingColumnTwice:          staffFile("wte", "1"),
		domain.FindingColumnUnknown:        staffFile("shoe", "1"),
		domain.FindingColumnUnnamed:        lines(domain.UploadStaff, "employee_number,,staff_group,fte", "E1,x,08,1"),
		domain.FindingCompetencesMissing:   assessmentFile("team", "x"),
		domain.FindingFormsMixed:           assessmentFile("competence_code,level,CCP", "TEC,1,1"),
		domain.FindingFormulasNever:        book(zippedBook(t, never)),
		domain.FindingRowLong:              staffCells("E1", "08", "0,5"),
		domain.FindingSheetsSeveral:        book(saved(t, bookOf(t, "Site A", staff, "Site B", staff))),
		domain.FindingSheetChosen:          book(saved(t, bookOf(t, "Data", staff, "Pivot", [][]any{{"x"}}))),
		domain.FindingHiddenSheet:          book(saved(t, hidden)),
		domain.FindingMacros:               book(withParts(`vbaProject`, `vbaProject.bin`)),
		domain.FindingExternalLinks:        book(withParts(`externalLink`, `externalLinks/externalLink1.xml`)),
		domain.FindingEncodingAssumed:      staffFile("team", "Caf\xe9"),
		domain.FindingPersonalDataColumn:   staffFile("surname", "x"),
		domain.FindingPersonalDataValue:    staffFile("team", syntheticEmail),
		domain.FindingPersonalDataSheet:    book(saved(t, bookOf(t, "Data", staff, syntheticEmail, nil))),
		domain.FindingPersonalDataEmployee: lines(domain.UploadStaff, append([]string{"employee_number"}, passing(3)...)...).headed(",staff_group,fte", ",08,1"),
		domain.FindingNumbersRounded:       staffCells("E1", "08", "0.666666667"),
		domain.FindingAsAtOption:           staffFile("as_at", "2026-10-31").with(func(o *sheet.Options) { o.AsAt = ptr(o.Today) }),
	}
}

// headed adds cells to the header row and to every other row.
func (c codeFile) headed(header, cells string) codeFile {
	rows := strings.Split(string(c.data), "\n")
	for i := range rows {
		if i == 0 {
			rows[i] += header
		} else {
			rows[i] += cells
		}
	}
	c.data = []byte(strings.Join(rows, "\n"))
	return c
}

// bookOf is a workbook of two sheets.
func bookOf(t *testing.T, first string, firstRows [][]any, second string, secondRows [][]any) *excelize.File {
	t.Helper()
	book := excelize.NewFile()
	if err := book.SetSheetName("Sheet1", first); err != nil {
		t.Fatal(err)
	}
	if _, err := book.NewSheet(second); err != nil {
		t.Fatal(err)
	}
	fill(t, book, first, firstRows)
	fill(t, book, second, secondRows)
	return book
}

func zippedBook(t *testing.T, sheet string) []byte {
	t.Helper()
	return zipped(t, bookParts(sheet))
}

func valueFiles(t *testing.T) map[domain.FindingCode]codeFile {
	t.Helper()
	cells := func(header, row []any) codeFile {
		return codeFile{kind: domain.UploadStaff, data: workbook(t, "Data", header, row)}
	}
	staff := []any{"employee_number", "staff_group", "fte", "job_role_code"}
	formula := sheetXML(`<row><c t="inlineStr"><is><t>employee_number</t></is></c><c t="inlineStr"><is><t>fte</t></is></c><c t="inlineStr"><is><t>team</t></is></c></row>` +
		`<row><c t="inlineStr"><is><t>E1</t></is></c><c t="str"><f>1</f><v></v></c><c><f>1</f><v>1</v></c></row>`)
	ofTrust := func(o *sheet.Options) { o.Organisation = "RRK" }
	return map[domain.FindingCode]codeFile{
		domain.FindingValueMissing:             staffCells("E1", "08", ""),
		domain.FindingValueTooLong:             staffFile("team", strings.Repeat("x", 101)),
		domain.FindingCellError:                staffFile("team", "#VALUE!"),
		domain.FindingFormulaEmpty:             {kind: domain.UploadStaff, data: zippedBook(t, formula)},
		domain.FindingCodeNumeric:              cells(staff, []any{"E1", "08", 1, 8014}),
		domain.FindingCodeScientific:           staffFile("organisation", "5.00E+01"),
		domain.FindingCodeDate:                 staffFile("band", "08-Jan"),
		domain.FindingCodeZeros:                staffFile("job_role_code", "8014"),
		domain.FindingEmployeeNumberNumber:     cells(staff, []any{7, "08", 1}),
		domain.FindingEmployeeNumberBad:        cells(staff, []any{1.5, "08", 1}),
		domain.FindingEmployeeNumberLong:       staffCells(strings.Repeat("1", 33), "08", "1"),
		domain.FindingEmployeeNumberWords:      staffCells("two words", "08", "1"),
		domain.FindingEmployeeNumberScientific: staffCells("1.23E+12", "08", "1"),
		domain.FindingEmployeeNumberDigits:     cells(staff, []any{1e16, "08", 1}),
		domain.FindingOrganisationOther:        staffFile("ODS code", "RYJ").with(ofTrust),
		domain.FindingOrganisationNotCompared:  staffFile("Organisation", "Synthetic NHS Trust").with(ofTrust),
		domain.FindingStaffGroupUnknown:        staffCells("E1", "x", "1"),
		domain.FindingJobRoleUnknown:           staffFile("job_role_code", "x"),
		domain.FindingJobRoleAmbiguous:         assessmentFile("job_role_code,CCP", "Manager,1"),
		domain.FindingJobRoleGroup:             staffFile("job_role_code", "03007"),
		domain.FindingJobRoleRetired:           staffFile("job_role_code", "08028"),
		domain.FindingBandUnknown:              staffFile("band", "x"),
		domain.FindingBandAmbiguous:            staffFile("band", "8"),
		domain.FindingAreaUnknown:              staffFile("area_of_work", "x"),
		domain.FindingAreaAmbiguous:            staffFile("area_of_work", "Coding"),
		domain.FindingAreaRetired:              staffFile("area_of_work", "A193"),
		domain.FindingContractUnknown:          staffFile("contract_type", "x"),
		domain.FindingActionUnknown:            staffFile("action", "x"),
		domain.FindingAssessorUnknown:          assessmentFile("assessor_kind,CCP", "x,1"),
		domain.FindingFrameworkUnknown:         assessmentFile("framework,CCP", "x,1"),
		domain.FindingCompetenceUnknown:        assessmentFile("competence_code,level", "x,1"),
		domain.FindingDateInvalid:              staffFile("as_at", "x"),
		domain.FindingDateNoSuchDay:            staffFile("as_at", "31/02/2026"),
		domain.FindingDateYear:                 staffFile("as_at", "31/10/1850"),
		domain.FindingDateMonthDay:             staffFile("as_at", "10/31/2026"),
		domain.FindingDateTwoDigit:             staffFile("as_at", "31/10/26"),
		domain.FindingDateFuture:               staffFile("as_at", "2027-10-31"),
		domain.FindingDateNotMonthEnd:          lines(domain.UploadVacancies, "as_at,staff_group,bank_fte", "2026-10-30,08,1"),
		domain.FindingDateBeforeFramework:      lines(domain.UploadAssessments, "employee_number,assessed_on,CCP", "E1,2001-10-31,1"),
		domain.FindingNumberInvalid:            staffCells("E1", "08", "x"),
		domain.FindingNumberNotWhole:           vacancyFile("advertised_posts", "2.5"),
		domain.FindingNumberDate:               staffCells("E1", "08", "01-Feb"),
		domain.FindingNumberNegative:           staffCells("E1", "08", "-1"),
		domain.FindingNumberTooLarge:           staffCells("E1", "08", "123456789"),
		domain.FindingLevelInvalid:             assessmentFile("CCP", "x"),
		domain.FindingLevelOutOfRange:          assessmentFile("CCP", "5"),
	}
}
