package repository

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"skillstracker/domain"
)

// planTargets decides what a file of targets changes.
func planTargets(ctx context.Context, t tx, upload *domain.Upload, file domain.UploadFile) (*decision, error) {
	if err := warnTargetsClosed(ctx, t, file); err != nil {
		return nil, err
	}
	if err := t.joinByHash(ctx); err != nil {
		return nil, err
	}
	held, err := readTargets(ctx, t, upload.Organisation, versionsOf(file.Targets))
	if err != nil {
		return nil, err
	}
	plan := domain.PlanTargets(file.Targets, upload.Complete, held, file.Faults)
	upload.Counts = ofRowsWithoutErrors(plan.Counts, upload.Counts.RowsRead, file.Blank)
	versions := make(map[domain.TargetKey]int16)
	for i := range held {
		versions[held[i].Key] = held[i].FrameworkID
	}
	return &decision{
		write: func(change int64) error {
			if err := storeTargets(ctx, t, upload.Organisation, plan, versions, change); err != nil {
				return err
			}
			keys := make([]string, 0, len(plan.Unchanged))
			for _, key := range plan.Unchanged {
				keys = append(keys, targetKeyText(key, versions[key]))
			}
			return confirmRecords(ctx, t, *upload, keys, change)
		},
		examples: func() ([]domain.RecordChange, error) { return plan.Examples(domain.ChangeExamples), nil },
	}, nil
}

// warnTargetsClosed warns once of all targets that hold only from a day on which the
// organisation is closed. One from before it opened holds from the opening on.
func warnTargetsClosed(ctx context.Context, t tx, file domain.UploadFile) error {
	_, closed, err := lifespan(ctx, t, file.Organisation)
	if err != nil {
		return err
	}
	outside := 0
	for i := range file.Targets {
		row := &file.Targets[i]
		if row.Action == domain.ActionStore && !file.Faults.BadRow(row.Row) && !domain.OpenOn(nil, closed, row.Key.ValidFrom) {
			outside++
		}
	}
	warnOutside(file.Faults, outside, "The organisation is closed on the day from which 1 target holds.",
		"The organisation is closed on the days from which %d targets hold.")
	return nil
}

// versionsOf returns the framework versions that a file names, in order. One that could
// not be read is 0.
func versionsOf(rows []domain.TargetRow) []int16 {
	var versions []int16
	for i := range rows {
		if id := rows[i].FrameworkID; id != 0 && !slices.Contains(versions, id) {
			versions = append(versions, id)
		}
	}
	slices.Sort(versions)
	return versions
}

type targetRow struct {
	Organisation     string
	FrameworkVersion int16
	Framework        string
	Version          string
	Competence       string
	Domain           string
	JobRole          string
	StaffGroup       string
	Band             string
	ValidFrom        time.Time
	Level            *int16
}

// targetColumns are those of targetRow, of target p and its framework version v.
const targetColumns = `p.organisation, p.framework_version, v.framework, v.version, p.competence, p.domain, p.job_role, p.staff_group, p.band, p.valid_from, p.level`

func (r targetRow) key() domain.TargetKey {
	return domain.TargetKey{
		Framework: r.Framework, Version: r.Version, Competence: r.Competence, Domain: r.Domain,
		JobRole: r.JobRole, StaffGroup: r.StaffGroup, Band: r.Band, ValidFrom: domain.DateOf(r.ValidFrom),
	}
}

func (r targetRow) toDomain() domain.TargetRow {
	return domain.TargetRow{Key: r.key(), FrameworkID: r.FrameworkVersion, Level: levelOrNil(r.Level)}
}

func levelOrNil(level *int16) *domain.Level {
	if level == nil {
		return nil
	}
	l := domain.Level(*level)
	return &l
}

// readTargets reads the targets that an organisation holds of some framework versions,
// whatever their day.
func readTargets(ctx context.Context, t tx, organisation string, versions []int16) ([]domain.TargetRow, error) {
	ids := make(textArray, 0, len(versions))
	for _, id := range versions {
		ids = append(ids, strconv.Itoa(int(id)))
	}
	rows, err := readRows[targetRow](ctx, t, `SELECT `+targetColumns+` FROM target p JOIN framework_version v ON v.id = p.framework_version
		WHERE p.organisation = ? AND p.framework_version = ANY (CAST(? AS smallint[])) AND p.ended_by IS NULL`, organisation, ids)
	if err != nil {
		return nil, err
	}
	held := make([]domain.TargetRow, 0, len(rows))
	for _, r := range rows {
		held = append(held, r.toDomain())
	}
	return held, nil
}

// targetKeyText writes a key as record_confirmation keeps it: the key columns in their
// order with | between them, which no code holds.
func targetKeyText(k domain.TargetKey, version int16) string {
	return strings.Join([]string{
		strconv.Itoa(int(version)), k.Competence, k.Domain, k.JobRole, k.StaffGroup, k.Band, k.ValidFrom.String(),
	}, "|")
}

// storeTargets ends and adds what a plan says; versions has the framework version of
// each target that is held.
func storeTargets(ctx context.Context, t tx, organisation string, plan domain.TargetPlan, versions map[domain.TargetKey]int16, change int64) error {
	const key = `framework_version smallint, competence text, domain text, job_role text, staff_group text, band text, valid_from date`
	values := func(k domain.TargetKey, version int16) []any {
		return []any{version, k.Competence, k.Domain, k.JobRole, k.StaffGroup, k.Band, day(k.ValidFrom)}
	}
	if err := t.stage(ctx, `ended_target (`+key+`)`, len(plan.End), func(i int) []any {
		return values(plan.End[i], versions[plan.End[i]])
	}); err != nil {
		return err
	}
	n, err := t.exec(ctx, `UPDATE target p SET ended_by = ? FROM ended_target e
		WHERE p.organisation = ? AND p.framework_version = e.framework_version AND p.competence = e.competence AND p.domain = e.domain
		  AND p.job_role = e.job_role AND p.staff_group = e.staff_group AND p.band = e.band AND p.valid_from = e.valid_from
		  AND p.ended_by IS NULL`, change, organisation)
	if err := allTouched("end targets", n, len(plan.End), err); err != nil {
		return err
	}
	if err := t.stage(ctx, `added_target (`+key+`, level smallint)`, len(plan.Add), func(i int) []any {
		r := &plan.Add[i]
		var level any
		if r.Level != nil {
			level = int16(*r.Level)
		}
		return append(values(r.Key, r.FrameworkID), level)
	}); err != nil {
		return err
	}
	n, err = t.exec(ctx, `INSERT INTO target (organisation, framework_version, competence, domain, job_role, staff_group, band, valid_from, level, added_by)
		SELECT ?, framework_version, competence, domain, job_role, staff_group, band, valid_from, level, ?
		FROM added_target ORDER BY framework_version, competence, domain, job_role, staff_group, band, valid_from`, organisation, change)
	return allTouched("add targets", n, len(plan.Add), err)
}
