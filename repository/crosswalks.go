package repository

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skillstracker/domain"
)

// PublishCrosswalk stores a crosswalk in one change. Nothing of it can be changed or
// deleted afterwards: triggers refuse it.
func (s *Store) PublishCrosswalk(ctx context.Context, actor domain.Actor, crosswalk domain.Crosswalk) (domain.Crosswalk, error) {
	var published domain.Crosswalk
	err := s.inScope(ctx, scope{write: systemRows, read: []string{systemRows}}, false, func(t tx) error {
		if err := lockFrameworks(ctx, t); err != nil {
			return err
		}
		if err := checkCrosswalk(ctx, t, &crosswalk); err != nil {
			return err
		}
		change, err := beginChange(ctx, t, "crosswalk", "", actor.ID, nil)
		if err != nil {
			return err
		}
		if err := storeCrosswalk(ctx, t, crosswalk, change); err != nil {
			return err
		}
		crosswalks, err := readCrosswalks(ctx, t)
		if err != nil {
			return err
		}
		published, _ = domain.Lists{Crosswalks: crosswalks}.Crosswalk(crosswalk.Code)
		err = audit(ctx, t, actor, auditEntry{operation: "publishCrosswalk", object: crosswalk.Code, changeID: &change, outcome: "done"})
		if err != nil {
			return err
		}
		return finishChange(ctx, t, change)
	})
	return published, err
}

// checkCrosswalk finds the versions that a crosswalk names and refuses it with every
// fault that it has.
func checkCrosswalk(ctx context.Context, t tx, crosswalk *domain.Crosswalk) error {
	lists, err := readLists(ctx, t)
	if err != nil {
		return err
	}
	if _, exists := lists.Crosswalk(crosswalk.Code); exists {
		return domain.Conflict("crosswalk_exists", "A crosswalk with this code is published already and cannot be changed. Publish another one under another code.")
	}
	var faults []domain.FieldFault
	var versions [2]domain.FrameworkVersion
	for i, side := range []struct {
		field string
		named *domain.FrameworkRef
	}{{"from", &crosswalk.From}, {"to", &crosswalk.To}} {
		found, known := lists.Framework(side.named.Framework, side.named.Version)
		if !known || side.named.Version == "" {
			faults = append(faults, domain.FieldFault{Field: side.field, Message: "There is no such framework version. GET /api/v1/frameworks lists them."})
			continue
		}
		versions[i], *side.named = found, domain.FrameworkRef{ID: found.ID, Framework: found.Framework, Version: found.Version}
	}
	if len(faults) == 0 {
		faults = domain.CheckCrosswalk(*crosswalk, versions[0], versions[1])
	}
	if len(faults) > 0 {
		return domain.Invalid("crosswalk_rejected", "The crosswalk has faults, so it was not published. Mend them and send it again.", faults...)
	}
	return nil
}

func storeCrosswalk(ctx context.Context, t tx, c domain.Crosswalk, change int64) error {
	if _, err := t.exec(ctx, `INSERT INTO crosswalk (code, name, from_version, to_version, source, added_by) VALUES (?, ?, ?, ?, ?, ?)`,
		c.Code, c.Name, c.From.ID, c.To.ID, c.Source, change); err != nil {
		return err
	}
	columns := []string{"crosswalk", "from_competence", "from_level", "to_competence", "to_level"}
	copied, err := t.copyRows(ctx, "crosswalk_level", columns, pgx.CopyFromSlice(len(c.Levels), func(i int) ([]any, error) {
		l := c.Levels[i]
		return []any{c.Code, l.FromCompetence, int16(l.FromLevel), l.ToCompetence, int16(l.ToLevel)}, nil
	}))
	return allTouched("store crosswalk", copied, len(c.Levels), err)
}

type crosswalkRow struct {
	Code          string
	Name          string
	Source        string
	FromVersion   int16
	FromFramework string
	FromText      string
	ToVersion     int16
	ToFramework   string
	ToText        string
}

// readCrosswalks returns the published crosswalks by their codes, with their levels in
// the order of the competences of both versions.
func readCrosswalks(ctx context.Context, t tx) ([]domain.Crosswalk, error) {
	rows, err := readRows[crosswalkRow](ctx, t, `SELECT w.code, w.name, w.source, w.from_version, f.framework AS from_framework, f.version AS from_text,
			w.to_version, o.framework AS to_framework, o.version AS to_text
		FROM crosswalk w JOIN framework_version f ON f.id = w.from_version JOIN framework_version o ON o.id = w.to_version
		ORDER BY w.code COLLATE "C"`)
	if err != nil {
		return nil, err
	}
	crosswalks := make([]domain.Crosswalk, 0, len(rows))
	for _, r := range rows {
		c := domain.Crosswalk{
			Code: r.Code, Name: r.Name, Source: r.Source,
			From: domain.FrameworkRef{ID: r.FromVersion, Framework: r.FromFramework, Version: r.FromText},
			To:   domain.FrameworkRef{ID: r.ToVersion, Framework: r.ToFramework, Version: r.ToText},
		}
		if c.Levels, err = readRows[domain.CrosswalkLevel](ctx, t, `SELECT l.from_competence, l.from_level, l.to_competence, l.to_level
			FROM crosswalk_level l
			JOIN competence f ON f.framework_version = ? AND f.code = l.from_competence
			JOIN competence o ON o.framework_version = ? AND o.code = l.to_competence
			WHERE l.crosswalk = ? ORDER BY o.ordinal, f.ordinal, l.from_level`, r.FromVersion, r.ToVersion, r.Code); err != nil {
			return nil, err
		}
		crosswalks = append(crosswalks, c)
	}
	return crosswalks, nil
}
