package report_test

import (
	"bytes"
	"flag"
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

// postReports are reports about posts of all sizes, empty ones and those of a nation of
// small organisations among them.
func postReports() map[string]func() (*report.Book, error) {
	vacancies := func(change func(*report.VacanciesInput), rule disclosure.Rule) func() (*report.Book, error) {
		return func() (*report.Book, error) {
			in := fullVacancies(rule)
			change(&in)
			return report.Vacancies(in)
		}
	}
	rollup := func(kind domain.Dimension, regions, people int, change func(*report.RollupInput)) func() (*report.Book, error) {
		return func() (*report.Book, error) {
			in := sampleRollup(kind, regions, people)
			change(&in)
			return report.Rollup(in)
		}
	}
	same := func(*report.RollupInput) {}
	return map[string]func() (*report.Book, error){
		"vacancies of a whole trust": vacancies(func(*report.VacanciesInput) {}, disclosure.Default()),
		"vacancies for HR":           vacancies(func(*report.VacanciesInput) {}, disclosure.Unaltered()),
		"vacancies under odd names":  vacancies(func(in *report.VacanciesInput) { in.Fine.Open = oddlyNamed(in.Fine.Open[0]) }, disclosure.Default()),
		"vacancies for planners":     vacancies(func(in *report.VacanciesInput) { in.Fine = nil }, disclosure.Default()),
		"vacancies, no row":          vacancies(func(in *report.VacanciesInput) { *in = report.VacanciesInput{About: in.About} }, disclosure.Default()),
		"vacancies, nothing but empty lists": vacancies(func(in *report.VacanciesInput) {
			*in = report.VacanciesInput{About: in.About, Fine: &report.FineVacancies{}}
		}, disclosure.Default()),
		"vacancies of one post":              vacancies(onePost, disclosure.Default()),
		"a nation":                           rollup(domain.ByNation, 7, 1200, same),
		"a nation of small organisations":    rollup(domain.ByNation, 4, 6, same),
		"a region":                           rollup(domain.ByRegion, 1, 90, same),
		"an ICB of one person in each group": rollup(domain.ByICB, 1, 1, same),
		"an ICB of a manager's organisation": rollup(domain.ByICB, 1, 400, func(in *report.RollupInput) {
			in.WholeScope, in.Receipt.Scope = false, []string{"RX00"}
			in.Coverage = in.Coverage[:1]
			in.Organisations, in.OrganisationSkills = in.Organisations[:0:0], in.OrganisationSkills[:1]
		}),
		"a region of which nothing is held": rollup(domain.ByRegion, 1, 5, func(in *report.RollupInput) {
			*in = report.RollupInput{About: in.About, Framework: in.Framework}
		}),
		"places that nobody can tell": rollup(domain.ByNation, 1, 50, func(in *report.RollupInput) {
			for i := range in.Coverage {
				in.Coverage[i].Region, in.Coverage[i].ICB, in.Coverage[i].Sector, in.Coverage[i].Name = domain.UnassignedSplit, "", "", ""
			}
		}),
	}
}

// onePost keeps one post of one person, who must not be told.
func onePost(in *report.VacanciesInput) {
	month, one := in.AsAt, 1
	budgeted, contracted, gap := domain.FTEUnit, domain.FTE(0), domain.FTEUnit
	total := domain.VacancyTotal{Cells: 1, Budgeted: &budgeted, Contracted: &contracted, Vacancy: &gap, VacancyGross: &gap, RateBudgeted: &budgeted, Headcount: &one}
	total.Month = &month
	*in = report.VacanciesInput{About: in.About, StaffGroups: in.StaffGroups, ByMonth: report.NewVacancyRows(in.Rule, []domain.VacancyTotal{total})}
	total.Month, total.StaffGroup = nil, "03"
	in.ByStaffGroup = report.NewVacancyRows(in.Rule, []domain.VacancyTotal{total})
}

func TestPostReportsKeepTheRules(t *testing.T) {
	t.Parallel()
	for name, makeBook := range postReports() {
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
				result, err := check.File(t.Context(), bytes.NewReader(file.Bytes()), int64(file.Len()), book.FileName(report.XLSX, profile), check.Options{Profile: check.Profile(profile), Publisher: book.Publisher})
				if err != nil {
					t.Fatal(err)
				}
				for _, breach := range result.Unwaived() {
					t.Errorf("%s: %s %s!%s: %s %s", profile, breach.Rule, breach.Sheet, breach.Cell, breach.Message, breach.Advice)
				}
				if result.Passed < 40 {
					t.Errorf("%s: only %d rules were checked", profile, result.Passed)
				}
			}
		})
	}
}

// The names of sheets and columns stay the same from release to release, because people
// refer to them (WB-07). A change here is one that is announced in the change log.
func TestPostReportsKeepTheirNames(t *testing.T) {
	t.Parallel()
	marker := regexp.MustCompile(` (\[note \d+\])+$`)
	for name, makeBook := range map[string]func() (*report.Book, error){
		"vacancies":     func() (*report.Book, error) { return report.Vacancies(fullVacancies(disclosure.Default())) },
		"rollup-nation": func() (*report.Book, error) { return report.Rollup(sampleRollup(domain.ByNation, 2, 50)) },
		"rollup-region": func() (*report.Book, error) { return report.Rollup(sampleRollup(domain.ByRegion, 2, 50)) },
		"rollup-icb":    func() (*report.Book, error) { return report.Rollup(sampleRollup(domain.ByICB, 2, 50)) },
	} {
		book, err := makeBook()
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

func updating() bool { return flag.Lookup("update").Value.String() == "true" }
