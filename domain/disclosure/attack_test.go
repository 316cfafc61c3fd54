package disclosure_test

import (
	"encoding/binary"
	"math"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"skillstracker/domain/disclosure"
)

// outcome is everything that can be true, given one published answer, to an
// attacker who knows the rule: it collects all true groups that give that answer.
type outcome struct {
	published disclosure.Distribution
	groups    int
	people    int      // in the largest of them
	counts    []uint64 // by level: the set of possible true counts, as bits
	uniform   int      // groups that are all at one level
	held      []int    // by level: groups that have somebody there
	heldMixed []int    // by level: of those, groups that have others elsewhere
}

// everyGroup calls visit with each way of spreading up to most people over levels.
func everyGroup(levels, most int, visit func([]int)) {
	group := make([]int, levels)
	var fill func(level, left int)
	fill = func(level, left int) {
		if level == levels {
			visit(group)
			return
		}
		for n := range left + 1 {
			group[level] = n
			fill(level+1, left-n)
		}
	}
	fill(0, most)
}

// publishedKey writes down all that is published of a group whose members have
// all been assessed: the count beside the distribution, and the distribution.
func publishedKey(rule disclosure.Rule, people int, d disclosure.Distribution) []byte {
	key := make([]byte, 0, 128)
	count := func(c disclosure.Count) {
		key = append(key, c.Status...)
		key = binary.AppendVarint(key, int64(c.Value))
	}
	count(rule.Count(people))
	count(d.Base)
	for i := range d.Levels {
		count(d.Levels[i])
		key = append(key, d.Shares[i].Status...)
		key = binary.BigEndian.AppendUint64(key, math.Float64bits(d.Shares[i].Value))
	}
	for _, a := range []disclosure.Average{d.Mean, d.Median} {
		key = append(key, a.Status...)
		key = binary.BigEndian.AppendUint64(key, math.Float64bits(a.Value))
	}
	return key
}

// outcomes groups every true group by what is published about it; when sizeKnown,
// the attacker also knows exactly how many people are in it.
func outcomes(rule disclosure.Rule, levels, most int, sizeKnown bool) map[string]*outcome {
	found := map[string]*outcome{}
	everyGroup(levels, most, func(group []int) {
		people, largest := 0, 0
		for _, n := range group {
			people, largest = people+n, max(largest, n)
		}
		d := rule.Distribution(group, 0)
		key := publishedKey(rule, people, d)
		if sizeKnown {
			key = strconv.AppendInt(key, int64(people), 10)
		}
		o := found[string(key)]
		if o == nil {
			o = &outcome{published: d, counts: make([]uint64, levels), held: make([]int, levels), heldMixed: make([]int, levels)}
			found[string(key)] = o
		}
		o.groups++
		o.people = max(o.people, people)
		if people > 0 && largest == people {
			o.uniform++
		}
		for i, n := range group {
			o.counts[i] |= 1 << n
			if n > 0 {
				o.held[i]++
				if n < people {
					o.heldMixed[i]++
				}
			}
		}
	})
	return found
}

// scales are the numbers of levels with the largest group that is tried for each.
// Each largest group ends a rounding interval, so that no outcome is cut short.
func scales() []scale {
	return []scale{{2, 67}, {3, 67}, {4, 52}, {5, 22}, {6, 22}}
}

type scale struct{ levels, most int }

