package repository_test

import (
	"slices"
	"sync"
	"testing"

	"skillstracker/domain"
	"skillstracker/repository/pgtest"
)

func TestACorrectedEditionReplacesOnlyWhatItChanges(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	r := register{database: database, Store: database.Store(t)}
	day := date(2025, 1, 1)
	importAll(t, r.Store, edition(day, entry("XC1", "One (synthetic)"), entry("XC2", "Two (synthetic)")))
	before := contents(t, r)
	corrected := importAll(t, r.Store, edition(day, entry("XC1", "One (synthetic)"), entry("XC2", "Second (synthetic)")))[0]
	if corrected.New != 0 || corrected.Changed != 1 || corrected.Unchanged != 1 {
		t.Errorf("the correction: %+v", corrected)
	}
	grown, ended := wantGrown(t, before, contents(t, r))
	if want := []string{"audit_event", "change", "organisation_entry", "organisation_version"}; !slices.Equal(grown, want) {
		t.Errorf("new rows in %v, want %v", grown, want)
	}
	if want := []string{"organisation_entry", "organisation_version"}; !slices.Equal(ended, want) {
		t.Errorf("rows ended in %v, want %v", ended, want)
	}
	got, err := r.Organisation(t.Context(), "XC2", day)
	if err != nil || got.Name != "Second (synthetic)" || len(got.Versions) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestUnknownParentsAreNamedAndKept(t *testing.T) {
	t.Parallel()
	store := pgtest.New(t).Store(t)
	summary := importAll(
		t, store,
		edition(
			date(2025, 1, 1), entry("XD1", "One (synthetic)", inICB("Y99", "QZZ")), entry("XD2", "Two (synthetic)", inICB("Y60", "QZZ")),
			entry("XD3", "Three (synthetic)", inICB("", "XD1")),
		),
	)[0]
	if want := []string{"QZZ", "Y99"}; !slices.Equal(summary.UnknownParents, want) {
		t.Errorf("unknown parents: %v, want %v", summary.UnknownParents, want)
	}
	got, err := store.Organisation(t.Context(), "XD1", date(2025, 1, 1))
	if err != nil || got.Region != "Y99" || got.RegionName != "" || got.ICB != "QZZ" || got.ICBName != "" {
		t.Errorf("%+v, %v", got, err)
	}
	if known := importAll(t, store, edition(date(2025, 1, 1), entry("XD4", "Four (synthetic)")))[0]; known.UnknownParents == nil || len(known.UnknownParents) > 0 {
		t.Errorf("unknown parents: %#v, want an empty list", known.UnknownParents)
	}
}

func TestAnImportThatCannotBeStoredLeavesNothing(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	r := register{database: database, Store: database.Store(t)}
	before := contents(t, r)
	_, err := r.ImportOrganisations(t.Context(), admin(), edition(
		date(2025, 1, 1), entry("XE1", "One (synthetic)"),
		entry("XE2", "Two (synthetic)", open(datePointer(date(2024, 2, 1)), datePointer(date(2024, 1, 31)))),
	))
	if domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("an organisation that closes before it opens: %v", err)
	}
	if grown, ended := wantGrown(t, before, contents(t, r)); len(grown)+len(ended) > 0 {
		t.Errorf("new rows in %v, rows ended in %v", grown, ended)
	}
	if _, err := r.Organisation(t.Context(), "XE1", date(2025, 1, 1)); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("an organisation that was not stored: %v", err)
	}
}

func TestAnEmptyEditionIsNoChange(t *testing.T) {
	t.Parallel()
	store := pgtest.New(t).Store(t)
	if summary := importAll(t, store, edition(date(2025, 1, 1)))[0]; summary.Read != 0 || len(summary.UnknownParents) > 0 {
		t.Errorf("%+v", summary)
	}
}

func TestImportsAtOnceComeOneAfterTheOther(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	store := database.Store(t)
	var wait sync.WaitGroup
	summaries := make([]domain.ImportSummary, 6)
	for i := range summaries {
		wait.Go(func() {
			var err error
			if summaries[i], err = store.ImportOrganisations(t.Context(), admin(), edition(date(2025, 1, 1), entry("XF1", "One (synthetic)"))); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	added := 0
	for _, summary := range summaries {
		added += summary.New
	}
	if added != 1 {
		t.Errorf("%d of the imports added the one organisation: %+v", added, summaries)
	}
}
