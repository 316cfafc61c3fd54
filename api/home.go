package api

import (
	"bytes"
	"context"
	"fmt"
	"net/url"

	"skillstracker/api/spec"
	"skillstracker/api/web"
	"skillstracker/domain"
)

const (
	homeOrganisations = 10 // organisations on one page
	homeMonths        = 12
)

// GetHome shows a page with the caller's reports, ten organisations at a time.
func (h *handlers) GetHome(ctx context.Context, request spec.GetHomeRequestObject) (spec.GetHomeResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	page := web.Home{
		Role: string(actor.Role), Synthetic: h.deps.Synthetic, Total: len(actor.Organisations),
		Pages: max(1, (len(actor.Organisations)+homeOrganisations-1)/homeOrganisations),
	}
	page.Page = orDefault(request.Params.Page, 1)
	if page.Page > page.Pages {
		return nil, domain.NotFound("page_not_found", fmt.Sprintf("The list of your reports has %d pages.", page.Pages))
	}
	first := (page.Page - 1) * homeOrganisations
	shown := actor.Organisations[first:min(first+homeOrganisations, len(actor.Organisations))]
	if page.Organisations, err = h.homeOrganisations(ctx, shown); err != nil {
		return nil, err
	}
	var body bytes.Buffer
	if err := h.pages.WriteHome(&body, page); err != nil {
		return nil, err
	}
	return spec.GetHome200TexthtmlResponse{Body: &body, ContentLength: int64(body.Len())}, nil
}

// homeOrganisations names the organisations and lists their months.
func (h *handlers) homeOrganisations(ctx context.Context, codes []string) ([]web.HomeOrganisation, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	held, _, err := h.deps.Registry.Organisations(ctx, domain.OrganisationFilter{
		Codes: codes, AsAt: h.today(), Page: domain.Page{Limit: len(codes)},
	})
	if err != nil {
		return nil, fmt.Errorf("name organisations: %w", err)
	}
	names := make(map[string]string, len(held))
	for _, organisation := range held {
		names[organisation.Code] = organisation.Name
	}
	organisations := make([]web.HomeOrganisation, len(codes))
	for i, code := range codes {
		organisations[i] = web.HomeOrganisation{Code: code, Name: names[code], Months: h.homeMonths(code)}
		if organisations[i].Name == "" {
			organisations[i].Name = code
		}
	}
	return organisations, nil
}

// homeMonths lists the latest month ends with both reports.
func (h *handlers) homeMonths(code string) []web.HomeMonth {
	months := make([]web.HomeMonth, homeMonths)
	last := h.today().LastMonthEnd()
	for i := range months {
		month := last.AddMonths(-i).MonthEnd()
		query := "?" + url.Values{"organisation": {code}, "as_at": {month.String()}}.Encode()
		months[i] = web.HomeMonth{Label: month.MonthLabel(), Reports: []web.HomeReport{
			{Name: "Digital literacy report", Path: "/api/v1/reports/digital-literacy.xlsx" + query},
			{Name: "Vacancy report", Path: "/api/v1/reports/vacancies.xlsx" + query},
		}}
	}
	return months
}
