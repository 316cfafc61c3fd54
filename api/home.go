package api

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"

	"skillstracker/api/report"
	"skillstracker/api/spec"
	"skillstracker/api/web"
	"skillstracker/domain"
)

const (
	homeOrganisations = 10 // organisations on one page
	homeMonths        = 12
)

// GetHome shows a page with the caller's reports, ten organisations at a time; those
// about areas come first.
func (h *handlers) GetHome(ctx context.Context, request spec.GetHomeRequestObject) (spec.GetHomeResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	page := web.Home{
		Role: string(actor.Role), Synthetic: h.deps.Synthetic, Total: len(actor.Organisations),
		Pages: max(1, (len(actor.Organisations)+homeOrganisations-1)/homeOrganisations),
	}
	if domain.IsUserID(actor.ID) {
		page.UserID = actor.ID
	}
	if !actor.SeesOrganisations() {
		page.Pages, page.Links = 1, homeLinks(actor.Role)
	}
	page.Page = orDefault(request.Params.Page, 1)
	if page.Page > page.Pages {
		return nil, domain.NotFound("page_not_found", fmt.Sprintf("The list of your reports has %d pages.", page.Pages))
	}
	if !actor.SeesOrganisations() {
		return h.homePage(page)
	}
	first := (page.Page - 1) * homeOrganisations
	shown := homeOrder(actor)[first:min(first+homeOrganisations, len(actor.Organisations))]
	if page.Page == 1 {
		if page.Organisations, err = h.homeAreas(ctx, actor.Grant); err != nil {
			return nil, err
		}
	}
	organisations, err := h.homeOrganisations(ctx, actor, shown)
	if err != nil {
		return nil, err
	}
	page.Organisations = append(page.Organisations, organisations...)
	return h.homePage(page)
}

func (h *handlers) homePage(page web.Home) (spec.GetHomeResponseObject, error) {
	var body bytes.Buffer
	if err := h.pages.WriteHome(&body, page); err != nil {
		return nil, err
	}
	return spec.GetHome200TexthtmlResponse{Body: &body, ContentLength: int64(body.Len())}, nil
}

// homeOrder lists the organisations of a scope, predecessors last: there is nothing new of
// them.
func homeOrder(actor domain.Actor) []string {
	if len(actor.ReadOnly) == 0 {
		return actor.Organisations
	}
	own := slices.DeleteFunc(slices.Clone(actor.Organisations), func(code string) bool { return !actor.MayWrite(code) })
	return append(own, actor.ReadOnly...)
}

// homeLinks are what a role without reports looks at, as the API has it.
func homeLinks(role domain.Role) []web.Link {
	switch role {
	case domain.RoleAdmin:
		return []web.Link{
			{Text: "Who has a role (JSON)", Path: "/api/v1/users"},
			{Text: "Tokens (JSON)", Path: "/api/v1/tokens"},
		}
	case domain.RoleAuditor:
		return []web.Link{
			{Text: "Newest events of the audit trail (JSON)", Path: "/api/v1/audit"},
		}
	case domain.RoleHR, domain.RoleManager, domain.RolePlanner:
	}
	return nil
}

// homeOrganisations names the organisations and lists their months.
func (h *handlers) homeOrganisations(ctx context.Context, actor domain.Actor, codes []string) ([]web.HomeOrganisation, error) {
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
		if place, readOnly := slices.BinarySearch(actor.ReadOnly, code); readOnly {
			name += ", until " + actor.Followers[place] + " took over"
		}
		organisations[i] = h.homeOrganisation(actor.Role, code, name)
	}
	return organisations, nil
}

// homeAreas lists the reports about areas: the regions or ICBs that the caller's token is
// for, by which whoever plans for one finds it, and the nation, which is everybody's.
func (h *handlers) homeAreas(ctx context.Context, grant domain.Grant) ([]web.HomeOrganisation, error) {
	parameter := map[domain.ScopeKind]string{domain.ScopeRegion: "region", domain.ScopeICB: "icb"}[grant.Kind]
	var areas []web.HomeOrganisation
	if parameter != "" {
		held, err := h.organisationsOf(ctx, grant.Codes, h.today())
		if err != nil {
			return nil, err
		}
		for _, code := range slices.Sorted(slices.Values(grant.Codes)) {
			areas = append(areas, h.homeArea(code, cmp.Or(held[code].Name, code), url.Values{parameter: {code}}))
		}
	}
	return append(areas, h.homeArea(domain.Nation, domain.Nation, nil)), nil
}

// homeArea lists the reports about an area, which the query names.
func (h *handlers) homeArea(code, name string, area url.Values) web.HomeOrganisation {
	return web.HomeOrganisation{
		Code: code, Name: name, Columns: []string{"Workforce"},
		Months: h.homeMonths(func(month string) []web.HomeReport {
			query := url.Values{"as_at": {month}}
			maps.Copy(query, area)
			return []web.HomeReport{{Name: "Workforce roll-up", Files: homeFiles(report.NameRollup, query)}}
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
