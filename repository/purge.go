package repository

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"skillstracker/domain"
)

// Purged counts what was destroyed of an organisation, or would be.
type Purged struct {
	Organisation string // ODS code
	domain.PurgeHorizon
	People      int64
	Assessments int64 // rows, with those that later ones had replaced
	// StaffVersions counts rows of positions and employments, with those that later
	// ones had replaced.
	StaffVersions int64
	Files         int64     // kept files of staff and assessments, which may name who went
	Change        int64     // number of the change; 0 when nothing was written
	At            time.Time // of the change
}

// nothing says that there is nothing to destroy.
func (p Purged) nothing() bool { return p.People == 0 && p.Assessments == 0 && p.StaffVersions == 0 }

// PurgeOptions says what a purge is to do.
type PurgeOptions struct {
	domain.PurgeHorizon
	Organisation string // the only one; empty for all
	DryRun       bool   // count only
}

// Purge destroys what has been kept long enough, one organisation at a time as its
// only write: assessments of days before a horizon, and people who left before
// another, with all that is and was held about them, and with the kept files that may
// name them. Each organisation's purge is a
// change, a row of the destruction log and an event of its audit trail, or nothing at
// all. purged is told of each organisation from which something was destroyed, after
// that is committed; done is called after each organisation. A dry run tells the same,
// writes nothing and keeps nobody waiting.
func (o *Owner) Purge(ctx context.Context, options PurgeOptions, purged func(Purged) error, done func(finished, organisations int) error) error {
	organisations, err := o.purgeable(ctx, options.Organisation)
	if err != nil {
		return mapError("purge", err)
	}
	for i, one := range organisations {
		destroyed, err := o.purgeOne(ctx, one, options)
		if err != nil {
			return mapError("purge "+one.code, err)
		}
		if !destroyed.nothing() {
			if err := purged(destroyed); err != nil {
				return err
			}
		}
		if err := done(i+1, len(organisations)); err != nil {
			return err
		}
	}
	return nil
}

// purgeable lists the organisations to look through.
func (o *Owner) purgeable(ctx context.Context, only string) ([]holder, error) {
	organisations, err := o.holders(ctx)
	if err != nil || only == "" {
		return organisations, err
	}
	for _, one := range organisations {
		if one.code == only {
			return []holder{one}, nil
		}
	}
	var known bool
	if err := o.pool.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM organisation WHERE code = $1)`, only).Scan(&known); err != nil {
		return nil, fmt.Errorf("look up organisation: %w", err)
	}
	if !known {
		return nil, domain.NotFound("organisation_not_found", fmt.Sprintf("The registry holds no organisation with the code %s.", only))
	}
	return nil, nil
}

// purgeOne looks first, so that an organisation of which nothing is old enough is
// never locked.
func (o *Owner) purgeOne(ctx context.Context, one holder, options PurgeOptions) (Purged, error) {
	result := Purged{Organisation: one.code, PurgeHorizon: options.PurgeHorizon}
	look := &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
	err := o.inOrganisation(ctx, look, one, func(t *sql.Tx, _ string) error { return result.count(ctx, t) })
	if err != nil || options.DryRun || result.nothing() {
		return result, err
	}
	err = o.inOrganisation(ctx, nil, one, func(t *sql.Tx, organisation string) error {
		if _, err := t.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, $2))`, organisation, organisationLocks); err != nil {
			return fmt.Errorf("wait for organisation: %w", err)
		}
		return result.destroy(ctx, t)
	})
	return result, err
}

// arguments are those of the queries of a purge.
func (p *Purged) arguments() pgx.NamedArgs {
	return pgx.NamedArgs{
		"organisation": p.Organisation, "assessed_before": p.AssessedBefore.Time(), "left_before": p.LeftBefore.Time(), "change": p.Change,
	}
}

func (p *Purged) count(ctx context.Context, t *sql.Tx) error {
	text := compose("purge_count", func(string, string) (string, bool) { return "", false })
	if err := t.QueryRowContext(ctx, text, p.arguments()).Scan(&p.People, &p.Assessments, &p.StaffVersions, &p.Files); err != nil {
		return fmt.Errorf("count what is old enough: %w", err)
	}
	return nil
}

// Destructions lists the destruction log, newest first.
func (o *Owner) Destructions(ctx context.Context) ([]Purged, error) {
	var log []Purged
	err := o.transact(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}, func(t *sql.Tx) error {
		if err := seeAll(ctx, t); err != nil {
			return err
		}
		rows, err := t.QueryContext(ctx, `SELECT d.organisation, d.assessed_before, d.left_before, d.people, d.assessments, d.staff_versions, d.files,
			c.number, c.made_at FROM destruction d JOIN change c ON c.id = d.change_id ORDER BY c.number DESC`)
		if err != nil {
			return fmt.Errorf("read rows: %w", err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var p Purged
			var assessed, left time.Time
			if err := rows.Scan(&p.Organisation, &assessed, &left, &p.People, &p.Assessments, &p.StaffVersions, &p.Files, &p.Change, &p.At); err != nil {
				return fmt.Errorf("read rows: %w", err)
			}
			p.AssessedBefore, p.LeftBefore, p.At = domain.DateOf(assessed), domain.DateOf(left), p.At.UTC()
			log = append(log, p)
		}
		return rows.Err()
	})
	return log, mapError("read destruction log", err)
}
