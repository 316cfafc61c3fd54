package demodata_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/domain"
)

// today is the day on which the files of the tests are sent.
func today() domain.Date { return domain.NewDate(2026, 11, 22) }

// organisations are those whose HR sends files.
func organisations(t *testing.T) []domain.OrganisationEntry {
	t.Helper()
	file, _ := demodata.Organisations()
	entries, findings, err := sheet.ReadOrganisations(t.Context(), bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if findings.Errors()+findings.Warnings() > 0 {
		t.Fatalf("the file of organisations has findings: %v", findings.List())
	}
	// A site sends no files: its provider answers for it.
	return slices.DeleteFunc(entries, func(entry domain.OrganisationEntry) bool { return entry.Kind == domain.KindCareSite })
}

func organisation(t *testing.T, code string) domain.OrganisationEntry {
	t.Helper()
	for _, entry := range organisations(t) {
		if entry.Code == code {
			return entry
		}
	}
	t.Fatalf("the demonstration has no organisation %s", code)
	return domain.OrganisationEntry{}
}

// once remembers what costs time: the files of the organisations that tests have
// asked for, and their rows.
var once sync.Map

// remembered returns what work returns, which is called once for each key.
func remembered[T any](t *testing.T, key string, work func() (T, error)) T {
	t.Helper()
	kept, _ := once.LoadOrStore(key, sync.OnceValues(work))
	found, ok := kept.(func() (T, error))
	if !ok {
		t.Fatalf("%s is remembered as something else", key)
	}
	value, err := found()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// files returns the files of an organisation.
func files(t *testing.T, entry domain.OrganisationEntry) []demodata.File {
	t.Helper()
	return remembered(t, entry.Code, func() ([]demodata.File, error) {
		return demodata.Files(demodata.Seed, today(), entry)
	})
}

// records reads a file back: each row as a map from heading to text.
func records(t *testing.T, file demodata.File) []map[string]string {
	t.Helper()
	rows := remembered(t, file.Organisation+"/"+file.Name, func() ([][]string, error) { return readRows(file) })
	if len(rows)-1 != file.Rows {
		t.Fatalf("%s %s holds %d rows, not %d", file.Organisation, file.Name, len(rows)-1, file.Rows)
	}
	found := make([]map[string]string, 0, file.Rows)
	for _, row := range rows[1:] {
		cells := make(map[string]string, len(row))
		for i, cell := range row {
			cells[rows[0][i]] = cell
		}
		found = append(found, cells)
	}
	return found
}

func readRows(file demodata.File) (rows [][]string, err error) {
	if !strings.HasSuffix(file.Name, ".xlsx") {
		return csv.NewReader(bytes.NewReader(file.Content)).ReadAll()
	}
	book, err := excelize.OpenReader(bytes.NewReader(file.Content))
	if err != nil {
		return nil, err
	}
	rows, err = book.GetRows("Data")
	return rows, errors.Join(err, book.Close())
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestSameSeedSameBytes(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"RYV", "A9ZZ"} {
		first := files(t, organisation(t, code))
		second, err := demodata.Files(demodata.Seed, today(), organisation(t, code))
		if err != nil {
			t.Fatal(err)
		}
		other, err := demodata.Files(demodata.Seed+1, today(), organisation(t, code))
		if err != nil {
			t.Fatal(err)
		}
		for i := range first {
			if !bytes.Equal(first[i].Content, second[i].Content) {
				t.Errorf("%s %s is not the same twice", code, first[i].Name)
			}
			if first[i].Kind != domain.UploadTargets && bytes.Equal(first[i].Content, other[i].Content) {
				t.Errorf("%s %s does not depend on the seed", code, first[i].Name)
			}
		}
	}
}

func TestOrderAndDates(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		today, last domain.Date
	}{
		"in a month":           {domain.NewDate(2026, 11, 22), domain.NewDate(2026, 10, 31)},
		"on a month end":       {domain.NewDate(2026, 11, 30), domain.NewDate(2026, 10, 31)},
		"after a month end":    {domain.NewDate(2026, 12, 1), domain.NewDate(2026, 11, 30)},
		"in a leap year":       {domain.NewDate(2028, 3, 1), domain.NewDate(2028, 2, 29)},
		"at the turn of years": {domain.NewDate(2027, 1, 1), domain.NewDate(2026, 12, 31)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dates := demodata.DatesOf(test.today)
			if dates.LastList != test.last || dates.Months[11] != test.last || len(dates.Months) != 12 {
				t.Fatalf("got %v", dates)
			}
			for i, month := range dates.Months {
				if !month.IsMonthEnd() || i > 0 && month != (dates.Months[i-1]+1).MonthEnd() {
					t.Errorf("month %d is %v", i, month)
				}
			}
			made, err := demodata.Files(demodata.Seed, test.today, organisation(t, "RYV"))
			if err != nil {
				t.Fatal(err)
			}
			kinds := make([]domain.UploadKind, 0, len(made))
			for _, file := range made {
				kinds = append(kinds, file.Kind)
			}
			want := slices.Concat(
				slices.Repeat([]domain.UploadKind{domain.UploadStaff}, 2),
				[]domain.UploadKind{domain.UploadTargets},
				slices.Repeat([]domain.UploadKind{domain.UploadAssessments}, 3),
				slices.Repeat([]domain.UploadKind{domain.UploadVacancies}, 12),
				[]domain.UploadKind{domain.UploadPositions},
			)
			if !slices.Equal(kinds, want) {
				t.Errorf("the kinds are %v", kinds)
			}
		})
	}
}

