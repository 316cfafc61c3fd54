package domain

import "slices"

// staffDateClash is a stated date that contradicts a stated date of another
// spell of the same person.
type staffDateClash struct {
	day     Date
	leaving bool // a leaving date, otherwise a starting date
}

func (c *staffDateClash) code() FindingCode {
	if c.leaving {
		return FindingLeftInLater
	}
	return FindingStartedInEarlier
}

// employ makes a spell cover the list's day and gives it the dates that the row
// states.
func (r *staffRecord) employ(startedOn, leftOn *Date) *staffDateClash {
	i := r.spellOn(r.asAt)
	if i < 0 {
		i = r.open(startedOn != nil, leftOn != nil)
	}
	if leftOn != nil && !r.end(i, *leftOn) {
		return &staffDateClash{day: *leftOn, leaving: true}
	}
	if startedOn != nil && !r.start(i, *startedOn) {
		return &staffDateClash{day: *startedOn}
	}
	return nil
}

// open makes a spell cover the list's day, which none does, and returns its
// place. It reaches to the next spell when no complete list in between says
// otherwise, and joins the spell before when only the absence from a list of
// this very day had ended that one.
func (r *staffRecord) open(startStated, endStated bool) int {
	i := r.spellAfter(r.asAt)
	until := r.absentAfter(r.asAt)
	switch {
	case endStated:
		asAt := r.asAt // end gives the spell its own last day
		r.spells = slices.Insert(r.spells, i, Spell{StartedOn: asAt, StartedOnEstimated: true, LeftOn: &asAt})
	case i < len(r.spells) && r.spells[i].StartedOnEstimated && until >= r.spells[i].StartedOn:
		r.spells[i].StartedOn = r.asAt
	default:
		if i < len(r.spells) {
			until = min(until, r.spells[i].StartedOn)
		}
		spell := Spell{StartedOn: r.asAt, StartedOnEstimated: true}
		if until < Forever {
			spell.endBefore(until)
		}
		r.spells = slices.Insert(r.spells, i, spell)
	}
	if i > 0 && !startStated && r.spells[i-1].LeftOnEstimated && dateOr(r.spells[i-1].LeftOn) == r.asAt-1 {
		i--
		r.join(i)
	}
	return i
}

// end gives the spell a stated leaving date. What later lists say of the person
// stays: a spell begins again on the first day after it on which one names them.
// It returns false when the date reaches into a spell with a stated start.
func (r *staffRecord) end(i int, leftOn Date) bool {
	for i+1 < len(r.spells) && r.spells[i+1].StartedOn <= leftOn {
		if !r.spells[i+1].StartedOnEstimated {
			return false
		}
		r.join(i)
	}
	old := r.spells[i]
	r.spells[i].LeftOn, r.spells[i].LeftOnEstimated = &leftOn, false
	if from, found := r.evidence(max(leftOn, r.asAt)+1, dateOr(old.LeftOn)); found {
		r.spells = slices.Insert(r.spells, i+1, old.from(from))
	}
	return true
}

// start gives the spell a stated starting date. Where lists had named the person
// before that date, the employment that they speak of becomes a spell of its
// own. It returns false when the date reaches into a spell with a stated end,
// unless that spell began on the very date and so has not ended after all.
func (r *staffRecord) start(i int, startedOn Date) bool {
	for i > 0 && dateOr(r.spells[i-1].LeftOn) >= startedOn {
		earlier := r.spells[i-1]
		if !earlier.LeftOnEstimated && (earlier.StartedOnEstimated || earlier.StartedOn != startedOn) {
			return false
		}
		i--
		r.join(i)
	}
	old := r.spells[i]
	r.spells[i].StartedOn, r.spells[i].StartedOnEstimated = startedOn, false
	if _, found := r.evidence(old.StartedOn, startedOn-1); found {
		old.endBefore(startedOn)
		r.spells = slices.Insert(r.spells, i, old)
	}
	return true
}

