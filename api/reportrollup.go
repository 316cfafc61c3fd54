package api

import (
	"cmp"
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

const (
	// rollupPublisher is the publisher of reports about areas, which are made from what
	// many organisations sent and by none of them.
	rollupPublisher = "Digital Workforce Skills Tracker"
	rollupContact   = "Please ask those who run the Digital Workforce Skills Tracker for your organisation."
	// rollupTargets says which targets count: those of each organisation where it has
	// any that fit, else the nation's (DESIGN 5).
	rollupTargets = "those that organisations have set, and the nation's where they have set none"
)

// rollupReport asks the questions behind the report about an area and makes it. They are
// questions of the totals endpoints. HR is answered as managers are: the rows of its
// organisations stand beside those of areas, and all pass one rule.
func (h *handlers) rollupReport(ctx context.Context, question reportQuestion, known *time.Time) (*report.Book, error) {
	question.basis = cmp.Or(question.basis, domain.BasisAsWas)
	area, err := h.area(ctx, question)
	if err != nil {
		return nil, err
	}
	about := h.about(question, h.deps.Rule, known)
	about.AreaName, about.Publisher, about.Contact = area.Name, rollupPublisher, rollupContact
	about.Synthetic = about.Synthetic || area.Synthetic
	about.Receipt.Targets = rollupTargets
	if question.actor.Role == domain.RoleHR {
		question.actor.Role = domain.RoleManager
	}
	content := report.RollupInput{
		About: about, Framework: question.framework, StaffGroups: question.lists.StaffGroups,
		JobRoles: question.lists.JobRoles, AreasOfWork: question.lists.AreasOfWork, WholeScope: question.actor.Grant.Kind == domain.ScopeAll,
	}
	var overall []domain.VacancyTotal
	asks := h.rollupSkills(question, &content)
	asks = append(asks, func(ctx context.Context) (err error) {
		overall, err = h.rollupPosts(ctx, question, &content)
		return err
	})
	if err := twoAtATime(ctx, asks); err != nil {
		return nil, err
	}
	content.Receipt.Coverage = coverageInWords(overall)
	if content.Coverage, err = h.rollupCoverage(ctx, question, content.OrganisationSkills); err != nil {
		return nil, err
	}
	return report.Rollup(content)
}

// area returns what the registry says of the area of a report: a place that totals may be
// narrowed to, or the nation.
func (h *handlers) area(ctx context.Context, q reportQuestion) (domain.Organisation, error) {
	code := q.request.area.Code
	if code == "" {
		return domain.Organisation{Name: domain.Nation, Kind: domain.KindNation}, nil
	}
	filter := q.inArea(q.asAt)
	if err := h.checkCodes(ctx, q.lists, &filter); err != nil {
		return domain.Organisation{}, err
	}
	held, err := h.organisationsOf(ctx, []string{code}, q.asAt)
	if err != nil {
		return domain.Organisation{}, err
	}
	area := held[code]
	area.Code, area.Name = code, cmp.Or(area.Name, code)
	return area, nil
}

// inArea asks about the area of a report at a date.
func (q reportQuestion) inArea(asAt domain.Date, groupBy ...domain.Dimension) domain.TotalsFilter {
	filter := q.anywhere(asAt, groupBy...)
	switch q.request.area.Kind { //nolint:exhaustive // the other dimensions are no areas
	case domain.ByRegion:
		filter.Regions = []string{q.request.area.Code}
	case domain.ByICB:
		filter.ICBs = []string{q.request.area.Code}
	}
	return filter
}

// rollupPosts asks for the vacancies of an area and returns the totals of its places.
// Digital posts are asked for with all others, because a question by digital with
// subtotals costs as much as one without.
func (h *handlers) rollupPosts(ctx context.Context, q reportQuestion, content *report.RollupInput) ([]domain.VacancyTotal, error) {
	byMonth := []domain.Dimension{domain.ByMonth, domain.ByDigital}
	switch q.request.area.Kind { //nolint:exhaustive // an ICB has no parts, and the other dimensions are no areas
	case domain.ByNation:
		byMonth = append(byMonth, domain.ByRegion)
	case domain.ByRegion:
		byMonth = append(byMonth, domain.ByICB)
	}
	var places []domain.VacancyTotal
	for _, asked := range []struct {
		rows   *[]report.VacancyRow
		filter domain.TotalsFilter
	}{
		{&content.Places, q.inArea(q.asAt, domain.ByRegion, domain.ByICB, domain.ByDigital)},
		{&content.Trend, ofMonths(q.inArea(q.asAt, byMonth...), report.Months(q.asAt))},
		{&content.Organisations, q.inArea(q.asAt, domain.ByOrganisation, domain.ByDigital)},
		{&content.ByStaffGroup, q.inArea(q.asAt, domain.ByStaffGroup, domain.ByDigital)},
		{&content.BySector, q.inArea(q.asAt, domain.BySector, domain.ByDigital)},
		{&content.DigitalRoles, digitalOnly(q.inArea(q.asAt, domain.ByRegion, domain.ByAreaOfWork, domain.ByJobRole))},
	} {
		asked.filter.Subtotals = len(asked.filter.Digital) == 0
		answer, err := h.answerVacancies(ctx, q.actor, asked.filter)
		if err != nil {
			return nil, err
		}
		*asked.rows = report.NewVacancyRows(answer.rule, answer.totals)
		if asked.rows == &content.Places {
			places = answer.totals
		}
	}
	return places, nil
}

func ofMonths(filter domain.TotalsFilter, months []domain.Date) domain.TotalsFilter {
	filter.Months = months
	return filter
}

func digitalOnly(filter domain.TotalsFilter) domain.TotalsFilter {
	filter.Digital = []string{domain.DigitalYes}
	return filter
}

// rollupSkills returns the questions about the digital literacy of an area, as few as
// there can be: each counts every person of the area, which takes seconds for a nation.
func (h *handlers) rollupSkills(q reportQuestion, content *report.RollupInput) []func(context.Context) error {
	ask := func(rows *[]disclosure.Skills, subtotals bool, filter domain.TotalsFilter) func(context.Context) error {
		filter.Framework, filter.Subtotals = q.framework, subtotals
		return func(ctx context.Context) error {
			answer, err := h.answerSkills(ctx, q.actor, filter)
			*rows = answer.rows
			return err
		}
	}
	var previous []disclosure.Skills
	askPrevious := ask(&previous, false, q.inArea(content.PreviousAsAt()))
	return []func(context.Context) error{
		ask(&content.PlaceSkills, true, q.inArea(q.asAt, domain.ByRegion, domain.ByICB)),
		ask(&content.GroupSkills, true, q.inArea(q.asAt, domain.ByStaffGroup, domain.BySector)),
		ask(&content.OrganisationSkills, false, q.inArea(q.asAt, domain.ByRegion, domain.ByICB, domain.ByOrganisation)),
		func(ctx context.Context) error {
			err := askPrevious(ctx)
			if err == nil {
				content.PreviousSkills, err = only(previous)
			}
			return err
		},
	}
}

// twoAtATime asks questions that do not depend on each other, two at a time: each keeps
// one processor of the database busy, and more would leave none for others. The first
// error ends the rest, and a panic is one: outside the goroutine of the request nothing
// else keeps it from ending the server.
func twoAtATime(ctx context.Context, asks []func(context.Context) error) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	turns := make(chan struct{}, 2)
	var asked sync.WaitGroup
	for _, ask := range asks {
		asked.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			defer func() {
				if fault := recover(); fault != nil {
					end(fmt.Errorf("answer question of a report: panic: %v\n%s", fault, debug.Stack()))
				}
			}()
			if ctx.Err() != nil {
				return
			}
			if err := ask(ctx); err != nil {
				end(err)
			}
		})
	}
	asked.Wait()
	return context.Cause(ctx)
}
