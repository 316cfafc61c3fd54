package disclosure

// interval is the whole numbers from low to high, both included.
type interval struct{ low, high int }

func (i interval) size() int { return i.high - i.low + 1 }

// possible returns the numbers of people that a count may stand for: those that
// round to it when it is shown, none up to below the threshold when it is not.
func (r Rule) possible(c Count) interval {
	if c.Status != "" {
		return interval{0, r.Threshold - 1}
	}
	low := c.Value - r.RoundTo/2
	return interval{max(low, r.Threshold), low + r.RoundTo - 1}
}

// stands returns the numbers of people that a count outside a distribution may stand
// for: there nobody is shown as 0.
func (r Rule) stands(c Count) interval {
	switch {
	case c.Status != "":
		return interval{1, r.Threshold - 1}
	case c.Value == 0:
		return interval{}
	}
	return r.possible(c)
}

// narrow takes from the parts every number that cannot be right because the parts
// add up to the group, again and again until nothing changes. It is exact: each
// number that is left occurs in some set of parts that adds up. The true numbers
// must lie within what is given, else there is nothing to find.
func narrow(group interval, parts []interval) {
	for changed := true; changed; {
		changed = false
		least, most := 0, 0
		for _, part := range parts {
			least += part.low
			most += part.high
		}
		group = interval{max(group.low, least), min(group.high, most)}
		for i, part := range parts {
			others := interval{least - part.low, most - part.high}
			narrowed := interval{
				low:  max(part.low, group.low-others.high),
				high: min(part.high, group.high-others.low),
			}
			if narrowed != part {
				parts[i], changed = narrowed, true
			}
		}
	}
}
