package report_test

import (
	"fmt"
	"io"
	"math/rand/v2"
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
		"digital literacy, nothing known": literacy(func(in *report.DigitalLiteracyInput) {
			in.This, in.Previous = report.SkillsPeriod{}, report.SkillsPeriod{}
			in.ByStaffGroup, in.ByBand, in.ByStaffGroupAndCompetence = nil, nil, nil
		}, disclosure.Default()),
		"digital literacy, one person":                 literacy(onePerson, disclosure.Default()),
		"digital literacy, many competences":           literacy(manyCompetences, disclosure.Default()),
		"digital literacy, competences of unlike size": literacy(unlikeScales, disclosure.Default()),
		"vacancies":                           vacancies(func(*report.VacanciesInput) {}, disclosure.Default()),
		"vacancies for HR":                    vacancies(func(*report.VacanciesInput) {}, disclosure.Unaltered()),
		"vacancies, no row":                   vacancies(func(in *report.VacanciesInput) { *in = report.VacanciesInput{About: in.About} }, disclosure.Default()),
		"vacancies of a social care provider": vacancies(socialCare, disclosure.Default()),
		"vacancies, odd names": vacancies(func(in *report.VacanciesInput) {
			in.Organisation.Name = "=SUM(A1)  of <b>_Under\tscore_</b> & Stratford-on–Avon\n"
			in.StaffGroups[2].Name = "=cmd|' /C calc'!A0"
			in.Contact = " Ring  0300 000 0000 "
		}, disclosure.Default()),
	}
}

func onePerson(in *report.DigitalLiteracyInput) {
	row := func(g domain.Group, levels []int) disclosure.Skills {
		return in.Rule.Skills(skillsTotal(g, 1, 1, levels), disclosure.SkillsRow{BySubject: levels != nil})
	}
	overall := row(domain.Group{}, nil)
	in.This = report.SkillsPeriod{Overall: &overall, ByCompetence: []disclosure.Skills{row(domain.Group{Competence: "CCP"}, []int{0, 0, 1, 0, 0})}}
	in.ByStaffGroup = []disclosure.Skills{row(domain.Group{StaffGroup: "08"}, nil)}
	in.ByBand = []disclosure.Skills{row(domain.Group{}, nil)}
	in.ByStaffGroupAndCompetence = []disclosure.Skills{row(domain.Group{StaffGroup: "08", Competence: "CCP"}, []int{0, 0, 1, 0, 0})}
}

func manyCompetences(in *report.DigitalLiteracyInput) {
	in.Framework.Competences = nil
	for i := range 21 {
		in.Framework.Competences = append(in.Framework.Competences, domain.Competence{
			Code: fmt.Sprintf("%d.%d", i/6+1, i%6+1), Name: fmt.Sprintf("Identifying creative solutions with technology, number %d", i+1), MaxLevel: 8,
		})
	}
	refill(in)
}

func unlikeScales(in *report.DigitalLiteracyInput) {
	for i := range in.Framework.Competences {
		in.Framework.Competences[i].MaxLevel = domain.Level(20 - 3*i)
	}
	refill(in)
}

// refill makes rows for another framework.
func refill(in *report.DigitalLiteracyInput) {
	random := rand.New(rand.NewPCG(5, 6))
	in.Previous.ByCompetence, in.This.ByCompetence, in.ByStaffGroupAndCompetence = nil, nil, nil
	for _, c := range in.Framework.Competences {
		levels := make([]int, int(c.MaxLevel)+1)
		people := 0
		for i := range levels {
			levels[i] = random.IntN(400)
			people += levels[i]
		}
		in.This.ByCompetence = append(in.This.ByCompetence, in.Rule.Skills(skillsTotal(domain.Group{Competence: c.Code}, people, people, levels), disclosure.SkillsRow{BySubject: true}))
		row := skillsTotal(domain.Group{StaffGroup: "03", Competence: c.Code}, people, people, levels)
		in.ByStaffGroupAndCompetence = append(in.ByStaffGroupAndCompetence, in.Rule.Skills(row, disclosure.SkillsRow{BySubject: true}))
	}
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
