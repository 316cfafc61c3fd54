package domain_test

import (
	"slices"
	"testing"
	"time"

	"skillstracker/domain"
)

func entryOf(name, icb string) domain.OrganisationEntry {
	return domain.OrganisationEntry{Code: "RA7", Name: name, Kind: domain.KindTrust, Region: "Y58", ICB: icb}
}

func TestOrganisationVersions(t *testing.T) {
	first := domain.NewDate(2022, time.March, 31)
	second := domain.NewDate(2024, time.June, 30)
	third := domain.NewDate(2025, time.December, 31)
	old, renamed := entryOf("Old", "QUY"), entryOf("New", "QUY")
	version := func(from domain.Date, e domain.OrganisationEntry) domain.OrganisationVersion {
		return domain.OrganisationVersion{ValidFrom: from, Name: e.Name, Region: e.Region, ICB: e.ICB}
	}
	closing := renamed
	closing.ClosedOn, closing.Sector = &third, "Acute"
	moved := renamed
	moved.ICB = "QVV"
	toRegion := renamed
	toRegion.Region = "Y59"
	cases := map[string]struct {
		entries map[domain.Date]domain.OrganisationEntry
		want    []domain.OrganisationVersion
	}{
		"no edition":  {nil, nil},
		"one edition": {map[domain.Date]domain.OrganisationEntry{first: old}, []domain.OrganisationVersion{version(first, old)}},
		"unchanged editions make no new version": {
			map[domain.Date]domain.OrganisationEntry{first: old, second: old, third: old},
			[]domain.OrganisationVersion{version(first, old)},
		},
		"a renaming": {
			map[domain.Date]domain.OrganisationEntry{first: old, second: old, third: renamed},
			[]domain.OrganisationVersion{version(first, old), version(third, renamed)},
		},
		"a name that comes back is a version again": {
			map[domain.Date]domain.OrganisationEntry{first: old, second: renamed, third: old},
			[]domain.OrganisationVersion{version(first, old), version(second, renamed), version(third, old)},
		},
		"another ICB, another region": {
			map[domain.Date]domain.OrganisationEntry{first: renamed, second: moved, third: toRegion},
			[]domain.OrganisationVersion{version(first, renamed), version(second, moved), version(third, toRegion)},
		},
		"dates and sector are no part of a version": {
			map[domain.Date]domain.OrganisationEntry{first: renamed, second: closing},
			[]domain.OrganisationVersion{version(first, renamed)},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := domain.OrganisationVersions(c.entries); !slices.Equal(got, c.want) {
				t.Errorf("versions are %+v, want %+v", got, c.want)
			}
		})
	}
}

// Whatever four editions say, and in whatever order they are imported, the
// history is that of a plain reading of them in the order of their dates.
func TestOrganisationVersionsDoNotDependOnImportOrder(t *testing.T) {
	states := []domain.OrganisationEntry{entryOf("Old", "QUY"), entryOf("New", "QUY"), entryOf("New", "QVV")}
	days := []domain.Date{-400, 0, 30, 20_000}
	for mix := range 3 * 3 * 3 * 3 {
		said := make([]domain.OrganisationEntry, len(days))
		var want []domain.OrganisationVersion
		for i, rest := 0, mix; i < len(said); i, rest = i+1, rest/3 {
			said[i] = states[rest%3]
			if i == 0 || said[i] != said[i-1] {
				want = append(want, domain.OrganisationVersion{
					ValidFrom: days[i], Name: said[i].Name, Region: said[i].Region, ICB: said[i].ICB,
				})
			}
		}
		for _, order := range ordersOf(len(days)) {
			held := make(map[domain.Date]domain.OrganisationEntry)
			var got []domain.OrganisationVersion
			for _, i := range order {
				held[days[i]] = said[i]
				got = domain.OrganisationVersions(held)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("in order %v the versions are %+v, want %+v", order, got, want)
			}
		}
	}
}

// ordersOf lists every order of the numbers from 0 to n-1.
func ordersOf(n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var orders [][]int
	for _, shorter := range ordersOf(n - 1) {
		for place := range n {
			orders = append(orders, slices.Insert(slices.Clone(shorter), place, n-1))
		}
	}
	return orders
}

func TestOrganisationLifespan(t *testing.T) {
	opened, corrected, closed := domain.Date(100), domain.Date(90), domain.Date(900)
	early, late := domain.Date(500), domain.Date(800)
	withDates := func(opened, closed *domain.Date) domain.OrganisationEntry {
		e := entryOf("Trust", "QUY")
		e.OpenedOn, e.ClosedOn = opened, closed
		return e
	}
	cases := map[string]struct {
		entries        map[domain.Date]domain.OrganisationEntry
		opened, closed *domain.Date
	}{
		"no edition":              {nil, nil, nil},
		"one edition":             {map[domain.Date]domain.OrganisationEntry{early: withDates(&opened, nil)}, &opened, nil},
		"the latest closes it":    {map[domain.Date]domain.OrganisationEntry{early: withDates(&opened, nil), late: withDates(&corrected, &closed)}, &corrected, &closed},
		"the latest withdraws it": {map[domain.Date]domain.OrganisationEntry{early: withDates(&opened, &closed), late: withDates(&opened, nil)}, &opened, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			opened, closed := domain.OrganisationLifespan(c.entries)
			if opened != c.opened || closed != c.closed {
				t.Errorf("lifespan is %v to %v, want %v to %v", opened, closed, c.opened, c.closed)
			}
		})
	}
}

func TestVersionAt(t *testing.T) {
	versions := []domain.OrganisationVersion{
		{ValidFrom: 100, Name: "first"}, {ValidFrom: 200, Name: "second"}, {ValidFrom: 300, Name: "third"},
	}
	cases := []struct {
		day       domain.Date
		name      string
		estimated bool
	}{
		{-5, "first", true},
		{99, "first", true},
		{100, "first", false},
		{199, "first", false},
		{200, "second", false},
		{299, "second", false},
		{300, "third", false},
		{domain.Forever, "third", false},
	}
	for _, c := range cases {
		got, estimated, ok := domain.VersionAt(versions, c.day)
		if !ok || got.Name != c.name || estimated != c.estimated {
			t.Errorf("day %d is in %q, estimated %t, ok %t; want %q, %t", c.day, got.Name, estimated, ok, c.name, c.estimated)
		}
	}
	if got, estimated, ok := domain.VersionAt(nil, 100); ok || estimated || got != (domain.OrganisationVersion{}) {
		t.Errorf("no versions give %+v, estimated %t, ok %t", got, estimated, ok)
	}
}

func TestOpenOn(t *testing.T) {
	opened, closed := domain.NewDate(2001, time.April, 1), domain.NewDate(2024, time.October, 31)
	cases := []struct {
		name           string
		opened, closed *domain.Date
		day            domain.Date
		want           bool
	}{
		{"the day before it opens", &opened, &closed, opened - 1, false},
		{"the day it opens", &opened, &closed, opened, true},
		{"the closing date is the last day open", &opened, &closed, closed, true},
		{"the day after its closing date", &opened, &closed, closed + 1, false},
		{"no closing date", &opened, nil, domain.Forever, true},
		{"no opening date", nil, &closed, 0, true},
		{"no date", nil, nil, 0, true},
	}
	for _, c := range cases {
		if got := domain.OpenOn(c.opened, c.closed, c.day); got != c.want {
			t.Errorf("%s: open is %t, want %t", c.name, got, c.want)
		}
	}
}
