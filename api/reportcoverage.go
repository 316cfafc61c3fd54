package api

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// rollupCoverage lists the organisations of the caller's scope in the area: those from
// which something is expected or held, and the trusts that have sent nothing.
func (h *handlers) rollupCoverage(ctx context.Context, q reportQuestion, skills []disclosure.Skills) ([]report.CoverageLine, error) {
	answer, err := h.answerVacancies(ctx, q.actor, q.inArea(q.asAt, domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector))
	if err != nil {
		return nil, err
	}
	var lines []report.CoverageLine
	places := map[string]int{}
	add := func(line report.CoverageLine) {
		if _, listed := places[line.Code]; !listed {
			places[line.Code] = len(lines)
			lines = append(lines, line)
		}
	}
	for _, total := range answer.totals {
		g := total.Group
		add(report.CoverageLine{
			Code: g.Organisation, Name: g.Name, Sector: g.Sector, ICB: g.ICB, ICBName: g.ICBName, Region: g.Region, RegionName: g.RegionName,
			Reported: total.Reporting > 0, Expected: total.Expected > 0,
		})
	}
	for _, row := range skills {
		add(report.CoverageLine{Code: row.Organisation, Name: row.Name, ICB: row.ICB, ICBName: row.ICBName, Region: row.Region, RegionName: row.RegionName})
	}
	trusts, err := h.trustsOf(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, o := range trusts {
		add(report.CoverageLine{Code: o.Code, Name: o.Name, Sector: o.Sector, ICB: o.ICB, ICBName: o.ICBName, Region: o.Region, RegionName: o.RegionName})
	}
	if err := h.addSectors(ctx, q, lines); err != nil {
		return nil, err
	}
	return lines, h.addLastUploads(ctx, q, lines, places)
}

// addSectors gives the sectors of organisations that are known by their people alone,
// whose totals do not name them.
func (h *handlers) addSectors(ctx context.Context, q reportQuestion, lines []report.CoverageLine) error {
	var codes []string
	for _, line := range lines {
		if line.Sector == "" {
			codes = append(codes, line.Code)
		}
	}
	day := q.asAt
	if q.basis == domain.BasisAsNow {
		day = q.today
	}
	held, err := h.organisationsOf(ctx, codes, day)
	if err != nil {
		return err
	}
	for i, line := range lines {
		lines[i].Sector = cmp.Or(line.Sector, held[line.Code].Sector)
	}
	return nil
}

// addLastUploads says of organisations when they last sent files.
func (h *handlers) addLastUploads(ctx context.Context, q reportQuestion, lines []report.CoverageLine, places map[string]int) error {
	var codes []string
	for i := range lines {
		lines[i].Last = map[domain.UploadKind]domain.Date{}
		codes = append(codes, lines[i].Code)
	}
	if len(codes) == 0 {
		return nil
	}
	last, err := h.deps.Uploads.LastUploads(ctx, q.actor, codes, q.knownAt)
	if err != nil {
		return fmt.Errorf("read last uploads: %w", err)
	}
	for _, upload := range last {
		lines[places[upload.Organisation]].Last[upload.Kind] = domain.DateOf(upload.ReceivedAt)
	}
	return nil
}

// trustsOf returns the trusts of the area that are in the caller's scope and open on the
// report's date, by the membership of the report's basis.
func (h *handlers) trustsOf(ctx context.Context, q reportQuestion) ([]domain.Organisation, error) {
	const page = 1000
	narrowed := q.inArea(q.asAt)
	filter := domain.OrganisationFilter{
		Kinds: []domain.OrganisationKind{domain.KindTrust}, Regions: narrowed.Regions, ICBs: narrowed.ICBs, OpenOn: &q.asAt, AsAt: q.asAt, Page: domain.Page{Limit: page},
	}
	if q.basis == domain.BasisAsNow {
		filter.AsAt = q.today
	}
	var trusts []domain.Organisation
	for {
		found, total, err := h.deps.Registry.Organisations(ctx, filter)
		if err != nil {
			return nil, fmt.Errorf("list trusts: %w", err)
		}
		trusts = append(trusts, found...)
		if filter.Page.Offset += page; filter.Page.Offset >= total {
			break
		}
	}
	return slices.DeleteFunc(trusts, func(o domain.Organisation) bool { return !q.actor.Covers(o.Code) }), nil
}
