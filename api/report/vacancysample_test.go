package report_test

import (
	"math/rand/v2"
	"time"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

func sampleJobRoles() []domain.JobRole {
	return []domain.JobRole{
		{Code: "03012", Name: "Analyst", StaffGroup: "03"},
		{Code: "07021", Name: "Consultant", StaffGroup: "07"},
		{Code: "08030", Name: "Staff Nurse", StaffGroup: "08"},
		{Code: "ASC33", Name: "Data analyst", Digital: true},
	}
}

func sampleAreas() []domain.AreaOfWork {
	return []domain.AreaOfWork{
		{Code: "A101", Primary: "Corporate", Secondary: "Informatics", Tertiary: "Information Management", Digital: true},
		{Code: "A102", Primary: "Clinical Support", Secondary: "Clinical Informatics", Tertiary: "Clinical Informatics", Digital: true},
	}
}

func sampleStatuses() []domain.PositionStatus {
	return []domain.PositionStatus{{Code: "01", Name: "Open", Outcome: domain.PositionOpen}, {Code: "11", Name: "Open Following Previous Unsuccessful Attempt", Outcome: domain.PositionOpen}}
}

// fullVacancies is sampleVacancies with everything that the organisation's own people see.
func fullVacancies(rule disclosure.Rule) report.VacanciesInput {
	in := sampleVacancies(rule)
	in.JobRoles, in.AreasOfWork, in.Statuses = sampleJobRoles(), sampleAreas(), sampleStatuses()
	random := rand.New(rand.NewPCG(7, 8))
	row := func(people int, group domain.Group) report.VacancyRow {
		total := vacancyTotal(random, people, 0.09)
		total.Group = group
		return report.NewVacancyRow(rule, total)
	}
	in.Fine = &report.FineVacancies{
		ByRole: []report.VacancyRow{
			row(2290, domain.Group{StaffGroup: "08", JobRole: "08030"}), row(883, domain.Group{StaffGroup: "07", JobRole: "07021"}),
			row(40, domain.Group{StaffGroup: "03", JobRole: "03012"}), row(1337, domain.Group{StaffGroup: "03", JobRole: domain.NotGiven}),
		},
		ByRoleAndDigital: []report.VacancyRow{
			row(2290, domain.Group{StaffGroup: "08", JobRole: "08030", Digital: domain.DigitalNo}),
			row(883, domain.Group{StaffGroup: "07", JobRole: "07021", Digital: domain.DigitalNotStated}),
			row(30, domain.Group{StaffGroup: "03", JobRole: "03012", Digital: domain.DigitalYes}),
			row(10, domain.Group{StaffGroup: "03", JobRole: "03012", Digital: domain.DigitalNo}),
			row(1337, domain.Group{StaffGroup: "03", JobRole: domain.NotGiven, Digital: domain.DigitalYes}),
		},
		DigitalRoles: []report.VacancyRow{
			row(20, domain.Group{AreaOfWork: "A102", JobRole: domain.NotGiven, Band: "6"}),
			row(30, domain.Group{AreaOfWork: "A101", JobRole: "03012", Band: "7"}),
			row(9, domain.Group{AreaOfWork: "A101", JobRole: "03012", Band: "5"}),
		},
		DigitalPositions: []domain.PositionTotal{
			positions(domain.Group{AreaOfWork: "A101", JobRole: "03012", Band: "7"}, 3, 41.5, 96),
			positions(domain.Group{AreaOfWork: "A101", JobRole: domain.NotGiven, Band: domain.NotGiven}, 1, 12, 12),
		},
		Open: []domain.OpenPosition{
			{Reference: "004711", StaffGroup: "03", JobRole: "03012", Band: "7", AreaOfWork: "A101", Team: "Information services", Posts: 2, FTE: 180_000, OpenedOn: in.AsAt - 96, Status: "11"},
			{Reference: "V-2", StaffGroup: "08", JobRole: domain.NotGiven, Band: domain.NotGiven, AreaOfWork: domain.NotGiven, Posts: 1, FTE: 60_000, OpenedOn: in.AsAt - 12, Status: domain.NotGiven},
		},
	}
	for i := range 13 {
		month := in.AsAt.AddMonths(i - 12).MonthEnd()
		if i > 8 {
			in.PositionsByMonth = append(in.PositionsByMonth, positions(domain.Group{Month: &month}, 20-i, 30.5+float64(i), 80+i))
		}
	}
	in.PositionsByDigital = []domain.PositionTotal{
		positions(domain.Group{Digital: domain.DigitalYes}, 4, 30, 96), positions(domain.Group{Digital: domain.DigitalNo}, 4, 52, 110),
	}
	in.OverEstablished = map[domain.Date]int{in.AsAt: 3}
	in.Benchmark = report.VacancyBenchmark{ICB: report.VacancyPlace{Code: "QXX", Name: "North Wold"}, Region: report.VacancyPlace{Code: "Y63", Name: "North East and Yorkshire"}}
	for _, rows := range []*[]report.VacancyRow{&in.Benchmark.ICB.Rows, &in.Benchmark.Region.Rows, &in.Benchmark.Nation} {
		for _, group := range in.StaffGroups[:9] {
			*rows = append(*rows, row(4000, domain.Group{StaffGroup: group.Code}))
		}
		*rows = append(*rows, row(30_000, domain.Group{Over: string(domain.ByStaffGroup)}))
	}
	in.Benchmark.Standings = []report.VacancyStanding{{Rank: 2, Compared: 5}, {StaffGroup: "08", Rank: 1, Compared: 3}, {StaffGroup: "07", Rank: 1, Compared: 2}}
	in.Uploads = []report.UploadLine{{
		Reference: "3f2a1c5e-0b6d-4c8e-9f10-2a7b8c9d0e1f", Kind: domain.UploadVacancies, Received: domain.DateOf(time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)),
		State: domain.UploadApplied, Counts: domain.UploadCounts{RowsRead: 1204, New: 1200, Blank: 4},
	}}
	return in
}

// positions is a row of position totals of one organisation.
func positions(group domain.Group, open int, median float64, longest int) domain.PositionTotal {
	return domain.PositionTotal{
		Group: group, OpenPosts: open, OpenFTE: domain.FTE(open) * domain.FTEUnit, MedianDaysOpen: &median, LongestDaysOpen: &longest,
		Coverage: domain.Coverage{Reporting: 1, Expected: 1},
	}
}
