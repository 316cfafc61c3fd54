package api

import (
	"context"
	"fmt"
	"time"

	"skillstracker/api/report"
	"skillstracker/domain"
)

// vacancyReport asks the questions behind the vacancy report and makes it. They are
// questions of the totals endpoints, so the figures are the same.
func (h *handlers) vacancyReport(ctx context.Context, question reportQuestion, known *time.Time) (*report.Book, error) {
	asked, err := h.answerVacancies(ctx, question.actor, question.filter(question.asAt, domain.ByStaffGroup))
	if err != nil {
		return nil, err
	}
	content := report.VacanciesInput{
		About: h.about(question, asked.reach.rule, known), StaffGroups: question.lists.StaffGroups, Bands: question.lists.Bands,
		JobRoles: question.lists.JobRoles, AreasOfWork: question.lists.AreasOfWork, Statuses: question.lists.PositionStatuses,
		ByStaffGroup: report.NewVacancyRows(asked.rule, asked.totals),
	}
	year := append([]domain.Date{content.YearBefore()}, report.Months(content.AsAt)...)
	if err := h.vacanciesOf(ctx, question, []rowsAsked{
		{&content.ByMonth, year, []domain.Dimension{domain.ByMonth}, nil},
		{&content.ByBand, nil, []domain.Dimension{domain.ByBand}, nil},
		{&content.ByDigital, nil, []domain.Dimension{domain.ByDigital}, nil},
		{&content.ByMonthAndStaffGroup, year, []domain.Dimension{domain.ByMonth, domain.ByStaffGroup}, nil},
	}); err != nil {
		return nil, err
	}
	if content.PositionsByMonth, err = h.positionsOf(ctx, question, year, nil, domain.ByMonth); err != nil {
		return nil, err
	}
	if content.PositionsByDigital, err = h.positionsOf(ctx, question, nil, nil, domain.ByDigital); err != nil {
		return nil, err
	}
	if question.actor.Role != domain.RolePlanner {
		if content.Fine, err = h.fineVacancies(ctx, question); err != nil {
			return nil, err
		}
	}
	if content.Benchmark, err = h.vacancyBenchmark(ctx, question); err != nil {
		return nil, err
	}
	if content.OverEstablished, err = h.overEstablished(ctx, question, year); err != nil {
		return nil, err
	}
	if content.Uploads, err = h.uploadLines(ctx, question, domain.UploadVacancies, domain.UploadPositions); err != nil {
		return nil, err
	}
	content.Receipt.Coverage = coverageInWords(asked.totals)
	return report.Vacancies(content)
}

// rowsAsked is a question about vacancies of the organisation of a report and where its
// answer goes. Without months it is about the report's date; narrow may be nil.
type rowsAsked struct {
	rows    *[]report.VacancyRow
	months  []domain.Date
	groupBy []domain.Dimension
	narrow  func(*domain.TotalsFilter)
}

func (h *handlers) vacanciesOf(ctx context.Context, question reportQuestion, all []rowsAsked) error {
	for _, asked := range all {
		filter := question.filter(question.asAt, asked.groupBy...)
		if asked.months != nil {
			filter.Months = asked.months
		}
		if asked.narrow != nil {
			asked.narrow(&filter)
		}
		answer, err := h.answerVacancies(ctx, question.actor, filter)
		if err != nil {
			return err
		}
		*asked.rows = report.NewVacancyRows(answer.rule, answer.totals)
	}
	return nil
}

func (h *handlers) positionsOf(ctx context.Context, question reportQuestion, months []domain.Date, narrow func(*domain.TotalsFilter), groupBy ...domain.Dimension) ([]domain.PositionTotal, error) {
	filter := question.filter(question.asAt, groupBy...)
	if months != nil {
		filter.Months = months
	}
	if narrow != nil {
		narrow(&filter)
	}
	answer, err := h.answerPositions(ctx, question.actor, filter)
	return answer.rows, err
}

// fineVacancies asks what only the organisation's own people may see. The questions
// themselves are refused to others.
func (h *handlers) fineVacancies(ctx context.Context, question reportQuestion) (*report.FineVacancies, error) {
	digital := func(filter *domain.TotalsFilter) { filter.Digital = []string{domain.DigitalYes} }
	byKindOfPost := []domain.Dimension{domain.ByAreaOfWork, domain.ByJobRole, domain.ByBand}
	fine := &report.FineVacancies{}
	err := h.vacanciesOf(ctx, question, []rowsAsked{
		{&fine.ByRole, nil, []domain.Dimension{domain.ByStaffGroup, domain.ByJobRole}, nil},
		{&fine.ByRoleAndDigital, nil, []domain.Dimension{domain.ByStaffGroup, domain.ByJobRole, domain.ByDigital}, nil},
		{&fine.DigitalRoles, nil, byKindOfPost, digital},
	})
	if err != nil {
		return nil, err
	}
	if fine.DigitalPositions, err = h.positionsOf(ctx, question, nil, digital, byKindOfPost...); err != nil {
		return nil, err
	}
	fine.Open, err = h.deps.Data.OpenPositions(ctx, question.actor, domain.DataQuery{
		Organisation: question.organisation.Code, AsAt: question.asAt, KnownAt: question.knownAt,
	})
	if err != nil {
		return nil, fmt.Errorf("read open positions: %w", err)
	}
	return fine, nil
}

// overEstablished counts for each month the lines of the return of which more is
// contracted than budgeted. Nothing but these counts is kept of the lines.
func (h *handlers) overEstablished(ctx context.Context, question reportQuestion, year []domain.Date) (map[domain.Date]int, error) {
	counts := map[domain.Date]int{}
	err := h.deps.Data.VacancyRows(ctx, question.actor, domain.DataQuery{
		Organisation: question.organisation.Code, AsAt: question.asAt, From: &year[0], To: &year[len(year)-1], KnownAt: question.knownAt,
	}, func(row domain.VacancyRow) error {
		budgeted, contracted := row.Measures.Budgeted, row.Measures.Contracted
		if budgeted.State == domain.Known && contracted.State == domain.Known && contracted.Value > budgeted.Value {
			counts[row.Key.Month]++
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("count over-established lines: %w", err)
	}
	return counts, nil
}

// coverageInWords says on how many organisations the figures of a date rest.
func coverageInWords(totals []domain.VacancyTotal) string {
	reporting, expected := 0, 0
	for _, total := range totals {
		reporting, expected = max(reporting, total.Reporting), max(expected, total.Expected)
	}
	return fmt.Sprintf("vacancy returns of %s, %d expected", counted(reporting, "organisation"), expected)
}
