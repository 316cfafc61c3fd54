package disclosure_test

import (
	"maps"
	"math/rand/v2"
	"slices"

	"skillstracker/domain"
	"skillstracker/domain/disclosure/attack"
)

// The dimensions of a population, in the order of a group's values. An organisation is
// within its ICB and its sector, a job role within its staff group.
const (
	byPlace = iota
	byStaff
	byBand
	byDigital
	byKind
	byTeam
)

// population is a small synthetic ICB or two: people of a few organisations with
// everything that a question can ask about them. Times are months.
type population struct {
	dimensions    []attack.Dimension
	within        []map[uint8][]uint8 // by dimension: a value of a person, and the values it is part of
	organisations []uint8
	people        []person
	levels        int // classes of every competence
	competences   int
	targets       []targetBy
	checklist     []int
	onlyMore      bool // between the two months people are assessed for the first time, and nothing else
	whole         bool // everybody answers everything
}

// person has values of all dimensions but the assessor kind, which is that of the
// assessment that counts.
type person struct {
	values       attack.Group
	joined, left int // in post from the month joined up to before the month left
	assessments  []assessment
}

type assessment struct {
	month  int
	kind   uint8 // 1 self, 2 manager, 3 assessor
	levels []int // -1 not answered
	needs  []int // -1 not stated
}

// targetBy are the targets of a competence by the values of a dimension; -1 for none.
type targetBy struct {
	dimension int
	levels    []int // by value; the first is not used
}

// The reference dates, in months, of a population, and how long an assessment holds.
const (
	firstMonth, secondMonth = 30, 31
	validity, period        = 12, 12
	never                   = 1 << 20
)

// newPopulation makes people of whom the groups of one organisation, job role and band
// have fewer than largest members. Members of a group are alike in a part of the cases.
func newPopulation(random *rand.Rand, largest int) population {
	p := population{levels: 2 + random.IntN(4), competences: 1 + random.IntN(2), onlyMore: random.IntN(2) == 0, whole: random.IntN(3) > 0}
	p.places(random)
	p.staff(random)
	for _, d := range []struct {
		name   string
		values int
	}{{"band", 2 + random.IntN(2)}, {"digital", 2}, {"assessor kind", 3}, {"team", 2}} {
		dimension := attack.Plain(d.name, d.values)
		dimension.Assessed = len(p.dimensions) == byKind
		p.dimensions = append(p.dimensions, dimension)
		p.within = append(p.within, map[uint8][]uint8{})
	}
	for range p.competences {
		p.targets = append(p.targets, p.newTarget(random))
		p.checklist = append(p.checklist, random.IntN(p.levels))
	}
	alike := random.IntN(4)
	for _, organisation := range p.organisations {
		for _, role := range slices.Sorted(maps.Keys(p.within[byStaff])) {
			for band := range p.dimensions[byBand].Values {
				cell := attack.Group{byPlace: organisation, byStaff: role, byBand: uint8(band + 1), byDigital: uint8(1 + random.IntN(2))}
				favourite := []int{random.IntN(p.levels), random.IntN(p.levels)}
				for range random.IntN(largest) {
					p.people = append(p.people, p.newPerson(random, cell, favourite, alike))
				}
			}
		}
	}
	return p
}

// places makes one or two ICBs with one to three organisations in all, of two sectors.
func (p *population) places(random *rand.Rand) {
	d := attack.Dimension{Name: "place"}
	add := func() uint8 { d.Values++; return uint8(d.Values) }
	p.within = append(p.within, map[uint8][]uint8{})
	sectors := []attack.Total{{Value: add()}, {Value: add()}}
	nation := attack.Total{}
	for icb := range 1 + random.IntN(2) {
		total := attack.Total{Value: add()}
		for range 1 + random.IntN(2-icb) {
			organisation, sector := add(), random.IntN(2)
			sectors[sector].Parts = append(sectors[sector].Parts, organisation)
			total.Parts = append(total.Parts, organisation)
			p.within[byPlace][organisation] = []uint8{organisation, total.Value, sectors[sector].Value}
			p.organisations = append(p.organisations, organisation)
		}
		d.Totals = append(d.Totals, total)
		nation.Parts = append(nation.Parts, total.Value)
	}
	d.Totals = append(d.Totals, nation, attack.Total{Parts: []uint8{sectors[0].Value, sectors[1].Value}}, sectors[0], sectors[1])
	p.dimensions = append(p.dimensions, d)
}

// staff makes two or three staff groups with one or two job roles each.
func (p *population) staff(random *rand.Rand) {
	d := attack.Dimension{Name: "staff"}
	add := func() uint8 { d.Values++; return uint8(d.Values) }
	p.within = append(p.within, map[uint8][]uint8{})
	all := attack.Total{}
	for range 2 + random.IntN(2) {
		group := attack.Total{Value: add()}
		for range 1 + random.IntN(2) {
			role := add()
			group.Parts = append(group.Parts, role)
			p.within[byStaff][role] = []uint8{role, group.Value}
		}
		d.Totals = append(d.Totals, group)
		all.Parts = append(all.Parts, group.Value)
	}
	d.Totals = append(d.Totals, all)
	p.dimensions = append(p.dimensions, d)
}

