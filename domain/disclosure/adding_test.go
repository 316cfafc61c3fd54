package disclosure_test

import (
	"math/bits"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"skillstracker/domain/disclosure"
	"skillstracker/domain/disclosure/attack"
)

// tally is what attackers have worked out.
type tally struct {
	populations, people int
	rows, shown         int // distributions of groups with somebody assessed; those not withheld
	groups, sizesKnown  int // groups known to have somebody; those whose exact size is known
	pinned              int // groups in which everybody is known to be at one level
	found               int // people whose level is known, from all groups that they are in
	left, emptied       int // groups below UniformBelow of which everybody is known to have left, to be replaced or not
	members, told       int // people who were tried; groups in which one of them, knowing their own level, knows that of all others
}

// answers asks every permitted question about a population and lets the attacker learn
// the answers.
func answers(rule disclosure.Rule, p population, months int, found *tally) *attack.Panel {
	panel := attack.NewPanel(rule, p.dimensions, maxDimensions, months, p.subjects(), p.may)
	panel.Whole, panel.Checklist = p.whole, p.checklist
	for month := range months {
		truths := aggregate(panel, p, monthOf(month))
		for _, g := range panel.Groups {
			t := truths[g]
			if t == nil {
				panel.LearnNobody(g, month)
				continue
			}
			if g[byKind] == 0 {
				panel.LearnWorkforce(g, month, rule.Workforce(t.workforce))
			}
			for i, total := range t.skills {
				row := disclosure.SkillsRow{BySubject: i < len(panel.Subjects), Checklist: i == len(panel.Subjects), Dimensions: g.Broken()}
				subject := i
				if !row.BySubject {
					subject = -1
				}
				shown := rule.Skills(total, row)
				panel.LearnSkills(g, month, subject, shown)
				if row.BySubject && total.Assessed > 0 {
					found.rows++
					if !shown.Distribution.Withheld {
						found.shown++
					}
				}
			}
		}
	}
	panel.RelateAll()
	if p.onlyMore && months > 1 {
		panel.OnlyMore(0, 1)
	}
	return panel
}

// try attacks one population: first as an onlooker, then as some of its members.
func try(t *testing.T, rule disclosure.Rule, seed uint64, largest, members int, found *tally) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 6))
	p, months := newPopulation(random, largest), 1+random.IntN(2)
	panel := answers(rule, p, months, found)
	if !panel.Narrow() {
		t.Fatalf("seed %d: what the attacker knows contradicts itself", seed)
	}
	found.populations++
	found.people += len(p.people)
	for month := range months {
		checkTruth(t, panel, p, month, seed)
		for _, g := range panel.Groups {
			if people, certain, emptied := panel.EverybodyLeft(g, month); certain && emptied {
				found.emptied++
			} else if certain && int(people) < rule.UniformBelow {
				found.left++
			}
			size := panel.Size(panel.Network, g, month)
			if size.Low == 0 {
				continue
			}
			found.groups++
			if size.Low == size.High {
				found.sizesKnown++
			}
			for subject := range panel.Subjects {
				if panel.Known(panel.Level(g, month, subject, -1)).Low > 0 && bits.OnesCount64(panel.Possible(panel.Network, g, month, subject)) == 1 {
					found.pinned++
				}
			}
		}
		for _, one := range p.people {
			found.found += foundOut(panel, p, one, month)
		}
		for range min(members, len(p.people)) {
			found.told += told(t, panel, p, p.people[random.IntN(len(p.people))], month, found)
		}
	}
}

// checkTruth fails when the attacker has ruled out what is true: then what the attack
// takes for granted is wrong, and what it does not find out says nothing.
func checkTruth(t *testing.T, panel *attack.Panel, p population, month int, seed uint64) {
	t.Helper()
	truths := aggregate(panel, p, monthOf(month))
	for _, g := range panel.Groups {
		if truths[g] == nil {
			continue
		}
		for subject := range panel.Subjects {
			for level, people := range truths[g].skills[subject].Levels {
				if b := panel.Known(panel.Level(g, month, subject, level)); people < int(b.Low) || people > int(b.High) {
					t.Fatalf("seed %d, %v: %d people at level %d, but the attacker is sure of %+v", seed, g, people, level, b)
				}
			}
		}
	}
}

// inAnswer returns the values of a person who is in the skills of a month, with the
// assessor kind.
func inAnswer(one person, month int) (assessment, attack.Group, bool) {
	at := monthOf(month)
	a, current := one.counting(at)
	values := one.values
	values[byKind] = a.kind
	return a, values, current && one.joined <= at && one.left > at
}

