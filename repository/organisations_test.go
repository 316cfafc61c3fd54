package repository_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
	"skillstracker/repository"
	"skillstracker/repository/pgtest"
)

// entry is a synthetic trust; changes adjust it.
func entry(code, name string, changes ...func(*domain.OrganisationEntry)) domain.OrganisationEntry {
	e := domain.OrganisationEntry{Code: code, Name: name, Kind: domain.KindTrust, Region: "Y60", ICB: "QHL", Synthetic: true}
	for _, change := range changes {
		change(&e)
	}
	return e
}

func inICB(region, icb string) func(*domain.OrganisationEntry) {
	return func(e *domain.OrganisationEntry) { e.Region, e.ICB = region, icb }
}

func open(from, to *domain.Date) func(*domain.OrganisationEntry) {
	return func(e *domain.OrganisationEntry) { e.OpenedOn, e.ClosedOn = from, to }
}

func sector(name string) func(*domain.OrganisationEntry) {
	return func(e *domain.OrganisationEntry) { e.Sector = name }
}

func ofKind(kind domain.OrganisationKind) func(*domain.OrganisationEntry) {
	return func(e *domain.OrganisationEntry) { e.Kind = kind }
}

func edition(on domain.Date, entries ...domain.OrganisationEntry) domain.OrganisationImport {
	return domain.OrganisationImport{Edition: on, Entries: entries}
}

func notSynthetic(e *domain.OrganisationEntry) { e.Synthetic = false }

func codesOf(organisations []domain.Organisation) []string {
	codes := []string{}
	for _, o := range organisations {
		codes = append(codes, o.Code)
	}
	return codes
}

