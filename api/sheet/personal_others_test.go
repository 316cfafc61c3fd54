package sheet_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// besideData is a workbook with a staff list and another sheet.
func besideData(t *testing.T, name string, rows [][]any) []byte {
	t.Helper()
	staff := [][]any{{"employee_number", "staff_group", "fte"}, {"E1", "08", 1}}
	return saved(t, bookOf(t, "Data", staff, name, rows))
}

func TestOtherSheetsAreLookedAt(t *testing.T) {
	tests := map[string]struct {
		name string
		rows [][]any
		want []string
	}{
		"headings":                  {"Old list", [][]any{{"Something"}, {"Band", "NI number"}}, []string{"personal_data_column 0 Column B"}},
		"values":                    {"Old list", [][]any{{"x"}, {nil, nil, syntheticEmail}}, []string{"personal_data_value 0 Column C"}},
		"numbers":                   {"Old list", [][]any{{9990000018}}, []string{"personal_data_value 0 Column A"}},
		"name of the sheet":         {syntheticEmail, [][]any{{"x"}}, []string{"personal_data_sheet_name 0"}},
		"instructions that explain": {"Instructions", [][]any{{"Never send"}, {"Date of birth", "refused"}, {"Ask", "help@example.org"}}, nil},
		"instructions that hold":    {"Instructions", [][]any{{syntheticNI}}, []string{"personal_data_value 0 Column A"}},
		"a list under a false name": {"Lists", [][]any{{"Employee number", "Surname", "Band"}}, []string{"personal_data_column 0 Column B"}},
		"nothing":                   {"Pivot", [][]any{{"Staff group", "Count"}, {"Students", 5}}, []string{"sheet_chosen 0"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			file := parseBytes(t, besideData(t, test.name, test.rows), options(t, domain.UploadStaff))
			if test.want == nil || strings.HasPrefix(test.want[0], "sheet_chosen") {
				wantFound(t, file, test.want...)
				return
			}
			wantRefused(t, file, test.want...)
			where := file.Faults.List()[0].Sheet
			if want := strings.Replace(test.name, syntheticEmail, "Sheet 2", 1); where != want {
				t.Errorf("the finding names sheet %q, want %q", where, want)
			}
		})
	}
}

// A sheet that is not read is searched to its last row and column, however long.
func TestOtherSheetsAreSearchedWhole(t *testing.T) {
	for name, value := range map[string]any{
		"NI number": syntheticNI, "NHS number": 9990000018, "NHS number in groups": "999 000 0018", "e-mail": syntheticEmail,
	} {
		for _, last := range []int{11, 82, 5000} {
			rows := slices.Repeat([][]any{{"Band", "Count"}}, last)
			rows[last-1] = []any{"5", value}
			file := parseBytes(t, besideData(t, "Pivot", rows), options(t, domain.UploadStaff))
			wantRefused(t, file, "personal_data_value 0 Column B")
			if text := file.Faults.List()[0].Message; !strings.Contains(text, fmt.Sprintf("Row %d:", last)) {
				t.Errorf("%s in row %d: the finding says %s", name, last, text)
			}
		}
	}
	wide := make([]any, 300)
	wide[299] = syntheticNI
	wantRefused(t, parseBytes(t, besideData(t, "Pivot", append(slices.Repeat([][]any{{"x"}}, 20), wide)), options(t, domain.UploadStaff)), "personal_data_value 0 Column KN")
	// Words that head a column of personal data say nothing further down.
	rows := append(slices.Repeat([][]any{{"Band", "Count"}}, 20), []any{"Gender", "Age", "Name"})
	wantFound(t, parseBytes(t, besideData(t, "Pivot", rows), options(t, domain.UploadStaff)), "sheet_chosen 0")
	// The limits of rows are those of the sheet that is read.
	opts := options(t, domain.UploadStaff)
	opts.Limits.MaxRows = 10
	wantFound(t, parseBytes(t, besideData(t, "Pivot", rows), opts), "sheet_chosen 0")
}

// Of employee numbers of ten digits some look like NHS numbers by chance.
func TestEmployeeNumbersOnOtherSheets(t *testing.T) {
	rows := [][]any{{"Copy"}, {"Employee Number", "Staff group"}}
	for i := range 200 {
		rows = append(rows, []any{fmt.Sprintf("40000%05d", i*7), "08"})
	}
	wantFound(t, parseBytes(t, besideData(t, "Copy", rows), options(t, domain.UploadStaff)), "sheets_several 0", "sheet_chosen 0")
	rows = rows[:2]
	for _, number := range passing(3) {
		rows = append(rows, []any{number, "08"})
	}
	file := parseBytes(t, besideData(t, "Copy", rows), options(t, domain.UploadStaff))
	wantRefused(t, file, "personal_data_employee_numbers 0 Column A")
}

// So do references of vacancies, wherever a list of them stands.
func TestReferencesOnOtherSheets(t *testing.T) {
	rows := [][]any{{"Vacancy ref", "Date opened", "Staff group"}}
	for i := range 200 {
		rows = append(rows, []any{fmt.Sprintf("40000%05d", i*7), "2026-08-05", "08"})
	}
	wantFound(t, parseBytes(t, besideData(t, "Vacancies", rows), options(t, domain.UploadStaff)), "sheet_chosen 0")
	rows = rows[:1]
	for _, number := range passing(3) {
		rows = append(rows, []any{number, "2026-08-05", "08"})
	}
	file := parseBytes(t, besideData(t, "Vacancies", rows), options(t, domain.UploadStaff))
	wantRefused(t, file, "personal_data_vacancy_references 0 Column A")
}

// A sender who gave up is not kept waiting by a long sheet that is not read.
func TestSearchOfOtherSheetsEndsWithTheRequest(t *testing.T) {
	data := besideData(t, "Pivot", slices.Repeat([][]any{{"x"}}, 10))
	ctx, giveUp := context.WithCancel(t.Context())
	giveUp()
	if _, err := sheet.Parse(ctx, source(data), options(t, domain.UploadStaff), realLists(t)); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "other sheets") {
		t.Errorf("got %v", err)
	}
}
