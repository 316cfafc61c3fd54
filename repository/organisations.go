package repository

import (
	"context"
	"time"

	"skillstracker/domain"
)

type organisationRow struct {
	Total      int
	Code       string
	Name       string
	Kind       string
	Sector     *string
	Region     *string
	RegionName *string
	ICB        *string `gorm:"column:icb"`
	ICBName    *string `gorm:"column:icb_name"`
	OpenedOn   *time.Time
	ClosedOn   *time.Time
	Open       bool
	CQCID      *string `gorm:"column:cqc_id"`
	Parent     *string
	Synthetic  bool
	Estimated  bool
}

func (r organisationRow) toDomain() domain.Organisation {
	return domain.Organisation{
		Code: r.Code, Name: r.Name, Kind: domain.OrganisationKind(r.Kind), Sector: textOf(r.Sector),
		Region: textOf(r.Region), RegionName: textOf(r.RegionName), ICB: textOf(r.ICB), ICBName: textOf(r.ICBName),
		OpenedOn: dateOrNil(r.OpenedOn), ClosedOn: dateOrNil(r.ClosedOn),
		Open: r.Open, CQCID: textOf(r.CQCID), Parent: textOf(r.Parent), Synthetic: r.Synthetic, Estimated: r.Estimated,
	}
}

type versionRow struct {
	ValidFrom time.Time
	Name      string
	Region    *string
	ICB       *string `gorm:"column:icb"`
}

// Organisations lists the organisations as they stood at filter.AsAt.
func (s *Store) Organisations(ctx context.Context, filter domain.OrganisationFilter) ([]domain.Organisation, int, error) {
	var found []domain.Organisation
	total := 0
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		rows, err := findOrganisations(ctx, t, filter)
		if err != nil {
			return err
		}
		if len(rows) == 0 && filter.Page.Offset > 0 {
			filter.Page = domain.Page{Limit: 1}
			first, err := findOrganisations(ctx, t, filter)
			if err != nil {
				return err
			}
			if len(first) > 0 {
				total = first[0].Total
			}
			return nil
		}
		for _, row := range rows {
			total = row.Total
			found = append(found, row.toDomain())
		}
		return nil
	})
	return found, total, err
}

func findOrganisations(ctx context.Context, t tx, filter domain.OrganisationFilter) ([]organisationRow, error) {
	kinds := make([]string, 0, len(filter.Kinds))
	for _, kind := range filter.Kinds {
		kinds = append(kinds, string(kind))
	}
	return readRows[organisationRow](ctx, t, query("organisations"), args{
		"as_at": day(filter.AsAt), "open_on": dayOrNull(filter.OpenOn), "part": filter.Query,
		"kinds": listOrNull(kinds), "regions": listOrNull(filter.Regions), "icbs": listOrNull(filter.ICBs),
		"sectors": listOrNull(filter.Sectors), "codes": listOrNull(filter.Codes),
		"cqc_ids": listOrNull(filter.CQCIDs), "parents": listOrNull(filter.Parents),
		"limit": filter.Page.Limit, "offset": filter.Page.Offset,
	})
}

// listOrNull passes an empty list as NULL, which does not narrow.
func listOrNull(items []string) textArray {
	if len(items) == 0 {
		return nil
	}
	return items
}

// Organisation returns one organisation as at a date with its history.
func (s *Store) Organisation(ctx context.Context, code string, asAt domain.Date) (domain.Organisation, error) {
	var found domain.Organisation
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		rows, err := findOrganisations(ctx, t, domain.OrganisationFilter{
			Codes: []string{code}, AsAt: asAt, Page: domain.Page{Limit: 1},
		})
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return domain.NotFound("organisation_not_found", "No organisation with this ODS code is in the registry.")
		}
		found = rows[0].toDomain()
		versions, err := readRows[versionRow](ctx, t, `SELECT valid_from, name, region, icb FROM organisation_version WHERE code = ? AND ended_by IS NULL ORDER BY valid_from`,
			code)
		if err != nil {
			return err
		}
		for _, v := range versions {
			found.Versions = append(found.Versions, domain.OrganisationVersion{
				ValidFrom: domain.DateOf(v.ValidFrom), Name: v.Name, Region: textOf(v.Region), ICB: textOf(v.ICB),
			})
		}
		successions, err := readSuccessions(ctx, t, []string{code})
		if err != nil {
			return err
		}
		for _, s := range successions {
			if s.Successor == code {
				found.Predecessors = append(found.Predecessors, s)
			} else {
				found.Successors = append(found.Successors, s)
			}
		}
		return nil
	})
	return found, err
}
