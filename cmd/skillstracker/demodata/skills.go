package demodata

import (
	"math"
	"math/rand/v2"

	"skillstracker/domain"
)

// competences are those of the framework Health and Care Digital Capabilities,
// version 2018, whose levels are 0 to 4.
func competences() []string { return []string{"CCP", "TLS", "IDM", "CIS", "TEC", "DIW"} }

const highestLevel = 4

// profile is what is assumed of a staff group: the usual level at the first
// round, the level that the job needs, and the share that takes part in a round.
type profile struct {
	level, need, takesPart float64
}

func profileOf(of post) profile {
	p := map[string]profile{
		"01": {2.0, 2.8, 0.55},
		"03": {1.7, 2.6, 0.70},
		"04": {1.9, 2.6, 0.72},
		"05": {2.0, 2.7, 0.70},
		"06": {2.2, 2.9, 0.74},
		"07": {1.3, 2.1, 0.62},
		"08": {2.2, 2.8, 0.86},
		"09": {0.8, 1.6, 0.45},
		"10": {2.1, 2.8, 0.80},
	}[of.staffGroup]
	if of.digital() {
		p.level, p.need = p.level+0.9, p.need+0.8
	}
	return p
}

// gain is by how much people improve from one round to the next, in levels.
const gain = 0.35

// competenceOffset is by how much a competence is harder (below 0) or easier.
func competenceOffset(index int) float64 {
	return []float64{0.3, 0.05, 0.1, -0.4, -0.15, 0.2}[index]
}

// ability is what sets one person apart from the rest of the staff group. It
// stays the same from round to round, so that each person improves.
type ability struct {
	general float64
	special [6]float64 // by competence
	blank   [6]bool    // never answers this one
	naHere  [6]bool    // the competence does not apply to the job
}

func newAbility(random *rand.Rand, of post) ability {
	a := ability{general: random.NormFloat64() * 0.6}
	for i := range competences() {
		a.special[i] = random.NormFloat64() * 0.35
		a.blank[i] = chance(random, 0.02)
		share := 0.008
		if of.staffGroup == "09" && i == 3 {
			share = 0.15 // hardly anybody in estates creates digital content
		}
		a.naHere[i] = chance(random, share)
	}
	return a
}

// level returns a cell of an assessment: a level, N/A, or nil for not assessed.
func (a ability) level(random *rand.Rand, of post, competence, round int) any {
	noise := random.NormFloat64() * 0.15
	switch {
	case a.naHere[competence]:
		return "N/A"
	case a.blank[competence]:
		return nil
	}
	return onScale(profileOf(of).level + a.general + a.special[competence] + competenceOffset(competence) + gain*float64(round) + noise)
}

// need returns the level that the person says the job needs, or nil.
func (a ability) need(random *rand.Rand, of post, competence int) any {
	noise := random.NormFloat64() * 0.4
	if a.naHere[competence] || chance(random, 0.1) {
		return nil
	}
	return onScale(profileOf(of).need + competenceOffset(competence)/2 + noise)
}

func onScale(value float64) int { return int(min(max(math.Round(value), 0), highestLevel)) }

// assessorKind says who judges in a round: mostly the people themselves.
func assessorKind(random *rand.Rand) string {
	switch roll := random.Float64(); {
	case roll < 0.82:
		return string(domain.AssessorSelf)
	case roll < 0.95:
		return string(domain.AssessorManager)
	}
	return string(domain.AssessorOther)
}
