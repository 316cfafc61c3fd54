package disclosure

import "skillstracker/domain"

// Workforce is one row of workforce totals as it may be shown.
type Workforce struct {
	domain.Group
	Headcount Count
	FTE       FTE
	// Movement of the period. Withheld says that nothing of it may be shown.
	Opening, Closing, Starters, Leavers, Stayers, EstimatedLeavers Count
	OpeningFTE, ClosingFTE, StarterFTE, LeaverFTE, StayerFTE       FTE
	Withheld                                                       bool
	// Turnover and Joiners are leavers and starters divided by the mean of opening
	// and closing staff, Stability is stayers of opening staff (domain.md 2.2), all
	// from the figures as they are shown.
	Turnover, TurnoverFTE, Joiners, Stability Share
	// Organisations and their lists, not people: unaltered.
	Moving int
	domain.Coverage
	OldestList, NewestList *domain.Date
}

// Workforce returns a row of workforce totals as it may be shown.
//
// Opening staff and starters less leavers are closing staff, and opening staff less
// stayers have left. So the figures of movement are one object, as a distribution is:
// starters, leavers and stayers of nobody are withheld as those of a few are, and
// nothing is shown when opening staff are withheld, when, by what would be shown, a
// withheld figure could only be one of fewer than Feasible numbers, or when nobody in a
// group that may be smaller than UniformBelow is shown to have stayed.
func (r Rule) Workforce(t domain.WorkforceTotal) Workforce {
	w := Workforce{
		Group: t.Group, Headcount: r.countOf(t.Headcount), FTE: r.fteOf(t.FTE, t.Headcount),
		Opening: r.countOf(t.Opening), Closing: r.countOf(t.Closing), Starters: r.moved(t.Starters),
		Leavers: r.moved(t.Leavers), Stayers: r.moved(t.Stayers), EstimatedLeavers: r.moved(t.EstimatedLeavers),
		OpeningFTE: r.fteOf(t.OpeningFTE, t.Opening), ClosingFTE: r.fteOf(t.ClosingFTE, t.Closing),
		Moving: t.Moving, Coverage: t.Coverage, OldestList: t.OldestList, NewestList: t.NewestList,
	}
	if w.Opening == (Count{}) && t.Opening != nil {
		w.Stayers = Count{} // there was nobody who could stay
	}
	w.StarterFTE, w.LeaverFTE, w.StayerFTE = r.movedFTE(t.StarterFTE, t.Starters), r.movedFTE(t.LeaverFTE, t.Leavers), r.movedFTE(t.StayerFTE, t.Stayers)
	if !r.off && t.Opening != nil && r.withholdsMovement(w) {
		w.withholdMovement()
	}
	w.Turnover = r.ofMean(w.Leavers, w.Opening, w.Closing)
	w.Joiners = r.ofMean(w.Starters, w.Opening, w.Closing)
	w.Stability = r.Share(w.Stayers, w.Opening)
	w.TurnoverFTE = ofMeanFTE(w.LeaverFTE, w.OpeningFTE, w.ClosingFTE)
	return w
}

// moved is a number of people who moved, or stayed: nobody is withheld as a few are.
func (r Rule) moved(people *int) Count {
	if people == nil {
		return Count{Status: domain.StatusNotAvailable}
	}
	return r.levelCount(*people)
}

// movedFTE is the FTE of such a number.
func (r Rule) movedFTE(fte *domain.FTE, people *int) FTE {
	if status := r.moved(people).Status; status != "" {
		return FTE{Status: status}
	}
	return r.fteOf(fte, people)
}

func (w *Workforce) withholdMovement() {
	w.Withheld = true
	for _, count := range []*Count{&w.Opening, &w.Closing, &w.Starters, &w.Leavers, &w.Stayers, &w.EstimatedLeavers} {
		*count = Count{Status: domain.StatusConfidential}
	}
	for _, fte := range []*FTE{&w.OpeningFTE, &w.ClosingFTE, &w.StarterFTE, &w.LeaverFTE, &w.StayerFTE} {
		*fte = FTE{Status: domain.StatusConfidential}
	}
}

// withholdsMovement says whether nothing of the movement may be shown, going by the
// figures that would be shown.
func (r Rule) withholdsMovement(w Workforce) bool {
	opening, closing := r.stands(w.Opening), r.stands(w.Closing)
	nobody := w.Opening.Status == "" && w.Opening.Value == 0
	switch {
	case w.Opening.Status != "":
		return true
	case !nobody && w.Stayers.Status != "" && opening.low < r.UniformBelow:
		return true
	}
	stayers := r.possible(w.Stayers)
	if nobody {
		stayers = interval{}
	}
	known := []interval{opening, closing, r.possible(w.Starters), r.possible(w.Leavers), stayers}
	narrowMovement(known)
	for i, count := range []Count{w.Opening, w.Closing, w.Starters, w.Leavers, w.Stayers} {
		if count.Status != "" && known[i].size() < r.Feasible {
			return true
		}
	}
	return false
}

// narrowMovement takes from opening, closing, starters, leavers and stayers every
// number that cannot be right because of the others. People who change staff group or
// band inside an organisation are in none of starters and leavers: then closing is not
// what it should be, and what contradicts itself is left as it is.
func narrowMovement(known []interval) {
	const opening, closing, starters, leavers, stayers = 0, 1, 2, 3, 4
	learn := func(i, low, high int) bool {
		was := known[i]
		now := interval{max(was.low, low), min(was.high, high)}
		if now.low > now.high || now == was {
			return false
		}
		known[i] = now
		return true
	}
	for changed := true; changed; {
		o, c, s, l, y := known[opening], known[closing], known[starters], known[leavers], known[stayers]
		changed = learn(closing, o.low+s.low-l.high, o.high+s.high-l.low)
		changed = learn(opening, max(c.low-s.high+l.low, y.low), min(c.high-s.low+l.high, y.high+l.high)) || changed
		changed = learn(starters, c.low-o.high+l.low, c.high-o.low+l.high) || changed
		changed = learn(leavers, max(o.low+s.low-c.high, o.low-y.high), o.high+s.high-c.low) || changed
		changed = learn(stayers, o.low-l.high, min(o.high, c.high)) || changed
	}
}

// ofMean divides a part by the mean of two counts, all as they are shown.
func (r Rule) ofMean(part, opening, closing Count) Share {
	both := Count{Value: opening.Value + closing.Value, Status: opening.Status}
	if closing.Status != "" && both.Status != domain.StatusNotAvailable {
		both.Status = closing.Status
	}
	part.Value *= 2
	return r.Share(part, both)
}

func ofMeanFTE(part, opening, closing FTE) Share {
	for _, each := range []FTE{opening, closing, part} {
		if each.Status != "" {
			return Share{Status: each.Status}
		}
	}
	rate, ok := domain.Ratio(2*part.Value, opening.Value+closing.Value)
	if !ok {
		return Share{Status: domain.StatusNotApplicable}
	}
	return Share{Value: rate}
}
