package disclosure_test

import (
	"testing"

	"skillstracker/domain/disclosure"
)

// A few people below their target are never shown as nobody.
func TestFewBelowTheirTargetAreNotShownAsNobody(t *testing.T) {
	t.Parallel()
	staff := 100
	for below := range 8 {
		total := skillsTotal(&staff, 100, 100-below, below)
		total.TargetsVary, total.Gaps = true, []int{100 - below, below, 0}
		g := disclosure.Default().Skills(total, disclosure.SkillsRow{BySubject: true}).Gaps
		if g.Withheld {
			continue
		}
		if g.Levels[1] != withheld() || g.Below != withheld() || g.ToClose != withheld() {
			t.Errorf("%d below: classes %+v, below %+v, to close %+v", below, g.Levels, g.Below, g.ToClose)
		}
		if g.AtOrAbove != shown(105) && g.AtOrAbove != shown(90) {
			t.Errorf("%d below: at or above %+v", below, g.AtOrAbove)
		}
	}
	total := skillsTotal(&staff, 100, 97, 3)
	total.TargetsVary, total.Gaps = true, []int{97, 3}
	exact := disclosure.Unaltered().Skills(total, disclosure.SkillsRow{BySubject: true}).Gaps
	if exact.Below != shown(3) || exact.ToClose != shown(3) {
		t.Errorf("unaltered: %+v", exact)
	}
}
