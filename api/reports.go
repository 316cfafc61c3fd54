package api

import (
	"context"
	"fmt"
	"io"

	"skillstracker/api/report"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// Reporter writes workbooks. What it is given has passed the access and the
// disclosure rules; it only shows.
type Reporter interface {
	// DigitalLiteracy writes the digital-literacy workbook of one organisation.
	DigitalLiteracy(to io.Writer, about report.DigitalLiteracyInput) error
	// Vacancies writes the vacancy workbook of one organisation.
	Vacancies(to io.Writer, about report.VacanciesInput) error
}

// Workbooks is the Reporter that writes Excel workbooks by package report.
type Workbooks struct{}

// DigitalLiteracy writes the digital-literacy workbook.
func (Workbooks) DigitalLiteracy(to io.Writer, about report.DigitalLiteracyInput) error {
	return report.DigitalLiteracy(to, about)
}

// Vacancies writes the vacancy workbook.
func (Workbooks) Vacancies(to io.Writer, about report.VacanciesInput) error {
	return report.Vacancies(to, about)
}

// GetDigitalLiteracyReport answers with the digital-literacy workbook of one of the
// caller's organisations.
func (h *handlers) GetDigitalLiteracyReport(ctx context.Context, request spec.GetDigitalLiteracyReportRequestObject) (spec.GetDigitalLiteracyReportResponseObject, error) {
	params := request.Params
	question, err := h.reportQuestion(ctx, params.Organisation, totalsPeriod{asAt: dateFrom(params.AsAt)})
	if err != nil {
		return nil, err
	}
	framework, err := frameworkOf(params.Framework, params.FrameworkVersion).in(question.lists)
	if err != nil {
		return nil, err
	}
	content, err := ofOneState(ctx, h.deps.Totals, func() (report.DigitalLiteracyInput, error) {
		return h.digitalLiteracy(ctx, question, framework)
	})
	if err != nil {
		return nil, err
	}
	sent, err := h.workbook(report.DigitalLiteracyFileName(params.Organisation, content.AsAt), func(to io.Writer) error {
		return h.deps.Reports.DigitalLiteracy(to, content)
	})
	if err != nil {
		return nil, err
	}
	return spec.GetDigitalLiteracyReport200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
		WorkbookApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse: sent,
	}, nil
}

// GetVacancyReport answers with the vacancy workbook of one of the caller's
// organisations.
func (h *handlers) GetVacancyReport(ctx context.Context, request spec.GetVacancyReportRequestObject) (spec.GetVacancyReportResponseObject, error) {
	params := request.Params
	question, err := h.reportQuestion(ctx, params.Organisation, totalsPeriod{asAt: dateFrom(params.AsAt)})
	if err != nil {
		return nil, err
	}
	content, err := ofOneState(ctx, h.deps.Totals, func() (report.VacanciesInput, error) {
		return h.vacancies(ctx, question)
	})
	if err != nil {
		return nil, err
	}
	sent, err := h.workbook(report.VacanciesFileName(params.Organisation, content.AsAt), func(to io.Writer) error {
		return h.deps.Reports.Vacancies(to, content)
	})
	if err != nil {
		return nil, err
	}
	return spec.GetVacancyReport200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
		WorkbookApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse: sent,
	}, nil
}

// stateTries is how often the questions behind a workbook are asked before the
// register is said to change too fast.
const stateTries = 5

// ofOneState asks all questions of a workbook again when the register changed in
// between, so that its sheets never contradict each other.
func ofOneState[T any](ctx context.Context, totals domain.TotalsReader, ask func() (T, error)) (T, error) {
	var answer T
	for range stateTries {
		before, err := totals.LastChange(ctx)
		if err != nil {
			return answer, fmt.Errorf("read state of the register: %w", err)
		}
		if answer, err = ask(); err != nil {
			return answer, err
		}
		after, err := totals.LastChange(ctx)
		if err != nil {
			return answer, fmt.Errorf("read state of the register: %w", err)
		}
		if before == after {
			return answer, nil
		}
	}
	return answer, domain.Unavailable("register_changing", "Files are being stored faster than the workbook can be made. Try again in a moment.", 10, nil)
}

// reportQuestion is who asks for a workbook about what.
type reportQuestion struct {
	actor        domain.Actor
	organisation domain.Organisation
	asAt         domain.Date
	lists        domain.Lists
}

// reportQuestion checks that the organisation is the caller's and the date a month
// end, and looks both up.
func (h *handlers) reportQuestion(ctx context.Context, code string, period totalsPeriod) (reportQuestion, error) {
	actor, err := actorCovering(ctx, code)
	if err != nil {
		return reportQuestion{}, err
	}
	var filter domain.TotalsFilter
	if err := period.settle(&filter, h.today()); err != nil {
		return reportQuestion{}, err
	}
	lists, err := h.lists.get(ctx)
	if err != nil {
		return reportQuestion{}, err
	}
	organisation, err := h.deps.Registry.Organisation(ctx, code, filter.AsAt)
	if domain.KindOf(err) == domain.KindNotFound {
		return reportQuestion{}, organisationNotFound()
	}
	if err != nil {
		return reportQuestion{}, fmt.Errorf("read organisation: %w", err)
	}
	return reportQuestion{actor: actor, organisation: organisation, asAt: filter.AsAt, lists: lists}, nil
}

// filter asks about the organisation at a date.
func (q reportQuestion) filter(asAt domain.Date, groupBy ...domain.Dimension) domain.TotalsFilter {
	return domain.TotalsFilter{GroupBy: groupBy, Organisations: []string{q.organisation.Code}, AsAt: asAt, Months: []domain.Date{asAt}}
}

// about describes the workbook, which is the organisation's own.
func (h *handlers) about(question reportQuestion, reach reach) report.About {
	return report.About{
		Organisation: question.organisation, AsAt: question.asAt, MadeAt: h.deps.Clock(),
		Publisher: question.organisation.Name, Rule: reach.rule, Synthetic: h.deps.Synthetic,
	}
}

// workbook writes a workbook to a temporary file first, so that a failure is still
// a problem document and the length is known.
func (h *handlers) workbook(name string, write func(io.Writer) error) (sent spec.WorkbookApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse, err error) {
	file, size, err := h.writtenFile(write)
	if err != nil {
		return sent, fmt.Errorf("write workbook: %w", err)
	}
	disposition, cache := attachment(name), "private, no-store"
	sent.Body, sent.ContentLength = file, size
	sent.Headers = spec.WorkbookResponseHeaders{CacheControl: &cache, ContentDisposition: &disposition}
	return sent, nil
}
