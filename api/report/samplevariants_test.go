package report_test

import (
	"fmt"
	"io"
	"time"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// variants are workbooks of all shapes that the rules must hold for.
func variants() map[string]func(io.Writer) error {
	literacy := func(change func(*report.DigitalLiteracyInput), rule disclosure.Rule) func(io.Writer) error {
		return func(w io.Writer) error {
			in := sampleDigitalLiteracy(rule)
			change(&in)
			return made(report.DigitalLiteracy(in))(w)
		}
	}
	vacancies := func(change func(*report.VacanciesInput), rule disclosure.Rule) func(io.Writer) error {
		return func(w io.Writer) error {
			in := sampleVacancies(rule)
			change(&in)
			return made(report.Vacancies(in))(w)
		}
	}
	return map[string]func(io.Writer) error{
		"digital literacy": literacy(func(*report.DigitalLiteracyInput) {}, disclosure.Default()),
		"digital literacy for HR": literacy(func(in *report.DigitalLiteracyInput) {
			in.Organisation.Synthetic = false
		}, disclosure.Unaltered()),
		"digital literacy, nothing known": literacy(nothingKnown, disclosure.Default()),
		"digital literacy for planners":   literacy(func(in *report.DigitalLiteracyInput) { in.ByTeam = nil }, disclosure.Default()),
		"digital literacy, no areas": literacy(func(in *report.DigitalLiteracyInput) {
			in.Benchmark.ICB, in.Benchmark.Region, in.Uploads = report.SkillsArea{}, report.SkillsArea{}, nil
		}, disclosure.Default()),
		"digital literacy, one person":                 literacyOf(disclosure.Default(), sampleFramework(), map[string]int{"08": 1}),
		"digital literacy, tiny team":                  literacyOf(disclosure.Default(), sampleFramework(), map[string]int{"08": 5}),
		"digital literacy, tiny team for HR":           literacyOf(disclosure.Unaltered(), sampleFramework(), map[string]int{"08": 5}),
		"digital literacy, many competences":           literacyOf(disclosure.Default(), manyCompetences(), map[string]int{"03": 400}),
		"digital literacy, competences of unlike size": literacyOf(disclosure.Default(), unlikeScales(), map[string]int{"03": 400}),
		"digital literacy, checklist":                  literacyOf(disclosure.Default(), checklist(), map[string]int{"03": 400}),
		"people":                                       func(w io.Writer) error { return made(report.People(samplePeopleReport(40)))(w) },
		"people, nobody":                               func(w io.Writer) error { return made(report.People(samplePeopleReport(0)))(w) },
		"vacancies":                                    vacancies(func(*report.VacanciesInput) {}, disclosure.Default()),
		"vacancies for HR":                             vacancies(func(*report.VacanciesInput) {}, disclosure.Unaltered()),
		"vacancies, no row":                            vacancies(func(in *report.VacanciesInput) { *in = report.VacanciesInput{About: in.About} }, disclosure.Default()),
		"vacancies of a social care provider":          vacancies(socialCare, disclosure.Default()),
		"vacancies, odd names": vacancies(func(in *report.VacanciesInput) {
			in.Organisation.Name = "=SUM(A1)  of <b>_Under\tscore_</b> & Stratford-on–Avon\n"
			in.StaffGroups[2].Name = "=cmd|' /C calc'!A0"
			in.Contact = " Ring  0300 000 0000 "
		}, disclosure.Default()),
	}
}

func literacyOf(rule disclosure.Rule, f domain.FrameworkVersion, people map[string]int) func(io.Writer) error {
	return literacy(sampleLiteracyOf(rule, f, people))
}

func nothingKnown(in *report.DigitalLiteracyInput) {
	*in = report.DigitalLiteracyInput{About: in.About, Framework: in.Framework, ByTeam: &report.SkillsGroups{}, Benchmark: report.SkillsBenchmark{Rule: in.Rule}}
}

func manyCompetences() domain.FrameworkVersion {
	f := sampleFramework()
	f.Competences = nil
	for i := range 21 {
		f.Competences = append(f.Competences, domain.Competence{
			Code: fmt.Sprintf("%d.%d", i/6+1, i%6+1), Name: fmt.Sprintf("Identifying creative solutions with technology, number %d", i+1), MaxLevel: 8,
		})
	}
	return withLevels(f, 8)
}

func unlikeScales() domain.FrameworkVersion {
	f := sampleFramework()
	for i := range f.Competences {
		f.Competences[i].MaxLevel = domain.Level(20 - 3*i)
	}
	return withLevels(f, 20)
}

func checklist() domain.FrameworkVersion {
	f := unlikeScales()
	f.Scoring = domain.ScoringTasks
	for i := range f.Competences {
		f.Competences[i].Threshold = 1
	}
	return f
}

func withLevels(f domain.FrameworkVersion, highest int) domain.FrameworkVersion {
	f.Levels = nil
	for level := range highest + 1 {
		f.Levels = append(f.Levels, domain.ScaleLevel{Level: domain.Level(level), Name: fmt.Sprintf("Level %d", level)})
	}
	return f
}

// socialCare keeps what a social care provider reports: no establishment.
func socialCare(in *report.VacanciesInput) {
	in.Organisation = domain.Organisation{Code: "VXX99", Name: "Synthetic Care Homes", Kind: domain.KindSocialCare, Synthetic: true}
	month := domain.NewDate(2026, time.October, 31)
	headcount, reported := 64, 5
	total := domain.VacancyTotal{
		Cells: 3, Incomplete: 3, Headcount: &headcount, Reported: &reported, RateReported: &reported, RateHeadcount: &headcount,
	}
	total.Month = &month
	in.ByMonth = []report.VacancyRow{report.NewVacancyRow(in.Rule, total)}
	in.ByStaffGroup, in.ByBand, in.ByMonthAndStaffGroup = nil, nil, nil
	total.Digital = domain.DigitalNo
	in.ByDigital = []report.VacancyRow{report.NewVacancyRow(in.Rule, total)}
}
