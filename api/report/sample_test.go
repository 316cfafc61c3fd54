package report_test

import (
	"io"
	"math/rand/v2"
	"time"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// The samples are synthetic. Their organisation does not exist.

func sampleAbout() report.About {
	return report.About{
		Organisation: domain.Organisation{
			Code: "RXX9", Name: "NORTH-WOLD  SYNTHETIC UNIVERSITY HOSPITALS NHS FOUNDATION TRUST", Kind: domain.KindTrust,
			Sector: "Acute", Region: "Y63", RegionName: "North East and Yorkshire", ICB: "QXX", ICBName: "North Wold", Synthetic: true,
		},
		AsAt:      domain.NewDate(2026, time.October, 31),
		MadeAt:    time.Date(2026, time.November, 3, 14, 5, 0, 0, time.UTC),
		Publisher: "North Wold Synthetic Workforce Team",
		Rule:      disclosure.Default(),
		Receipt:   sampleReceipt(),
	}
}

// sampleReceipt is that of a report about the organisation; its report is named by who
// makes the sample.
func sampleReceipt() report.Receipt {
	known := time.Date(2026, time.November, 2, 9, 30, 15, 123456000, time.UTC)
	return report.Receipt{
		Report: report.NameVacancies, Audience: domain.RoleManager, Scope: []string{"RXX9"},
		Area: report.Area{Kind: domain.ByOrganisation, Code: "RXX9"}, AsAt: domain.NewDate(2026, time.October, 31), KnownAt: &known,
		Coverage: "1 of 1 organisations",
	}
}

func sampleStaffGroups() []domain.StaffGroup {
	names := []string{
		"Add Prof Scientific and Technic", "Additional Clinical Services", "Administrative and Clerical", "Allied Health Professionals",
		"Estates and Ancillary", "Healthcare Scientists", "Medical and Dental", "Nursing and Midwifery Registered", "Students",
	}
	groups := make([]domain.StaffGroup, len(names))
	for i, name := range names {
		groups[i] = domain.StaffGroup{Code: "0" + string(rune('1'+i)), Name: name}
	}
	return append(groups, domain.StaffGroup{Code: "10", Name: "Supplementary Roles"})
}

func sampleBands() []domain.Band {
	codes := []string{"1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9"}
	var bands []domain.Band
	for i, code := range codes {
		bands = append(bands, domain.Band{Code: code, Name: "Band " + code, Ordinal: i + 1})
	}
	return append(bands, domain.Band{Code: "VSM", Name: "Very Senior Manager", Ordinal: 13})
}

func sampleFramework() domain.FrameworkVersion {
	f := domain.FrameworkVersion{
		Framework: "hdc", Version: "2018", Name: "Health and Care Digital Capabilities, 2018", Scoring: domain.ScoringLevel,
		ValidFrom: domain.NewDate(2018, time.January, 1), ValidityMonths: 12, Source: "Names of six domains.", Licence: "Names only.",
	}
	for _, c := range [][2]string{
		{"CCP", "Communication, collaboration and participation"},
		{"TLS", "Teaching, learning and self-development"},
		{"IDM", "Information, data and media literacies"},
		{"CIS", "Creation, innovation and scholarship"},
		{"TEC", "Technical proficiency"},
		{"DIW", "Digital identity, wellbeing, safety and security"},
	} {
		f.Competences = append(f.Competences, domain.Competence{Code: c[0], Name: c[1], Domain: c[0], MaxLevel: 4})
		f.Domains = append(f.Domains, domain.CompetenceArea{Code: c[0], Name: c[1]})
	}
	for level, name := range []string{"Not at level 1", "Level 1", "Level 2", "Level 3", "Level 4"} {
		f.Levels = append(f.Levels, domain.ScaleLevel{Level: domain.Level(level), Name: name})
	}
	return f
}

// samplePeople is a made-up workforce: staff in post by staff group, of which two
// are so small that the rule withholds them.
func samplePeople() map[string]int {
	return map[string]int{"01": 312, "02": 1204, "03": 1377, "04": 498, "05": 402, "06": 167, "07": 883, "08": 2290, "09": 6, "10": 0}
}

func sampleVacancies(rule disclosure.Rule) report.VacanciesInput {
	about := sampleAbout()
	about.Rule = rule
	in := report.VacanciesInput{About: about, StaffGroups: sampleStaffGroups(), Bands: sampleBands()}
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 13 {
		month := about.AsAt.AddMonths(i - 12).MonthEnd()
		if i == 5 {
			continue // no return for this month
		}
		var all domain.VacancyTotal
		all.Month = &month
		for _, group := range in.StaffGroups {
			people := samplePeople()[group.Code]
			if people == 0 {
				continue
			}
			row := vacancyTotal(random, people, 0.12-0.004*float64(i))
			row.Month, row.StaffGroup = &month, group.Code
			add(&all, row)
			in.ByMonthAndStaffGroup = append(in.ByMonthAndStaffGroup, report.NewVacancyRow(rule, row))
			if i == 12 {
				row.Month = nil
				in.ByStaffGroup = append(in.ByStaffGroup, report.NewVacancyRow(rule, row))
			}
		}
		in.ByMonth = append(in.ByMonth, report.NewVacancyRow(rule, all))
	}
	for i, band := range in.Bands[1:] {
		row := vacancyTotal(random, 1300/(i+1), 0.08)
		row.Band = band.Code
		in.ByBand = append(in.ByBand, report.NewVacancyRow(rule, row))
	}
	for i, digital := range []string{domain.DigitalNo, domain.DigitalYes} {
		row := vacancyTotal(random, 6000/(1+30*i), 0.07)
		row.Digital = digital
		in.ByDigital = append(in.ByDigital, report.NewVacancyRow(rule, row))
	}
	unstated := domain.VacancyTotal{Cells: 2, Incomplete: 2}
	unstated.Digital = domain.DigitalNotStated
	in.ByDigital = append(in.ByDigital, report.NewVacancyRow(rule, unstated))
	return in
}

func vacancyTotal(random *rand.Rand, people int, rate float64) domain.VacancyTotal {
	contracted := domain.FTE(float64(people) * 0.88 * float64(domain.FTEUnit) / 100 * 100)
	gap := domain.FTE(float64(contracted) * (rate + 0.06*random.NormFloat64()))
	gap -= gap % 1000
	budgeted := contracted + gap
	bank, agency := max(gap, 0)/2, max(gap, 0)/7
	cover := bank + agency
	reported, advertised := max(int(gap/domain.FTEUnit), 0), max(int(gap/domain.FTEUnit)/2, 0)
	gross := max(gap, 0) + domain.FTEUnit/2
	headcount := people
	return domain.VacancyTotal{
		Cells: 4, Budgeted: &budgeted, Contracted: &contracted, Vacancy: &gap, VacancyGross: &gross, RateBudgeted: &budgeted,
		Bank: &bank, Agency: &agency, Cover: &cover, Reported: &reported, Advertised: &advertised,
		Headcount: &headcount, RateReported: &reported, RateHeadcount: &headcount, Reporting: 1, Expected: 1,
	}
}

// add puts a row into a sum, as the totals do.
func add(sum *domain.VacancyTotal, row domain.VacancyTotal) {
	sum.Cells += row.Cells
	for _, part := range []struct {
		sum **domain.FTE
		row *domain.FTE
	}{
		{&sum.Budgeted, row.Budgeted},
		{&sum.Contracted, row.Contracted},
		{&sum.Vacancy, row.Vacancy},
		{&sum.VacancyGross, row.VacancyGross},
		{&sum.RateBudgeted, row.RateBudgeted},
		{&sum.Bank, row.Bank},
		{&sum.Agency, row.Agency},
		{&sum.Cover, row.Cover},
	} {
		if *part.sum == nil {
			*part.sum = new(domain.FTE)
		}
		**part.sum += *part.row
	}
	for _, part := range []struct {
		sum **int
		row *int
	}{
		{&sum.Reported, row.Reported},
		{&sum.Advertised, row.Advertised},
		{&sum.Headcount, row.Headcount},
		{&sum.RateReported, row.RateReported},
		{&sum.RateHeadcount, row.RateHeadcount},
	} {
		if *part.sum == nil {
			*part.sum = new(int)
		}
		**part.sum += *part.row
	}
}

// made returns what writes a report that was made without an error.
func made(book *report.Book, err error) func(io.Writer) error {
	return func(w io.Writer) error {
		if err != nil {
			return err
		}
		return book.Write(w, report.XLSX, report.Accessible)
	}
}
