package repository

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"skillstracker/domain"
)

// entryJSON is an entry as import_compare.sql reads it.
type entryJSON struct {
	Code      string       `json:"code"`
	Name      string       `json:"name"`
	Kind      string       `json:"kind"`
	Sector    *string      `json:"sector"`
	Region    *string      `json:"region"`
	ICB       *string      `json:"icb"`
	OpenedOn  *domain.Date `json:"opened_on"`
	ClosedOn  *domain.Date `json:"closed_on"`
	CQCID     *string      `json:"cqc_id"`
	Parent    *string      `json:"parent"`
	Synthetic bool         `json:"synthetic"`
}

// ImportOrganisations stores an edition in one change. What an edition says is
// kept as it is; versions and lifespans are derived anew for the organisations
// that it changes, so the order of imports does not matter. An edition that
// changes nothing makes no change.
func (s *Store) ImportOrganisations(ctx context.Context, actor domain.Actor, edition domain.OrganisationImport) (domain.ImportSummary, error) {
	summary := domain.ImportSummary{Read: len(edition.Entries), UnknownParents: []string{}}
	err := s.inScope(ctx, scope{write: systemRows, read: []string{systemRows}}, false, func(t tx) error {
		if err := lockRegistry(ctx, t); err != nil {
			return err
		}
		entries, err := withSectors(ctx, t, edition.Entries)
		if err != nil {
			return err
		}
		if err := refuseOtherKinds(ctx, t, entries); err != nil {
			return err
		}
		differing, err := compareEdition(ctx, t, edition.Edition, entries, &summary)
		if err != nil {
			return err
		}
		var changeID *int64
		if len(differing) > 0 {
			id, err := beginChange(ctx, t, "organisations_import", "", actor.ID, nil)
			if err != nil {
				return err
			}
			changeID = &id
			for _, entry := range differing {
				altered, err := storeEntry(ctx, t, edition.Edition, entry.OrganisationEntry, id)
				if err != nil {
					return fmt.Errorf("store %s: %w", entry.Code, err)
				}
				switch {
				case entry.new:
					summary.New++
				case altered:
					summary.Changed++
				default:
					summary.Unchanged++
				}
			}
		}
		if summary.UnknownParents, err = unknownParents(ctx, t, entries); err != nil {
			return err
		}
		err = audit(ctx, t, actor, auditEntry{operation: "importOrganisations", object: "edition " + edition.Edition.String(), changeID: changeID, outcome: "done"})
		if err != nil || changeID == nil {
			return err
		}
		return finishChange(ctx, t, *changeID)
	})
	return summary, err
}

// refuseOtherKinds refuses a file that would turn a region or an ICB into something
// else, or the other way round, or that makes one of them the headquarters of a site:
// that is a wrong code and not news.
func refuseOtherKinds(ctx context.Context, t tx, entries []domain.OrganisationEntry) error {
	held, err := organisationKinds(ctx, t)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if _, known := held[e.Code]; !known {
			held[e.Code] = e.Kind
		}
	}
	var faults []domain.FieldFault
	for _, e := range entries {
		if above := held[e.Parent]; above.IsLevel() {
			faults = append(faults, domain.FieldFault{Field: e.Code, Message: fmt.Sprintf("Its parent %s is of kind %s; a headquarters is an organisation that provides care.", e.Parent, above)})
		}
		kind, known := held[e.Code]
		if known && kind != e.Kind && (kind.IsLevel() || e.Kind.IsLevel()) {
			faults = append(faults, domain.FieldFault{Field: e.Code, Message: fmt.Sprintf("The registry holds it as %s; the file says %s.", kind, e.Kind)})
		}
	}
	if len(faults) > 0 {
		return domain.Invalid("organisation_kind_changed",
			"The file gives codes of regions or ICBs to organisations of another kind, or as headquarters. Correct the codes or the kinds; nothing of it was stored.", faults...)
	}
	return nil
}

// withSectors fills in the sector of trusts from the list that the product
// ships, for files that do not carry it.
func withSectors(ctx context.Context, t tx, entries []domain.OrganisationEntry) ([]domain.OrganisationEntry, error) {
	type row struct{ Code, Sector string }
	rows, err := readRows[row](ctx, t, `SELECT code, sector FROM sector_of_organisation`)
	if err != nil {
		return nil, err
	}
	known := make(map[string]string, len(rows))
	for _, r := range rows {
		known[r.Code] = r.Sector
	}
	filled := slices.Clone(entries)
	for i := range filled {
		if filled[i].Sector == "" {
			filled[i].Sector = known[filled[i].Code]
		}
	}
	return filled, nil
}

// differingEntry is an entry that is not held of its edition yet; new says that the
// registry does not hold the organisation either.
type differingEntry struct {
	domain.OrganisationEntry
	new bool
}

// compareEdition returns the entries that are not held of the edition, and counts
// the others as unchanged.
func compareEdition(ctx context.Context, t tx, edition domain.Date, entries []domain.OrganisationEntry, summary *domain.ImportSummary) ([]differingEntry, error) {
	sent := make([]entryJSON, 0, len(entries))
	byCode := make(map[string]domain.OrganisationEntry, len(entries))
	for _, e := range entries {
		byCode[e.Code] = e
		sent = append(sent, entryJSON{
			Code: e.Code, Name: e.Name, Kind: string(e.Kind), Sector: textOrNull(e.Sector), Region: textOrNull(e.Region),
			ICB: textOrNull(e.ICB), OpenedOn: e.OpenedOn, ClosedOn: e.ClosedOn, CQCID: textOrNull(e.CQCID), Parent: textOrNull(e.Parent), Synthetic: e.Synthetic,
		})
	}
	body, err := json.Marshal(sent)
	if err != nil {
		return nil, fmt.Errorf("encode entries: %w", err)
	}
	type row struct {
		Code string
		New  bool
		Same bool
	}
	rows, err := readRows[row](ctx, t, query("import_compare"), args{"entries": string(body), "edition": day(edition)})
	if err != nil {
		return nil, err
	}
	var differing []differingEntry
	for _, r := range rows {
		if r.Same {
			summary.Unchanged++
			continue
		}
		differing = append(differing, differingEntry{OrganisationEntry: byCode[r.Code], new: r.New})
	}
	return differing, nil
}

func unknownParents(ctx context.Context, t tx, entries []domain.OrganisationEntry) ([]string, error) {
	seen := make(map[string]bool)
	for _, e := range entries {
		for _, code := range []string{e.Region, e.ICB, e.Parent} {
			if code != "" {
				seen[code] = true
			}
		}
	}
	parents := slices.Sorted(maps.Keys(seen))
	type row struct{ Code string }
	rows, err := readRows[row](ctx, t, `SELECT code FROM unnest(CAST(@codes AS text[])) AS parent (code)
		WHERE NOT EXISTS (SELECT FROM organisation o WHERE o.code = parent.code) ORDER BY code`,
		args{"codes": textArray(parents)})
	if err != nil {
		return nil, err
	}
	unknown := make([]string, 0, len(rows))
	for _, r := range rows {
		unknown = append(unknown, r.Code)
	}
	return unknown, nil
}
