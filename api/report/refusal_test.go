package report_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"skillstracker/api/report"
	"skillstracker/domain/disclosure"
)

func TestDigitalLiteracyRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*report.DigitalLiteracyInput)
		says   string
	}{
		"no code":      {func(in *report.DigitalLiteracyInput) { in.Organisation.Code = "rrk" }, "ODS code"},
		"no name":      {func(in *report.DigitalLiteracyInput) { in.Organisation.Name = " " }, "no name"},
		"no month end": {func(in *report.DigitalLiteracyInput) { in.AsAt-- }, "2026-10-30 is not a month end"},
		"no time":      {func(in *report.DigitalLiteracyInput) { in.MadeAt = time.Time{} }, "time"},
		"a person":     {func(in *report.DigitalLiteracyInput) { in.Publisher = "a.person@trust.example" }, "publisher"},
		"unknown group": {func(in *report.DigitalLiteracyInput) {
			in.ByStaffGroup.ByMonth[len(in.ByStaffGroup.ByMonth)-1].StaffGroup = "11"
		}, `"11" of a row of totals is not in the reference list`},
		"twice a band": {func(in *report.DigitalLiteracyInput) {
			in.ByBand.ByMonth[len(in.ByBand.ByMonth)-1].Band = in.ByBand.ByMonth[len(in.ByBand.ByMonth)-2].Band
		}, "two rows"},
		"unknown code":   {func(in *report.DigitalLiteracyInput) { in.ByCompetence[len(in.ByCompetence)-1].Competence = "ZZZ" }, `"ZZZ"`},
		"twice":          {func(in *report.DigitalLiteracyInput) { in.ByCompetence[len(in.ByCompetence)-1].Competence = "TEC" }, "two rows"},
		"other levels":   {func(in *report.DigitalLiteracyInput) { in.Framework.Competences[2].MaxLevel = 3 }, "5 levels and not 4"},
		"no levels":      {func(in *report.DigitalLiteracyInput) { in.ByCompetence[1].Distribution = nil }, "no distribution"},
		"group's levels": {func(in *report.DigitalLiteracyInput) { in.ByStaffGroup.ByCompetence[0].Competence = "X" }, `staff group "01"`},
		"two months":     {func(in *report.DigitalLiteracyInput) { in.Overall = append(in.Overall, in.Overall[11]) }, "2 rows of totals of everybody"},
		"group of none":  {func(in *report.DigitalLiteracyInput) { in.ByTeam.ByMonth = nil }, "rows of totals by competence and none without"},
		"a priority":     {func(in *report.DigitalLiteracyInput) { in.Priorities[0].Competence = "X" }, `competence "X" of a priority`},
		"whose priority": {func(in *report.DigitalLiteracyInput) { in.Priorities[0].StaffGroup = "11" }, `"11"`},
		"an area":        {func(in *report.DigitalLiteracyInput) { in.Benchmark.Region.ByCompetence[0].Competence = "X" }, "area North East and Yorkshire (Y63)"},
		"a long text": {func(in *report.DigitalLiteracyInput) {
			in.Framework.Source = strings.Repeat("\U0001F600", 16_400)
		}, "longer than the 32767 that a cell holds"},
		"a control character": {func(in *report.DigitalLiteracyInput) { in.StaffGroups[0].Name = "Add\x00Prof" }, "control character"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := sampleDigitalLiteracy(disclosure.Default())
			test.change(&in)
			var out bytes.Buffer
			err := made(report.DigitalLiteracy(in))(&out)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want an error that says %q", err, test.says)
			}
			if out.Len() > 0 {
				t.Errorf("%d bytes were written in spite of the error", out.Len())
			}
		})
	}
}

func TestVacanciesRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*report.VacanciesInput)
		says   string
	}{
		"about":           {func(in *report.VacanciesInput) { in.Publisher = "" }, "publisher"},
		"twice a month":   {func(in *report.VacanciesInput) { in.ByMonth = append(in.ByMonth, in.ByMonth[0]) }, "two rows of vacancy totals for 2025-10-31"},
		"no month":        {func(in *report.VacanciesInput) { in.ByMonth = in.ByStaffGroup }, "has no month"},
		"unknown band":    {func(in *report.VacanciesInput) { in.Bands = in.Bands[2:] }, `"2"`},
		"unknown group":   {func(in *report.VacanciesInput) { in.StaffGroups = in.StaffGroups[1:] }, `"01"`},
		"unknown digital": {func(in *report.VacanciesInput) { in.ByDigital = in.ByStaffGroup }, "two rows"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := sampleVacancies(disclosure.Default())
			test.change(&in)
			var out bytes.Buffer
			err := made(report.Vacancies(in))(&out)
			if err == nil || !strings.Contains(err.Error(), test.says) || out.Len() > 0 {
				t.Errorf("got %v and %d bytes, want an error that says %q", err, out.Len(), test.says)
			}
		})
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, bytes.ErrTooLarge }

func TestWriteErrorIsReturned(t *testing.T) {
	t.Parallel()
	if err := made(report.Vacancies(sampleVacancies(disclosure.Default())))(fullDisk{}); err == nil {
		t.Error("a failed write must be an error")
	}
}

func TestFileNames(t *testing.T) {
	t.Parallel()
	rule := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*\.(xlsx|ods|zip)$`)
	for _, test := range []struct {
		synthetic bool
		rule      disclosure.Rule
		format    report.Format
		profile   report.Profile
		want      string
	}{
		{false, disclosure.Default(), report.XLSX, report.Accessible, "vacancy-report-rxx9-2026-10.xlsx"},
		{false, disclosure.Default(), report.ODS, report.Accessible, "vacancy-report-rxx9-2026-10.ods"},
		{false, disclosure.Unaltered(), report.XLSX, report.Accessible, "vacancy-report-rxx9-2026-10-hr.xlsx"},
		{true, disclosure.Unaltered(), report.XLSX, report.Management, "vacancy-report-rxx9-2026-10-hr-charts-synthetic.xlsx"},
	} {
		in := sampleVacancies(test.rule)
		in.Organisation.Synthetic, in.Synthetic = test.synthetic, test.synthetic
		book, err := report.Vacancies(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := book.FileName(test.format, test.profile); got != test.want || !rule.MatchString(got) || len(got) > 60 {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

// TestStatements checks what every sheet and the cover must say of the figures.
func TestStatements(t *testing.T) {
	t.Parallel()
	const made, internal = "Synthetic data: these figures were made up", "not for publication"
	synthetic := readBook(t, vacancies(sampleVacancies(disclosure.Default())))
	in := sampleVacancies(disclosure.Unaltered())
	in.Organisation.Synthetic = false
	hr := readBook(t, vacancies(in))
	says := func(s rawSheet, text string) bool {
		for _, c := range s.cells {
			if c.col == 1 && strings.Contains(c.value, text) {
				return true
			}
		}
		return false
	}
	for i := range synthetic.sheets {
		s, h := synthetic.sheets[i], hr.sheets[i]
		if s.name == "Cover" {
			if !says(s, "Every figure in this workbook was made up") || says(h, "made up") || !says(h, "Not published.") || says(s, internal) || !says(h, internal) {
				t.Error("the cover does not say what the figures are")
			}
			continue
		}
		if !says(s, made) || says(s, internal) || says(h, made) || !says(h, internal) {
			t.Errorf("sheet %s does not say what the figures are", s.name)
		}
	}
	for _, sentence := range disclosure.Default().Describe() {
		if !says(synthetic.sheets[0], sentence) {
			t.Errorf("the cover lacks the rule's sentence %q", sentence)
		}
	}
}
