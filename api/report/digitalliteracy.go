package report

import (
	"slices"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// DigitalLiteracyInput is what a digital-literacy workbook is made from: rows of
// digital-literacy totals of one organisation and framework version that have
// passed About.Rule, and of the areas around it that have passed BenchmarkRule.
type DigitalLiteracyInput struct {
	About
	Framework   domain.FrameworkVersion
	StaffGroups []domain.StaffGroup
	Bands       []domain.Band
	// Overall holds a row of everybody for each month of Months of About.AsAt of which
	// the totals hold one, and ByCompetence a row, with a distribution, for each of these
	// months and competence.
	Overall, ByCompetence []disclosure.Skills
	ByStaffGroup, ByBand  SkillsGroups
	// ByTeam is nil for callers who may not see teams.
	ByTeam *SkillsGroups
	// Priorities are in the order of their ranks.
	Priorities []Priority
	Benchmark  SkillsBenchmark
	Uploads    []UploadLine
}

// SkillsGroups is digital literacy by one thing, such as the staff group.
type SkillsGroups struct {
	// ByMonth holds a row for each group and month, About.AsAt and About.PreviousAsAt.
	ByMonth []disclosure.Skills
	// ByCompetence holds a row, with a distribution, for each group and competence at
	// About.AsAt.
	ByCompetence []disclosure.Skills
}

// Priority is a competence of a staff group with its place in the order of what is most
// to be done; Rank is 0 when what is to be done is not shown.
type Priority struct {
	disclosure.Skills
	Rank int
}

// TrendMonths is the number of months that reports look back over, that of their date
// included.
const TrendMonths = 12

// Months returns the month ends of a trend up to a date, the oldest first.
func Months(asAt domain.Date) []domain.Date {
	months := make([]domain.Date, TrendMonths)
	for i := range months {
		months[i] = asAt.AddMonths(i - TrendMonths + 1).MonthEnd()
	}
	return months
}

// DigitalLiteracy makes the digital-literacy report. It fails when a
// row names a staff group, band or competence that the lists do not hold, or when
// what About says is incomplete.
func DigitalLiteracy(in DigitalLiteracyInput) (*Book, error) {
	in.Receipt.Report = NameDigitalLiteracy
	if err := in.validate(); err != nil {
		return nil, err
	}
	this, err := in.period(in.AsAt)
	if err != nil {
		return nil, err
	}
	before, err := in.period(in.PreviousAsAt())
	if err != nil {
		return nil, err
	}
	sheets := []*sheet{in.summary(this, before), in.byDomain(this, before), in.byLevelGroup(this)}
	lists := in.lists()
	groups := make([][]skillsGroup, len(lists))
	for i, list := range lists {
		if groups[i], err = in.groups(list); err != nil {
			return nil, err
		}
		sheets = append(sheets, in.byList(list, groups[i], this, before))
	}
	byStaffGroup := groups[0]
	sheets = append(sheets, in.levelByGroup(byStaffGroup, this), in.gapByGroup(byStaffGroup, this))
	priorities, err := in.priorityGaps()
	if err != nil {
		return nil, err
	}
	trend, overall, err := in.trend()
	if err != nil {
		return nil, err
	}
	// Completion is by team for whoever sees teams, which stand last among the lists.
	finest, completed := lists[0], groups[0]
	if in.ByTeam != nil {
		finest, completed = lists[len(lists)-1], groups[len(lists)-1]
	}
	benchmark, err := in.benchmark(this)
	if err != nil {
		return nil, err
	}
	sheets = append(sheets, priorities, trend, overall, in.completion(finest, completed, this), benchmark, in.dataQuality(in.Uploads))
	keywords := []string{"digital literacy", "digital skills", "workforce", "assessment", in.Framework.Framework, in.Organisation.Code}
	return in.book(bookParts{
		subject: "Digital literacy of staff", keywords: keywords, cover: in.coverParts(this), sheets: sheets, charts: in.charts(sheets),
	})
}

// checklist says whether the framework is a list of tasks: its levels count those done.
func (in DigitalLiteracyInput) checklist() bool {
	return in.Framework.Scoring == domain.ScoringTasks
}

// inMonth returns the rows about a month.
func inMonth(rows []disclosure.Skills, month domain.Date) []disclosure.Skills {
	return slices.DeleteFunc(slices.Clone(rows), func(r disclosure.Skills) bool { return r.Month == nil || *r.Month != month })
}
