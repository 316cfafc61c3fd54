package domain

import (
	"maps"
	"slices"
	"sort"
)

// OrganisationVersions derives the dated versions of one organisation from what
// each edition says of it, keyed by the day whose state the edition shows. The
// versions ascend by ValidFrom and no two neighbours are alike, so the result is
// the same in whatever order the editions were imported (DESIGN 3.13). An edition
// that does not list the organisation says nothing of it.
func OrganisationVersions(entries map[Date]OrganisationEntry) []OrganisationVersion {
	var versions []OrganisationVersion
	for _, edition := range slices.Sorted(maps.Keys(entries)) {
		entry := entries[edition]
		next := OrganisationVersion{ValidFrom: edition, Name: entry.Name, Region: entry.Region, ICB: entry.ICB}
		if n := len(versions); n > 0 && versions[n-1].sameAs(next) {
			continue
		}
		versions = append(versions, next)
	}
	return versions
}

// sameAs says whether two versions differ in nothing but their dates.
func (v OrganisationVersion) sameAs(other OrganisationVersion) bool {
	v.ValidFrom = other.ValidFrom
	return v == other
}

// OrganisationLifespan returns the opening and the closing date that the latest
// edition gives; either is nil when that edition gives none. A later edition thus
// corrects or withdraws a date, which a mixture of editions never could.
func OrganisationLifespan(entries map[Date]OrganisationEntry) (openedOn, closedOn *Date) {
	if len(entries) == 0 {
		return nil, nil
	}
	latest := entries[slices.Max(slices.Collect(maps.Keys(entries)))]
	return latest.OpenedOn, latest.ClosedOn
}

// VersionAt returns the version that holds on a day: the latest whose ValidFrom
// is not after it. Before the first version the first applies and is marked
// estimated (DESIGN 3.13). The versions must ascend by ValidFrom; ok is false
// when there are none.
func VersionAt(versions []OrganisationVersion, day Date) (version OrganisationVersion, estimated, ok bool) {
	if len(versions) == 0 {
		return OrganisationVersion{}, false, false
	}
	after := sort.Search(len(versions), func(i int) bool { return versions[i].ValidFrom > day })
	if after == 0 {
		return versions[0], true, true
	}
	return versions[after-1], false, true
}

// OpenOn says whether an organisation with these dates is open on a day. Both
// dates are days on which it is open; a missing date sets no bound. That the
// closing date is the last day open follows the legal close date of ODS: a trust
// that closes on 31 October has a successor that opens on 1 November. It is also
// how the last day in post of a staff member is read. This is the one place that
// decides it; queries must agree.
func OpenOn(opened, closed *Date, day Date) bool {
	return (opened == nil || *opened <= day) && (closed == nil || day <= *closed)
}