// newTarget makes one target for everybody, or one for each band or job role, with
// none for some.
func (p *population) newTarget(random *rand.Rand) targetBy {
	t := targetBy{dimension: byBand}
	if random.IntN(3) == 0 {
		t.dimension = byStaff
	}
	same := random.IntN(3) == 0
	t.levels = make([]int, p.dimensions[t.dimension].Values+1)
	for i := range t.levels {
		t.levels[i] = random.IntN(p.levels+1) - 1
		if same {
			t.levels[i] = t.levels[0]
		}
	}
	return t
}

// of returns the target of everybody in a group, if the group tells it.
func (t targetBy) of(p population, g attack.Group) (level int, known bool) {
	level = -2
	for value, target := range t.levels {
		if value == 0 || t.dimension == byStaff && p.within[byStaff][uint8(value)] == nil {
			continue
		}
		if g[t.dimension] != 0 && !slices.Contains(p.valuesOf(t.dimension, uint8(value)), g[t.dimension]) {
			continue
		}
		if level != -2 && target != level {
			return -1, false
		}
		level = target
	}
	return level, level != -2
}

// valuesOf returns the values of a dimension that hold a person with one.
func (p population) valuesOf(dimension int, value uint8) []uint8 {
	if values := p.within[dimension][value]; values != nil {
		return values
	}
	return []uint8{value}
}

func (p population) newPerson(random *rand.Rand, cell attack.Group, favourite []int, alike int) person {
	one := person{values: cell, joined: random.IntN(20), left: never}
	one.values[byTeam] = uint8(1 + random.IntN(2))
	if random.IntN(5) == 0 {
		one.values[byDigital] = uint8(1 + random.IntN(2))
	}
	answer := func(month int, kind uint8) assessment {
		a := assessment{month: month, kind: kind}
		for c := range p.competences {
			level := favourite[c]
			if random.IntN(4) >= alike {
				level = random.IntN(p.levels)
			}
			if !p.whole && random.IntN(8) == 0 {
				level = -1
			}
			need := min(p.levels-1, favourite[c]+1)
			if random.IntN(2) == 0 {
				need = random.IntN(p.levels+1) - 1
			}
			a.levels, a.needs = append(a.levels, level), append(a.needs, need)
		}
		return a
	}
	kind := uint8(1)
	if random.IntN(4) == 0 {
		kind = uint8(1 + random.IntN(3))
	}
	switch random.IntN(6) {
	case 0: // never
	case 1: // for the first time between the two months
		one.assessments = append(one.assessments, answer(secondMonth, kind))
	default:
		one.assessments = append(one.assessments, answer(secondMonth-random.IntN(validity)-1, kind))
	}
	if p.onlyMore {
		return one
	}
	switch random.IntN(8) {
	case 0:
		one.left = firstMonth - period/2 + random.IntN(period)
	case 1:
		one.joined = firstMonth - period/2 + random.IntN(period)
	case 2: // long ago, so that nothing current is left
		one.assessments = []assessment{answer(firstMonth-validity-random.IntN(5), kind)}
	case 3: // judged anew by somebody else
		one.assessments = append(one.assessments, answer(firstMonth-2, 2), answer(secondMonth, 3))
	}
	return one
}

// subjects are the competences and, where there are two, the domain of both.
func (p population) subjects() []attack.Subject {
	var subjects []attack.Subject
	for c := range p.competences {
		subjects = append(subjects, attack.Subject{Classes: p.levels, Target: func(g attack.Group) (int, bool) { return p.targets[c].of(p, g) }})
	}
	if p.competences > 1 {
		all := attack.Subject{Classes: p.levels, Target: func(attack.Group) (int, bool) { return -1, false }}
		for c := range p.competences {
			all.Of = append(all.Of, c)
		}
		subjects = append(subjects, all)
	}
	return subjects
}

// may says whether a group may be asked for: at most three dimensions, and teams of one
// organisation only.
func (p population) may(g attack.Group) bool {
	return g[byTeam] == 0 || slices.Contains(p.organisations, g[byPlace])
}

// groupsOf calls visit with each group of a panel that holds somebody with some values.
func groupsOf(panel *attack.Panel, p population, values attack.Group, visit func(attack.Group)) {
	var choose func(d int, g attack.Group)
	choose = func(d int, g attack.Group) {
		if d == len(p.dimensions) {
			if panel.Has(g) {
				visit(g)
			}
			return
		}
		choose(d+1, g)
		if values[d] == 0 || g.Broken() == maxDimensions {
			return
		}
		for _, value := range p.valuesOf(d, values[d]) {
			g[d] = value
			choose(d+1, g)
		}
	}
	choose(0, attack.Group{})
}

// maxDimensions is the number of dimensions that a question about people may have.
const maxDimensions = 3

// truth is a row of a group at a month before the rule.
type truth struct {
	skills    []domain.SkillsTotal // by subject, then that of neither
	targets   []uint               // by competence: the targets of people with a level, one more, as bits; 1 for none
	workforce domain.WorkforceTotal
}
