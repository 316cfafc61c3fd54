package disclosure_test

import (
	"math/rand/v2"
	"testing"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// movement is a row about people who all work whole time; opening and starters less
// leavers are closing.
func movement(opening, stayers, starters, leavers int) domain.WorkforceTotal {
	n := func(people int) *int { return &people }
	fte := func(people int) *domain.FTE {
		fte := domain.FTE(people) * domain.FTEUnit
		return &fte
	}
	closing := opening + starters - leavers
	return domain.WorkforceTotal{
		Headcount: n(closing), FTE: fte(closing), Opening: n(opening), Closing: n(closing), Starters: n(starters), Leavers: n(leavers), Stayers: n(stayers),
		EstimatedLeavers: n(0), OpeningFTE: fte(opening), ClosingFTE: fte(closing), StarterFTE: fte(starters), LeaverFTE: fte(leavers), StayerFTE: fte(stayers), Moving: 1,
	}
}

func TestWorkforce(t *testing.T) {
	t.Parallel()
	const unit = domain.FTEUnit
	w := disclosure.Default().Workforce(movement(203, 182, 34, 21))
	if w.Headcount != shown(210) || w.Opening != shown(210) || w.Closing != shown(210) || w.Starters != shown(30) || w.Leavers != shown(15) || w.Stayers != shown(180) {
		t.Errorf("got %+v", w)
	}
	if w.FTE.Value != 210*unit || w.LeaverFTE.Value != 15*unit || w.Withheld {
		t.Errorf("got %+v", w)
	}
	if w.Turnover.Value != 15.0/210 || w.Joiners.Value != 30.0/210 || w.Stability.Value != 180.0/210 || w.TurnoverFTE.Value != 15.0/210 {
		t.Errorf("rates must be of the rounded parts: %+v, %+v, %+v, %+v", w.Turnover, w.Joiners, w.Stability, w.TurnoverFTE)
	}
	exact := disclosure.Unaltered().Workforce(movement(203, 182, 34, 21))
	if exact.Leavers != shown(21) || exact.FTE.Value != 216*unit || exact.Turnover.Value != 42.0/419 {
		t.Errorf("unaltered: got %+v", exact)
	}
	none := disclosure.Default().Workforce(domain.WorkforceTotal{})
	if none.Headcount != notAvailable() || none.Opening != notAvailable() || none.FTE.Status != "x" || none.Turnover.Status != "x" || none.Withheld {
		t.Errorf("without a staff list: got %+v", none)
	}
}

func TestMovementWithheld(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		total    domain.WorkforceTotal
		withheld bool
	}{
		"few left of many":                           {movement(40, 37, 0, 3), false},
		"nobody left of 12, one class as shown":      {movement(12, 12, 0, 0), false},
		"few stayed of many":                         {movement(60, 5, 2, 55), false},
		"everybody of 10 left":                       {movement(10, 0, 0, 10), true},
		"everybody of 10 was replaced":               {movement(10, 0, 10, 10), true},
		"everybody of 3 left":                        {movement(3, 0, 0, 3), true},
		"one of 3 left, which looks alike":           {movement(3, 2, 0, 1), true},
		"nobody of 3 left, which looks alike":        {movement(3, 3, 0, 0), true},
		"all of 20 left, none came":                  {movement(20, 0, 0, 20), true},
		"everybody of 60 left, who are not replaced": {movement(60, 0, 0, 60), true},
		"everybody of 60 left and was replaced":      {movement(60, 0, 60, 60), false},
		"a team of nobody grew":                      {movement(0, 0, 9, 0), false},
		"opening of 7":                               {movement(7, 7, 1, 0), true},
		"opening of 8 to 14, all but a few stayed":   {movement(14, 8, 1, 6), false},
	}
	for name, test := range tests {
		w := disclosure.Default().Workforce(test.total)
		if w.Withheld != test.withheld {
			t.Errorf("%s: withheld %v, got %+v", name, w.Withheld, w)
		}
		if w.Withheld && (w.Opening != withheld() || w.Closing != withheld() || w.Starters != withheld() || w.Leavers != withheld() || w.Stayers != withheld() ||
			w.OpeningFTE.Status != "c" || w.StayerFTE.Status != "c" || w.Turnover.Status != "c" || w.Stability.Status != "c") {
			t.Errorf("%s: something of it is shown: %+v", name, w)
		}
	}
}

// Of every small movement there can be, and so of every answer: it is never certain
// that everybody of a group below UniformBelow left, and every withheld figure could be
// one of at least three numbers. All movements are tried that give the same answer.
func TestNobodysLeavingIsToldByOneRow(t *testing.T) {
	t.Parallel()
	rule := disclosure.Default()
	type answer struct{ opening, closing, starters, leavers, stayers disclosure.Count }
	type truths struct {
		withheld, mixed bool
		largest         int
		numbers         [5]map[int]bool
	}
	found := map[answer]*truths{}
	// The largest numbers end a rounding interval, so that no answer is cut short.
	for opening := range 23 {
		for starters := range 23 {
			for left := range opening + 1 {
				for again := range starters + 1 { // who join and leave in the period
					total := movement(opening, opening-left, starters, left+again)
					w := rule.Workforce(total)
					key := answer{w.Opening, w.Closing, w.Starters, w.Leavers, w.Stayers}
					f := found[key]
					if f == nil {
						f = &truths{withheld: w.Withheld}
						for i := range f.numbers {
							f.numbers[i] = map[int]bool{}
						}
						found[key] = f
					}
					f.mixed = f.mixed || opening == 0 || left < opening
					f.largest = max(f.largest, opening)
					for i, n := range []*int{total.Opening, total.Closing, total.Starters, total.Leavers, total.Stayers} {
						f.numbers[i][*n] = true
					}
				}
			}
		}
	}
	withheldRows := 0
	for key, f := range found {
		if f.withheld {
			withheldRows++
		}
		if !f.mixed && f.largest < rule.UniformBelow {
			t.Errorf("%+v: certain that everybody left", key)
		}
		for i, c := range []disclosure.Count{key.opening, key.closing, key.starters, key.leavers, key.stayers} {
			if c.Status != "" && len(f.numbers[i]) < rule.Feasible {
				t.Errorf("%+v: figure %d could only be %v", key, i, f.numbers[i])
			}
		}
	}
	t.Logf("%d answers, %d of them withheld", len(found), withheldRows)
}

// People who change band inside an organisation make figures that contradict one
// another; the rule takes them as they are.
func TestMovementThatDoesNotAddUp(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 2026))
	rule := disclosure.Default()
	for range 5000 {
		total := movement(random.IntN(40), 0, random.IntN(20), 0)
		*total.Closing, *total.Leavers, *total.Stayers = random.IntN(40), random.IntN(*total.Opening+1), random.IntN(*total.Opening+1)
		w := rule.Workforce(total)
		for _, shown := range []struct {
			count  disclosure.Count
			people int
		}{{w.Opening, *total.Opening}, {w.Closing, *total.Closing}, {w.Starters, *total.Starters}, {w.Leavers, *total.Leavers}, {w.Stayers, min(*total.Stayers, *total.Opening)}} {
			nobody := shown.people == 0 && shown.count == withheld()
			if !w.Withheld && shown.count != rule.Count(shown.people) && !nobody {
				t.Fatalf("%+v shows %+v for %d people", w, shown.count, shown.people)
			}
		}
	}
}
