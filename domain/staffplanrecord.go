package domain

import "slices"

// staffRecord is the history of one person while a list is applied to it. The
// spells and versions are copies: what is held is never altered.
type staffRecord struct {
	asAt       Date
	completeOn []Date // days of the complete lists, ascending
	before     StaffHistory
	spells     []Spell
	versions   []StaffVersion
	// confirmed is set when the position on asAt was found as the list states it.
	confirmed bool
}

// record opens the record of one person. There is one record at a time: its
// slices are used again until a change takes them over.
func (p *staffPlanner) record(before StaffHistory) *staffRecord {
	r := &p.open
	r.asAt, r.completeOn, r.before, r.confirmed = p.list.AsAt, p.completeOn, before, false
	r.spells = append(r.spells[:0], before.Spells...)
	r.versions = append(r.versions[:0], before.Versions...)
	return r
}

// differs says whether the record is no longer what is held.
func (r *staffRecord) differs() bool {
	return !slices.Equal(r.versions, r.before.Versions) ||
		!slices.EqualFunc(r.spells, r.before.Spells, func(a, b Spell) bool {
			return a.StartedOn == b.StartedOn && a.StartedOnEstimated == b.StartedOnEstimated &&
				dateOr(a.LeftOn) == dateOr(b.LeftOn) && a.LeftOnEstimated == b.LeftOnEstimated
		})
}

// state applies what a list says of the person. It returns the stated date that
// contradicts another stated date, in which case the record is of no more use.
func (r *staffRecord) state(s *staffStatement) *staffDateClash {
	if s.leaver(r.asAt) {
		return r.stateLeft(s)
	}
	if clash := r.employ(s.startedOn, s.leftOn); clash != nil {
		return clash
	}
	r.confirmed = !r.setPosition(r.asAt, s.position)
	return nil
}

// setPosition puts the position in force on a day and says whether that changed
// anything. Days on which a later list found the person unchanged keep what
// they had.
func (r *staffRecord) setPosition(day Date, position Position) bool {
	next := r.versionAfter(day)
	if next > 0 {
		inForce := r.versions[next-1]
		if inForce.Position.Same(position) {
			return false
		}
		r.restore(next, inForce.Position, day)
		if inForce.ValidFrom == day {
			r.versions[next-1].Position = position
			return true
		}
	}
	r.versions = slices.Insert(r.versions, next, StaffVersion{ValidFrom: day, Position: position})
	return true
}

// restore inserts, at place next, a version with the old position from the first
// day after a change that a later list has confirmed.
func (r *staffRecord) restore(next int, old Position, changed Date) {
	until := Forever
	if next < len(r.versions) {
		until = r.versions[next].ValidFrom
	}
	if from, found := r.evidence(changed+1, until-1); found {
		r.versions = slices.Insert(r.versions, next, StaffVersion{ValidFrom: from, Position: old})
	}
}

// dropVersion withdraws the version that begins on the list's day, if there is one.
func (r *staffRecord) dropVersion() bool {
	next := r.versionAfter(r.asAt)
	if next == 0 || r.versions[next-1].ValidFrom != r.asAt {
		return false
	}
	r.restore(next, r.versions[next-1].Position, r.asAt)
	r.versions = slices.Delete(r.versions, next-1, next)
	return true
}

// withdraw takes back what a list of the same day said of the person: the
// version of that day, and the employment that nothing else speaks for. It
// returns false when there is no such version.
func (r *staffRecord) withdraw() bool {
	if !r.dropVersion() {
		return false
	}
	if i := r.spellOn(r.asAt); i >= 0 {
		_, earlier := r.evidence(r.spells[i].StartedOn, r.asAt-1)
		later, found := r.evidence(r.asAt+1, dateOr(r.spells[i].LeftOn))
		switch {
		case !earlier && !found:
			r.spells = slices.Delete(r.spells, i, i+1)
		case !earlier && r.spells[i].StartedOnEstimated:
			r.spells[i].StartedOn = later
		}
	}
	if len(r.versions) == 0 {
		r.spells = nil
	}
	return true
}

// versionAfter returns the place of the first version that begins after the day.
func (r *staffRecord) versionAfter(day Date) int {
	place, _ := slices.BinarySearchFunc(r.versions, day, func(v StaffVersion, day Date) int {
		if v.ValidFrom <= day {
			return -1
		}
		return 1
	})
	return place
}

// evidence returns the earliest day, from the first to the last given, on which
// a list named the person in post. A day that no held spell covers does not
// count: something later has contradicted it.
func (r *staffRecord) evidence(first, last Date) (Date, bool) {
	earliest := Forever
	consider := func(day Date) {
		if day < first || day > last || day >= earliest {
			return
		}
		if slices.ContainsFunc(r.before.Spells, func(s Spell) bool { return s.Covers(day) }) {
			earliest = day
		}
	}
	for _, version := range r.before.Versions {
		consider(version.ValidFrom)
	}
	for _, day := range r.before.Confirmed {
		consider(day)
	}
	return earliest, earliest < Forever
}
