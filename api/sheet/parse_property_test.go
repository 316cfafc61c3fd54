package sheet_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"skillstracker/domain"
)

// asText writes a value as it would be typed into a CSV file.
func asText(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return v.Format("02/01/2006")
	}
	return fmt.Sprint(value)
}

// cellsOf are values for each column, good and bad, that mean the same in a CSV
// file and in a workbook.
func cellsOf(t *testing.T) map[domain.UploadKind]map[string][]any {
	t.Helper()
	day := func(text string) any { return onDay(t, text).Time() }
	codes := map[string][]any{
		"staff_group":   {"08", 8, "8", "Students", nil, "x", 0, 11, "Nursing & Midwifery Registered"},
		"job_role_code": {"08014", "Analyst", "Manager", nil, "03007", "08028", "x", "–", " analyst "},
		"band":          {"8a", 5, "5", "Band 7", "vsm", nil, 8, "x"},
		"area_of_work":  {"A326", "Informatics", "Coding", nil, "x", "Corporate > Informatics > Coding"},
		"team":          {"Ward 5", 5, "Café", nil, "two\nlines", " x "},
		"action":        {nil, nil, nil, "remove", "x"},
	}
	staff := map[string][]any{
		"employee_number": {"E1", "00012", nil, "É-2"},
		"fte":             {1, 0.6, "0.6", 0, 2.5, nil, "x", -1, 0.12345, 12.123456},
		"contract_type":   {"05", 5, "Bank", nil, "x"},
		"as_at":           {day("2026-10-31"), "2026-10-31", "31/10/2026", nil, day("2026-10-30")},
		"started_on":      {day("2020-02-29"), "29/02/2020", nil, "x", "30/02/2020", "01/01/20"},
		"left_on":         {day("2027-02-28"), nil, "2019-12-31"},
	}
	assessments := map[string][]any{
		"employee_number": {"E1", "00012", nil, "É-2"},
		"assessed_on":     {day("2026-10-31"), "2026-10-31", nil, "x", day("2027-01-01"), day("2001-01-01")},
		"assessor_kind":   {"self", "Manager", nil, "x"},
		"CCP":             {0, 1, 4, 5, "2", "Level 3", "N/A", nil, "x", 1.5, -1},
		"TEC":             {3, nil, "na"},
		"TEC_need":        {4, nil, "not assessed"},
	}
	vacancies := map[string][]any{
		"as_at":              {day("2026-10-31"), "Oct 2026", "2026-09", nil, day("2026-10-30"), day("2026-11-30")},
		"budgeted_fte":       {1234.5, 0, "None", "Don't know", nil, "x", -1, 1e7},
		"reported_vacancies": {12, 999, "none", "Don’t know", nil, 1.5, "x"},
	}
	positions := map[string][]any{
		"vacancy_reference": {"201-DIG-0042", "004711", nil, "two words", "É-2", "x\u200By"},
		"posts":             {1, 2, "3", nil, 0, 1000, -1, 1.5, "x"},
		"fte":               {1, 0.6, "2.6", 0, 37.5, nil, "x", -1, 0.533333333},
		"opened_on":         {day("2026-08-05"), "2026-08-05", "05/08/2026", nil, day("2026-12-01"), day("2016-08-05"), "x"},
		"closed_on":         {day("2026-10-20"), "20/10/2026", nil, nil, day("2026-01-01"), day("2026-12-01"), "31/02/2026"},
		"status":            {"01", 9, "9", "Filled", "on hold", nil, "05", 13, "x"},
	}
	targets := map[string][]any{
		"framework":         {"hdc", "DigComp", "digcomp", nil, "x"},
		"framework_version": {"2018", 2018, "3.0", 3, nil},
		"competence_code":   {"TEC", "Technical proficiency", 5.4, "1.1", nil, nil, "x"},
		"domain_code":       {nil, nil, "TEC", 2, "Communication and collaboration", "–", "x"},
		"level":             {0, 4, 5, "2", "Level 3", nil, "N/A", 1.5, -1, "not assessed"},
		"valid_from":        {day("2026-04-01"), "2027-04-01", "01/04/2026", nil, day("2062-04-01"), "x"},
	}
	for _, column := range []string{"staff_group", "job_role_code", "band", "area_of_work", "action"} {
		for _, columns := range []map[string][]any{staff, assessments, vacancies, positions, targets} {
			columns[column] = codes[column]
		}
	}
	staff["team"], assessments["team"], positions["team"] = codes["team"], codes["team"], codes["team"]
	delete(assessments, "area_of_work")
	delete(targets, "area_of_work")
	return map[domain.UploadKind]map[string][]any{
		domain.UploadStaff: staff, domain.UploadAssessments: assessments, domain.UploadVacancies: vacancies,
		domain.UploadPositions: positions, domain.UploadTargets: targets,
	}
}

func TestCSVAndWorkbookGiveTheSameRows(t *testing.T) {
	all := cellsOf(t)
	kinds := allKinds()
	rapid.Check(t, func(rt *rapid.T) {
		kind := rapid.SampledFrom(kinds).Draw(rt, "kind")
		columns := make([]string, 0, len(all[kind]))
		for column := range all[kind] {
			columns = append(columns, column)
		}
		slices.Sort(columns)
		header := make([]any, len(columns))
		for i, column := range columns {
			header[i] = column
		}
		rows := [][]any{header}
		for range rapid.IntRange(0, 8).Draw(rt, "rows") {
			row := make([]any, len(columns))
			if !rapid.Bool().Draw(rt, "blank") || rapid.Bool().Draw(rt, "really") {
				for i, column := range columns {
					row[i] = rapid.SampledFrom(all[kind][column]).Draw(rt, column)
				}
			}
			rows = append(rows, row)
		}
		var text bytes.Buffer
		writer := csv.NewWriter(&text)
		for _, row := range rows {
			line := make([]string, len(row))
			for i, value := range row {
				line[i] = asText(value)
			}
			if err := writer.Write(line); err != nil {
				rt.Fatal(err)
			}
		}
		writer.Flush()
		opts := options(t, kind)
		fromText := parseBytes(t, text.Bytes(), opts)
		fromBook := parseBytes(t, workbook(t, "Data", rows...), opts)
		if a, b := found(fromText), found(fromBook); !slices.Equal(a, b) {
			rt.Fatalf("CSV has\n%v\nthe workbook\n%v", a, b)
		}
		fromBook.Assessments.Sheet = ""
		for name, pair := range map[string][2]any{
			"staff":       {fromText.Staff, fromBook.Staff},
			"assessments": {fromText.Assessments, fromBook.Assessments},
			"vacancies":   {fromText.Vacancies, fromBook.Vacancies},
			"positions":   {fromText.Positions, fromBook.Positions},
			"targets":     {fromText.Targets, fromBook.Targets},
			"mapping":     {fromText.Mapping, fromBook.Mapping},
			"counts":      {fromText.Counts, fromBook.Counts},
			"blank":       {fromText.Blank, fromBook.Blank},
			"as at":       {fromText.AsAt, fromBook.AsAt},
		} {
			if !reflect.DeepEqual(pair[0], pair[1]) {
				rt.Fatalf("%s: CSV has\n%+v\nthe workbook\n%+v", name, pair[0], pair[1])
			}
		}
	})
}
