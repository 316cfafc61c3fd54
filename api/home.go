package api

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"net/url"

	"skillstracker/api/report"
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
	if page.Organisations, err = h.homeOrganisations(ctx, actor.Role, shown); err != nil {
		return nil, err
	}
	if page.Page == page.Pages {
		page.Organisations = append(page.Organisations, h.nation())
	}
	var body bytes.Buffer
	if err := h.pages.WriteHome(&body, page); err != nil {
		return nil, err
	}
	return spec.GetHome200TexthtmlResponse{Body: &body, ContentLength: int64(body.Len())}, nil
}

// homeOrganisations names the organisations and lists their months.
func (h *handlers) homeOrganisations(ctx context.Context, role domain.Role, codes []string) ([]web.HomeOrganisation, error) {
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
		name := names[code]
		if name == "" {
			name = code
		}
		organisations[i] = h.homeOrganisation(role, code, name)
	}
	return organisations, nil
}

// nation is where everybody finds the report about all of England.
func (h *handlers) nation() web.HomeOrganisation {
	const name = "England"
	return web.HomeOrganisation{
		Code: name, Name: name, Columns: []string{"Workforce"},
		Months: h.homeMonths(func(month string) []web.HomeReport {
			return []web.HomeReport{{Name: "Workforce roll-up", Files: homeFiles(report.NameRollup, url.Values{"as_at": {month}})}}
		}),
	}
}

// homeOrganisation lists the reports of one organisation.
func (h *handlers) homeOrganisation(role domain.Role, code, name string) web.HomeOrganisation {
	o := web.HomeOrganisation{Code: code, Name: name, Columns: []string{"Digital literacy", "Vacancies"}}
	if role == domain.RoleHR {
		o.Columns = append(o.Columns, "People (official, sensitive)")
	}
	o.Months = h.homeMonths(func(month string) []web.HomeReport {
		query := url.Values{"organisation": {code}, "as_at": {month}}
		reports := []web.HomeReport{
			{Name: "Digital literacy report", Files: homeFiles(report.NameDigitalLiteracy, query)},
			{Name: "Vacancy report", Files: homeFiles(report.NameVacancies, query)},
		}
		if role == domain.RoleHR {
			reports = append(reports, web.HomeReport{Name: "List of people", Files: homeFiles(report.NamePeople, query)[:1]})
		}
		return reports
	})
	return o
}

// homeMonths lists the latest month ends with their reports.
func (h *handlers) homeMonths(reports func(month string) []web.HomeReport) []web.HomeMonth {
	months := make([]web.HomeMonth, homeMonths)
	last := h.today().LastMonthEnd()
	for i := range months {
		month := last.AddMonths(-i).MonthEnd()
		months[i] = web.HomeMonth{Label: month.MonthLabel(), Reports: reports(month.String())}
	}
	return months
}

// homeFiles are the files of a report for people; the tables for machines are not
// listed.
func homeFiles(name string, query url.Values) []web.HomeFile {
	path := "/api/v1/reports/" + name
	charts := maps.Clone(query)
	charts.Set("profile", string(report.Management))
	return []web.HomeFile{
		{Form: "Excel, XLSX", Path: path + ".xlsx?" + query.Encode()},
		{Form: "Excel with charts, XLSX", Path: path + ".xlsx?" + charts.Encode()},
		{Form: "OpenDocument, ODS", Path: path + ".ods?" + query.Encode()},
	}
}
