package repository

import (
	"context"
	"errors"

	"skillstracker/domain"
)

// TEMPORARY: methods of part C that are being written. Each owner deletes theirs.

var errBeingWritten = errors.New("being written")

func (s *Store) PositionRows(context.Context, domain.Actor, domain.DataQuery, func(domain.PositionRow) error) error {
	return errBeingWritten
}

func (s *Store) TargetRows(context.Context, domain.Actor, domain.DataQuery, func(domain.TargetRow) error) error {
	return errBeingWritten
}

func (s *Store) Targets(context.Context, domain.Actor, domain.TargetQuery) ([]domain.Target, error) {
	return nil, errBeingWritten
}

func (s *Store) WorkforceTotals(context.Context, domain.Actor, domain.TotalsFilter) ([]domain.WorkforceTotal, error) {
	return nil, errBeingWritten
}

func (s *Store) PositionTotals(context.Context, domain.Actor, domain.TotalsFilter) ([]domain.PositionTotal, error) {
	return nil, errBeingWritten
}

func (s *Store) Successions(context.Context, []string) ([]domain.Succession, error) {
	return nil, errBeingWritten
}

func (s *Store) ImportSuccessions(context.Context, domain.Actor, []domain.Succession) (domain.ImportSummary, error) {
	return domain.ImportSummary{}, errBeingWritten
}

func (s *Store) SetReportingStart(context.Context, domain.Actor, string, domain.UploadKind, *domain.Date) error {
	return errBeingWritten
}

func (s *Store) PublishFramework(context.Context, domain.Actor, string, domain.FrameworkVersion) (domain.FrameworkVersion, error) {
	return domain.FrameworkVersion{}, errBeingWritten
}

func (s *Store) PublishCrosswalk(context.Context, domain.Actor, domain.Crosswalk) (domain.Crosswalk, error) {
	return domain.Crosswalk{}, errBeingWritten
}
