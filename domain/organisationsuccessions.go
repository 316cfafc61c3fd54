package domain

import (
	"fmt"
	"slices"
)

// SuccessionFirstYear and SuccessionLastYear bound the day of a succession: no NHS
// trust is older, and what lies further ahead is a slip.
const (
	SuccessionFirstYear = 1990
	SuccessionLastYear  = 2999
)

// SuccessionPlan says what a file of successions changes: what it adds and what it
// ends, as it is held. A day that changes ends one row and adds another.
type SuccessionPlan struct {
	Add, End []Succession
	Summary  ImportSummary
}

// PlanSuccessions compares a file with the successions that are held. Kinds holds
// the kind of every organisation of the registry by its code. With any fault the
// plan is empty, so that a file is stored whole or not at all; the faults are those
// of every row, in the order of the file.
func PlanSuccessions(held, file []Succession, kinds map[string]OrganisationKind) (SuccessionPlan, []FieldFault) {
	check := successionCheck{kinds: kinds, held: make(map[[2]string]Succession, len(held)), rowOf: make(map[[2]string]int, len(file))}
	for _, s := range held {
		check.held[s.pair()] = s
	}
	for _, s := range file {
		check.row(s)
	}
	if faults := append(check.faults, leadingBack(held, file)...); len(faults) > 0 {
		slices.SortStableFunc(faults, func(a, b placedFault) int { return a.row - b.row })
		return SuccessionPlan{}, fieldFaults(faults)
	}
	plan := SuccessionPlan{Summary: ImportSummary{Read: len(file)}}
	for _, s := range file {
		before, isHeld := check.held[s.pair()]
		switch {
		case s.Action == ActionRemove:
			plan.Summary.Removed++
			plan.End = append(plan.End, before)
		case !isHeld:
			plan.Summary.New++
			plan.Add = append(plan.Add, s)
		case before.EffectiveOn == s.EffectiveOn:
			plan.Summary.Unchanged++
		default:
			plan.Summary.Changed++
			plan.End = append(plan.End, before)
			plan.Add = append(plan.Add, s)
		}
	}
	return plan, nil
}

func (s Succession) pair() [2]string { return [2]string{s.Predecessor, s.Successor} }

// placedFault is a fault of a row, so that faults can be put in the file's order.
type placedFault struct {
	row    int
	column string
	text   string
}

func fieldFaults(faults []placedFault) []FieldFault {
	written := make([]FieldFault, len(faults))
	for i, f := range faults {
		place := fmt.Sprintf("row %d", f.row)
		if f.column != "" {
			place += ", column " + f.column
		}
		written[i] = FieldFault{Field: place, Message: f.text}
	}
	return written
}

// successionCheck finds the faults of each row by itself and of rows of one pair.
type successionCheck struct {
	kinds  map[string]OrganisationKind
	held   map[[2]string]Succession
	rowOf  map[[2]string]int
	faults []placedFault
}

func (c *successionCheck) fault(s Succession, column, text string) {
	c.faults = append(c.faults, placedFault{row: s.Row, column: column, text: text})
}

func (c *successionCheck) row(s Succession) {
	from, knowsFrom := c.kinds[s.Predecessor]
	to, knowsTo := c.kinds[s.Successor]
	if !knowsFrom {
		c.fault(s, "predecessor", "The registry holds no organisation with this code. Correct it, or import the organisation first.")
	}
	if !knowsTo {
		c.fault(s, "successor", "The registry holds no organisation with this code. Correct it, or import the organisation first.")
	}
	if earlier, twice := c.rowOf[s.pair()]; twice {
		c.fault(s, "", fmt.Sprintf("Row %d is about the same two organisations. Keep the right one.", earlier))
		return
	}
	c.rowOf[s.pair()] = s.Row
	switch before, isHeld := c.held[s.pair()]; {
	case s.Predecessor == s.Successor:
		c.fault(s, "successor", "An organisation cannot follow itself. Enter the code of the one that took over.")
	case s.Action == ActionRemove && knowsFrom && knowsTo && !isHeld:
		c.fault(s, "action", "No succession of these two is held, so none can be removed. Check both codes, or delete the row.")
	case s.Action == ActionRemove && isHeld && s.EffectiveOn != 0 && s.EffectiveOn != before.EffectiveOn:
		c.fault(s, "effective_on", "The succession of these two is held with another day. Leave the day empty, or check both codes.")
	case s.Action == ActionRemove:
	case s.EffectiveOn == 0:
		c.fault(s, "effective_on", "The first day on which the successor stands in its place is missing.")
	case s.EffectiveOn < NewDate(SuccessionFirstYear, 1, 1) || s.EffectiveOn > NewDate(SuccessionLastYear, 12, 31):
		c.fault(s, "effective_on", fmt.Sprintf("The day is not from %d to %d.", SuccessionFirstYear, SuccessionLastYear))
	case knowsFrom && knowsTo && (from.IsLevel() || to.IsLevel()) && (from != to || from == KindNation):
		c.fault(s, "successor", fmt.Sprintf("An organisation of kind %s cannot follow one of kind %s: regions follow regions and ICBs follow ICBs.", to, from))
	}
}

