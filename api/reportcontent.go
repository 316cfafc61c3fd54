package api

import (
	"context"
	"fmt"
	"time"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// digitalLiteracyReport asks the questions behind the digital-literacy report and
// makes it. They are the questions of the totals endpoints, so the figures are the same.
func (h *handlers) digitalLiteracyReport(ctx context.Context, question reportQuestion, known *time.Time) (*report.Book, error) {
	ask := func(asAt domain.Date, groupBy ...domain.Dimension) (skillsAnswer, error) {
		filter := question.filter(asAt, groupBy...)
		filter.Framework = question.framework
		return h.answerSkills(ctx, question.actor, filter)
	}
	overall, err := ask(question.asAt)
	if err != nil {
		return nil, err
	}
	content := report.DigitalLiteracyInput{
		About: h.about(question, overall.reach.rule, known), Framework: question.framework,
		StaffGroups: question.lists.StaffGroups, Bands: question.lists.Bands,
	}
	if content.This.Overall, err = only(overall.rows); err != nil {
		return nil, err
	}
	previous, err := ask(content.PreviousAsAt())
	if err != nil {
		return nil, err
	}
	if content.Previous.Overall, err = only(previous.rows); err != nil {
		return nil, err
	}
	for _, part := range []struct {
		rows    *[]disclosure.Skills
		asAt    domain.Date
		groupBy []domain.Dimension
	}{
		{&content.This.ByCompetence, content.AsAt, []domain.Dimension{domain.ByCompetence}},
		{&content.Previous.ByCompetence, content.PreviousAsAt(), []domain.Dimension{domain.ByCompetence}},
		{&content.ByStaffGroup, content.AsAt, []domain.Dimension{domain.ByStaffGroup}},
		{&content.ByBand, content.AsAt, []domain.Dimension{domain.ByBand}},
		{&content.ByStaffGroupAndCompetence, content.AsAt, []domain.Dimension{domain.ByStaffGroup, domain.ByCompetence}},
	} {
		answer, err := ask(part.asAt, part.groupBy...)
		if err != nil {
			return nil, err
		}
		*part.rows = answer.rows
	}
	return report.DigitalLiteracy(content)
}

// only returns the one row of an answer that is not grouped, nil when there is none.
func only(rows []disclosure.Skills) (*disclosure.Skills, error) {
	switch len(rows) {
	case 0:
		return nil, nil
	case 1:
		return &rows[0], nil
	}
	return nil, fmt.Errorf("make report: %d rows of totals where one was asked for", len(rows))
}

// vacancyReport asks the questions behind the vacancy report and makes it.
func (h *handlers) vacancyReport(ctx context.Context, question reportQuestion, known *time.Time) (*report.Book, error) {
	asked, err := h.answerVacancies(ctx, question.actor, question.filter(question.asAt, domain.ByStaffGroup))
	if err != nil {
		return nil, err
	}
	content := report.VacanciesInput{
		About: h.about(question, asked.reach.rule, known), StaffGroups: question.lists.StaffGroups, Bands: question.lists.Bands,
		ByStaffGroup: report.NewVacancyRows(asked.rule, asked.totals),
	}
	var year []domain.Date
	for month := content.YearBefore(); month <= content.AsAt; month = month.AddMonths(1).MonthEnd() {
		year = append(year, month)
	}
	for _, part := range []struct {
		rows    *[]report.VacancyRow
		months  []domain.Date
		groupBy []domain.Dimension
	}{
		{&content.ByMonth, year, []domain.Dimension{domain.ByMonth}},
		{&content.ByBand, year[len(year)-1:], []domain.Dimension{domain.ByBand}},
		{&content.ByDigital, year[len(year)-1:], []domain.Dimension{domain.ByDigital}},
		{&content.ByMonthAndStaffGroup, year, []domain.Dimension{domain.ByMonth, domain.ByStaffGroup}},
	} {
		filter := question.filter(question.asAt, part.groupBy...)
		filter.Months = part.months
		answer, err := h.answerVacancies(ctx, question.actor, filter)
		if err != nil {
			return nil, err
		}
		*part.rows = report.NewVacancyRows(answer.rule, answer.totals)
	}
	return report.Vacancies(content)
}