// stateLeft applies a row whose leaving date is before the list's day. Spells in
// between whose start is only estimated came from lists that did not know of the
// leaving yet and are withdrawn; one with a stated start is another employment.
func (r *staffRecord) stateLeft(s *staffStatement) *staffDateClash {
	leftOn := *s.leftOn
	r.spells = slices.DeleteFunc(r.spells, func(spell Spell) bool {
		return spell.StartedOnEstimated && spell.StartedOn > leftOn && spell.StartedOn <= r.asAt
	})
	for _, spell := range r.before.Spells {
		if spell.StartedOnEstimated && spell.StartedOn > leftOn && spell.StartedOn <= r.asAt {
			if from, found := r.evidence(r.asAt+1, dateOr(spell.LeftOn)); found {
				r.spells = slices.Insert(r.spells, r.spellAfter(from), spell.from(from))
			}
		}
	}
	i := r.spellAfter(leftOn) - 1
	if i < 0 || s.startedOn != nil && *s.startedOn > dateOr(r.spells[i].LeftOn) {
		i++
		r.spells = slices.Insert(r.spells, i, Spell{StartedOn: leftOn, StartedOnEstimated: true, LeftOn: &leftOn})
	} else {
		r.end(i, leftOn) // never clashes: the next spell starts after the date
	}
	if s.startedOn != nil && !r.start(i, *s.startedOn) {
		return &staffDateClash{day: *s.startedOn}
	}
	spell := r.spells[r.spellOn(leftOn)]
	if _, found := r.evidence(spell.StartedOn, leftOn); !found {
		r.setPosition(leftOn, s.position)
	}
	return nil
}

// leaveBefore ends employment on the day before the list's day, from which the
// person is absent, and says whether there was any. What later lists say stays.
func (r *staffRecord) leaveBefore() bool {
	i := r.spellOn(r.asAt)
	if i < 0 {
		return false
	}
	old := r.spells[i]
	later, found := r.evidence(r.asAt+1, dateOr(old.LeftOn))
	if old.StartedOn == r.asAt {
		r.spells = slices.Delete(r.spells, i, i+1)
	} else {
		r.spells[i].endBefore(r.asAt)
		i++
	}
	if found {
		r.spells = slices.Insert(r.spells, i, old.from(later))
	}
	r.dropVersion()
	return true
}

// join makes one spell of the spell and the next.
func (r *staffRecord) join(i int) {
	r.spells[i].LeftOn, r.spells[i].LeftOnEstimated = r.spells[i+1].LeftOn, r.spells[i+1].LeftOnEstimated
	r.spells = slices.Delete(r.spells, i+1, i+2)
}

// spellOn returns the place of the spell that covers the day, or -1.
func (r *staffRecord) spellOn(day Date) int {
	return slices.IndexFunc(r.spells, func(s Spell) bool { return s.Covers(day) })
}

// spellAfter returns the place of the first spell that starts after the day.
func (r *staffRecord) spellAfter(day Date) int {
	if i := slices.IndexFunc(r.spells, func(s Spell) bool { return s.StartedOn > day }); i >= 0 {
		return i
	}
	return len(r.spells)
}

// absentAfter returns the day of the first complete list after a day, or
// Forever. Where no spell covers such a day, the person was absent from its list.
func (r *staffRecord) absentAfter(day Date) Date {
	if i, _ := slices.BinarySearch(r.completeOn, day+1); i < len(r.completeOn) {
		return r.completeOn[i]
	}
	return Forever
}

// endBefore ends the spell on the day before the given one, by estimate.
func (s *Spell) endBefore(day Date) {
	last := day - 1
	s.LeftOn, s.LeftOnEstimated = &last, true
}

// from returns the rest of the spell from a day on, by estimate.
func (s Spell) from(day Date) Spell {
	s.StartedOn, s.StartedOnEstimated = day, true
	return s
}