// leadingBack finds the rows of a file that would make a chain of successions lead
// back to where it began: those whose two organisations would be followed by each
// other.
func leadingBack(held, file []Succession) (faults []placedFault) {
	after := make(map[[2]string]bool, len(held)+len(file))
	for _, s := range held {
		after[s.pair()] = true
	}
	for _, s := range file {
		after[s.pair()] = s.Action != ActionRemove
	}
	next := make(map[string][]string, len(after))
	for pair, stands := range after {
		if stands && pair[0] != pair[1] {
			next[pair[0]] = append(next[pair[0]], pair[1])
		}
	}
	knot := knots(next)
	for _, s := range file {
		if s.Action != ActionRemove && s.Predecessor != s.Successor && knot[s.Predecessor] == knot[s.Successor] {
			faults = append(faults, placedFault{row: s.Row, column: "successor", text: "The chain of successions would lead back to the predecessor: " +
				"it already follows the successor, directly or through others. Check both codes, or remove the succession the other way round."})
		}
	}
	return faults
}

// knots numbers the nodes of a graph such that two of them have one number exactly
// if each can be reached from the other (Tarjan's strongly connected components).
func knots(next map[string][]string) map[string]int {
	index, low, number := map[string]int{}, map[string]int{}, map[string]int{}
	var stack []string
	var visit func(node string)
	visit = func(node string) {
		index[node] = len(index) + 1
		low[node] = index[node]
		stack = append(stack, node)
		for _, to := range next[node] {
			if index[to] == 0 {
				visit(to)
				low[node] = min(low[node], low[to])
			} else if number[to] == 0 {
				low[node] = min(low[node], index[to])
			}
		}
		if low[node] != index[node] {
			return
		}
		for number[node] == 0 {
			last := len(stack) - 1
			number[stack[last]] = index[node]
			stack = stack[:last]
		}
	}
	for node := range next {
		if index[node] == 0 {
			visit(node)
		}
	}
	return number
}

// FollowSuccessions returns where the chain of successions of an organisation ends
// on a day, sorted: an organisation that is closed on the day is followed to its
// successors that took effect by then, and each of those in the same way. An
// organisation that is open, or has no such successor, stands for itself. closed
// says whether an organisation is closed on the day. It is the rule of the basis
// as_now (DESIGN 3.13).
func FollowSuccessions(code string, on Date, successions []Succession, closed func(code string) bool) []string {
	return follow(code, successorsBy(on, successions), closed)
}

// successorsBy returns who directly follows each organisation on a day.
func successorsBy(on Date, successions []Succession) map[string][]string {
	next := make(map[string][]string, len(successions))
	for _, s := range successions {
		if s.EffectiveOn <= on {
			next[s.Predecessor] = append(next[s.Predecessor], s.Successor)
		}
	}
	return next
}

func follow(code string, next map[string][]string, closed func(code string) bool) []string {
	var ends []string
	seen := map[string]bool{}
	waiting := []string{code}
	for len(waiting) > 0 {
		current := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if seen[current] {
			continue
		}
		seen[current] = true
		if len(next[current]) == 0 || !closed(current) {
			ends = append(ends, current)
			continue
		}
		waiting = append(waiting, next[current]...)
	}
	slices.Sort(ends)
	return ends
}
