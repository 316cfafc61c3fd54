package apitest_test

import (
	"bytes"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/report/check"
	"skillstracker/domain"
)

// workbookTables are the tables of a workbook by sheet: rows of cells by header, notes
// and units left out of the headers.
type workbookTables map[string][]map[string]string

// report asks for a report, holds it to the rules and reads its tables.
func (s service) report(t *testing.T, token, question string) workbookTables {
	t.Helper()
	answer := s.get(t, token, "/api/v1/reports/"+question)
	content := s.want(t, http.StatusOK, answer)
	result, err := check.File(t.Context(), bytes.NewReader(content), int64(len(content)), "report.xlsx", check.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, breach := range result.Unwaived() {
		t.Errorf("%s: %s %s!%s: %s", question, breach.Rule, breach.Sheet, breach.Cell, breach.Message)
	}
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	tables := workbookTables{}
	for _, sheet := range book.GetSheetList()[3:] {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		found, err := book.GetTables(sheet)
		if err != nil || len(found) != 1 {
			t.Fatalf("%s has %d tables, %v", sheet, len(found), err)
		}
		_, first, err := excelize.CellNameToCoordinates(strings.Split(found[0].Range, ":")[0])
		if err != nil {
			t.Fatal(err)
		}
		tables[sheet] = []map[string]string{}
		for _, row := range rows[first:] {
			cells := map[string]string{}
			for i, header := range rows[first-1] {
				cells[plainHeader(header)] = row[i]
			}
			tables[sheet] = append(tables[sheet], cells)
		}
	}
	return tables
}

// plainHeader leaves notes and the unit out of a header.
func plainHeader(header string) string {
	parts := regexp.MustCompile(`(\s*\[note \d+\])+$|\s*\([^()]*\)(\s*\[note \d+\])*$`)
	return strings.Join(strings.Fields(parts.ReplaceAllString(header, "")), " ")
}

// field is a figure of the totals endpoints and what it is multiplied by in a workbook.
type field struct {
	name   string
	factor float64
}

func postFields() map[string]field {
	return map[string]field{
		"Budgeted FTE": {"budgeted_fte", 1}, "Contracted FTE": {"contracted_fte", 1}, "Vacancy FTE": {"vacancy_fte", 1},
		"Establishment vacancy rate": {"establishment_vacancy_rate", 100}, "Bank FTE": {"bank_fte", 1}, "Agency FTE": {"agency_fte", 1},
		"Temporary cover": {"temporary_cover", 100}, "Advertised posts": {"advertised_posts", 1}, "Reported vacancies": {"reported_vacancies", 1},
		"Reported vacancy rate": {"reported_vacancy_rate", 100}, "Staff headcount": {"staff_headcount", 1},
		"Organisations reporting": {"organisations_reporting", 1}, "Organisations expected": {"organisations_expected", 1},
	}
}

func positionFields() map[string]field {
	return map[string]field{"Open posts": {"open_posts", 1}, "Median days open": {"median_days_open", 1}, "Longest days open": {"longest_days_open", 1}}
}

func skillFields() map[string]field {
	return map[string]field{
		"Organisations with a staff list": {"organisations_with_staff_list", 1}, "Staff in post": {"staff_in_post", 1},
		"Completion rate": {"completion_rate", 100}, "Share at or above target": {"share_at_or_above_target", 100},
	}
}

func digitalFields() map[string]field {
	return map[string]field{"Digital vacancy FTE": {"vacancy_fte", 1}, "Digital vacancy rate": {"establishment_vacancy_rate", 100}}
}

// shownAs writes a value of a totals row as a workbook shows it.
func shownAs(row map[string]any, f field) string {
	switch value := row[f.name].(type) {
	case float64:
		return strconv.FormatFloat(value*f.factor, 'f', -1, 64)
	case nil:
		status, _ := row["status"].(map[string]any)
		return fmt.Sprintf("[%v]", status[f.name])
	default:
		return fmt.Sprint(value)
	}
}

// sameCell compares a cell with what it should be; numbers but for the noise of binary
// fractions.
func sameCell(got, want string) bool {
	a, errA := strconv.ParseFloat(got, 64)
	b, errB := strconv.ParseFloat(want, 64)
	if errA == nil && errB == nil {
		return math.Abs(a-b) < 1e-7
	}
	return got == want
}

// agree compares a sheet with rows of totals, cell by cell. Labels say which column holds
// which dimension; a row of totals that is not in the sheet, and a row of the sheet that
// is in no totals, are errors. It returns how many cells were compared.
func (w workbookTables) agree(t *testing.T, what, sheet string, labels map[string]string, fields map[string]field, rows []map[string]any) int {
	t.Helper()
	key := func(of func(header, dimension string) string) string {
		var parts []string
		for header, dimension := range labels {
			parts = append(parts, header+"="+of(header, dimension))
		}
		slices.Sort(parts)
		return strings.Join(parts, " ")
	}
	shown := map[string]map[string]string{}
	for _, row := range w[sheet] {
		shown[key(func(header, _ string) string { return row[header] })] = row
	}
	compared := 0
	for _, row := range rows {
		label := key(func(_, dimension string) string {
			text, _ := row[dimension].(string)
			if date, err := domain.ParseDate(text); err == nil {
				return strconv.Itoa(int(date) + 25569)
			}
			switch text {
			case "":
				return "[x]"
			case "yes":
				return "Yes"
			case "no":
				return "No"
			case "not_stated":
				return "Not stated"
			}
			return text
		})
		cells, found := shown[label]
		if !found {
			t.Errorf("%s: %s has no row %s", what, sheet, label)
			continue
		}
		for header, f := range fields {
			got, there := cells[header]
			if !there {
				continue
			}
			if want := shownAs(row, f); !sameCell(got, want) {
				t.Errorf("%s: %s, %s: %s is %s, totals say %s", what, sheet, label, header, got, want)
			}
			compared++
		}
	}
	if compared == 0 {
		t.Errorf("%s: no cell of %s was compared", what, sheet)
	}
	return compared
}
