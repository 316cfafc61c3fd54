package disclosure_test

import (
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

func skillsTotal(staff *int, assessed int, levels ...int) domain.SkillsTotal {
	newest, oldest := domain.NewDate(2026, time.October, 30), domain.NewDate(2026, time.March, 2)
	total := domain.SkillsTotal{
		Group:       domain.Group{Organisation: "RA7", StaffGroup: "10", Competence: "CCP"},
		StaffInPost: staff, Assessed: assessed, Levels: levels, Reporting: 1, Expected: 3,
	}
	if assessed > 0 {
		total.Newest, total.Oldest = &newest, &oldest
	}
	return total
}

func TestSkills(t *testing.T) {
	t.Parallel()
	staff := 43
	total := skillsTotal(&staff, 38, 18, 20, 0)
	s := disclosure.Default().Skills(total, true)
	if s.Group != total.Group || s.Reporting != 1 || s.Expected != 3 {
		t.Errorf("what is not about people must stay: %+v", s)
	}
	if s.StaffInPost != shown(45) || s.Assessed != shown(40) || s.CompletionRate != (disclosure.Share{Value: 40.0 / 45}) {
		t.Errorf("got %+v of %+v, rate %+v", s.Assessed, s.StaffInPost, s.CompletionRate)
	}
	if s.Distribution == nil || s.Distribution.Base != shown(40) || s.Distribution.Levels[2] != withheld() {
		t.Errorf("distribution: got %+v", s.Distribution)
	}
	if s.Newest != total.Newest || s.Oldest != total.Oldest || s.DatesStatus != "" {
		t.Errorf("dates: got %v to %v, status %q", s.Oldest, s.Newest, s.DatesStatus)
	}
	if s := disclosure.Default().Skills(total, false); s.Distribution != nil {
		t.Errorf("a row that is not about a competence has no distribution, got %+v", s.Distribution)
	}
}

func TestSkillsWithheldAndAbsent(t *testing.T) {
	t.Parallel()
	seven, eight := 7, 8
	tests := map[string]struct {
		total    domain.SkillsTotal
		staff    disclosure.Count
		assessed disclosure.Count
		rate     domain.Status
		dates    domain.Status
	}{
		"no staff list":          {skillsTotal(nil, 20, 10, 10), notAvailable(), shown(20), "x", ""},
		"no staff list, few":     {skillsTotal(nil, 3, 1, 2), notAvailable(), withheld(), "x", "c"},
		"small group":            {skillsTotal(&seven, 7, 3, 4), withheld(), withheld(), "c", "c"},
		"few assessed":           {skillsTotal(&eight, 7, 3, 4), shown(10), withheld(), "c", "c"},
		"all assessed":           {skillsTotal(&eight, 8, 4, 4), shown(10), shown(10), "", ""},
		"nobody assessed":        {skillsTotal(&eight, 0, 0, 0), shown(10), shown(0), "", "z"},
		"nobody assessed of few": {skillsTotal(&seven, 0, 0, 0), withheld(), shown(0), "c", "z"},
		"nobody in post":         {skillsTotal(new(int), 0, 0, 0), shown(0), shown(0), "z", "z"},
	}
	for name, test := range tests {
		s := disclosure.Default().Skills(test.total, true)
		if s.StaffInPost != test.staff || s.Assessed != test.assessed || s.CompletionRate.Status != test.rate || s.DatesStatus != test.dates {
			t.Errorf("%s: got %+v", name, s)
		}
		if datesShown := s.Newest != nil && s.Oldest != nil; datesShown != (test.dates == "") {
			t.Errorf("%s: got dates %v to %v with status %q", name, s.Oldest, s.Newest, s.DatesStatus)
		}
	}
	s := disclosure.Unaltered().Skills(skillsTotal(&eight, 3, 1, 2), true)
	if s.Assessed != shown(3) || s.CompletionRate.Value != 3.0/8 || s.Newest == nil || s.DatesStatus != "" || s.Distribution.Base != shown(3) {
		t.Errorf("unaltered: got %+v", s)
	}
}

func TestVacancyPeople(t *testing.T) {
	t.Parallel()
	n := func(people int) *int { return &people }
	tests := map[string]struct {
		total     domain.VacancyTotal
		headcount disclosure.Count
		rate      disclosure.Share
	}{
		"posts stay exact, people are rounded": {
			domain.VacancyTotal{Headcount: n(93), RateHeadcount: n(87), RateReported: n(3)},
			shown(95),
			disclosure.Share{Value: 3.0 / 88},
		},
		"rate withheld with its people": {
			domain.VacancyTotal{Headcount: n(93), RateHeadcount: n(7), RateReported: n(3)},
			shown(95),
			disclosure.Share{Status: "c"},
		},
		"few people": {
			domain.VacancyTotal{Headcount: n(2), RateHeadcount: n(2), RateReported: n(0)},
			withheld(),
			disclosure.Share{Status: "c"},
		},
		"posts without people": {
			domain.VacancyTotal{Headcount: n(0), RateHeadcount: n(0), RateReported: n(4)},
			shown(0),
			disclosure.Share{Value: 1},
		},
		"neither posts nor people": {
			domain.VacancyTotal{Headcount: n(0), RateHeadcount: n(0), RateReported: n(0)},
			shown(0),
			disclosure.Share{Status: "z"},
		},
		"no headcount given": {
			domain.VacancyTotal{RateReported: n(4)}, notAvailable(), disclosure.Share{Status: "x"},
		},
		"no vacancies reported": {
			domain.VacancyTotal{Headcount: n(50)}, shown(50), disclosure.Share{Status: "x"},
		},
	}
	for name, test := range tests {
		headcount, rate := disclosure.Default().VacancyPeople(test.total)
		if headcount != test.headcount || rate != test.rate {
			t.Errorf("%s: got %+v and %+v, want %+v and %+v", name, headcount, rate, test.headcount, test.rate)
		}
	}
	headcount, rate := disclosure.Unaltered().VacancyPeople(domain.VacancyTotal{Headcount: n(9), RateHeadcount: n(6), RateReported: n(2)})
	if headcount != shown(9) || rate != (disclosure.Share{Value: 0.25}) {
		t.Errorf("unaltered: got %+v and %+v", headcount, rate)
	}
}
