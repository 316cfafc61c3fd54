package repository

import (
	"context"
	"time"

	"skillstracker/domain"
)

// Lists returns the reference lists, the published framework versions and crosswalks. The
// row "not given" of the lists that have one is left out.
func (s *Store) Lists(ctx context.Context) (domain.Lists, error) {
	var lists domain.Lists
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		var err error
		lists, err = readLists(ctx, t)
		return err
	})
	return lists, err
}

func readLists(ctx context.Context, t tx) (lists domain.Lists, err error) {
	if lists.StaffGroups, err = readRows[domain.StaffGroup](ctx, t, `SELECT code, name, short_name FROM staff_group ORDER BY code`); err != nil {
		return lists, err
	}
	if lists.Bands, err = readRows[domain.Band](ctx, t, `SELECT code, name, ordinal FROM band WHERE code <> '-' ORDER BY ordinal`); err != nil {
		return lists, err
	}
	if lists.JobRoles, err = readRows[domain.JobRole](ctx, t, `SELECT code, name, coalesce(staff_group, '') AS staff_group, coalesce(retired, '') AS retired, digital
		 FROM job_role WHERE code <> '-' ORDER BY code`); err != nil {
		return lists, err
	}
	if lists.AreasOfWork, err = readRows[domain.AreaOfWork](ctx, t, `SELECT code, primary_name AS "primary", secondary_name AS secondary, tertiary_name AS tertiary,
		        coalesce(retired, '') AS retired, digital
		 FROM area_of_work WHERE code <> '-' ORDER BY code`); err != nil {
		return lists, err
	}
	if lists.ContractTypes, err = readRows[domain.ContractType](ctx, t, `SELECT code, name, in_post FROM contract_type WHERE code <> '-' ORDER BY code`); err != nil {
		return lists, err
	}
	if lists.PositionStatuses, err = readRows[domain.PositionStatus](ctx, t, `SELECT code, name, outcome FROM position_vacancy_status WHERE code <> '-' ORDER BY code`); err != nil {
		return lists, err
	}
	if lists.Frameworks, err = readFrameworks(ctx, t); err != nil {
		return lists, err
	}
	lists.Crosswalks, err = readCrosswalks(ctx, t)
	return lists, err
}

type frameworkRow struct {
	ID             int16
	Framework      string
	Version        string
	Name           string
	Scoring        string
	ValidFrom      time.Time
	ValidityMonths int
	Source         string
	Licence        string
}

func readFrameworks(ctx context.Context, t tx) ([]domain.FrameworkVersion, error) {
	rows, err := readRows[frameworkRow](ctx, t, `SELECT id, framework, version, name, scoring, valid_from,
		validity_months, source, licence FROM framework_version ORDER BY framework, version`)
	if err != nil {
		return nil, err
	}
	frameworks := make([]domain.FrameworkVersion, 0, len(rows))
	for _, r := range rows {
		f := domain.FrameworkVersion{
			ID: r.ID, Framework: r.Framework, Version: r.Version, Name: r.Name, Scoring: domain.ScoringKind(r.Scoring),
			ValidFrom: domain.DateOf(r.ValidFrom), ValidityMonths: r.ValidityMonths, Source: r.Source, Licence: r.Licence,
		}
		if f.Domains, err = readRows[domain.CompetenceArea](ctx, t, `SELECT code, name FROM framework_domain WHERE framework_version = ? ORDER BY ordinal`, r.ID); err != nil {
			return nil, err
		}
		if f.Competences, err = readRows[domain.Competence](ctx, t, `SELECT code, name, domain_code AS domain, max_level, coalesce(threshold, 0) AS threshold FROM competence WHERE framework_version = ? ORDER BY ordinal`, r.ID); err != nil {
			return nil, err
		}
		if f.Levels, err = readRows[domain.ScaleLevel](ctx, t, `SELECT level, name, coalesce(band, '') AS band FROM framework_level WHERE framework_version = ? ORDER BY level`, r.ID); err != nil {
			return nil, err
		}
		frameworks = append(frameworks, f)
	}
	return frameworks, nil
}
