package repository

import (
	"context"
	"fmt"
	"math"

	"skillstracker/domain"
)

// PublishFramework stores a framework version in one change. Nothing of it can be
// changed or deleted afterwards: triggers refuse it.
func (s *Store) PublishFramework(ctx context.Context, actor domain.Actor, name string, version domain.FrameworkVersion) (domain.FrameworkVersion, error) {
	var published domain.FrameworkVersion
	if faults := domain.CheckFramework(name, version); len(faults) > 0 {
		return published, domain.Invalid("framework_rejected", "The framework version has faults, so it was not published.", domain.FieldFaults(faults)...)
	}
	err := s.inScope(ctx, scope{write: systemRows, read: []string{systemRows}}, false, func(t tx) error {
		if err := lockFrameworks(ctx, t); err != nil {
			return err
		}
		id, err := nextVersion(ctx, t, name, version)
		if err != nil {
			return err
		}
		change, err := beginChange(ctx, t, "framework", "", actor.ID, nil)
		if err != nil {
			return err
		}
		version.ID = id
		if err := storeFramework(ctx, t, name, version, change); err != nil {
			return err
		}
		if published, err = readFramework(ctx, t, id); err != nil {
			return err
		}
		err = audit(ctx, t, actor, auditEntry{
			operation: "publishFramework", object: version.Framework + " " + version.Version, changeID: &change, outcome: "done",
		})
		if err != nil {
			return err
		}
		return finishChange(ctx, t, change)
	})
	return published, err
}

// lockFrameworks makes the transaction the only one that publishes.
func lockFrameworks(ctx context.Context, t tx) error {
	_, err := t.exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('frameworks', 0))`)
	return err
}

// nextVersion returns the id of a version that is to be stored, unless there is such
// a version or its framework has another name.
func nextVersion(ctx context.Context, t tx, name string, version domain.FrameworkVersion) (int16, error) {
	type row struct {
		ID      int16
		Version string
		Name    string
	}
	held, err := readRows[row](ctx, t, `SELECT v.id, v.version, f.name FROM framework_version v JOIN framework f ON f.code = v.framework
		WHERE v.framework = ? ORDER BY v.id`, version.Framework)
	if err != nil {
		return 0, err
	}
	for _, h := range held {
		if domain.SameVersion(h.Version, version.Version) {
			return 0, domain.Conflict("framework_version_exists", fmt.Sprintf(
				"%s %s is published already and cannot be changed. Publish a new version beside it.", version.Framework, h.Version))
		}
		if h.Name != name {
			return 0, domain.Invalid("framework_rejected", "The framework version has faults, so it was not published.", domain.FieldFault{
				Field: "framework_name", Message: fmt.Sprintf("The framework %s is named %s. A new version keeps the name of its framework.", version.Framework, h.Name),
			})
		}
	}
	type last struct{ ID int }
	highest, err := readRow[last](ctx, t, `SELECT coalesce(max(id), 0) AS id FROM framework_version`)
	if err != nil {
		return 0, err
	}
	if highest.ID >= math.MaxInt16 {
		return 0, domain.Conflict("framework_ids_used_up", "The register holds as many framework versions as it can.")
	}
	return int16(highest.ID + 1), nil
}

func storeFramework(ctx context.Context, t tx, name string, v domain.FrameworkVersion, change int64) error {
	if _, err := t.exec(ctx, `INSERT INTO framework (code, name) VALUES (?, ?) ON CONFLICT ON CONSTRAINT framework_pkey DO NOTHING`, v.Framework, name); err != nil {
		return err
	}
	if _, err := t.exec(ctx, `INSERT INTO framework_version (id, framework, version, name, scoring, valid_from, validity_months, source, licence, added_by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, v.ID, v.Framework, v.Version, v.Name, string(v.Scoring), day(v.ValidFrom), v.ValidityMonths, v.Source, v.Licence, change); err != nil {
		return err
	}
	for i, d := range v.Domains {
		if _, err := t.exec(ctx, `INSERT INTO framework_domain (framework_version, code, name, ordinal) VALUES (?, ?, ?, ?)`, v.ID, d.Code, d.Name, i+1); err != nil {
			return err
		}
	}
	for i, c := range v.Competences {
		if _, err := t.exec(ctx, `INSERT INTO competence (framework_version, code, name, domain_code, ordinal, max_level, threshold) VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0))`,
			v.ID, c.Code, c.Name, c.Domain, i+1, int16(c.MaxLevel), int16(c.Threshold)); err != nil {
			return err
		}
	}
	for _, l := range v.Levels {
		if _, err := t.exec(ctx, `INSERT INTO framework_level (framework_version, level, name, band) VALUES (?, ?, ?, ?)`,
			v.ID, int16(l.Level), l.Name, textOrNull(l.Band)); err != nil {
			return err
		}
	}
	return nil
}

// readFramework returns one version by its id, or a not-found error.
func readFramework(ctx context.Context, t tx, id int16) (domain.FrameworkVersion, error) {
	frameworks, err := readFrameworks(ctx, t)
	if err != nil {
		return domain.FrameworkVersion{}, err
	}
	for _, f := range frameworks {
		if f.ID == id {
			return f, nil
		}
	}
	return domain.FrameworkVersion{}, domain.NotFound("framework_unknown", "There is no such framework version.")
}
