package report_test

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// sampleStaff is one made-up member of staff. ability has a number for each competence,
// which grows by the month; its whole part is the level.
type sampleStaff struct {
	group, band, team string
	ability           []float64 // nil for whoever was never assessed
	overdue, due      bool
}

// sampleWorkforce makes up so many staff of each group.
func sampleWorkforce(f domain.FrameworkVersion, people map[string]int) []sampleStaff {
	random := rand.New(rand.NewPCG(1, 2))
	bands := []string{"2", "3", "3", "5", "5", "6", "7", "8a", domain.NotGiven}
	var staff []sampleStaff
	for i, group := range sampleStaffGroups() {
		for n := range people[group.Code] {
			s := sampleStaff{group: group.Code, band: bands[random.IntN(len(bands))], team: fmt.Sprintf("Ward %d", n%9+1)}
			switch n % 9 {
			case 7:
				s.team = ""
			case 8:
				s.team = "N/A"
			}
			if random.Float64() < 0.7 {
				for j, c := range f.Competences {
					s.ability = append(s.ability, float64(c.MaxLevel)*(0.3+0.03*float64(i%5)+0.02*float64(j%6))+random.NormFloat64()*float64(c.MaxLevel)/4)
				}
				s.overdue, s.due = random.Float64() < 0.1, random.Float64() < 0.2
			}
			staff = append(staff, s)
		}
	}
	return staff
}

// sampleTarget is what is expected of a staff group in a competence: more of group 08 in
// the fifth, and nothing in the last.
func sampleTarget(f domain.FrameworkVersion, group string, competence int) (int, bool) {
	highest := int(f.Competences[competence].MaxLevel)
	switch {
	case competence == len(f.Competences)-1:
		return 0, false
	case competence == 4 && group == "08":
		return highest * 3 / 4, true
	}
	return highest / 2, true
}

// level returns the level of a member of staff in a month, counted from the first.
func (s sampleStaff) level(f domain.FrameworkVersion, competence, month int) int {
	return min(max(int(s.ability[competence]+0.05*float64(month)), 0), int(f.Competences[competence].MaxLevel))
}

// sampleTotal counts staff in a month: by one competence, or by none for -1.
func sampleTotal(f domain.FrameworkVersion, staff []sampleStaff, group domain.Group, competence, month int) domain.SkillsTotal {
	total := skillsTotal(group, len(staff), 0, nil)
	gaps, targets, some := make([]int, f.MaxLevel()+1), map[int]bool{}, false
	if competence >= 0 {
		total.Competence = f.Competences[competence].Code
		total.Levels = make([]int, f.Competences[competence].MaxLevel+1)
	}
	for _, s := range staff {
		switch {
		case s.ability == nil:
			total.NeverAssessed++
			continue
		case s.overdue && month%2 == 0:
			total.Overdue++
			continue
		case s.due:
			total.Due++
		}
		total.Assessed++
		greatest, measured := 0, false
		first, last := 0, len(f.Competences)
		if competence >= 0 {
			first, last = competence, competence+1
		}
		for i := first; i < last; i++ {
			level := s.level(f, i, month)
			if competence >= 0 {
				total.Levels[level]++
			}
			if target, wanted := sampleTarget(f, s.group, i); wanted {
				greatest, measured = max(greatest, target-level), true
				targets[target] = true
			}
		}
		if measured {
			gaps[greatest]++
			some = true
		}
	}
	total.AssessedListed = total.Assessed
	if some {
		total.Gaps = gaps
	}
	if competence >= 0 && len(targets) == 1 {
		for target := range targets {
			level := domain.Level(target)
			total.Target = &level
		}
	}
	if f.Scoring == domain.ScoringTasks && competence < 0 {
		total.ReachedBase, total.Reached = total.Assessed, total.Assessed/3
	}
	return total
}

// sampleRows are the rows of totals of staff by a group, in the order of their codes.
func sampleRows(rule disclosure.Rule, f domain.FrameworkVersion, staff []sampleStaff, month int, date domain.Date, by func(sampleStaff) domain.Group, byCompetence bool) []disclosure.Skills {
	parts := map[domain.Group][]sampleStaff{}
	for _, s := range staff {
		group := by(s)
		if group.Band == domain.NotGiven {
			group.Band = ""
		}
		parts[group] = append(parts[group], s)
	}
	var groups []domain.Group
	for group := range parts {
		groups = append(groups, group)
	}
	slices.SortFunc(groups, func(a, b domain.Group) int {
		if a.StaffGroup+a.Band+a.Team < b.StaffGroup+b.Band+b.Team {
			return -1
		}
		return 1
	})
	var rows []disclosure.Skills
	for _, group := range groups {
		about := disclosure.SkillsRow{BySubject: byCompetence, Dimensions: 1, Checklist: !byCompetence && f.Scoring == domain.ScoringTasks}
		if group != (domain.Group{}) {
			about.Dimensions = 2
		}
		named := group
		named.Month = &date
		if !byCompetence {
			rows = append(rows, rule.Skills(sampleTotal(f, parts[group], named, -1, month), about))
			continue
		}
		for i := range f.Competences {
			rows = append(rows, rule.Skills(sampleTotal(f, parts[group], named, i, month), about))
		}
	}
	return rows
}

func byNothing(sampleStaff) domain.Group      { return domain.Group{} }
func byStaffGroup(s sampleStaff) domain.Group { return domain.Group{StaffGroup: s.group} }
func byBand(s sampleStaff) domain.Group       { return domain.Group{Band: s.band} }
func byTeam(s sampleStaff) domain.Group       { return domain.Group{Team: s.team} }

