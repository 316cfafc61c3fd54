package repository

import (
	"cmp"
	"context"
	"slices"
	"time"

	"skillstracker/domain"
)

// storeEntry replaces what the edition says of one organisation, derives its
// versions and its lifespan from all editions, and says whether that altered what
// the registry answers.
func storeEntry(ctx context.Context, t tx, edition domain.Date, entry domain.OrganisationEntry, change int64) (bool, error) {
	_, err := t.exec(ctx, `INSERT INTO organisation (code, kind, sector, cqc_id, parent, synthetic, added_by) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT ON CONSTRAINT organisation_pkey DO NOTHING`,
		entry.Code, string(entry.Kind), textOrNull(entry.Sector), textOrNull(entry.CQCID), textOrNull(entry.Parent), entry.Synthetic, change)
	if err != nil {
		return false, err
	}
	if _, err := t.exec(ctx, `UPDATE organisation_entry SET ended_by = ? WHERE code = ? AND edition_on = ? AND ended_by IS NULL`,
		change, entry.Code, day(edition)); err != nil {
		return false, err
	}
	if _, err := t.exec(ctx, `INSERT INTO organisation_entry (edition_on, code, name, kind, sector, region, icb, opened_on, closed_on, cqc_id, parent, synthetic, added_by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		day(edition), entry.Code, entry.Name, string(entry.Kind), textOrNull(entry.Sector), textOrNull(entry.Region),
		textOrNull(entry.ICB), dayOrNull(entry.OpenedOn), dayOrNull(entry.ClosedOn), textOrNull(entry.CQCID), textOrNull(entry.Parent), entry.Synthetic, change); err != nil {
		return false, err
	}
	return deriveOrganisation(ctx, t, entry.Code, change)
}

type entryRow struct {
	EditionOn time.Time
	Name      string
	Kind      string
	Sector    *string
	Region    *string
	ICB       *string `gorm:"column:icb"`
	OpenedOn  *time.Time
	ClosedOn  *time.Time
	CQCID     *string `gorm:"column:cqc_id"`
	Parent    *string
	Synthetic bool
}

func deriveOrganisation(ctx context.Context, t tx, code string, change int64) (bool, error) {
	rows, err := readRows[entryRow](ctx, t, `SELECT edition_on, name, kind, sector, region, icb, opened_on, closed_on, cqc_id, parent, synthetic
		FROM organisation_entry WHERE code = ? AND ended_by IS NULL ORDER BY edition_on`, code)
	if err != nil {
		return false, err
	}
	entries := make(map[domain.Date]domain.OrganisationEntry, len(rows))
	for _, r := range rows {
		entries[domain.DateOf(r.EditionOn)] = domain.OrganisationEntry{
			Code: code, Name: r.Name, Kind: domain.OrganisationKind(r.Kind), Sector: textOf(r.Sector), Region: textOf(r.Region),
			ICB: textOf(r.ICB), OpenedOn: dateOrNil(r.OpenedOn), ClosedOn: dateOrNil(r.ClosedOn),
		}
	}
	latest := rows[len(rows)-1]
	var sector, cqcID, parent *string // each of the latest edition that says
	for _, r := range rows {
		sector, cqcID, parent = cmp.Or(r.Sector, sector), cmp.Or(r.CQCID, cqcID), cmp.Or(r.Parent, parent)
	}
	if care := domain.SectorSocialCare; sector == nil && domain.OrganisationKind(latest.Kind).IsSocialCare() {
		sector = &care
	}
	described, err := t.exec(ctx, `UPDATE organisation SET kind = ?, sector = ?, cqc_id = ?, parent = ?, synthetic = ?
		WHERE code = ? AND (kind, sector, cqc_id, parent, synthetic) IS DISTINCT FROM (?, CAST(? AS text), CAST(? AS text), CAST(? AS text), ?)`,
		latest.Kind, sector, cqcID, parent, latest.Synthetic, code, latest.Kind, sector, cqcID, parent, latest.Synthetic)
	if err != nil {
		return false, err
	}
	versioned, err := replaceVersions(ctx, t, code, domain.OrganisationVersions(entries), change)
	if err != nil {
		return false, err
	}
	opened, closed := domain.OrganisationLifespan(entries)
	dated, err := replaceLifespan(ctx, t, code, opened, closed, change)
	return described > 0 || versioned || dated, err
}

func replaceVersions(ctx context.Context, t tx, code string, wanted []domain.OrganisationVersion, change int64) (bool, error) {
	held, err := readRows[versionRow](ctx, t, `SELECT valid_from, name, region, icb FROM organisation_version WHERE code = ? AND ended_by IS NULL`, code)
	if err != nil {
		return false, err
	}
	keep := make(map[domain.Date]bool)
	altered := len(held) != len(wanted)
	for _, h := range held {
		v := domain.OrganisationVersion{ValidFrom: domain.DateOf(h.ValidFrom), Name: h.Name, Region: textOf(h.Region), ICB: textOf(h.ICB)}
		if slices.Contains(wanted, v) {
			keep[v.ValidFrom] = true
			continue
		}
		altered = true
		if _, err := t.exec(ctx, `UPDATE organisation_version SET ended_by = ? WHERE code = ? AND valid_from = ? AND ended_by IS NULL`,
			change, code, h.ValidFrom); err != nil {
			return false, err
		}
	}
	for _, v := range wanted {
		if keep[v.ValidFrom] {
			continue
		}
		if _, err := t.exec(ctx, `INSERT INTO organisation_version (code, valid_from, name, region, icb, added_by) VALUES (?, ?, ?, ?, ?, ?)`,
			code, day(v.ValidFrom), v.Name, textOrNull(v.Region), textOrNull(v.ICB), change); err != nil {
			return false, err
		}
	}
	return altered, nil
}

func replaceLifespan(ctx context.Context, t tx, code string, opened, closed *domain.Date, change int64) (bool, error) {
	held, err := t.exec(ctx, `UPDATE organisation_lifespan SET ended_by = ? WHERE code = ? AND ended_by IS NULL
		AND (opened_on, closed_on) IS DISTINCT FROM (CAST(? AS date), CAST(? AS date))`, change, code, dayOrNull(opened), dayOrNull(closed))
	if err != nil {
		return false, err
	}
	added, err := t.exec(ctx, `INSERT INTO organisation_lifespan (code, opened_on, closed_on, added_by)
		SELECT ?, CAST(? AS date), CAST(? AS date), ?
		WHERE ? OR NOT EXISTS (SELECT FROM organisation_lifespan WHERE code = ? AND ended_by IS NULL)`,
		code, dayOrNull(opened), dayOrNull(closed), change, held > 0, code)
	return added > 0, err
}
