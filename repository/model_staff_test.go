package repository_test

import (
	"maps"
	"slices"

	"skillstracker/domain"
)

// person is the record of a staff list.
type person string

// sayStaff reads a staff list.
func (w *world) sayStaff(u *said, e *effect) {
	everybody := slices.Concat(slices.Collect(maps.Keys(w.named)), u.numbers())
	before := make(map[string]string)
	for _, number := range everybody {
		before[number] = w.history(number)
	}
	for number, p := range u.people {
		if held, known := w.placeOn(number, u.asAt); known && held == p {
			e.unchanged[person(number)] = true
		}
		if w.named[number] == nil {
			w.named[number] = make(map[domain.Date]place)
		}
		w.named[number][u.asAt] = p
	}
	for _, number := range u.leave {
		delete(w.named[number], u.asAt)
	}
	if u.complete {
		w.lists[u.asAt] = true
		for _, number := range everybody {
			if _, named := u.people[number]; !named {
				delete(w.named[number], u.asAt)
			}
		}
	}
	for number, was := range before {
		removed := slices.Contains(u.leave, number)
		changed := removed || w.history(number) != was
		if changed {
			e.changed[person(number)] = true
		}
		_, named := u.people[number]
		switch {
		case removed:
			e.counts.Removed++
		case named && e.fresh[number]:
			e.counts.New++
		case named && changed:
			e.counts.Changed++
		case named:
			e.counts.Unchanged++
		case changed:
			e.counts.Ended++
		}
	}
}

// conflicts are the records for which the upload at a place of the list cannot be
// withdrawn.
func conflicts(list []said, at int) map[any]bool {
	effects, _ := play(list)
	mine, found := effects[at], make(map[any]bool)
	for later := at + 1; later < len(list); later++ {
		theirs := effects[later]
		for record := range mine.changed {
			if theirs.changed[record] || theirs.unchanged[record] || mine.back[record] && theirs.reports[sectionOfRecord(record)] {
				found[record] = true
			}
		}
		for number, made := range mine.made {
			p := person(number)
			lost := mine.changed[p] && mine.fresh[number] || made && list[at].kind == domain.UploadAssessments
			if lost && (theirs.assessed[number] || theirs.changed[p] || theirs.unchanged[p]) {
				found[p] = true
			}
		}
		if list[at].kind == domain.UploadStaff && list[later].kind == domain.UploadStaff {
			listConflicts(list, effects, at, later, found)
		}
	}
	return found
}

// listConflicts adds the people of whom a later staff list says what it says because
// of an earlier one.
func listConflicts(list []said, effects []effect, at, later int, found map[any]bool) {
	u, w, mine, theirs := &list[at], &list[later], effects[at], effects[later]
	for p := range mine.unchanged {
		if theirs.changed[p] {
			found[p] = true
		}
	}
	for p := range numbersOf(mine.changed) {
		_, named := w.people[p]
		if _, again := mine.before.spanOn(p, w.asAt); again && w.complete && !named {
			found[person(p)] = true
		}
	}
	sameDay := slices.ContainsFunc(list[:later], func(o said) bool {
		return o.id != u.id && o.kind == domain.UploadStaff && o.complete && o.asAt == u.asAt
	})
	if !u.complete || sameDay || w.asAt >= u.asAt {
		return
	}
	for p := range numbersOf(theirs.changed) {
		was, _ := theirs.before.spanOn(p, u.asAt-1)
		is, in := theirs.after.spanOn(p, u.asAt-1)
		if in && is.to == u.asAt-1 && is != was {
			found[person(p)] = true
		}
	}
}

// numbersOf are the employee numbers among records.
func numbersOf(records map[any]bool) func(func(string) bool) {
	return func(yield func(string) bool) {
		for record := range records {
			if p, ok := record.(person); ok && !yield(string(p)) {
				return
			}
		}
	}
}
