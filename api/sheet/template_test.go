package sheet_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

func frameworkNamed(tb testing.TB, code string) domain.FrameworkVersion {
	tb.Helper()
	for _, f := range realLists(tb).Frameworks {
		if f.Framework == code {
			return f
		}
	}
	tb.Fatalf("no framework %s", code)
	return domain.FrameworkVersion{}
}

// someTemplate is a template of a kind and, of assessments, of a framework.
type someTemplate struct {
	kind      domain.UploadKind
	framework domain.FrameworkVersion
}

func (s someTemplate) String() string { return string(s.kind) + " " + s.framework.Framework }

// allTemplates are the templates of each kind and each framework.
func allTemplates(tb testing.TB) []someTemplate {
	tb.Helper()
	all := []someTemplate{{kind: domain.UploadStaff}, {kind: domain.UploadVacancies}, {kind: domain.UploadPositions}}
	for _, f := range realLists(tb).Frameworks {
		all = append(all, someTemplate{domain.UploadAssessments, f}, someTemplate{domain.UploadTargets, f})
	}
	return all
}

func (s someTemplate) write(tb testing.TB, format sheet.Format) []byte {
	tb.Helper()
	var out bytes.Buffer
	err := sheet.WriteTemplate(&out, format, s.kind, sheet.TemplateOptions{
		Lists: realLists(tb), Framework: s.framework, Version: "1.2.3", Limits: sheet.DefaultLimits(),
	})
	if err != nil {
		tb.Fatalf("write template of %s: %v", s, err)
	}
	return out.Bytes()
}

// parse reads a file as one of the template's framework.
func (s someTemplate) parse(t *testing.T, data []byte) domain.UploadFile {
	t.Helper()
	opts := options(t, s.kind)
	opts.Framework, opts.FrameworkVersion = s.framework.Framework, s.framework.Version
	return parseBytes(t, data, opts)
}

func TestTemplateIsAFileWithoutRows(t *testing.T) {
	for _, template := range allTemplates(t) {
		for _, format := range []sheet.Format{sheet.CSV, sheet.XLSX} {
			file := template.parse(t, template.write(t, format))
			if findings := file.Faults.List(); file.Refused || len(findings) != 1 || findings[0].Code != domain.FindingRowsMissing {
				t.Errorf("%s as %s: found %v", template, format, found(file))
			}
			if diff := cmp.Diff(headerOf(template.kind, template.framework), file.Mapping); diff != "" {
				t.Errorf("%s as %s: columns differ:\n%s", template, format, diff)
			}
		}
	}
}

func TestTemplateCSVIsAHeader(t *testing.T) {
	text := string(someTemplate{kind: domain.UploadStaff}.write(t, sheet.CSV))
	if !strings.HasPrefix(text, "\uFEFFemployee_number,staff_group,") || strings.Count(text, "\r\n") != 1 || !strings.HasSuffix(text, ",action\r\n") {
		t.Errorf("got %q", text)
	}
}

// TestTemplateExamplesLoad copies the examples onto the sheet Data, as people do.
func TestTemplateExamplesLoad(t *testing.T) {
	const top = 5 // row of the headings on Examples
	for _, template := range allTemplates(t) {
		book := openedBook(t, template.write(t, sheet.XLSX))
		rows := 0
		for ; ; rows++ {
			filled := false
			for column := range headerOf(template.kind, template.framework) {
				from, to := fmt.Sprintf("%s%d", letters(t, column), top+1+rows), fmt.Sprintf("%s%d", letters(t, column), 2+rows)
				filled = copyCell(t, book, from, to) || filled
			}
			if !filled {
				break
			}
		}
		file := template.parse(t, saved(t, book))
		wantFound(t, file)
		if rows < 3 || file.Counts.RowsRead != rows {
			t.Errorf("%s: of %d examples %d were read", template, rows, file.Counts.RowsRead)
		}
	}
}

func letters(tb testing.TB, column int) string {
	tb.Helper()
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		tb.Fatal(err)
	}
	return name
}

