package repository

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skillstracker/domain"
)

var _ domain.Exporter = (*Store)(nil)

// exportBatch is the number of rows of an export that are fetched at a time. It is
// small enough that a slow reader does not use up the time limit of a statement.
const exportBatch = 5000

// Export hands out rows in bulk. See domain.Exporter. Each organisation is asked about
// by itself, so that the first row is there before the last has been looked for.
func (s *Store) Export(ctx context.Context, actor domain.Actor, wanted domain.ExportQuery, row func([][]byte) error) error {
	for _, organisation := range wanted.Organisations {
		if !actor.Covers(organisation) {
			return domain.NotFound("organisation_not_found", "No organisation with this ODS code is in your scope.")
		}
	}
	names := args{
		"as_at": day(wanted.AsAt), "first": dayOrNull(wanted.From), "last": dayOrNull(wanted.To), "framework": wanted.Framework.ID,
	}
	name := "export_" + string(wanted.Kind)
	statement, known := exportStatement(wanted.Kind)
	if !known {
		return fmt.Errorf("export: there is no kind %q", wanted.Kind)
	}
	var refused error
	err := s.inScope(ctx, scope{read: wanted.Organisations}, true, func(t tx) error {
		if err := t.preferIndexes(ctx); err != nil {
			return err
		}
		for _, organisation := range wanted.Organisations {
			names["organisation"] = organisation
			if err := t.fetchTexts(ctx, name, statement, names, func(values [][]byte) error {
				refused = row(values)
				return refused
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if refused != nil {
		return refused
	}
	return err
}

// exportStatement returns the query of a kind of export.
func exportStatement(kind domain.ExportKind) (string, bool) {
	switch kind {
	case domain.ExportStaff:
		return query("export_staff"), true
	case domain.ExportAssessments:
		return compose("export_assessments", plainParts), true
	case domain.ExportCells:
		return query("export_vacancies"), true
	case domain.ExportPosts:
		return query("export_vacancy_posts"), true
	case domain.ExportSums:
		return query("export_vacancy_sums"), true
	}
	return "", false
}

// fetchTexts runs a query by a cursor and hands out its rows as texts.
func (t tx) fetchTexts(ctx context.Context, name, statement string, names args, row func([][]byte) error) error {
	return t.conn.Raw(func(driverConn any) error {
		c, err := driven(ctx, driverConn)
		if err != nil {
			return err
		}
		cursor := pgx.Identifier{name}.Sanitize()
		if _, err := c.Exec(ctx, "DECLARE "+cursor+" NO SCROLL CURSOR FOR "+statement, pgx.NamedArgs(names)); err != nil {
			return fmt.Errorf("open cursor: %w", err)
		}
		if err := newAhead(ctx, c, cursor).handOut(row); err != nil {
			return err
		}
		if _, err := c.Exec(ctx, "CLOSE "+cursor); err != nil {
			return fmt.Errorf("close cursor: %w", err)
		}
		return nil
	})
}