// foundOut counts the competences in which somebody's level is known: the levels that
// are possible in every group that the person is in are one.
func foundOut(panel *attack.Panel, p population, one person, month int) int {
	a, values, in := inAnswer(one, month)
	if !in {
		return 0
	}
	found := 0
	for c, level := range a.levels {
		possible := ^uint64(0)
		groupsOf(panel, p, values, func(g attack.Group) { possible &= panel.Possible(panel.Network, g, month, c) })
		if level >= 0 && bits.OnesCount64(possible) == 1 {
			found++
		}
	}
	return found
}

// told counts the groups of a person, who adds their own level to what is known, in
// which all others are found to be at one level.
func told(t *testing.T, panel *attack.Panel, p population, one person, month int, found *tally) int {
	t.Helper()
	a, values, in := inAnswer(one, month)
	if !in {
		return 0
	}
	found.members++
	knows := panel.Suppose()
	groupsOf(panel, p, values, func(g attack.Group) {
		for c, level := range a.levels {
			if level >= 0 {
				n := panel.Level(g, month, c, level)
				knows.Learn(n, attack.Bounds{Low: max(1, knows.Known(n).Low), High: knows.Known(n).High})
			}
		}
	})
	if !knows.Narrow() {
		t.Fatalf("what a member knows contradicts itself")
	}
	alone := 0
	groupsOf(panel, p, values, func(g attack.Group) {
		for c, level := range a.levels {
			if level < 0 || knows.Known(panel.Level(g, month, c, -1)).Low < 2 {
				continue
			}
			possible := panel.Possible(knows, g, month, c)
			if knows.Known(panel.Level(g, month, c, level)).High == 1 {
				possible &^= 1 << level
			}
			if bits.OnesCount64(possible) == 1 {
				alone++
			}
		}
	})
	return alone
}

// soakFor is how long the attack goes on beyond the populations that are always tried.
func soakFor(t *testing.T) time.Duration {
	t.Helper()
	text := os.Getenv("SKILLSTRACKER_SOAK")
	if text == "" {
		return 0
	}
	long, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("SKILLSTRACKER_SOAK: %v", err)
	}
	return long
}

// The test of DESIGN 6. Every permitted question about small synthetic organisations is
// asked: all groups of at most three dimensions with their subtotals, by competence, by
// domain and by neither, at two months, by assessor, with gaps, needs and a checklist,
// and the workforce. All answers are put together. Nobody's level is found, neither by
// an onlooker nor by a member, and of no small group is it found that everybody was
// replaced. That a group has been emptied is seen, because nobody is shown as 0.
func TestNobodysLevelIsWorkedOutByAddingUp(t *testing.T) {
	t.Parallel()
	rule := disclosure.Default()
	for _, size := range []struct {
		largest, seeds int
	}{{8, 8}, {30, 8}, {90, 4}} {
		var found tally
		for seed := range uint64(size.seeds) {
			try(t, rule, seed, size.largest, 4, &found)
		}
		found.report(t)
	}
	if long := soakFor(t); long > 0 {
		until := time.Now().Add(long)
		var found tally
		for seed := uint64(1000); time.Now().Before(until); seed++ {
			try(t, rule, seed, []int{4, 8, 15, 30, 60, 120, 300}[seed%7], 4, &found)
		}
		found.report(t)
	}
}

func (found tally) report(t *testing.T) {
	t.Helper()
	t.Logf("%d populations of %d people: of %d groups the exact size of %d is worked out; %d of %d distributions are shown; %d people and %d groups found at one level, %d of %d members told of others, %d small groups known to have been replaced and %d to have been emptied",
		found.populations, found.people, found.groups, found.sizesKnown, found.shown, found.rows, found.found, found.pinned, found.told, found.members, found.left, found.emptied)
	if found.found > 0 || found.pinned > 0 || found.told > 0 || found.left > 0 {
		t.Errorf("somebody is found out: %+v", found)
	}
}

// The same attack finds people where less is withheld: with counts rounded to the
// nearest 5 and no larger base for fine rows, as the rule once was, and many where
// hardly anything is protected. So when it finds nobody, that says something.
func TestTheAttackFindsWhatWeakerRulesHide(t *testing.T) {
	t.Parallel()
	before := disclosure.Default()
	before.RoundTo, before.FineBase = 5, 8
	for name, rule := range map[string]disclosure.Rule{
		"as it once was":  before,
		"hardly anything": {Threshold: 3, RoundTo: 1, UniformBelow: 3, FineBase: 3, Feasible: 2},
	} {
		var found tally
		for seed := range uint64(8) {
			try(t, rule, seed, 30, 2, &found)
		}
		t.Logf("%s: %+v", name, found)
		if found.found == 0 || found.pinned == 0 || found.told == 0 {
			t.Errorf("%s: the attack finds nobody: %+v", name, found)
		}
	}
}
