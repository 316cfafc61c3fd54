package disclosure_test

import (
	"reflect"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

func bySubject() disclosure.SkillsRow { return disclosure.SkillsRow{BySubject: true} }

func skillsTotal(staff *int, assessed int, levels ...int) domain.SkillsTotal {
	newest, oldest := domain.NewDate(2026, time.October, 30), domain.NewDate(2026, time.March, 2)
	total := domain.SkillsTotal{
		Group:       domain.Group{Organisation: "RA7", StaffGroup: "10", Competence: "CCP"},
		StaffInPost: staff, Assessed: assessed, Levels: levels, Reporting: 1, Expected: 3, Listed: 2, Estimated: 1,
	}
	if staff != nil {
		total.AssessedListed, total.Overdue = assessed, *staff-assessed
	}
	if assessed > 0 {
		total.Newest, total.Oldest = &newest, &oldest
	}
	return total
}

func TestSkills(t *testing.T) {
	t.Parallel()
	staff := 66
	total := skillsTotal(&staff, 38, 18, 20, 0)
	total.Due, total.BySelf, total.ByManager, total.ByAssessor = 9, 30, 8, 0
	s := disclosure.Default().Skills(total, bySubject())
	if s.Group != total.Group || s.Reporting != 1 || s.Expected != 3 || s.Listed != 2 || s.Estimated != 1 {
		t.Errorf("what is not about people must stay: %+v", s)
	}
	if s.StaffInPost != shown(60) || s.Assessed != shown(45) || s.AssessedListed != shown(45) || s.CompletionRate != (disclosure.Share{Value: 45.0 / 60}) {
		t.Errorf("got %+v of %+v, rate %+v", s.AssessedListed, s.StaffInPost, s.CompletionRate)
	}
	if s.Due != shown(15) || s.Overdue != shown(30) || s.NeverAssessed != shown(0) {
		t.Errorf("due %+v, overdue %+v, never %+v", s.Due, s.Overdue, s.NeverAssessed)
	}
	if s.BySelf.Value != 30.0/45 || s.ByManager.Value != 15.0/45 || s.ByAssessor != (disclosure.Share{}) {
		t.Errorf("shares by assessor: %+v, %+v, %+v", s.BySelf, s.ByManager, s.ByAssessor)
	}
	if s.Distribution == nil || s.Distribution.Base != shown(45) || s.Distribution.Levels[2] != withheld() {
		t.Errorf("distribution: got %+v", s.Distribution)
	}
	if s := disclosure.Default().Skills(total, disclosure.SkillsRow{}); s.Distribution != nil {
		t.Errorf("a row that is not about a competence has no distribution, got %+v", s.Distribution)
	}
}

// A day is a fact about one person; the month in which it lies is not.
func TestDatesAreMonthEnds(t *testing.T) {
	t.Parallel()
	staff := 43
	total := skillsTotal(&staff, 38, 18, 20)
	s := disclosure.Default().Skills(total, bySubject())
	if s.Newest.String() != "2026-10-31" || s.Oldest.String() != "2026-03-31" || s.DatesStatus != "" {
		t.Errorf("dates: got %v to %v, status %q", s.Oldest, s.Newest, s.DatesStatus)
	}
	s = disclosure.Unaltered().Skills(total, bySubject())
	if s.Newest.String() != "2026-10-30" || s.Oldest.String() != "2026-03-02" {
		t.Errorf("unaltered: got %v to %v", s.Oldest, s.Newest)
	}
}

func TestSkillsWithheldAndAbsent(t *testing.T) {
	t.Parallel()
	seven, eight := 7, 8
	tests := map[string]struct {
		total    domain.SkillsTotal
		staff    disclosure.Count
		assessed disclosure.Count
		overdue  disclosure.Count
		rate     domain.Status
		dates    domain.Status
	}{
		"no staff list":          {skillsTotal(nil, 20, 10, 10), notAvailable(), shown(15), notAvailable(), "x", ""},
		"no staff list, few":     {skillsTotal(nil, 3, 1, 2), notAvailable(), withheld(), notAvailable(), "x", "c"},
		"small group":            {skillsTotal(&seven, 7, 3, 4), withheld(), withheld(), shown(0), "c", "c"},
		"few assessed":           {skillsTotal(&eight, 7, 3, 4), shown(15), withheld(), withheld(), "c", "c"},
		"all assessed":           {skillsTotal(&eight, 8, 4, 4), shown(15), shown(15), shown(0), "", ""},
		"nobody assessed":        {skillsTotal(&eight, 0, 0, 0), shown(15), shown(0), shown(15), "", "z"},
		"nobody assessed of few": {skillsTotal(&seven, 0, 0, 0), withheld(), shown(0), withheld(), "c", "z"},
		"nobody in post":         {skillsTotal(new(int), 0, 0, 0), shown(0), shown(0), shown(0), "z", "z"},
	}
	for name, test := range tests {
		s := disclosure.Default().Skills(test.total, bySubject())
		if s.StaffInPost != test.staff || s.Assessed != test.assessed || s.Overdue != test.overdue || s.CompletionRate.Status != test.rate || s.DatesStatus != test.dates {
			t.Errorf("%s: got %+v", name, s)
		}
		if datesShown := s.Newest != nil && s.Oldest != nil; datesShown != (test.dates == "") {
			t.Errorf("%s: got dates %v to %v with status %q", name, s.Oldest, s.Newest, s.DatesStatus)
		}
	}
	s := disclosure.Unaltered().Skills(skillsTotal(&eight, 3, 1, 2), bySubject())
	if s.Assessed != shown(3) || s.CompletionRate.Value != 3.0/8 || s.Newest == nil || s.DatesStatus != "" || s.Distribution.Base != shown(3) {
		t.Errorf("unaltered: got %+v", s)
	}
}

// A distribution in a row that is broken down twice needs a larger base, and so does a
// checklist. Gaps to targets that vary, and to needs, need it in every row.
func TestFineRowsNeedALargerBase(t *testing.T) {
	t.Parallel()
	staff := 44
	total := skillsTotal(&staff, 44, 20, 24)
	total.Gaps, total.NeedGaps, total.TargetsVary = []int{24, 20}, []int{30, 14}, true
	for dimensions, want := range map[int]bool{0: false, 1: false, 2: true, 3: true} {
		row := disclosure.SkillsRow{BySubject: true, Dimensions: dimensions}
		s := disclosure.Default().Skills(total, row)
		if s.Distribution.Withheld != want || !s.Gaps.Withheld || !s.NeedGaps.Withheld || s.Assessed != shown(45) {
			t.Errorf("%d dimensions: got %+v, %+v, %+v", dimensions, s.Distribution, s.Gaps, s.NeedGaps)
		}
	}
	row := disclosure.SkillsRow{Checklist: true, Dimensions: 2}
	total.ReachedBase, total.Reached = 44, 20
	if s := disclosure.Default().Skills(total, row); !s.Checklist.Withheld {
		t.Errorf("checklist: got %+v", s.Checklist)
	}
	total.ReachedBase, total.Reached = 60, 20
	if s := disclosure.Default().Skills(total, row); s.Checklist.Withheld || s.Checklist.Base != shown(60) || s.Checklist.Levels[1] != shown(15) {
		t.Errorf("checklist of 60: got %+v", s.Checklist)
	}
}

// Where everybody has one target the gaps are a reading of the levels as they are
// shown: true counts that look alike by level give the same gaps, whatever they are.
func TestGapsOfOneTargetTellNoMoreThanTheLevels(t *testing.T) {
	t.Parallel()
	rule := disclosure.Default()
	for target := range domain.Level(4) {
		seen := map[string]*disclosure.Gaps{}
		everyGroup(4, 34, func(levels []int) {
			total := skillsTotal(nil, 34, levels...)
			total.Target, total.Gaps = &target, gapsOf(levels, int(target))
			s := rule.Skills(total, bySubject())
			key := string(publishedKey(rule, 34, *s.Distribution))
			if first, again := seen[key]; again && !reflect.DeepEqual(first, s.Gaps) {
				t.Fatalf("target %d: levels shown alike have gaps %+v and %+v", target, first, s.Gaps)
			}
			seen[key] = s.Gaps
		})
	}
}

func gapsOf(levels []int, target int) []int {
	gaps := make([]int, len(levels))
	for level, people := range levels {
		gaps[max(target-level, 0)] += people
	}
	return gaps
}

func TestGaps(t *testing.T) {
	t.Parallel()
	staff := 100
	three := domain.Level(3)
	total := skillsTotal(&staff, 100, 12, 5, 43, 32, 8)
	total.Target, total.Gaps = &three, []int{40, 43, 5, 12, 0}
	c := withheld()
	g := disclosure.Default().Skills(total, bySubject()).Gaps
	if g.Base != shown(105) || !reflect.DeepEqual(g.Levels, []disclosure.Count{shown(45), shown(45), c, shown(15), shown(0)}) {
		t.Errorf("one target: got %+v", g)
	}
	if g.AtOrAbove != shown(45) || g.Below != shown(60) || g.ToClose != shown(45+3*15) || g.Reached.Value != 45.0/105 || g.Mean.Value != 90.0/105 {
		t.Errorf("one target: got %+v", g)
	}

	total.Target, total.TargetsVary = nil, true
	total.Gaps = []int{67, 15, 7, 6, 4}
	g = disclosure.Default().Skills(total, bySubject()).Gaps
	if g.Base != shown(105) || !reflect.DeepEqual(g.Levels, []disclosure.Count{shown(60), shown(15), c, c, c}) {
		t.Errorf("targets that vary: got %+v", g)
	}
	// 15 people in the second class and 4 in each that is withheld, rounded.
	if g.AtOrAbove != shown(60) || g.Below != shown(30) || g.ToClose != shown(15+4*9) || g.Reached.Value != 60.0/87 || g.Missed.Value != 27.0/87 {
		t.Errorf("targets that vary: got %+v", g)
	}

	exact := disclosure.Unaltered().Skills(total, bySubject()).Gaps
	if exact.AtOrAbove != shown(67) || exact.Below != shown(32) || exact.ToClose != shown(15+14+18+16) || exact.Reached.Value != 67.0/99 || exact.Mean.Value != 63.0/99 {
		t.Errorf("unaltered: got %+v", exact)
	}

	total.Gaps = []int{7, 7, 7, 7, 7}
	g = disclosure.Default().Skills(total, bySubject()).Gaps
	if !g.Withheld || g.AtOrAbove != c || g.Below != c || g.ToClose != c || g.Reached.Status != "c" || g.Mean.Status != "c" {
		t.Errorf("withheld: got %+v", g)
	}
	total.Gaps = nil
	if g := disclosure.Default().Skills(total, bySubject()).Gaps; g != nil {
		t.Errorf("nobody has a target: got %+v", g)
	}
}
