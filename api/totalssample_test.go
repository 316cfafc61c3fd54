package api_test

import (
	"slices"
	"time"

	"skillstracker/domain"
)

const (
	positionsPath = "/api/v1/position-vacancies/totals"
	workforcePath = "/api/v1/workforce/totals"
	digitalPath   = "/api/v1/digital-workforce/totals"
)

// day makes an optional day.
func day(month time.Month, of int) *domain.Date {
	d := domain.NewDate(2026, month, of)
	return &d
}

// days makes an optional number of days.
func days(n float64) *float64 { return &n }

func positionRow(group domain.Group, reporting int) domain.PositionTotal {
	month := monthEnd(time.October)
	group.Month = &month
	return domain.PositionTotal{
		Group: group, OpenPosts: 4, OpenFTE: *fte(3.6), Opened: 6, Filled: 2, Closed: 1, OpenedFTE: *fte(5.4), FilledFTE: *fte(2), ClosedFTE: *fte(0.4),
		MedianDaysOpen: days(41.5), LongestDaysOpen: count(120), Coverage: domain.Coverage{Reporting: reporting, Expected: 2, Estimated: 1},
		OldestReceived: day(time.May, 3), NewestReceived: day(time.October, 30),
	}
}

// workforceRowOf is a row about people in post; leavers and starters are few.
func workforceRowOf(group domain.Group, people int) domain.WorkforceTotal {
	month := monthEnd(time.October)
	group.Month = &month
	return domain.WorkforceTotal{
		Group: group, Headcount: count(people), FTE: fte(float64(people) * 0.9), Opening: count(people + 3), Closing: count(people),
		Starters: count(12), Leavers: count(15), Stayers: count(people - 12), OpeningFTE: fte(float64(people) * 0.9), ClosingFTE: fte(float64(people) * 0.9),
		StarterFTE: fte(10.5), LeaverFTE: fte(13), StayerFTE: fte(float64(people) * 0.8), EstimatedLeavers: count(3), Moving: 1,
		Coverage: domain.Coverage{Reporting: 1, Expected: 2}, OldestList: day(time.September, 30), NewestList: day(time.October, 31),
	}
}

// sampleTotals answers every kind of totals with a full row, a row of which nothing is
// known, and texts that a spreadsheet program would run.
func sampleTotals(f *fakeTotals) {
	groups := func(filter domain.TotalsFilter) []domain.Group {
		full := domain.Group{
			Region: "Y58", RegionName: "South West", ICB: "QUY", ICBName: "Bristol ICB", Organisation: "RRK", Name: "=1+1", Sector: "Acute", Kind: "nhs_trust",
			StaffGroup: "10", JobRole: "10001", Band: "8a", AreaOfWork: "A001", Digital: domain.DigitalYes, Team: "'Ward", Competence: "TEC", Domain: "TEC", AssessorKind: "self",
		}
		none := domain.Group{
			Region: "", ICB: "", Organisation: "RYG", Name: "Trust, \"the\" first", Kind: "nhs_trust", StaffGroup: domain.NotGiven, JobRole: domain.NotGiven,
			Band: domain.NotGiven, AreaOfWork: domain.NotGiven, Digital: domain.DigitalNotStated, Team: domain.NotGiven, Competence: "CCP", Domain: "CCP", AssessorKind: "manager",
		}
		broken := slices.ContainsFunc(filter.GroupBy, func(d domain.Dimension) bool {
			return d != domain.ByMonth && d != domain.ByQuarter && d != domain.ByNation
		})
		if !broken {
			return []domain.Group{full}
		}
		if !filter.Subtotals {
			return []domain.Group{full, none}
		}
		whole := full
		whole.StaffGroup, whole.Over = "", "staff_group"
		return []domain.Group{full, none, whole}
	}
	f.vacancies = func(filter domain.TotalsFilter) (rows []domain.VacancyTotal, _ error) {
		for i, group := range groups(filter) {
			row := vacancyRow(group, 4713)
			row.OldestReceived, row.NewestReceived = day(time.October, 2), day(time.November, 1)
			if i == 1 {
				row = domain.VacancyTotal{Group: row.Group, Expected: 1}
			}
			rows = append(rows, row)
		}
		return rows, nil
	}
	f.positions = func(filter domain.TotalsFilter) (rows []domain.PositionTotal, _ error) {
		for i, group := range groups(filter) {
			row := positionRow(group, 1)
			if i == 1 {
				row = domain.PositionTotal{Group: row.Group}
			}
			rows = append(rows, row)
		}
		return rows, nil
	}
	f.workforce = func(filter domain.TotalsFilter) (rows []domain.WorkforceTotal, _ error) {
		for i, group := range groups(filter) {
			row := workforceRowOf(group, 143)
			if i == 1 {
				row = domain.WorkforceTotal{Group: row.Group}
			}
			rows = append(rows, row)
		}
		return rows, nil
	}
	f.skills = func(filter domain.TotalsFilter) (rows []domain.SkillsTotal, _ error) {
		for i, group := range groups(filter) {
			row := skillsRow(group, 43, 38)
			if filter.Has(domain.ByCompetence) {
				row.Answered, row.Levels = 38, []int{13, 12, 10, 3}
			}
			if i == 1 {
				row = domain.SkillsTotal{Group: row.Group, Expected: 1}
			}
			month := monthEnd(time.October)
			row.Month = &month
			rows = append(rows, row)
		}
		return rows, nil
	}
}