// TestCodesAreOfTheReferenceLists compares every code with the lists that the
// migrations seed: no current one is missing and no retired one is used.
func TestCodesAreOfTheReferenceLists(t *testing.T) {
	t.Parallel()
	seeds, err := os.ReadFile(filepath.Join("..", "..", "..", "migrations", "00003_seed_reference_lists.sql"))
	if err != nil {
		t.Fatal(err)
	}
	roles, areas, bands := make(map[string]bool), make(map[string]bool), make(map[string]bool)
	for _, found := range regexp.MustCompile(`\('(\d{5}|ASC\d\d)', '(?:[^']|'')*'(?:, true)?\)`).FindAllStringSubmatch(string(seeds), -1) {
		roles[found[1]] = true
	}
	for _, found := range regexp.MustCompile(`\('A\d{3}', '([^']*)', '([^']*)', '([^']*)'\)`).FindAllStringSubmatch(string(seeds), -1) {
		areas[found[1]+" > "+found[2]+" > "+found[3]] = true
	}
	for _, found := range regexp.MustCompile(`\('([^']{1,5})', '[^']*', \d+\)`).FindAllStringSubmatch(string(seeds), -1) {
		bands[found[1]] = true
	}
	if len(roles) < 200 || len(areas) < 250 || len(bands) < 15 {
		t.Fatalf("only %d roles, %d areas and %d bands were found", len(roles), len(areas), len(bands))
	}
	for _, entry := range organisations(t) {
		for _, file := range files(t, entry) {
			for i, row := range records(t, file) {
				role, group, area := row["job_role_code"], row["staff_group"], row["area_of_work"]
				switch {
				case role != "" && !roles[role]:
					t.Errorf("%s %s row %d: no job role %q", entry.Code, file.Name, i+2, role)
				case role != "" && !strings.HasPrefix(role, "ASC") && !strings.HasPrefix(role, group):
					t.Errorf("%s %s row %d: job role %s is not of staff group %s", entry.Code, file.Name, i+2, role, group)
				case area != "" && !areas[area]:
					t.Errorf("%s %s row %d: no area of work %q", entry.Code, file.Name, i+2, area)
				case row["band"] != "" && !bands[row["band"]]:
					t.Errorf("%s %s row %d: no band %q", entry.Code, file.Name, i+2, row["band"])
				}
			}
		}
	}
}
