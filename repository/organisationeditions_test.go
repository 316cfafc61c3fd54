package repository_test

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api/sheet"
	"skillstracker/domain"
	"skillstracker/repository"
	"skillstracker/repository/pgtest"
)

// readEdition reads an ODS trust file of the public test data, which lies beside
// the repository.
func readEdition(t *testing.T, name string, on domain.Date) domain.OrganisationImport {
	t.Helper()
	file, err := os.Open("../../shared/data/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the public test data %s is not beside the repository (../shared/data)", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	entries, findings, err := sheet.ReadOrganisations(t.Context(), file)
	if err != nil || findings.Errors() > 0 {
		t.Fatalf("read %s: %+v, %v", name, findings.List(), err)
	}
	return domain.OrganisationImport{Edition: on, Entries: entries}
}

func march2022() domain.Date { return date(2022, 3, 31) }

func december2025() domain.Date { return date(2025, 12, 31) }

// realEditions are the two editions of the public data in order of their dates.
func realEditions(t *testing.T) []domain.OrganisationImport {
	t.Helper()
	return []domain.OrganisationImport{
		readEdition(t, "ods_etr_2022-03.csv", march2022()), readEdition(t, "ods_etr_2025-12.csv", december2025()),
	}
}

func importAll(t *testing.T, store *repository.Store, editions ...domain.OrganisationImport) []domain.ImportSummary {
	t.Helper()
	var summaries []domain.ImportSummary
	for _, edition := range editions {
		summary, err := store.ImportOrganisations(t.Context(), admin(), edition)
		if err != nil {
			t.Fatal(err)
		}
		if summary.Read != len(edition.Entries) || summary.Read != summary.New+summary.Changed+summary.Unchanged {
			t.Errorf("the summary does not add up: %+v", summary)
		}
		summaries = append(summaries, summary)
	}
	return summaries
}

// askedDates lie before, on, between and after the editions and around closings.
func askedDates() []domain.Date {
	return []domain.Date{
		date(1990, 1, 1), date(2019, 4, 1), date(2020, 9, 30), date(2020, 10, 1), date(2022, 3, 30), date(2022, 3, 31), date(2022, 7, 1),
		date(2023, 3, 31), date(2023, 4, 1), date(2024, 10, 31), date(2024, 11, 1), date(2025, 12, 30), date(2025, 12, 31), date(2030, 1, 1),
	}
}

func allOrganisations(t *testing.T, store *repository.Store, filter domain.OrganisationFilter) []domain.Organisation {
	t.Helper()
	filter.Page = domain.Page{Limit: 10_000}
	found, total, err := store.Organisations(t.Context(), filter)
	if err != nil {
		t.Fatal(err)
	}
	if total != len(found) {
		t.Errorf("the total is %d, listed are %d", total, len(found))
	}
	return found
}

func TestEditionsInAnyOrderGiveTheSameAnswers(t *testing.T) {
	t.Parallel()
	editions := realEditions(t)
	forth, back := pgtest.New(t).Store(t), pgtest.New(t).Store(t)
	importAll(t, forth, editions[0], editions[1])
	importAll(t, back, editions[1], editions[0])
	var all []domain.Organisation
	for _, on := range askedDates() {
		all = allOrganisations(t, forth, domain.OrganisationFilter{AsAt: on})
		if diff := cmp.Diff(all, allOrganisations(t, back, domain.OrganisationFilter{AsAt: on})); diff != "" {
			t.Errorf("as at %s (-in order +in the other order):\n%s", on, diff)
		}
	}
	if len(all) != 273+49+1 {
		t.Errorf("%d organisations, want the 273 trusts, the 49 regions and ICBs and the nation", len(all))
	}
	for _, o := range all {
		one, err := forth.Organisation(t.Context(), o.Code, date(2024, 1, 1))
		if err != nil {
			t.Fatal(err)
		}
		other, err := back.Organisation(t.Context(), o.Code, date(2024, 1, 1))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(one, other); diff != "" {
			t.Errorf("%s (-in order +in the other order):\n%s", o.Code, diff)
		}
	}
}

// What is stored is what the files say, worked out here entry by entry.
func TestEveryTrustStandsAsTheEditionsSay(t *testing.T) {
	t.Parallel()
	editions := realEditions(t)
	store := pgtest.New(t).Store(t)
	importAll(t, store, editions...)
	for _, on := range askedDates() {
		stored := make(map[string]domain.Organisation)
		for _, o := range allOrganisations(t, store, domain.OrganisationFilter{AsAt: on, Kinds: []domain.OrganisationKind{domain.KindTrust}}) {
			stored[o.Code] = o
		}
		if len(stored) != len(editions[1].Entries) {
			t.Errorf("as at %s there are %d trusts, want %d", on, len(stored), len(editions[1].Entries))
		}
		for _, latest := range editions[1].Entries {
			said, estimated := latest, on < december2025()
			early := slices.IndexFunc(editions[0].Entries, func(e domain.OrganisationEntry) bool { return e.Code == latest.Code })
			if early >= 0 && on < december2025() {
				said, estimated = editions[0].Entries[early], on < march2022()
			}
			got := stored[latest.Code]
			if got.Name != said.Name || got.Region != said.Region || got.ICB != said.ICB || got.Estimated != estimated {
				t.Errorf("as at %s %s is %q in %q and %q (estimated %t), want %q in %q and %q (%t)", on, got.Code,
					got.Name, got.Region, got.ICB, got.Estimated, said.Name, said.Region, said.ICB, estimated)
			}
			if got.Open != domain.OpenOn(latest.OpenedOn, latest.ClosedOn, on) ||
				!cmp.Equal(got.OpenedOn, latest.OpenedOn) || !cmp.Equal(got.ClosedOn, latest.ClosedOn) {
				t.Errorf("as at %s %s is open %t from %v to %v, the latest edition says from %v to %v", on, got.Code,
					got.Open, got.OpenedOn, got.ClosedOn, latest.OpenedOn, latest.ClosedOn)
			}
			if (got.Region != "") != (got.RegionName != "") || (got.ICB != "") != (got.ICBName != "") {
				t.Errorf("%s: region %q is called %q, ICB %q is called %q", got.Code, got.Region, got.RegionName, got.ICB, got.ICBName)
			}
		}
	}
}

func TestKnownTrustsAreAnsweredRightly(t *testing.T) {
	t.Parallel()
	store := pgtest.New(t).Store(t)
	importAll(t, store, realEditions(t)...)
	version := func(from domain.Date, name, region, icb string) domain.OrganisationVersion {
		return domain.OrganisationVersion{ValidFrom: from, Name: name, Region: region, ICB: icb}
	}
	for code, want := range map[string][]domain.OrganisationVersion{
		"RA7": {version(march2022(), "University Hospitals Bristol and Weston NHS Foundation Trust", "Y58", "QUY")},
		"RWD": {
			version(march2022(), "United Lincolnshire Hospitals NHS Trust", "Y60", "QJM"),
			version(december2025(), "United Lincolnshire Teaching Hospitals NHS Trust", "Y60", "QJM"),
		},
		"RPG": {version(march2022(), "Oxleas NHS Foundation Trust", "Y56", "QKK"), version(december2025(), "Oxleas NHS Foundation Trust", "Y59", "QKS")},
		"RXT": {
			version(march2022(), "Birmingham and Solihull Mental Health NHS Foundation Trust", "Y60", "QUA"),
			version(december2025(), "Birmingham and Solihull Mental Health NHS Foundation Trust", "Y60", "QHL"),
		},
		"G6V2S": {version(december2025(), "North London NHS Foundation Trust", "Y56", "QMJ")},
		"RQF":   {version(march2022(), "Velindre NHS Trust", "", "")},
	} {
		got, err := store.Organisation(t.Context(), code, date(2024, 6, 30))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.Versions); diff != "" {
			t.Errorf("history of %s (-want +got):\n%s", code, diff)
		}
	}
	for _, c := range []struct {
		code string
		on   domain.Date
		open bool
	}{
		{"G6V2S", date(2024, 10, 31), false},
		{"G6V2S", date(2024, 11, 1), true},
		{"RRP", date(2024, 10, 31), true},
		{"RRP", date(2024, 11, 1), false},
		{"RA4", date(2023, 3, 31), true},
		{"RA4", date(2023, 4, 1), false},
		{"RA7", date(1990, 1, 1), false},
	} {
		listed := allOrganisations(t, store, domain.OrganisationFilter{Codes: []string{c.code}, OpenOn: &c.on, AsAt: december2025()})
		if (len(listed) == 1) != c.open {
			t.Errorf("%s open on %s: %t, want %t", c.code, c.on, len(listed) == 1, c.open)
		}
	}
}

func TestASecondImportOfAnEditionChangesNothing(t *testing.T) {
	t.Parallel()
	editions := realEditions(t)
	database := pgtest.New(t)
	r := register{database: database, Store: database.Store(t)}
	first := importAll(t, r.Store, editions...)
	if first[0].New != 218 || first[1].New != 55 || len(first[0].UnknownParents)+len(first[1].UnknownParents) > 0 {
		t.Errorf("the first imports: %+v", first)
	}
	before := contents(t, r)
	for _, again := range importAll(t, r.Store, editions[1], editions[0], editions[0]) {
		if again.Unchanged != again.Read {
			t.Errorf("a second import: %+v", again)
		}
	}
	after := contents(t, r)
	grown, ended := wantGrown(t, before, after)
	if !slices.Equal(grown, []string{"audit_event"}) || len(ended) > 0 {
		t.Errorf("new rows in %v, rows ended in %v; want a note in the audit trail only", grown, ended)
	}
	if got := len(after["audit_event"]) - len(before["audit_event"]); got != 3 {
		t.Errorf("%d audit rows for three imports", got)
	}
}
