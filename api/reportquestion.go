package api

import (
	"context"
	"fmt"
	"slices"
	"time"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// reportRequest says which report is wanted.
type reportRequest struct {
	name               string // such as report.NameDigitalLiteracy
	area               report.Area
	asAt               *domain.Date
	framework, version *string
	basis              domain.Basis
	// receipt is that of a report that is made again, with what the register held
	// then; nil for a new one.
	receipt *report.Receipt
}

// place sets the area of the report and says what of the places was wrong.
func (r *reportRequest) place(organisation, icb, region *string) []domain.FieldFault {
	var faults []domain.FieldFault
	refuse := func(field string, given *string, advice string) {
		if given != nil {
			faults = append(faults, domain.FieldFault{Field: field, Message: advice})
		}
	}
	if r.name != report.NameRollup {
		refuse("icb", icb, "Only the report rollup is about an ICB.")
		refuse("region", region, "Only the report rollup is about a region.")
		if organisation == nil {
			return append(faults, domain.FieldFault{Field: "organisation", Message: "Say which organisation the report is to be about, by its ODS code."})
		}
		r.area = report.Area{Kind: domain.ByOrganisation, Code: *organisation}
		if r.basis != "" {
			faults = append(faults, domain.FieldFault{Field: "basis", Message: "Only the report rollup has a basis."})
		}
		return faults
	}
	refuse("organisation", organisation, "The report rollup is about an ICB, a region or the nation. Use digital-literacy or vacancies for one organisation.")
	r.area = report.Area{Kind: domain.ByNation}
	if region != nil {
		r.area = report.Area{Kind: domain.ByRegion, Code: *region}
		refuse("icb", icb, "Ask for an ICB or for a region, not for both.")
	} else if icb != nil {
		r.area = report.Area{Kind: domain.ByICB, Code: *icb}
	}
	return faults
}

// reportQuestion is a report that can be asked for: its codes exist, its date is a
// month end and its caller may have it.
type reportQuestion struct {
	request reportRequest
	actor   domain.Actor
	// organisation is the one the report is about; empty for an area.
	organisation domain.Organisation
	asAt         domain.Date
	madeAt       time.Time
	today        domain.Date // of madeAt
	knownAt      *time.Time  // for a report that is made again
	lists        domain.Lists
	framework    domain.FrameworkVersion
	basis        domain.Basis
	purged       []string // what is to be said of purged data
}

// makeReport makes a report for a caller.
func (h *handlers) makeReport(ctx context.Context, actor domain.Actor, asked reportRequest) (*report.Book, error) {
	question, err := h.reportQuestion(ctx, actor, asked)
	if err != nil {
		return nil, err
	}
	switch asked.name {
	case report.NameDigitalLiteracy:
		return ofOneState(ctx, h, question, (*handlers).digitalLiteracyReport)
	case report.NameVacancies:
		return ofOneState(ctx, h, question, (*handlers).vacancyReport)
	case report.NameRollup:
		return ofOneState(ctx, h, question, (*handlers).rollupReport)
	case report.NamePeople:
		return ofOneState(ctx, h, question, (*handlers).peopleReport)
	}
	return nil, domain.NotFound("report_not_found", "There is no such report.")
}

// stateTries is how often the questions behind a report are asked: as the register is,
// and when it changed in between, as it was before they were asked again.
const stateTries = 2

// ofOneState asks all questions of a report of one state of the register, so that its
// sheets never contradict each other. When the register changed in between, they are
// asked again about what was known at its last change, as those of a receipt are: that
// does not change. What it calls is told when the register last changed.
func ofOneState(ctx context.Context, h *handlers, question reportQuestion, ask func(*handlers, context.Context, reportQuestion, *time.Time) (*report.Book, error)) (*report.Book, error) {
	for try := range stateTries {
		before, err := h.deps.Totals.LastChange(ctx)
		if err != nil {
			return nil, fmt.Errorf("read state of the register: %w", err)
		}
		known, err := h.deps.Totals.LastChangeAt(ctx, question.knownAt)
		if err != nil {
			return nil, fmt.Errorf("read time of the last change: %w", err)
		}
		if try > 0 && known != nil {
			past := *h
			past.again = true
			h, question.knownAt = &past, known
		}
		if question.purged, err = h.reportPurgeNotes(ctx, question); err != nil {
			return nil, err
		}
		book, err := ask(h, ctx, question, known)
		if err != nil {
			return nil, err
		}
		after, err := h.deps.Totals.LastChange(ctx)
		if err != nil {
			return nil, fmt.Errorf("read state of the register: %w", err)
		}
		if before == after || question.knownAt != nil {
			return book, nil
		}
	}
	return nil, domain.Unavailable("register_changing", "Files are being stored faster than the report can be made. Try again in a moment.", 10, nil)
}

// reportQuestion checks that the caller may have the report, that its date is a month
// end and that its codes exist.
func (h *handlers) reportQuestion(ctx context.Context, actor domain.Actor, asked reportRequest) (reportQuestion, error) {
	madeAt := h.deps.Clock()
	q := reportQuestion{request: asked, actor: actor, madeAt: madeAt, today: domain.DateOf(madeAt), basis: asked.basis}
	if asked.area.Kind == domain.ByOrganisation && !actor.Covers(asked.area.Code) {
		return q, organisationNotFound()
	}
	var filter domain.TotalsFilter
	if err := (totalsPeriod{asAt: asked.asAt}).settle(&filter, q.today); err != nil {
		return q, err
	}
	q.asAt = filter.AsAt
	if again := asked.receipt; again != nil {
		q.knownAt, q.today = again.KnownAt, domain.DateOf(again.MadeAt)
		if q.knownAt == nil {
			// Nothing was held: that is what was known when it was made.
			q.knownAt = &again.MadeAt
		}
	}
	var err error
	if q.lists, err = h.lists.get(ctx); err != nil {
		return q, err
	}
	if asked.name == report.NameVacancies && (asked.framework != nil || asked.version != nil) {
		return q, domain.Invalid("report_question", "The report cannot be made as it was asked for.",
			domain.FieldFault{Field: "framework", Message: "The report about vacancies has no assessments. Leave framework and framework_version out."})
	}
	if q.framework, err = frameworkOf(asked.framework, asked.version).in(q.lists); err != nil {
		return q, err
	}
	if asked.area.Kind != domain.ByOrganisation {
		return q, nil
	}
	q.organisation, err = h.deps.Registry.Organisation(ctx, asked.area.Code, q.asAt)
	if domain.KindOf(err) == domain.KindNotFound {
		return q, organisationNotFound()
	}
	if err != nil {
		return q, fmt.Errorf("read organisation: %w", err)
	}
	return q, nil
}

// filter asks about the organisation of the report at a date.
func (q reportQuestion) filter(asAt domain.Date, groupBy ...domain.Dimension) domain.TotalsFilter {
	filter := q.anywhere(asAt, groupBy...)
	filter.Organisations = []string{q.organisation.Code}
	return filter
}

// anywhere asks about everything at a date, for the caller to narrow to an area.
func (q reportQuestion) anywhere(asAt domain.Date, groupBy ...domain.Dimension) domain.TotalsFilter {
	return domain.TotalsFilter{
		GroupBy: groupBy, AsAt: asAt, Months: []domain.Date{asAt}, Basis: q.basis, Today: q.today, KnownAt: q.knownAt, PeriodMonths: defaultPeriod,
	}
}

// about describes the report. The rule is the one that its figures about people passed.
func (h *handlers) about(q reportQuestion, rule disclosure.Rule, known *time.Time) report.About {
	about := report.About{
		Organisation: q.organisation, AsAt: q.asAt, MadeAt: q.madeAt, Publisher: q.organisation.Name, Rule: rule, Purged: q.purged, Synthetic: h.deps.Synthetic,
		Receipt: report.Receipt{
			Report: q.request.name, Audience: q.actor.Role, Area: q.request.area, AsAt: q.asAt, KnownAt: known, Basis: q.basis,
		},
	}
	if q.request.name != report.NameVacancies {
		about.Receipt.Framework, about.Receipt.FrameworkVersion = q.framework.Framework, q.framework.Version
	}
	switch {
	case q.request.area.Kind == domain.ByOrganisation:
		about.Receipt.Scope = []string{q.organisation.Code}
	case q.actor.Grant.Kind == domain.ScopeAll:
		about.Receipt.Scope = []string{report.ScopeAll}
	default:
		about.Receipt.Scope = slices.Clone(q.actor.Organisations)
	}
	return about
}
