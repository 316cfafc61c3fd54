package sheet_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

func allFormats() []sheet.Format { return []sheet.Format{sheet.CSV, sheet.XLSX, sheet.JSON} }

func allKinds() []domain.UploadKind {
	return []domain.UploadKind{
		domain.UploadStaff, domain.UploadAssessments, domain.UploadVacancies, domain.UploadPositions, domain.UploadTargets,
	}
}

func dataOptions(tb testing.TB, kind domain.UploadKind, framework string) sheet.DataOptions {
	tb.Helper()
	opts := sheet.DataOptions{
		Kind: kind, Lists: realLists(tb), Organisation: "RRK", Version: "1.2.3", Limits: sheet.DefaultLimits(),
	}
	if kind == domain.UploadAssessments {
		opts.Framework = frameworkNamed(tb, framework)
	}
	return opts
}

// rowsOf are the rows of a file of one kind.
type rowsOf struct {
	Staff       []domain.StaffRow
	Assessments []domain.AssessmentRow
	Vacancies   []domain.VacancyRow
	Positions   []domain.PositionRow
	Targets     []domain.TargetRow
}

// written writes a data file.
func written(format sheet.Format, opts sheet.DataOptions, rows rowsOf) ([]byte, error) {
	var out bytes.Buffer
	writer, err := sheet.NewDataWriter(&out, format, opts)
	if err != nil {
		return nil, err
	}
	for _, row := range rows.Staff {
		if err := writer.Staff(row); err != nil {
			return nil, err
		}
	}
	for _, row := range rows.Assessments {
		if err := writer.Assessment(row); err != nil {
			return nil, err
		}
	}
	for _, row := range rows.Vacancies {
		if err := writer.Vacancy(row); err != nil {
			return nil, err
		}
	}
	for _, row := range rows.Positions {
		if err := writer.Position(row); err != nil {
			return nil, err
		}
	}
	for _, row := range rows.Targets {
		if err := writer.Target(row); err != nil {
			return nil, err
		}
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// rowsRead are the rows of a file that was parsed, without their numbers. Needs that
// nobody gave are the same as no needs.
func rowsRead(file domain.UploadFile) rowsOf {
	rows := rowsOf{
		Staff: file.Staff, Assessments: file.Assessments.Rows, Vacancies: file.Vacancies, Positions: file.Positions, Targets: file.Targets,
	}
	for i := range rows.Staff {
		rows.Staff[i].Row = 0
	}
	for i := range rows.Assessments {
		row := &rows.Assessments[i]
		row.Row, row.FileRows = 0, 0
		row.Needs = givenNeeds(row.Needs)
	}
	for i := range rows.Vacancies {
		rows.Vacancies[i].Row = 0
	}
	for i := range rows.Positions {
		rows.Positions[i].Row = 0
	}
	for i := range rows.Targets {
		rows.Targets[i].Row = 0
	}
	return rows
}

func givenNeeds(needs []domain.Level) []domain.Level {
	if slices.ContainsFunc(needs, func(l domain.Level) bool { return l != domain.NotAssessed }) {
		return needs
	}
	return nil
}

func TestDataFilesHaveTheTemplatesColumns(t *testing.T) {
	for _, kind := range allKinds() {
		for _, format := range allFormats() {
			opts := dataOptions(t, kind, "digcomp")
			data, err := written(format, opts, oneRow(t, kind))
			if err != nil {
				t.Fatalf("%s as %s: %v", kind, format, err)
			}
			parsed := options(t, kind)
			parsed.Framework, parsed.FrameworkVersion = opts.Framework.Framework, opts.Framework.Version
			file := parseBytes(t, data, parsed)
			if diff := cmp.Diff(headerOf(kind, opts.Framework), file.Mapping); diff != "" {
				t.Errorf("%s as %s: columns differ:\n%s", kind, format, diff)
			}
			wantFound(t, file)
		}
	}
}

// headerOf is the mapping of a file that has the columns of the template.
func headerOf(kind domain.UploadKind, framework domain.FrameworkVersion) []domain.MappedColumn {
	var mapped []domain.MappedColumn
	for _, column := range sheet.Columns(kind) {
		if column.Extra {
			continue
		}
		mapped = append(mapped, domain.MappedColumn{Header: column.Name, Field: column.Name})
		if column.Name == "framework_version" && kind == domain.UploadAssessments {
			for _, c := range sheet.CompetenceColumns(framework) {
				mapped = append(mapped, domain.MappedColumn{Header: c.Name, Field: c.Name})
			}
		}
	}
	return mapped
}

// oneRow is a row of a kind, of digcomp if it is an assessment.
func oneRow(t *testing.T, kind domain.UploadKind) rowsOf {
	t.Helper()
	const none = domain.NotGiven
	switch kind {
	case domain.UploadStaff:
		left := onDay(t, "2026-09-30")
		return rowsOf{Staff: []domain.StaffRow{{
			EmployeeNumber: "00123", StaffGroup: "08", JobRole: none, Band: "5", AreaOfWork: none, Team: "=1+1", ContractType: none,
			FTE: 60_000, AsAt: onDay(t, "2026-10-31"), LeftOn: &left,
		}}}
	case domain.UploadAssessments:
		levels := make([]domain.Level, len(frameworkNamed(t, "digcomp").Competences))
		levels[0], levels[1] = domain.NotApplicable, domain.NotAssessed
		return rowsOf{Assessments: []domain.AssessmentRow{{
			EmployeeNumber: "-5", AssessedOn: onDay(t, "2026-10-05"), AssessorKind: domain.AssessorSelf, Levels: levels,
			StaffGroup: none, JobRole: none, Band: none,
		}}}
	case domain.UploadPositions:
		return rowsOf{Positions: []domain.PositionRow{somePosition(onDay(t, "2026-08-05"))}}
	case domain.UploadTargets:
		row := someTarget(frameworkNamed(t, "digcomp"), onDay(t, "2026-04-01"))
		row.Key.Competence, row.Level = "1.1", nil
		return rowsOf{Targets: []domain.TargetRow{row}}
	case domain.UploadVacancies:
	}
	return rowsOf{Vacancies: []domain.VacancyRow{{
		Key:      domain.VacancyKey{Month: onDay(t, "2026-10-31"), StaffGroup: "08", JobRole: none, Band: none, AreaOfWork: none},
		Measures: domain.VacancyMeasures{Budgeted: domain.Measure{State: domain.Known, Value: 1_250_000}, Bank: domain.Measure{State: domain.DontKnow}},
	}}}
}

// somePosition is a vacancy that gives the compulsory columns alone, under a reference
// that a spreadsheet would run.
func somePosition(opened domain.Date) domain.PositionRow {
	const none = domain.NotGiven
	return domain.PositionRow{
		Reference: "=004711", StaffGroup: "08", JobRole: none, Band: none, AreaOfWork: none, Posts: 1, FTE: domain.FTEUnit, OpenedOn: opened, Status: none,
	}
}

// someTarget is a target of level 1 for everybody of the first competence.
func someTarget(framework domain.FrameworkVersion, from domain.Date) domain.TargetRow {
	const none = domain.NotGiven
	level := domain.Level(1)
	return domain.TargetRow{FrameworkID: framework.ID, Level: &level, Key: domain.TargetKey{
		Framework: framework.Framework, Version: framework.Version, Competence: framework.Competences[0].Code, Domain: none,
		JobRole: none, StaffGroup: none, Band: none, ValidFrom: from,
	}}
}

func TestDataCSV(t *testing.T) {
	for kind, want := range map[domain.UploadKind]string{
		domain.UploadStaff: "\uFEFFemployee_number,staff_group,job_role_code,band,area_of_work,team,fte,contract_type,as_at,started_on,left_on,action\r\n" +
			"00123,08,,5,,'=1+1,0.6,,2026-10-31,,2026-09-30,\r\n",
		domain.UploadVacancies: "\uFEFFas_at,staff_group,job_role_code,band,area_of_work,budgeted_fte,contracted_fte,bank_fte,agency_fte," +
			"reported_vacancies,advertised_posts,staff_headcount,action\r\n2026-10-31,08,,,,12.5,,Don't know,,,,,\r\n",
		domain.UploadPositions: "\uFEFFvacancy_reference,staff_group,job_role_code,band,area_of_work,team,posts,fte,opened_on,closed_on,status,action\r\n" +
			"'=004711,08,,,,,1,1,2026-08-05,,,\r\n",
		domain.UploadTargets: "\uFEFFframework,framework_version,competence_code,domain_code,level,job_role_code,staff_group,band,valid_from,action\r\n" +
			"digcomp,3.0,1.1,,,,,,2026-04-01,\r\n",
	} {
		data, err := written(sheet.CSV, dataOptions(t, kind, ""), oneRow(t, kind))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, string(data)); diff != "" {
			t.Errorf("%s differs:\n%s", kind, diff)
		}
	}
}

func TestDataJSON(t *testing.T) {
	data, err := written(sheet.JSON, dataOptions(t, domain.UploadAssessments, "digcomp"), oneRow(t, domain.UploadAssessments))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Rows []map[string]any `json:"rows"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	row := file.Rows[0]
	for name, want := range map[string]any{
		"employee_number": "-5", "assessed_on": "2026-10-05", "framework_version": "3.0",
		"1.1": "N/A", "1.2": nil, "1.3": 0.0, "1.1_need": nil, "band": nil,
	} {
		if got, has := row[name]; !has || got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestDataWorkbook(t *testing.T) {
	opts := dataOptions(t, domain.UploadStaff, "")
	known := time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)
	opts.Synthetic, opts.KnownAt = true, &known
	data, err := written(sheet.XLSX, opts, oneRow(t, domain.UploadStaff))
	if err != nil {
		t.Fatal(err)
	}
	book := openedBook(t, data)
	if got := book.GetSheetList(); !slices.Equal(got, []string{"Data", "About"}) {
		t.Errorf("sheets are %v", got)
	}
	for cell, want := range map[string]excelize.CellType{
		"A2": excelize.CellTypeInlineString, "D2": excelize.CellTypeInlineString, "F2": excelize.CellTypeInlineString,
		"G2": excelize.CellTypeUnset, "I2": excelize.CellTypeUnset,
	} {
		if got, err := book.GetCellType("Data", cell); err != nil || got != want {
			t.Errorf("%s has type %v, %v; want %v", cell, got, err, want)
		}
		if formula, err := book.GetCellFormula("Data", cell); err != nil || formula != "" {
			t.Errorf("%s is a formula: %q, %v", cell, formula, err)
		}
	}
	if shown, err := book.GetCellValue("Data", "I2"); err != nil || shown != "2026-10-31" {
		t.Errorf("the date is shown as %q, %v", shown, err)
	}
	about := columnA(t, book, "About")
	for _, want := range []string{"Synthetic data", "RRK", "31 Oct 2026 at 12:00:00 UTC", "staff"} {
		if !strings.Contains(about, want) {
			t.Errorf("About lacks %q:\n%s", want, about)
		}
	}
	properties, err := book.GetDocProps()
	if err != nil || properties.Language != "en-GB" || properties.Title == "" || !strings.Contains(properties.Keywords, "synthetic") {
		t.Errorf("properties are %+v, %v", properties, err)
	}
	if properties.Created != "" || properties.Modified != "" {
		t.Errorf("a time is claimed that nobody gave: %s, %s", properties.Created, properties.Modified)
	}
}

// madeAt is the time that workbooks of tests say of themselves.
func madeAt() time.Time { return time.Date(2026, 11, 3, 14, 5, 0, 0, time.UTC) }

func openedBook(tb testing.TB, data []byte) *excelize.File {
	tb.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := book.Close(); err != nil {
			tb.Error(err)
		}
	})
	return book
}

// columnA is the text of column A, a line for each row.
func columnA(tb testing.TB, book *excelize.File, name string) string {
	tb.Helper()
	var lines []string
	for row := 1; row <= 60; row++ {
		text, err := book.GetCellValue(name, fmt.Sprintf("A%d", row))
		if err != nil {
			tb.Fatal(err)
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}
