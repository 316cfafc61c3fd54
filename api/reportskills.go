package api

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// skillsAsked is a question about digital literacy, by the framework version of a
// report, and where its answer goes.
type skillsAsked struct {
	rows   *[]disclosure.Skills
	filter domain.TotalsFilter
}

// digitalLiteracyReport asks the questions behind the digital-literacy report and
// makes it. They are questions of the totals endpoints, so the figures are the same;
// each asks for as many months as it can, because it costs little more than one.
func (h *handlers) digitalLiteracyReport(ctx context.Context, q reportQuestion, known *time.Time) (*report.Book, error) {
	over := func(months []domain.Date, groupBy ...domain.Dimension) domain.TotalsFilter {
		filter := q.filter(q.asAt, groupBy...)
		filter.Months = months
		return filter
	}
	first, err := h.skillsOf(ctx, q, over(report.Months(q.asAt), domain.ByMonth))
	if err != nil {
		return nil, err
	}
	content := report.DigitalLiteracyInput{
		About: h.about(q, first.reach.rule, known), Framework: q.framework,
		StaffGroups: q.lists.StaffGroups, Bands: q.lists.Bands, Overall: first.rows,
	}
	if content.Rule == disclosure.Unaltered() {
		content.AreaRule = h.deps.Rule
	}
	one := []domain.Date{content.AsAt}
	two := []domain.Date{content.PreviousAsAt(), content.AsAt}
	var priorities []disclosure.Skills
	asked := []skillsAsked{
		{&content.ByCompetence, over(report.Months(q.asAt), domain.ByMonth, domain.ByCompetence)},
		{&content.ByStaffGroup.ByMonth, over(two, domain.ByMonth, domain.ByStaffGroup)},
		{&priorities, over(one, domain.ByStaffGroup, domain.ByCompetence)},
		{&content.ByBand.ByMonth, over(two, domain.ByMonth, domain.ByBand)},
		{&content.ByBand.ByCompetence, over(one, domain.ByBand, domain.ByCompetence)},
	}
	if seesTeams(q.actor) {
		content.ByTeam = &report.SkillsGroups{}
		asked = append(asked,
			skillsAsked{&content.ByTeam.ByMonth, over(two, domain.ByMonth, domain.ByTeam)},
			skillsAsked{&content.ByTeam.ByCompetence, over(one, domain.ByTeam, domain.ByCompetence)})
	}
	if err := h.answerAll(ctx, q, asked); err != nil {
		return nil, err
	}
	content.ByStaffGroup.ByCompetence = priorities
	for _, row := range inOrder(priorities, true) {
		content.Priorities = append(content.Priorities, report.Priority{Skills: row.Skills, Rank: row.rank})
	}
	if content.Benchmark, err = h.skillsBenchmark(ctx, q); err != nil {
		return nil, err
	}
	if content.Uploads, err = h.uploadLines(ctx, q, domain.UploadStaff, domain.UploadAssessments, domain.UploadTargets); err != nil {
		return nil, err
	}
	if content.Receipt.Targets, err = h.targetsInWords(ctx, q); err != nil {
		return nil, err
	}
	content.Receipt.Coverage = skillsCoverageInWords(first.rows, q.asAt)
	return report.DigitalLiteracy(content)
}

// skillsOf answers a question by the framework version of a report.
func (h *handlers) skillsOf(ctx context.Context, q reportQuestion, filter domain.TotalsFilter) (skillsAnswer, error) {
	filter.Framework = q.framework
	return h.answerSkills(ctx, q.actor, filter)
}

func (h *handlers) answerAll(ctx context.Context, q reportQuestion, asked []skillsAsked) error {
	for _, each := range asked {
		answer, err := h.skillsOf(ctx, q, each.filter)
		if err != nil {
			return err
		}
		*each.rows = answer.rows
	}
	return nil
}

// skillsBenchmark asks for the figures of the ICB, the region and the nation around the
// organisation of a report.
func (h *handlers) skillsBenchmark(ctx context.Context, q reportQuestion) (report.SkillsBenchmark, error) {
	found := report.SkillsBenchmark{Rule: h.deps.Rule, Nation: report.SkillsArea{Name: domain.Nation}}
	member, err := h.membership(ctx, q)
	if err != nil {
		return found, err
	}
	found.ICB = report.SkillsArea{Code: member.ICB, Name: cmp.Or(member.ICBName, member.ICB)}
	found.Region = report.SkillsArea{Code: member.Region, Name: cmp.Or(member.RegionName, member.Region)}
	for _, place := range []struct {
		area    *report.SkillsArea
		narrow  func(*domain.TotalsFilter)
		groupBy []domain.Dimension
	}{
		{&found.ICB, func(f *domain.TotalsFilter) { f.ICBs = []string{member.ICB} }, []domain.Dimension{domain.ByICB}},
		{&found.Region, func(f *domain.TotalsFilter) { f.Regions = []string{member.Region} }, []domain.Dimension{domain.ByRegion}},
		{&found.Nation, func(*domain.TotalsFilter) {}, []domain.Dimension{domain.ByNation}},
	} {
		if place.area.Code == "" && place.area != &found.Nation {
			continue
		}
		overall := q.anywhere(q.asAt, place.groupBy...)
		place.narrow(&overall)
		byCompetence := q.anywhere(q.asAt, append(place.groupBy, domain.ByCompetence)...)
		place.narrow(&byCompetence)
		var rows []disclosure.Skills
		if err := h.answerAll(ctx, q, []skillsAsked{{&rows, overall}, {&place.area.ByCompetence, byCompetence}}); err != nil {
			return found, err
		}
		if place.area.Overall, err = only(rows); err != nil {
			return found, err
		}
	}
	return found, nil
}

// only returns the one row of an answer about one place, nil when there is none.
func only(rows []disclosure.Skills) (*disclosure.Skills, error) {
	switch len(rows) {
	case 0:
		return nil, nil
	case 1:
		return &rows[0], nil
	}
	return nil, fmt.Errorf("make report: %d rows of totals where one was asked for", len(rows))
}

// targetsInWords says for a receipt which targets were held by the framework version.
func (h *handlers) targetsInWords(ctx context.Context, q reportQuestion) (string, error) {
	held, err := h.deps.Targets.Targets(ctx, q.actor, domain.TargetQuery{Organisation: q.organisation.Code, AsAt: q.asAt, Framework: q.framework, KnownAt: q.knownAt})
	if err != nil {
		return "", fmt.Errorf("read targets: %w", err)
	}
	nation := 0
	for _, target := range held {
		if target.SetBy == domain.NationCode {
			nation++
		}
	}
	return fmt.Sprintf("%d of the organisation and %d of %s held on %s", len(held)-nation, nation, domain.Nation, q.asAt.LongLabel()), nil
}

// skillsCoverageInWords says for a receipt on which organisations figures rest.
func skillsCoverageInWords(rows []disclosure.Skills, asAt domain.Date) string {
	for _, row := range rows {
		if row.Month != nil && *row.Month == asAt {
			return fmt.Sprintf("current assessments of %s, %d expected, %d with a staff list", counted(row.Reporting, "organisation"), row.Expected, row.Listed)
		}
	}
	return "nothing held at this date"
}