func TestOrganisationFilters(t *testing.T) {
	t.Parallel()
	store := pgtest.New(t).Store(t)
	importAll(
		t, store,
		edition(
			date(2025, 1, 1),
			entry("XA1", "Alder (synthetic)", sector("Acute")),
			entry("XA2", "Beech (synthetic)", sector("Community"), inICB("Y60", "QUA"), open(datePointer(date(2020, 1, 1)), datePointer(date(2026, 3, 31)))),
			entry("XA3", "Cedar 100% (synthetic)", sector("Acute"), inICB("Y56", "QKK"), open(datePointer(date(2026, 4, 1)), nil)),
			entry("XA4", "Dogwood (synthetic)", ofKind(domain.KindSocialCare), inICB("", "")),
		),
		edition(date(2026, 1, 1), entry("XA1", "Alder and Ash (synthetic)", sector("Acute"), inICB("Y56", "QKK"))),
	)
	trusts := []domain.OrganisationKind{domain.KindTrust}
	on := func(d domain.Date) *domain.Date { return &d }
	for name, c := range map[string]struct {
		filter domain.OrganisationFilter
		want   []string
	}{
		"a kind":                      {domain.OrganisationFilter{Kinds: trusts}, []string{"XA1", "XA2", "XA3"}},
		"two kinds":                   {domain.OrganisationFilter{Kinds: []domain.OrganisationKind{domain.KindSocialCare, domain.KindOther}}, []string{"XA4"}},
		"the regions":                 {domain.OrganisationFilter{Kinds: []domain.OrganisationKind{domain.KindRegion}}, []string{"Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63"}},
		"a region now":                {domain.OrganisationFilter{Kinds: trusts, Regions: []string{"Y56"}}, []string{"XA1", "XA3"}},
		"a region then":               {domain.OrganisationFilter{Kinds: trusts, Regions: []string{"Y56"}, AsAt: date(2025, 12, 31)}, []string{"XA3"}},
		"a region before all":         {domain.OrganisationFilter{Kinds: trusts, Regions: []string{"Y60"}, AsAt: date(2000, 1, 1)}, []string{"XA1", "XA2"}},
		"two ICBs":                    {domain.OrganisationFilter{ICBs: []string{"QKK", "QUA"}}, []string{"XA1", "XA2", "XA3"}},
		"an ICB of its region":        {domain.OrganisationFilter{Regions: []string{"Y56"}, ICBs: []string{"QUA"}}, []string{}},
		"a sector":                    {domain.OrganisationFilter{Sectors: []string{"Community"}}, []string{"XA2"}},
		"open on the last day":        {domain.OrganisationFilter{Kinds: trusts, OpenOn: on(date(2026, 3, 31))}, []string{"XA1", "XA2"}},
		"open on the day after":       {domain.OrganisationFilter{Kinds: trusts, OpenOn: on(date(2026, 4, 1))}, []string{"XA1", "XA3"}},
		"open before it opened":       {domain.OrganisationFilter{Kinds: trusts, OpenOn: on(date(2019, 12, 31))}, []string{"XA1"}},
		"part of a name":              {domain.OrganisationFilter{Query: "aND aSH"}, []string{"XA1"}},
		"a former name":               {domain.OrganisationFilter{Query: "and ash", AsAt: date(2025, 6, 1)}, []string{}},
		"part of a code":              {domain.OrganisationFilter{Query: "xa3"}, []string{"XA3"}},
		"a sign that LIKE would take": {domain.OrganisationFilter{Query: "0%"}, []string{"XA3"}},
		"an underline":                {domain.OrganisationFilter{Query: "X_1"}, []string{}},
		"a quote":                     {domain.OrganisationFilter{Query: `'"\`}, []string{}},
		"codes":                       {domain.OrganisationFilter{Codes: []string{"XA4", "XA2", "ZZZ"}}, []string{"XA2", "XA4"}},
		"a code with a quote":         {domain.OrganisationFilter{Codes: []string{`XA4"}','{`}}, []string{}},
		"everything together": {domain.OrganisationFilter{
			Kinds: trusts, Regions: []string{"Y56"}, ICBs: []string{"QKK"}, Sectors: []string{"Acute"}, OpenOn: on(date(2026, 3, 31)), Query: "alder",
		}, []string{"XA1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.filter.AsAt == 0 {
				c.filter.AsAt = date(2026, 6, 30)
			}
			if got := codesOf(allOrganisations(t, store, c.filter)); !slices.Equal(got, c.want) {
				t.Errorf("found %v, want %v", got, c.want)
			}
		})
	}
}

func TestOrganisationPages(t *testing.T) {
	t.Parallel()
	store := pgtest.New(t).Store(t)
	var entries []domain.OrganisationEntry
	for i := range 25 {
		entries = append(entries, entry(fmt.Sprintf("X%02d", i), fmt.Sprintf("Trust %d (synthetic)", i)))
	}
	importAll(t, store, edition(date(2025, 1, 1), entries...))
	filter := domain.OrganisationFilter{Kinds: []domain.OrganisationKind{domain.KindTrust}, AsAt: date(2026, 1, 1)}
	whole := codesOf(allOrganisations(t, store, filter))
	if len(whole) != 25 || !slices.IsSorted(whole) {
		t.Errorf("listed %v", whole)
	}
	for _, c := range []struct{ limit, offset, want int }{{10, 0, 10}, {10, 10, 10}, {10, 20, 5}, {10, 25, 0}, {10, 1000, 0}, {1, 24, 1}} {
		filter.Page = domain.Page{Limit: c.limit, Offset: c.offset}
		page, total, err := store.Organisations(t.Context(), filter)
		if err != nil {
			t.Fatal(err)
		}
		want := whole[min(c.offset, len(whole)):min(c.offset+c.limit, len(whole))]
		if total != 25 || !slices.Equal(codesOf(page), want) || len(page) != c.want {
			t.Errorf("page %+v: %v of %d, want %v of 25", c, codesOf(page), total, want)
		}
	}
	filter.Query, filter.Page = "nothing of the kind", domain.Page{Limit: 10, Offset: 10}
	if page, total, err := store.Organisations(t.Context(), filter); err != nil || total != 0 || len(page) != 0 {
		t.Errorf("a page of nothing: %v of %d, %v", codesOf(page), total, err)
	}
}

// Whatever an organisation was first, the answers are those of the editions and
// not of the order in which they came.
func TestSyntheticEditionsInAnyOrderGiveTheSameAnswers(t *testing.T) {
	t.Parallel()
	editions := []domain.OrganisationImport{
		edition(date(2024, 1, 1), entry("XB1", "One (synthetic)", sector("Acute")), entry("XB2", "Two (synthetic)", ofKind(domain.KindOther), notSynthetic)),
		edition(date(2025, 1, 1), entry("XB1", "One (synthetic)"), entry("XB2", "Two (synthetic)", sector("Community"), inICB("Y60", "QUA")),
			entry("XB3", "Three (synthetic)", open(datePointer(date(2024, 6, 1)), datePointer(date(2025, 6, 30))))),
		edition(date(2026, 1, 1), entry("XB2", "Second (synthetic)", inICB("Y60", "QUA")), entry("XB3", "Three (synthetic)", open(datePointer(date(2024, 6, 1)), nil))),
	}
	ask := func(store *repository.Store) (answers [][]domain.Organisation) {
		for _, on := range []domain.Date{date(2023, 1, 1), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1), date(2027, 1, 1)} {
			answers = append(answers, allOrganisations(t, store, domain.OrganisationFilter{AsAt: on, Codes: []string{"XB1", "XB2", "XB3"}}))
		}
		return answers
	}
	var first [][]domain.Organisation
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		store := pgtest.New(t).Store(t)
		for _, i := range order {
			importAll(t, store, editions[i])
		}
		answers := ask(store)
		if first == nil {
			first = answers
		}
		if diff := cmp.Diff(first, answers); diff != "" {
			t.Errorf("editions in the order %v (-in order +so):\n%s", order, diff)
		}
	}
	latest := first[len(first)-1]
	if latest[0].Sector != "Acute" || latest[1].Sector != "Community" || latest[1].Kind != domain.KindTrust || latest[2].ClosedOn != nil {
		t.Errorf("as the latest editions that say so, the organisations should be: %+v", latest)
	}
}
