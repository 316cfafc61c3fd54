package repository_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
	"skillstracker/repository"
	"skillstracker/repository/localpg"
)

func successor(predecessor, successor string, on domain.Date) domain.Succession {
	return domain.Succession{Predecessor: predecessor, Successor: successor, EffectiveOn: on}
}

// succession numbers the rows of a file of successions from 2.
func successionFile(rows ...domain.Succession) []domain.Succession {
	for i := range rows {
		rows[i].Row = i + 2
	}
	return rows
}

func noSuccession(s domain.Succession) domain.Succession {
	s.Action = domain.ActionRemove
	return s
}

func importSuccessions(t *testing.T, store *repository.Store, rows ...domain.Succession) domain.ImportSummary {
	t.Helper()
	summary, err := store.ImportSuccessions(t.Context(), admin(), successionFile(rows...))
	if err != nil {
		t.Fatal(err)
	}
	if summary.Read != summary.New+summary.Changed+summary.Unchanged+summary.Removed {
		t.Errorf("the summary does not add up: %+v", summary)
	}
	return summary
}

func TestSuccessionsKeepTheirHistory(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	april, may := date(2026, 4, 1), date(2026, 5, 1)
	changes := func() string {
		return one(t, r.admin, `SELECT count(*) FROM change WHERE kind = 'successions_import' AND number IS NOT NULL`)
	}
	importSuccessions(t, r.Store, successor("RXA", "RXB", april), successor("RXA", "RXC", april))
	summary := importSuccessions(t, r.Store, successor("RXA", "RXB", april), successor("RXA", "RXC", april))
	if summary.Unchanged != 2 || changes() != "1" {
		t.Errorf("the same file again: %+v, %s changes", summary, changes())
	}
	summary = importSuccessions(t, r.Store, successor("RXA", "RXB", may), noSuccession(domain.Succession{Predecessor: "RXA", Successor: "RXC"}), successor("RXB", "RXC", may))
	if summary.Changed != 1 || summary.Removed != 1 || summary.New != 1 || changes() != "2" {
		t.Errorf("a changed file: %+v, %s changes", summary, changes())
	}
	held, err := r.Successions(t.Context(), nil)
	if diff := cmp.Diff([]domain.Succession{successor("RXA", "RXB", may), successor("RXB", "RXC", may)}, held); diff != "" || err != nil {
		t.Errorf("held: %s %v", diff, err)
	}
	if held, err = r.Successions(t.Context(), []string{"RXC"}); len(held) != 1 || err != nil {
		t.Errorf("of RXC: %+v %v", held, err)
	}
	rows := column(t, r.admin, `SELECT s.predecessor || s.successor || ' ' || s.effective_on || ' ' || a.number - first.number || ' ' || coalesce((e.number - first.number)::text, '-')
		FROM organisation_succession s JOIN change a ON a.id = s.added_by LEFT JOIN change e ON e.id = s.ended_by,
		     (SELECT min(number) AS number FROM change WHERE kind = 'successions_import') first ORDER BY 1`)
	want := []string{"RXARXB 2026-04-01 0 1", "RXARXB 2026-05-01 1 -", "RXARXC 2026-04-01 0 1", "RXBRXC 2026-05-01 1 -"}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	audits := column(t, r.admin, `SELECT object || ' ' || (change_id IS NOT NULL) FROM audit_event WHERE operation = 'importSuccessions' ORDER BY id`)
	if diff := cmp.Diff([]string{"2 successions true", "2 successions false", "3 successions true"}, audits); diff != "" {
		t.Error(diff)
	}
	db := openAs(t, r.database, localpg.RoleApp)
	for _, statement := range []string{
		`UPDATE organisation_succession SET ended_by = added_by WHERE ended_by IS NOT NULL`, `UPDATE organisation_succession SET effective_on = now()`, `DELETE FROM organisation_succession`,
	} {
		if _, err := db.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("the application could do: %s", statement)
		}
	}
}

func TestARefusedFileOfSuccessionsLeavesNothing(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	april := date(2026, 4, 1)
	importSuccessions(t, r.Store, successor("RXA", "RXB", april))
	before := one(t, r.admin, `SELECT max(number) FROM change`)
	_, err := r.ImportSuccessions(t.Context(), admin(), successionFile(
		successor("RXC", "RXB", april), successor("RXB", "RXA", april), successor("RZ9", "QHL", april), successor("Y60", "Y61", april), successor("QHL", "Y60", april),
	))
	refused, ours := errors.AsType[*domain.Error](err)
	if !ours || refused.Kind != domain.KindInvalid || refused.Code != "succession_rejected" || len(refused.Fields) != 3 {
		t.Fatalf("refused with %v", err)
	}
	if refused.Fields[0].Field != "row 3, column successor" || refused.Fields[1].Field != "row 4, column predecessor" || refused.Fields[2].Field != "row 6, column successor" {
		t.Errorf("faults %+v", refused.Fields)
	}
	if held, err := r.Successions(t.Context(), nil); len(held) != 1 || err != nil || before != one(t, r.admin, `SELECT max(number) FROM change`) {
		t.Errorf("held %+v, %v", held, err)
	}
}

