package repository

import (
	"context"
	"fmt"
	"slices"
	"time"

	"skillstracker/domain"
)

type successionRow struct {
	Predecessor string
	Successor   string
	EffectiveOn time.Time
}

// readSuccessions returns the successions that are in force and name one of the codes
// on either side, or all of them when codes is nil.
func readSuccessions(ctx context.Context, t tx, codes []string) ([]domain.Succession, error) {
	rows, err := readRows[successionRow](ctx, t, `SELECT predecessor, successor, effective_on FROM organisation_succession
		WHERE ended_by IS NULL AND (CAST(@codes AS text[]) IS NULL OR predecessor = ANY (CAST(@codes AS text[])) OR successor = ANY (CAST(@codes AS text[])))
		ORDER BY predecessor COLLATE "C", successor COLLATE "C"`, args{"codes": textArray(codes)})
	if err != nil {
		return nil, err
	}
	found := make([]domain.Succession, len(rows))
	for i, r := range rows {
		found[i] = domain.Succession{Predecessor: r.Predecessor, Successor: r.Successor, EffectiveOn: domain.DateOf(r.EffectiveOn)}
	}
	return found, nil
}

// Successions lists the successions that are held, in the order of predecessor and
// successor.
func (s *Store) Successions(ctx context.Context, codes []string) ([]domain.Succession, error) {
	var found []domain.Succession
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		var err error
		found, err = readSuccessions(ctx, t, listOrNull(codes))
		return err
	})
	return found, err
}

// SuccessorsOf returns where the chains of successions of closed organisations end on
// a day. A code that stands for itself is not in the answer.
func (s *Store) SuccessorsOf(ctx context.Context, codes []string, on domain.Date) (map[string][]string, error) {
	found := make(map[string][]string)
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		successions, err := readSuccessions(ctx, t, nil)
		if err != nil || len(successions) == 0 {
			return err
		}
		closed, err := readClosed(ctx, t, on)
		if err != nil {
			return err
		}
		for _, code := range codes {
			ends := domain.FollowSuccessions(code, on, successions, func(code string) bool { return closed[code] })
			if !slices.Equal(ends, []string{code}) {
				found[code] = ends
			}
		}
		return nil
	})
	return found, err
}

// readClosed returns the organisations that are closed on a day: what domain.OpenOn says
// not to be open.
func readClosed(ctx context.Context, t tx, on domain.Date) (map[string]bool, error) {
	type row struct{ Code string }
	rows, err := readRows[row](ctx, t, `SELECT code FROM organisation_lifespan
		WHERE ended_by IS NULL AND (opened_on > CAST(@day AS date) OR closed_on < CAST(@day AS date))`, args{"day": day(on)})
	closed := make(map[string]bool, len(rows))
	for _, r := range rows {
		closed[r.Code] = true
	}
	return closed, err
}

// ImportSuccessions stores a file of successions in one change: what it adds, what it
// removes, and a changed day as the end of one row and the beginning of another. A file
// that changes nothing makes no change. With a fault nothing of it is stored.
func (s *Store) ImportSuccessions(ctx context.Context, actor domain.Actor, file []domain.Succession) (domain.ImportSummary, error) {
	var summary domain.ImportSummary
	err := s.inScope(ctx, scope{write: systemRows, read: []string{systemRows}}, false, func(t tx) error {
		if err := lockRegistry(ctx, t); err != nil {
			return err
		}
		plan, err := planSuccessions(ctx, t, file)
		if err != nil {
			return err
		}
		summary = plan.Summary
		entry := auditEntry{operation: "importSuccessions", object: fmt.Sprintf("%d successions", len(file)), outcome: "done"}
		if len(plan.Add)+len(plan.End) == 0 {
			return audit(ctx, t, actor, entry)
		}
		change, err := beginChange(ctx, t, "successions_import", "", actor.ID, nil)
		if err != nil {
			return err
		}
		if err := storeSuccessions(ctx, t, plan, change); err != nil {
			return err
		}
		entry.changeID = &change
		if err := audit(ctx, t, actor, entry); err != nil {
			return err
		}
		return finishChange(ctx, t, change)
	})
	return summary, err
}

// lockRegistry makes the transaction the only one that imports organisations or their
// successions.
func lockRegistry(ctx context.Context, t tx) error {
	_, err := t.exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('organisations', 0))`)
	return err
}

func planSuccessions(ctx context.Context, t tx, file []domain.Succession) (domain.SuccessionPlan, error) {
	held, err := readSuccessions(ctx, t, nil)
	if err != nil {
		return domain.SuccessionPlan{}, err
	}
	kinds, err := organisationKinds(ctx, t)
	if err != nil {
		return domain.SuccessionPlan{}, err
	}
	plan, faults := domain.PlanSuccessions(held, file, kinds)
	if len(faults) > 0 {
		return domain.SuccessionPlan{}, domain.Invalid("succession_rejected",
			fmt.Sprintf("The file has %d faults, so nothing of it was stored. Mend them and send the file again.", len(faults)), faults...)
	}
	return plan, nil
}

// organisationKinds returns the kind of every organisation of the registry.
func organisationKinds(ctx context.Context, t tx) (map[string]domain.OrganisationKind, error) {
	type row struct{ Code, Kind string }
	rows, err := readRows[row](ctx, t, `SELECT code, kind FROM organisation`)
	if err != nil {
		return nil, err
	}
	kinds := make(map[string]domain.OrganisationKind, len(rows))
	for _, r := range rows {
		kinds[r.Code] = domain.OrganisationKind(r.Kind)
	}
	return kinds, nil
}

func storeSuccessions(ctx context.Context, t tx, plan domain.SuccessionPlan, change int64) error {
	for _, s := range plan.End {
		n, err := t.exec(ctx, `UPDATE organisation_succession SET ended_by = ? WHERE predecessor = ? AND successor = ? AND ended_by IS NULL`,
			change, s.Predecessor, s.Successor)
		if err := allTouched("end succession", n, 1, err); err != nil {
			return err
		}
	}
	for _, s := range plan.Add {
		if _, err := t.exec(ctx, `INSERT INTO organisation_succession (predecessor, successor, effective_on, added_by) VALUES (?, ?, ?, ?)`,
			s.Predecessor, s.Successor, day(s.EffectiveOn), change); err != nil {
			return err
		}
	}
	return nil
}
