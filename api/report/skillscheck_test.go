package report_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"skillstracker/api/report"
	"skillstracker/api/report/check"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// skillsReports are reports about people's skills of all sizes and frameworks.
func skillsReports() map[string]func() (*report.Book, error) {
	literacy := func(rule disclosure.Rule, f domain.FrameworkVersion, people map[string]int, changes ...func(*report.DigitalLiteracyInput)) func() (*report.Book, error) {
		return func() (*report.Book, error) {
			in := sampleLiteracyOf(rule, f, people)
			for _, change := range changes {
				change(&in)
			}
			return report.DigitalLiteracy(in)
		}
	}
	withoutTeams := func(in *report.DigitalLiteracyInput) { in.ByTeam = nil }
	reports := map[string]func() (*report.Book, error){
		"a whole trust":            literacy(disclosure.Default(), sampleFramework(), samplePeople()),
		"a whole trust, planners":  literacy(disclosure.Default(), sampleFramework(), samplePeople(), withoutTeams),
		"teams of odd names":       literacy(disclosure.Default(), sampleFramework(), samplePeople(), oddTeams),
		"a whole trust, HR":        literacy(disclosure.Unaltered(), sampleFramework(), samplePeople()),
		"nothing held":             literacy(disclosure.Default(), sampleFramework(), nil, nothingKnown),
		"nobody in post":           literacy(disclosure.Default(), sampleFramework(), nil),
		"one person":               literacy(disclosure.Default(), sampleFramework(), map[string]int{"08": 1}),
		"one person, HR":           literacy(disclosure.Unaltered(), sampleFramework(), map[string]int{"08": 1}),
		"a team of five":           literacy(disclosure.Default(), sampleFramework(), map[string]int{"08": 5}),
		"a team of five, HR":       literacy(disclosure.Unaltered(), sampleFramework(), map[string]int{"08": 5}),
		"a ward of sixty":          literacy(disclosure.Default(), sampleFramework(), map[string]int{"02": 20, "08": 40}),
		"many competences":         literacy(disclosure.Default(), manyCompetences(), map[string]int{"03": 300, "08": 300}),
		"scales of unlike lengths": literacy(disclosure.Default(), unlikeScales(), map[string]int{"03": 400}),
		"a checklist":              literacy(disclosure.Default(), checklist(), map[string]int{"03": 400}),
	}
	for name, people := range map[string]int{"people": 400, "one of the people": 1, "no people": 0} {
		reports[name] = func() (*report.Book, error) { return report.People(samplePeopleReport(people)) }
	}
	return reports
}

func TestSkillsReportsKeepTheRules(t *testing.T) {
	t.Parallel()
	for name, makeBook := range skillsReports() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			book, err := makeBook()
			if err != nil {
				t.Fatal(err)
			}
			for _, profile := range []report.Profile{report.Accessible, report.Management} {
				var file bytes.Buffer
				if err := book.Write(&file, report.XLSX, profile); err != nil {
					t.Fatal(err)
				}
				result, err := check.File(t.Context(), bytes.NewReader(file.Bytes()), int64(file.Len()), book.FileName(report.XLSX, profile), check.Options{Publisher: book.Publisher})
				if err != nil {
					t.Fatal(err)
				}
				for _, breach := range result.Unwaived() {
					t.Errorf("%s: %s %s!%s: %s %s", profile, breach.Rule, breach.Sheet, breach.Cell, breach.Message, breach.Advice)
				}
				if result.Passed < 40 {
					t.Errorf("%s: only %d rules were checked", profile, result.Passed)
				}
				if aboutPeople := book.Receipt().Report == report.NamePeople; (result.Kind == check.People) != aboutPeople {
					t.Errorf("%s: the checker takes the workbook for one of kind %s", profile, result.Kind)
				}
			}
		})
	}
}

// The names of sheets and columns stay the same from release to release, because people
// refer to them (WB-07). A change here is one that is announced in the change log.
func TestSkillsReportsKeepTheirNames(t *testing.T) {
	t.Parallel()
	marker := regexp.MustCompile(` (\[note \d+\])+$`)
	all := skillsReports()
	for name, sample := range map[string]string{
		"digital-literacy": "a whole trust", "digital-literacy-planner": "a whole trust, planners", "digital-literacy-checklist": "a checklist", "people": "people",
	} {
		book, err := all[sample]()
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, table := range append(book.Tables(), report.FileTables(book)...) {
			got.WriteString(table.Sheet + "\n")
			for _, header := range table.Header {
				got.WriteString("\t" + marker.ReplaceAllString(header, "") + "\n")
			}
		}
		path := filepath.Join("testdata", name+".schema.txt")
		if updating() {
			if err := os.WriteFile(path, []byte(got.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		compareLines(t, got.String(), string(want))
	}
}