// copyCell copies a cell of Examples with its type to Data, and tells whether it
// holds anything.
func copyCell(t *testing.T, book *excelize.File, from, to string) bool {
	t.Helper()
	value, err := book.GetCellValue("Examples", from, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if value == "" {
		return false
	}
	kind, err := book.GetCellType("Examples", from)
	if err != nil {
		t.Fatal(err)
	}
	if kind == excelize.CellTypeInlineString {
		err = book.SetCellStr("Data", to, value)
	} else {
		err = book.SetCellDefault("Data", to, value)
	}
	style, styleErr := book.GetCellStyle("Examples", from)
	if err != nil || styleErr != nil {
		t.Fatal(err, styleErr)
	}
	if err := book.SetCellStyle("Data", to, to, style); err != nil {
		t.Fatal(err)
	}
	return true
}

// validRow is a row without faults, by column.
func (s someTemplate) validRow(number int) map[string]any {
	switch s.kind {
	case domain.UploadStaff:
		return map[string]any{"employee_number": fmt.Sprintf("E%d", number), "staff_group": "08", "fte": 1}
	case domain.UploadAssessments:
		return map[string]any{
			"employee_number": fmt.Sprintf("E%d", number), "assessed_on": "2026-10-05",
			s.framework.Competences[0].Code: 1, s.framework.Competences[1].Code: 1,
		}
	case domain.UploadPositions:
		return map[string]any{"vacancy_reference": fmt.Sprintf("V%d", number), "staff_group": "08", "fte": 1, "opened_on": "2026-10-05"}
	case domain.UploadTargets:
		longest := slices.MaxFunc(s.framework.Competences, func(a, b domain.Competence) int { return int(a.MaxLevel) - int(b.MaxLevel) })
		return map[string]any{
			"framework": s.framework.Framework, "framework_version": s.framework.Version, "competence_code": longest.Code, "level": 1,
			"valid_from": "2026-04-01",
		}
	case domain.UploadVacancies:
	}
	return map[string]any{"as_at": "2026-10-31", "staff_group": "08", "budgeted_fte": 1}
}

func TestTemplateChoicesAreUnderstood(t *testing.T) {
	for _, template := range allTemplates(t) {
		book := openedBook(t, template.write(t, sheet.XLSX))
		listed := 0
		for place, column := range headerOf(template.kind, template.framework) {
			choices, has := choicesOf(t, book, place)
			if !has {
				continue
			}
			listed++
			rows := [][]any{{}}
			names := []string{}
			for name := range template.validRow(0) {
				names = append(names, name)
			}
			if _, inRow := template.validRow(0)[column.Field]; !inRow {
				names = append(names, column.Field)
			}
			if column.Field == "status" {
				names = append(names, "closed_on")
			}
			for _, name := range names {
				rows[0] = append(rows[0], name)
			}
			for i, choice := range choices {
				row := template.validRow(i)
				row[column.Field] = choice
				if code, isRole := choice.(string); isRole && column.Field == "job_role_code" && code[0] != 'A' {
					row["staff_group"] = code[:2]
				}
				switch column.Field {
				case "domain_code":
					delete(row, "competence_code")
				case "status":
					if code, isText := choice.(string); isText && slices.Contains([]string{"08", "09", "10"}, code[:2]) {
						row["closed_on"] = "2026-10-20"
					}
				}
				values := make([]any, len(names))
				for j, name := range names {
					values[j] = row[name]
				}
				rows = append(rows, values)
			}
			file := template.parse(t, workbook(t, "Data", rows...))
			if len(file.Faults.List()) > 0 || file.Counts.RowsRead != len(choices) {
				t.Errorf("%s, %s: of %d choices %d were read, found %v", template, column.Field, len(choices), file.Counts.RowsRead, found(file))
			}
		}
		if listed < 5 {
			t.Errorf("%s: only %d columns have a list", template, listed)
		}
	}
}

// choicesOf are the values that the cells of a column of Data offer, in all the rows
// that an upload may have.
func choicesOf(t *testing.T, book *excelize.File, place int) ([]any, bool) {
	t.Helper()
	check := checkOf(t, book, place)
	if check.Type != "list" {
		return nil, false
	}
	var from, to int
	var column, other string
	if _, err := fmt.Sscanf(strings.ReplaceAll(strings.TrimPrefix(check.Formula1, "Lists!"), "$", " "), " %1s %d: %1s %d", &column, &from, &other, &to); err != nil || column != other {
		t.Fatalf("the list is %q: %v", check.Formula1, err)
	}
	var choices []any
	for row := from; row <= to; row++ {
		cell := fmt.Sprintf("%s%d", column, row)
		text, err := book.GetCellValue("Lists", cell)
		kind, kindErr := book.GetCellType("Lists", cell)
		if err != nil || kindErr != nil || text == "" {
			t.Fatalf("%s is %q: %v, %v", cell, text, err, kindErr)
		}
		if kind == excelize.CellTypeInlineString {
			choices = append(choices, text)
			continue
		}
		var number int
		if _, err := fmt.Sscan(text, &number); err != nil {
			t.Fatal(err)
		}
		choices = append(choices, number)
	}
	return choices, true
}

// checkOf is what the spreadsheet program checks in a column of Data.
func checkOf(t *testing.T, book *excelize.File, place int) *excelize.DataValidation {
	t.Helper()
	checks, err := book.GetDataValidations("Data")
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range checks {
		if want := fmt.Sprintf("%[1]s2:%[1]s%[2]d", letters(t, place), sheet.DefaultLimits().MaxRows+1); check.Sqref == want {
			return check
		}
	}
	t.Fatalf("column %s has no check in every row", letters(t, place))
	return nil
}

func TestTemplateExplainsItsColumns(t *testing.T) {
	for _, template := range allTemplates(t) {
		book := openedBook(t, template.write(t, sheet.XLSX))
		columns := map[string]sheet.Column{}
		for _, c := range append(sheet.Columns(template.kind), sheet.CompetenceColumns(template.framework)...) {
			columns[c.Name] = c
		}
		instructions := columnA(t, book, "Instructions")
		for place, column := range headerOf(template.kind, template.framework) {
			check := checkOf(t, book, place)
			want := "Optional"
			if columns[column.Field].Compulsory {
				want = "Compulsory"
			}
			if check.PromptTitle == nil || *check.PromptTitle != want || check.Prompt == nil || !strings.HasPrefix(*check.Prompt, columns[column.Field].Description) {
				t.Errorf("%s, %s: the input message is %v: %v", template, column.Field, check.PromptTitle, check.Prompt)
				continue
			}
			if n := len(utf16.Encode([]rune(*check.Prompt))); n > 255 {
				t.Errorf("%s, %s: the input message has %d characters", template, column.Field, n)
			}
			if check.Type != "" && (check.Error == nil || *check.Error == "" || len(*check.Error) > 225) {
				t.Errorf("%s, %s: the error message is %v", template, column.Field, check.Error)
			}
			if template.framework.Framework == "" && !strings.Contains(instructions, "\n"+column.Field+"\n") {
				t.Errorf("%s: the instructions do not list %s", template, column.Field)
			}
		}
		for _, want := range []string{"Template version 1", "1.2.3", "250,000 rows", "National Insurance number", "31/10/2026"} {
			if !strings.Contains(instructions, want) {
				t.Errorf("%s: the instructions lack %q", template, want)
			}
		}
	}
}