func TestSuccessorsOfClosedOrganisations(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	closes := func(on domain.Date) func(*domain.OrganisationEntry) { return open(nil, &on) }
	importAll(t, r.Store, edition(
		date(2026, 1, 1),
		entry("RXA", "A (synthetic)", closes(date(2026, 3, 31))), entry("RXB", "B (synthetic)", closes(date(2026, 4, 30))), entry("RXC", "C (synthetic)"),
		entry("QZ1", "Old board (synthetic)", ofKind(domain.KindICB), inICB("Y60", ""), closes(date(2026, 3, 31))),
		entry("QZ2", "New board 1 (synthetic)", ofKind(domain.KindICB), inICB("Y60", "")), entry("QZ3", "New board 2 (synthetic)", ofKind(domain.KindICB), inICB("Y60", "")),
	))
	importSuccessions(
		t, r.Store, successor("RXA", "RXB", date(2026, 4, 1)), successor("RXB", "RXC", date(2026, 5, 1)),
		successor("QZ1", "QZ3", date(2026, 4, 1)), successor("QZ1", "QZ2", date(2026, 4, 1)),
	)
	codes := []string{"RXA", "RXB", "RXC", "QZ1", "QZ2", "NONE"}
	for on, want := range map[domain.Date]map[string][]string{
		date(2026, 3, 31): {},
		date(2026, 4, 1):  {"RXA": {"RXB"}, "QZ1": {"QZ2", "QZ3"}},
		date(2026, 5, 1):  {"RXA": {"RXC"}, "RXB": {"RXC"}, "QZ1": {"QZ2", "QZ3"}},
	} {
		got, err := r.SuccessorsOf(t.Context(), codes, on)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("on %s: %s %v", on, diff, err)
		}
	}
	found, err := r.Organisation(t.Context(), "RXB", date(2026, 5, 1))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]domain.Succession{successor("RXA", "RXB", date(2026, 4, 1))}, found.Predecessors); diff != "" {
		t.Errorf("predecessors: %s", diff)
	}
	if diff := cmp.Diff([]domain.Succession{successor("RXB", "RXC", date(2026, 5, 1))}, found.Successors); diff != "" {
		t.Errorf("successors: %s", diff)
	}
}

func TestSocialCareIsHeldWithItsIDs(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	with := func(cqc, parent string) func(*domain.OrganisationEntry) {
		return func(e *domain.OrganisationEntry) { e.CQCID, e.Parent = cqc, parent }
	}
	summaries := importAll(
		t, r.Store,
		edition(date(2025, 4, 1), entry("CZ9Z", "Care (synthetic)", ofKind(domain.KindSocialCare), with("1-99999999", "")),
			entry("VLZ9Z", "Home (synthetic)", ofKind(domain.KindCareSite), with("1-88888888", "CZ9Z")),
			entry("VLZ8Z", "Home of nobody (synthetic)", ofKind(domain.KindCareSite), with("", "CZ8Z"), sector("Homecare"))),
		// This edition has neither column.
		edition(date(2026, 4, 1), entry("CZ9Z", "Care (synthetic)", ofKind(domain.KindSocialCare)), entry("VLZ9Z", "Home (synthetic)", ofKind(domain.KindCareSite))),
	)
	if diff := cmp.Diff([]string{"CZ8Z"}, summaries[0].UnknownParents); diff != "" {
		t.Errorf("unknown parents: %s", diff)
	}
	asAt := date(2026, 6, 30)
	for name, c := range map[string]struct {
		filter domain.OrganisationFilter
		want   []string
	}{
		"a CQC id":         {domain.OrganisationFilter{CQCIDs: []string{"1-88888888", "1-77777777"}}, []string{"VLZ9Z"}},
		"the sites of one": {domain.OrganisationFilter{Parents: []string{"CZ9Z"}}, []string{"VLZ9Z"}},
		"the sector":       {domain.OrganisationFilter{Sectors: []string{domain.SectorSocialCare}}, []string{"CZ9Z", "VLZ9Z"}},
		"another sector":   {domain.OrganisationFilter{Sectors: []string{"Homecare"}}, []string{"VLZ8Z"}},
	} {
		c.filter.AsAt = asAt
		if got := codesOf(allOrganisations(t, r.Store, c.filter)); cmp.Diff(c.want, got) != "" {
			t.Errorf("%s: found %v, want %v", name, got, c.want)
		}
	}
	site, err := r.Organisation(t.Context(), "VLZ9Z", asAt)
	if err != nil || site.CQCID != "1-88888888" || site.Parent != "CZ9Z" || site.Kind != domain.KindCareSite {
		t.Errorf("the site is %+v, %v", site, err)
	}
	again := importAll(t, r.Store, edition(date(2026, 4, 1), entry("VLZ9Z", "Home (synthetic)", ofKind(domain.KindCareSite), with("1-88888888", "CZ9Z"))))
	if again[0].Unchanged != 1 {
		t.Errorf("the same said again changed something: %+v", again[0])
	}
	_, err = r.ImportOrganisations(t.Context(), admin(), edition(asAt, entry("VLZ7Z", "Home (synthetic)", ofKind(domain.KindCareSite), with("", "QHL")),
		entry(domain.NationCode, "Trust (synthetic)")))
	if refused, ours := errors.AsType[*domain.Error](err); !ours || refused.Code != "organisation_kind_changed" || len(refused.Fields) != 2 {
		t.Errorf("a board as headquarters and a trust as the nation: %v", err)
	}
}