// The strongest attacker on one distribution knows the rule, everything published
// about the group, and one member's level. Of every small group there can be, and
// so of every answer, this holds:
//   - every withheld level could be at least three counts, and so it is in a
//     distribution withheld whole while anybody has been assessed;
//   - it is never certain that everybody is at one level, not even to somebody
//     who is in the group and knows their own level.
func TestNoLevelIsPinnedInOneDistribution(t *testing.T) {
	t.Parallel()
	rule := disclosure.Default()
	for _, scale := range scales() {
		all := outcomes(rule, scale.levels, scale.most, false)
		whole, exact := 0, 0
		for _, o := range all {
			if o.published.Withheld {
				whole += o.groups
			}
			if o.people == 0 {
				continue
			}
			for i, level := range o.published.Levels {
				possible := bits.OnesCount64(o.counts[i])
				if level.Status != "" && possible < rule.Feasible {
					t.Errorf("%+v: only %d counts are possible for level %d", o.published, possible, i)
				}
				if possible == 1 {
					exact++
				}
			}
			if o.uniform == o.groups {
				t.Errorf("%+v: certain that everybody is at one level", o.published)
			}
			for i, n := range o.held {
				if n > 0 && o.heldMixed[i] == 0 {
					t.Errorf("%+v: somebody at level %d knows that everybody is", o.published, i)
				}
			}
		}
		t.Logf("%d levels, up to %d people: %d answers, %d groups withheld whole, %d rounded counts of a level that can be worked out exactly",
			scale.levels, scale.most, len(all), whole, exact)
	}
}

// An attacker who has worked out the exact size of a group learns more. Still it
// is never certain that a group below UniformBelow is all at one level. What does
// not hold any more is printed.
func TestGroupSizeKnownExactly(t *testing.T) {
	t.Parallel()
	rule := disclosure.Default()
	for _, scale := range scales() {
		all := outcomes(rule, scale.levels, scale.most, true)
		few := 0
		for _, o := range all {
			if o.people < rule.Threshold {
				continue // the size itself is withheld
			}
			for i, level := range o.published.Levels {
				if level.Status != "" && bits.OnesCount64(o.counts[i]) < rule.Feasible {
					few++
				}
			}
			if o.people >= rule.UniformBelow {
				continue
			}
			if o.uniform == o.groups {
				t.Errorf("%d people, %+v: certain that everybody is at one level", o.people, o.published)
			}
			for i, n := range o.held {
				if n > 0 && o.heldMixed[i] == 0 {
					t.Errorf("%d people, %+v: somebody at level %d knows that everybody is", o.people, o.published, i)
				}
			}
		}
		t.Logf("%d levels, up to %d people: %d answers with the size known; %d withheld levels in them keep fewer than three counts",
			scale.levels, scale.most, len(all), few)
	}
}

// Larger groups and longer scales are sampled. For every withheld level at least
// three counts are shown to be possible by finding a group that has such a count
// and is published alike.
func TestWithheldLevelsOfLargerGroups(t *testing.T) {
	t.Parallel()
	rule := disclosure.Default()
	random := rand.New(rand.NewPCG(6, 2026))
	published := 0
	for range 1500 {
		group := make([]int, 2+random.IntN(8))
		for i := range group {
			switch random.IntN(3) {
			case 0:
				group[i] = random.IntN(rule.Threshold)
			case 1:
				group[i] = rule.Threshold + random.IntN(12)
			default:
				group[i] = random.IntN(400)
			}
		}
		d := rule.Distribution(group, 0)
		if d.Withheld {
			continue
		}
		published++
		for i, level := range d.Levels {
			if level.Status == "" {
				continue
			}
			possible := 0
			for n := range rule.Threshold {
				if publishedAlike(rule, d, i, n) {
					possible++
				}
			}
			if possible < rule.Feasible {
				t.Fatalf("%v: %d counts are possible for level %d", group, possible, i)
			}
		}
	}
	if published < 500 {
		t.Errorf("only %d of the sampled distributions are published", published)
	}
}

// publishedAlike says whether some group with n people at a level is published as
// d: it starts from the smallest counts that look like d and adds people one by
// one, keeping each level within what it looks like.
func publishedAlike(rule disclosure.Rule, d disclosure.Distribution, level, n int) bool {
	group := make([]int, len(d.Levels))
	for i, c := range d.Levels {
		if c.Status == "" {
			group[i] = max(rule.Threshold, c.Value-rule.RoundTo/2)
		}
	}
	group[level] = n
	for i := 0; ; {
		if reflect.DeepEqual(rule.Distribution(group, 0), d) {
			return true
		}
		for i < len(group) && (i == level || group[i]+1 == rule.Threshold || rule.Count(group[i]+1) != d.Levels[i] && d.Levels[i].Status == "") {
			i++
		}
		if i == len(group) {
			return false
		}
		group[i]++
	}
}