// sampleDigitalLiteracy is the report of a made-up trust.
func sampleDigitalLiteracy(rule disclosure.Rule) report.DigitalLiteracyInput {
	return sampleLiteracyOf(rule, sampleFramework(), samplePeople())
}

// sampleLiteracyOf is the report of a made-up organisation with so many staff of each
// staff group.
func sampleLiteracyOf(rule disclosure.Rule, f domain.FrameworkVersion, people map[string]int) report.DigitalLiteracyInput {
	about := sampleAbout()
	about.Rule = rule
	about.Receipt.Framework, about.Receipt.FrameworkVersion = f.Framework, f.Version
	in := report.DigitalLiteracyInput{
		About: about, Framework: f, StaffGroups: sampleStaffGroups(), Bands: sampleBands(), Uploads: sampleUploads(), ByTeam: &report.SkillsGroups{},
	}
	staff := sampleWorkforce(f, people)
	for i, month := range report.Months(about.AsAt) {
		in.Overall = append(in.Overall, sampleRows(rule, f, staff, i, month, byNothing, false)...)
		in.ByCompetence = append(in.ByCompetence, sampleRows(rule, f, staff, i, month, byNothing, true)...)
		for _, list := range []struct {
			groups *report.SkillsGroups
			by     func(sampleStaff) domain.Group
		}{{&in.ByStaffGroup, byStaffGroup}, {&in.ByBand, byBand}, {in.ByTeam, byTeam}} {
			if i >= report.TrendMonths-2 {
				list.groups.ByMonth = append(list.groups.ByMonth, sampleRows(rule, f, staff, i, month, list.by, false)...)
			}
			if i == report.TrendMonths-1 {
				list.groups.ByCompetence = sampleRows(rule, f, staff, i, month, list.by, true)
			}
		}
	}
	in.Priorities = samplePriorities(in.ByStaffGroup.ByCompetence)
	in.Benchmark = sampleSkillsBenchmark(f, people)
	return in
}

// samplePriorities ranks rows, those without a rank last.
func samplePriorities(rows []disclosure.Skills) []report.Priority {
	toClose := func(s disclosure.Skills) int {
		if s.Gaps == nil || s.Gaps.ToClose.Status != "" {
			return -1
		}
		return s.Gaps.ToClose.Value
	}
	var list []report.Priority
	for _, row := range rows {
		list = append(list, report.Priority{Skills: row})
	}
	slices.SortStableFunc(list, func(a, b report.Priority) int { return toClose(b.Skills) - toClose(a.Skills) })
	for i := range list {
		if toClose(list[i].Skills) >= 0 {
			list[i].Rank = i + 1
		}
	}
	return list
}

// sampleSkillsBenchmark makes up an ICB, a region and a nation whose people are like a
// tenth of the organisation's.
func sampleSkillsBenchmark(f domain.FrameworkVersion, people map[string]int) report.SkillsBenchmark {
	rule, tenth := disclosure.Default(), map[string]int{}
	for group, n := range people {
		tenth[group] = (n + 9) / 10
	}
	staff, month := sampleWorkforce(f, tenth), sampleAbout().AsAt
	byCompetence := sampleRows(rule, f, staff, report.TrendMonths-1, month, byNothing, true)
	area := func(code, name string, organisations int) report.SkillsArea {
		found := report.SkillsArea{Code: code, Name: name, ByCompetence: slices.Clone(byCompetence)}
		if overall := sampleRows(rule, f, staff, report.TrendMonths-1, month, byNothing, false); len(overall) == 1 {
			overall[0].Reporting, overall[0].Expected = organisations, organisations+1
			found.Overall = &overall[0]
		}
		return found
	}
	return report.SkillsBenchmark{Rule: rule, ICB: area("QXX", "North Wold", 2), Region: area("Y63", "North East and Yorkshire", 9), Nation: area("", "England", 62)}
}

func sampleUploads() []report.UploadLine {
	received := sampleAbout().AsAt
	return []report.UploadLine{
		{
			Reference: "3f2a1c5e-0b6d-4c8e-9f10-2a7b8c9d0e1f", Kind: domain.UploadStaff, Received: received + 2, State: domain.UploadApplied,
			Counts: domain.UploadCounts{RowsRead: 7139, New: 31, Changed: 640, Unchanged: 6460, Blank: 8}, Warnings: 12,
		},
		{
			Reference: "4f2a1c5e-0b6d-4c8e-9f10-2a7b8c9d0e1f", Kind: domain.UploadAssessments, Received: received - 3, State: domain.UploadPartlyApplied,
			Counts: domain.UploadCounts{RowsRead: 812, New: 801, Rejected: 11}, Errors: 11, CommonError: "The employee number is on no staff list.",
		},
		{
			Reference: "5f2a1c5e-0b6d-4c8e-9f10-2a7b8c9d0e1f", Kind: domain.UploadTargets, Received: received - 200, State: domain.UploadVoided,
			Counts: domain.UploadCounts{RowsRead: 12, New: 12},
		},
		{
			Reference: "6f2a1c5e-0b6d-4c8e-9f10-2a7b8c9d0e1f", Kind: domain.UploadVacancies, Received: received - 200, State: domain.UploadRejected,
			Counts: domain.UploadCounts{RowsRead: 40, NotStored: 39, Rejected: 1}, Errors: 1, CommonError: "The value is no number.",
		},
	}
}

func skillsTotal(group domain.Group, inPost, assessed int, levels []int) domain.SkillsTotal {
	oldest, newest := domain.NewDate(2025, 11, 4), domain.NewDate(2026, 10, 29)
	return domain.SkillsTotal{
		Group: group, StaffInPost: &inPost, Assessed: assessed, AssessedListed: assessed, Levels: levels, Reporting: 1, Expected: 1, Listed: 1, Newest: &newest, Oldest: &oldest,
	}
}
